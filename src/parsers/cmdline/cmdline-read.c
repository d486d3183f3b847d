/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Command lines to profiles, as nm-initrd-generator does: all but bond= and addresses. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "parsers/cmdline/cmdline.h"

void bt_cmdline_reading_release(struct bt_cmdline_reading *reading)
{
	for (size_t i = 0; i < reading->n_texts; i++)
		bt_cmdline_release(&reading->texts[i]);
	free(reading->texts);
	bondtool_config_free(reading->profiles);
	bt_hash_release(&reading->by_name);
	bt_strings_release(&reading->names);
	bt_strings_release(&reading->parents);
}

void bt_cmdline_find(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		     const struct bt_cmdline_part *part, enum bondtool_severity severity,
		     const char *rule, const char *hint, const char *format, ...)
{
	struct bt_origin place =
		part ? bt_cmdline_place(at->text, at->word, part) : at->word->origin;
	BT_AUTOFREE char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = bt_vformat(format, arguments);
	va_end(arguments);
	if (message)
		bt_diag(reading->bt, severity, rule, &place, hint, "%s", message);
}

/* ---- profiles ------------------------------------------------------------------------------ */

char *bt_cmdline_mac(const char *text)
{
	BT_AUTOFREE char *copy = strdup(text);
	char *mac = NULL;

	for (char *p = copy; p && *p; p++)
		if (*p == '-')
			*p = ':';
	if (!copy || bt_item_canonical(BT_TYPE_MAC, copy, &mac) < 0)
		return NULL;
	return mac;
}

struct bondtool_profile *bt_cmdline_known(const struct bt_cmdline_reading *reading,
					  const char *name)
{
	size_t number;

	return bt_hash_get(&reading->by_name, name, &number) ? reading->profiles->profiles[number]
							     : NULL;
}

/* Adds a profile that is known as NAME, which is taken over: an interface, or a MAC address. */
static int add_profile(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		       const struct bt_cmdline_part *part, char *name, bool is_mac)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	int r = bt_strings_take(&reading->names, name);

	if (r < 0 || !profile)
		return -ENOMEM;
	name = reading->names.items[reading->names.count - 1];
	profile->origin = bt_cmdline_place(at->text, at->word, part);
	r = bt_cmdline_set(reading, at, profile, BT_PROP_TYPE, part, "802-3-ethernet");
	if (r == 0)
		r = bt_cmdline_set(reading, at, profile, BT_PROP_ID, part, name);
	if (r == 0)
		r = bt_cmdline_set(reading, at, profile,
				   is_mac ? BT_PROP_MAC_ADDRESS : BT_PROP_INTERFACE_NAME, part,
				   name);
	if (r == 0)
		r = bt_hash_put(&reading->by_name, name, reading->profiles->count);
	return r == 0 ? bt_config_add(reading->profiles, BT_TAKE(profile)) : r;
}

int bt_cmdline_profile(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		       const struct bt_cmdline_part *part, struct bondtool_profile **ret_profile,
		       const char **ret_name)
{
	BT_AUTOFREE char *name = bt_cmdline_text(part);
	BT_AUTOFREE char *mac = name ? bt_cmdline_mac(name) : NULL;
	size_t unused, number;
	int r = 0;

	if (!name)
		return -ENOMEM;
	*ret_profile = NULL;
	if (!mac &&
	    (!bt_interface_name_valid(name) || !bt_utf8_valid(name, strlen(name), &unused))) {
		BT_AUTOFREE char *shown = bt_utf8_escaped(name);

		bt_cmdline_find(reading, at, part, BONDTOOL_ERROR, "cmdline/value", NULL,
				"'%s' is neither the name of an interface nor a MAC address",
				shown ? shown : "?");
		return 0;
	}
	if (!bt_hash_get(&reading->by_name, mac ? mac : name, &number)) {
		number = reading->profiles->count;
		r = add_profile(reading, at, part, mac ? BT_TAKE(mac) : BT_TAKE(name), mac != NULL);
	}
	if (r < 0)
		return r;
	*ret_profile = reading->profiles->profiles[number];
	if (ret_name)
		*ret_name = reading->names.items[number];
	return 0;
}

int bt_cmdline_set(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		   struct bondtool_profile *profile, enum bt_property_id property,
		   const struct bt_cmdline_part *part, const char *text)
{
	struct bt_origin place = bt_cmdline_place(at->text, at->word, part);
	BT_AUTOFREE char *copy = text ? NULL : bt_cmdline_text(part);
	int r;

	if (!text && !copy)
		return -ENOMEM;
	r = bt_profile_set(reading->bt, profile, property, text ? text : copy, &place);
	return r == -ENOMEM ? r : 0;
}

