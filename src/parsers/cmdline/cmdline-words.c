/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles to words of a command line: bonds, VLANs, and what stands for itself. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/cmdline/cmdline-write.h"

void bt_cmdline_writing_release(struct bt_cmdline_writing *writing)
{
	free(writing->bond);
	free(writing->first_port);
	free(writing->next_port);
	free(writing->name);
	bt_strings_release(&writing->servers);
}

char *bt_cmdline_name(const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *mac = bt_profile_text(profile, BT_PROP_MAC_ADDRESS);
	char *name = NULL;

	errno = 0;
	if (interface)
		return strdup(interface);
	if (mac)
		name = strdup(mac);
	for (char *p = name; p && *p; p++)
		if (*p == ':')
			*p = '-';
	return name;
}

/* From the last to the first, so that each list is in the order of the configuration. */
static int link_ports(struct bt_cmdline_writing *writing)
{
	size_t count = writing->config->count;

	writing->bond = malloc((count + 1) * sizeof(size_t));
	writing->first_port = malloc((count + 1) * sizeof(size_t));
	writing->next_port = malloc((count + 1) * sizeof(size_t));
	if (!writing->bond || !writing->first_port || !writing->next_port)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		writing->first_port[i] = writing->next_port[i] = writing->bond[i] =
			BT_CMDLINE_NO_PORT;
	for (size_t i = count; i-- > 0;) {
		const char *controller =
			bt_profile_text(writing->config->profiles[i], BT_PROP_CONTROLLER);
		size_t bond;

		if (!controller || !bt_config_referred_number(writing->config, controller, &bond) ||
		    bond == i || !bt_profile_is(writing->config->profiles[bond], "bond"))
			continue;
		writing->bond[i] = bond;
		writing->next_port[i] = writing->first_port[bond];
		writing->first_port[bond] = i;
	}
	return 0;
}

int bt_cmdline_writing_begin(struct bt_cmdline_writing *writing, struct bondtool *bt,
			     struct bondtool_config *config, const struct bt_strings *servers)
{
	int r;

	writing->bt = bt;
	writing->config = config;
	r = link_ports(writing);
	return r == 0 ? bt_cmdline_choose_servers(writing, servers) : r;
}

/* ---- bond= --------------------------------------------------------------------------------- */

static int add_ports(struct bt_cmdline_writing *writing, struct bt_text *word)
{
	size_t count = 0;

	for (size_t i = writing->first_port[writing->number]; i != BT_CMDLINE_NO_PORT;
	     i = writing->next_port[i]) {
		BT_AUTOFREE char *name = bt_cmdline_name(writing->config->profiles[i]);

		if (!name && errno == ENOMEM)
			return -ENOMEM;
		if (name)
			bt_text_addf(word, "%s%s", count++ ? "," : "", name);
	}
	if (!count)
		bt_report_loss(writing->bt, &bt_format_cmdline, NULL, "name ports in bond=",
			       "'%s' has no ports, and nobody makes such a bond: NetworkManager "
			       "gives it eth0",
			       bt_profile_label(writing->profile));
	return 0;
}

/* "10.0.0.1;10.0.0.2"; what has colons stands in brackets. */
static char *value_text(const struct bt_option *option, const struct bt_value *value)
{
	BT_AUTOTEXT struct bt_text text = {0};

	if (option->spec.type == BT_TYPE_MAC)
		return bt_format("[%s]", value->text);
	if (!bt_type_is_list(option->spec.type))
		return bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);
	for (size_t i = 0; i < value->n_items; i++)
		bt_text_addf(&text, option->spec.type == BT_TYPE_IP6S ? "%s[%s]" : "%s%s",
			     i ? ";" : "", value->items[i].text);
	return bt_text_take(&text);
}

static int add_option(struct bt_cmdline_writing *writing, enum bt_option_id id,
		      struct bt_text *options)
{
	const struct bt_option *option = &bt_options[id];
	const struct bt_value *value = bt_values_find(&writing->profile->options, id);
	BT_AUTOFREE char *text = value ? value_text(option, value) : NULL;

	if (!value || (option->flags & BT_OPTION_PORT) ||
	    !bt_option_has_key(option, BT_FORMAT_CMDLINE))
		return 0;
	if (!text)
		return -ENOMEM;
	bt_text_addf(options, "%s%s=%s", options->length ? "," : "", option->name, text);
	writing->written.option[id] = true;
	return 0;
}

/* The mode comes first, as it does in the table: network-legacy sets them in this order. */
static int add_options(struct bt_cmdline_writing *writing, struct bt_text *options)
{
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++)
		r = add_option(writing, (enum bt_option_id)id, options);
	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];

		if (extra->format == BT_FORMAT_CMDLINE && bt_equal(extra->section, "bond"))
			bt_text_addf(options, "%s%s=%s", options->length ? "," : "", extra->key,
				     extra->value);
	}
	return r;
}

