/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of a command line that are about addresses, routes and name servers. */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "parsers/cmdline/cmdline.h"

const char *bt_cmdline_method(const struct bondtool_profile *profile, enum bt_property_id block)
{
	const struct bt_value *implied = bt_values_find(&profile->implied_properties, block);
	const char *text = bt_profile_text(profile, block);

	return text || !implied ? text : implied->text;
}

bool bt_cmdline_takes_dns(const struct bondtool_profile *profile, enum bt_property_id block)
{
	const char *method = bt_cmdline_method(profile, block);

	return !bt_profile_text(profile, BT_PROP_CONTROLLER) &&
	       (bt_equal(method, "auto") || bt_equal(method, "manual") || bt_equal(method, "dhcp"));
}

/* AF_INET, AF_INET6, or AF_UNSPEC when TEXT is no address. */
static int family_of(const char *text)
{
	unsigned char address[sizeof(struct in6_addr)];

	if (inet_pton(AF_INET, text, address) == 1)
		return AF_INET;
	return inet_pton(AF_INET6, text, address) == 1 ? AF_INET6 : AF_UNSPEC;
}

static enum bt_property_id block_of(int family)
{
	return family == AF_INET ? BT_PROP_IPV4 : BT_PROP_IPV6;
}

static void bad_value(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		      const struct bt_cmdline_part *part, const char *what)
{
	bt_cmdline_find(reading, at, part, BONDTOOL_ERROR, "cmdline/value", NULL,
			"NetworkManager ignores '%.*s': %s", (int)part->length, part->start, what);
}

/* ---- methods ------------------------------------------------------------------------------- */

/* What a word such as "dhcp" means for each family; NULL: NetworkManager's default, auto. */
struct kind {
	const char *word;
	const char *method4, *method6;
	int forced;  /* the family whose method it sets even if there are addresses, or AF_UNSPEC */
	bool legacy; /* network-legacy takes it behind an interface's name */
};
static const struct kind kinds[] = {
	{"none", "disabled", "disabled", AF_UNSPEC, false},
	{"off", "disabled", "disabled", AF_UNSPEC, false},
	{"dhcp", "auto", NULL, AF_INET, true},
	{"single-dhcp", "auto", NULL, AF_INET, false},
	{"on", "auto", "auto", AF_UNSPEC, true},
	{"any", "auto", "auto", AF_UNSPEC, true},
	{"auto", "auto", "auto", AF_UNSPEC, false},
	{"dhcp6", "disabled", "auto", AF_INET6, true},
	{"auto6", "disabled", "auto", AF_INET6, true},
	{"link6", "disabled", "link-local", AF_INET6, false},
	{.word = NULL},
};

/* Kinds that network-legacy knows besides, and those that are in the firmware. */
static bool is_other_kind(const struct bt_cmdline_part *part)
{
	return bt_cmdline_part_is(part, "either6") || bt_cmdline_part_is(part, "ibft") ||
	       bt_cmdline_part_is(part, "fw");
}

static const struct kind *find_kind(const struct bt_cmdline_part *part)
{
	for (const struct kind *kind = kinds; kind->word; kind++)
		if (bt_cmdline_part_is(part, kind->word))
			return kind;
	return NULL;
}

/* "dhcp,dhcp6" and the like ask for both families. */
static const struct kind *find_kinds(const struct bt_cmdline_part *part)
{
	struct bt_cmdline_part rest = *part, one;
	size_t count = 0, known = 0;
	const struct kind *kind = NULL;

	while (bt_cmdline_next(&rest, ',', &one)) {
		kind = find_kind(&one);
		known += kind != NULL;
		count++;
	}
	if (count == 1 || known < count)
		return count == 1 ? kind : NULL;
	return find_kind(&(struct bt_cmdline_part){"auto", strlen("auto"), false});
}

static int set_method(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		      const struct bt_cmdline_part *part, struct bondtool_profile *profile,
		      int family, const struct kind *kind)
{
	enum bt_property_id block = block_of(family);
	const char *method = family == AF_INET ? kind->method4 : kind->method6;

	if (bt_profile_value(profile, block + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4)) &&
	    kind->forced != family)
		method = "manual";
	return method ? bt_cmdline_set(reading, at, profile, block, part, method) : 0;
}

