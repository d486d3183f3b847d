/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parser of the driver's own status text; see wire/proc.h. */
#include "wire/proc.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

/* Where a line may stand, and with it what it fills in. */
enum place { IN_BOND, IN_PORT, IN_ACTOR, IN_PARTNER };

enum kind { NUMBER, INTEGER, CHURN, MAC, SPEED, DUPLEX };

struct field {
	enum place place;
	const char *label;
	enum kind kind;
	size_t offset; /* in struct bt_proc, struct bt_proc_port or struct bt_lacp_end */
};

static const struct field fields[] = {
	{IN_BOND, "System priority", NUMBER, offsetof(struct bt_proc, system_priority)},
	{IN_BOND, "System MAC address", MAC, offsetof(struct bt_proc, system_mac)},
	{IN_PORT, "Speed", SPEED, offsetof(struct bt_proc_port, speed.mbps)},
	{IN_PORT, "Duplex", DUPLEX, offsetof(struct bt_proc_port, speed.duplex)},
	{IN_PORT, "Aggregator ID", INTEGER, offsetof(struct bt_proc_port, aggregator_id)},
	{IN_PORT, "Actor Churn State", CHURN, offsetof(struct bt_proc_port, actor_churn)},
	{IN_PORT, "Partner Churn State", CHURN, offsetof(struct bt_proc_port, partner_churn)},
	{IN_PORT, "Actor Churned Count", NUMBER, offsetof(struct bt_proc_port, actor_churned)},
	{IN_PORT, "Partner Churned Count", NUMBER,
	 offsetof(struct bt_proc_port, partner_churned)},
	{IN_ACTOR, "system priority", NUMBER, offsetof(struct bt_lacp_end, system_priority)},
	{IN_ACTOR, "system mac address", MAC, offsetof(struct bt_lacp_end, system_mac)},
	{IN_ACTOR, "port key", NUMBER, offsetof(struct bt_lacp_end, key)},
	{IN_ACTOR, "port priority", NUMBER, offsetof(struct bt_lacp_end, port_priority)},
	{IN_ACTOR, "port number", NUMBER, offsetof(struct bt_lacp_end, port_number)},
	{IN_ACTOR, "port state", NUMBER, offsetof(struct bt_lacp_end, port_state)},
	{IN_PARTNER, "system priority", NUMBER, offsetof(struct bt_lacp_end, system_priority)},
	{IN_PARTNER, "system mac address", MAC, offsetof(struct bt_lacp_end, system_mac)},
	{IN_PARTNER, "oper key", NUMBER, offsetof(struct bt_lacp_end, key)},
	{IN_PARTNER, "port priority", NUMBER, offsetof(struct bt_lacp_end, port_priority)},
	{IN_PARTNER, "port number", NUMBER, offsetof(struct bt_lacp_end, port_number)},
	{IN_PARTNER, "port state", NUMBER, offsetof(struct bt_lacp_end, port_state)},
};

enum { FIELDS_OF_BOTH_ENDS = 12 };

struct parser {
	struct bt_proc proc;
	enum place place;
	unsigned lacp_fields; /* of both ends of the port at hand */
};

void bt_proc_release(struct bt_proc *proc)
{
	free(proc->ports);
	*proc = (struct bt_proc){0};
}

static int churn_of(const char *text)
{
	for (int i = BT_CHURN_MONITORING; i < BT_CHURN_UNKNOWN; i++)
		if (strcmp(text, bt_churn_name(i)) == 0)
			return i;
	return BT_CHURN_UNKNOWN;
}

/* "10000 Mbps"; 0 for anything else, such as "Unknown" or the -1 of old drivers. */
static uint32_t speed_of(const char *text)
{
	unsigned long long mbps = 0;
	int end = 0;

	if (sscanf(text, "%10llu Mbps%n", &mbps, &end) != 1 || text[end] || !isdigit(*text))
		return 0;
	return mbps < UINT32_MAX ? (uint32_t)mbps : 0;
}

static enum bt_duplex duplex_of(const char *text)
{
	if (strcmp(text, "full") == 0)
		return BT_DUPLEX_FULL;
	return strcmp(text, "half") == 0 ? BT_DUPLEX_HALF : BT_DUPLEX_UNKNOWN;
}