int bt_cmdline_keep(const struct bt_cmdline_at *at, struct bondtool_profile *profile,
		    const char *section, const char *key, const struct bt_cmdline_part *value)
{
	struct bt_origin place = bt_cmdline_place(at->text, at->word, value);
	BT_AUTOFREE char *text = bt_cmdline_text(value);

	return text ? bt_profile_add_extra(profile, BT_FORMAT_CMDLINE, section, key, text, &place)
		    : -ENOMEM;
}

void bt_cmdline_report_rest(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			    const struct bt_cmdline_fields *fields, const char *form)
{
	BT_AUTOFREE char *hint = bt_format("write %s", form);

	if (fields->rest.start)
		bt_cmdline_find(reading, at, &fields->rest, BONDTOOL_ERROR, "cmdline/fields", hint,
				"there are too many fields: network-legacy stops the boot, and "
				"NetworkManager ignores '%.*s'",
				(int)fields->rest.length, fields->rest.start);
}

/* ---- vlan=, ifname=, bootdev=, rd.ethtool= --------------------------------------------------- */

const char *bt_cmdline_vlan_number(const char *name)
{
	const char *number = name + strlen(name);

	while (number > name && number[-1] >= '0' && number[-1] <= '9')
		number--;
	while (*number == '0' && number[1])
		number++;
	return *number ? number : NULL;
}

/* network-legacy knows the number of "vlan7" and of "bond0.7" only. */
static void report_vlan_name(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			     const struct bt_cmdline_part *part, const char *name)
{
	if (!bt_cmdline_vlan_number(name))
		bt_cmdline_find(reading, at, part, BONDTOOL_ERROR, "cmdline/vlan",
				"name it as its number says: vlan7, or bond0.7",
				"the name '%s' does not end in the VLAN's number", name);
	else if (!bt_has_prefix(name, "vlan") && !strchr(name, '.'))
		bt_cmdline_find(reading, at, part, BONDTOOL_NOTE, "cmdline/legacy",
				"name it as its number says: vlan7, or bond0.7",
				"network-legacy finds no VLAN number in '%s'", name);
}

static int take_vlan(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	static const char form[] = "vlan=NAME:INTERFACE";
	struct bt_cmdline_fields fields = bt_cmdline_split(at->word, 2);
	struct bondtool_profile *vlan = NULL;
	const char *number;
	int r;

	if (fields.count < 2 || !fields.parts[0].length || !fields.parts[1].length) {
		bt_cmdline_find(reading, at, NULL, BONDTOOL_ERROR, "cmdline/fields", form,
				"a VLAN needs a name and the interface below it");
		return 0;
	}
	bt_cmdline_report_rest(reading, at, &fields, form);
	r = bt_cmdline_profile(reading, at, &fields.parts[0], &vlan, &at->word->owner);
	if (r < 0 || !vlan)
		return r;
	report_vlan_name(reading, at, &fields.parts[0], at->word->owner);
	r = bt_cmdline_set(reading, at, vlan, BT_PROP_TYPE, &fields.parts[0], "vlan");
	if (r == 0)
		r = bt_cmdline_set(reading, at, vlan, BT_PROP_VLAN_PARENT, &fields.parts[1], NULL);
	number = bt_cmdline_vlan_number(at->word->owner);
	if (r == 0 && number)
		r = bt_cmdline_set(reading, at, vlan, BT_PROP_VLAN_ID, &fields.parts[0], number);
	return r == 0 ? bt_strings_add(&reading->parents,
				       bt_profile_text(vlan, BT_PROP_VLAN_PARENT)
					       ? bt_profile_text(vlan, BT_PROP_VLAN_PARENT)
					       : "")
		      : r;
}

/* The interface that the word begins with, if anything else is said about it. */
static struct bondtool_profile *mentioned(struct bt_cmdline_reading *reading,
					  const struct bt_cmdline_at *at,
					  const struct bt_cmdline_part *part)
{
	BT_AUTOFREE char *name = bt_cmdline_text(part);
	size_t number;

	if (!name || !bt_hash_get(&reading->by_name, name, &number))
		return NULL;
	at->word->owner = reading->names.items[number];
	return reading->profiles->profiles[number];
}

