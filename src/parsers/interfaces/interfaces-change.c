/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One interface in /etc/network/interfaces: its lines, its name, and when it comes up. */
#include "parsers/interfaces/interfaces-change.h"

#include <errno.h>
#include <string.h>

static void change_release(struct bt_eni_change *change)
{
	bt_eni_facts_release(&change->facts);
	bt_eni_facts_release(&change->facts_was);
	bt_eni_facts_release(&change->facts_now);
}

/* ---- "auto" and its like ---- */

/* Takes NAME out of a line, or puts OTHER in its place. */
static int swap_name(struct bt_eni_rewriting *rewriting, const struct bt_eni_text *text,
		     size_t line, const char *name, const char *other)
{
	struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, text);
	struct bt_eni_words *words = &rewriting->original.words;
	bool opens = rewriting->dialect->one_auto && line + 1 < text->n_lines &&
		     text->lines[line + 1].kind == BT_ENI_OPTION;

	if (bt_eni_split_original(rewriting, text, line) < 0)
		return -ENOMEM;
	if (opens && !other && bt_equal(bt_eni_word(words, 1), name))
		bt_eni_draft_replace(draft, line, words, 0, 1, "iface");
	else if (bt_eni_draft_swap(draft, line, words, name, other) < 2)
		bt_eni_draft_remove(draft, line);
	return 0;
}

/* The same in all lines that begin with KEYWORD; NULL: with "auto" or an "allow-" of any kind. */
static int swap_start(struct bt_eni_rewriting *rewriting, const char *keyword, const char *name,
		      const char *other)
{
	int r = 0;

	for (size_t i = 0; i < rewriting->inputs.count; i++) {
		const struct bt_eni_text *text = &rewriting->original.texts[i];

		for (size_t k = 0; r == 0 && k < text->n_lines; k++) {
			const struct bt_eni_line *line = &text->lines[k];
			const char *start = text->source ? text->source->text + line->offset : NULL;
			bool begins =
				!keyword || bt_has_prefix(start, keyword) ||
				(bt_equal(keyword, "auto") && bt_has_prefix(start, "allow-auto"));

			if ((line->kind == BT_ENI_AUTO || line->kind == BT_ENI_ALLOW) && begins &&
			    memmem(start, line->length, name, strlen(name)))
				r = swap_name(rewriting, text, k, name, other);
		}
	}
	return r;
}

/* A line before the first stanza. */
static int add_start(struct bt_eni_change *change, const char *keyword)
{
	const struct bt_eni_stanza *stanza = bt_eni_changed_stanza(change, change->original->first);
	BT_AUTOFREE char *line = bt_format("%s %s\n", keyword, change->name);

	if (!line)
		return -ENOMEM;
	bt_eni_draft_add_before(bt_eni_draft_of(change->rewriting, stanza->text), stanza->header,
				line);
	return 0;
}

static int change_start(struct bt_eni_change *change)
{
	bool was = change->was ? change->was->automatic : change->autoconnect_before;
	bool now = change->now ? change->now->automatic : change->autoconnect;
	const char *allowed_was = change->was ? bt_eni_allowed(change->was) : NULL;
	const char *allowed = change->now ? bt_eni_allowed(change->now) : NULL;
	bool listed = change->original->is_listed && change->stays_listed;
	int r = 0;

	if (was && !now)
		r = swap_start(change->rewriting, "auto", change->name_before, NULL);
	if (r == 0 && !was && now && !change->original->automatic && !listed)
		r = add_start(change, "auto");
	if (bt_equal(allowed_was, allowed))
		return r;
	if (r == 0 && allowed_was)
		r = swap_start(change->rewriting, allowed_was, change->name_before, NULL);
	if (r == 0 && allowed && !change->original->allowed)
		r = add_start(change, allowed);
	return r;
}

/* ---- another name ---- */

