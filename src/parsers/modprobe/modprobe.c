/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of modprobe.conf and modprobe.d: its files, and the bonds that they stand for. */
#include "parsers/modprobe/modprobe.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

/* ---- recognising --------------------------------------------------------------------------- */

/* Whether the line is a directive, and whether it is one about bonding. */
static bool is_directive(const struct bt_modprobe_line *line, bool *ret_bonding)
{
	static const char *const words[] = {"alias", "options", "install", "remove", "blacklist",
					    "softdep", "weakdep"};
	struct bt_modprobe_word first, second, third;
	size_t at = 0;
	bool known = false;

	if (!bt_modprobe_next(line, &at, &first) || !bt_modprobe_next(line, &at, &second))
		return false;
	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		known = known || bt_modprobe_is(line, &first, words[i]);
	*ret_bonding = bt_modprobe_is(line, &second, "bonding") ||
		       (bt_modprobe_next(line, &at, &third) &&
			bt_modprobe_is(line, &third, "bonding"));
	return known;
}

/* Every line must be one of ours: other files begin lines with "options", too. */
static unsigned judge(const struct bt_modprobe *modprobe)
{
	bool any = false, bonding = false;

	for (size_t i = 0; i < modprobe->count; i++) {
		bool of_line = false;

		if (bt_modprobe_is_blank(&modprobe->lines[i]))
			continue;
		if (!is_directive(&modprobe->lines[i], &of_line))
			return 0;
		any = true;
		bonding = bonding || of_line;
	}
	return bonding ? 80 : any ? 10 : 0;
}

static bool may_be_ours(const struct bt_source *source)
{
	static const char *const words[] = {"alias", "options", "install", "blacklist", "softdep"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		if (memmem(source->text, source->length, words[i], strlen(words[i])))
			return true;
	return false;
}

static bool is_in_modprobe_d(const char *path)
{
	BT_AUTOFREE char *folder = bt_path_folder(path);

	return folder && bt_has_suffix(folder, "modprobe.d");
}

static unsigned recognise(const struct bt_source *source)
{
	BT_AUTOMODPROBE struct bt_modprobe modprobe = {0};
	bool named = bt_equal(bt_path_base(source->name), "modprobe.conf") ||
		     is_in_modprobe_d(source->name);

	if (!may_be_ours(source) || bt_modprobe_parse(source, &modprobe) < 0)
		return 0;
	return named ? 85 : judge(&modprobe);
}

/* ---- the files ----------------------------------------------------------------------------- */

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	const struct bt_source *source;
	struct stat status;
	int r;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode)) {
		r = bt_source_read(bt, path, &source);
		return r == 0 ? bt_inputs_add(inputs, source, false) : r;
	}
	bt_inputs_enter(inputs, path);
	r = bt_folder_files(bt, path, &names);
	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *file = bt_path_join(path, names.items[i]);

		if (!file)
			return -ENOMEM;
		if (!bt_has_suffix(file, ".conf") && !bt_has_suffix(file, ".alias"))
			continue;
		r = bt_source_read(bt, file, &source);
		if (r == 0)
			r = bt_inputs_add(inputs, source, false);
	}
	return r;
}

/* The rank of the folder among those in which kmod looks: the first has a file of each name. */
static unsigned rank(const char *path)
{
	static const char *const folders[] = {"etc/modprobe.d", "run/modprobe.d",
					      "usr/local/lib/modprobe.d", "usr/lib/modprobe.d",
					      "lib/modprobe.d"};
	BT_AUTOFREE char *folder = bt_path_folder(path);
	unsigned at = 0;

	while (folder && at < BT_ARRAY_SIZE(folders) && !bt_has_suffix(folder, folders[at]))
		at++;
	return at;
}

static int by_name(const void *a, const void *b)
{
	const struct bt_source *left = *(const struct bt_source *const *)a;
	const struct bt_source *right = *(const struct bt_source *const *)b;
	int order = strcmp(bt_path_base(left->name), bt_path_base(right->name));

	return order ? order : (int)rank(left->name) - (int)rank(right->name);
}

static bool is_same_name(const struct bt_source *a, const struct bt_source *b)
{
	return strcmp(bt_path_base(a->name), bt_path_base(b->name)) == 0 &&
	       is_in_modprobe_d(a->name) && is_in_modprobe_d(b->name);
}

