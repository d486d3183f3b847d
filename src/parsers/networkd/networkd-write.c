/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles to units. Those that came from units are written into their lines: what was read is
 * turned into assignments as it is now and as it was, and only the difference is made.
 */
#include <errno.h>
#include <string.h>

#include "parsers/networkd/networkd-draft.h"

/* One writing. */
struct writing {
	struct bondtool *bt;
	struct bondtool *silent;
	struct bondtool_config *config;
	struct bondtool_config *before; /* what the texts of old mean */
	struct bt_inputs inputs;	/* these texts */
	struct bt_networkd_units units;
	struct bt_networkd_matcher matcher;
	struct bt_networkd_original *originals; /* of the units, in their order */
	struct bt_hash unit_of, before_of; /* by a text's name: its unit, its first profile */
	struct bondtool_files *files;
};

static void writing_release(struct writing *writing)
{
	for (size_t i = 0; writing->originals && i < writing->units.count; i++) {
		for (size_t k = 0; k < writing->units.items[i].n_inis; k++)
			bt_ini_draft_release(&writing->originals[i].drafts[k]);
		free(writing->originals[i].drafts);
	}
	free(writing->originals);
	bt_hash_release(&writing->unit_of);
	bt_hash_release(&writing->before_of);
	bt_networkd_matcher_release(&writing->matcher);
	bt_networkd_units_release(&writing->units);
	bt_inputs_release(&writing->inputs);
	bondtool_config_free(writing->before);
	bondtool_free(writing->silent);
}

/* ---- the texts of old --------------------------------------------------------------------------
 */

/* Where a text of ours stands, for another to be looked for beside it. */
static int add_home(struct bt_strings *homes, const struct bondtool_profile *profile)
{
	BT_AUTOFREE char *home = NULL;

	if (!bt_profile_was_read_as(profile, BT_FORMAT_NETWORKD))
		return 0;
	home = bt_networkd_home(profile->origin.source);
	if (!home)
		return -ENOMEM;
	return bt_strings_contain(homes, home) ? 0 : bt_strings_take(homes, BT_TAKE(home));
}

static int add_sources_in(struct writing *writing, const struct bt_strings *homes)
{
	int r = 0;

	for (const struct bt_source *source = writing->bt->sources; r == 0 && source;
	     source = source->next) {
		BT_AUTOFREE char *home = bt_networkd_home(source);

		if (!home)
			return -ENOMEM;
		if (bt_strings_contain(homes, home) && bt_format_networkd.recognise(source) > 0 &&
		    !bt_inputs_find(&writing->inputs, source->name, NULL))
			r = bt_inputs_add(&writing->inputs, source, false);
	}
	return r;
}

/* All texts that were read together with those of the profiles: changes may concern any of them. */
static int collect_sources(struct writing *writing)
{
	BT_AUTOSTRINGS struct bt_strings homes = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->config->count; i++)
		r = add_home(&homes, writing->config->profiles[i]);
	return r == 0 && homes.count ? add_sources_in(writing, &homes) : r;
}

static int make_drafts(struct writing *writing)
{
	writing->originals = calloc(writing->units.count + 1, sizeof(*writing->originals));
	if (!writing->originals)
		return -ENOMEM;
	for (size_t i = 0; i < writing->units.count; i++) {
		const struct bt_networkd_unit *unit = &writing->units.items[i];
		struct bt_networkd_original *original = &writing->originals[i];

		original->unit = unit;
		original->drafts = calloc(unit->n_inis + 1, sizeof(*original->drafts));
		if (!original->drafts)
			return -ENOMEM;
		for (size_t k = 0; k < unit->n_inis; k++)
			bt_ini_draft_from(&original->drafts[k], &unit->inis[k]);
	}
	return 0;
}

static int index_texts(struct writing *writing)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->units.count; i++)
		r = bt_hash_put(&writing->unit_of, writing->units.items[i].inis[0].source->name, i);
	for (size_t i = 0; r == 0 && i < writing->before->count; i++)
		r = bt_hash_put(&writing->before_of,
				writing->before->profiles[i]->origin.source->name, i);
	return r;
}

static int begin(struct writing *writing)
{
	int r = collect_sources(writing);

	writing->silent = bondtool_new();
	writing->before = bondtool_config_new();
	if (!writing->silent || !writing->before)
		return -ENOMEM;
	if (r == 0)
		r = bt_networkd_read(writing->silent, &writing->inputs, writing->before);
	if (r == 0)
		r = bt_networkd_units_load(&writing->inputs, &writing->units);
	if (r == 0)
		r = bt_networkd_matcher_init(&writing->matcher, &writing->units);
	if (r == 0)
		r = index_texts(writing);
	return r == 0 ? make_drafts(writing) : r;
}

