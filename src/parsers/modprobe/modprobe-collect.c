/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The directives of modprobe.d that are about bonding: aliases, options, install commands. */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "parsers/modprobe/modprobe.h"

/* One file on its way. */
struct file {
	struct bt_modprobe_reader *reader;
	struct bt_modprobe modprobe;
	bool dos; /* that was said */
};

static void file_release(struct file *file)
{
	bt_modprobe_release(&file->modprobe);
}

char *bt_modprobe_underscored(const char *name, size_t length)
{
	char *copy = strndup(name, length);

	for (char *p = copy; p && *p; p++)
		if (*p == '-')
			*p = '_';
	return copy;
}

static char *underscored(const struct bt_modprobe_line *line, const struct bt_modprobe_word *word)
{
	return bt_modprobe_underscored(line->text + word->at, word->length);
}

static struct bt_origin place_of(const struct file *file, const struct bt_modprobe_line *line,
				 const struct bt_modprobe_word *word)
{
	return bt_modprobe_place(&file->modprobe, line, word->at, word->length);
}

/* ---- aliases -------------------------------------------------------------------------------- */

static bool is_known(const struct bt_modprobe_reader *reader, const char *target)
{
	for (size_t i = 0; i < reader->n_aliases; i++)
		if (bt_equal(reader->aliases[i].target, target))
			return true;
	return false;
}

static int put_alias(struct bt_modprobe_reader *reader, char *name, char *target,
		     const struct bt_origin *place)
{
	BT_AUTOFREE char *owned_name = name;
	BT_AUTOFREE char *owned_target = target;

	if (!name || !target)
		return -ENOMEM;
	if (is_known(reader, target))
		return 0;
	if (reader->n_aliases == BT_MODPROBE_MOST) {
		bt_diag(reader->bt, BONDTOOL_ERROR, "modprobe/too-many", place, NULL,
			"'%s' is passed over: only the first %d bonds are read", name,
			BT_MODPROBE_MOST);
		return 0;
	}
	if (!BT_MAKE_ROOM(reader->aliases, reader->n_aliases, reader->size_aliases))
		return -ENOMEM;
	reader->aliases[reader->n_aliases++] = (struct bt_modprobe_alias){
		BT_TAKE(owned_name), BT_TAKE(owned_target), *place};
	return 0;
}

/* The word names a bond: itself, or behind "netdev-", which the kernel asks for. */
static int add_alias(struct file *file, const struct bt_modprobe_line *line,
		     const struct bt_modprobe_word *word)
{
	static const char netdev[] = "netdev-", family[] = "rtnl-link-";
	BT_AUTOFREE char *name = strndup(line->text + word->at, word->length);
	struct bt_origin place = place_of(file, line, word);
	const char *bond = name && bt_has_prefix(name, netdev) ? name + strlen(netdev) : name;

	if (!name)
		return -ENOMEM;
	if (bt_has_prefix(name, family)) /* of every bond that netlink makes */
		return 0;
	if (strpbrk(bond, "*?[")) {
		bt_note(file->reader->bt, "modprobe/needs-system", &place,
			"'%s' stands for every name that is asked for", name);
		return 0;
	}
	if (!bt_interface_name_valid(bond)) {
		bt_diag(file->reader->bt, BONDTOOL_WARNING, "modprobe/alias", &place, NULL,
			"'%s' cannot be the name of a bond", name);
		return 0;
	}
	return put_alias(file->reader, strdup(bond),
			 bt_modprobe_underscored(bond, strlen(bond)), &place);
}

static int read_alias(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	struct bt_modprobe_word name, module;

	if (!bt_modprobe_next(line, &at, &name) || !bt_modprobe_next(line, &at, &module) ||
	    !bt_modprobe_is(line, &module, "bonding"))
		return 0;
	return add_alias(file, line, &name);
}

/* ---- parameters ----------------------------------------------------------------------------- */

static struct bt_modprobe_setting *new_setting(struct bt_modprobe_reader *reader)
{
	if (!BT_MAKE_ROOM(reader->settings, reader->n_settings, reader->size_settings))
		return NULL;

	struct bt_modprobe_setting *setting = &reader->settings[reader->n_settings++];

	*setting = (struct bt_modprobe_setting){0};
	return setting;
}

/* "name=value", where quotes may stand around the value or around all of it. */
static int add_setting(struct file *file, const char *target, const struct bt_modprobe_line *line,
		       struct bt_modprobe_word word)
{
	struct bt_modprobe_setting *setting = new_setting(file->reader);
	const char *text = line->text + word.at, *equals;
	size_t end = word.length, from;

