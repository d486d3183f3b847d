/* SPDX-License-Identifier: GPL-2.0-or-later */
/* See trial.h. */
#include "trial.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_SUCH_INDEX = 99999 };

enum kind { U8, U16, U32, S32, LINK, MAC, IP4S, IP6S };

struct wire {
	const char *name;
	uint16_t attribute;
	enum kind kind;
};
static const struct wire wires[] = {
	{"mode", 1, U8},
	{"active_slave", 2, LINK},
	{"miimon", 3, U32},
	{"updelay", 4, U32},
	{"downdelay", 5, U32},
	{"use_carrier", 6, U8},
	{"arp_interval", 7, U32},
	{"arp_ip_target", 8, IP4S},
	{"arp_validate", 9, U32},
	{"arp_all_targets", 10, U32},
	{"primary", 11, LINK},
	{"primary_reselect", 12, U8},
	{"fail_over_mac", 13, U8},
	{"xmit_hash_policy", 14, U8},
	{"resend_igmp", 15, U32},
	{"num_grat_arp", 16, U8},
	{"all_slaves_active", 17, U8},
	{"min_links", 18, U32},
	{"lp_interval", 19, U32},
	{"packets_per_slave", 20, U32},
	{"lacp_rate", 21, U8},
	{"ad_select", 22, U8},
	{"ad_actor_sys_prio", 24, U16},
	{"ad_user_port_key", 25, U16},
	{"ad_actor_system", 26, MAC},
	{"tlb_dynamic_lb", 27, U8},
	{"peer_notif_delay", 28, U32},
	{"lacp_active", 29, U8},
	{"arp_missed_max", 30, U8},
	{"ns_ip6_target", 31, IP6S},
	{"coupled_control", 32, U8},
	{"broadcast_neighbor", 33, U8},
	{"lacp_strict", 34, U8},
	{"queue_id", 5, U16},
	{"prio", 9, S32},
	{"actor_port_prio", 10, U16},
};

void *must(void *memory)
{
	if (memory)
		return memory;
	fprintf(stderr, "trial: no memory\n");
	exit(2);
}

static const struct wire *wire_of(unsigned id)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(wires); i++)
		if (strcmp(wires[i].name, bt_options[id].name) == 0)
			return &wires[i];
	fprintf(stderr, "trial: no attribute for option '%s'\n", bt_options[id].name);
	exit(2);
}

uint16_t trial_attribute(unsigned id)
{
	return wire_of(id)->attribute;
}

unsigned trial_option_at(const struct trial *trial, size_t offset)
{
	unsigned id = 0;

	while (id < BT_OPT_COUNT && (!offset || trial->offsets[id] != offset))
		id++;
	return id;
}

void trial_begin(struct trial *trial, struct generator *random, int idle)
{
	char lines[2 * BT_OPT_COUNT];

	for (size_t i = 0; i < sizeof(lines); i++)
		lines[i] = i % 2 ? '\n' : '.';
	memset(trial->used, 0, sizeof(trial->used));
	memset(trial->offsets, 0, sizeof(trial->offsets));
	trial->random = random;
	trial->idle = idle;
	trial->words = (struct bt_text){0};
	trial->bt = must(bondtool_new());
	trial->config = must(bondtool_config_new());
	trial->lines = must((void *)bt_source_add(trial->bt, "trial", lines, sizeof(lines)));
}

void trial_end(struct trial *trial)
{
	bt_text_release(&trial->words);
	bondtool_config_free(trial->config);
	bondtool_free(trial->bt);
}

struct bondtool_profile *trial_add_profile(struct trial *trial, const char *type, const char *name)
{
	struct bondtool_profile *profile = must(bt_profile_new());

	if (bt_profile_set(trial->bt, profile, BT_PROP_TYPE, type, NULL) < 0 ||
	    bt_profile_set(trial->bt, profile, BT_PROP_INTERFACE_NAME, name, NULL) < 0 ||
	    bt_config_add(trial->config, profile) < 0)
		must(NULL);
	return profile;
}

