/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles to ifcfg files as NetworkManager writes and initscripts read them. A profile that came
 * from an ifcfg file is written into its text.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "parsers/ifcfg/ifcfg-draft.h"
#include "parsers/ifcfg/ifcfg-write-beside.h"
#include "parsers/loss.h"
#include "parsers/route-words.h"

/* One profile on its way to keys and values. */
struct writing {
	struct bondtool *bt;
	struct bondtool_config *config; /* what the profile refers to */
	const struct bondtool_profile *profile;
	struct bt_ifcfg_pairs pairs;
	struct bt_written written;
	struct bt_strings addresses; /* that stand in files of aliases */
};

static void writing_release(struct writing *writing)
{
	bt_ifcfg_pairs_release(&writing->pairs);
	bt_strings_release(&writing->addresses);
}

/* Keys that are written together, or not at all. */
static const char *const address_keys[] = {"IPADDR", "PREFIX", "NETMASK", NULL};
static const char *const gateway_keys[] = {"GATEWAY", NULL};
static const char *const dns_keys[] = {"DNS", NULL};
static const char *const address6_keys[] = {"IPV6ADDR", "IPV6ADDR_SECONDARIES", NULL};
static const char *const method6_keys[] = {"IPV6INIT", "IPV6_AUTOCONF", "DHCPV6C", "IPV6_DISABLED",
					   NULL};
static const char *const bridge_keys[] = {"BRIDGE", "BRIDGE_UUID", NULL};
static const char *const controller_keys[] = {"MASTER", "MASTER_UUID", "SLAVE", NULL};
static const char *const flag_keys[] = {"REORDER_HDR", "GVRP", "MVRP", "VLAN_FLAGS", NULL};

static void add(struct writing *writing, const char *const *group, const char *key,
		const char *value)
{
	bt_ifcfg_pairs_add(&writing->pairs, group, key, strdup(value));
}

/* The text that PROPERTY is set to, now counted as written; NULL when it is unset. */
static const char *text_of(struct writing *writing, enum bt_property_id property)
{
	const char *text = bt_profile_text(writing->profile, property);

	if (text)
		bt_written_property(&writing->written, property);
	return text;
}

static const struct bt_value *value_of(struct writing *writing, enum bt_property_id property)
{
	const struct bt_value *value = bt_profile_value(writing->profile, property);

	if (value)
		bt_written_property(&writing->written, property);
	return value;
}

static const char *boolean(bool yes)
{
	return yes ? "yes" : "no";
}

/* ---- what it is ---------------------------------------------------------------------------- */

static void write_type(struct writing *writing)
{
	const char *type = text_of(writing, BT_PROP_TYPE);

	if (bt_equal(type, "bond")) {
		add(writing, NULL, "TYPE", "Bond");
		add(writing, NULL, "BONDING_MASTER", "yes");
	} else if (bt_equal(type, "vlan")) {
		add(writing, NULL, "TYPE", "Vlan");
		add(writing, NULL, "VLAN", "yes");
	} else {
		add(writing, NULL, "TYPE", "Ethernet");
	}
}

static char *key_value(const struct bt_ifcfg_key *key, const struct bt_value *value)
{
	const struct bt_spec *spec = bt_property_spec(&bt_properties[key->property]);

	if (key->kind == BT_IFCFG_INVERTED)
		return strdup(boolean(!value->number));
	return bt_value_joined(spec, value, " ", BONDTOOL_PARSABLE);
}

static void write_keys(struct writing *writing)
{
	for (const struct bt_ifcfg_key *key = bt_ifcfg_keys; key->key; key++) {
		const struct bt_value *value = value_of(writing, key->property);

		if (value)
			bt_ifcfg_pairs_add(&writing->pairs, NULL, key->key, key_value(key, value));
	}
}

/* The interface that REFERENCE, an id or a UUID, is for: initscripts know no others. */
static const char *interface_of(const struct writing *writing, const char *reference)
{
	const struct bondtool_profile *profile = bt_config_referred(writing->config, reference);
	const char *name = profile ? bt_profile_text(profile, BT_PROP_INTERFACE_NAME) : NULL;

	return name ? name : reference;
}