/* ---- ip= ----------------------------------------------------------------------------------- */

/* "ip=bond0:dhcp:..." and "ip=ADDRESS:PEER:GATEWAY:MASK:HOST:bond0:none:..." alike. */
struct ip_word {
	struct bt_cmdline_part address, prefix, peer, gateway, mask, host, interface, kind;
	struct bt_cmdline_part rest; /* behind the kind: MTU and MAC address, or name servers */
	bool is_short;		     /* the first of the two forms */
};

/* Takes one field off; empty when there is none. */
static struct bt_cmdline_part next_field(struct bt_cmdline_part *rest)
{
	struct bt_cmdline_part part = {0};

	bt_cmdline_next(rest, ':', &part);
	return part;
}

static struct ip_word split_ip(const struct bt_cmdline_word *word)
{
	struct bt_cmdline_part rest = word->value;
	struct bt_cmdline_part first = next_field(&rest), behind = rest;
	struct bt_cmdline_part second = next_field(&behind);
	struct ip_word ip = {.interface = first, .kind = second, .rest = behind, .is_short = true};

	if (second.length && (find_kinds(&second) || is_other_kind(&second)))
		return ip;
	ip = (struct ip_word){.prefix = first};
	if (first.bracketed || !bt_cmdline_next(&ip.prefix, '/', &ip.address))
		ip = (struct ip_word){.address = first};
	ip.peer = next_field(&rest);
	ip.gateway = next_field(&rest);
	ip.mask = next_field(&rest);
	ip.host = next_field(&rest);
	ip.interface = next_field(&rest);
	ip.kind = next_field(&rest);
	ip.rest = rest;
	return ip;
}

/* The prefix length that a number or an IPv4 mask stands for; -1 for neither. */
static int prefix_of(const struct bt_cmdline_part *part, int family)
{
	BT_AUTOFREE char *text = bt_cmdline_text(part);
	struct in_addr mask;
	uint64_t number;
	uint32_t bits;

	if (!text)
		return -1;
	if (bt_parse_uint(text, &number) == 0)
		return number <= (family == AF_INET ? 32 : 128) ? (int)number : -1;
	if (family != AF_INET || inet_pton(AF_INET, text, &mask) != 1)
		return -1;
	bits = ntohl(mask.s_addr);
	return (~bits & (~bits + 1)) == 0 ? __builtin_popcount(bits) : -1;
}

/* What NetworkManager takes when no length is given: that of the address's old class, or 64. */
static int standard_prefix(const char *address, int family)
{
	unsigned first = (unsigned)strtoul(address, NULL, 10);

	if (family == AF_INET6)
		return 64;
	return first < 128 ? 8 : first < 192 ? 16 : 24;
}

static int choose_prefix(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			 const struct ip_word *ip, const char *address, int family)
{
	const struct bt_cmdline_part *part = ip->mask.length ? &ip->mask : &ip->prefix;
	int prefix = part->length ? prefix_of(part, family) : -1;

	if (prefix >= 0)
		return prefix;
	prefix = standard_prefix(address, family);
	if (part->length)
		bad_value(reading, at, part, "it is no mask and no prefix length");
	bt_cmdline_find(reading, at, &ip->address, BONDTOOL_WARNING, "cmdline/prefix",
			"write the prefix length into the fourth field",
			"'%s' has no valid mask: NetworkManager takes /%d, and network-legacy "
			"stops the boot",
			address, prefix);
	return prefix;
}

static int take_address(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			const struct ip_word *ip, struct bondtool_profile *profile)
{
	BT_AUTOFREE char *address = bt_cmdline_text(&ip->address);
	int family = address ? family_of(address) : AF_UNSPEC;
	BT_AUTOFREE char *full = NULL;

	if (!address)
		return -ENOMEM;
	if (!*address)
		return 0;
	full = bt_format("%s/%d", address, choose_prefix(reading, at, ip, address, family));
	if (!full)
		return -ENOMEM;
	return bt_cmdline_set(reading, at, profile,
			      block_of(family) + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4),
			      &ip->address, full);
}

