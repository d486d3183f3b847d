/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys and values into the text of an ifcfg file, see ifcfg-draft.h. */
#include "parsers/ifcfg/ifcfg-draft.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "parsers/ifcfg/ifcfg.h"

void bt_ifcfg_pairs_release(struct bt_ifcfg_pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		free(pairs->items[i].key);
		free(pairs->items[i].value);
	}
	free(pairs->items);
	bt_hash_release(&pairs->by_key);
	*pairs = (struct bt_ifcfg_pairs){0};
}

void bt_ifcfg_pairs_add(struct bt_ifcfg_pairs *pairs, const char *const *group, const char *key,
			char *value)
{
	BT_AUTOFREE char *owned = value;
	BT_AUTOFREE char *name = strdup(key);

	if (!owned || !name || !BT_MAKE_ROOM(pairs->items, pairs->count, pairs->size) ||
	    bt_hash_put(&pairs->by_key, name, pairs->count) < 0) {
		pairs->failed = true;
		return;
	}
	pairs->items[pairs->count++] =
		(struct bt_ifcfg_pair){BT_TAKE(name), BT_TAKE(owned), group};
}

static const struct bt_ifcfg_pair *find(const struct bt_ifcfg_pairs *pairs, const char *key)
{
	size_t number;

	return bt_hash_get(&pairs->by_key, key, &number) ? &pairs->items[number] : NULL;
}

bool bt_ifcfg_pairs_have(const struct bt_ifcfg_pairs *pairs, const char *key)
{
	return find(pairs, key) != NULL;
}

static bool in_group(const char *const *group, const char *key)
{
	int unused;

	for (; group && *group; group++)
		if (bt_ifcfg_numbered(key, *group, &unused))
			return true;
	return false;
}

/* Whether the keys of GROUP have the same values in both lists. */
static bool group_same(const struct bt_ifcfg_pairs *a, const struct bt_ifcfg_pairs *b,
		       const char *const *group)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a->count && a->items[i].group != group)
			i++;
		while (k < b->count && b->items[k].group != group)
			k++;
		if (i == a->count || k == b->count)
			return i == a->count && k == b->count;
		if (strcmp(a->items[i].key, b->items[k].key) != 0 ||
		    strcmp(a->items[i].value, b->items[k].value) != 0)
			return false;
		i++;
		k++;
	}
}

/* Whether PAIR means the same in the other list. */
static bool is_same(const struct bt_ifcfg_pair *pair, const struct bt_ifcfg_pairs *mine,
		    const struct bt_ifcfg_pairs *others)
{
	const struct bt_ifcfg_pair *other = find(others, pair->key);

	if (pair->group)
		return group_same(mine, others, pair->group);
	return other && strcmp(pair->value, other->value) == 0;
}

/* A text with lines that are replaced or left out. */
struct draft {
	enum bt_ifcfg_reading reading;
	const struct bt_ifcfg *ifcfg;
	bool *gone;		 /* of each line */
	const char **replaced; /* of each line: its new value; NULL: as it is */
	struct bt_text added;
};

static void draft_release(struct draft *draft)
{
	free(draft->gone);
	free(draft->replaced);
	bt_text_release(&draft->added);
}

/* Removes every line of KEY, or of a key of GROUP. */
static void remove_lines(struct draft *draft, const char *key, const char *const *group)
{
	for (size_t i = 0; i < draft->ifcfg->count; i++) {
		const char *of_line = draft->ifcfg->lines[i].key;

		if (of_line && (bt_equal(of_line, key) || in_group(group, of_line)))
			draft->gone[i] = true;
	}
}

static void add_pair(struct draft *draft, const struct bt_ifcfg_pair *pair)
{
	BT_AUTOFREE char *quoted = bt_ifcfg_quote(pair->value, draft->reading);

	if (quoted)
		bt_text_addf(&draft->added, "%s=%s\n", pair->key, quoted);
	else
		draft->added.failed = true;
}

/* Gives KEY its value in the place of the last line that has it, else at the end. */
static void set_pair(struct draft *draft, const struct bt_ifcfg_pair *pair)
{
	const struct bt_ifcfg_line *line = bt_ifcfg_find(draft->ifcfg, pair->key);
	size_t number = line ? (size_t)(line - draft->ifcfg->lines) : 0;

	if (!line) {
		add_pair(draft, pair);
		return;
	}
	remove_lines(draft, pair->key, NULL);
	draft->gone[number] = false;
	draft->replaced[number] = pair->value;
}

static void change(struct draft *draft, const struct bt_ifcfg_pairs *before,
		   const struct bt_ifcfg_pairs *pairs)
{
	for (size_t i = 0; i < before->count; i++)
		if (!is_same(&before->items[i], before, pairs) &&
		    (before->items[i].group || !find(pairs, before->items[i].key)))
			remove_lines(draft, before->items[i].key, before->items[i].group);
	for (size_t i = 0; i < pairs->count; i++) {
		const struct bt_ifcfg_pair *pair = &pairs->items[i];

		if (is_same(pair, pairs, before))
			continue;
		if (pair->group) {
			remove_lines(draft, pair->key, pair->group);
			add_pair(draft, pair);
		} else {
			set_pair(draft, pair);
		}
	}
}

