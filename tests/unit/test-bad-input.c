/* SPDX-License-Identifier: GPL-2.0-or-later
 * What nobody should write, to every format that can be read: a sound text of its fixtures is
 * spoilt in many ways, each of which is tried in a process with little time and memory. Nothing may
 * crash, what is said must be JSON, and where a text cannot be meant so, a finding names a place.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "parsers/format.h"

enum {
	SECONDS = 20,	    /* of the processor, for one way to spoil a text */
	MEMORY = 256 << 20, /* bytes of address space */
	LONG = 1 << 20,	    /* bytes of a long line, and of deep nesting */
	JUNK = 64 << 10,
	PLACES = 8, /* at which a text is spoilt */
};

/* What reading yields: the model, the findings, and whether one of those has a place. */
struct outcome {
	char *model, *findings;
	bool placed;
};

static void outcome_release(struct outcome *outcome)
{
	free(outcome->model);
	free(outcome->findings);
}

#define AUTOOUTCOME BT_CLEANUP(outcome_release)

static bool is_placed(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		if (bondtool_diags_at(bt, i)->line > 0)
			return true;
	return false;
}

/* Reads the text; each finding is shown, too, for that goes back to the text. */
static struct outcome read_text(const struct bt_format *format, const char *name, const char *text,
				size_t size)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = bondtool_config_new();
	BT_AUTOINPUTS struct bt_inputs inputs = {0};
	const struct bt_source *source = bt_source_add(bt, name, text, size);
	struct outcome outcome;

	bt_format_recognise(source);
	bt_inputs_add(&inputs, source, false);
	bt_format_read(bt, format, &inputs, config);
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		free(bondtool_diag_text(bt, bondtool_diags_at(bt, i)));
	outcome = (struct outcome){
		.model = bondtool_config_json(config),
		.findings = bondtool_diags_json(bt),
		.placed = is_placed(bt),
	};
	bondtool_config_free(config);
	bondtool_free(bt);
	return outcome;
}

/* ---- judging ------------------------------------------------------------------------------- */

static bool fault(const char *what, size_t place)
{
	printf("# %s (%zu)\n", what, place);
	return false;
}

static bool is_json(const char *text)
{
	json_t *json = text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
	bool is = json != NULL;

	json_decref(json);
	return is;
}

static bool is_shown(const struct outcome *outcome, size_t place)
{
	return (is_json(outcome->findings) && is_json(outcome->model)) ||
	       fault("the JSON is none", place);
}

/* The text cannot be meant so: a finding has to say where it is wrong. */
static bool must_be_found(const struct bt_format *format, const char *name, const char *text,
			  size_t size, size_t place)
{
	AUTOOUTCOME struct outcome outcome = read_text(format, name, text, size);

	return is_shown(&outcome, place) &&
	       (outcome.placed || fault("no finding has a place", place));
}

/* ---- sound texts --------------------------------------------------------------------------- */

/* A text to spoil, and what it means. */
struct sound {
	char *name, *text;
	size_t size;
	char *model;
};

static void sound_release(struct sound *sound)
{
	free(sound->name);
	free(sound->text);
	free(sound->model);
}

