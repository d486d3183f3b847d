/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows of the three formats of /etc/network/interfaces, and telling them apart. */
#include "parsers/interfaces/interfaces.h"

#include <string.h>

#include "parsers/interfaces/interfaces-read.h"
#include "parsers/interfaces/interfaces-source.h"

enum { LOOKED_AT = 16384 }; /* bytes: enough to know a file by */

/* What speaks for each of the three. */
struct evidence {
	bool stanza;	/* "iface NAME inet ..." or "auto NAME" */
	bool bare;	/* "iface NAME" without a family */
	bool two, ng;	/* words that only the one or the other tool knows */
};

static bool word_is(const char *line, size_t length, const char *word)
{
	size_t n = strlen(word);

	return length >= n && memcmp(line, word, n) == 0 &&
	       (length == n || bt_is_space(line[n]));
}

static void look_at_stanza(const char *line, size_t length, struct evidence *evidence)
{
	unsigned words = 0;
	const char *family = NULL;

	for (size_t i = 0; i < length; i++) {
		if (bt_is_space(line[i]) || (i && !bt_is_space(line[i - 1])))
			continue;
		if (++words == 3)
			family = line + i;
	}
	if (!family)
		evidence->bare |= words == 2;
	else
		evidence->stanza |= bt_has_prefix(family, "inet") ||
				    bt_has_prefix(family, "inherits");
}

static void look_at_line(const char *line, size_t length, struct evidence *evidence)
{
	static const char *const two[] = {"bond-ports", "bridge-vids", "bridge-vlan-aware",
					  "clag-id", "vxlan-id", "address-virtual"};
	static const char *const ng[] = {"bond-members", "requires", "use", "template", "inherit"};

	if (word_is(line, length, "iface"))
		look_at_stanza(line, length, evidence);
	for (size_t i = 0; i < BT_ARRAY_SIZE(two); i++)
		evidence->two |= word_is(line, length, two[i]);
	for (size_t i = 0; i < BT_ARRAY_SIZE(ng); i++)
		evidence->ng |= word_is(line, length, ng[i]);
	if (word_is(line, length, "bond-slaves"))
		evidence->two |= memmem(line, length, "glob ", 5) ||
				 memmem(line, length, "regex ", 6);
}

static struct evidence look(const struct bt_source *source)
{
	struct evidence evidence = {0};
	size_t limit = source->length < LOOKED_AT ? source->length : LOOKED_AT;
	const char *end = source->text + limit;

	for (const char *p = source->text; p < end;) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *stop = newline ? newline : end;

		while (p < stop && bt_is_space(*p))
			p++;
		look_at_line(p, (size_t)(stop - p), &evidence);
		p = newline ? newline + 1 : end;
	}
	return evidence;
}

/* A little more for a file that stands where such files do. */
static unsigned place(const struct bt_source *source)
{
	return strcmp(bt_path_base(source->name), "interfaces") == 0 ||
	       strstr(source->name, "network/interfaces.d/") ? 5 : 0;
}

static unsigned recognise(const struct bt_source *source)
{
	struct evidence evidence = look(source);

	return (evidence.stanza ? 80 : 0) + place(source);
}

static unsigned recognise_two(const struct bt_source *source)
{
	struct evidence evidence = look(source);

	if (!evidence.stanza && !evidence.bare)
		return 0;
	return (evidence.two ? 90 : evidence.bare ? 82 : 40) + place(source);
}

static unsigned recognise_ng(const struct bt_source *source)
{
	struct evidence evidence = look(source);

	if (!evidence.stanza && !evidence.bare)
		return 0;
	return (evidence.ng ? 88 : evidence.bare ? 60 : 30) + place(source);
}

#define FUNCTIONS(suffix, dialect_of_it, format)                                                   \
	static int gather##suffix(struct bondtool *bt, const char *path, struct bt_inputs *inputs) \
	{                                                                                          \
		return bt_eni_gather(bt, path, &(dialect_of_it), inputs);                          \
	}                                                                                          \
	static int read##suffix(struct bondtool *bt, const struct bt_inputs *inputs,               \
				struct bondtool_config *config)                                    \
	{                                                                                          \
		return bt_eni_read(bt, &(dialect_of_it), inputs, config);                          \
	}                                                                                          \
	static int write##suffix(struct bondtool *bt, struct bondtool_config *config,              \
				 struct bondtool_files *files)                                     \
	{                                                                                          \
		return bt_eni_write(bt, &(dialect_of_it), &(format), config, files);               \
	}

FUNCTIONS(_debian, bt_eni_ifupdown, bt_format_interfaces)
FUNCTIONS(_two, bt_eni_ifupdown2, bt_format_ifupdown2)
FUNCTIONS(_ng, bt_eni_ifupdown_ng, bt_format_ifupdown_ng)

const struct bt_format bt_format_interfaces = {
	.id = BT_FORMAT_INTERFACES,
	.text = "/etc/network/interfaces of Debian: ifupdown with ifenslave",
	.recognise = recognise,
	.gather = gather_debian,
	.read = read_debian,
	.write = write_debian,
};

const struct bt_format bt_format_ifupdown2 = {
	.id = BT_FORMAT_IFUPDOWN2,
	.text = "/etc/network/interfaces as ifupdown2 reads it (Cumulus Linux, Proxmox)",
	.recognise = recognise_two,
	.gather = gather_two,
	.read = read_two,
	.write = write_two,
};

const struct bt_format bt_format_ifupdown_ng = {
	.id = BT_FORMAT_IFUPDOWN_NG,
	.text = "/etc/network/interfaces as ifupdown-ng reads it (Alpine)",
	.recognise = recognise_ng,
	.gather = gather_ng,
	.read = read_ng,
	.write = write_ng,
};
