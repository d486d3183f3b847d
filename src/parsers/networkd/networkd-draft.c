/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Assignments to the text of a unit: all of them to a new one, or the difference to an old one. */
#include "parsers/networkd/networkd-draft.h"

#include <errno.h>
#include <string.h>

static bool is_of(const struct bt_networkd_text *text, enum bt_networkd_file file, bool block)
{
	return text->file == file && (text->block != NULL) == block;
}

/* Whether the same section of several came up before INDEX. */
static bool is_done(const struct bt_networkd_texts *texts, size_t index)
{
	const struct bt_networkd_text *text = &texts->items[index];

	for (size_t i = 0; i < index; i++)
		if (is_of(&texts->items[i], text->file, true) &&
		    bt_equal(texts->items[i].section, text->section) &&
		    bt_equal(texts->items[i].block, text->block))
			return true;
	return false;
}

/* Adds the sections of which there may be several; SECTION: only those of this name. */
static void draft_blocks(struct bt_ini_draft *draft, const struct bt_networkd_texts *texts,
			 enum bt_networkd_file file, const char *section)
{
	for (size_t i = 0; i < texts->count; i++) {
		const struct bt_networkd_text *first = &texts->items[i];

		if (!is_of(first, file, true) || is_done(texts, i) ||
		    (section && !bt_equal(first->section, section)))
			continue;
		bt_ini_draft_add_section(draft, first->section);
		for (size_t k = i; k < texts->count; k++) {
			const struct bt_networkd_text *text = &texts->items[k];

			if (is_of(text, file, true) && bt_equal(text->section, first->section) &&
			    bt_equal(text->block, first->block))
				bt_ini_draft_append(draft, text->section, text->key, text->value);
		}
	}
}

/* What is said of how a protocol is spoken comes last, as in the manual pages. */
static bool is_of_protocol(const struct bt_networkd_text *text)
{
	return bt_has_prefix(text->section, "DHCP") || bt_has_prefix(text->section, "IPv6");
}

static void draft_sections(struct bt_ini_draft *draft, const struct bt_networkd_texts *texts,
			   enum bt_networkd_file file, bool of_protocol)
{
	for (size_t i = 0; i < texts->count; i++)
		if (is_of(&texts->items[i], file, false) &&
		    is_of_protocol(&texts->items[i]) == of_protocol)
			bt_ini_draft_add(draft, texts->items[i].section, texts->items[i].key,
					 texts->items[i].value);
}

void bt_networkd_draft(struct bt_ini_draft *draft, const struct bt_networkd_texts *texts,
		       enum bt_networkd_file file)
{
	draft_sections(draft, texts, file, false);
	draft_blocks(draft, texts, file, NULL);
	draft_sections(draft, texts, file, true);
}

/* The next text of the same place in a list, from INDEX on; NULL when there is none. */
static const struct bt_networkd_text *next_like(const struct bt_networkd_texts *texts,
						const struct bt_networkd_text *like, size_t *index)
{
	for (; *index < texts->count; ++*index) {
		const struct bt_networkd_text *text = &texts->items[*index];

		if (text->file == like->file && bt_equal(text->section, like->section) &&
		    bt_equal(text->key, like->key) && bt_equal(text->block, like->block)) {
			++*index;
			return text;
		}
	}
	return NULL;
}

/* Whether a key has the same values in both lists, in the same order. */
static bool is_same_key(const struct bt_networkd_texts *a, const struct bt_networkd_texts *b,
			const struct bt_networkd_text *like)
{
	size_t i = 0, k = 0;
	const struct bt_networkd_text *one, *other;

	do {
		one = next_like(a, like, &i);
		other = next_like(b, like, &k);
		if (!one != !other || (one && !bt_equal(one->value, other->value)))
			return false;
	} while (one);
	return true;
}

bool bt_networkd_is_same(const struct bt_networkd_texts *a, const struct bt_networkd_texts *b,
			 enum bt_networkd_file file)
{
	for (int turn = 0; turn < 2; turn++) {
		const struct bt_networkd_texts *list = turn ? b : a;

		for (size_t i = 0; i < list->count; i++)
			if (list->items[i].file == file && !is_same_key(a, b, &list->items[i]))
				return false;
	}
	return true;
}