static int take_gateway(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			const struct ip_word *ip, struct bondtool_profile *profile)
{
	BT_AUTOFREE char *gateway = bt_cmdline_text(&ip->gateway);
	int family = gateway ? family_of(gateway) : AF_UNSPEC;

	if (!gateway)
		return -ENOMEM;
	if (!*gateway)
		return 0;
	if (family == AF_UNSPEC) {
		bad_value(reading, at, &ip->gateway, "it is no address of a gateway");
		return 0;
	}
	return bt_cmdline_set(reading, at, profile,
			      block_of(family) + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4),
			      &ip->gateway, gateway);
}

/* Adds a name server, if PART is an address. *ret_is tells. */
static int take_server(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		       const struct bt_cmdline_part *part, struct bondtool_profile *profile,
		       bool *ret_is)
{
	BT_AUTOFREE char *server = bt_cmdline_text(part);
	int family = server ? family_of(server) : AF_UNSPEC;

	*ret_is = family != AF_UNSPEC;
	if (!server || !*ret_is)
		return server ? 0 : -ENOMEM;
	return bt_cmdline_set(reading, at, profile,
			      block_of(family) + (BT_PROP_IPV4_DNS - BT_PROP_IPV4), part, server);
}

static int take_servers(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			struct bt_cmdline_part rest, struct bondtool_profile *profile)
{
	struct bt_cmdline_part part;
	bool is_server = true;
	int r = 0;

	for (int i = 0; r == 0 && i < 2 && bt_cmdline_next(&rest, ':', &part); i++) {
		if (!part.length)
			continue;
		r = take_server(reading, at, &part, profile, &is_server);
		if (!is_server)
			bad_value(reading, at, &part, "it is no address of a name server");
	}
	if (rest.start && rest.length)
		bad_value(reading, at, &rest, "there is room for two name servers");
	return r;
}

/* Behind the kind stand an MTU and a MAC address, or up to two name servers. */
static int take_tail(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		     const struct ip_word *ip, struct bondtool_profile *profile)
{
	struct bt_cmdline_part rest = ip->rest, mtu = next_field(&rest);
	BT_AUTOFREE char *first = bt_cmdline_text(&mtu);
	BT_AUTOFREE char *address = NULL, *mac = NULL;
	int r = 0;

	if (!first)
		return -ENOMEM;
	if (family_of(first) != AF_UNSPEC)
		return take_servers(reading, at, ip->rest, profile);
	if (mtu.length)
		r = bt_cmdline_set(reading, at, profile, BT_PROP_MTU, &mtu, NULL);
	if (r < 0 || !rest.start || !rest.length)
		return r;
	address = bt_cmdline_text(&rest);
	mac = address ? bt_cmdline_mac(address) : NULL;
	if (!mac)
		bad_value(reading, at, &rest, "it is no MAC address");
	return mac ? bt_cmdline_set(reading, at, profile, BT_PROP_CLONED_MAC_ADDRESS, &rest, mac)
		   : 0;
}

/* A peer, and a name that is not for DHCP, have no place in the model. */
static int take_names(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		      const struct ip_word *ip, struct bondtool_profile *profile)
{
	int r = ip->peer.length ? bt_cmdline_keep(at, profile, "ip", "peer", &ip->peer) : 0;

	if (ip->peer.length)
		bt_cmdline_find(reading, at, &ip->peer, BONDTOOL_WARNING, "cmdline/ignored", NULL,
				"NetworkManager ignores the peer '%.*s'", (int)ip->peer.length,
				ip->peer.start);
	if (r < 0 || !ip->host.length)
		return r;
	if (bt_equal(bt_cmdline_method(profile, BT_PROP_IPV4), "auto"))
		return bt_cmdline_set(reading, at, profile, BT_PROP_IPV4_DHCP_HOSTNAME, &ip->host,
				      NULL);
	return bt_cmdline_keep(at, profile, "ip", "hostname", &ip->host);
}

static int take_methods(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			const struct ip_word *ip, struct bondtool_profile *profile)
{
	const struct kind *kind = ip->kind.length ? find_kinds(&ip->kind) : NULL;
	const struct bt_cmdline_part *place = ip->kind.length ? &ip->kind : &ip->interface;
	int r;

	if (ip->kind.length && !kind)
		bad_value(reading, at, &ip->kind, "it is no method; 'auto' is taken");
	if (!kind)
		kind = find_kind(&(struct bt_cmdline_part){"auto", strlen("auto"), false});
	r = set_method(reading, at, place, profile, AF_INET, kind);
	return r == 0 ? set_method(reading, at, place, profile, AF_INET6, kind) : r;
}

