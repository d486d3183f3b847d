/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Methods and addresses as SUSE's ifcfg files have them. */
#include <errno.h>
#include <string.h>

#include "parsers/ifcfg-suse/ifcfg-suse-write.h"

static bool is(const struct bt_suse_writing *writing, enum bt_property_id property,
	       const char *word)
{
	return bt_equal(bt_profile_text(writing->profile, property), word);
}

static bool has(const struct bt_suse_writing *writing, enum bt_property_id property)
{
	return bt_profile_value(writing->profile, property) != NULL;
}

/* ---- methods ------------------------------------------------------------------------------- */

static bool dhcp6(const struct bt_suse_writing *writing)
{
	return is(writing, BT_PROP_IPV6_METHOD, "auto") || is(writing, BT_PROP_IPV6_METHOD, "dhcp");
}

/* wicked switches off both families or none. */
static bool is_off(const struct bt_suse_writing *writing)
{
	return is(writing, BT_PROP_IPV4_METHOD, "disabled") &&
	       is(writing, BT_PROP_IPV6_METHOD, "disabled");
}

static const char *protocol(const struct bt_suse_writing *writing)
{
	if (is_off(writing))
		return "none";
	if (is(writing, BT_PROP_IPV4_METHOD, "auto"))
		return dhcp6(writing) ? "dhcp" : "dhcp4";
	if (is(writing, BT_PROP_IPV4_METHOD, "link-local"))
		return dhcp6(writing) ? "autoip+dhcp6" : "autoip";
	return dhcp6(writing) ? "dhcp6" : "static";
}

static bool is_among(const struct bt_suse_writing *writing, enum bt_property_id property,
		     const char *const *words)
{
	for (; *words; words++)
		if (is(writing, property, *words))
			return true;
	return false;
}

/* A port has no addresses of its own, and a word that wicked leaves to others stands as it was. */
void bt_suse_put_methods(struct bt_suse_writing *writing)
{
	static const char *const methods4[] = {"auto", "link-local", "manual", "disabled", NULL};
	static const char *const methods6[] = {"auto", "dhcp", "manual", NULL};
	bool none = !has(writing, BT_PROP_IPV4_METHOD) && !has(writing, BT_PROP_IPV6_METHOD);

	for (size_t i = 0; none && i < writing->profile->n_extras; i++)
		if (writing->profile->extras[i].format == BT_FORMAT_IFCFG_SUSE &&
		    bt_equal(writing->profile->extras[i].key, "BOOTPROTO"))
			return;
	if (none && bt_profile_text(writing->profile, BT_PROP_CONTROLLER)) {
		bt_suse_put(writing, "BOOTPROTO", "none");
		return;
	}
	bt_suse_put(writing, "BOOTPROTO", protocol(writing));
	if (is(writing, BT_PROP_IPV6_METHOD, "dhcp"))
		bt_suse_put(writing, "DHCLIENT6_MODE", "managed");
	if (is_among(writing, BT_PROP_IPV4_METHOD, methods4))
		bt_written_property(&writing->written, BT_PROP_IPV4_METHOD);
	if (is_among(writing, BT_PROP_IPV6_METHOD, methods6) || is_off(writing))
		bt_written_property(&writing->written, BT_PROP_IPV6_METHOD);
}

static void warn_of_list(struct bt_suse_writing *writing, enum bt_property_id id)
{
	const struct bt_property *property = &bt_properties[id];
	const struct bt_value *value = bt_profile_value(writing->profile, id);
	bool search = id == BT_PROP_IPV4_DNS_SEARCH || id == BT_PROP_IPV6_DNS_SEARCH;
	BT_AUTOFREE char *name = bt_property_full_name(property);
	BT_AUTOFREE char *words =
		value ? bt_value_joined(&property->spec, value, " ", BONDTOOL_PARSABLE) : NULL;
	BT_AUTOFREE char *hint =
		bt_format("in the file config: NETCONFIG_DNS_STATIC_%s=\"%s\"",
			  search ? "SEARCHLIST" : "SERVERS", words ? words : "");

	if (!has(writing, id))
		return;
	bt_written_property(&writing->written, id);
	bt_report_loss(writing->writer->bt, &bt_format_ifcfg_suse, value, hint,
		       "'%s': %s stands in one file for all interfaces",
		       bt_profile_label(writing->profile), name ? name : property->name);
}

void bt_suse_warn_of_ip(struct bt_suse_writing *writing)
{
	static const enum bt_property_id lists[] = {BT_PROP_IPV4_DNS, BT_PROP_IPV6_DNS,
						    BT_PROP_IPV4_DNS_SEARCH,
						    BT_PROP_IPV6_DNS_SEARCH};
	const struct bondtool_profile *profile = writing->profile;
	const char *name = bt_profile_label(profile);

	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++)
		warn_of_list(writing, lists[i]);
	if (is(writing, BT_PROP_IPV6_METHOD, "disabled") && !is_off(writing)) {
		BT_AUTOFREE char *hint = bt_loss_hint(profile, BT_PROP_IPV6_METHOD);

		bt_written_property(&writing->written, BT_PROP_IPV6_METHOD);
		bt_report_loss(writing->writer->bt, &bt_format_ifcfg_suse,
			       bt_profile_value(profile, BT_PROP_IPV6_METHOD), hint,
			       "'%s': ipv6.method=disabled stands in another file", name);
	}
}

