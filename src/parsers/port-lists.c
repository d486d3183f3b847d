/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports by bond, see port-lists.h. */
#include "parsers/port-lists.h"

#include <errno.h>

void bt_port_lists_release(struct bt_port_lists *lists)
{
	free(lists->bond);
	free(lists->first);
	free(lists->next);
	*lists = (struct bt_port_lists){0};
}

int bt_port_lists_make(struct bondtool_config *config, struct bt_port_lists *ret_lists)
{
	struct bt_port_lists lists = {
		.bond = malloc((config->count + 1) * sizeof(size_t)),
		.first = malloc((config->count + 1) * sizeof(size_t)),
		.next = malloc((config->count + 1) * sizeof(size_t)),
	};

	if (!lists.bond || !lists.first || !lists.next) {
		bt_port_lists_release(&lists);
		return -ENOMEM;
	}
	for (size_t i = 0; i < config->count; i++)
		lists.first[i] = lists.next[i] = lists.bond[i] = BT_NO_PORT;
	/* From the last to the first, so that each list is in the order of the configuration. */
	for (size_t i = config->count; i-- > 0;) {
		const char *controller =
			bt_profile_text(config->profiles[i], BT_PROP_CONTROLLER);
		size_t bond;

		if (!controller || !bt_config_referred_number(config, controller, &bond) ||
		    bond == i || !bt_profile_is(config->profiles[bond], "bond"))
			continue;
		lists.bond[i] = bond;
		lists.next[i] = lists.first[bond];
		lists.first[bond] = i;
	}
	*ret_lists = lists;
	return 0;
}