static void write_controller(struct writing *writing)
{
	const char *type = bt_profile_text(writing->profile, BT_PROP_PORT_TYPE);
	const char *controller;

	/* Of another kind: a loss. */
	if (type && !bt_equal(type, "bond") && !bt_equal(type, "bridge"))
		return;
	text_of(writing, BT_PROP_PORT_TYPE);
	controller = text_of(writing, BT_PROP_CONTROLLER);
	if (!controller)
		return;
	controller = interface_of(writing, controller);
	if (bt_equal(type, "bridge")) {
		add(writing, bridge_keys, bt_uuid_valid(controller) ? "BRIDGE_UUID" : "BRIDGE",
		    controller);
		return;
	}
	add(writing, controller_keys, bt_uuid_valid(controller) ? "MASTER_UUID" : "MASTER",
	    controller);
	add(writing, controller_keys, "SLAVE", "yes");
}

/* ---- options ------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const struct bt_option *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

/* Mode first, the others by name, as NetworkManager writes them. */
static void write_bond_options(struct writing *writing)
{
	const struct bt_option *list[BT_OPT_COUNT];
	const struct bt_values *values = &writing->profile->options;
	size_t first = bt_values_find(values, BT_OPT_MODE) != NULL;
	size_t count = first;
	BT_AUTOTEXT struct bt_text text = {0};

	list[0] = &bt_options[BT_OPT_MODE];
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (i != BT_OPT_MODE && !(bt_options[i].flags & BT_OPTION_PORT) &&
		    bt_option_has_key(&bt_options[i], BT_FORMAT_IFCFG) &&
		    bt_values_find(values, (unsigned)i))
			list[count++] = &bt_options[i];
	qsort(list + first, count - first, sizeof(list[0]), by_name);
	for (size_t i = 0; i < count; i++) {
		const struct bt_value *value = bt_values_find(values, bt_option_id(list[i]));
		BT_AUTOFREE char *shown =
			bt_value_joined(&list[i]->spec, value, ",", BONDTOOL_PARSABLE);

		text.failed = text.failed || !shown;
		bt_text_addf(&text, "%s%s=%s", i ? " " : "", list[i]->name, shown ? shown : "");
		writing->written.option[value->id] = true;
	}
	if (count)
		bt_ifcfg_pairs_add(&writing->pairs, NULL, "BONDING_OPTS", bt_text_take(&text));
}

static void write_port_options(struct writing *writing)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		const struct bt_value *value =
			bt_values_find(&writing->profile->options, (unsigned)i);
		BT_AUTOFREE char *key = bt_option_key(option, BT_FORMAT_IFCFG);

		if (!(option->flags & BT_OPTION_PORT) || !value || !key)
			continue;
		writing->written.option[i] = true;
		bt_ifcfg_pairs_add(&writing->pairs, NULL, key,
				   bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE));
	}
}

/* ---- addresses ----------------------------------------------------------------------------- */

static void write_method4(struct writing *writing)
{
	static const struct {
		const char *method, *protocol;
	} methods[] = {{"auto", "dhcp"},   {"link-local", "autoip"}, {"manual", "none"},
		       {"shared", "shared"}, {"disabled", "none"}};
	const char *method = text_of(writing, BT_PROP_IPV4_METHOD);

	for (size_t i = 0; method && i < BT_ARRAY_SIZE(methods); i++)
		if (bt_equal(method, methods[i].method))
			add(writing, NULL, "BOOTPROTO", methods[i].protocol);
}

