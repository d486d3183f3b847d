/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Completing a profile that was put together from words, with the defaults that NetworkManager
 * gives a new connection, so that the same words mean the same bond.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "model/profile.h"

/* What NetworkManager sets on a bond for which no link monitor is chosen, in milliseconds. */
enum { IMPLIED_MIIMON = 100 };

static const char *type_of(const struct bondtool_profile *profile)
{
	const char *type = bt_profile_text(profile, BT_PROP_TYPE);

	return type ? type : "";
}

static bool is_port(const struct bondtool_profile *profile)
{
	return bt_profile_text(profile, BT_PROP_PORT_TYPE) != NULL;
}

static int set_text(struct bondtool_profile *profile, enum bt_property_id property,
		    const char *text)
{
	bt_profile_unset(profile, property);
	return bt_profile_set(NULL, profile, property, text, NULL);
}

/* A required property that is missing, as NetworkManager words it. */
static int missing(struct bondtool *bt, enum bt_property_id property, const char *why)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);

	return name ? bt_error(bt, -EINVAL, "property/missing", NULL, "%s: %s", name, why)
		    : -ENOMEM;
}

/*
 * The profile that a reference names: "ifname/", "uuid/" or "id/" before it says how to look.
 * *ret_by_id tells that only its id matched.
 */
static struct bondtool_profile *referred(struct bondtool_config *config, const char *text,
					 bool *ret_by_id)
{
	struct bondtool_profile *found = NULL;

	*ret_by_id = false;
	if (bt_has_prefix(text, "ifname/"))
		return bt_config_by_interface(config, text + strlen("ifname/"));
	if (bt_has_prefix(text, "uuid/"))
		return bt_config_by_uuid(config, text + strlen("uuid/"));
	if (!bt_has_prefix(text, "id/")) {
		found = bt_config_by_uuid(config, text);
		found = found ? found : bt_config_by_interface(config, text);
	} else {
		text += strlen("id/");
	}
	if (!found && (found = bt_config_by_id(config, text)))
		*ret_by_id = true;
	return found;
}

/* A reference without the word that says how to look. */
static const char *bare_reference(const char *text)
{
	static const char *const prefixes[] = {"ifname/", "uuid/", "id/"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(prefixes); i++)
		if (bt_has_prefix(text, prefixes[i]))
			return text + strlen(prefixes[i]);
	return text;
}

/* An id may stand for several profiles later: the UUID is kept instead. */
static int settle_reference(struct bondtool_profile *profile, enum bt_property_id property,
			    const struct bondtool_profile *found, bool by_id)
{
	const char *text = bt_profile_text(profile, property);
	const char *uuid = found ? bt_profile_text(found, BT_PROP_UUID) : NULL;
	const char *wanted = by_id && uuid ? uuid : bare_reference(text);
	BT_AUTOFREE char *copy = strdup(wanted);

	if (!copy)
		return -ENOMEM;
	return bt_equal(text, copy) ? 0 : set_text(profile, property, copy);
}

static int complete_port(struct bondtool *bt, struct bondtool_config *config,
			 struct bondtool_profile *profile)
{
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	const struct bondtool_profile *found;
	bool by_id;

	if (!controller)
		return is_port(profile) ? missing(bt, BT_PROP_CONTROLLER,
						  "a port needs the name of its controller")
					: 0;
	found = referred(config, controller, &by_id);
	if (found && !bt_profile_is(found, "bond"))
		found = NULL;
	if (!found)
		bt_warning(bt, "property/controller", NULL,
			   "controller '%s' doesn't refer to any existing profile of type 'bond'",
			   bare_reference(controller));
	if (found && !is_port(profile) && set_text(profile, BT_PROP_PORT_TYPE, "bond") < 0)
		return -ENOMEM;
	if (!is_port(profile))
		return missing(bt, BT_PROP_PORT_TYPE,
			       "cannot set 'controller' without 'port-type'");
	return settle_reference(profile, BT_PROP_CONTROLLER, found, found && by_id);
}

/* A port has no addresses of its own: its controller has them. */
static void drop_ip(struct bondtool *bt, struct bondtool_profile *profile)
{
	bool addresses = bt_profile_value(profile, BT_PROP_IPV4_ADDRESSES) ||
			 bt_profile_value(profile, BT_PROP_IPV6_ADDRESSES);

	for (size_t i = 0; i < BT_PROP_COUNT; i++)
		if (bt_properties[i].setting == BT_SETTING_IPV4 ||
		    bt_properties[i].setting == BT_SETTING_IPV6)
			bt_profile_unset(profile, (enum bt_property_id)i);
	if (addresses)
		bt_note(bt, "property/port-addresses", NULL,
			"the addresses of '%s' are dropped, because it is a port now",
			bt_profile_label(profile));
}