/* Takes the file for the sound text if it holds a profile, and nothing is wrong with it. */
static bool take_file(const struct bt_format *format, char *path, struct sound *ret_sound)
{
	struct bondtool *bt = bondtool_new();
	const struct bt_source *source;
	bool good = bt_source_read(bt, path, &source) == 0 &&
		    !memchr(source->text, '\r', source->length);

	if (good) {
		AUTOOUTCOME struct outcome outcome =
			read_text(format, path, source->text, source->length);

		good = outcome.model && !outcome.placed && strstr(outcome.model, "interface-name");
		if (good)
			*ret_sound = (struct sound){strdup(path),
						    strndup(source->text, source->length),
						    source->length, BT_TAKE(outcome.model)};
	}
	bondtool_free(bt);
	return good;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Looks for a sound text in PATH and, LEVELS deep, below it. */
static bool find_sound(const struct bt_format *format, char *path, unsigned levels,
		       struct sound *ret_sound)
{
	struct dirent **entries;
	int count = scandir(path, &entries, visible, by_name);
	bool found = false;

	if (count < 0)
		return take_file(format, path, ret_sound);
	for (int i = 0; i < count; i++) {
		BT_AUTOFREE char *below = bt_path_join(path, entries[i]->d_name);

		if (!found && levels > 0)
			found = find_sound(format, below, levels - 1, ret_sound);
		free(entries[i]);
	}
	free(entries);
	return found;
}

/* ---- ways to spoil it ------------------------------------------------------------------------ */

/* The text with PIECE put in at several places, one at a time. */
static bool try_inserted(const struct bt_format *format, const struct sound *sound,
			 const char *piece, size_t length)
{
	BT_AUTOFREE char *text = malloc(sound->size + length);
	bool ok = true;

	for (size_t place = 0; text && place < PLACES; place++) {
		size_t at = sound->size * place / PLACES;

		memcpy(text, sound->text, at);
		memcpy(text + at, piece, length);
		memcpy(text + at + length, sound->text + at, sound->size - at);
		ok &= must_be_found(format, sound->name, text, sound->size + length, place);
	}
	return text && ok;
}

static bool try_nul(const struct bt_format *format, const struct sound *sound)
{
	return try_inserted(format, sound, "\0", 1);
}

static bool try_invalid_utf8(const struct bt_format *format, const struct sound *sound)
{
	return try_inserted(format, sound, "\xc3\x28\xff\xfe", 4) &&
	       try_inserted(format, sound, "\xed\xa0\x80", 3);
}

/* Bytes of every kind, the same each time. */
static bool try_junk(const struct bt_format *format, const struct sound *sound)
{
	BT_AUTOFREE char *junk = malloc(JUNK);
	uint32_t state = 2463534242u;

	for (size_t i = 0; junk && i < JUNK; i++) {
		state = state * 1664525u + 1013904223u;
		junk[i] = (char)(state >> 24);
	}
	return junk && must_be_found(format, sound->name, junk, JUNK, 0);
}

/* Nothing but PIECE, LONG bytes of it. */
static bool try_repeated(const struct bt_format *format, const struct sound *sound,
			 const char *piece)
{
	size_t length = strlen(piece);
	BT_AUTOFREE char *text = malloc(LONG);

	for (size_t i = 0; text && i < LONG; i++)
		text[i] = piece[i % length];
	return text && must_be_found(format, sound->name, text, LONG, length);
}

/* A long word behind the text, which may be meant so. */
static bool try_long_end(const struct bt_format *format, const struct sound *sound)
{
	BT_AUTOFREE char *text = malloc(sound->size + LONG);

	if (!text)
		return false;
	memcpy(text, sound->text, sound->size);
	memset(text + sound->size, 'x', LONG);

	AUTOOUTCOME struct outcome outcome =
		read_text(format, sound->name, text, sound->size + LONG);

	return is_shown(&outcome, sound->size);
}

static bool try_long_line(const struct bt_format *format, const struct sound *sound)
{
	return try_long_end(format, sound) && try_repeated(format, sound, "x") &&
	       try_repeated(format, sound, "=") && try_repeated(format, sound, "\xc3\xa9");
}

static bool try_nesting(const struct bt_format *format, const struct sound *sound)
{
	static const char *const openings[] = {"[",	   "{",	 "{\"a\":", "- ",
					       "[x]\n[", "? ", "\"'",	     "\\\n"};
	bool ok = true;

	for (size_t i = 0; i < BT_ARRAY_SIZE(openings); i++)
		ok &= try_repeated(format, sound, openings[i]);
	return ok;
}

/* Each line holds the one before it eight times: 8^20 words. */
static bool try_alias_bomb(const struct bt_format *format, const struct sound *sound)
{
	BT_AUTOTEXT struct bt_text text = {0};

	bt_text_add(&text, "a0: &a0 [x, x]\n");
	for (unsigned i = 1; i <= 20; i++) {
		bt_text_addf(&text, "a%u: &a%u [", i, i);
		for (unsigned j = 0; j < 8; j++)
			bt_text_addf(&text, "%s*a%u", j ? ", " : "", i - 1);
		bt_text_add(&text, "]\n");
	}
	return must_be_found(format, sound->name, text.data, text.length, 0) &&
	       must_be_found(format, sound->name, "a: &a [*a]\n", 11, 1);
}

/* Without its last newline the text means the same. */
static bool try_no_newline(const struct bt_format *format, const struct sound *sound)
{
	size_t size = sound->size;

	while (size > 0 && sound->text[size - 1] == '\n')
		size--;

	AUTOOUTCOME struct outcome outcome = read_text(format, sound->name, sound->text, size);

	return bt_equal(outcome.model, sound->model) || fault("another meaning", size);
}

/* With CRLF, too, or there is a finding. */
static bool try_crlf(const struct bt_format *format, const struct sound *sound)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (const char *c = sound->text; *c; c++)
		bt_text_addf(&text, *c == '\n' ? "\r%c" : "%c", *c);

	AUTOOUTCOME struct outcome outcome =
		read_text(format, sound->name, text.data, text.length);

	return outcome.placed || bt_equal(outcome.model, sound->model) ||
	       fault("another meaning, and no finding has a place", 0);
}

