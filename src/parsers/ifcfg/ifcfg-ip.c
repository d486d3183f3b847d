/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, gateways, methods and name servers of an ifcfg file. */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "parsers/ifcfg/ifcfg.h"

/* What the functions below share. */
struct ip {
	struct bondtool *bt;
	const struct bt_ifcfg *ifcfg;
	bool *taken;
	struct bondtool_profile *profile;
};

bool bt_ifcfg_numbered(const char *key, const char *base, int *ret_number)
{
	size_t length = strlen(base);
	uint64_t number;

	if (strncmp(key, base, length) != 0)
		return false;
	if (!key[length]) {
		*ret_number = -1;
		return true;
	}
	if (bt_parse_uint(key + length, &number) < 0 || number > BT_IFCFG_MOST_NUMBER ||
	    (key[length] == '0' && key[length + 1]))
		return false;
	*ret_number = (int)number;
	return true;
}

/* The line that holds BASE with NUMBER (-1: without one), marked as understood; NULL if none. */
static const struct bt_ifcfg_line *take(const struct ip *ip, const char *base, int number)
{
	char key[32]; /* "NETMASK255" is the longest */

	if (number < 0)
		return bt_ifcfg_take(ip->ifcfg, base, ip->taken);
	snprintf(key, sizeof(key), "%s%d", base, number);
	return bt_ifcfg_take(ip->ifcfg, key, ip->taken);
}

/* The highest number that BASE has in the file; -1 without one, -2 where the key is not there. */
static int last_number(const struct ip *ip, const char *base)
{
	int last = -2, number;

	for (size_t i = 0; i < ip->ifcfg->count; i++) {
		const char *key = ip->ifcfg->lines[i].key;

		if (key && bt_ifcfg_numbered(key, base, &number) && number > last)
			last = number;
	}
	return last;
}

/* What counts for nobody is no part of the model, but is kept. */
static void leave(const struct ip *ip, const struct bt_ifcfg_line *line)
{
	ip->taken[line - ip->ifcfg->lines] = false;
}

static int set(const struct ip *ip, enum bt_property_id property, const char *text,
	       const struct bt_origin *place)
{
	int r = bt_profile_set(ip->bt, ip->profile, property, text, place);

	return r == -ENOMEM ? r : 0;
}

/* The place of LINE, or where the profile begins when there is none. */
static struct bt_origin place_of(const struct ip *ip, const struct bt_ifcfg_line *line)
{
	return line ? bt_ifcfg_line_place(ip->ifcfg, line) : ip->profile->origin;
}

static int set_line(const struct ip *ip, enum bt_property_id property,
		    const struct bt_ifcfg_line *line)
{
	struct bt_origin place = bt_ifcfg_line_place(ip->ifcfg, line);

	return set(ip, property, line->value, &place);
}

int bt_ifcfg_prefix_of_netmask(const char *text)
{
	struct in_addr mask;
	uint32_t bits;

	if (inet_pton(AF_INET, text, &mask) != 1)
		return -1;
	bits = ntohl(mask.s_addr);
	if (bits & (~bits >> 1))
		return -1;
	return __builtin_popcount(bits);
}

/* The prefix length that an address had before there were netmasks. */
static int prefix_of_class(const char *address)
{
	struct in_addr parsed;
	uint32_t bits;

	if (inet_pton(AF_INET, address, &parsed) != 1)
		return 32;
	bits = ntohl(parsed.s_addr);
	return bits >> 31 == 0 ? 8 : bits >> 30 == 2 ? 16 : 24;
}

static char *prefix_text(const struct ip *ip, int number, const struct bt_ifcfg_line *address)
{
	const struct bt_ifcfg_line *prefix = take(ip, "PREFIX", number);
	const struct bt_ifcfg_line *netmask = take(ip, "NETMASK", number);
	struct bt_origin place;
	int length;

	if (prefix)
		return strdup(prefix->value);
	if (netmask) {
		length = bt_ifcfg_prefix_of_netmask(netmask->value);
		place = bt_ifcfg_line_place(ip->ifcfg, netmask);
		if (length < 0)
			bt_diag(ip->bt, BONDTOOL_ERROR, "ifcfg/netmask", &place, NULL,
				"'%s' is no netmask; allowed: one such as 255.255.255.0",
				netmask->value);
		return length < 0 ? strdup("?") : bt_format("%d", length);
	}
	place = bt_ifcfg_line_place(ip->ifcfg, address);
	length = prefix_of_class(address->value);
	bt_diag(ip->bt, BONDTOOL_WARNING, "ifcfg/no-prefix", &place, "write PREFIX",
		"'%s' has neither PREFIX nor NETMASK: its tool takes the length of its old class, "
		"%d",
		address->value, length);
	return bt_format("%d", length);
}

