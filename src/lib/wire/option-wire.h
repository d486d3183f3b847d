/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Option values as netlink attributes and back, by the table's columns "attribute" and "wire". */
#ifndef BT_WIRE_OPTION_WIRE_H
#define BT_WIRE_OPTION_WIRE_H

#include "wire/builder.h"

/*
 * Puts the attribute of VALUE (its id says which option). False when it names an interface that
 * RESOLVER (may be NULL) does not know: then nothing is put. A value that the attribute cannot
 * hold fails the builder with -EINVAL.
 */
bool bt_option_put(struct bt_builder *builder, const struct bt_value *value,
		   const struct bt_resolver *resolver);

/* The name of the interface IFINDEX, borrowed; NULL when it is not known. */
struct bt_namer {
	const char *(*name)(const void *data, int ifindex);
	const void *data;
};

/* The name of IFINDEX, "" for 0, "if5" for one that NAMER does not know; NULL without memory. */
char *bt_interface_name(int ifindex, const struct bt_namer *namer);

/*
 * Reads ATTRIBUTE of OPTION. Of an interface the value is its name, or its index as a number as
 * long as no names are known (NAMER is NULL). Returns 0, -EINVAL for bytes that are no such value,
 * -ENOMEM.
 */
int bt_option_get(const struct bt_option *option, const struct nlattr *attribute,
		  const struct bt_namer *namer, struct bt_value *ret_value);

/* The bond option (or, with PORT, the port option) of this attribute number; NULL: unknown. */
const struct bt_option *bt_option_of_attribute(unsigned attribute, bool port);

#endif