static int collect(struct bt_modprobe_reader *reader, const struct bt_inputs *inputs)
{
	BT_AUTOFREE const struct bt_source **sources = calloc(inputs->count + 1, sizeof(*sources));
	int r = sources ? 0 : -ENOMEM;

	for (size_t i = 0; sources && i < inputs->count; i++)
		sources[i] = inputs->items[i].source;
	if (sources)
		qsort(sources, inputs->count, sizeof(*sources), by_name);
	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		struct bt_origin place = {.source = sources[i], .line = 1, .column = 1};

		if (i && is_same_name(sources[i - 1], sources[i])) {
			bt_note(reader->bt, "modprobe/shadowed", &place,
				"modprobe does not read the file: '%s' has the same name",
				sources[i - 1]->name);
			sources[i] = sources[i - 1];
			continue;
		}
		r = bt_modprobe_collect(reader, sources[i]);
	}
	return r;
}

/* ---- the bonds ----------------------------------------------------------------------------- */

/* How many bonds the module makes at load, and the last parameter that says so; NULL: none does. */
static int64_t max_bonds(const struct bt_modprobe_reader *reader,
			 const struct bt_modprobe_setting **ret_setting)
{
	int64_t number = 1;

	*ret_setting = NULL;
	for (size_t i = 0; i < reader->n_settings; i++) {
		const struct bt_modprobe_setting *setting = &reader->settings[i];

		if (!bt_equal(setting->name, "max_bonds") ||
		    !bt_equal(setting->target, "bonding"))
			continue;
		*ret_setting = setting;
		if (!setting->value || !bt_modprobe_number(setting->value, &number)) {
			bt_diag(reader->bt, BONDTOOL_ERROR, "modprobe/value", &setting->place, NULL,
				"the module is not loaded: 'max_bonds' wants a number up to "
				"2147483647");
			number = 1;
		} else if (number < 0) {
			bt_warning(reader->bt, "modprobe/reset", &setting->value_place,
				   "max_bonds: %" PRId64 " is out of range; the module takes 1 "
				   "instead",
				   number);
			number = 1;
		}
	}
	return number;
}

/* The parameter that stands for the module's own bonds, when no alias names one. */
static const struct bt_modprobe_setting *first_setting(const struct bt_modprobe_reader *reader)
{
	for (size_t i = 0; i < reader->n_settings; i++)
		if (bt_equal(reader->settings[i].target, "bonding"))
			return &reader->settings[i];
	return NULL;
}

static bool has_alias(const struct bt_modprobe_reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->n_aliases; i++)
		if (bt_equal(reader->aliases[i].name, name))
			return true;
	return false;
}

static bool has_own_settings(const struct bt_modprobe_reader *reader, const char *target)
{
	for (size_t i = 0; target && i < reader->n_settings; i++)
		if (bt_equal(reader->settings[i].target, target))
			return true;
	return false;
}

/* One run over the bonds. */
struct making {
	struct bt_modprobe_reader *reader;
	struct bondtool_config *config;
	struct bondtool_profile *common; /* what bonds without parameters of their own are like */
};

static struct bondtool_profile *new_profile(struct making *making, const char *target,
					    const struct bt_origin *place)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = NULL;
	bool own = has_own_settings(making->reader, target);
	int r = 0;

	if (!own && making->common)
		return bt_profile_copy(making->common);
	profile = bt_profile_new();
	if (!profile)
		return NULL;
	profile->origin = *place;
	r = bt_modprobe_apply(making->reader, own ? target : NULL, profile);
	if (r == 0 && !own)
		making->common = bt_profile_copy(profile);
	return r < 0 || (!own && !making->common) ? NULL : BT_TAKE(profile);
}

static int add_bond(struct making *making, const char *name, const char *target,
		    const struct bt_origin *place)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = new_profile(making, target, place);
	struct bondtool *bt = making->reader->bt;
	int r = profile ? 0 : -ENOMEM;

	if (r == 0) {
		profile->origin = *place;
		r = bt_profile_set(bt, profile, BT_PROP_ID, name, place);
	}
	if (r == 0)
		r = bt_profile_set(bt, profile, BT_PROP_TYPE, "bond", place);
	if (r == 0)
		r = bt_profile_set(bt, profile, BT_PROP_INTERFACE_NAME, name, place);
	return r == 0 ? bt_config_add(making->config, BT_TAKE(profile)) : r;
}

/* The number of a bond that the module makes by itself, bond0 and so on; false for other names. */
static bool is_numbered(const char *name, uint64_t *ret_number)
{
	static const char stem[] = "bond";
	BT_AUTOFREE char *again = NULL;

	if (!bt_has_prefix(name, stem) || bt_parse_uint(name + strlen(stem), ret_number) < 0)
		return false;
	again = bt_format("bond%" PRIu64, *ret_number);
	return bt_equal(again, name);
}