/* Removes a key, and others that hold the same property, from the file and all drop-ins. */
static void remove_key(struct bt_networkd_original *original, const char *section, const char *key)
{
	const struct bt_networkd_key *row =
		bt_networkd_find_key(original->unit->file, section, key);

	for (size_t k = 0; k < original->unit->n_inis; k++) {
		bt_ini_draft_remove(&original->drafts[k], section, key);
		for (const struct bt_networkd_key *other = bt_networkd_keys; other->key; other++)
			if (row && row->key && row->how != BT_NETWORKD_SPECIAL &&
			    other->file == row->file && other->how != BT_NETWORKD_SPECIAL &&
			    other->property == row->property)
				bt_ini_draft_remove(&original->drafts[k], other->section,
						    other->key);
	}
}

/* Where a key stands: the last drop-in that has it, else the file. */
static struct bt_ini_draft *draft_with(struct bt_networkd_original *original, const char *section,
				       const char *key)
{
	for (size_t k = original->unit->n_inis; k-- > 1;)
		if (bt_ini_draft_has(&original->drafts[k], section, key))
			return &original->drafts[k];
	return &original->drafts[0];
}

/* Gives a key the values that it has now. */
static void change_key(struct bt_networkd_original *original, const struct bt_networkd_texts *now,
		       const struct bt_networkd_text *like)
{
	struct bt_ini_draft *draft = draft_with(original, like->section, like->key);
	const struct bt_networkd_text *text;
	size_t i = 0, k = 0;

	text = next_like(now, like, &i);
	k = i;
	if (text && !next_like(now, like, &k)) {
		/* One value takes the place of the old one; elsewhere the key goes. */
		for (size_t n = 0; n < original->unit->n_inis; n++)
			if (&original->drafts[n] != draft)
				bt_ini_draft_remove(&original->drafts[n], like->section, like->key);
		bt_ini_draft_set(draft, like->section, like->key, text->value);
		return;
	}
	remove_key(original, like->section, like->key);
	for (i = 0; (text = next_like(now, like, &i));)
		bt_ini_draft_add(draft, text->section, text->key, text->value);
}

static void remove_sections(struct bt_networkd_original *original, const char *section)
{
	for (size_t k = 0; k < original->unit->n_inis; k++) {
		const struct bt_ini *ini = &original->unit->inis[k];

		for (size_t i = 0; i < ini->count; i++)
			if (ini->lines[i].kind == BT_INI_SECTION &&
			    bt_equal(ini->lines[i].section, section))
				bt_ini_draft_remove_section(&original->drafts[k],
							    ini->lines[i].section_number);
	}
}

/*
 * Addresses and gateways may stand in [Network] or in sections of their own: where one changes, all
 * are written anew. The key of [Network] that goes with a section, and the other way round.
 */
static const struct {
	const char *section, *key;
} together[] = {{"Address", "Address"}, {"Route", "Gateway"}};

static const char *key_with(const char *section)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(together); i++)
		if (bt_equal(together[i].section, section))
			return together[i].key;
	return NULL;
}

static const char *section_with(const struct bt_networkd_text *text)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(together); i++)
		if (!text->block && bt_equal(text->section, "Network") &&
		    bt_equal(together[i].key, text->key))
			return together[i].section;
	return text->block ? text->section : NULL;
}

static void change_sections(struct bt_networkd_original *original,
			    const struct bt_networkd_texts *now, const char *section)
{
	const struct bt_networkd_text like = {.file = original->unit->file,
					      .section = (char *)"Network",
					      .key = (char *)key_with(section)};
	const struct bt_networkd_text *text;

	remove_sections(original, section);
	if (like.key)
		remove_key(original, like.section, like.key);
	for (size_t i = 0; like.key && (text = next_like(now, &like, &i));)
		bt_ini_draft_add(&original->drafts[0], text->section, text->key, text->value);
	draft_blocks(&original->drafts[0], now, original->unit->file, section);
}

int bt_networkd_change(struct bt_networkd_original *original,
		       const struct bt_networkd_texts *before, const struct bt_networkd_texts *now)
{
	BT_AUTOSTRINGS struct bt_strings done = {0};
	int r = 0;

	for (int turn = 0; turn < 2; turn++) {
		const struct bt_networkd_texts *list = turn ? now : before;

		for (size_t i = 0; r == 0 && i < list->count; i++) {
			const struct bt_networkd_text *text = &list->items[i];
			const char *section = section_with(text);
			BT_AUTOFREE char *place =
				section ? strdup(section)
					: bt_format("%s\n%s", text->section, text->key);

			if (!place)
				return -ENOMEM;
			if (text->file != original->unit->file || is_same_key(before, now, text) ||
			    bt_strings_contain(&done, place))
				continue;
			r = bt_strings_add(&done, place);
			if (section)
				change_sections(original, now, section);
			else
				change_key(original, now, text);
		}
	}
	return r;
}
