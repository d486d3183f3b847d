/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Interfaces as commands, in the order that the kernel needs: what something stands on comes first,
 * a bond gets its options while it is bare and down, ports join while they are down, and all that
 * has addresses is up before it gets them.
 */
#include <inttypes.h>
#include <string.h>

#include "model/kernel-paths.h"
#include "parsers/script/script.h"

enum {
	KERNEL_MTU = 1500, /* of a new bond */
};

static const struct bondtool_profile *profile_of(const struct bt_script *script, size_t number)
{
	return script->config->profiles[number];
}

static void mark(struct bt_script *script, size_t number, enum bt_property_id property)
{
	bt_written_property(&script->written[number], property);
}

/* HINT may be NULL. */
static void leave_out(struct bt_script *script, size_t number, const char *why, const char *hint)
{
	script->states[number] = BT_SCRIPT_LEFT_OUT;
	bt_diag(script->bt, BONDTOOL_WARNING, "loss/profile", &profile_of(script, number)->origin,
		hint, "'%s' is left out: %s", bt_profile_label(profile_of(script, number)), why);
}

static bool is_made(const struct bondtool_profile *profile)
{
	return bt_profile_is(profile, "bond") || bt_profile_is(profile, "vlan");
}

/* "# bond0: Uplink (UUID)": what has no other place in a script. BLOCK: it begins one. */
static void add_title(struct bt_script *script, size_t number, bool block)
{
	const struct bondtool_profile *profile = profile_of(script, number);
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *id = bt_profile_text(profile, BT_PROP_ID);
	const char *uuid = bt_profile_text(profile, BT_PROP_UUID);

	bt_text_add(&script->text, block ? "\n# " : "# ");
	bt_shell_add_comment(&script->text, name ? name : bt_profile_label(profile));
	if (id && name && !bt_equal(id, name)) {
		bt_text_add(&script->text, ": ");
		bt_shell_add_comment(&script->text, id);
	}
	if (uuid)
		bt_text_addf(&script->text, " (%s)", uuid);
	bt_text_add(&script->text, "\n");
	mark(script, number, BT_PROP_ID);
	mark(script, number, BT_PROP_UUID);
	mark(script, number, BT_PROP_TYPE);
	mark(script, number, BT_PROP_INTERFACE_NAME);
}

/* ---- MTU and MAC address -------------------------------------------------------------------- */

/* The address to set; NULL for none. Words for it that a script cannot follow stay unmarked. */
static char *wanted_mac(struct bt_script *script, size_t number)
{
	const char *text = bt_profile_text(profile_of(script, number), BT_PROP_CLONED_MAC_ADDRESS);
	char *mac = NULL;

	if (text && bt_item_canonical(BT_TYPE_MAC, text, &mac) < 0)
		mac = NULL;
	if (mac || bt_equal(text, "preserve"))
		mark(script, number, BT_PROP_CLONED_MAC_ADDRESS);
	return mac;
}

static int64_t wanted_mtu(struct bt_script *script, size_t number)
{
	mark(script, number, BT_PROP_MTU);
	return bt_profile_number(profile_of(script, number), BT_PROP_MTU);
}

/* " mtu N address MAC", as far as they are wanted: words of "ip link add". */
static void add_properties(struct bt_script *script, size_t number)
{
	BT_AUTOFREE char *mac = wanted_mac(script, number);
	int64_t mtu = wanted_mtu(script, number);

	if (mtu)
		bt_text_addf(&script->text, " mtu %" PRId64, mtu);
	if (mac)
		bt_text_addf(&script->text, " address %s", mac);
}

static void set_mac(struct bt_script *script, size_t number)
{
	BT_AUTOFREE char *mac = wanted_mac(script, number);

	if (mac)
		bt_text_addf(&script->text, "ip link set dev %s address %s\n",
			     script->devices[number], mac);
}

