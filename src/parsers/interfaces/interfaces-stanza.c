/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stanzas of one profile in /etc/network/interfaces: families, addresses, routes, VLANs. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "parsers/interfaces/interfaces-write.h"
#include "parsers/route-words.h"
#include "parsers/shell.h"

/* One family of the profile. */
struct family {
	bool v6;
	enum bt_eni_method method; /* NO_METHOD: nothing is said */
	const struct bt_value *addresses;
};

static enum bt_property_id in_family(enum bt_property_id of_ipv4, bool v6)
{
	return of_ipv4 + (v6 ? BT_IP_BLOCK : 0);
}

static bool is(const char *text, const char *word)
{
	return bt_equal(text, word);
}

/* The method of a family as far as the dialect can say it. */
static enum bt_eni_method method_of(const struct bt_eni_writing *writing, bool v6)
{
	const char *word =
		bt_profile_text(writing->profile, in_family(BT_PROP_IPV4_METHOD, v6));
	bool ng = writing->dialect == &bt_eni_ifupdown_ng;

	if (is(word, "manual"))
		return BT_ENI_STATIC;
	if (is(word, "auto"))
		return !v6 ? BT_ENI_DHCP
		       : writing->dialect == &bt_eni_ifupdown2 ? BT_ENI_NO_METHOD : BT_ENI_SLAAC;
	if (is(word, "dhcp"))
		return ng ? BT_ENI_NO_METHOD : BT_ENI_DHCP;
	if (is(word, "link-local") && !v6 && writing->dialect == &bt_eni_ifupdown)
		return BT_ENI_LINK_LOCAL;
	if (is(word, v6 ? "ignore" : "disabled"))
		return v6 && ng ? BT_ENI_NO_METHOD : BT_ENI_MANUAL;
	return BT_ENI_NO_METHOD;
}

static void mark(struct bt_eni_writing *writing, enum bt_property_id of_ipv4, bool v6)
{
	bt_written_property(&writing->written, in_family(of_ipv4, v6));
}

static const struct bt_value *value_of(const struct bt_eni_writing *writing,
				       enum bt_property_id of_ipv4, bool v6)
{
	return bt_profile_value(writing->profile, in_family(of_ipv4, v6));
}

static struct family family_of(struct bt_eni_writing *writing, bool v6)
{
	struct family family = {v6, method_of(writing, v6), NULL};

	family.addresses = value_of(writing, BT_PROP_IPV4_ADDRESSES, v6);
	/* Addresses without a method that could hold them: a stanza with them all the same. */
	if (family.method == BT_ENI_STATIC && !family.addresses)
		family.method = BT_ENI_NO_METHOD;
	if (family.method != BT_ENI_NO_METHOD)
		mark(writing, BT_PROP_IPV4_METHOD, v6);
	return family;
}

/* ---- lines ---- */

static void put_key(struct bt_eni_writing *writing, enum bt_eni_meaning meaning, unsigned argument,
		    const char *value)
{
	bt_eni_put(writing, bt_eni_key_of(writing->dialect, meaning, argument), "%s", value);
}

/* A single property with a key of its own, where the dialect has one. */
static void write_property(struct bt_eni_writing *writing, enum bt_eni_meaning meaning,
			   enum bt_property_id of_ipv4, bool v6)
{
	const struct bt_value *value = value_of(writing, of_ipv4, v6);
	const char *key = bt_eni_key_of(writing->dialect, meaning, of_ipv4);

	if (!value || !key)
		return;
	if (value->text)
		bt_eni_put(writing, key, "%s", value->text);
	else if (value->number >= 0)
		bt_eni_put(writing, key, "%" PRId64, value->number);
	else
		return;
	mark(writing, of_ipv4, v6);
}

static void write_link(struct bt_eni_writing *writing)
{
	const struct bt_value *mac =
		bt_profile_value(writing->profile, BT_PROP_CLONED_MAC_ADDRESS);
	const struct bt_value *mtu = bt_profile_value(writing->profile, BT_PROP_MTU);
	BT_AUTOFREE char *canonical = NULL;

	if (mac && (is(mac->text, "random") ||
		    bt_item_canonical(BT_TYPE_MAC, mac->text, &canonical) == 0)) {
		put_key(writing, BT_ENI_MAC, 0, mac->text);
		bt_written_property(&writing->written, BT_PROP_CLONED_MAC_ADDRESS);
	}
	if (mtu && mtu->number)
		write_property(writing, BT_ENI_PROPERTY, BT_PROP_MTU, false);
	bt_written_property(&writing->written, BT_PROP_MTU); /* 0 is what no line says, too */
}

