/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What NetworkManager refuses in a profile that is well formed: the conditions that its verify()
 * functions check beyond those of the driver. A profile that is refused is not loaded at all.
 */
#include "parsers/keyfile/keyfile.h"

static bool is_on(const struct bondtool_profile *profile, enum bt_option_id id)
{
	return bt_options_number(&profile->options, id) > 0;
}

static bool has(const struct bondtool_profile *profile, enum bt_option_id id)
{
	return bt_values_find(&profile->options, id) != NULL;
}

static bool has_targets(const struct bondtool_profile *profile)
{
	return has(profile, BT_OPT_ARP_IP_TARGET) || has(profile, BT_OPT_NS_IP6_TARGET);
}

/* What NetworkManager takes for miimon: its own default where nothing is set. */
static int64_t miimon_of(const struct bondtool_profile *profile)
{
	const struct bt_value *value = bt_values_find(&profile->options, BT_OPT_MIIMON);

	if (!value)
		value = bt_values_find(&profile->implied, BT_OPT_MIIMON);
	return value ? value->number : 0;
}

static bool probes_nobody(const struct bondtool_profile *profile)
{
	return is_on(profile, BT_OPT_ARP_INTERVAL) && !has_targets(profile);
}

static bool never_probes(const struct bondtool_profile *profile, enum bt_option_id targets)
{
	return has(profile, targets) && !is_on(profile, BT_OPT_ARP_INTERVAL);
}

static bool never_probes_ip4(const struct bondtool_profile *profile)
{
	return never_probes(profile, BT_OPT_ARP_IP_TARGET);
}

static bool never_probes_ip6(const struct bondtool_profile *profile)
{
	return never_probes(profile, BT_OPT_NS_IP6_TARGET);
}

static bool is_uneven(const struct bondtool_profile *profile)
{
	int64_t miimon = miimon_of(profile);

	return miimon > 0 && !is_on(profile, BT_OPT_ARP_INTERVAL) &&
	       bt_options_number(&profile->options, BT_OPT_PEER_NOTIF_DELAY) % miimon != 0;
}

static const struct {
	bool (*holds)(const struct bondtool_profile *profile);
	enum bt_option_id at;
	const char *text;
} refusals[] = {
	{probes_nobody, BT_OPT_ARP_INTERVAL, "'arp_interval' needs 'arp_ip_target'"},
	{never_probes_ip4, BT_OPT_ARP_IP_TARGET, "'arp_ip_target' needs 'arp_interval'"},
	{never_probes_ip6, BT_OPT_NS_IP6_TARGET, "'ns_ip6_target' needs 'arp_interval'"},
	{is_uneven, BT_OPT_PEER_NOTIF_DELAY, "'peer_notif_delay' must be a multiple of 'miimon'"},
};

const char *bt_keyfile_refuses_option(const struct bondtool_profile *profile, enum bt_option_id id)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(refusals); i++)
		if (refusals[i].at == id && refusals[i].holds(profile))
			return refusals[i].text;
	return NULL;
}

static void refuse(struct bondtool *bt, const struct bt_origin *origin, const char *hint,
		   const char *text)
{
	bt_diag(bt, BONDTOOL_ERROR, "keyfile/refused", origin, hint,
		"NetworkManager refuses this profile: %s", text);
}

static void verify_bond(struct bondtool *bt, const struct bondtool_profile *profile)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(refusals); i++)
		if (refusals[i].holds(profile))
			refuse(bt, &bt_values_find(&profile->options, refusals[i].at)->origin, NULL,
			       refusals[i].text);
	if (!bt_profile_text(profile, BT_PROP_INTERFACE_NAME))
		refuse(bt, &profile->origin, NULL, "a bond needs 'connection.interface-name'");
}

/* ---- addresses ---------------------------------------------------------------------------------
 */

static const struct bt_value *of_block(const struct bondtool_profile *profile,
				       enum bt_property_id block, enum bt_property_id in_ipv4)
{
	return bt_profile_value(profile, block + (in_ipv4 - BT_PROP_IPV4));
}

/* Whether the method does without addresses and name servers, and so is refused with some. */
static bool is_bare(const struct bondtool_profile *profile, enum bt_property_id block)
{
	const char *method = bt_profile_text(profile, block);

	return bt_equal(method, "disabled") || bt_equal(method, "link-local") ||
	       bt_equal(method, "ignore");
}

