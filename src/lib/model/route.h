/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Routes of a profile: "DESTINATION[/PREFIX] [GATEWAY] [METRIC] [NAME=VALUE ...]", as nmcli's. */
#ifndef BT_MODEL_ROUTE_H
#define BT_MODEL_ROUTE_H

#include <stdint.h>

#include "base/text.h"

/* A route taken apart; release with bt_route_release(). */
struct bt_route {
	char *destination; /* "10.1.0.0/16" in canonical form, host bits cleared */
	char *gateway;	   /* NULL: on the link */
	int64_t metric;	   /* -1: the kernel's choice */
	struct bt_strings attributes; /* "table=100", "onlink=true", ... in the order given */
};
void bt_route_release(struct bt_route *route);
#define BT_AUTOROUTE BT_CLEANUP(bt_route_release)

/* Reads a route of FAMILY (AF_INET, AF_INET6). 0, -EINVAL or -ENOMEM, without a diagnostic. */
int bt_route_parse(int family, const char *text, struct bt_route *ret_route);
/* The route's canonical text in a new string; 0, -EINVAL or -ENOMEM. */
int bt_route_canonical(int family, const char *text, char **ret_text);
/* The route as nmcli shows it to a person: "{ ip = 10.1.0.0/16, nh = 10.0.0.1, mt = 100 }". */
char *bt_route_pretty(const char *canonical);
/* The value of attribute NAME ("table"), borrowed from the route; NULL when it has none. */
const char *bt_route_attribute(const struct bt_route *route, const char *name);

#endif
