/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, masks, gateways and methods of a stanza in /etc/network/interfaces. */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-building.h"

/* The property of the family that a property of IPv4 corresponds to. */
static enum bt_property_id in_family(enum bt_property_id of_ipv4, bool v6)
{
	return of_ipv4 + (v6 ? BT_IP_BLOCK : 0);
}

static void word_release(struct bt_eni_extra_word *word)
{
	if (!word->key && !word->value)
		return;
	free(word->key);
	free(word->value);
	*word = (struct bt_eni_extra_word){0};
}

void bt_eni_building_reset(struct bt_eni_building *building)
{
	for (size_t i = 0; i < building->n_addresses; i++) {
		free(building->addresses[i].text);
		free(building->addresses[i].netmask);
	}
	free(building->addresses);
	building->addresses = NULL;
	building->n_addresses = 0;
	free(building->netmask);
	building->netmask = NULL;
	word_release(&building->broadcast);
	word_release(&building->network);
	if (building->has_options)
		memset(building->option_lines, 0, sizeof(building->option_lines));
	building->has_options = false;
}

int bt_eni_take_address(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	struct bt_eni_reader *reader = building->reader;
	struct bt_eni_address *addresses;
	struct bt_eni_address address;

	if (!reader->dialect->family_optional && stanza->method != BT_ENI_STATIC)
		return bt_eni_keep(building, stanza);
	address.origin = bt_eni_word_origin(&reader->words, 1);
	if (building->n_addresses && !reader->dialect->repeats_add_up) {
		bt_eni_diag(reader, BONDTOOL_WARNING, "repeated", &address.origin,
			    "give the interface another 'iface' stanza",
			    "%s takes the first address of a stanza only", reader->dialect->tool);
		return bt_eni_keep(building, stanza);
	}
	addresses = reallocarray(building->addresses, building->n_addresses + 1,
				 sizeof(*addresses));
	if (!addresses)
		return -ENOMEM;
	building->addresses = addresses;
	address.netmask = NULL;
	address.text = strdup(bt_eni_word(&reader->words, 1));
	if (!address.text)
		return -ENOMEM;
	addresses[building->n_addresses++] = address;
	return 0;
}

static int replace(char **where, const char *text)
{
	free(*where);
	*where = strdup(text);
	return *where ? 0 : -ENOMEM;
}

int bt_eni_take_netmask(struct bt_eni_building *building)
{
	const char *netmask = bt_eni_word(&building->reader->words, 1);

	/* ifupdown2 counts: the mask is of the address before it. */
	if (building->reader->dialect == &bt_eni_ifupdown2 && building->n_addresses)
		return replace(&building->addresses[building->n_addresses - 1].netmask, netmask);
	return replace(&building->netmask, netmask);
}

int bt_eni_take_gateway(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_words *words = &building->reader->words;
	const char *gateway = bt_eni_word(words, 1);
	struct bt_origin origin = bt_eni_word_origin(words, 1);
	bool v6 = strchr(gateway, ':') != NULL;
	enum bt_property_id property = in_family(BT_PROP_IPV4_GATEWAY, v6);

	if (bt_profile_value(building->profile, property))
		return bt_eni_keep(building, stanza);
	return bt_eni_set(building, property, gateway, &origin);
}

int bt_eni_take_implied(struct bt_eni_building *building, struct bt_eni_extra_word *word)
{
	const struct bt_eni_words *words = &building->reader->words;

	word_release(word);
	word->key = strdup(bt_eni_word(words, 0));
	word->value = strdup(bt_eni_word(words, 1));
	word->origin = bt_eni_word_origin(words, 1);
	return word->key && word->value ? 0 : -ENOMEM;
}

/* The length of a netmask, dotted or a number; -1 when it is neither. */
static int prefix_length(const char *netmask)
{
	struct in_addr mask;
	uint64_t number;
	uint32_t bits;
	int length = 0;

	if (bt_parse_uint(netmask, &number) == 0)
		return number <= 128 ? (int)number : -1;
	if (inet_pton(AF_INET, netmask, &mask) != 1)
		return -1;
	for (bits = ntohl(mask.s_addr); bits & 0x80000000u; bits <<= 1)
		length++;
	return bits ? -1 : length;
}