/* False for a value that is none, such as "N/A" or a masked address: the field stays untold. */
static bool set_field(enum kind kind, void *field, const char *text)
{
	int64_t number;

	switch (kind) {
	case NUMBER:
		return bt_parse_int(text, field) == 0;
	case INTEGER:
		if (bt_parse_int(text, &number) < 0)
			return false;
		*(int *)field = (int)number;
		return true;
	case CHURN:
		*(int *)field = churn_of(text);
		return true;
	case MAC:
		return bt_mac_parse(text, field) == 0;
	case SPEED:
		*(uint32_t *)field = speed_of(text);
		return true;
	case DUPLEX:
		*(enum bt_duplex *)field = duplex_of(text);
		return true;
	}
	return false;
}

static int add_port(struct parser *parser, const char *name)
{
	struct bt_proc *proc = &parser->proc;
	struct bt_proc_port *port;

	if (!BT_MAKE_ROOM(proc->ports, proc->n_ports, proc->size_ports))
		return -ENOMEM;
	port = &proc->ports[proc->n_ports++];
	*port = (struct bt_proc_port){.speed.duplex = BT_DUPLEX_UNKNOWN,
				      .aggregator_id = -1,
				      .actor_churn = -1,
				      .partner_churn = -1,
				      .actor_churned = -1,
				      .partner_churned = -1};
	strncat(port->name, name, sizeof(port->name) - 1);
	parser->place = IN_PORT;
	parser->lacp_fields = 0;
	return 0;
}

/* Where the fields of the current place are kept. */
static char *base_of(struct parser *parser)
{
	struct bt_proc *proc = &parser->proc;
	struct bt_proc_port *port = proc->n_ports ? &proc->ports[proc->n_ports - 1] : NULL;

	switch (parser->place) {
	case IN_BOND:
		return (char *)proc;
	case IN_ACTOR:
		return (char *)&port->actor;
	case IN_PARTNER:
		return (char *)&port->partner;
	default:
		return (char *)port;
	}
}

static void take_field(struct parser *parser, const char *label, const char *text)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(fields); i++) {
		if (fields[i].place != parser->place || strcmp(fields[i].label, label) != 0)
			continue;
		if (set_field(fields[i].kind, base_of(parser) + fields[i].offset, text) &&
		    parser->place >= IN_ACTOR && ++parser->lacp_fields == FIELDS_OF_BOTH_ENDS)
			parser->proc.ports[parser->proc.n_ports - 1].has_lacp = true;
		return;
	}
}

static int take_line(struct parser *parser, const char *label, const char *text)
{
	bool in_port = parser->proc.n_ports > 0;

	if (strcmp(label, "Slave Interface") == 0)
		return add_port(parser, text);
	if (in_port && strcmp(label, "details actor lacp pdu") == 0)
		parser->place = IN_ACTOR;
	else if (in_port && strcmp(label, "details partner lacp pdu") == 0)
		parser->place = IN_PARTNER;
	else
		take_field(parser, label, text);
	return 0;
}

/* Cuts blanks (and the return of a copied text) off both ends, in place. */
static char *trim(char *text)
{
	char *end = text + strlen(text);

	while (end > text && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return text + strspn(text, " \t");
}

int bt_proc_parse(const char *text, struct bt_proc *ret_proc)
{
	struct parser parser = {.proc = {.system_priority = -1}};
	BT_AUTOFREE char *copy = strdup(text);
	char *save = NULL;
	int r = copy ? 0 : -ENOMEM;

	for (char *line = copy ? strtok_r(copy, "\n", &save) : NULL; line && r == 0;
	     line = strtok_r(NULL, "\n", &save)) {
		char *colon = strchr(line, ':');

		if (!colon)
			continue;
		*colon = '\0';
		r = take_line(&parser, trim(line), trim(colon + 1));
	}
	if (r < 0) {
		bt_proc_release(&parser.proc);
		return r;
	}
	*ret_proc = parser.proc;
	return 0;
}
