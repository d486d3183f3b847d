/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles to command lines: a new file for /etc/cmdline.d, or the texts that the profiles came
 * from with those words changed that mean something else now.
 */
#include "parsers/cmdline/cmdline-write.h"

#include <errno.h>
#include <string.h>

/* The keys of the words that the writer makes. */
static const char *const keys[] = {"bond",     "vlan",	  "ifname",	"ip",
				   "rd.route", "bootdev", "rd.ethtool", NULL};
static const char *const common_keys[] = {"bridge", "nameserver", "rd.peerdns", NULL};

/* ---- a new file ---------------------------------------------------------------------------- */

/* One word a line. */
static char *joined(const struct bt_strings *words)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < words->count; i++)
		bt_text_addf(&text, "%s\n", words->items[i]);
	return bt_text_take(&text);
}

static int write_new(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files)
{
	BT_AUTOWRITING struct bt_cmdline_writing writing = {0};
	BT_AUTOSTRINGS struct bt_strings words = {0};
	int r = bt_cmdline_writing_begin(&writing, bt, config, NULL);

	for (size_t i = 0; r == 0 && i < config->count; i++)
		r = bt_cmdline_words(&writing, i, &words);
	if (r == 0)
		r = bt_cmdline_common_words(&writing, &words);
	return r == 0 ? bt_files_add(files, "50-network.conf", 0644, joined(&words)) : r;
}

/* ---- texts that were there ----------------------------------------------------------------- */

/* The command lines that a configuration came from, each once. */
struct sources {
	const struct bt_source **items;
	size_t count;
};

static void sources_release(struct sources *sources)
{
	free(sources->items);
}

static int note_source(struct sources *sources, const struct bt_source *source)
{
	const struct bt_source **items;

	if (!source)
		return 0;
	for (size_t i = 0; i < sources->count; i++)
		if (sources->items[i] == source)
			return 0;
	items = reallocarray(sources->items, sources->count + 1, sizeof(*items));
	if (!items)
		return -ENOMEM;
	sources->items = items;
	sources->items[sources->count++] = source;
	return 0;
}

/* A value may come from another text than its profile: nameserver= is about all. */
static int note_value(struct sources *sources, const struct bt_value *value)
{
	int r = note_source(sources, value->origin.source);

	for (size_t i = 0; r == 0 && i < value->n_items; i++)
		r = note_source(sources, value->items[i].origin.source);
	return r;
}

static int find_sources(const struct bondtool_config *config, struct sources *sources)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < config->count; i++) {
		const struct bondtool_profile *profile = config->profiles[i];

		if (profile->format != BT_FORMAT_CMDLINE)
			continue;
		r = note_source(sources, profile->origin.source);
		for (size_t k = 0; r == 0 && k < profile->properties.count; k++)
			r = note_value(sources, &profile->properties.values[k]);
	}
	return r;
}

/* The words nameserver= that are there. */
static int present_servers(const struct bt_cmdline_reading *before, struct bt_strings *servers)
{
	int r = 0;

	for (size_t i = 0; i < before->n_texts; i++)
		for (size_t k = 0; r == 0 && k < before->texts[i].count; k++) {
			struct bt_cmdline_part rest = before->texts[i].words[k].value, server;

			if (bt_cmdline_is(&before->texts[i].words[k], "nameserver") &&
			    bt_cmdline_next(&rest, ' ', &server))
				r = bt_strings_take(servers, bt_cmdline_text(&server));
		}
	return r;
}

/* The same words of KEY in the same order. */
static bool is_same(const struct bt_strings *a, const struct bt_strings *b, const char *key)
{
	size_t length = strlen(key), k = 0;

	for (size_t i = 0; i <= a->count; i++) {
		const char *word = i < a->count ? a->items[i] : NULL;

		if (word && (strncmp(word, key, length) != 0 || word[length] != '='))
			continue;
		while (k < b->count &&
		       (strncmp(b->items[k], key, length) != 0 || b->items[k][length] != '='))
			k++;
		if (!bt_equal(word, k < b->count ? b->items[k] : NULL))
			return false;
		k++;
	}
	return true;
}

/* A configuration that is written into the texts that it came from. */
struct rewriting {
	struct bondtool *silent;
	struct bt_cmdline_reading before;
	struct bt_cmdline_writing was, is;
	struct bt_cmdline_draft draft;
	struct bt_strings servers;
};

static void rewriting_release(struct rewriting *rewriting)
{
	bt_cmdline_draft_release(&rewriting->draft);
	bt_cmdline_writing_release(&rewriting->was);
	bt_cmdline_writing_release(&rewriting->is);
	bt_cmdline_reading_release(&rewriting->before);
	bt_strings_release(&rewriting->servers);
	bondtool_free(rewriting->silent);
}