/* Whether the name alone says parent and number: "bond0.100". */
static bool name_says_all(const char *name, const char *parent, int64_t id)
{
	BT_AUTOFREE char *full = bt_format("%s.%" PRId64, parent, id);

	return is(full, name);
}

/* ifupdown tells by the name that it has to make a VLAN. */
static void check_vlan_name(struct bt_eni_writing *writing, const char *parent,
			    const struct bt_value *id)
{
	BT_AUTOFREE char *named = bt_format("vlan%" PRId64, id->number);
	BT_AUTOFREE char *hint =
		bt_format("call it %s.%" PRId64 ", or make it yourself: pre-up ip link add link "
			  "%s name $IFACE type vlan id %" PRId64,
			  parent, id->number, parent, id->number);

	if (!is(writing->name, named))
		bt_report_loss(writing->bt, writing->format, id, hint,
			       "'%s': ifupdown makes VLANs called PARENT.ID or vlanID only",
			       writing->name);
}

static void write_vlan(struct bt_eni_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	const char *text = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	const struct bt_value *id = bt_profile_value(profile, BT_PROP_VLAN_ID);
	const struct bondtool_profile *found =
		text ? bt_config_referred(writing->config, text) : NULL;
	const char *interface = found ? bt_profile_text(found, BT_PROP_INTERFACE_NAME) : NULL;
	const char *parent = interface ? interface : text;

	if (!bt_profile_is(profile, "vlan") || !parent || !id)
		return;
	bt_written_property(&writing->written, BT_PROP_VLAN_PARENT);
	bt_written_property(&writing->written, BT_PROP_VLAN_ID);
	if (!name_says_all(writing->name, parent, id->number)) {
		put_key(writing, BT_ENI_VLAN_DEVICE, 0, parent);
		bt_eni_put(writing, bt_eni_key_of(writing->dialect, BT_ENI_VLAN_ID, 0), "%" PRId64,
			   id->number);
		if (writing->dialect == &bt_eni_ifupdown)
			check_vlan_name(writing, parent, id);
	}
	if (is(bt_profile_text(profile, BT_PROP_VLAN_PROTOCOL), "802.1Q") &&
	    writing->dialect == &bt_eni_ifupdown2) {
		put_key(writing, BT_ENI_PROPERTY, BT_PROP_VLAN_PROTOCOL, "802.1q");
		bt_written_property(&writing->written, BT_PROP_VLAN_PROTOCOL);
	} else {
		write_property(writing, BT_ENI_PROPERTY, BT_PROP_VLAN_PROTOCOL, false);
	}
}

/* Name servers of both families: the tools tell them apart by themselves. */
static void write_dns_servers(struct bt_eni_writing *writing)
{
	BT_AUTOTEXT struct bt_text servers = {0};

	for (int v6 = 0; v6 < 2; v6++) {
		const struct bt_value *value = value_of(writing, BT_PROP_IPV4_DNS, v6);

		for (size_t i = 0; value && i < value->n_items; i++)
			bt_text_addf(&servers, "%s%s", servers.length ? " " : "",
				     value->items[i].text);
		mark(writing, BT_PROP_IPV4_DNS, v6);
	}
	if (servers.length)
		put_key(writing, BT_ENI_DNS_SERVERS, 0, servers.data);
}

static void write_dns_search(struct bt_eni_writing *writing, bool v6)
{
	const struct bt_value *value = value_of(writing, BT_PROP_IPV4_DNS_SEARCH, v6);
	BT_AUTOTEXT struct bt_text domains = {0};

	for (size_t i = 0; value && i < value->n_items; i++) {
		const struct bt_item *item = &value->items[i];
		const struct bt_value place = {.origin = item->origin};

		if (*item->text == '~')
			bt_report_loss(writing->bt, writing->format, &place, NULL,
				       "'%s': %s.dns-search: resolv.conf can only search domains, "
				       "so '%s' is left out", bt_profile_label(writing->profile),
				       v6 ? "ipv6" : "ipv4", item->text);
		else
			bt_text_addf(&domains, "%s%s", domains.length ? " " : "", item->text);
	}
	if (domains.length)
		put_key(writing, BT_ENI_DNS_SEARCH, 0, domains.data);
	mark(writing, BT_PROP_IPV4_DNS_SEARCH, v6);
}

