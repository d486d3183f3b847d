/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How profiles fit together: ports and bonds, VLANs and parents, names, MTUs, MAC addresses. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "check/check.h"

enum {
	MTU_LEAST = 68,	     /* of Ethernet devices in the kernel */
	MTU_MOST = 65535,    /* of a bond */
	MTU_STANDARD = 1500, /* of a new bond */
};

static struct bt_origin origin_of(const struct bt_subject *subject, enum bt_property_id property)
{
	return *bt_subject_origin(subject, bt_profile_value(subject->profile, property));
}

BT_RULE(port_none)
{
	if (!subject->n_ports)
		bt_find(judge, &subject->profile->origin, NULL, "'%s' has no port here",
			bt_subject_label(subject));
}

BT_RULE(port_single)
{
	if (subject->n_ports == 1)
		bt_find(judge, &subject->profile->origin, NULL,
			"'%s' has one port only, '%s': there is nothing to fail over to",
			bt_subject_label(subject), bt_subject_label(subject->ports[0]));
}

/* Whether two ports belong to the same controller, known or only named. */
static bool same_controller(const struct bt_subject *a, const struct bt_subject *b)
{
	if (a->controller || b->controller)
		return a->controller == b->controller;
	return bt_equal(bt_profile_text(a->profile, BT_PROP_CONTROLLER),
			bt_profile_text(b->profile, BT_PROP_CONTROLLER));
}

BT_RULE(port_two_bonds)
{
	const struct bt_subject *other = subject->same_port;
	struct bt_origin origin = origin_of(subject, BT_PROP_CONTROLLER);

	if (other && !same_controller(subject, other))
		bt_find(judge, &origin, NULL, "'%s' is a port of both '%s' and '%s'",
			bt_subject_interface(subject),
			bt_profile_text(other->profile, BT_PROP_CONTROLLER),
			bt_profile_text(subject->profile, BT_PROP_CONTROLLER));
}

BT_RULE(port_unnamed)
{
	if (!bt_subject_interface(subject) &&
	    !bt_profile_text(subject->profile, BT_PROP_MAC_ADDRESS))
		bt_find(judge, &subject->profile->origin,
			"set connection.interface-name or the permanent MAC address",
			"port '%s' names neither an interface nor a MAC address",
			bt_subject_label(subject));
}

/* Whether the port's controller ought to be a bond. */
static bool wants_bond(const struct bt_subject *port)
{
	const char *type = bt_profile_text(port->profile, BT_PROP_PORT_TYPE);

	return !type || bt_equal(type, "bond");
}

BT_RULE(port_no_controller)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_CONTROLLER);

	if (!subject->controller && wants_bond(subject))
		bt_find(judge, &origin, NULL, "port '%s' belongs to '%s', which is not here",
			bt_subject_label(subject),
			bt_profile_text(subject->profile, BT_PROP_CONTROLLER));
}

BT_RULE(port_of_no_bond)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_CONTROLLER);

	if (subject->controller && !bt_subject_is_bond(subject->controller) && wants_bond(subject))
		bt_find(judge, &origin, NULL, "port '%s' belongs to '%s', which is no bond",
			bt_subject_label(subject), bt_subject_label(subject->controller));
}

/* The property by which a port gets addresses of its own; NULL when it gets none. */
static const struct bt_value *own_addresses(const struct bt_subject *port)
{
	static const char *const methods[] = {"auto", "dhcp", "manual", "shared"};

	for (int family = 0; family < 2; family++) {
		unsigned block = (unsigned)family * BT_IP_BLOCK;
		const struct bt_value *addresses =
			bt_profile_value(port->profile, BT_PROP_IPV4_ADDRESSES + block);
		const struct bt_value *method =
			bt_profile_value(port->profile, BT_PROP_IPV4_METHOD + block);

		if (addresses && addresses->n_items)
			return addresses;
		for (size_t i = 0; method && i < BT_ARRAY_SIZE(methods); i++)
			if (bt_equal(method->text, methods[i]))
				return method;
	}
	return NULL;
}

BT_RULE(port_addresses)
{
	const struct bt_value *value = own_addresses(subject);

	if (value && wants_bond(subject))
		bt_find(judge, bt_subject_origin(subject, value), "give them to the bond",
			"port '%s' has addresses of its own: they do not work below a bond",
			bt_subject_label(subject));
}

BT_RULE(port_prio_unused)
{
	const struct bt_value *prio = bt_subject_option(subject, BT_OPT_PRIO);

	if (prio && prio->number && subject->controller &&
	    bt_subject_option(subject->controller, BT_OPT_PRIMARY))
		bt_find(judge, bt_subject_origin(subject, prio),
			"leave primary out, and give the port that should work the highest prio",
			"prio=%" PRId64 " of port '%s' counts only while the primary is down",
			prio->number, bt_subject_label(subject));
}