/* What the tool takes where neither prefix nor netmask is given. */
static int standard_length(const struct bt_eni_dialect *dialect, const char *address)
{
	bool v6 = strchr(address, ':') != NULL;
	int first = atoi(address);

	if (dialect == &bt_eni_ifupdown_ng)
		return v6 ? 64 : 24;
	if (dialect == &bt_eni_ifupdown2 || v6)
		return v6 ? 128 : 32;
	return first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : 32;
}

/* Whether the address ends in a prefix length as it is written: then it is full as it stands. */
static bool is_full(const char *address)
{
	const char *slash = strchr(address, '/');
	size_t digits = slash ? strspn(slash + 1, "0123456789") : 0;

	return digits && digits < 3 && !slash[1 + digits] && (slash[1] != '0' || digits == 1);
}

char *bt_eni_full_address(const struct bt_eni_dialect *dialect, const char *address,
			  const char *netmask)
{
	const char *slash = strchr(address, '/');
	const char *mask = slash ? slash + 1 : netmask;
	int length = mask ? prefix_length(mask) : standard_length(dialect, address);

	errno = length < 0 ? EINVAL : ENOMEM;
	if (length < 0)
		return NULL;
	return bt_format("%.*s/%d", (int)strcspn(address, "/"), address, length);
}

static char *full_address(const struct bt_eni_building *building,
			  const struct bt_eni_address *address)
{
	return bt_eni_full_address(building->reader->dialect, address->text,
				   address->netmask ? address->netmask : building->netmask);
}

static void note_method(struct bt_eni_building *building, bool v6, enum bt_eni_method method,
			const struct bt_origin *origin)
{
	if (method <= building->methods[v6])
		return;
	building->methods[v6] = method;
	building->method_origins[v6] = *origin;
}

static int add_address(struct bt_eni_building *building, const struct bt_eni_address *address)
{
	bool v6 = strchr(address->text, ':') != NULL;
	const char *full = address->text;
	BT_AUTOFREE char *made = NULL;

	if (!is_full(full))
		full = made = full_address(building, address);
	if (!full && errno == ENOMEM)
		return -ENOMEM;
	if (!full) {
		bt_eni_diag(building->reader, BONDTOOL_ERROR, "netmask", &address->origin, NULL,
			    "'%s' has a netmask that is none", address->text);
		return 0;
	}
	note_method(building, v6, BT_ENI_STATIC, &address->origin);
	return bt_eni_add(building, in_family(BT_PROP_IPV4_ADDRESSES, v6), full, &address->origin);
}

/* The broadcast address or the network that follows from the first address of the stanza. */
static bool follows_from_address(const struct bt_eni_building *building, const char *value,
				 bool broadcast)
{
	BT_AUTOFREE char *full =
		building->n_addresses ? full_address(building, &building->addresses[0]) : NULL;
	char *slash = full ? strchr(full, '/') : NULL;
	struct in_addr address, other;
	uint32_t mask;
	int length;

	if (broadcast && strcmp(value, "+") == 0)
		return true;
	if (!slash)
		return false;
	length = atoi(slash + 1);
	*slash = '\0';
	if (length > 32 || inet_pton(AF_INET, full, &address) != 1 ||
	    inet_pton(AF_INET, value, &other) != 1)
		return false;
	mask = length ? ~0u << (32 - length) : 0;
	return ntohl(other.s_addr) ==
	       ((ntohl(address.s_addr) & mask) | (broadcast ? ~mask : 0));
}

static const char *section_family(const struct bt_eni_stanza *stanza)
{
	return stanza->family == BT_ENI_INET	? " inet"
	       : stanza->family == BT_ENI_INET6 ? " inet6"
						: "";
}