static int take_address(const struct ip *ip, int number, bool *ret_found)
{
	const struct bt_ifcfg_line *address = take(ip, "IPADDR", number);
	struct bt_origin place;

	*ret_found = address;
	if (!address)
		return 0;

	BT_AUTOFREE char *prefix = strchr(address->value, '/') ? strdup("")
							       : prefix_text(ip, number, address);
	BT_AUTOFREE char *text =
		prefix ? bt_format("%s%s%s", address->value, *prefix ? "/" : "", prefix) : NULL;

	place = bt_ifcfg_line_place(ip->ifcfg, address);
	if (text && bt_has_suffix(text, "?"))
		return 0; /* the netmask was reported */
	return text ? set(ip, BT_PROP_IPV4_ADDRESSES, text, &place) : -ENOMEM;
}

/* GATEWAY or the first of its numbers; further ones count for nobody. */
static int take_gateways(const struct ip *ip)
{
	int last = last_number(ip, "GATEWAY");
	int r = 0;

	for (int number = -1; r == 0 && number <= last; number++) {
		const struct bt_ifcfg_line *line = take(ip, "GATEWAY", number);
		struct bt_origin place;

		if (!line)
			continue;
		if (!bt_profile_text(ip->profile, BT_PROP_IPV4_GATEWAY)) {
			r = set_line(ip, BT_PROP_IPV4_GATEWAY, line);
			continue;
		}
		place = bt_ifcfg_line_place(ip->ifcfg, line);
		bt_warning(ip->bt, "ifcfg/second-gateway", &place,
			   "only the first gateway counts; '%s' is ignored", line->value);
		leave(ip, line);
	}
	return r;
}

/* NetworkManager counts on from IPADDR1 and ends at the first number that is missing. */
static int take_addresses(const struct ip *ip)
{
	bool found, ended = false;
	int last = last_number(ip, "IPADDR");
	int r = 0;

	for (int number = -1; r == 0 && number <= last; number++) {
		const struct bt_ifcfg_line *beyond =
			ended ? take(ip, "IPADDR", number) : NULL;
		struct bt_origin place;

		if (!ended) {
			r = take_address(ip, number, &found);
			ended = !found && number > 1 && ip->ifcfg->reading == BT_IFCFG_NM;
			continue;
		}
		if (!beyond)
			continue;
		place = bt_ifcfg_line_place(ip->ifcfg, beyond);
		bt_diag(ip->bt, BONDTOOL_ERROR, "ifcfg/gap", &place, "number them without a gap",
			"NetworkManager ignores '%s': a number before it is missing", beyond->key);
		leave(ip, beyond);
	}
	return r == 0 ? take_gateways(ip) : r;
}

static int take_name_servers(const struct ip *ip)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	int last = last_number(ip, "DNS");
	int r = 0;

	for (int number = 0; r == 0 && number <= last; number++) {
		const struct bt_ifcfg_line *line = take(ip, "DNS", number);

		if (line)
			r = set_line(ip, inet_pton(AF_INET6, line->value, bytes) == 1
						 ? BT_PROP_IPV6_DNS
						 : BT_PROP_IPV4_DNS,
				     line);
	}
	return r;
}

static bool is_word(const struct bt_ifcfg_line *line, const char *const *words)
{
	for (; line && *words; words++)
		if (strcasecmp(line->value, *words) == 0)
			return true;
	return false;
}

static const char *const yes_words[] = {"yes", "true", "t", "y", "1", "on", NULL};
static const char *const no_words[] = {"no", "false", "f", "n", "0", "off", NULL};

static int take_method4(const struct ip *ip)
{
	static const char *const dhcp[] = {"dhcp", "bootp", NULL};
	static const char *const link_local[] = {"autoip", NULL};
	static const char *const fixed[] = {"none", "static", NULL};
	static const char *const shared[] = {"shared", NULL};
	const struct bt_ifcfg_line *line = take(ip, "BOOTPROTO", -1);
	struct bt_origin place = place_of(ip, line);
	bool addresses = bt_profile_value(ip->profile, BT_PROP_IPV4_ADDRESSES);
	bool port = bt_profile_text(ip->profile, BT_PROP_CONTROLLER);

	if (is_word(line, dhcp))
		return set(ip, BT_PROP_IPV4_METHOD, "auto", &place);
	if (is_word(line, link_local))
		return set(ip, BT_PROP_IPV4_METHOD, "link-local", &place);
	if (is_word(line, shared))
		return set(ip, BT_PROP_IPV4_METHOD, "shared", &place);
	if (line && !is_word(line, fixed))
		bt_warning(ip->bt, "ifcfg/bootproto", &place,
			   "BOOTPROTO '%s' is not known; allowed: none, static, dhcp, bootp, "
			   "autoip or shared",
			   line->value);
	if (addresses)
		return set(ip, BT_PROP_IPV4_METHOD, "manual", &place);
	return port ? 0 : set(ip, BT_PROP_IPV4_METHOD, "disabled", &place);
}