bool bt_keyfile_refuses_property(const struct bondtool_profile *profile, enum bt_property_id id)
{
	enum bt_property_id block = id < BT_PROP_IPV6 ? BT_PROP_IPV4 : BT_PROP_IPV6;

	if (id < BT_PROP_IPV4 || id >= BT_PROP_IPV6 + BT_IP_BLOCK)
		return false;
	switch ((unsigned)(BT_PROP_IPV4 + (id - block))) {
	case BT_PROP_IPV4_ADDRESSES:
		return is_bare(profile, block);
	case BT_PROP_IPV4_GATEWAY:
		return is_bare(profile, block) ||
		       !of_block(profile, block, BT_PROP_IPV4_ADDRESSES);
	case BT_PROP_IPV4_DNS:
	case BT_PROP_IPV4_DNS_SEARCH:
		return is_bare(profile, block) ||
		       (block == BT_PROP_IPV4 &&
			bt_equal(bt_profile_text(profile, block), "shared"));
	default:
		return false;
	}
}

/* A method that does without addresses is refused with some, "manual" without any. */
static void verify_addresses(struct bondtool *bt, const struct bondtool_profile *profile,
			     enum bt_property_id block)
{
	const char *method = bt_profile_text(profile, block);
	const struct bt_value *addresses = of_block(profile, block, BT_PROP_IPV4_ADDRESSES);
	const struct bt_value *gateway = of_block(profile, block, BT_PROP_IPV4_GATEWAY);
	const char *family = bt_settings[bt_properties[block].setting].name;
	struct bt_origin origin = bt_profile_origin(profile, block);
	BT_AUTOFREE char *text = NULL;

	if (bt_equal(method, "manual") && !addresses)
		text = bt_format("'%s.method=manual' needs an address", family);
	else if (addresses && is_bare(profile, block))
		text = bt_format("'%s.method=%s' does not go with addresses", family, method);
	else if (gateway && !addresses)
		text = bt_format("'%s.gateway' needs an address", family);
	else if (gateway &&
		 bt_profile_number(profile, block + (BT_PROP_IPV4_NEVER_DEFAULT - BT_PROP_IPV4)))
		text = bt_format("'%s.never-default' does not go with a gateway", family);
	if (text)
		refuse(bt, &origin, NULL, text);
}

static void verify_name_servers(struct bondtool *bt, const struct bondtool_profile *profile,
				enum bt_property_id block)
{
	static const enum bt_property_id names[] = {BT_PROP_IPV4_DNS, BT_PROP_IPV4_DNS_SEARCH};

	for (size_t i = 0; i < BT_ARRAY_SIZE(names); i++) {
		const struct bt_value *value = of_block(profile, block, names[i]);
		BT_AUTOFREE char *name = NULL, *text = NULL;

		if (!value || !bt_keyfile_refuses_property(profile, value->id))
			continue;
		name = bt_property_full_name(&bt_properties[value->id]);
		text = bt_format("'%s.method=%s' does not go with '%s'",
				 bt_settings[bt_properties[block].setting].name,
				 bt_profile_text(profile, block), name ? name : "dns");
		refuse(bt, &value->origin, NULL, text ? text : "no memory");
	}
}

static void verify_port(struct bondtool *bt, const struct bondtool_profile *profile)
{
	static const enum bt_property_id ignored[] = {BT_PROP_IPV4_ADDRESSES,
						      BT_PROP_IPV6_ADDRESSES};

	if (!bt_profile_text(profile, BT_PROP_PORT_TYPE))
		refuse(bt, &bt_profile_value(profile, BT_PROP_CONTROLLER)->origin,
		       "add 'slave-type=bond'", "a controller needs its type");
	for (size_t i = 0; i < BT_ARRAY_SIZE(ignored); i++) {
		const struct bt_value *value = bt_profile_value(profile, ignored[i]);

		if (value)
			bt_warning(bt, "keyfile/ignored", &value->origin,
				   "NetworkManager ignores addresses of a port");
	}
}

void bt_keyfile_verify(struct bondtool *bt, const struct bondtool_profile *profile)
{
	if (bt_profile_is(profile, "bond"))
		verify_bond(bt, profile);
	if (bt_profile_text(profile, BT_PROP_CONTROLLER)) {
		verify_port(bt, profile);
		return;
	}
	verify_addresses(bt, profile, BT_PROP_IPV4);
	verify_addresses(bt, profile, BT_PROP_IPV6);
	verify_name_servers(bt, profile, BT_PROP_IPV4);
	verify_name_servers(bt, profile, BT_PROP_IPV6);
}