/* UNLESS: the MTU that the interface has anyway. */
static void set_mtu(struct bt_script *script, size_t number, int64_t unless)
{
	int64_t mtu = wanted_mtu(script, number);
	BT_AUTOFREE char *word = bt_format("%" PRId64, mtu);

	if (!mtu || mtu == unless)
		return;
	if (script->format->id != BT_FORMAT_SYSFS) {
		bt_text_addf(&script->text, "ip link set dev %s mtu %" PRId64 "\n",
			     script->devices[number], mtu);
		return;
	}
	bt_shell_add_write(&script->text, word ? word : "", bt_path_interfaces,
			   script->devices[number], "/mtu");
	bt_text_add(&script->text, "\n");
	script->text.failed |= !word;
}

static void set_up(struct bt_script *script, size_t number)
{
	bt_text_addf(&script->text, "ip link set dev %s up\n", script->devices[number]);
}

/* ---- VLANs ---------------------------------------------------------------------------------- */

/* What the VLAN stands on, as a word of the shell; NULL, with *ret_why set, when it cannot. */
static char *parent_of(struct bt_script *script, size_t vlan, const char **ret_why)
{
	const char *text = bt_profile_text(profile_of(script, vlan), BT_PROP_VLAN_PARENT);
	BT_AUTOTEXT struct bt_text word = {0};
	size_t parent;

	*ret_why = "what it stands on is not known";
	if (text && bt_config_referred_number(script->config, text, &parent)) {
		if (script->states[parent] == BT_SCRIPT_DONE)
			return strdup(script->devices[parent]);
		*ret_why = script->states[parent] == BT_SCRIPT_BEGUN
				   ? "it stands on itself"
				   : "what it stands on is left out";
		return NULL;
	}
	if (!text || !bt_interface_name_valid(text))
		return NULL;
	bt_shell_add_word(&word, text);
	return bt_text_take(&word);
}

static void add_map(struct bt_script *script, size_t vlan, enum bt_property_id property,
		    const char *word)
{
	const struct bt_value *map = bt_profile_value(profile_of(script, vlan), property);

	mark(script, vlan, property);
	if (map && map->n_items)
		bt_text_addf(&script->text, " \\\n\t%s", word);
	for (size_t i = 0; map && i < map->n_items; i++) {
		bt_text_add(&script->text, " ");
		bt_shell_add_word(&script->text, map->items[i].text);
	}
}

/* The flags that are other than those of a new VLAN. */
static void add_flags(struct bt_script *script, size_t vlan)
{
	static const struct {
		int64_t bit;
		const char *off, *on;
	} flags[] = {
		{1, "reorder_hdr off", ""},
		{2, "", "gvrp on"},
		{4, "", "loose_binding on"},
		{8, "", "mvrp on"},
	};
	int64_t wanted = bt_profile_number(profile_of(script, vlan), BT_PROP_VLAN_FLAGS);
	const char *before = " \\\n\t"; /* the first on a line of its own */

	mark(script, vlan, BT_PROP_VLAN_FLAGS);
	for (size_t i = 0; i < BT_ARRAY_SIZE(flags); i++) {
		const char *words = wanted & flags[i].bit ? flags[i].on : flags[i].off;

		if (!*words)
			continue;
		bt_text_addf(&script->text, "%s%s", before, words);
		before = " ";
	}
}

static bool make_vlan(struct bt_script *script, size_t number)
{
	const struct bondtool_profile *profile = profile_of(script, number);
	const char *why;
	BT_AUTOFREE char *parent = parent_of(script, number, &why);
	const char *protocol = bt_profile_text(profile, BT_PROP_VLAN_PROTOCOL);

	if (!parent || !bt_profile_value(profile, BT_PROP_VLAN_ID)) {
		leave_out(script, number, parent ? "the VLAN has no number" : why, NULL);
		return false;
	}
	add_title(script, number, true);
	bt_text_addf(&script->text, "ip link add link %s name %s", parent, script->devices[number]);
	add_properties(script, number);
	bt_text_add(&script->text, " type vlan");
	if (protocol)
		bt_text_addf(&script->text, " protocol %s", protocol);
	bt_text_addf(&script->text, " id %" PRId64, bt_profile_number(profile, BT_PROP_VLAN_ID));
	mark(script, number, BT_PROP_VLAN_PARENT);
	mark(script, number, BT_PROP_VLAN_PROTOCOL);
	mark(script, number, BT_PROP_VLAN_ID);
	add_flags(script, number);
	add_map(script, number, BT_PROP_VLAN_INGRESS, "ingress-qos-map");
	add_map(script, number, BT_PROP_VLAN_EGRESS, "egress-qos-map");
	bt_text_add(&script->text, "\n");
	return true;
}