void trial_give_text(struct trial *trial, struct bondtool_profile *profile, unsigned id,
		     const char *text)
{
	struct bt_origin origin = bt_origin_at(trial->lines, 2 * id, 1);

	trial->used[id] = true;
	bt_text_addf(&trial->words, "%s=%s ", bt_options[id].name, text);
	bt_options_set(trial->bt, &profile->options, bt_options[id].name, text, &origin);
}

void trial_give(struct trial *trial, struct bondtool_profile *profile, unsigned id,
		const char *text, const void *bytes, size_t length)
{
	const struct wire *wire = wire_of(id);
	uint16_t nested = wire->kind == IP4S || wire->kind == IP6S ? NLA_F_NESTED : 0;

	trial_give_text(trial, profile, id, text);
	trial->offsets[id] = raw_put(&trial->message, wire->attribute | nested, bytes, length);
}

/* ---- random values --------------------------------------------------------------------------- */

static int64_t pick(struct generator *random, const int64_t *numbers, size_t count)
{
	return numbers[generate_below(random, (unsigned)count)];
}

static int64_t good_number(struct generator *random, const struct bt_spec *spec)
{
	static const int64_t common[] = {0, 1, 2, 50, 100, 150, 200, 300, 1000, 5000};
	int64_t number = pick(random, common, BT_ARRAY_SIZE(common));
	unsigned span = (unsigned)(spec->maximum - spec->minimum);

	if (spec->type == BT_TYPE_NAME) {
		unsigned n = 0;

		while (spec->names[n].name)
			n++;
		return spec->names[generate_below(random, n)].number;
	}
	if (generate_once_in(random, 4))
		return generate_once_in(random, 2) ? spec->minimum : spec->maximum;
	if (number >= spec->minimum && number <= spec->maximum)
		return number;
	return spec->minimum + (int64_t)generate_below(random, span ? span : 1);
}

static int64_t bad_number(struct generator *random, const struct bt_spec *spec)
{
	const int64_t numbers[] = {
		spec->minimum - 1, spec->maximum + 1, 3,      7,	     255,     256,
		65535,		   65536,	      300001, INT_MAX + 1LL, UINT_MAX,
	};

	return pick(random, numbers, BT_ARRAY_SIZE(numbers));
}

/* A number, out of range once in a while, but one that the attribute can carry. */
static void give_number(struct trial *trial, struct bondtool_profile *profile, unsigned id)
{
	const struct bt_spec *spec = &bt_options[id].spec;
	int64_t number = generate_once_in(trial->random, 8) ? bad_number(trial->random, spec)
							    : good_number(trial->random, spec);
	uint8_t u8 = (uint8_t)number;
	uint16_t u16 = (uint16_t)number;
	uint32_t u32 = (uint32_t)number;
	char text[32];

	switch (wire_of(id)->kind) {
	case U8:
		snprintf(text, sizeof(text), "%u", u8);
		return trial_give(trial, profile, id, text, &u8, sizeof(u8));
	case U16:
		snprintf(text, sizeof(text), "%u", u16);
		return trial_give(trial, profile, id, text, &u16, sizeof(u16));
	case U32:
		snprintf(text, sizeof(text), "%" PRIu32, u32);
		return trial_give(trial, profile, id, text, &u32, sizeof(u32));
	default:
		snprintf(text, sizeof(text), "%" PRId32, (int32_t)u32);
		return trial_give(trial, profile, id, text, &u32, sizeof(u32));
	}
}

static void give_link(struct trial *trial, struct bondtool_profile *profile, unsigned id)
{
	bool there = generate_once_in(trial->random, 2);
	int index = there ? trial->idle : NO_SUCH_INDEX;

	trial_give(trial, profile, id, there ? "idle" : "gone", &index, sizeof(index));
}

/* Six bytes, a group's address or all zero once in a while. */
static void make_mac(struct generator *random, uint8_t mac[6], char text[18])
{
	for (int i = 0; i < 6; i++)
		mac[i] = (uint8_t)generate_below(random, 256);
	mac[0] = (uint8_t)((mac[0] & ~1U) | generate_once_in(random, 4));
	if (generate_once_in(random, 8))
		memset(mac, 0, 6);
	snprintf(text, 18, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
		 mac[5]);
}