/* ---- addresses ----------------------------------------------------------------------------- */

/* The addresses of the original file in canonical form, and the lines that they stand in. */
struct known {
	struct bt_strings addresses;
	struct bt_hash lines; /* by address */
	bool *used;	      /* of each line */
};

static void known_release(struct known *known)
{
	bt_strings_release(&known->addresses);
	bt_hash_release(&known->lines);
	free(known->used);
}

static int know_line(struct known *known, const struct bt_suse_file *file, size_t number)
{
	const struct bt_ifcfg_line *line = &file->ifcfg.lines[number];
	enum bt_type type = strchr(line->value, ':') ? BT_TYPE_ADDRESS6S : BT_TYPE_ADDRESS4S;
	const struct bt_ifcfg_line *length;
	BT_AUTOFREE char *text = bt_suse_address(file, line, &length);
	char *canonical = NULL;
	int r = text ? bt_item_canonical(type, text, &canonical) : -ENOMEM;

	if (r < 0)
		return r == -EINVAL ? 0 : r;
	r = bt_strings_take(&known->addresses, canonical);
	return r == 0 ? bt_hash_put(&known->lines, canonical, number) : r;
}

static int know(struct known *known, const struct bt_suse_file *file)
{
	size_t count = file ? file->ifcfg.count : 0;
	int r = 0;

	known->used = calloc(count + 1, sizeof(*known->used));
	for (size_t i = 0; known->used && r == 0 && i < count; i++)
		if (file->ifcfg.lines[i].key && bt_has_prefix(file->ifcfg.lines[i].key, "IPADDR") &&
		    bt_suse_holds(file, &file->ifcfg.lines[i]))
			r = know_line(known, file, i);
	return known->used ? r : -ENOMEM;
}

/* The line as it was, with the one that tells its length. */
static void put_original_address(struct bt_suse_writing *writing, const struct bt_ifcfg_line *line)
{
	static const char *const bases[] = {"PREFIXLEN", "NETMASK"};

	bt_suse_put(writing, line->key, line->value);
	for (size_t i = 0; i < BT_ARRAY_SIZE(bases); i++) {
		BT_AUTOFREE char *key = bt_format("%s%s", bases[i], line->key + strlen("IPADDR"));
		const struct bt_ifcfg_line *length =
			key ? bt_suse_line(writing->original, key) : NULL;

		if (length)
			bt_suse_put(writing, key, length->value);
	}
}

static bool is_extra(const struct bondtool_profile *profile, const char *name)
{
	for (size_t i = 0; i < profile->n_extras; i++)
		if (profile->extras[i].format == BT_FORMAT_IFCFG_SUSE &&
		    bt_equal(profile->extras[i].key, name))
			return true;
	return false;
}

/* Under the next name that stands for no other address: IPADDR, IPADDR_1, ... */
static void put_new_address(struct bt_suse_writing *writing, const char *address, unsigned *number)
{
	for (bool put = false; !put && !writing->pairs.failed; (*number)++) {
		BT_AUTOFREE char *name = *number ? bt_format("IPADDR_%u", *number)
						 : strdup("IPADDR");

		writing->pairs.failed = !name;
		put = name && !bt_ifcfg_pairs_have(&writing->pairs, name) &&
		      !is_extra(writing->profile, name);
		if (put)
			bt_suse_put(writing, name, address);
	}
}

/* What the method switches off is not written. */
static const struct bt_value *addresses_of(struct bt_suse_writing *writing, unsigned block)
{
	const struct bt_value *value =
		bt_profile_value(writing->profile, BT_PROP_IPV4_ADDRESSES + block);

	if (!value || is(writing, BT_PROP_IPV4_METHOD + block, "disabled"))
		return NULL;
	bt_written_property(&writing->written, BT_PROP_IPV4_ADDRESSES + block);
	return value;
}

/* Those of the original file under their own names; NEW are the others, borrowed. */
static void put_known(struct bt_suse_writing *writing, struct known *known,
		      const struct bt_value *value, const char **new, size_t *n_new)
{
	for (size_t i = 0; value && i < value->n_items; i++) {
		const char *address = value->items[i].text;
		size_t number;

		if (bt_hash_get(&known->lines, address, &number) && !known->used[number]) {
			known->used[number] = true;
			put_original_address(writing, &writing->original->ifcfg.lines[number]);
		} else {
			new[(*n_new)++] = address;
		}
	}
}

/* First the known ones, so that the names that are left are free for the others. */
void bt_suse_put_addresses(struct bt_suse_writing *writing)
{
	BT_CLEANUP(known_release) struct known known = {0};
	const struct bt_value *v4 = addresses_of(writing, 0);
	const struct bt_value *v6 = addresses_of(writing, BT_IP_BLOCK);
	size_t most = (v4 ? v4->n_items : 0) + (v6 ? v6->n_items : 0), n_new = 0;
	BT_AUTOFREE const char **new = calloc(most + 1, sizeof(*new));
	unsigned number = 0;

	if (!new || know(&known, writing->original) < 0) {
		writing->pairs.failed = true;
		return;
	}
	put_known(writing, &known, v4, new, &n_new);
	put_known(writing, &known, v6, new, &n_new);
	for (size_t i = 0; i < n_new; i++)
		put_new_address(writing, new[i], &number);
}