static int rename_all(struct bt_eni_change *change)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	struct bt_eni_words *words = &rewriting->original.words;
	int r = swap_start(rewriting, NULL, change->name_before, change->name);

	for (uint32_t i = change->original->first; r == 0 && i != BT_ENI_NONE;
	     i = rewriting->original.stanzas[i].next) {
		const struct bt_eni_stanza *stanza = bt_eni_changed_stanza(change, i);
		BT_AUTOFREE char *name = NULL;

		r = bt_eni_split_original(rewriting, stanza->text, stanza->header);
		if (r < 0)
			break;
		name = bt_format("%s%s", change->name,
				 bt_eni_word(words, 1) + strcspn(bt_eni_word(words, 1), ":"));
		if (!name)
			return -ENOMEM;
		bt_eni_draft_swap(bt_eni_draft_of(rewriting, stanza->text), stanza->header, words,
				  bt_eni_word(words, 1), name);
	}
	return r;
}

/* ---- whole interfaces ---- */

/* The text for a new interface: that of its bond, or of what its VLAN is on, else the first. */
static struct bt_eni_draft *draft_for(struct bt_eni_rewriting *rewriting,
				      const struct bondtool_profile *profile)
{
	static const enum bt_property_id relations[] = {BT_PROP_CONTROLLER, BT_PROP_VLAN_PARENT};

	for (size_t i = 0; i < BT_ARRAY_SIZE(relations); i++) {
		const char *name = bt_profile_text(profile, relations[i]);
		const struct bondtool_profile *other =
			name ? bt_config_referred(rewriting->config, name) : NULL;
		const char *interface =
			other ? bt_profile_text(other, BT_PROP_INTERFACE_NAME) : NULL;
		struct bt_eni_interface *found =
			interface ? bt_eni_find_interface(&rewriting->original, interface) : NULL;

		if (found && found->first != BT_ENI_NONE)
			return bt_eni_draft_of(rewriting,
					       rewriting->original.stanzas[found->first].text);
	}
	return &rewriting->drafts[0];
}

/* What a port says of its bond, where the bond does not list it. */
static bool is_of_bond(const struct bt_eni_stanza *stanza, struct bt_eni_line *line)
{
	enum bt_eni_meaning meaning = bt_eni_key_meaning(stanza->text, line);

	return meaning == BT_ENI_MASTER || meaning == BT_ENI_BOND_OPTION;
}

/* The lines of one stanza as they shall be. */
static void copy_stanza(struct bt_eni_change *change, const struct bt_eni_stanza *stanza,
			struct bt_text *lines)
{
	bool listed = change->original && change->original->is_listed && change->stays_listed;

	for (size_t i = stanza->header; i < stanza->end; i++) {
		struct bt_eni_line *line = &stanza->text->lines[i];
		BT_AUTOFREE char *content = bt_eni_line_content(stanza->text, i);

		lines->failed |= !content;
		if (content && i == stanza->header)
			bt_text_addf(lines, "%s\n", content);
		else if (content && line->kind == BT_ENI_OPTION &&
			 !(listed && is_of_bond(stanza, line)))
			bt_text_addf(lines, "    %s\n", content);
	}
}

static int add_interface(struct bt_eni_change *change, const struct bondtool_profile *profile)
{
	const struct bt_eni_reader *now = &change->rewriting->now.reader;
	struct bt_eni_draft *draft = draft_for(change->rewriting, profile);
	BT_AUTOTEXT struct bt_text lines = {0};

	bt_text_add(&lines, "\n");
	if (change->now->allowed)
		bt_text_addf(&lines, "%s %s\n", bt_eni_allowed(change->now), change->name);
	if (change->now->automatic)
		bt_text_addf(&lines, "auto %s\n", change->name);
	for (uint32_t i = change->now->first; i != BT_ENI_NONE; i = now->stanzas[i].next) {
		bt_text_add(&lines, i == change->now->first ? "" : "\n");
		copy_stanza(change, &now->stanzas[i], &lines);
	}
	if (lines.failed)
		return -ENOMEM;
	bt_text_add_bytes(&draft->end, lines.data, lines.length);
	return 0;
}