	if (!setting)
		return -ENOMEM;
	setting->place = place_of(file, line, &word);
	if (end > 1 && text[0] == '"' && text[end - 1] == '"') {
		word.at++;
		text++;
		end -= 2;
	}
	equals = memchr(text, '=', end);
	from = equals ? (size_t)(equals - text) + 1 : end;
	setting->target = strdup(target);
	setting->name = bt_modprobe_underscored(text, equals ? from - 1 : end);
	setting->name_place =
		bt_modprobe_place(&file->modprobe, line, word.at, equals ? from - 1 : end);
	if (equals && end - from > 1 && text[from] == '"' && text[end - 1] == '"') {
		from++;
		end--;
	}
	setting->value = equals ? strndup(text + from, end - from) : NULL;
	setting->value_place = bt_modprobe_place(&file->modprobe, line, word.at + from, end - from);
	return setting->target && setting->name && (setting->value || !equals) ? 0 : -ENOMEM;
}

/* "-o NAME", which loaded the module a second time under another name, up to Linux 2.6. */
static int skip_rename(struct file *file, const struct bt_modprobe_line *line,
		       const struct bt_modprobe_word *word, size_t *at)
{
	struct bt_origin place = place_of(file, line, word);
	struct bt_modprobe_word name = {word->at + 2, word->length - 2};
	int r = 0;

	if (name.length || bt_modprobe_next(line, at, &name))
		r = add_alias(file, line, &name);
	bt_diag(file->reader->bt, BONDTOOL_ERROR, "modprobe/rename", &place, NULL,
		"modprobe knows no -o any more, and no module can be there twice");
	return r;
}

static int read_parameters(struct file *file, const char *target,
			   const struct bt_modprobe_line *line, size_t at)
{
	struct bt_modprobe_word word;
	int r = 0;

	while (r == 0 && bt_modprobe_next_quoted(line, &at, &word)) {
		if (word.length >= 2 && memcmp(line->text + word.at, "-o", 2) == 0)
			r = skip_rename(file, line, &word, &at);
		else
			r = add_setting(file, target, line, word);
	}
	return r;
}

static int read_options(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	struct bt_modprobe_word word;
	BT_AUTOFREE char *target = NULL;

	if (!bt_modprobe_next(line, &at, &word))
		return 0;
	target = underscored(line, &word);
	return target ? read_parameters(file, target, line, at) : -ENOMEM;
}

/* ---- install commands ----------------------------------------------------------------------- */

/* Whether the rest of the line speaks of bonding, be it within a command of a shell. */
static bool mentions_bonding(const struct bt_modprobe_line *line, size_t at)
{
	return strstr(line->text + at, "bonding") != NULL;
}

static bool is_command(const struct bt_modprobe_line *line, const struct bt_modprobe_word *word,
		       const char *name)
{
	BT_AUTOFREE char *path = strndup(line->text + word->at, word->length);

	return path && bt_equal(bt_path_base(path), name);
}

static int needs_shell(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	struct bt_origin place;

	while (at < line->length && (line->text[at] == ' ' || line->text[at] == '\t'))
		at++;
	place = bt_modprobe_place(&file->modprobe, line, at, line->length - at);
	bt_warning(file->reader->bt, "modprobe/needs-system", &place,
		   "only running the command could tell what it does");
	return 0;
}

/* The options of modprobe before the module; false when there is one that is not known. */
static bool skip_flags(const struct bt_modprobe_line *line, size_t *at)
{
	static const char *const flags[] = {"-i", "--ignore-install", "-q", "--quiet", "-s",
					    "--syslog", "-v", "--verbose", "--first-time"};
	struct bt_modprobe_word word;
	size_t next = *at;

	while (bt_modprobe_next(line, &next, &word) && line->text[word.at] == '-') {
		bool known = false;

		for (size_t i = 0; i < BT_ARRAY_SIZE(flags); i++)
			known = known || bt_modprobe_is(line, &word, flags[i]);
		if (!known)
			return false;
		*at = next;
	}
	return true;
}

/* "modprobe [-i] bonding [-o NAME] [PARAMETER...]" needs no shell to be understood. */
static int read_command(struct file *file, const struct bt_modprobe_line *line,
			const struct bt_modprobe_word *name, size_t at)
{
	static const char passed_on[] = "$CMDLINE_OPTS";
	size_t start = at, end = line->length;
	BT_AUTOFREE char *target = underscored(line, name);
	struct bt_modprobe_word word;

	if (!target)
		return -ENOMEM;
	if (end - start > strlen(passed_on) &&
	    strcmp(line->text + end - strlen(passed_on), passed_on) == 0)
		end -= strlen(passed_on);

	struct bt_modprobe_line command = *line;

	command.length = end;
	for (size_t i = start; i < end; i++)
		if (strchr(";&|$`<>(){}'", line->text[i]))
			return needs_shell(file, line, start);
	if (!bt_modprobe_next(&command, &at, &word) || !is_command(&command, &word, "modprobe") ||
	    !skip_flags(&command, &at) || !bt_modprobe_next(&command, &at, &word) ||
	    !bt_modprobe_is(&command, &word, "bonding"))
		return needs_shell(file, line, start);
	if (strcmp(target, "bonding") != 0) {
		int r = add_alias(file, line, name);

		if (r < 0)
			return r;
	}
	return read_parameters(file, target, &command, at);
}