static int add_aliases(struct making *making, int64_t most)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < making->reader->n_aliases; i++) {
		const struct bt_modprobe_alias *alias = &making->reader->aliases[i];
		uint64_t number;

		if (!is_numbered(alias->name, &number) || number >= (uint64_t)most)
			bt_note(making->reader->bt, "modprobe/alias", &alias->place,
				"the module makes no '%s' when it is loaded; whoever asks for it "
				"has to",
				alias->name);
		r = add_bond(making, alias->name, alias->target, &alias->place);
	}
	return r;
}

/* bond0 and so on, which the module makes when it is loaded. */
static int add_numbered(struct making *making, int64_t most, const struct bt_origin *place)
{
	int r = 0;

	if (most == 0)
		bt_note(making->reader->bt, "modprobe/no-bonds", place,
			"the module makes no bonds by itself; these parameters are what those of "
			"other tools begin with");
	if (most > BT_MODPROBE_MOST) {
		bt_diag(making->reader->bt, BONDTOOL_ERROR, "modprobe/too-many", place, NULL,
			"max_bonds=%" PRId64 ": only the first %d bonds are read", most,
			BT_MODPROBE_MOST);
		most = BT_MODPROBE_MOST;
	}
	for (int64_t i = 0; r == 0 && i < most; i++) {
		BT_AUTOFREE char *name = bt_format("bond%" PRId64, i);

		if (!name)
			return -ENOMEM;
		if (!has_alias(making->reader, name))
			r = add_bond(making, name, NULL, place);
	}
	return r;
}

/* Parameters for a name that nothing makes an alias of the module are never used. */
static void report_unused(const struct bt_modprobe_reader *reader)
{
	for (size_t i = 0; i < reader->n_settings; i++) {
		const struct bt_modprobe_setting *setting = &reader->settings[i];
		uint64_t unused;

		if (setting->judged || !is_numbered(setting->target, &unused))
			continue;
		bt_warning(reader->bt, "modprobe/unused", &setting->place,
			   "nothing makes '%s' an alias of the module, so that '%s' is not used",
			   setting->target, setting->name);
	}
}

/*
 * The module is loaded once, for the name that is asked for first, and its parameters are those of
 * every bond.
 */
static void report_differing(const struct bt_modprobe_reader *reader)
{
	const struct bt_modprobe_alias *first = NULL;

	for (size_t i = 0; i < reader->n_aliases; i++) {
		const struct bt_modprobe_alias *alias = &reader->aliases[i];

		if (!has_own_settings(reader, alias->target))
			continue;
		if (first)
			bt_warning(reader->bt, "modprobe/one-set", &alias->place,
				   "the module has one set of parameters: those of '%s' or of "
				   "'%s', whichever is asked for first, count for all bonds",
				   first->name, alias->name);
		first = first ? first : alias;
	}
}

static int make_bonds(struct making *making)
{
	const struct bt_modprobe_setting *setting;
	const struct bt_modprobe_setting *first = first_setting(making->reader);
	int64_t most = max_bonds(making->reader, &setting);
	int r = add_aliases(making, most);

	report_differing(making->reader);
	if (r == 0 && (setting || (first && !making->reader->n_aliases)))
		r = add_numbered(making, most, setting ? &setting->place : &first->place);
	if (r == 0)
		report_unused(making->reader);
	return r;
}

static void reader_release(struct bt_modprobe_reader *reader)
{
	for (size_t i = 0; i < reader->n_settings; i++) {
		free(reader->settings[i].target);
		free(reader->settings[i].name);
		free(reader->settings[i].value);
	}
	for (size_t i = 0; i < reader->n_aliases; i++) {
		free(reader->aliases[i].name);
		free(reader->aliases[i].target);
	}
	free(reader->settings);
	free(reader->aliases);
	bondtool_free(reader->silent);
}

int bt_modprobe_read(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config)
{
	BT_CLEANUP(reader_release) struct bt_modprobe_reader reader = {
		.bt = bt, .silent = bondtool_new()};
	struct making making = {.reader = &reader, .config = config};
	int r = reader.silent ? collect(&reader, inputs) : -ENOMEM;

	if (r == 0)
		r = make_bonds(&making);
	bt_profile_free(making.common);
	return r;
}

const struct bt_format bt_format_modprobe = {
	.id = BT_FORMAT_MODPROBE,
	.text = "modprobe.conf and modprobe.d: aliases and parameters of the bonding module",
	.recognise = recognise,
	.gather = gather,
	.read = bt_modprobe_read,
};