static void write_addresses4(struct writing *writing)
{
	const struct bt_value *value = value_of(writing, BT_PROP_IPV4_ADDRESSES);
	const char *gateway = text_of(writing, BT_PROP_IPV4_GATEWAY);
	size_t count = 0;

	for (size_t i = 0; value && i < value->n_items; i++) {
		const char *slash = strchr(value->items[i].text, '/');

		if (bt_strings_contain(&writing->addresses, value->items[i].text))
			continue;

		BT_AUTOFREE char *number = count ? bt_format("%zu", count) : strdup("");
		BT_AUTOFREE char *key = bt_format("IPADDR%s", number ? number : "");
		BT_AUTOFREE char *prefix = bt_format("PREFIX%s", number ? number : "");

		if (!number || !key || !prefix) {
			writing->pairs.failed = true;
			return;
		}
		bt_ifcfg_pairs_add(&writing->pairs, address_keys, key,
				   strndup(value->items[i].text,
					   (size_t)(slash - value->items[i].text)));
		add(writing, address_keys, prefix, slash + 1);
		count++;
	}
	if (gateway)
		add(writing, gateway_keys, "GATEWAY", gateway);
}

static void write_name_servers(struct writing *writing)
{
	static const enum bt_property_id lists[] = {BT_PROP_IPV4_DNS, BT_PROP_IPV6_DNS};
	unsigned number = 1;

	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++) {
		const struct bt_value *value = value_of(writing, lists[i]);

		for (size_t k = 0; value && k < value->n_items; k++, number++) {
			BT_AUTOFREE char *key = bt_format("DNS%u", number);

			add(writing, dns_keys, key ? key : "DNS", value->items[k].text);
		}
	}
}

static void write_method6(struct writing *writing)
{
	const char *method = text_of(writing, BT_PROP_IPV6_METHOD);

	if (!method)
		return;
	if (bt_equal(method, "disabled"))
		add(writing, method6_keys, "IPV6_DISABLED", "yes");
	add(writing, method6_keys, "IPV6INIT",
	    boolean(!bt_equal(method, "disabled") && !bt_equal(method, "ignore")));
	if (bt_equal(method, "auto"))
		add(writing, method6_keys, "IPV6_AUTOCONF", "yes");
	if (bt_equal(method, "dhcp"))
		add(writing, method6_keys, "DHCPV6C", "yes");
	if (bt_equal(method, "manual") || bt_equal(method, "link-local") ||
	    bt_equal(method, "dhcp"))
		add(writing, method6_keys, "IPV6_AUTOCONF", "no");
	if (bt_equal(method, "shared"))
		writing->written.property[BT_PROP_IPV6_METHOD] = false;
}

static void write_addresses6(struct writing *writing)
{
	const struct bt_value *value = value_of(writing, BT_PROP_IPV6_ADDRESSES);
	BT_AUTOTEXT struct bt_text rest = {0};

	if (!value || !value->n_items)
		return;
	for (size_t i = 1; i < value->n_items; i++)
		bt_text_addf(&rest, "%s%s", i > 1 ? " " : "", value->items[i].text);
	add(writing, address6_keys, "IPV6ADDR", value->items[0].text);
	if (rest.length)
		bt_ifcfg_pairs_add(&writing->pairs, address6_keys, "IPV6ADDR_SECONDARIES",
				   bt_text_take(&rest));
}

static void write_privacy(struct writing *writing)
{
	const struct bt_value *value = bt_profile_value(writing->profile, BT_PROP_IPV6_PRIVACY);

	if (!value || (value->number != 0 && value->number != 2))
		return;
	bt_written_property(&writing->written, BT_PROP_IPV6_PRIVACY);
	add(writing, NULL, "IPV6_PRIVACY", value->number ? "rfc3041" : "no");
}

static void write_vlan(struct writing *writing)
{
	static const struct {
		enum bt_property_id property;
		const char *key;
	} keys[] = {
		{BT_PROP_VLAN_ID, "VLAN_ID"},
		{BT_PROP_VLAN_INGRESS, "VLAN_INGRESS_PRIORITY_MAP"},
		{BT_PROP_VLAN_EGRESS, "VLAN_EGRESS_PRIORITY_MAP"},
	};
	const char *parent = text_of(writing, BT_PROP_VLAN_PARENT);
	const struct bt_value *flags;

	if (parent)
		add(writing, NULL, "PHYSDEV", interface_of(writing, parent));
	for (size_t i = 0; i < BT_ARRAY_SIZE(keys); i++) {
		const struct bt_value *value = value_of(writing, keys[i].property);

		if (value)
			bt_ifcfg_pairs_add(&writing->pairs, NULL, keys[i].key,
					   bt_value_joined(&bt_properties[keys[i].property].spec,
							   value, ",", BONDTOOL_PARSABLE));
	}
	flags = value_of(writing, BT_PROP_VLAN_FLAGS);
	if (!flags)
		return;
	add(writing, flag_keys, "REORDER_HDR", boolean(flags->number & 1));
	add(writing, flag_keys, "GVRP", boolean(flags->number & 2));
	add(writing, flag_keys, "MVRP", boolean(flags->number & 8));
	if (flags->number & 4)
		add(writing, flag_keys, "VLAN_FLAGS", "LOOSE_BINDING");
}