/* IPV6ADDR and IPV6ADDR_SECONDARIES; without a prefix length it is 64. */
static int take_addresses6(const struct ip *ip)
{
	static const char *const keys[] = {"IPV6ADDR", "IPV6ADDR_SECONDARIES"};
	int r = 0;

	for (size_t i = 0; i < BT_ARRAY_SIZE(keys); i++) {
		const struct bt_ifcfg_line *line = take(ip, keys[i], -1);

		for (const char *p = line ? line->value : ""; r == 0 && *p;) {
			size_t blanks = strspn(p, " \t,");
			size_t length = strcspn(p + blanks, " \t,");
			bool bare = !memchr(p + blanks, '/', length);
			struct bt_origin place =
				bt_ifcfg_place(ip->ifcfg, line,
					       (size_t)(p + blanks - line->value), length);
			BT_AUTOFREE char *text = bt_format("%.*s%s", (int)length, p + blanks,
							   bare ? "/64" : "");

			if (length)
				r = text ? set(ip, BT_PROP_IPV6_ADDRESSES, text, &place) : -ENOMEM;
			p += blanks + length;
		}
	}
	return r;
}

static const char *method6(const struct bt_ifcfg_line *init, const struct bt_ifcfg_line *autoconf,
			   const struct bt_ifcfg_line *dhcp, bool addresses)
{
	if (is_word(init, no_words))
		return "ignore";
	if (is_word(autoconf, yes_words))
		return "auto";
	if (is_word(dhcp, yes_words))
		return "dhcp";
	if (addresses)
		return "manual";
	if (is_word(autoconf, no_words) && init)
		return "link-local";
	return init ? "auto" : NULL;
}

static int take_method6(const struct ip *ip)
{
	const struct bt_ifcfg_line *disabled = take(ip, "IPV6_DISABLED", -1);
	const struct bt_ifcfg_line *init = take(ip, "IPV6INIT", -1);
	const struct bt_ifcfg_line *autoconf = take(ip, "IPV6_AUTOCONF", -1);
	const struct bt_ifcfg_line *dhcp = take(ip, "DHCPV6C", -1);
	const struct bt_ifcfg_line *line = init ? init : autoconf ? autoconf : dhcp;
	struct bt_origin place = place_of(ip, line);
	bool addresses = bt_profile_value(ip->profile, BT_PROP_IPV6_ADDRESSES);
	const char *method = is_word(disabled, yes_words)
				     ? "disabled"
				     : method6(init, autoconf, dhcp, addresses);

	return method ? set(ip, BT_PROP_IPV6_METHOD, method, &place) : 0;
}

static int take_privacy(const struct ip *ip)
{
	static const char *const public[] = {"rfc3041", "rfc4941", "yes", NULL};
	static const char *const off[] = {"no", NULL};
	const struct bt_ifcfg_line *line = take(ip, "IPV6_PRIVACY", -1);
	struct bt_origin place;

	if (!line)
		return 0;
	place = bt_ifcfg_line_place(ip->ifcfg, line);
	if (is_word(line, off))
		return set(ip, BT_PROP_IPV6_PRIVACY, "disabled", &place);
	if (is_word(line, public))
		return set(ip, BT_PROP_IPV6_PRIVACY, "prefer-temp-addr", &place);
	bt_warning(ip->bt, "ifcfg/value", &place,
		   "IPV6_PRIVACY '%s' is not known; allowed: no or rfc3041", line->value);
	return 0;
}

int bt_ifcfg_read_ip(struct bondtool *bt, const struct bt_ifcfg *ifcfg, bool *taken,
		     struct bondtool_profile *profile)
{
	static int (*const steps[])(const struct ip *ip) = {
		take_addresses, take_name_servers, take_method4,
		take_addresses6, take_method6,	   take_privacy,
	};
	struct ip ip = {bt, ifcfg, taken, profile};
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(steps); i++)
		r = steps[i](&ip);
	return r;
}

int bt_ifcfg_read_address(struct bondtool *bt, const struct bt_ifcfg *ifcfg, bool *taken,
			  struct bondtool_profile *profile)
{
	struct ip ip = {bt, ifcfg, taken, profile};
	bool found;

	return take_address(&ip, -1, &found);
}