/* A route as a command; false when it has what the command cannot say. */
static bool write_route(struct bt_eni_writing *writing, const char *text, bool v6)
{
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOSTRINGS struct bt_strings words = {0}, left_out = {0};
	BT_AUTOTEXT struct bt_text command = {0};
	const char *type;

	if (bt_route_parse(v6 ? AF_INET6 : AF_INET, text, &route) < 0 ||
	    bt_route_add_words(&route, &words, &left_out) < 0)
		return false;
	type = bt_route_attribute(&route, "type");
	bt_text_addf(&command, "ip %sroute add ", v6 ? "-6 " : "");
	if (type) {
		bt_shell_add_word(&command, type);
		bt_text_add(&command, " ");
	}
	bt_text_add(&command, route.destination);
	if (route.gateway)
		bt_text_addf(&command, " via %s", route.gateway);
	if (bt_route_has_device(&route))
		bt_text_add(&command, " dev $IFACE");
	if (route.metric >= 0)
		bt_text_addf(&command, " metric %" PRId64, route.metric);
	for (size_t i = 0; i < words.count; i++) {
		bt_text_add(&command, " ");
		bt_shell_add_word(&command, words.items[i]);
	}
	put_key(writing, BT_ENI_COMMAND_UP, 0, command.data ? command.data : "");
	return !left_out.count;
}

static void write_routes(struct bt_eni_writing *writing, bool v6)
{
	const struct bt_value *routes = value_of(writing, BT_PROP_IPV4_ROUTES, v6);
	bool all = true;

	for (size_t i = 0; routes && i < routes->n_items; i++)
		all &= write_route(writing, routes->items[i].text, v6);
	if (routes && !all) {
		bt_report_loss(writing->bt, writing->format, routes, NULL,
			       "'%s': some attributes of ipv%d.routes are left out", writing->name,
			       v6 ? 6 : 4);
	}
	mark(writing, BT_PROP_IPV4_ROUTES, v6);
}

/* ---- extras ---- */

/* The family, perhaps "", in "iface NAME FAMILY"; NULL for what is of no stanza of NAME. */
static const char *stanza_family(const struct bt_extra *extra, const char *name)
{
	const char *section = extra->section;
	size_t length = name ? strlen(name) : 0;

	if (!section || !length || !bt_has_prefix(section, "iface "))
		return NULL;
	section += strlen("iface ");
	if (strncmp(section, name, length) != 0 || (section[length] && section[length] != ' '))
		return NULL;
	return section[length] ? section + length + 1 : "";
}

bool bt_eni_is_command(const struct bondtool_profile *profile, const struct bt_extra *extra)
{
	return bt_eni_is_command_key(extra->format, extra->key) &&
	       stanza_family(extra, bt_profile_text(profile, BT_PROP_INTERFACE_NAME));
}

/* Whether the extra is of a stanza of this interface, and of which family. */
static bool is_own_extra(const struct bt_eni_writing *writing, const struct bt_extra *extra,
			 const char **ret_family)
{
	if (extra->format != writing->dialect->format &&
	    !bt_eni_is_command(writing->profile, extra))
		return false;
	*ret_family = stanza_family(extra, writing->name);
	return *ret_family;
}

/* The extras of one family's stanza; ALL takes those of the other family as well. */
static void write_extras(struct bt_eni_writing *writing, bool v6, bool all)
{
	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];
		const char *family;

		if (is_own_extra(writing, extra, &family) &&
		    (is(family, "inet6") == v6 || all))
			bt_eni_put(writing, extra->key, "%s", extra->value);
	}
}

/* Stanzas that are kept with the profile: a bridge on it. */
static void write_kept_stanzas(struct bt_eni_writing *writing)
{
	const char *open = NULL;

	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];
		const char *family;

		if (extra->format != writing->dialect->format || !extra->section ||
		    is_own_extra(writing, extra, &family))
			continue;
		if (is(extra->key, "auto")) { /* stands before its stanza */
			bt_text_addf(writing->text, "\nauto %s\n%s\n", extra->value,
				     extra->section);
			open = extra->section;
			continue;
		}
		if (!is(open, extra->section))
			bt_text_addf(writing->text, "\n%s\n", extra->section);
		open = extra->section;
		bt_eni_put(writing, extra->key, "%s", extra->value);
	}
}

/* ---- stanzas ---- */

static void open_stanza(struct bt_eni_writing *writing, bool v6, enum bt_eni_method method)
{
	const char *word = bt_eni_method_word(writing->dialect, v6 ? BT_ENI_INET6 : BT_ENI_INET,
					      method == BT_ENI_NO_METHOD ? BT_ENI_MANUAL : method);

	bt_text_addf(writing->text, "iface %s %s %s\n", writing->name, v6 ? "inet6" : "inet",
		     word ? word : "manual");
}