/* ---- one file ------------------------------------------------------------------------------ */

static void write_extras(struct writing *writing)
{
	writing->written.extras = true;
	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];

		if (extra->format == BT_FORMAT_IFCFG)
			add(writing, NULL, extra->key, extra->value);
	}
}

/* All that PROFILE sets as keys and values. */
static void make_pairs(struct writing *writing)
{
	static void (*const steps[])(struct writing *writing) = {
		write_type,	  write_keys,	      write_controller,	  write_bond_options,
		write_port_options, write_vlan,	      write_method4,	  write_addresses4,
		write_method6,	  write_addresses6,   write_privacy,	  write_name_servers,
		write_extras,
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(steps); i++)
		steps[i](writing);
}

/* The profile that the profile's own source stands for, when that is an ifcfg file; else NULL. */
static struct bondtool_profile *before_of(const struct bondtool_profile *profile)
{
	const struct bt_source *source = profile->origin.source;
	struct bondtool_profile *before = NULL;
	struct bt_hash controllers = {0};
	const char *device = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	struct bondtool *silent;

	if (!bt_profile_was_read_as(profile, BT_FORMAT_IFCFG) ||
	    !bt_has_prefix(bt_path_base(source->name), "ifcfg-"))
		return NULL;
	silent = bondtool_new();
	if (device && bt_profile_is(profile, "bond")) /* which others said, perhaps, and not it */
		bt_hash_put(&controllers, device, 1);
	if (silent)
		bt_ifcfg_read_one(silent, source, &controllers, &before);
	bt_hash_release(&controllers);
	bondtool_free(silent);
	return before;
}

static char *file_text(struct writing *writing)
{
	BT_AUTOPROFILE struct bondtool_profile *original = before_of(writing->profile);
	BT_CLEANUP(writing_release) struct writing before = {
		.config = writing->config,
		.profile = original,
	};
	BT_AUTOIFCFG struct bt_ifcfg ifcfg = {0};

	make_pairs(writing);
	if (!original)
		return bt_ifcfg_draft_text(BT_IFCFG_NM, NULL, NULL, &writing->pairs);
	make_pairs(&before);
	if (bt_ifcfg_parse_as_owner(original->origin.source, &ifcfg) < 0)
		return NULL;
	return bt_ifcfg_draft_text(ifcfg.reading, &ifcfg, &before.pairs, &writing->pairs);
}

/* "ifcfg-LABEL", as far as a file can be called so; NULL without memory. */
static char *file_name(const char *label)
{
	char *name = bt_format("ifcfg-%s", label);

	for (char *p = name; p && *p; p++)
		if (*p == '/' || *p == ' ' || *p == ':')
			*p = '_';
	return name;
}

/*
 * The file of the profile: by the label of its source, else the interface, else the id; DEVICE says
 * the interface. Two profiles for one interface get two files. A new string; NULL without memory.
 */
static char *choose_name(const struct bondtool_profile *profile, const struct bondtool_files *files)
{
	const struct bt_source *source = profile->origin.source;
	const char *label = source ? bt_ifcfg_label(source->name) : NULL;
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *id = bt_profile_label(profile);
	char *name = file_name(label ? label : interface ? interface : id);

	if (name && bt_files_have(files, name)) {
		free(name);
		name = file_name(id);
	}
	for (unsigned number = 2; name && bt_files_have(files, name); number++) {
		free(name);
		name = bt_format("ifcfg-%s-%u", interface ? interface : "profile", number);
	}
	return name;
}