/* What network-legacy makes of the word in another way. */
static void report_legacy(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			  const struct ip_word *ip, const struct bondtool_profile *profile)
{
	const struct kind *kind = find_kind(&ip->kind);

	if (bt_profile_text(profile, BT_PROP_IPV4_METHOD) ||
	    bt_profile_text(profile, BT_PROP_IPV6_METHOD))
		bt_cmdline_find(reading, at, NULL, BONDTOOL_NOTE, "cmdline/legacy", NULL,
				"a second ip= for '%s' adds to the first one in NetworkManager; "
				"network-legacy stops the boot",
				bt_profile_label(profile));
	else if (kind && ip->is_short && !kind->legacy)
		bt_cmdline_find(reading, at, &ip->kind, BONDTOOL_NOTE, "cmdline/legacy", NULL,
				"network-legacy does not know '%s' behind an interface's name",
				kind->word);
	else if (kind && ip->address.length && !bt_equal(kind->method4, "disabled"))
		bt_cmdline_find(reading, at, &ip->kind, BONDTOOL_NOTE, "cmdline/legacy",
				"write 'none' where there is an address",
				"network-legacy refuses an address together with '%s'", kind->word);
}

static bool is_address(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		       const struct ip_word *ip)
{
	BT_AUTOFREE char *address = bt_cmdline_text(&ip->address);

	if (address && (!*address || family_of(address) != AF_UNSPEC))
		return true;
	bad_value(reading, at, &ip->address, "it is no address, and no method follows");
	return false;
}

/* "ip=dhcp" is for the interface that answers; "ip=bond0" is a mistake. */
static void report_unplaced(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	const struct bt_cmdline_part *value = &at->word->value;

	if (value->length && !memchr(value->start, ':', value->length) && !find_kinds(value) &&
	    !is_other_kind(value))
		bad_value(reading, at, value, "it is no method");
	else
		bt_cmdline_find(reading, at, NULL, BONDTOOL_NOTE, "cmdline/needs-system",
				"name the interface",
				"which interface this is for is found out at boot");
}

int bt_cmdline_take_ip(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct ip_word ip = split_ip(at->word);
	struct bondtool_profile *profile = NULL;
	int r;

	if (ip.peer.start && !is_address(reading, at, &ip))
		return 0;
	if (!ip.interface.length || is_other_kind(&ip.kind)) {
		report_unplaced(reading, at);
		return 0;
	}
	r = bt_cmdline_profile(reading, at, &ip.interface, &profile, &at->word->owner);
	if (r < 0 || !profile)
		return r;
	report_legacy(reading, at, &ip, profile);
	r = take_address(reading, at, &ip, profile);
	if (r == 0)
		r = take_methods(reading, at, &ip, profile);
	if (r == 0)
		r = take_gateway(reading, at, &ip, profile);
	if (r == 0)
		r = take_names(reading, at, &ip, profile);
	return r == 0 ? take_tail(reading, at, &ip, profile) : r;
}

/* ---- rd.route=, nameserver=, rd.peerdns= ----------------------------------------------------- */

/* A route without an interface is for bootdev=, or for the first one that is no port. */
static struct bondtool_profile *route_profile(struct bt_cmdline_reading *reading,
					      const struct bt_cmdline_at *at)
{
	if (reading->bootdev)
		return bt_cmdline_known(reading, reading->bootdev);
	for (size_t i = 0; i < reading->profiles->count; i++)
		if (!bt_profile_text(reading->profiles->profiles[i], BT_PROP_CONTROLLER))
			return reading->profiles->profiles[i];
	report_unplaced(reading, at);
	return NULL;
}

/* The destination without the brackets, behind or before the prefix length, that it may have. */
static char *destination_text(const struct bt_cmdline_part *part)
{
	struct bt_cmdline_part rest = *part, address = {0};
	BT_AUTOFREE char *plain = NULL, *length = NULL;

	bt_cmdline_next(&rest, '/', &address);
	plain = bt_cmdline_text(&address);
	length = bt_cmdline_text(&rest);
	return plain && length ? bt_format("%s%s%s", plain, *length ? "/" : "", length) : NULL;
}