static int read_install(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	struct bt_modprobe_word name, word;
	struct bt_origin place;
	size_t next;
	bool bonding;

	if (!bt_modprobe_next(line, &at, &name))
		return 0;
	bonding = bt_modprobe_is(line, &name, "bonding");
	if (!bonding && !mentions_bonding(line, at))
		return 0;
	next = at;
	if (bonding && bt_modprobe_next(line, &next, &word) &&
	    (is_command(line, &word, "true") || is_command(line, &word, "false"))) {
		place = place_of(file, line, &word);
		bt_warning(file->reader->bt, "modprobe/blocked", &place,
			   "modprobe does not load the module: it runs '%.*s' instead",
			   (int)word.length, line->text + word.at);
		return 0;
	}
	return read_command(file, line, &name, at);
}

/* ---- other directives ----------------------------------------------------------------------- */

static int read_blacklist(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	struct bt_modprobe_word word;
	struct bt_origin place;

	if (!bt_modprobe_next(line, &at, &word) || !bt_modprobe_is(line, &word, "bonding"))
		return 0;
	place = place_of(file, line, &word);
	bt_note(file->reader->bt, "modprobe/blocked", &place,
		"the module is not loaded for its aliases, only for its own name");
	return 0;
}

static int read_include(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	struct bt_origin place;
	struct bt_modprobe_word word;

	if (!bt_modprobe_next(line, &at, &word))
		return 0;
	place = place_of(file, line, &word);
	bt_diag(file->reader->bt, BONDTOOL_WARNING, "modprobe/include", &place,
		"name the file to bondtool as well, if an old modprobe is meant",
		"modprobe reads no included files any more; '%.*s' is passed over",
		(int)word.length, line->text + word.at);
	return 0;
}

/* Lines that say nothing of bonds. */
static int pass_over(struct file *file, const struct bt_modprobe_line *line, size_t at)
{
	(void)file;
	(void)line;
	(void)at;
	return 0;
}

static const struct directive {
	const char *word;
	int (*read)(struct file *file, const struct bt_modprobe_line *line, size_t at);
} directives[] = {
	{"alias", read_alias},	   {"options", read_options},	  {"install", read_install},
	{"blacklist", read_blacklist}, {"include", read_include}, {"remove", pass_over},
	{"softdep", pass_over},	   {"weakdep", pass_over},	  {"config", pass_over},
};

static void report_directive(struct file *file, const struct bt_modprobe_line *line,
			     const struct bt_modprobe_word *word)
{
	struct bt_origin place = place_of(file, line, word);
	BT_AUTOFREE char *typed = strndup(line->text + word->at, word->length);
	struct bt_nearest nearest = {.word = typed ? typed : ""};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_ARRAY_SIZE(directives); i++)
		bt_nearest_offer(&nearest, directives[i].word);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(file->reader->bt, BONDTOOL_WARNING, "modprobe/line", &place, hint,
		"modprobe passes over the line: it knows no '%s'", typed ? typed : "");
}

static void report_bytes(struct file *file, const struct bt_modprobe_line *line)
{
	struct bt_origin place = bt_modprobe_place(&file->modprobe, line, line->length, 0);

	if (line->nul)
		bt_warning(file->reader->bt, "modprobe/line", &place,
			   "modprobe reads the line only up to its NUL byte");
	if (line->carriage_return && !file->dos)
		bt_diag(file->reader->bt, BONDTOOL_ERROR, "modprobe/crlf", &place,
			"convert the file with dos2unix",
			"the line ends as in DOS: modprobe takes the carriage return for a part of "
			"the last word");
	file->dos = file->dos || line->carriage_return;
}

static int read_line(struct file *file, const struct bt_modprobe_line *line)
{
	struct bt_modprobe_word word;
	size_t at = 0;

	if (line->nul || (line->carriage_return && !bt_modprobe_is_blank(line)))
		report_bytes(file, line);
	if (bt_modprobe_is_blank(line))
		return 0;
	if (!bt_utf8_valid(line->text, line->length, &at)) {
		struct bt_origin place = bt_modprobe_place(&file->modprobe, line, at, 1);

		bt_warning(file->reader->bt, "modprobe/line", &place,
			   "the line is passed over: it is not UTF-8");
		return 0;
	}
	at = 0;
	bt_modprobe_next(line, &at, &word);
	for (size_t i = 0; i < BT_ARRAY_SIZE(directives); i++)
		if (bt_modprobe_is(line, &word, directives[i].word))
			return directives[i].read(file, line, at);
	report_directive(file, line, &word);
	return 0;
}

int bt_modprobe_collect(struct bt_modprobe_reader *reader, const struct bt_source *source)
{
	BT_CLEANUP(file_release) struct file file = {.reader = reader};
	int r = bt_modprobe_parse(source, &file.modprobe);

	for (size_t i = 0; r == 0 && i < file.modprobe.count; i++)
		r = read_line(&file, &file.modprobe.lines[i]);
	return r;
}