static void set_words(struct rewriting *rewriting, const char *owner, const char *const *of_keys,
		      const struct bt_strings *was, const struct bt_strings *is,
		      const struct bt_source *source)
{
	for (const char *const *key = of_keys; *key; key++)
		if (!is_same(was, is, *key))
			bt_cmdline_draft_set(&rewriting->draft, owner, *key, is, source);
}

/* The words of the profile that the texts have under NAME; none when they have none. */
static int words_before(struct rewriting *rewriting, const char *name, struct bt_strings *words)
{
	size_t number;

	if (!bt_hash_get(&rewriting->before.by_name, name, &number))
		return 0;
	return bt_cmdline_words(&rewriting->was, number, words);
}

/* What a MAC address is known as when it is read: with ':'. */
static const char *known_as(const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	return interface ? interface : bt_profile_text(profile, BT_PROP_MAC_ADDRESS);
}

static int rewrite_profile(struct rewriting *rewriting, size_t number)
{
	const struct bondtool_profile *profile = rewriting->is.config->profiles[number];
	const char *name = known_as(profile);
	BT_AUTOSTRINGS struct bt_strings was = {0}, is = {0};
	int r = bt_cmdline_words(&rewriting->is, number, &is);

	if (r == 0 && name)
		r = words_before(rewriting, name, &was);
	if (r == 0 && name)
		set_words(rewriting, name, keys, &was, &is, profile->origin.source);
	return r;
}

/* Profiles that are gone take their words along. */
static int remove_gone(struct rewriting *rewriting)
{
	const struct bt_strings none = {0};
	struct bt_hash names = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < rewriting->is.config->count; i++) {
		const char *name = known_as(rewriting->is.config->profiles[i]);

		r = name ? bt_hash_put(&names, name, i) : 0;
	}
	for (size_t i = 0; r == 0 && i < rewriting->before.names.count; i++) {
		const char *name = rewriting->before.names.items[i];
		BT_AUTOSTRINGS struct bt_strings was = {0};
		size_t unused;

		if (bt_hash_get(&names, name, &unused))
			continue;
		r = words_before(rewriting, name, &was);
		if (r == 0)
			set_words(rewriting, name, keys, &was, &none, NULL);
	}
	bt_hash_release(&names);
	return r;
}

static int rewrite_common(struct rewriting *rewriting)
{
	BT_AUTOSTRINGS struct bt_strings was = {0}, is = {0};
	int r = bt_cmdline_common_words(&rewriting->was, &was);

	if (r == 0)
		r = bt_cmdline_common_words(&rewriting->is, &is);
	if (r == 0)
		set_words(rewriting, NULL, common_keys, &was, &is, NULL);
	return r;
}

static int begin(struct rewriting *rewriting, struct bondtool *bt, struct bondtool_config *config,
		 const struct sources *sources)
{
	int r;

	rewriting->silent = bondtool_new();
	rewriting->before.bt = rewriting->silent;
	r = rewriting->silent
		    ? bt_cmdline_understand(&rewriting->before, sources->items, sources->count)
		    : -ENOMEM;
	if (r == 0)
		r = present_servers(&rewriting->before, &rewriting->servers);
	if (r == 0)
		r = bt_cmdline_writing_begin(&rewriting->was, rewriting->silent,
					     rewriting->before.profiles, &rewriting->servers);
	if (r == 0)
		r = bt_cmdline_writing_begin(&rewriting->is, bt, config, &rewriting->servers);
	if (r == 0)
		bt_cmdline_draft_from(&rewriting->draft, rewriting->before.texts,
				      rewriting->before.n_texts);
	return r;
}

static int add_texts(const struct rewriting *rewriting, struct bondtool_files *files)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < rewriting->before.n_texts; i++) {
		const char *name = bt_path_base(rewriting->before.texts[i].source->name);

		r = bt_files_add(files, *name == '<' || *name == '-' ? "cmdline" : name, 0644,
				 bt_cmdline_draft_text(&rewriting->draft, i));
	}
	return r;
}

static int rewrite(struct bondtool *bt, struct bondtool_config *config,
		   const struct sources *sources, struct bondtool_files *files)
{
	BT_CLEANUP(rewriting_release) struct rewriting rewriting = {0};
	int r = begin(&rewriting, bt, config, sources);

	for (size_t i = 0; r == 0 && i < config->count; i++)
		r = rewrite_profile(&rewriting, i);
	if (r == 0)
		r = remove_gone(&rewriting);
	if (r == 0)
		r = rewrite_common(&rewriting);
	return r == 0 ? add_texts(&rewriting, files) : r;
}

int bt_cmdline_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files)
{
	BT_CLEANUP(sources_release) struct sources sources = {0};
	int r = find_sources(config, &sources);

	if (r < 0)
		return r;
	return sources.count ? rewrite(bt, config, &sources, files) : write_new(bt, config, files);
}
