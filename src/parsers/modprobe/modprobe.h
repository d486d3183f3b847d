/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * modprobe.conf and modprobe.d: what reading has in common. They name bonds by aliases or their
 * number, and give the bonding module parameters, one set for all bonds; ports they do not know.
 * Source of the rules: kmod's libkmod-config.c, and bond_check_params() of the driver.
 */
#ifndef BT_PARSERS_MODPROBE_H
#define BT_PARSERS_MODPROBE_H

#include "parsers/format.h"
#include "parsers/modprobe/modprobe-syntax.h"

extern const struct bt_format bt_format_modprobe;

/* Bonds that are read; the texts may name any number. */
enum { BT_MODPROBE_MOST = 1024 };

/* A parameter for the module, or for it under one of its aliases. */
struct bt_modprobe_setting {
	char *target; /* "bonding" or an alias, '-' written as '_' */
	char *name;   /* '-' written as '_' */
	char *value;  /* without quotes; NULL when there is no '=' */
	struct bt_origin place, name_place, value_place;
	bool judged;  /* what is wrong with it was said */
};

/* A name that stands for the module. */
struct bt_modprobe_alias {
	char *name;   /* as it is written */
	char *target; /* '-' written as '_' */
	struct bt_origin place;
};

/* What all files say, in their order. Zero-initialise but for the contexts. */
struct bt_modprobe_reader {
	struct bondtool *bt, *silent; /* what was said once goes to the second */
	struct bt_modprobe_setting *settings;
	size_t n_settings, size_settings;
	struct bt_modprobe_alias *aliases;
	size_t n_aliases, size_aliases;
};

/* Adds what one file says of the bonding module. 0 or -ENOMEM. */
int bt_modprobe_collect(struct bt_modprobe_reader *reader, const struct bt_source *source);

/* NAME with '-' written as '_', as kmod and the kernel compare; a new string. */
char *bt_modprobe_underscored(const char *name, size_t length);
/* Whether the setting counts when the module is asked for as TARGET (NULL: by its own name). */
bool bt_modprobe_is_for(const struct bt_modprobe_setting *setting, const char *target);

/*
 * Gives PROFILE the parameters that hold when the module is asked for as TARGET (NULL: by its own
 * name), as the driver takes them at load; says what it does not take. 0 or -ENOMEM.
 */
int bt_modprobe_apply(struct bt_modprobe_reader *reader, const char *target,
		      struct bondtool_profile *profile);

/*
 * The number that the kernel reads from TEXT as an int: hexadecimal, octal and negative ones, too.
 * False when it is none.
 */
bool bt_modprobe_number(const char *text, int64_t *ret_number);

/* Reads files as kmod would take them: by name, one of each name. */
int bt_modprobe_read(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config);

#endif