/* "ifname=bootnet:52:54:00:12:34:56" names the interface that has this address. */
static int take_ifname(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct bt_cmdline_part rest = at->word->value, name;
	BT_AUTOFREE char *address = NULL, *mac = NULL;
	struct bondtool_profile *profile;

	if (!bt_cmdline_next(&rest, ':', &name) || !rest.start) {
		bt_cmdline_find(reading, at, NULL, BONDTOOL_ERROR, "cmdline/fields",
				"ifname=NAME:MAC-ADDRESS",
				"'ifname' needs a name and a MAC address");
		return 0;
	}
	address = bt_cmdline_text(&rest);
	mac = address ? bt_cmdline_mac(address) : NULL;
	if (!address)
		return -ENOMEM;
	if (!mac) {
		bt_cmdline_find(reading, at, &rest, BONDTOOL_ERROR, "cmdline/value", NULL,
				"'%s' is no MAC address", address);
		return 0;
	}
	profile = mentioned(reading, at, &name);
	return profile ? bt_cmdline_set(reading, at, profile, BT_PROP_MAC_ADDRESS, &rest, mac) : 0;
}

static int take_bootdev(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct bondtool_profile *profile = mentioned(reading, at, &at->word->value);

	if (!profile)
		return 0;
	reading->bootdev = at->word->owner;
	return bt_cmdline_keep(at, profile, NULL, "bootdev", &at->word->value);
}

static int take_ethtool(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct bt_cmdline_part rest = at->word->value, name;
	struct bondtool_profile *profile =
		bt_cmdline_next(&rest, ':', &name) ? mentioned(reading, at, &name) : NULL;

	return profile ? bt_cmdline_keep(at, profile, NULL, "rd.ethtool", &at->word->value) : 0;
}

/* ---- all words ------------------------------------------------------------------------------- */

/* DHCP and router advertisements, unless something is said: but not below a VLAN. */
static int settle_methods(struct bt_cmdline_reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->parents.count; i++) {
		struct bondtool_profile *parent =
			bt_cmdline_known(reading, reading->parents.items[i]);
		bool said = !parent || bt_profile_text(parent, BT_PROP_IPV4_METHOD) ||
			    bt_profile_text(parent, BT_PROP_IPV6_METHOD);

		if (!said)
			r = bt_profile_imply(parent, BT_PROP_IPV4_METHOD, "disabled");
		if (r == 0 && !said)
			r = bt_profile_imply(parent, BT_PROP_IPV6_METHOD, "disabled");
	}
	for (size_t i = 0; r == 0 && i < reading->profiles->count; i++) {
		struct bondtool_profile *profile = reading->profiles->profiles[i];

		if (bt_profile_text(profile, BT_PROP_CONTROLLER))
			continue;
		if (!bt_cmdline_method(profile, BT_PROP_IPV4))
			r = bt_profile_imply(profile, BT_PROP_IPV4_METHOD, "auto");
		if (r == 0 && !bt_cmdline_method(profile, BT_PROP_IPV6))
			r = bt_profile_imply(profile, BT_PROP_IPV6_METHOD, "auto");
	}
	return r;
}

/* The words that make profiles come before those that are about what was made. */
static const struct pass {
	const char *key;
	int (*take)(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);
} first_passes[] =
	{
		{"bond", bt_cmdline_take_bond},
		{"vlan", take_vlan},
		{"ip", bt_cmdline_take_ip},
		{"bridge", bt_cmdline_take_bridge},
		{"rd.ethtool", take_ethtool},
		{"ifname", take_ifname},
		{"bootdev", take_bootdev},
		{NULL, NULL},
},
  last_passes[] = {
	  {"rd.peerdns", bt_cmdline_take_peerdns},
	  {"rd.route", bt_cmdline_take_route},
	  {"nameserver", bt_cmdline_take_nameserver},
	  {NULL, NULL},
};

static int take_pass(struct bt_cmdline_reading *reading, const struct pass *pass)
{
	int r = 0;

	for (size_t i = 0; i < reading->n_texts; i++)
		for (size_t k = 0; r == 0 && k < reading->texts[i].count; k++) {
			struct bt_cmdline_at at = {&reading->texts[i], &reading->texts[i].words[k]};

			if (bt_cmdline_is(at.word, pass->key))
				r = pass->take(reading, &at);
		}
	return r;
}

int bt_cmdline_understand(struct bt_cmdline_reading *reading,
			  const struct bt_source *const *sources, size_t count)
{
	int r = 0;

	reading->profiles = bondtool_config_new();
	reading->texts = calloc(count + 1, sizeof(*reading->texts));
	if (!reading->profiles || !reading->texts)
		return -ENOMEM;
	while (r == 0 && reading->n_texts < count) {
		r = bt_cmdline_parse(sources[reading->n_texts], &reading->texts[reading->n_texts]);
		reading->n_texts += r == 0;
	}
	for (const struct pass *pass = first_passes; r == 0 && pass->key; pass++)
		r = take_pass(reading, pass);
	if (r == 0)
		r = settle_methods(reading);
	for (const struct pass *pass = last_passes; r == 0 && pass->key; pass++)
		r = take_pass(reading, pass);
	if (r == 0)
		bt_cmdline_report_words(reading);
	return r;
}
