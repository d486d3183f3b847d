/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles and configurations: the one model that every format is read into and written from.
 * A profile holds only what was set; defaults are looked up in the tables.
 */
#ifndef BT_MODEL_PROFILE_H
#define BT_MODEL_PROFILE_H

#include "base/hash.h"
#include "model/property.h"

/* A key that the model does not know: kept for its own format, a loss for every other. */
struct bt_extra {
	enum bt_format_id format;
	char *section; /* of the file: "connection", "iface eth0 inet"; NULL without one */
	char *key;
	char *value;
	struct bt_origin origin;
};

struct bondtool_profile {
	struct bt_values properties; /* ids are enum bt_property_id */
	struct bt_values options;    /* ids are enum bt_option_id: bond.options and bond-port.* */
	/*
	 * What the tool that owns the source text would add by itself (NetworkManager: miimon=100):
	 * not part of the profile, but judged with it, and written out when it is imported.
	 */
	struct bt_values implied;
	struct bt_values implied_properties; /* the same: ipv4.method=auto of NetworkManager */
	struct bt_pool pool; /* has the first properties, and the texts of all values */
	struct bt_extra *extras;
	unsigned n_extras, size_extras;
	struct bt_origin origin; /* where its text begins */
	enum bt_format_id format; /* as which that text was read; our own unless said otherwise */
	char *file;		 /* the store's file it came from; NULL when it is new */
	size_t number;		 /* its place in the configuration that it is in */
};

struct bondtool_profile *bt_profile_new(void); /* NULL without memory */
void bt_profile_free(struct bondtool_profile *profile);
BT_DEFINE_AUTO(struct bondtool_profile, bt_profile_auto, bt_profile_free);
#define BT_AUTOPROFILE BT_CLEANUP(bt_profile_auto)
struct bondtool_profile *bt_profile_copy(const struct bondtool_profile *profile);
/* Equal in meaning: every property and option, set or unset; not implied ones, extras, origins. */
bool bt_profile_equal(const struct bondtool_profile *a, const struct bondtool_profile *b);

/* The same extras in the same order, wherever they came from. */
bool bt_profile_extras_equal(const struct bondtool_profile *a, const struct bondtool_profile *b);

/* The text that PROPERTY is set to (types held as text); NULL when unset. Borrowed. */
const char *bt_profile_text(const struct bondtool_profile *profile, enum bt_property_id property);
/* The number that is set, or the default of the table (0 when it has none). */
int64_t bt_profile_number(const struct bondtool_profile *profile, enum bt_property_id property);
/* The value that is set, or NULL. Port options are found here too. Borrowed. */
const struct bt_value *bt_profile_value(const struct bondtool_profile *profile,
					enum bt_property_id property);
/* The origin of PROPERTY, or of the profile when it is unset. */
struct bt_origin bt_profile_origin(const struct bondtool_profile *profile,
				   enum bt_property_id property);
bool bt_profile_is(const struct bondtool_profile *profile, const char *type_name);
/* Whether the profile came from a text that was read as FORMAT. */
bool bt_profile_was_read_as(const struct bondtool_profile *profile, enum bt_format_id format);
/* connection.id, else the interface name, else "?": for messages. Borrowed. */
const char *bt_profile_label(const struct bondtool_profile *profile);

/*
 * Sets PROPERTY from TEXT: a scalar, or (for a list) a single further item. A bad value is a
 * diagnostic "property/value" and leaves the profile as it was. Returns 0, -EINVAL, -ERANGE or
 * -ENOMEM.
 */
int bt_profile_set(struct bondtool *bt, struct bondtool_profile *profile,
		   enum bt_property_id property, const char *text, const struct bt_origin *origin);
/*
 * Remembers that the tool implies TEXT for a property of text, unless it is set. 0, -ENOMEM, or
 * -EINVAL for what the property cannot be.
 */
int bt_profile_imply(struct bondtool_profile *profile, enum bt_property_id property,
		     const char *text);
int bt_profile_set_number(struct bondtool_profile *profile, enum bt_property_id property,
			  int64_t number, const struct bt_origin *origin);
void bt_profile_unset(struct bondtool_profile *profile, enum bt_property_id property);

/* Keeps an unknown key; SECTION may be NULL. 0 or -ENOMEM. */
int bt_profile_add_extra(struct bondtool_profile *profile, enum bt_format_id format,
			 const char *section, const char *key, const char *value,
			 const struct bt_origin *origin);

struct bt_on_top; /* see config.c */

struct bondtool_config {
	struct bondtool_profile **profiles; /* owned */
	size_t count, size;
	struct bt_hash by_uuid, by_interface, by_id; /* indexes of the searches */
	size_t indexed;				     /* profiles that they know */
	struct bt_on_top *on_top; /* for each profile; NULL: not indexed */
	size_t n_on_top;
};
BT_DEFINE_AUTO(struct bondtool_config, bt_config_auto, bondtool_config_free);
#define BT_AUTOCONFIG BT_CLEANUP(bt_config_auto)

/* Adds a profile and takes it over, even on error. 0 or -ENOMEM. */
int bt_config_add(struct bondtool_config *config, struct bondtool_profile *profile);
/* Takes the profile out of the configuration; the caller owns it. NULL when it is not there. */
struct bondtool_profile *bt_config_take(struct bondtool_config *config,
					const struct bondtool_profile *profile);

/*
 * To be called after a profile in CONFIG got another UUID, interface name, id or parent: the
 * searches below keep an index whose keys are borrowed from the profiles.
 */
void bt_config_changed(struct bondtool_config *config);
/*
 * The same where it is a UUID or id that no other profile has: the index is kept, so that naming
 * all profiles of a configuration does not take the square of their number.
 */
void bt_config_named(struct bondtool_config *config, const struct bondtool_profile *profile);

/* The first profile whose UUID, interface name or id is TEXT; NULL when there is none. */
struct bondtool_profile *bt_config_by_uuid(struct bondtool_config *config, const char *text);
struct bondtool_profile *bt_config_by_interface(struct bondtool_config *config, const char *text);
struct bondtool_profile *bt_config_by_id(struct bondtool_config *config, const char *text);

/*
 * The profile that TEXT refers to as connection.controller and vlan.parent do: a UUID or an
 * interface name, else an id. NULL when there is none.
 */
struct bondtool_profile *bt_config_referred(struct bondtool_config *config, const char *text);
/* The same as its place in CONFIG: true, and *ret_number set, when it is there. */
bool bt_config_referred_number(struct bondtool_config *config, const char *text,
			       size_t *ret_number);

/*
 * The VLANs on PARENT, in the order of CONFIG: the first for a PREVIOUS of NULL, then the next one;
 * NULL behind the last, or without memory.
 */
struct bondtool_profile *bt_config_next_vlan(struct bondtool_config *config,
					     const struct bondtool_profile *parent,
					     const struct bondtool_profile *previous);

/* The controller's profile of a port; NULL when it is no port or the profile is not here. */
struct bondtool_profile *bt_config_controller(struct bondtool_config *config,
					      const struct bondtool_profile *port);

#endif
