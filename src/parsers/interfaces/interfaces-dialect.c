/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The three tools that read /etc/network/interfaces: how each takes its lines. */
#include "parsers/interfaces/interfaces-syntax.h"

static const struct bt_eni_keyword of_ifupdown[] = {
	{"iface", BT_ENI_IFACE, false},
	{"auto", BT_ENI_AUTO, false},
	{"allow-", BT_ENI_ALLOW, true},
	{"mapping", BT_ENI_MAPPING, false},
	{"source", BT_ENI_SOURCE, false},
	{"source-directory", BT_ENI_SOURCE_DIRECTORY, false},
	{"rename", BT_ENI_RENAME, false},
	{"no-auto-down", BT_ENI_LISTED, false},
	{"no-scripts", BT_ENI_LISTED, false},
	{.word = NULL},
};

static const struct bt_eni_keyword of_ifupdown2[] = {
	{"iface", BT_ENI_IFACE, false},
	{"auto", BT_ENI_AUTO, false},
	{"allow-", BT_ENI_ALLOW, true},
	{"vlan", BT_ENI_TEMPLATE, false}, /* a VLAN inside a bridge: no interface of ours */
	{"source", BT_ENI_SOURCE, false},
	{"source-directory", BT_ENI_SOURCE_DIRECTORY, false},
	{.word = NULL},
};

static const struct bt_eni_keyword of_ifupdown_ng[] = {
	{"iface", BT_ENI_IFACE, false},
	{"interface", BT_ENI_IFACE, false},
	{"template", BT_ENI_TEMPLATE, false},
	{"auto", BT_ENI_AUTO, false},
	{"source", BT_ENI_SOURCE, false},
	{"source-directory", BT_ENI_SOURCE_DIRECTORY, false},
	{.word = NULL},
};

const struct bt_eni_dialect bt_eni_ifupdown = {
	.format = BT_FORMAT_INTERFACES,
	.name = "interfaces",
	.tool = "ifupdown",
	.joining = BT_ENI_JOIN_AT_END,
	.keywords = of_ifupdown,
	.any_case = true,
	.master_keys = true,
};

const struct bt_eni_dialect bt_eni_ifupdown2 = {
	.format = BT_FORMAT_IFUPDOWN2,
	.name = "ifupdown2",
	.tool = "ifupdown2",
	.joining = BT_ENI_JOIN_ANYWHERE,
	.keywords = of_ifupdown2,
	.family_optional = true,
	.repeats_add_up = true,
};

const struct bt_eni_dialect bt_eni_ifupdown_ng = {
	.format = BT_FORMAT_IFUPDOWN_NG,
	.name = "ifupdown-ng",
	.tool = "ifupdown-ng",
	.joining = BT_ENI_JOIN_AND_CUT,
	.keywords = of_ifupdown_ng,
	.letters_only = true,
	.family_optional = true,
	.one_auto = true,
	.any_case = true,
	.repeats_add_up = true,
	.longest = 4094,
};
