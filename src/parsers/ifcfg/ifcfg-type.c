/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ifcfg file is of: a bond, a VLAN, or a device that may be a port. */
#include <strings.h>

#include "base/text.h"
#include "parsers/ifcfg/ifcfg.h"

bool bt_ifcfg_is_yes(const char *value)
{
	static const char *const words[] = {"yes", "true", "t", "y", "1", "on"};

	for (size_t i = 0; value && i < BT_ARRAY_SIZE(words); i++)
		if (strcasecmp(words[i], value) == 0)
			return true;
	return false;
}

/* Whether a port names the device of the file as its MASTER. */
static bool is_controller(const struct bt_ifcfg *ifcfg, const struct bt_hash *controllers)
{
	const char *device = bt_ifcfg_value(ifcfg, "DEVICE");
	size_t unused;

	return device && controllers && bt_hash_get(controllers, device, &unused);
}

bool bt_ifcfg_is_team(const struct bt_ifcfg *ifcfg)
{
	return bt_equal_ignoring_case(bt_ifcfg_value(ifcfg, "DEVICETYPE"), "Team") ||
	       bt_equal_ignoring_case(bt_ifcfg_value(ifcfg, "TYPE"), "Team") ||
	       bt_ifcfg_value(ifcfg, "TEAM_CONFIG");
}

const char *bt_ifcfg_type(const struct bt_ifcfg *ifcfg, const struct bt_hash *controllers)
{
	const char *type = bt_ifcfg_value(ifcfg, "TYPE");
	bool options = bt_ifcfg_value(ifcfg, "BONDING_OPTS");

	if (bt_ifcfg_is_team(ifcfg))
		return NULL;
	if (ifcfg->reading == BT_IFCFG_BASH) /* initscripts do not ask for the type of a bond */
		type = options ? "Bond" : type;
	if (bt_equal_ignoring_case(type, "Bond") ||
	    bt_ifcfg_is_yes(bt_ifcfg_value(ifcfg, "BONDING_MASTER")))
		return "bond";
	if (bt_equal_ignoring_case(type, "Vlan") || bt_ifcfg_is_yes(bt_ifcfg_value(ifcfg, "VLAN")))
		return "vlan";
	if (options && (!type || bt_equal_ignoring_case(type, "Ethernet")))
		return "bond";
	if (!type && is_controller(ifcfg, controllers))
		return "bond";
	if (!type || bt_equal_ignoring_case(type, "Ethernet") ||
	    bt_equal_ignoring_case(type, "InfiniBand"))
		return "802-3-ethernet";
	return NULL;
}

const char *bt_ifcfg_type_for_team(const struct bt_ifcfg *ifcfg)
{
	const char *type = bt_ifcfg_is_team(ifcfg) ? "bond" : bt_ifcfg_type(ifcfg, NULL);

	return !type && bt_ifcfg_value(ifcfg, "TEAM_MASTER") ? "802-3-ethernet" : type;
}

void bt_ifcfg_report_other_type(struct bondtool *bt, const struct bt_ifcfg *ifcfg)
{
	bool team = bt_ifcfg_is_team(ifcfg);
	const struct bt_ifcfg_line *line = bt_ifcfg_find(ifcfg, team ? "DEVICETYPE" : "TYPE");
	struct bt_origin place =
		line ? bt_ifcfg_line_place(ifcfg, line)
		     : (struct bt_origin){.source = ifcfg->source, .line = 1, .column = 1};

	bt_diag(bt, BONDTOOL_NOTE, "ifcfg/other-type", &place,
		team ? "--from team makes a bond of it" : NULL,
		"an interface of type '%s' is not for bondtool; the file is passed over",
		line && line->value ? line->value : "Team");
}

bool bt_ifcfg_is_written_type(const char *type)
{
	return bt_equal_ignoring_case(type, "Bond") || bt_equal_ignoring_case(type, "Vlan") ||
	       bt_equal_ignoring_case(type, "Ethernet");
}