/* What belongs to the addresses of a family, from the stanza that has its first one. */
static void write_family_lines(struct bt_eni_writing *writing, const struct family *family)
{
	bool v6 = family->v6;
	enum bt_eni_method method = family->method;

	if (method == BT_ENI_STATIC || (method == BT_ENI_DHCP && !v6))
		write_property(writing, BT_ENI_IP_PROPERTY, BT_PROP_IPV4_ROUTE_METRIC, v6);
	if (method == BT_ENI_DHCP && !v6) {
		write_property(writing, BT_ENI_IP_PROPERTY, BT_PROP_IPV4_DHCP_HOSTNAME, false);
		write_property(writing, BT_ENI_IP_PROPERTY, BT_PROP_IPV4_DHCP_CLIENT_ID, false);
	}
	if (v6 && (method == BT_ENI_STATIC || method == BT_ENI_SLAAC))
		write_property(writing, BT_ENI_PROPERTY, BT_PROP_IPV6_PRIVACY, false);
	write_dns_search(writing, v6);
	write_routes(writing, v6);
}

/* The addresses from number FIRST on that one stanza can hold; returns the next one's number. */
static size_t write_addresses(struct bt_eni_writing *writing, const struct family *family,
			      size_t first)
{
	const struct bt_value *addresses = family->addresses;
	size_t end = writing->dialect->repeats_add_up ? addresses->n_items : first + 1;

	for (size_t i = first; i < end; i++)
		put_key(writing, BT_ENI_ADDRESS, 0, addresses->items[i].text);
	mark(writing, BT_PROP_IPV4_ADDRESSES, family->v6);
	return end;
}

/* The first of the addresses in a stanza, with their gateway; returns the next one's number. */
static size_t write_first_addresses(struct bt_eni_writing *writing, const struct family *family)
{
	const struct bt_value *gateway = value_of(writing, BT_PROP_IPV4_GATEWAY, family->v6);
	size_t next;

	if (family->method != BT_ENI_STATIC)
		return 0;
	next = write_addresses(writing, family, 0);
	if (gateway) {
		put_key(writing, BT_ENI_GATEWAY, 0, gateway->text);
		mark(writing, BT_PROP_IPV4_GATEWAY, family->v6);
	}
	return next;
}

/* What the interface itself needs, in the first of its stanzas. */
static int write_main_lines(struct bt_eni_writing *writing, const struct family *v6)
{
	int r;

	write_link(writing);
	write_vlan(writing);
	r = bt_eni_write_bond(writing);
	write_dns_servers(writing);
	if (v6->method == BT_ENI_SLAAC && writing->dialect == &bt_eni_ifupdown_ng)
		put_key(writing, BT_ENI_USE, 0, "ipv6-ra");
	return r;
}

/* Further stanzas for addresses that did not find a place, each for one or for all. */
static void write_further_addresses(struct bt_eni_writing *writing, const struct family *family,
				    size_t next)
{
	while (family->addresses && next < family->addresses->n_items) {
		bt_text_add(writing->text, "\n");
		open_stanza(writing, family->v6, BT_ENI_STATIC);
		next = write_addresses(writing, family, next);
	}
}

/* Whether the family has a stanza of its own besides the first one. */
static bool has_own_stanza(const struct bt_eni_writing *writing, const struct family *v6)
{
	if (v6->method == BT_ENI_NO_METHOD)
		return false;
	return v6->method != BT_ENI_SLAAC || writing->dialect != &bt_eni_ifupdown_ng;
}

static void write_start(struct bt_eni_writing *writing)
{
	/* a port that is listed comes up with its bond in any case */
	bool starts = bt_profile_number(writing->profile, BT_PROP_AUTOCONNECT) ||
		      (writing->lists.bond[writing->number] != BT_NO_PORT &&
		       !bt_eni_stands_alone(writing, writing->number));
	bool allowed = false;

	bt_text_add(writing->text, "\n");
	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];

		if (extra->format != writing->dialect->format || extra->section)
			continue;
		bt_text_addf(writing->text, "%s %s\n", extra->key, writing->name);
		allowed = true;
	}
	if (!allowed && starts)
		bt_text_addf(writing->text, "auto %s\n", writing->name);
}

int bt_eni_write_stanzas(struct bt_eni_writing *writing)
{
	struct family v4 = family_of(writing, false);
	struct family v6 = family_of(writing, true);
	bool second = has_own_stanza(writing, &v6);
	size_t next4, next6;
	int r;

	write_start(writing);
	open_stanza(writing, false, v4.method);
	next4 = write_first_addresses(writing, &v4);
	r = write_main_lines(writing, &v6);
	if (r < 0)
		return r;
	write_family_lines(writing, &v4);
	if (!second)
		write_routes(writing, true);
	write_extras(writing, false, !second);
	write_further_addresses(writing, &v4, next4);
	if (second) {
		bt_text_add(writing->text, "\n");
		open_stanza(writing, true, v6.method);
		next6 = write_first_addresses(writing, &v6);
		write_family_lines(writing, &v6);
		write_extras(writing, true, false);
		write_further_addresses(writing, &v6, next6);
	}
	write_kept_stanzas(writing);
	return 0;
}