static void give_mac(struct trial *trial, struct bondtool_profile *profile, unsigned id)
{
	uint8_t mac[6];
	char text[18];

	make_mac(trial->random, mac, text);
	trial_give(trial, profile, id, text, mac, sizeof(mac));
}

void trial_give_address(struct trial *trial, struct bondtool_profile *bond)
{
	uint8_t mac[6];
	char text[18];

	make_mac(trial->random, mac, text);
	raw_put(&trial->message, IFLA_ADDRESS, mac, sizeof(mac));
	bt_text_addf(&trial->words, "MAC=%s ", text);
	if (bt_profile_set(trial->bt, bond, BT_PROP_CLONED_MAC_ADDRESS, text, NULL) < 0)
		must(NULL);
}

/* An IPv4 address, an unfit one once in a while; from few, so that two may be the same. */
static void make_four(struct generator *random, uint8_t bytes[16], char text[64])
{
	static const uint8_t edges[][4] = {{0}, {0, 1, 2, 3}, {255, 255, 255, 255}, {1, 0, 0, 0},
					   {127, 0, 0, 1}, {224, 0, 0, 1}, {255, 255, 255, 254}};
	uint8_t host[4] = {10, 0, 0, (uint8_t)(1 + generate_below(random, 250))};

	memcpy(bytes, host, sizeof(host));
	if (generate_once_in(random, 12))
		memcpy(bytes, edges[generate_below(random, BT_ARRAY_SIZE(edges))], 4);
	snprintf(text, 64, "%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
}

static void make_six(struct generator *random, uint8_t bytes[16], char text[64])
{
	static const uint8_t edges[][2] = {{0, 0}, {0, 1}, {0xff, 1}, {0xfe, 1}, {0, 2}};
	unsigned edge = generate_below(random, 12 * BT_ARRAY_SIZE(edges));

	memset(bytes, 0, 16);
	bytes[0] = 0xfe;
	bytes[15] = (uint8_t)(1 + generate_below(random, 250));
	if (edge < BT_ARRAY_SIZE(edges)) {
		bytes[0] = edges[edge][0];
		bytes[15] = edges[edge][1];
	}
	snprintf(text, 64, "%x::%x", bytes[0] << 8, bytes[15]);
}

static void give_list(struct trial *trial, struct bondtool_profile *profile, unsigned id)
{
	bool four = wire_of(id)->kind == IP4S;
	size_t size = four ? 4 : 16;
	size_t count = generate_once_in(trial->random, 8) ? 14 + generate_below(trial->random, 5)
							  : generate_below(trial->random, 4);
	char list[20 * (16 + NLA_HDRLEN)];
	size_t length = 0;
	BT_AUTOTEXT struct bt_text text = {0};

	bt_text_add(&text, "");
	for (size_t i = 0; i < count; i++) {
		struct nlattr header = {.nla_len = (uint16_t)(NLA_HDRLEN + size), .nla_type = 0};
		uint8_t bytes[16];
		char shown[64];

		if (four)
			make_four(trial->random, bytes, shown);
		else
			make_six(trial->random, bytes, shown);
		memcpy(list + length, &header, NLA_HDRLEN);
		memcpy(list + length + NLA_HDRLEN, bytes, size);
		length += NLA_HDRLEN + size;
		bt_text_addf(&text, "%s%s", i ? "," : "", shown);
	}
	trial_give(trial, profile, id, text.data, list, length);
}

void trial_give_option(struct trial *trial, struct bondtool_profile *profile, unsigned id)
{
	switch (wire_of(id)->kind) {
	case LINK:
		return give_link(trial, profile, id);
	case MAC:
		return give_mac(trial, profile, id);
	case IP4S:
	case IP6S:
		return give_list(trial, profile, id);
	default:
		return give_number(trial, profile, id);
	}
}