static void no_doubt(void *context, const struct bt_networkd_unit *unit)
{
	(void)context;
	(void)unit;
}

static bool is_made(const struct bondtool_profile *profile)
{
	return bt_profile_is(profile, "bond") || bt_profile_is(profile, "vlan");
}

/* The unit of a kind that the profile, as it was, came from; NULL when there is none. */
static struct bt_networkd_original *original_of(struct writing *writing,
						const struct bondtool_profile *before,
						enum bt_networkd_file file)
{
	const struct bt_networkd_interface interface = {
		.name = bt_profile_text(before, BT_PROP_INTERFACE_NAME),
		.type = bt_profile_text(before, BT_PROP_TYPE),
	};
	const struct bt_networkd_unit *unit;
	size_t number;

	if (bt_hash_get(&writing->unit_of, before->origin.source->name, &number) &&
	    writing->units.items[number].file == file)
		return &writing->originals[number];
	if (!is_made(before) || file == BT_NETWORKD_NETDEV)
		return NULL;
	unit = bt_networkd_first(&writing->matcher, &interface,
				 writing->units.items + writing->units.count, no_doubt, NULL);
	return unit ? &writing->originals[unit - writing->units.items] : NULL;
}

/* The profile as it was read; NULL when it did not come from units. */
static const struct bondtool_profile *find_before(const struct writing *writing,
						  const struct bondtool_profile *profile)
{
	static const enum bt_property_id same[] = {BT_PROP_TYPE, BT_PROP_INTERFACE_NAME,
						   BT_PROP_MAC_ADDRESS};

	size_t i;

	if (!profile->origin.source ||
	    !bt_hash_get(&writing->before_of, profile->origin.source->name, &i))
		return NULL;
	for (; i < writing->before->count; i++) {
		const struct bondtool_profile *before = writing->before->profiles[i];
		bool equal = before->origin.source == profile->origin.source;

		for (size_t k = 0; equal && k < BT_ARRAY_SIZE(same); k++)
			equal = bt_equal(bt_profile_text(before, same[k]),
					 bt_profile_text(profile, same[k]));
		if (equal)
			return before;
	}
	return NULL;
}

/* ---- new files ------------------------------------------------------------------------------- */

static struct bt_networkd_original *find_original(const struct writing *writing, const char *name)
{
	for (size_t i = 0; i < writing->units.count; i++)
		if (bt_equal(writing->units.items[i].name, name))
			return &writing->originals[i];
	return NULL;
}

static const char *suffix_of(enum bt_networkd_file file)
{
	return file == BT_NETWORKD_NETDEV ? "netdev" : "network";
}

/*
 * A name that no other file has. BEFORE: it must come before that one, so that it counts in its
 * place.
 */
static char *new_name(const struct writing *writing, const struct bondtool_profile *profile,
		      enum bt_networkd_file file, const char *before)
{
	static const char *const prefixes[] = {"10-", "00-", "00--"};
	const char *label = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	char *name = NULL;

	if (!label)
		label = bt_profile_label(profile);
	for (size_t i = 0; i < BT_ARRAY_SIZE(prefixes); i++) {
		free(name);
		name = bt_format("%s%s.%s", prefixes[i], label, suffix_of(file));
		for (char *p = name; p && *p; p++)
			if (*p == '/')
				*p = '-';
		if (!name ||
		    (!bt_files_have(writing->files, name) && (!before || strcmp(name, before) < 0)))
			break;
	}
	return name;
}

static int write_new(struct writing *writing, const struct bondtool_profile *profile,
		     const struct bt_networkd_texts *texts, enum bt_networkd_file file,
		     const char *before)
{
	BT_AUTODRAFT struct bt_ini_draft draft = {0};
	BT_AUTOFREE char *name = new_name(writing, profile, file, before);

	bt_networkd_draft(&draft, texts, file);
	if (bt_ini_draft_is_empty(&draft))
		return 0;
	return name ? bt_files_add(writing->files, name, 0644, bt_ini_draft_text(&draft)) : -ENOMEM;
}

/* ---- profiles and units ------------------------------------------------------------------------
 */

