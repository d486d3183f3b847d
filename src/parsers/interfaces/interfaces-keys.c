/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of the keys in a stanza of /etc/network/interfaces; bond options have their own. */
#include "parsers/interfaces/interfaces-keys.h"

#include <ctype.h>
#include <string.h>

struct key {
	const char *name; /* in the spelling of bt_eni_key_spelling() */
	uint8_t meaning;
	uint16_t argument;
	unsigned in; /* BT_FORMAT_BIT()s of the dialects that know it */
	bool written; /* the one that a writer uses, of several with one meaning */
};

#define DEBIAN BT_FORMAT_BIT(BT_FORMAT_INTERFACES)
#define TWO    BT_FORMAT_BIT(BT_FORMAT_IFUPDOWN2)
#define NG     BT_FORMAT_BIT(BT_FORMAT_IFUPDOWN_NG)
#define ALL    (DEBIAN | TWO | NG)

/* Sorted by name, then by dialect. */
static const struct key keys[] = {
	{"address", BT_ENI_ADDRESS, 0, ALL, true},
	{"bond-master", BT_ENI_MASTER, 0, DEBIAN, true},
	{"bond-members", BT_ENI_PORTS, 0, NG, true},
	{"bond-ports", BT_ENI_PORTS, 0, TWO, false},
	{"bond-queue-id", BT_ENI_QUEUE_ID, 0, DEBIAN, false},
	{"bond-slaves", BT_ENI_PORTS, 0, ALL, true},
	{"bridge-ports", BT_ENI_BRIDGE_PORTS, 0, ALL, false},
	{"broadcast", BT_ENI_BROADCAST, 0, ALL, false},
	{"client", BT_ENI_IP_PROPERTY, BT_PROP_IPV4_DHCP_CLIENT_ID, DEBIAN | NG, true},
	{"dhcp-client-id", BT_ENI_IP_PROPERTY, BT_PROP_IPV4_DHCP_CLIENT_ID, NG, false},
	{"dhcp-hostname", BT_ENI_IP_PROPERTY, BT_PROP_IPV4_DHCP_HOSTNAME, NG, false},
	{"dns-domain", BT_ENI_DNS_SEARCH, 0, ALL, false},
	{"dns-nameserver", BT_ENI_DNS_SERVERS, 0, ALL, false},
	{"dns-nameservers", BT_ENI_DNS_SERVERS, 0, ALL, true},
	{"dns-search", BT_ENI_DNS_SEARCH, 0, ALL, true},
	{"down", BT_ENI_COMMAND_DOWN, 0, ALL, true},
	{"gateway", BT_ENI_GATEWAY, 0, ALL, true},
	{"hostname", BT_ENI_IP_PROPERTY, BT_PROP_IPV4_DHCP_HOSTNAME, DEBIAN | NG, true},
	{"hwaddress", BT_ENI_MAC, 0, ALL, true},
	{"inherit", BT_ENI_INHERIT, 0, NG, false},
	{"metric", BT_ENI_IP_PROPERTY, BT_PROP_IPV4_ROUTE_METRIC, DEBIAN | NG, true},
	{"mtu", BT_ENI_PROPERTY, BT_PROP_MTU, ALL, true},
	{"netmask", BT_ENI_NETMASK, 0, ALL, false},
	{"network", BT_ENI_NETWORK, 0, ALL, false},
	{"post-down", BT_ENI_COMMAND_DOWN, 0, ALL, false},
	{"post-up", BT_ENI_COMMAND_UP, 0, ALL, false},
	{"pre-down", BT_ENI_COMMAND_DOWN, 0, ALL, false},
	{"pre-up", BT_ENI_COMMAND_UP, 0, ALL, false},
	{"privext", BT_ENI_PROPERTY, BT_PROP_IPV6_PRIVACY, DEBIAN, true},
	{"requires", BT_ENI_REQUIRES, 0, NG, false},
	{"slaves", BT_ENI_PORTS, 0, DEBIAN, false},
	{"up", BT_ENI_COMMAND_UP, 0, ALL, true},
	{"use", BT_ENI_USE, 0, NG, true},
	{"vlan-id", BT_ENI_VLAN_ID, 0, ALL, true},
	{"vlan-protocol", BT_ENI_PROPERTY, BT_PROP_VLAN_PROTOCOL, TWO, true},
	{"vlan-raw-device", BT_ENI_VLAN_DEVICE, 0, ALL, true},
};

static int compare_key(const void *name, const void *key)
{
	return strcmp(name, ((const struct key *)key)->name);
}

