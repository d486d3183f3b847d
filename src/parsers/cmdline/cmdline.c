/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of kernel command lines: which texts are some, and which belong together. */
#include "parsers/cmdline/cmdline.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* ---- recognising --------------------------------------------------------------------------- */

/* Words that only command lines have, and how much they weigh. */
static const struct {
	const char *key;
	unsigned weight;
} signs[] = {
	{"bond=", 40},	     {"vlan=", 30},    {"ip=", 25},	    {"rd.", 30},
	{"nameserver=", 20}, {"bootdev=", 30}, {"BOOT_IMAGE=", 30}, {"root=", 20},
	{"ifname=", 20},     {"initrd=", 20},  {"console=", 20},
};

static unsigned weight_of(const char *word, size_t length)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(signs); i++)
		if (length >= strlen(signs[i].key) &&
		    memcmp(word, signs[i].key, strlen(signs[i].key)) == 0)
			return signs[i].weight;
	return 0;
}

/* "cmdline", or a file of a folder cmdline.d. */
static bool is_named(const char *path)
{
	BT_AUTOFREE char *folder = bt_path_folder(path);

	return bt_equal(bt_path_base(path), "cmdline") ||
	       (folder && bt_equal(bt_path_base(folder), "cmdline.d") &&
		bt_has_suffix(path, ".conf"));
}

/* The sum of what the first words weigh; 0 when the text begins as others do. */
static unsigned weigh(const struct bt_source *source)
{
	enum { LOOK_AT = 64 << 10 };
	size_t limit = source->length < LOOK_AT ? source->length : LOOK_AT;
	unsigned sum = 0;

	for (size_t at = 0; at < limit && sum < 100;) {
		size_t length = strcspn(source->text + at, " \t\n");

		if (!length) {
			if (!source->text[at])
				break;
			at++;
			continue;
		}
		sum += weight_of(source->text + at, length);
		at += length;
	}
	return sum;
}

static unsigned recognise(const struct bt_source *source)
{
	bool named = is_named(source->name);
	unsigned weight = weigh(source);

	if (named)
		return weight ? 95 : 50;
	return weight < 60 ? weight : 60;
}

/* ---- the files ----------------------------------------------------------------------------- */

static int add_file(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	const struct bt_source *source;
	int r = bt_source_read(bt, path, &source);

	return r < 0 ? r : bt_inputs_add(inputs, source, false);
}

/* The files of a folder cmdline.d, as dracut reads them: *.conf, sorted by name. */
static int add_pieces(struct bondtool *bt, const char *folder, struct bt_inputs *inputs)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(bt, folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);

		if (!path)
			return -ENOMEM;
		if (bt_has_suffix(path, ".conf"))
			r = add_file(bt, path, inputs);
	}
	return r;
}

/* A folder such as /etc: cmdline.d comes before cmdline. */
static int add_folder(struct bondtool *bt, const char *folder, struct bt_inputs *inputs)
{
	BT_AUTOFREE char *pieces = bt_path_join(folder, "cmdline.d");
	BT_AUTOFREE char *whole = bt_path_join(folder, "cmdline");
	struct stat status;
	int r = pieces && whole ? 0 : -ENOMEM;

	if (r == 0 && stat(pieces, &status) == 0 && S_ISDIR(status.st_mode))
		r = add_pieces(bt, pieces, inputs);
	else if (r == 0)
		r = add_pieces(bt, folder, inputs);
	if (r == 0 && stat(whole, &status) == 0 && S_ISREG(status.st_mode))
		r = add_file(bt, whole, inputs);
	return r;
}

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	struct stat status;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
		return add_file(bt, path, inputs);
	bt_inputs_enter(inputs, path);
	return add_folder(bt, path, inputs);
}

/* ---- profiles ------------------------------------------------------------------------------ */

static int read_inputs(struct bondtool *bt, const struct bt_inputs *inputs,
		       struct bondtool_config *config)
{
	BT_AUTOREADING struct bt_cmdline_reading reading = {.bt = bt};
	BT_AUTOFREE const struct bt_source **sources = calloc(inputs->count + 1, sizeof(*sources));
	int r;

	if (!sources)
		return -ENOMEM;
	for (size_t i = 0; i < inputs->count; i++)
		sources[i] = inputs->items[i].source;
	r = bt_cmdline_understand(&reading, sources, inputs->count);
	for (size_t i = 0; r == 0 && i < reading.profiles->count; i++)
		r = bt_config_add(config, BT_TAKE(reading.profiles->profiles[i]));
	return r;
}

/* The driver is loaded with miimon=100, and NetworkManager has it so, too. */
static bool implies_miimon(const struct bondtool_profile *profile)
{
	(void)profile;
	return true;
}

const struct bt_format bt_format_cmdline = {
	.id = BT_FORMAT_CMDLINE,
	.text = "the kernel's command line: bond=, vlan= and ip= of dracut, /etc/cmdline.d/*.conf",
	.recognise = recognise,
	.gather = gather,
	.read = read_inputs,
	.implies_miimon = implies_miimon,
	.write = bt_cmdline_write,
};