/*
 * Whether the interface is called as InfiniBand ones are: ib0 by the kernel, with a partition
 * ib0.8001, or ibp1s0 and the like by udev.
 */
static bool is_called_infiniband(const struct bt_subject *port)
{
	const char *name = bt_subject_interface(port);

	return name && name[0] == 'i' && name[1] == 'b' && name[2] &&
	       strchr("0123456789posx", name[2]);
}

BT_RULE(port_infiniband)
{
	enum bt_mode mode = bt_subject_mode(subject);
	struct bt_origin origin = origin_of(subject, BT_PROP_CONTROLLER);

	if (is_called_infiniband(subject) && mode != BT_MODE_COUNT && mode != BT_MODE_ACTIVE_BACKUP)
		bt_find(judge, &origin, "use mode=active-backup, or ports of Ethernet",
			"port '%s' is InfiniBand by its name, which mode %s does not take",
			bt_subject_label(subject),
			bt_name_of(bt_options[BT_OPT_MODE].spec.names, mode)->name);
}

static bool autoconnects(const struct bt_subject *subject)
{
	return bt_profile_number(subject->profile, BT_PROP_AUTOCONNECT);
}

BT_RULE(profile_same_interface)
{
	const struct bt_subject *other = subject->same_interface;
	struct bt_origin origin = origin_of(subject, BT_PROP_INTERFACE_NAME);

	if (!other || !autoconnects(subject) || !autoconnects(other) ||
	    (subject->same_port && !same_controller(subject, subject->same_port)))
		return;
	bt_find(judge, &origin, "set connection.autoconnect=no in all but one",
		"'%s' and '%s' are both for the interface '%s'", bt_subject_label(other),
		bt_subject_label(subject), bt_subject_interface(subject));
}

BT_RULE(profile_same_uuid)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_UUID);

	if (subject->same_uuid)
		bt_find(judge, &origin, "leave one of them out: a new one is made then",
			"'%s' and '%s' have the same UUID", bt_subject_label(subject->same_uuid),
			bt_subject_label(subject));
}

BT_RULE(profile_loop)
{
	if (subject->closes_loop)
		bt_find(judge, &subject->profile->origin, NULL,
			"'%s' stands on itself: its controllers and parents lead back to it",
			bt_subject_label(subject));
}

BT_RULE(vlan_incomplete)
{
	if (!bt_profile_text(subject->profile, BT_PROP_VLAN_PARENT))
		bt_find(judge, &subject->profile->origin, "set vlan.parent",
			"VLAN '%s' has no parent", bt_subject_label(subject));
	if (!bt_profile_value(subject->profile, BT_PROP_VLAN_ID))
		bt_find(judge, &subject->profile->origin, "set vlan.id", "VLAN '%s' has no number",
			bt_subject_label(subject));
}

BT_RULE(vlan_no_parent)
{
	const char *parent = bt_profile_text(subject->profile, BT_PROP_VLAN_PARENT);
	struct bt_origin origin = origin_of(subject, BT_PROP_VLAN_PARENT);

	if (parent && !subject->parent)
		bt_find(judge, &origin, NULL,
			"the parent '%s' of VLAN '%s' is not here: it must be there already",
			parent, bt_subject_label(subject));
}

BT_RULE(vlan_on_port)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_VLAN_PARENT);

	if (subject->parent && bt_profile_text(subject->parent->profile, BT_PROP_CONTROLLER) &&
	    wants_bond(subject->parent))
		bt_find(judge, &origin, "put the VLAN on the bond",
			"the parent '%s' of VLAN '%s' is itself a port: it does not fail over",
			bt_subject_label(subject->parent), bt_subject_label(subject));
}

BT_RULE(vlan_twice)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_VLAN_ID);

	if (subject->same_vlan)
		bt_find(judge, &origin, NULL, "'%s' and '%s' are the same VLAN of the same parent",
			bt_subject_label(subject->same_vlan), bt_subject_label(subject));
}

BT_RULE(name_missing)
{
	if (!bt_subject_interface(subject))
		bt_find(judge, &subject->profile->origin, "set connection.interface-name",
			"bond '%s' has no interface name", bt_subject_label(subject));
}

BT_RULE(name_reserved)
{
	static const char *const reserved[] = {"all", "default", "bonding_masters"};
	struct bt_origin origin = origin_of(subject, BT_PROP_INTERFACE_NAME);

	for (size_t i = 0; i < BT_ARRAY_SIZE(reserved); i++)
		if (bt_equal(bt_subject_interface(subject), reserved[i]))
			bt_find(judge, &origin, NULL, "'%s' cannot be the name of an interface",
				reserved[i]);
}

