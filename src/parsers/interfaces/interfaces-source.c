/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Following the includes of /etc/network/interfaces. */
#include "parsers/interfaces/interfaces-source.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <string.h>
#include <sys/stat.h>

enum {
	MOST_FILES = 10000, /* that one reading takes in */
	DEEPEST = 32,	    /* includes in includes */
};

void bt_eni_reference_release(struct bt_eni_reference *reference)
{
	free(reference->pattern);
	*reference = (struct bt_eni_reference){0};
}

/* Drops the last part of the path in TEXT, for "..". */
static void drop_part(struct bt_text *text)
{
	while (text->length && text->data[text->length - 1] != '/')
		text->length--;
	if (text->length > 1)
		text->length--;
	if (text->data)
		text->data[text->length] = '\0';
}

/* PATH without "." and with ".." taken literally, so that one file has one name. */
static char *normal_path(const char *path)
{
	BT_AUTOTEXT struct bt_text out = {0};
	unsigned depth = 0; /* parts that ".." can drop */

	bt_text_add(&out, *path == '/' ? "/" : "");
	for (const char *p = path; *p;) {
		size_t length = strcspn(p, "/");
		bool up = length == 2 && strncmp(p, "..", 2) == 0;

		if (up && depth) {
			drop_part(&out);
			depth--;
		} else if (length && !(length == 1 && *p == '.')) {
			if (out.length && out.data[out.length - 1] != '/')
				bt_text_add_char(&out, '/');
			bt_text_add_bytes(&out, p, length);
			depth += !up;
		}
		p += length;
		p += strspn(p, "/");
	}
	return bt_text_take(&out);
}

/*
 * The root of the tree that the file at PATH is a part of: what stands before "/etc/network/". NULL
 * when the path does not show one; *RET_LENGTH may be 0, for the root of this machine.
 */
static const char *root_of(const char *path, size_t *ret_length)
{
	static const char folder[] = "etc/network/";
	const char *found = NULL;

	for (const char *p = path; (p = strstr(p, folder)); p++)
		if (p == path || p[-1] == '/')
			found = p;
	if (!found)
		return NULL;
	*ret_length = (size_t)(found - path);
	return path;
}

/* The pattern that WORD of the text NAME stands for, before it is made normal. */
static char *pattern_of(const char *name, const char *word, bool *ret_elsewhere)
{
	BT_AUTOFREE char *folder = bt_path_folder(name);
	size_t length = 0;
	const char *root = root_of(name, &length);

	*ret_elsewhere = false;
	if (*word != '/')
		return folder ? bt_format("%s/%s", folder, word) : NULL;
	if (!root) {
		*ret_elsewhere = true;
		return strdup(word);
	}
	/* "etc/network/interfaces": the root is where we are. */
	return bt_format("%.*s%s", (int)length, root, length ? word + 1 : *name == '/' ? word
										      : word + 1);
}

int bt_eni_refer(const struct bt_eni_words *words, size_t index,
		 struct bt_eni_reference *ret_reference)
{
	const char *word = bt_eni_word(words, index);
	struct bt_eni_reference reference = {
		.directory = words->line->kind == BT_ENI_SOURCE_DIRECTORY,
		.wild = strpbrk(word, "*?[") != NULL,
		.needs_shell = strpbrk(word, "$`~") != NULL,
	};
	BT_AUTOFREE char *pattern = pattern_of(words->text->source->name, word,
					       &reference.elsewhere);

	reference.pattern = pattern ? normal_path(pattern) : NULL;
	if (!reference.pattern)
		return -ENOMEM;
	*ret_reference = reference;
	return 0;
}

/* The names that source-directory takes: letters, digits, '_' and '-' only. */
static bool directory_takes(const char *name)
{
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && *p != '_' && *p != '-')
			return false;
	return *name;
}

bool bt_eni_refers_to(const struct bt_eni_reference *reference, const char *path)
{
	BT_AUTOFREE char *normal = normal_path(path);
	BT_AUTOFREE char *folder = normal && reference->directory ? bt_path_folder(normal) : NULL;
	const char *subject = folder ? folder : normal;

	if (!subject || (reference->directory && !directory_takes(bt_path_base(path))))
		return false;
	return reference->wild ? fnmatch(reference->pattern, subject,
					 FNM_PATHNAME | FNM_PERIOD) == 0
			       : strcmp(reference->pattern, subject) == 0;
}

/* One gathering. */
struct gathering {
	struct bondtool *bt;
	const struct bt_eni_dialect *dialect;
	struct bt_inputs *inputs;
	unsigned depth;
};