/* The difference in an interface that the original has stanzas of. */
static int change_stanzas(struct bt_eni_change *change)
{
	bool renamed = !bt_equal(change->name, change->name_before);
	int r = bt_eni_facts_collect(&change->rewriting->original, change->original,
				     &change->facts);

	if (r == 0)
		r = bt_eni_change_lines(change);
	if (r == 0)
		r = bt_eni_change_methods(change);
	if (r == 0 && change->now)
		r = bt_eni_add_lines(change);
	if (r < 0)
		return r;
	bt_eni_remove_empty_stanzas(change);
	r = change_start(change);
	return r == 0 && renamed ? rename_all(change) : r;
}

static struct bt_eni_interface *with_stanza(struct bt_eni_reader *reader, const char *name)
{
	struct bt_eni_interface *found = name ? bt_eni_find_interface(reader, name) : NULL;

	return found && found->first != BT_ENI_NONE ? found : NULL;
}

static bool is_same(struct bt_eni_change *change)
{
	const struct bt_eni_rewriting *rewriting = change->rewriting;

	if (!bt_equal(change->name, change->name_before))
		return false;
	if (!change->was || !change->now)
		return change->was == change->now;
	return bt_eni_same_facts(&rewriting->was.reader, change->was, &change->facts_was,
				 &rewriting->now.reader, change->now, &change->facts_now);
}

static int collect_facts(struct bt_eni_change *change)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	int r = 0;

	if (change->was)
		r = bt_eni_facts_collect(&rewriting->was.reader, change->was, &change->facts_was);
	if (r == 0 && change->now)
		r = bt_eni_facts_collect(&rewriting->now.reader, change->now, &change->facts_now);
	return r;
}

/* A port that its bond lists comes up with the bond. */
bool bt_eni_stays_listed(const struct bt_eni_rewriting *rewriting,
			 const struct bondtool_profile *before,
			 const struct bondtool_profile *profile)
{
	return before &&
	       bt_equal(bt_profile_text(before, BT_PROP_CONTROLLER),
			bt_profile_text(profile, BT_PROP_CONTROLLER)) &&
	       (bt_profile_number(profile, BT_PROP_AUTOCONNECT) ||
		!rewriting->dialect->master_keys);
}

int bt_eni_change_interface(struct bt_eni_rewriting *rewriting,
			    const struct bondtool_profile *before,
			    const struct bondtool_profile *profile)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *old = before ? bt_profile_text(before, BT_PROP_INTERFACE_NAME) : name;
	BT_CLEANUP(change_release)
	struct bt_eni_change change = {
		.rewriting = rewriting,
		.name = name,
		.name_before = old,
		.was = before ? with_stanza(&rewriting->was.reader, old) : NULL,
		.now = with_stanza(&rewriting->now.reader, name),
		.autoconnect = bt_profile_number(profile, BT_PROP_AUTOCONNECT),
		.autoconnect_before = before && bt_profile_number(before, BT_PROP_AUTOCONNECT),
		.stays_port = bt_profile_text(profile, BT_PROP_CONTROLLER) != NULL,
		.stays_listed = bt_eni_stays_listed(rewriting, before, profile),
	};
	int r = collect_facts(&change);

	if (r < 0 || is_same(&change))
		return r;
	change.original = bt_eni_find_interface(&rewriting->original, old);
	if (change.original && change.original->first != BT_ENI_NONE)
		return change_stanzas(&change);
	return change.now ? add_interface(&change, profile) : 0;
}

int bt_eni_remove_interface(struct bt_eni_rewriting *rewriting,
			    const struct bondtool_profile *before)
{
	const char *name = bt_profile_text(before, BT_PROP_INTERFACE_NAME);
	struct bt_eni_interface *interface = with_stanza(&rewriting->original, name);
	uint32_t i = interface ? interface->first : BT_ENI_NONE;

	for (; i != BT_ENI_NONE; i = rewriting->original.stanzas[i].next) {
		const struct bt_eni_stanza *stanza = &rewriting->original.stanzas[i];
		struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, stanza->text);

		for (size_t k = stanza->header + 1; k < stanza->end; k++)
			if (stanza->text->lines[k].kind == BT_ENI_OPTION)
				bt_eni_draft_remove(draft, k);
		bt_eni_remove_header(rewriting, stanza);
	}
	return swap_start(rewriting, NULL, name, NULL);
}