BT_RULE(name_template)
{
	const char *interface = bt_subject_interface(subject);
	struct bt_origin origin = origin_of(subject, BT_PROP_INTERFACE_NAME);

	if (interface && strchr(interface, '%'))
		bt_find(judge, &origin, NULL,
			"'%s' is no name: '%%' stands for a number to fill in", interface);
}

/* The MTU that is set; 0 when it is left as it is. */
static int64_t mtu_of(const struct bt_subject *subject)
{
	return bt_profile_number(subject->profile, BT_PROP_MTU);
}

/* The MTU that a bond or its like will have; 0 when it cannot be told. */
static int64_t mtu_expected(const struct bt_subject *subject)
{
	int64_t mtu = mtu_of(subject);

	return mtu || !bt_subject_is_bond(subject) ? mtu : MTU_STANDARD;
}

BT_RULE(mtu_range)
{
	int64_t mtu = mtu_of(subject);
	struct bt_origin origin = origin_of(subject, BT_PROP_MTU);

	if (mtu && (mtu < MTU_LEAST || mtu > MTU_MOST))
		bt_find(judge, &origin, NULL,
			"MTU %" PRId64 " of '%s' is out of range; allowed: %d to %d", mtu,
			bt_subject_label(subject), MTU_LEAST, MTU_MOST);
}

BT_RULE(mtu_port)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_MTU);
	int64_t mtu = mtu_of(subject);
	int64_t bond;
	BT_AUTOFREE char *hint = NULL;

	if (!mtu || !subject->controller || !bt_subject_is_bond(subject->controller))
		return;
	bond = mtu_expected(subject->controller);
	if (mtu == bond)
		return;
	hint = bt_format("set the MTU of '%s' to %" PRId64 "; the ports follow",
			 bt_subject_label(subject->controller), mtu);
	bt_find(judge, &origin, hint,
		"MTU %" PRId64 " of port '%s' is not that of '%s', which makes it %" PRId64, mtu,
		bt_subject_label(subject), bt_subject_label(subject->controller), bond);
}

BT_RULE(mtu_vlan)
{
	struct bt_origin origin = origin_of(subject, BT_PROP_MTU);
	int64_t parent = subject->parent ? mtu_expected(subject->parent) : 0;

	if (parent && mtu_of(subject) > parent)
		bt_find(judge, &origin, NULL,
			"MTU %" PRId64 " of VLAN '%s' exceeds the %" PRId64 " of its parent '%s'",
			mtu_of(subject), bt_subject_label(subject), parent,
			bt_subject_label(subject->parent));
}

/* The value of cloned-mac-address; *ret_is_address: it is one, and not a word such as "random". */
static const struct bt_value *cloned_mac(const struct bt_subject *subject, bool *ret_is_address)
{
	const struct bt_value *value =
		bt_profile_value(subject->profile, BT_PROP_CLONED_MAC_ADDRESS);
	BT_AUTOFREE char *mac = NULL;

	*ret_is_address = value && bt_item_canonical(BT_TYPE_MAC, value->text, &mac) == 0;
	return value;
}

BT_RULE(mac_value)
{
	static const char *const words[] = {"permanent", "preserve", "random", "stable",
					    "stable-ssid"};
	bool is_address;
	const struct bt_value *value = cloned_mac(subject, &is_address);

	for (size_t i = 0; value && i < BT_ARRAY_SIZE(words); i++)
		is_address |= bt_equal(value->text, words[i]);
	if (value && !is_address)
		bt_find(judge, bt_subject_origin(subject, value), NULL,
			"'%s' is neither a MAC address nor permanent, preserve, random or stable",
			value->text);
}

BT_RULE(mac_port)
{
	bool is_address;
	const struct bt_value *value = cloned_mac(subject, &is_address);

	if (is_address && subject->controller && bt_subject_is_bond(subject->controller) &&
	    !bt_subject_number(subject->controller, BT_OPT_FAIL_OVER_MAC))
		bt_find(judge, bt_subject_origin(subject, value), "set it on the bond",
			"the MAC address of port '%s' is overwritten with that of '%s'",
			bt_subject_label(subject), bt_subject_label(subject->controller));
}

BT_RULE(mac_fixed)
{
	bool is_address;
	const struct bt_value *value = cloned_mac(subject, &is_address);

	if (is_address && bt_subject_mode(subject) == BT_MODE_ACTIVE_BACKUP &&
	    bt_subject_number(subject, BT_OPT_FAIL_OVER_MAC) == BT_FAIL_OVER_MAC_ACTIVE)
		bt_find(judge, bt_subject_origin(subject, value),
			"leave the address out, or set fail_over_mac=none",
			"the MAC address of '%s' does not last: fail_over_mac=active replaces it",
			bt_subject_label(subject));
}
