/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of formats, and the way of any text through it: recognise, gather, read; and write. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "parsers/cloud-init/cloud-init.h"
#include "parsers/cmdline/cmdline.h"
#include "parsers/format.h"
#include "parsers/implied.h"
#include "parsers/ifcfg-suse/ifcfg-suse.h"
#include "parsers/ifcfg/ifcfg.h"
#include "parsers/interfaces/interfaces.h"
#include "parsers/keyfile/keyfile.h"
#include "parsers/modprobe/modprobe.h"
#include "parsers/native/native.h"
#include "parsers/netplan/netplan.h"
#include "parsers/networkd/networkd.h"
#include "parsers/nmstate/nmstate.h"
#include "parsers/script/script.h"
#include "parsers/team/team.h"
#include "parsers/unreadable.h"

const struct bt_format *const bt_formats[] = {
	&bt_format_ifcfg,
	&bt_format_ifcfg_suse,
	&bt_format_interfaces,
	&bt_format_ifupdown2,
	&bt_format_ifupdown_ng,
	&bt_format_keyfile,
	&bt_format_networkd,
	&bt_format_nmstate,
	&bt_format_cloud_init,
	&bt_format_cmdline,
	&bt_format_netplan,
	&bt_format_modprobe,
	&bt_format_team,
	&bt_format_yaml,
	&bt_format_json,
	&bt_format_iproute2,
	&bt_format_sysfs,
	NULL,
};

const struct bt_format *bt_format_find(const char *name)
{
	for (const struct bt_format *const *format = bt_formats; *format; format++)
		if (strcmp(bt_format_name((*format)->id), name) == 0)
			return *format;
	return NULL;
}

const struct bt_format *bt_format_recognise(const struct bt_source *source)
{
	const struct bt_format *best = NULL;
	unsigned surest = 0;

	for (const struct bt_format *const *format = bt_formats; *format; format++) {
		unsigned sure = (*format)->recognise ? (*format)->recognise(source) : 0;

		if (sure > surest) {
			surest = sure;
			best = *format;
		}
	}
	return best;
}

bool bondtool_format_info(size_t index, struct bondtool_format_info *ret_info)
{
	for (size_t i = 0; i < index; i++)
		if (!bt_formats[i])
			return false;
	if (!bt_formats[index])
		return false;
	*ret_info = (struct bondtool_format_info){
		.name = bt_format_name(bt_formats[index]->id),
		.text = bt_formats[index]->text,
		.reads = bt_formats[index]->read != NULL,
		.writes = bt_formats[index]->write != NULL,
	};
	return true;
}

/* The format of that name if it can be read (or written); else a diagnostic that names those. */
static int find_format(struct bondtool *bt, const char *name, bool writing,
		       const struct bt_format **ret_format)
{
	const struct bt_format *format = bt_format_find(name);
	struct bt_nearest nearest = {.word = name};
	BT_AUTOTEXT struct bt_text names = {0};
	BT_AUTOFREE char *hint = NULL;

	if (format && (writing ? format->write != NULL : format->read != NULL)) {
		*ret_format = format;
		return 0;
	}
	for (const struct bt_format *const *f = bt_formats; *f; f++) {
		if (writing ? !(*f)->write : !(*f)->read)
			continue;
		bt_text_addf(&names, "%s%s", names.length ? ", " : "",
			     bt_format_name((*f)->id));
		bt_nearest_offer(&nearest, bt_format_name((*f)->id));
	}
	if (nearest.best && !format)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(bt, BONDTOOL_ERROR, "format/unknown", NULL, hint,
		format ? "format '%s' cannot be %s; those that can: %s"
		       : "there is no format '%s' that can be %s; there are: %s",
		name, writing ? "written" : "read", names.data ? names.data : "");
	return -EINVAL;
}

int bondtool_format_writes(struct bondtool *bt, const char *format)
{
	const struct bt_format *writer;

	return find_format(bt, format, true, &writer);
}

/* One reading: the texts found so far, for each format in the order of the table. */
struct reading {
	struct bondtool *bt;
	const struct bt_format *format; /* the one that was asked for; NULL: recognise */
	struct bt_inputs inputs[BT_ARRAY_SIZE(bt_formats)];
};

static void reading_release(struct reading *reading)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(reading->inputs); i++)
		bt_inputs_release(&reading->inputs[i]);
}

static struct bt_inputs *inputs_of(struct reading *reading, const struct bt_format *format)
{
	size_t index = 0;

	while (bt_formats[index] != format)
		index++;
	return &reading->inputs[index];
}

static bool is_known(const struct reading *reading, const char *path)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(reading->inputs); i++)
		if (bt_inputs_find(&reading->inputs[i], path, NULL))
			return true;
	return false;
}