/* A route as the words of "ip route add". */
static int add_route(struct writing *writing, int family, const char *route_text,
		     const struct bt_value *routes, struct bt_text *text)
{
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOSTRINGS struct bt_strings words = {0}, left_out = {0};
	int r = bt_route_parse(family, route_text, &route);
	const char *type;

	if (r == 0)
		r = bt_route_add_words(&route, &words, &left_out);
	if (r < 0)
		return r;
	type = bt_route_attribute(&route, "type");
	bt_text_addf(text, "%s%s%s", type ? type : "", type ? " " : "", route.destination);
	if (route.gateway)
		bt_text_addf(text, " via %s", route.gateway);
	if (route.metric >= 0)
		bt_text_addf(text, " metric %" PRId64, route.metric);
	for (size_t i = 0; i < words.count; i++)
		bt_text_addf(text, " %s", words.items[i]);
	bt_text_add(text, "\n");
	for (size_t i = 0; i < left_out.count; i++)
		bt_report_loss(writing->bt, &bt_format_ifcfg, routes, NULL,
			       "'%s': the route to %s is written without %s",
			       bt_profile_label(writing->profile), route.destination,
			       left_out.items[i]);
	return 0;
}

static int write_routes(struct writing *writing, const struct bt_ifcfg_beside *beside, int family,
			const char *label, struct bondtool_files *files)
{
	enum bt_property_id id = family == AF_INET ? BT_PROP_IPV4_ROUTES : BT_PROP_IPV6_ROUTES;
	const struct bt_value *value = value_of(writing, id);
	BT_AUTOFREE char *name = bt_format("%s-%s", family == AF_INET ? "route" : "route6", label);
	BT_AUTOFREE char *kept = NULL;
	BT_AUTOSTRINGS struct bt_strings missing = {0};
	BT_AUTOTEXT struct bt_text text = {0};
	int r = bt_ifcfg_rewrite_routes(beside, writing->profile, family, value, &kept, &missing);

	bt_text_add(&text, kept ? kept : "");
	if (r == 0 && missing.count && text.length && text.data[text.length - 1] != '\n')
		bt_text_add_char(&text, '\n');
	for (size_t i = 0; r == 0 && i < missing.count; i++)
		r = add_route(writing, family, missing.items[i], value, &text);
	if (r < 0 || (!text.length && !text.failed))
		return r;
	return name ? bt_files_add(files, name, 0644, bt_text_take(&text)) : -ENOMEM;
}

static int write_profile(struct bondtool *bt, struct bondtool_config *config,
			 const struct bt_ifcfg_beside *beside,
			 const struct bondtool_profile *profile, struct bondtool_files *files)
{
	BT_CLEANUP(writing_release)
	struct writing writing = {.bt = bt, .config = config, .profile = profile};
	BT_AUTOFREE char *name = choose_name(profile, files);
	const char *label = name ? name + strlen("ifcfg-") : NULL;
	int r = name ? bt_ifcfg_write_aliases(beside, profile, files, &writing.addresses)
		     : -ENOMEM;

	if (r == 0)
		r = bt_files_add(files, name, 0644, file_text(&writing));
	if (r == 0)
		r = write_routes(&writing, beside, AF_INET, label, files);
	if (r == 0)
		r = write_routes(&writing, beside, AF_INET6, label, files);
	if (r == 0)
		bt_report_losses(bt, &bt_format_ifcfg, profile, &writing.written, NULL);
	return r;
}

int bt_ifcfg_write(struct bondtool *bt, struct bondtool_config *config,
		   struct bondtool_files *files)
{
	struct bt_ifcfg_beside beside = {0};
	int r = bt_ifcfg_beside_find(bt, &beside);

	for (size_t i = 0; r == 0 && i < config->count; i++)
		r = write_profile(bt, config, &beside, config->profiles[i], files);
	bt_ifcfg_beside_release(&beside);
	return r;
}