/* One kind of file of a profile: changed where it came from, else new. */
static int write_kind(struct writing *writing, const struct bondtool_profile *profile,
		      const struct bondtool_profile *before, const struct bt_networkd_texts *was,
		      const struct bt_networkd_texts *now, enum bt_networkd_file file)
{
	struct bt_networkd_original *original = before ? original_of(writing, before, file) : NULL;

	if (!original)
		return write_new(writing, profile, now, file, NULL);
	original->wanted = true;
	if (bt_networkd_is_same(was, now, file))
		return 0;
	if (original->users > 1)
		return write_new(writing, profile, now, file, original->unit->name);
	return bt_networkd_change(original, was, now);
}

static int write_profile(struct writing *writing, const struct bondtool_profile *profile)
{
	const struct bondtool_profile *before = find_before(writing, profile);
	BT_AUTOTEXTS struct bt_networkd_texts was = {0}, now = {0};
	int r;

	if (!bt_networkd_lines(writing->bt, writing->config, profile, &now))
		return 0;
	if (before)
		bt_networkd_lines(NULL, writing->before, before, &was);
	if (was.failed || now.failed)
		return -ENOMEM;
	r = write_kind(writing, profile, before, &was, &now, BT_NETWORKD_NETDEV);
	if (r == 0)
		r = write_kind(writing, profile, before, &was, &now, BT_NETWORKD_NETWORK);
	return r;
}

static void count_users(struct writing *writing)
{
	for (size_t i = 0; i < writing->before->count; i++) {
		struct bt_networkd_original *original =
			original_of(writing, writing->before->profiles[i], BT_NETWORKD_NETWORK);

		if (original)
			original->users++;
	}
}

/*
 * A file whose interfaces no text names is kept by a bond as extras, "10-ports.network/Match 1":
 * it is written as it was, or from the extras where its text is not at hand.
 */
static int write_kept_file(struct writing *writing, const struct bondtool_profile *profile,
			   size_t first, const char *name)
{
	struct bt_networkd_original *original = find_original(writing, name);
	BT_AUTODRAFT struct bt_ini_draft draft = {0};
	size_t length = strlen(name);
	const char *last = NULL;

	if (original) {
		original->wanted = true;
		return 0;
	}
	for (size_t i = first; i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];
		BT_AUTOFREE char *section = NULL;

		if (extra->format != BT_FORMAT_NETWORKD || !extra->section ||
		    strncmp(extra->section, name, length) != 0 || extra->section[length] != '/')
			continue;
		section = strndup(extra->section + length + 1,
				  strcspn(extra->section + length + 1, " "));
		if (!section)
			return -ENOMEM;
		if (!bt_equal(last, extra->section))
			bt_ini_draft_add_section(&draft, section);
		bt_ini_draft_append(&draft, section, extra->key, extra->value);
		last = extra->section;
	}
	return bt_files_add(writing->files, name, 0644, bt_ini_draft_text(&draft));
}

static int write_kept_files(struct writing *writing, const struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];
		const char *slash = extra->section ? strchr(extra->section, '/') : NULL;
		BT_AUTOFREE char *name = NULL;

		if (extra->format != BT_FORMAT_NETWORKD || !slash)
			continue;
		name = strndup(extra->section, (size_t)(slash - extra->section));
		if (!name)
			return -ENOMEM;
		if (!bt_equal(name, "netdev") && !bt_equal(name, "network") &&
		    !bt_files_have(writing->files, name))
			r = write_kept_file(writing, profile, i, name);
	}
	return r;
}

/* The units of old that are still wanted, drop-ins in their folders. */
static int write_originals(struct writing *writing)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->units.count; i++) {
		const struct bt_networkd_original *original = &writing->originals[i];
		const struct bt_networkd_unit *unit = original->unit;

		for (size_t k = 0; r == 0 && original->wanted && k < unit->n_inis; k++) {
			const char *base = bt_path_base(unit->inis[k].source->name);
			BT_AUTOFREE char *name =
				k ? bt_format("%s.d/%s", unit->name, base) : strdup(base);

			if (!name)
				return -ENOMEM;
			r = bt_files_add(writing->files, name, 0644,
					 bt_ini_draft_text(&original->drafts[k]));
		}
	}
	return r;
}

int bt_networkd_write(struct bondtool *bt, struct bondtool_config *config,
		      struct bondtool_files *files)
{
	BT_CLEANUP(writing_release)
	struct writing writing = {.bt = bt, .config = config, .files = files};
	int r = begin(&writing);

	if (r < 0)
		return r;
	count_users(&writing);
	for (size_t i = 0; r == 0 && i < config->count; i++)
		r = write_profile(&writing, config->profiles[i]);
	for (size_t i = 0; r == 0 && i < config->count; i++)
		r = write_kept_files(&writing, config->profiles[i]);
	return r == 0 ? write_originals(&writing) : r;
}