static int gather_file(struct gathering *gathering, const char *path);

/* An included file that cannot be read has been reported, and the others are read all the same. */
static int gather_included(struct gathering *gathering, const char *path)
{
	int r = gather_file(gathering, path);

	return r == -ENOMEM || r == -ELOOP ? r : 0;
}

static int gather_folder(struct gathering *gathering, const char *folder)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(gathering->bt, folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);

		if (!path)
			return -ENOMEM;
		if (directory_takes(names.items[i]))
			r = gather_included(gathering, path);
	}
	return r;
}

/* Takes in what the reference means; what is not there is for the reader to say. */
static int gather_reference(struct gathering *gathering, const struct bt_eni_reference *reference)
{
	glob_t found = {0};
	int r = glob(reference->pattern, 0, NULL, &found) == GLOB_NOSPACE ? -ENOMEM : 0;

	for (size_t i = 0; r == 0 && i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];
		struct stat status;

		if (stat(path, &status) < 0)
			continue;
		if (reference->directory)
			r = S_ISDIR(status.st_mode) ? gather_folder(gathering, path) : 0;
		else if (S_ISREG(status.st_mode))
			r = gather_included(gathering, path);
	}
	globfree(&found);
	return r;
}

static int gather_line(struct gathering *gathering, struct bt_eni_words *words,
		       const struct bt_eni_text *text, const struct bt_eni_line *line)
{
	int r = bt_eni_split(words, text, line);

	for (size_t i = 1; r == 0 && i < words->count; i++) {
		BT_AUTOENIREFERENCE struct bt_eni_reference reference = {0};

		r = bt_eni_refer(words, i, &reference);
		if (r == 0 && !reference.elsewhere && !reference.needs_shell)
			r = gather_reference(gathering, &reference);
	}
	return r;
}

/* Whether a word stands anywhere in the text, which may hold NUL bytes. */
static bool has_word(const struct bt_source *source, const char *word)
{
	const char *end = source->text + source->length;

	for (const char *part = source->text; part < end; part += strlen(part) + 1)
		if (strstr(part, word))
			return true;
	return false;
}

static int gather_includes(struct gathering *gathering, const struct bt_source *source)
{
	BT_AUTOENI struct bt_eni_text text = {0};
	BT_AUTOENIWORDS struct bt_eni_words words = {0};
	struct bondtool *silent; /* the reader says what is wrong with the text */
	int r;

	if (!has_word(source, "source"))
		return 0; /* as most: it need not be taken apart twice */
	silent = bondtool_new();
	r = silent ? bt_eni_parse(silent, source, gathering->dialect, &text) : -ENOMEM;
	bondtool_free(silent);
	for (size_t i = 0; r == 0 && i < text.n_lines; i++)
		if (text.lines[i].kind == BT_ENI_SOURCE ||
		    text.lines[i].kind == BT_ENI_SOURCE_DIRECTORY)
			r = gather_line(gathering, &words, &text, &text.lines[i]);
	return r;
}

static int gather_file(struct gathering *gathering, const char *path)
{
	BT_AUTOFREE char *name = normal_path(path);
	const struct bt_source *source;
	int r;

	if (!name)
		return -ENOMEM;
	if (bt_inputs_find(gathering->inputs, name, NULL))
		return 0;
	if (gathering->inputs->count >= MOST_FILES || gathering->depth >= DEEPEST)
		return bt_error(gathering->bt, -ELOOP, "file/read", NULL,
				"'%s' is not read: too many files include each other", path);
	r = bt_source_read(gathering->bt, name, &source);
	if (r == 0)
		r = bt_inputs_add(gathering->inputs, source, false);
	if (r < 0)
		return r;
	gathering->depth++;
	r = gather_includes(gathering, source);
	gathering->depth--;
	return r;
}

/* All files of the folder; the reader finds out what is in them. */
static int gather_all(struct gathering *gathering, const char *folder)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(gathering->bt, folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);

		r = path ? gather_file(gathering, path) : -ENOMEM;
	}
	return r;
}

int bt_eni_gather(struct bondtool *bt, const char *path, const struct bt_eni_dialect *dialect,
		  struct bt_inputs *inputs)
{
	struct gathering gathering = {bt, dialect, inputs, 0};
	struct stat status;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
		return gather_file(&gathering, path);

	BT_AUTOFREE char *main_file = bt_path_join(path, "interfaces");

	if (!main_file)
		return -ENOMEM;
	if (stat(main_file, &status) == 0 && S_ISREG(status.st_mode))
		return gather_file(&gathering, main_file);
	return gather_all(&gathering, path);
}
