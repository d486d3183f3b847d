/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a profile asks for in one family of addresses, AF_INET or AF_INET6: how far its addresses
 * count, and its routes with everything that the profile says about them elsewhere.
 */
#ifndef BT_MODEL_IP_H
#define BT_MODEL_IP_H

#include "model/profile.h"

/* The property of FAMILY that corresponds to one of IPv4. */
enum bt_property_id bt_ip_property(int family, enum bt_property_id of_ipv4);

/* What the method of a family comes to. */
enum bt_ip_method {
	BT_IP_LEFT_ALONE, /* no word of it: as it is */
	BT_IP_ADD,	  /* what the profile has is added, nothing is removed */
	BT_IP_EXACT,	  /* static addresses and routes are those of the profile */
};
enum bt_ip_method bt_ip_method(const struct bondtool_profile *profile, int family);

/* Whether two IPv4 addresses with prefix length are of one network with one such length. */
bool bt_ip_same_network(const char *a, const char *b);

/* Whether GATEWAY can be reached by one of the ADDRESSES (may be NULL), or is link-local. */
bool bt_ip_reaches(int family, const struct bt_value *addresses, const char *gateway);

/*
 * The routes of the profile as a list of texts that bt_route_parse() takes, each with its origin:
 * metric and table filled in where the profile says them for all; last the default route over the
 * gateway, "onlink=true" where no address reaches that. 0 or -ENOMEM.
 */
int bt_ip_routes(const struct bondtool_profile *profile, int family, struct bt_value *ret_routes);

#endif