/* The line that holds the assignments FIRST to LAST, as far as they are not gone. */
static void put_line(struct bt_text *text, const struct draft *draft, size_t first, size_t last)
{
	const struct bt_ifcfg *ifcfg = draft->ifcfg;
	size_t from = ifcfg->lines[first].start;
	size_t end = ifcfg->lines[first].end;

	for (size_t i = first; i <= last; i++) {
		const struct bt_ifcfg_line *line = &ifcfg->lines[i];
		BT_AUTOFREE char *quoted = NULL;

		if (draft->gone[i]) {
			bt_text_add_bytes(text, ifcfg->source->text + from, line->key_at - from);
			from = line->value_end;
		} else if (draft->replaced[i]) {
			quoted = bt_ifcfg_quote(draft->replaced[i], draft->reading);
			bt_text_add_bytes(text, ifcfg->source->text + from, line->value_at - from);
			bt_text_add(text, quoted ? quoted : "");
			text->failed = text->failed || !quoted;
			from = line->value_end;
		}
	}
	bt_text_add_bytes(text, ifcfg->source->text + from, end - from);
	bt_text_add_char(text, '\n');
}

/*
 * Whether the text ends with a line that wicked does not take, because nothing ends it. It has to
 * stay at the end without a line end, so as not to come to life.
 */
static bool has_dead_end(const struct draft *draft)
{
	const struct bt_ifcfg *ifcfg = draft->ifcfg;
	size_t last = ifcfg->count - 1;

	return draft->reading == BT_IFCFG_WICKED && ifcfg->count && ifcfg->source->length &&
	       ifcfg->source->text[ifcfg->source->length - 1] != '\n' && !draft->gone[last] &&
	       !draft->replaced[last] && ifcfg->lines[last].key && !ifcfg->lines[last].value;
}

/* Whether the text ends, as it did, with a line that nothing ends. */
static bool ends_bare(const struct draft *draft)
{
	const struct bt_ifcfg *ifcfg = draft->ifcfg;
	size_t last = ifcfg->count - 1;

	return ifcfg->count && ifcfg->source->length &&
	       ifcfg->source->text[ifcfg->source->length - 1] != '\n' && !draft->gone[last] &&
	       !draft->replaced[last] && !draft->added.length;
}

/* The first COUNT assignments, and what stands between them. */
static void put_lines(struct bt_text *text, const struct draft *draft, size_t count)
{
	const struct bt_ifcfg *ifcfg = draft->ifcfg;

	for (size_t i = 0; i < count;) {
		size_t last = i;
		bool kept = !draft->gone[i];

		/* assignments that stand on one line are written together */
		while (last + 1 < count && ifcfg->lines[last + 1].start == ifcfg->lines[i].start) {
			last++;
			kept = kept || !draft->gone[last];
		}
		if (kept)
			put_line(text, draft, i, last);
		i = last + 1;
	}
}

static void put_dead_end(struct bt_text *text, const struct bt_ifcfg *ifcfg)
{
	const struct bt_ifcfg_line *line = &ifcfg->lines[ifcfg->count - 1];

	bt_text_add_bytes(text, ifcfg->source->text + line->start, line->end - line->start);
}

char *bt_ifcfg_draft_text(enum bt_ifcfg_reading reading, const struct bt_ifcfg *ifcfg,
			  const struct bt_ifcfg_pairs *before, const struct bt_ifcfg_pairs *pairs)
{
	static const struct bt_ifcfg no_lines;
	static const struct bt_ifcfg_pairs no_pairs;
	BT_CLEANUP(draft_release) struct draft draft = {
		.reading = reading, .ifcfg = ifcfg ? ifcfg : &no_lines};
	BT_AUTOTEXT struct bt_text text = {0};
	bool dead_end;

	draft.gone = calloc(draft.ifcfg->count + 1, sizeof(*draft.gone));
	draft.replaced = calloc(draft.ifcfg->count + 1, sizeof(*draft.replaced));
	if (!draft.gone || !draft.replaced || pairs->failed || (before && before->failed))
		return NULL;
	change(&draft, before ? before : &no_pairs, pairs);
	dead_end = has_dead_end(&draft);
	put_lines(&text, &draft, draft.ifcfg->count - dead_end);
	if (draft.added.failed)
		return NULL;
	bt_text_add(&text, draft.added.data ? draft.added.data : "");
	if (!dead_end && ends_bare(&draft) && text.length && text.data[text.length - 1] == '\n')
		text.data[--text.length] = '\0';
	if (dead_end)
		put_dead_end(&text, draft.ifcfg);
	return bt_text_take(&text);
}