static int complete_family(struct bondtool *bt, struct bondtool_profile *profile,
			   enum bt_property_id method, enum bt_property_id addresses)
{
	if (!bt_profile_text(profile, method))
		return set_text(profile, method, "auto");
	if (bt_equal(bt_profile_text(profile, method), "manual") &&
	    !bt_profile_value(profile, addresses))
		return missing(bt, addresses, "this property cannot be empty for 'method=manual'");
	return 0;
}

static int complete_ip(struct bondtool *bt, struct bondtool_profile *profile)
{
	int r;

	if (is_port(profile)) {
		drop_ip(bt, profile);
		return 0;
	}
	r = complete_family(bt, profile, BT_PROP_IPV4_METHOD, BT_PROP_IPV4_ADDRESSES);
	return r < 0 ? r
		     : complete_family(bt, profile, BT_PROP_IPV6_METHOD, BT_PROP_IPV6_ADDRESSES);
}

static int set_option(struct bondtool_profile *profile, enum bt_option_id id, int64_t number)
{
	struct bt_value value = {.id = id, .number = number};

	return bt_values_put(&profile->options, &value);
}

static int imply_monitor(struct bondtool *bt, struct bondtool_profile *profile)
{
	if (bt_values_find(&profile->options, BT_OPT_MIIMON) ||
	    bt_values_find(&profile->options, BT_OPT_ARP_INTERVAL))
		return 0;
	bt_note(bt, "option/implied", NULL,
		"miimon=%d is set, because without a link monitor no failure would be noticed",
		IMPLIED_MIIMON);
	return set_option(profile, BT_OPT_MIIMON, IMPLIED_MIIMON);
}

static int complete_bond(struct bondtool *bt, struct bondtool_profile *profile, bool monitor)
{
	if (!bt_values_find(&profile->options, BT_OPT_MODE))
		return missing(bt, BT_PROP_BOND_OPTIONS, "mandatory option 'mode' is missing");
	if (!bt_profile_text(profile, BT_PROP_INTERFACE_NAME))
		return missing(bt, BT_PROP_INTERFACE_NAME,
			       "a bond needs the name of its interface");
	return monitor ? imply_monitor(bt, profile) : 0;
}

/* "bond0.100", unless it would be too long for the name of an interface. */
static int name_vlan(struct bondtool_profile *profile, const char *parent)
{
	BT_AUTOFREE char *name =
		bt_format("%s.%" PRId64, parent, bt_profile_number(profile, BT_PROP_VLAN_ID));

	if (!name)
		return -ENOMEM;
	return bt_interface_name_valid(name) ? set_text(profile, BT_PROP_INTERFACE_NAME, name) : 0;
}

static int complete_vlan(struct bondtool *bt, struct bondtool_config *config,
			 struct bondtool_profile *profile)
{
	const char *parent = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	const struct bondtool_profile *found;
	bool by_id;
	int r;

	if (!bt_profile_value(profile, BT_PROP_VLAN_ID))
		return missing(bt, BT_PROP_VLAN_ID, "property is missing");
	if (!parent)
		return missing(bt, BT_PROP_VLAN_PARENT, "property is missing");
	found = referred(config, parent, &by_id);
	r = settle_reference(profile, BT_PROP_VLAN_PARENT, found, found && by_id);
	if (r < 0 || bt_profile_text(profile, BT_PROP_INTERFACE_NAME))
		return r;
	if (found)
		parent = bt_profile_text(found, BT_PROP_INTERFACE_NAME);
	else
		parent = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	return parent ? name_vlan(profile, parent) : 0;
}

static int complete_uuid(struct bondtool_profile *profile)
{
	BT_AUTOFREE char *uuid = NULL;

	if (bt_profile_text(profile, BT_PROP_UUID))
		return 0;
	uuid = bt_uuid_random();
	return uuid ? set_text(profile, BT_PROP_UUID, uuid) : -ENOMEM;
}

int bondtool_profile_complete(struct bondtool *bt, struct bondtool_config *config,
			      struct bondtool_profile *profile, bool monitor)
{
	int r = complete_uuid(profile);

	if (r == 0)
		r = complete_port(bt, config, profile);
	if (r == 0 && strcmp(type_of(profile), "bond") == 0)
		r = complete_bond(bt, profile, monitor);
	if (r == 0 && strcmp(type_of(profile), "vlan") == 0)
		r = complete_vlan(bt, config, profile);
	return r < 0 ? r : complete_ip(bt, profile);
}