/* Adds one file. PIPED: it can be read only once, and nothing lies beside it. */
static int add_file(struct reading *reading, const char *path, bool piped)
{
	const struct bt_format *format = reading->format;
	const struct bt_source *source = NULL;
	int r;

	if (!format || !format->gather || piped) {
		r = bt_source_read(reading->bt, path, &source);
		if (r < 0)
			return r;
	}
	if (!format)
		format = bt_format_recognise(source);
	if (!format) {
		bt_report_unrecognised(reading->bt, source);
		return -EINVAL;
	}
	if (format->gather && !piped)
		return format->gather(reading->bt, path, inputs_of(reading, format));
	return bt_inputs_add(inputs_of(reading, format), source, false);
}

/* Adds one file of a folder, or all of the folder's files that its format gathers. */
static int add_found(struct reading *reading, const char *folder, const char *path)
{
	const struct bt_format *format;
	const struct bt_source *source;
	int r = bt_source_read(reading->bt, path, &source);

	if (r < 0)
		return r;
	format = bt_format_recognise(source);
	if (!format || (reading->format && reading->format != format))
		return 0;

	struct bt_inputs *inputs = inputs_of(reading, format);

	if (!format->gather)
		return bt_inputs_add(inputs, source, false);
	/* what it did not gather when it looked through the folder, its tool passes over */
	return bt_inputs_enter(inputs, folder) ? format->gather(reading->bt, folder, inputs) : 0;
}

static int add_folder(struct reading *reading, const char *folder)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r;

	if (reading->format && reading->format->gather)
		return reading->format->gather(reading->bt, folder,
					       inputs_of(reading, reading->format));
	r = bt_folder_files(reading->bt, folder, &names);
	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);

		if (!path)
			return -ENOMEM;
		if (!is_known(reading, path))
			r = add_found(reading, folder, path);
	}
	return r;
}

static int add_path(struct reading *reading, const char *path)
{
	struct stat status;

	if (bt_equal(path, "-"))
		return add_file(reading, path, true);
	if (stat(path, &status) < 0)
		return bt_error(reading->bt, -errno, "file/read", NULL, "cannot read '%s': %s",
				path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return add_folder(reading, path);
	return add_file(reading, path, !S_ISREG(status.st_mode));
}

int bt_format_read(struct bondtool *bt, const struct bt_format *format,
		   const struct bt_inputs *inputs, struct bondtool_config *config)
{
	size_t before = config->count, first = bondtool_diags_count(bt);
	int r = format->read(bt, inputs, config);

	for (size_t i = before; i < config->count; i++)
		config->profiles[i]->format = format->id;
	if (r == 0)
		bt_report_bytes(bt, inputs, first);
	if (r == 0 && config->count == before)
		bt_report_emptiness(bt, format, inputs, first);
	return r;
}

/* Gives each format its texts; -EINVAL when there are none at all. */
static int read_all(struct reading *reading, struct bondtool_config *config)
{
	size_t count = 0;

	for (size_t i = 0; bt_formats[i]; i++) {
		const struct bt_inputs *inputs = &reading->inputs[i];
		int r = inputs->count
				? bt_format_read(reading->bt, bt_formats[i], inputs, config)
				: 0;

		if (r < 0)
			return r;
		count += inputs->count;
	}
	return count ? 0 : bt_error(reading->bt, -EINVAL, "format/none", NULL,
				    "no file here is of %s", reading->format
					? bt_format_name(reading->format->id)
					: "a format that is known");
}

int bondtool_read(struct bondtool *bt, const char *format, const char *const *paths, size_t count,
		  struct bondtool_config **ret_config)
{
	BT_CLEANUP(reading_release) struct reading reading = {.bt = bt};
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	int r = config ? 0 : -ENOMEM;

	if (r == 0 && format)
		r = find_format(bt, format, false, &reading.format);
	for (size_t i = 0; r == 0 && i < count; i++)
		r = add_path(&reading, paths[i]);
	if (r == 0)
		r = read_all(&reading, config);
	if (r == 0)
		*ret_config = BT_TAKE(config);
	return r;
}

int bondtool_write(struct bondtool *bt, struct bondtool_config *config, const char *format,
		   struct bondtool_files **ret_files)
{
	BT_AUTOFILES struct bondtool_files *files = calloc(1, sizeof(*files));
	BT_AUTOSETTLED struct bt_settled settled = {0};
	const struct bt_format *writer = NULL;
	int r = files ? find_format(bt, format, true, &writer) : -ENOMEM;

	if (r == 0)
		r = bt_implied_settle(bt, writer, config, &settled);
	if (r == 0)
		r = writer->write(bt, config, files);
	if (r == 0)
		*ret_files = BT_TAKE(files);
	return r;
}