/* ---- ports ---------------------------------------------------------------------------------- */

/* As nmcli: a port that does not come up by itself joins only if the bond asks for its ports. */
static bool comes_along(const struct bondtool_profile *bond, const struct bondtool_profile *port)
{
	return bt_profile_number(port, BT_PROP_AUTOCONNECT) ||
	       bt_profile_number(bond, BT_PROP_AUTOCONNECT_PORTS) > 0;
}

static void mark_port(struct bt_script *script, size_t port)
{
	mark(script, port, BT_PROP_CONTROLLER);
	mark(script, port, BT_PROP_PORT_TYPE);
	mark(script, port, BT_PROP_AUTOCONNECT);
	mark(script, port, BT_PROP_MAC_ADDRESS);
	bt_script_no_ip(script, port);
}

/* Puts PORT, which is down, into the bond whose word is CONTROLLER. */
static void join(struct bt_script *script, size_t port, const char *controller)
{
	BT_AUTOFREE char *word = bt_format("+%s", script->devices[port]);

	if (script->format->id != BT_FORMAT_SYSFS) {
		bt_text_addf(&script->text, "ip link set dev %s master %s\n", script->devices[port],
			     controller);
		return;
	}
	bt_shell_add_write(&script->text, word ? word : "", bt_path_interfaces, controller,
			   "/bonding/slaves");
	bt_text_add(&script->text, "\n");
	script->text.failed |= !word;
}

/* The driver takes only what is down, and addresses of a port would only confuse. */
static void prepare_port(struct bt_script *script, size_t port)
{
	const char *device = script->devices[port];

	if (is_made(profile_of(script, port)))
		return;
	add_title(script, port, false);
	bt_text_addf(&script->text,
		     "ip link set dev %s down\n"
		     "ip address flush dev %s\n",
		     device, device);
	set_mac(script, port);
}

/* Whether the port can join. Bonds and VLANs that are ports are in the script by now. */
static bool is_ready(struct bt_script *script, size_t bond, size_t port)
{
	const struct bondtool_profile *profile = profile_of(script, port);

	if (!script->devices[port])
		return false; /* said already */
	if (!comes_along(profile_of(script, bond), profile)) {
		leave_out(script, port, "connection.autoconnect is no",
			  "connection.autoconnect-ports=yes of the bond would take it along");
		return false;
	}
	if (script->states[port] == BT_SCRIPT_BEGUN) {
		bt_report_loss(script->bt, script->format,
			       bt_profile_value(profile, BT_PROP_CONTROLLER), NULL,
			       "'%s' cannot join '%s', which is itself a part of it",
			       bt_profile_label(profile),
			       bt_profile_label(profile_of(script, bond)));
		mark(script, port, BT_PROP_CONTROLLER);
		mark(script, port, BT_PROP_PORT_TYPE);
	}
	return !is_made(profile) || script->states[port] == BT_SCRIPT_DONE;
}

static void attach_ports(struct bt_script *script, size_t bond)
{
	int64_t mtu = bt_profile_number(profile_of(script, bond), BT_PROP_MTU);

	for (size_t port = script->lists.first[bond]; port != BT_NO_PORT;
	     port = script->lists.next[port]) {
		if (!is_ready(script, bond, port))
			continue;
		prepare_port(script, port);
		join(script, port, script->devices[bond]);
		bt_script_port_options(script, bond, port);
		set_mtu(script, port, mtu ? mtu : KERNEL_MTU);
		mark_port(script, port);
		script->states[port] = BT_SCRIPT_DONE;
	}
}