static int keep(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
		const char *key, const char *value, const struct bt_origin *origin)
{
	BT_AUTOFREE char *section =
		bt_format("iface %s%s", building->interface->name, section_family(stanza));

	return section ? bt_profile_add_extra(building->profile, building->reader->dialect->format,
					      section, key, value, origin)
		       : -ENOMEM;
}

int bt_eni_keep(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_words *words = &building->reader->words;
	struct bt_origin origin = bt_eni_rest_origin(words, 1);

	return keep(building, stanza, bt_eni_word(words, 0), bt_eni_rest(words, 1), &origin);
}

static int keep_unless_implied(struct bt_eni_building *building,
			       const struct bt_eni_stanza *stanza,
			       const struct bt_eni_extra_word *word, bool broadcast)
{
	if (!word->key || follows_from_address(building, word->value, broadcast))
		return 0;
	return keep(building, stanza, word->key, word->value, &word->origin);
}

static struct bt_origin header_origin(const struct bt_eni_stanza *stanza)
{
	return bt_eni_line_origin(stanza->text, &stanza->text->lines[stanza->header]);
}

static void check_static(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	struct bt_origin origin;

	if (building->n_addresses || building->reader->dialect->family_optional)
		return;
	origin = header_origin(stanza);
	bt_eni_diag(building->reader, BONDTOOL_ERROR, "syntax", &origin, NULL,
		    "the method 'static' needs an address");
}

static void note_stanza_method(struct bt_eni_building *building,
			       const struct bt_eni_stanza *stanza)
{
	bool v6 = stanza->family == BT_ENI_INET6;
	struct bt_origin origin;

	if (stanza->method == BT_ENI_STATIC) {
		check_static(building, stanza);
		return;
	}
	/* ifupdown-ng looks for "dhcp" alone, and runs its one client whatever the family. */
	if (building->reader->dialect == &bt_eni_ifupdown_ng) {
		if (stanza->method != BT_ENI_DHCP)
			return;
		v6 = false;
	}
	if (stanza->family == BT_ENI_ANY_FAMILY && stanza->method == BT_ENI_NO_METHOD)
		return;
	origin = header_origin(stanza);
	note_method(building, v6, (enum bt_eni_method)stanza->method, &origin);
}

int bt_eni_end_stanza(void *context, struct bt_eni_stanza *stanza)
{
	struct bt_eni_building *building = context;
	int r = 0;

	for (size_t i = 0; r == 0 && i < building->n_addresses; i++)
		r = add_address(building, &building->addresses[i]);
	if (r == 0)
		r = keep_unless_implied(building, stanza, &building->broadcast, true);
	if (r == 0)
		r = keep_unless_implied(building, stanza, &building->network, false);
	note_stanza_method(building, stanza);
	bt_eni_building_reset(building);
	return r;
}

/* The profile's word for a method; NULL for what a profile does not say. */
static const char *method_word(enum bt_eni_method method, bool v6)
{
	switch (method) {
	case BT_ENI_STATIC:
		return "manual";
	case BT_ENI_DHCP:
		return v6 ? "dhcp" : "auto";
	case BT_ENI_SLAAC:
		return "auto";
	case BT_ENI_LINK_LOCAL:
		return "link-local";
	case BT_ENI_MANUAL:
		return v6 ? "ignore" : "disabled";
	default:
		return NULL;
	}
}

int bt_eni_end_interface(struct bt_eni_building *building)
{
	bool port = building->interface->bond != BT_ENI_NONE;
	int r = 0;

	if (!building->methods[0] && !port)
		note_method(building, false, BT_ENI_MANUAL, &building->interface->origin);
	for (int v6 = 0; r == 0 && v6 < 2; v6++) {
		enum bt_eni_method method = building->methods[v6];
		const char *word = method_word(method, v6);

		if (v6 && building->no_ipv6)
			word = "disabled";
		else if (port && method == BT_ENI_MANUAL)
			word = NULL;
		if (word)
			r = bt_eni_set(building, in_family(BT_PROP_IPV4_METHOD, v6), word,
				       &building->method_origins[v6]);
	}
	return r;
}