static int write_bond(struct bt_cmdline_writing *writing)
{
	int64_t mtu = bt_profile_number(writing->profile, BT_PROP_MTU);
	BT_AUTOTEXT struct bt_text word = {0}, options = {0};
	int r;

	bt_text_addf(&word, "bond=%s:", writing->name);
	r = add_ports(writing, &word);
	if (r == 0)
		r = add_options(writing, &options);
	if (r < 0 || options.failed)
		return -ENOMEM;
	if (options.length || mtu)
		bt_text_addf(&word, ":%s", options.length ? options.data : "");
	if (mtu)
		bt_text_addf(&word, ":%" PRId64, mtu);
	bt_written_property(&writing->written, BT_PROP_MTU);
	return bt_strings_take(writing->words, bt_text_take(&word));
}

/* ---- vlan= and ifname= --------------------------------------------------------------------- */

/* The name of what the VLAN stands on, in a new string. */
static char *parent_name(struct bt_cmdline_writing *writing, const char *parent)
{
	const struct bondtool_profile *profile = bt_config_referred(writing->config, parent);
	char *name = profile ? bt_cmdline_name(profile) : NULL;

	return name ? name : strdup(parent);
}

static int write_vlan(struct bt_cmdline_writing *writing)
{
	const char *parent = bt_profile_text(writing->profile, BT_PROP_VLAN_PARENT);
	const char *number = bt_cmdline_vlan_number(writing->name);
	const struct bt_value *id = bt_profile_value(writing->profile, BT_PROP_VLAN_ID);
	BT_AUTOFREE char *below = parent ? parent_name(writing, parent) : NULL;
	uint64_t shown;

	if (id && number && bt_parse_uint(number, &shown) == 0 && (int64_t)shown == id->number)
		bt_written_property(&writing->written, BT_PROP_VLAN_ID);
	if (!parent)
		return 0;
	bt_written_property(&writing->written, BT_PROP_VLAN_PARENT);
	return bt_strings_take(writing->words,
			       below ? bt_format("vlan=%s:%s", writing->name, below) : NULL);
}

/* An interface that is named by its address gets its name from ifname=. */
static int write_ethernet(struct bt_cmdline_writing *writing)
{
	const char *mac = bt_profile_text(writing->profile, BT_PROP_MAC_ADDRESS);

	bt_written_property(&writing->written, BT_PROP_MAC_ADDRESS);
	if (!mac || !bt_profile_text(writing->profile, BT_PROP_INTERFACE_NAME))
		return 0;
	return bt_strings_take(writing->words, bt_format("ifname=%s:%s", writing->name, mac));
}

/* ---- all words of a profile ---------------------------------------------------------------- */

/* What the name and the place of the words say already. */
static void mark_name(struct bt_cmdline_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	const char *id = bt_profile_text(profile, BT_PROP_ID);
	const char *mac = bt_profile_text(profile, BT_PROP_MAC_ADDRESS);
	bool by_mac = !bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	bt_written_property(&writing->written, BT_PROP_TYPE);
	bt_written_property(&writing->written, BT_PROP_INTERFACE_NAME);
	if (bt_equal(id, by_mac ? mac : writing->name))
		bt_written_property(&writing->written, BT_PROP_ID);
	if (bt_profile_number(profile, BT_PROP_AUTOCONNECT))
		bt_written_property(&writing->written, BT_PROP_AUTOCONNECT);
	if (writing->bond[writing->number] != BT_CMDLINE_NO_PORT || bt_cmdline_bridge(profile)) {
		bt_written_property(&writing->written, BT_PROP_CONTROLLER);
		bt_written_property(&writing->written, BT_PROP_PORT_TYPE);
	}
	writing->written.extras = true;
}

/* Words that were kept whole. */
static int write_extras(struct bt_cmdline_writing *writing)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];

		if (extra->format == BT_FORMAT_CMDLINE && !extra->section)
			r = bt_strings_take(writing->words,
					    bt_format("%s=%s", extra->key, extra->value));
	}
	return r;
}

static int write_profile(struct bt_cmdline_writing *writing)
{
	int r;

	mark_name(writing);
	if (bt_profile_is(writing->profile, "bond"))
		r = write_bond(writing);
	else if (bt_profile_is(writing->profile, "vlan"))
		r = write_vlan(writing);
	else
		r = write_ethernet(writing);
	if (r == 0)
		r = bt_cmdline_ip_words(writing);
	return r == 0 ? write_extras(writing) : r;
}

int bt_cmdline_words(struct bt_cmdline_writing *writing, size_t number, struct bt_strings *words)
{
	int r;

	writing->number = number;
	writing->profile = writing->config->profiles[number];
	writing->words = words;
	writing->written = (struct bt_written){0};
	free(writing->name);
	writing->name = bt_cmdline_name(writing->profile);
	if (!writing->name && errno == ENOMEM)
		return -ENOMEM;
	if (!writing->name) {
		bt_warning(writing->bt, "loss/profile", &writing->profile->origin,
			   "'%s' names no interface and has no place in a command line",
			   bt_profile_label(writing->profile));
		return 0;
	}
	r = write_profile(writing);
	if (r == 0)
		bt_report_losses(writing->bt, &bt_format_cmdline, writing->profile,
				 &writing->written, NULL);
	return r;
}