/* ---- includes -------------------------------------------------------------------------------- */

/* Lines that include another file, for the formats that have such. */
static const struct {
	enum bt_format_id format;
	const char *line;
} includes[] = {
	{BT_FORMAT_INTERFACES, "source %s\n"},
	{BT_FORMAT_IFUPDOWN2, "source %s\n"},
	{BT_FORMAT_IFUPDOWN_NG, "source %s\n"},
};

static void spill(const char *name, const char *line, const char *other)
{
	FILE *file = fopen(name, "we");

	if (!file || fprintf(file, line, other) < 0 || fclose(file) != 0)
		exit(EXIT_FAILURE);
}

/* Reads a file with what it includes: where that leads back to it must be found. */
static bool try_file(const struct bt_format *format, const char *path)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	int r = bondtool_read(bt, bt_format_name(format->id), &path, 1, &config);
	bool ok = r == 0 && is_placed(bt);

	bondtool_config_free(config);
	bondtool_free(bt);
	return ok || fault(path, 0);
}

/* Two files that include each other, and one that includes itself. */
static bool try_circles(const struct bt_format *format, const char *line)
{
	char folder[] = "/tmp/bad-input-XXXXXX";
	bool ok;

	if (!mkdtemp(folder) || chdir(folder) < 0)
		return fault("no folder", 0);
	spill("interfaces", line, "other");
	spill("other", line, "interfaces");
	spill("selfish", line, "selfish");
	ok = try_file(format, "interfaces") && try_file(format, "selfish");
	unlink("interfaces");
	unlink("other");
	unlink("selfish");
	return rmdir(folder) == 0 && ok;
}

static bool try_include_loop(const struct bt_format *format, const struct sound *sound)
{
	(void)sound;
	for (size_t i = 0; i < BT_ARRAY_SIZE(includes); i++)
		if (includes[i].format == format->id)
			return try_circles(format, includes[i].line);
	return true;
}

/* ---- all formats, all ways ------------------------------------------------------------------- */

static const struct {
	const char *name;
	bool (*try)(const struct bt_format *format, const struct sound *sound);
} ways[] = {
	{"binary junk", try_junk},
	{"a line of 1 MB", try_long_line},
	{"NUL", try_nul},
	{"CRLF", try_crlf},
	{"no last newline", try_no_newline},
	{"invalid UTF-8", try_invalid_utf8},
	{"deep nesting", try_nesting},
	{"an alias bomb", try_alias_bomb},
	{"an include loop", try_include_loop},
};

static bool limit(int resource, rlim_t most)
{
	const struct rlimit limits = {most, most};

	return setrlimit(resource, &limits) == 0;
}

static bool limit_all(void)
{
#ifndef __SANITIZE_ADDRESS__ /* its shadow takes terabytes of addresses */
	if (!limit(RLIMIT_AS, MEMORY))
		return false;
#endif
	return limit(RLIMIT_CPU, SECONDS) && limit(RLIMIT_CORE, 0);
}

/* Tries in a process of its own, so that a crash or a loop is this way's only. */
static bool try_way(const struct bt_format *format, const struct sound *sound, size_t way)
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		bool ok = limit_all() && ways[way].try(format, sound);

		fflush(stdout);
		_exit(ok ? EXIT_SUCCESS : EXIT_FAILURE);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return false;
	if (WIFSIGNALED(status))
		printf("# %s\n", strsignal(WTERMSIG(status)));
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

static int try_format(const struct bt_format *format, int *number)
{
	const char *name = bt_format_name(format->id);
	BT_AUTOFREE char *fixtures = bt_format("%s/tests/fixtures/%s", getenv("SRCDIR"), name);
	BT_CLEANUP(sound_release) struct sound sound = {0};
	int failures = 0;

	if (!find_sound(format, fixtures, 8, &sound)) {
		printf("not ok %d - no fixture of %s is without findings\n", ++*number, name);
		return 1;
	}
	for (size_t way = 0; way < BT_ARRAY_SIZE(ways); way++) {
		bool ok = try_way(format, &sound, way);

		failures += !ok;
		printf("%s %d - %s: %s\n", ok ? "ok" : "not ok", ++*number, name, ways[way].name);
	}
	return failures;
}

int main(void)
{
	int number = 0, failures = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct bt_format *const *format = bt_formats; *format; format++)
		if ((*format)->read)
			failures += try_format(*format, &number);
	printf("1..%d\n", number);
	return failures || !number;
}