static int add_route(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		     const struct bt_cmdline_fields *fields, struct bondtool_profile *profile)
{
	BT_AUTOFREE char *destination = destination_text(&fields->parts[0]);
	BT_AUTOFREE char *gateway = bt_cmdline_text(&fields->parts[1]);
	BT_AUTOFREE char *route = NULL, *canonical = NULL;
	bool v4;

	if (!destination || !gateway)
		return -ENOMEM;
	v4 = !strchr(destination, ':');
	route = bt_format("%s %s", destination, gateway);
	if (!route)
		return -ENOMEM;
	if (bt_item_canonical(v4 ? BT_TYPE_ROUTE4S : BT_TYPE_ROUTE6S, route, &canonical) < 0) {
		bad_value(reading, at, &at->word->value,
			  "a route is DESTINATION/PREFIX:GATEWAY:INTERFACE, IPv6 in brackets");
		return 0;
	}
	return bt_cmdline_set(reading, at, profile,
			      block_of(v4 ? AF_INET : AF_INET6) +
				      (BT_PROP_IPV4_ROUTES - BT_PROP_IPV4),
			      &fields->parts[0], canonical);
}

int bt_cmdline_take_route(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	static const char form[] = "rd.route=DESTINATION/PREFIX:GATEWAY:INTERFACE";
	struct bt_cmdline_fields fields = bt_cmdline_split(at->word, 3);
	struct bondtool_profile *profile = NULL;
	int r = 0;

	if (fields.count < 2) {
		bt_cmdline_find(reading, at, NULL, BONDTOOL_ERROR, "cmdline/fields", form,
				"a route needs a destination and a gateway");
		return 0;
	}
	bt_cmdline_report_rest(reading, at, &fields, form);
	if (fields.count > 2 && fields.parts[2].length)
		r = bt_cmdline_profile(reading, at, &fields.parts[2], &profile, &at->word->owner);
	else
		profile = route_profile(reading, at);
	return r == 0 && profile ? add_route(reading, at, &fields, profile) : r;
}

/* A name server is for every interface that may have addresses of its family. */
int bt_cmdline_take_nameserver(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct bt_cmdline_part rest = at->word->value, part = {0};
	BT_AUTOFREE char *server = NULL;
	enum bt_property_id block;
	int r = 0;

	bt_cmdline_next(&rest, ' ', &part);
	server = bt_cmdline_text(&part);
	if (!server)
		return -ENOMEM;
	if (family_of(server) == AF_UNSPEC) {
		bad_value(reading, at, &at->word->value, "it is no address of a name server");
		return 0;
	}
	block = block_of(family_of(server));
	for (size_t i = 0; r == 0 && i < reading->profiles->count; i++)
		if (bt_cmdline_takes_dns(reading->profiles->profiles[i], block))
			r = bt_cmdline_set(reading, at, reading->profiles->profiles[i],
					   block + (BT_PROP_IPV4_DNS - BT_PROP_IPV4), &part, NULL);
	return r;
}

/* rd.peerdns=0: the name servers of DHCP do not count. */
int bt_cmdline_take_peerdns(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	const struct bt_cmdline_part *value = &at->word->value;
	bool off = bt_cmdline_part_is(value, "0") || bt_cmdline_part_is(value, "no") ||
		   bt_cmdline_part_is(value, "off");
	int r = 0;

	for (size_t i = 0; off && r == 0 && i < reading->profiles->count; i++) {
		struct bondtool_profile *profile = reading->profiles->profiles[i];

		if (bt_cmdline_takes_dns(profile, BT_PROP_IPV4))
			r = bt_cmdline_set(reading, at, profile, BT_PROP_IPV4_IGNORE_AUTO_DNS,
					   value, "yes");
		if (r == 0 && bt_cmdline_takes_dns(profile, BT_PROP_IPV6))
			r = bt_cmdline_set(reading, at, profile, BT_PROP_IPV6_IGNORE_AUTO_DNS,
					   value, "yes");
	}
	return r;
}