bool bt_eni_key_spelling(const struct bt_eni_dialect *dialect, const char *key, size_t length,
			 char ret_spelling[BT_ENI_KEY_LENGTH])
{
	if (length >= BT_ENI_KEY_LENGTH)
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = key[i];

		if (c == '_' || (dialect->any_case && !isalnum((unsigned char)c)))
			c = '-';
		else if (dialect->any_case)
			c = (char)tolower((unsigned char)c);
		ret_spelling[i] = c;
	}
	ret_spelling[length] = '\0';
	return true;
}

_Static_assert(BT_PROP_COUNT < 1 << 10 && BT_OPT_COUNT < 1 << 10, "they fit into a line");

static void resolve(const struct bt_eni_dialect *dialect, const char *spelling,
		    struct bt_eni_line *line)
{
	const struct key *key = bsearch(spelling, keys, BT_ARRAY_SIZE(keys), sizeof(keys[0]),
					compare_key);
	const struct bt_option *option;

	line->meaning = BT_ENI_OTHER_KEY;
	if (key && (key->in & BT_FORMAT_BIT(dialect->format))) {
		line->meaning = key->meaning;
		line->argument = key->argument;
		return;
	}
	if (!bt_has_prefix(spelling, "bond-"))
		return;
	option = bt_option_by_key(dialect->format, spelling);
	line->meaning = option ? BT_ENI_BOND_OPTION : BT_ENI_STRAY_OPTION;
	if (option)
		line->argument = bt_option_id(option);
}

/* The length of the key at WORD in a line that is not plain. */
static size_t key_length(const char *word, size_t limit)
{
	size_t length = 0;

	while (length < limit && !bt_is_space(word[length]) && word[length] != '\\')
		length++;
	return length;
}

static void look_up(const struct bt_eni_text *text, struct bt_eni_line *line)
{
	const char *word = text->source->text + line->offset;
	char spelling[BT_ENI_KEY_LENGTH];

	if (bt_eni_key_spelling(text->dialect, word, key_length(word, line->length), spelling))
		resolve(text->dialect, spelling, line);
	else
		line->meaning = BT_ENI_OTHER_KEY;
}

/* The sum of its bytes tells the few keys of a text apart well enough. */
static unsigned hash_of(const char *key)
{
	unsigned sum = 0;

	while (*key)
		sum += (unsigned char)*key++;
	return sum;
}

void bt_eni_resolve_key(struct bt_eni_text *text, struct bt_eni_line *line)
{
	const char *key = text->words + line->offset;
	const struct bt_eni_line **known;

	if (!line->n_words) {
		look_up(text, line);
		return;
	}
	known = &text->known[hash_of(key) % BT_ENI_KNOWN];
	if (*known && strcmp(text->words + (*known)->offset, key) == 0) {
		line->meaning = (*known)->meaning;
		line->argument = (*known)->argument;
		return;
	}
	look_up(text, line);
	*known = line;
}

bool bt_eni_is_command_key(enum bt_format_id format, const char *key)
{
	const struct key *row =
		bsearch(key, keys, BT_ARRAY_SIZE(keys), sizeof(keys[0]), compare_key);

	return row && (row->in & BT_FORMAT_BIT(format)) &&
	       (row->meaning == BT_ENI_COMMAND_UP || row->meaning == BT_ENI_COMMAND_DOWN);
}

const char *bt_eni_key_of(const struct bt_eni_dialect *dialect, enum bt_eni_meaning meaning,
			  unsigned argument)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(keys); i++)
		if (keys[i].meaning == meaning && keys[i].argument == argument &&
		    keys[i].written && (keys[i].in & BT_FORMAT_BIT(dialect->format)))
			return keys[i].name;
	return NULL;
}

/* What ifupdown2 declares for its keys; when it runs, only names that it lacks stop it. */
static const struct bt_eni_limit limits[] = {
	{BT_FORMAT_IFUPDOWN2, BT_OPT_MIIMON, 255, false},
	{BT_FORMAT_IFUPDOWN2, BT_OPT_UPDELAY, 65535, false},
	{BT_FORMAT_IFUPDOWN2, BT_OPT_DOWNDELAY, 65535, false},
	{BT_FORMAT_IFUPDOWN2, BT_OPT_MIN_LINKS, 255, false},
	{BT_FORMAT_IFUPDOWN2, BT_OPT_XMIT_HASH_POLICY, 4, true},
};

const struct bt_eni_limit *bt_eni_limit(const struct bt_eni_dialect *dialect,
					enum bt_option_id option)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(limits); i++)
		if (limits[i].format == dialect->format && limits[i].option == option)
			return &limits[i];
	return NULL;
}