/* The bond of a port that has no profile here: it must be there. NULL for a port of no such. */
static char *foreign_bond(const struct bondtool_profile *profile)
{
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	const char *type = bt_profile_text(profile, BT_PROP_PORT_TYPE);
	BT_AUTOTEXT struct bt_text word = {0};

	if (!controller || (type && !bt_equal(type, "bond")) ||
	    !bt_interface_name_valid(controller))
		return NULL;
	bt_shell_add_word(&word, controller);
	return bt_text_take(&word);
}

/* ---- bonds ---------------------------------------------------------------------------------- */

static void make_bond(struct bt_script *script, size_t bond)
{
	const char *device = script->devices[bond];
	BT_AUTOFREE char *word = bt_format("+%s", device);

	add_title(script, bond, true);
	if (script->format->id == BT_FORMAT_SYSFS) {
		bt_shell_add_write(&script->text, word ? word : "", bt_path_bonds, "", "");
		bt_text_add(&script->text, "\n");
		set_mtu(script, bond, 0);
		set_mac(script, bond);
	} else {
		bt_text_addf(&script->text, "ip link add name %s", device);
		add_properties(script, bond);
		bt_text_add(&script->text, " type bond");
		bt_script_new_bond(script, bond);
	}
	bt_script_bond_options(script, bond);
	mark(script, bond, BT_PROP_BOND_OPTIONS);
	mark(script, bond, BT_PROP_AUTOCONNECT_PORTS);
	script->text.failed |= !word;
}

/* ---- profiles ------------------------------------------------------------------------------- */

/* What has to be in the script before: a VLAN's parent, and ports that are themselves made. */
static void write_below(struct bt_script *script, size_t number)
{
	const char *parent = bt_profile_text(profile_of(script, number), BT_PROP_VLAN_PARENT);
	size_t below;

	if (bt_profile_is(profile_of(script, number), "vlan") && parent &&
	    bt_config_referred_number(script->config, parent, &below))
		bt_script_profile(script, below);
	for (size_t port = script->lists.first[number]; port != BT_NO_PORT;
	     port = script->lists.next[port])
		if (is_made(profile_of(script, port)))
			bt_script_profile(script, port);
}

/* An interface that is there: as a port of a bond that is there too, or by itself. */
static void write_ethernet(struct bt_script *script, size_t number)
{
	BT_AUTOFREE char *bond = foreign_bond(profile_of(script, number));

	if (bond) {
		bt_text_add(&script->text, "\n");
		prepare_port(script, number);
		join(script, number, bond);
		mark_port(script, number);
		script->states[number] = BT_SCRIPT_DONE;
		return;
	}
	add_title(script, number, true);
	set_mac(script, number);
	set_mtu(script, number, 0);
	mark(script, number, BT_PROP_MAC_ADDRESS);
	set_up(script, number);
	bt_script_ip(script, number);
	script->states[number] = BT_SCRIPT_DONE;
}

static void write_made(struct bt_script *script, size_t number)
{
	bool bond = bt_profile_is(profile_of(script, number), "bond");
	bool port = script->lists.bond[number] != BT_NO_PORT;

	if (bond) {
		make_bond(script, number);
		attach_ports(script, number);
		bt_script_primary(script, number);
	} else if (!make_vlan(script, number)) {
		return;
	}
	script->states[number] = BT_SCRIPT_DONE;
	if (port)
		return; /* its bond brings it up */
	set_up(script, number);
	if (bond)
		bt_script_active_port(script, number);
	bt_script_ip(script, number);
}

void bt_script_profile(struct bt_script *script, size_t number)
{
	bool made = is_made(profile_of(script, number));

	if (script->states[number] != BT_SCRIPT_TO_DO || !script->devices[number])
		return;
	if (!made && script->lists.bond[number] != BT_NO_PORT) {
		bt_script_profile(script, script->lists.bond[number]);
		return;
	}
	script->states[number] = BT_SCRIPT_BEGUN;
	if (made) {
		write_below(script, number);
		write_made(script, number);
	} else {
		write_ethernet(script, number);
	}
}
