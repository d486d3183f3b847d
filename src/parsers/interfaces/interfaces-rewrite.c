/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of /etc/network/interfaces written again, see interfaces-rewrite.h. */
#include "parsers/interfaces/interfaces-rewrite.h"

#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-read.h"
#include "parsers/interfaces/interfaces-source.h"

static void written_release(struct bt_eni_written *written)
{
	bt_eni_reader_release(&written->reader);
	bt_inputs_release(&written->inputs);
}

static void rewriting_release(struct bt_eni_rewriting *rewriting)
{
	for (size_t i = 0; rewriting->drafts && i < rewriting->inputs.count; i++)
		bt_eni_draft_release(&rewriting->drafts[i]);
	free(rewriting->drafts);
	written_release(&rewriting->was);
	written_release(&rewriting->now);
	bt_eni_reader_release(&rewriting->original);
	bt_port_lists_release(&rewriting->lists_now);
	bt_port_lists_release(&rewriting->lists_before);
	bt_inputs_release(&rewriting->inputs);
	bondtool_config_free(rewriting->before);
	bondtool_free(rewriting->silent);
}

/* ---- for the parts ---- */

struct bt_eni_draft *bt_eni_draft_of(struct bt_eni_rewriting *rewriting,
				     const struct bt_eni_text *text)
{
	return &rewriting->drafts[text - rewriting->original.texts];
}

int bt_eni_split_original(struct bt_eni_rewriting *rewriting, const struct bt_eni_text *text,
			  size_t line)
{
	return bt_eni_split(&rewriting->original.words, text, &text->lines[line]);
}

size_t bt_eni_last_line(const struct bt_eni_stanza *stanza)
{
	size_t last = stanza->header;

	for (size_t i = stanza->header + 1; i < stanza->end; i++)
		if (stanza->text->lines[i].kind == BT_ENI_OPTION)
			last = i;
	return last;
}

int bt_eni_add_to_stanza(struct bt_eni_rewriting *rewriting, const struct bt_eni_stanza *stanza,
			 size_t behind, const char *content)
{
	struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, stanza->text);
	size_t last = bt_eni_last_line(stanza);
	BT_AUTOFREE char *indent =
		last == stanza->header ? strdup("    ") : bt_eni_draft_indent(draft, last);
	BT_AUTOFREE char *line = indent ? bt_format("%s%s\n", indent, content) : NULL;

	if (!line)
		return -ENOMEM;
	bt_eni_draft_add_behind(draft, behind, line);
	return 0;
}

/* ---- the texts of old ---- */

/* Whether a text includes one of those that are known, or is included by one. */
static int refers(const struct bt_eni_text *text, const char *name, bool *ret_refers)
{
	BT_AUTOENIWORDS struct bt_eni_words words = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < text->n_lines && !*ret_refers; i++) {
		enum bt_eni_kind kind = (enum bt_eni_kind)text->lines[i].kind;

		if (kind != BT_ENI_SOURCE && kind != BT_ENI_SOURCE_DIRECTORY)
			continue;
		r = bt_eni_split(&words, text, &text->lines[i]);
		for (size_t k = 1; r == 0 && k < words.count && !*ret_refers; k++) {
			BT_AUTOENIREFERENCE struct bt_eni_reference reference = {0};

			r = bt_eni_refer(&words, k, &reference);
			*ret_refers = r == 0 && bt_eni_refers_to(&reference, name);
		}
	}
	return r;
}

/* Marks the texts that include a marked one, or are included by one. *RET_MORE: there were some. */
static int mark_related(struct bt_eni_rewriting *rewriting, const struct bt_source **sources,
			bool *marked, size_t count, size_t includer, bool *ret_more)
{
	BT_AUTOENI struct bt_eni_text text = {0};
	const struct bt_source *source = sources[includer];
	int r;

	if (!memmem(source->text, source->length, "source", strlen("source")))
		return 0;
	r = bt_eni_parse(rewriting->silent, source, rewriting->dialect, &text);
	for (size_t i = 0; r == 0 && i < count; i++) {
		bool related = false;

		if (marked[i] == marked[includer])
			continue;
		r = refers(&text, sources[i]->name, &related);
		if (!related)
			continue;
		marked[i] = marked[includer] = *ret_more = true;
		i = (size_t)-1; /* the includer counts now: what else does it include? */
	}
	return r;
}

static size_t count_sources(const struct bondtool *bt)
{
	size_t count = 0;

	for (const struct bt_source *source = bt->sources; source; source = source->next)
		count++;
	return count;
}

static int add_marked(struct bt_eni_rewriting *rewriting, const struct bt_source **sources,
		      const bool *marked, size_t count)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < count; i++)
		if (marked[i])
			r = bt_inputs_add(&rewriting->inputs, sources[i], false);
	return r;
}

/* Whether a profile came from the text. */
static int mark_origins(const struct bt_eni_rewriting *rewriting, struct bt_hash *names)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < rewriting->config->count; i++) {
		const struct bondtool_profile *profile = rewriting->config->profiles[i];

		if (profile->origin.source &&
		    bt_profile_was_read_as(profile, rewriting->dialect->format))
			r = bt_hash_put(names, profile->origin.source->name, i);
	}
	return r;
}

/* The texts that profiles came from, with those that were read together with them, in that order.
 */
static int collect_texts(struct bt_eni_rewriting *rewriting, const struct bondtool *bt)
{
	size_t count = count_sources(bt), i = count;
	BT_CLEANUP(bt_hash_release) struct bt_hash names = {0};
	BT_AUTOFREE const struct bt_source **sources = calloc(count + 1, sizeof(*sources));
	BT_AUTOFREE bool *marked = calloc(count + 1, sizeof(*marked));
	int r = sources && marked ? mark_origins(rewriting, &names) : -ENOMEM;
	bool more = r == 0 && names.count;

	if (!more)
		return r;
	for (const struct bt_source *source = bt->sources; source; source = source->next) {
		sources[--i] = source;
		marked[i] = bt_hash_get(&names, source->name, &(size_t){0});
	}
	while (r == 0 && more) {
		more = false;
		for (i = 0; r == 0 && i < count; i++)
			r = mark_related(rewriting, sources, marked, count, i, &more);
	}
	return r == 0 ? add_marked(rewriting, sources, marked, count) : r;
}

/* ---- what is compared ---- */

/* What the writer would write for CONFIG, taken apart. */
static int write_and_read(struct bt_eni_rewriting *rewriting, const struct bt_format *format,
			  struct bondtool_config *config, struct bt_eni_written *written)
{
	BT_AUTOFREE char *text = bt_eni_text_of(rewriting->silent, rewriting->dialect, format,
						config, rewriting->before);
	const struct bt_source *source =
		text ? bt_source_add(rewriting->silent, "interfaces", text, strlen(text)) : NULL;
	int r = source ? bt_inputs_add(&written->inputs, source, false) : -ENOMEM;

	written->reader = (struct bt_eni_reader){
		.bt = rewriting->silent, .dialect = rewriting->dialect, .inputs = &written->inputs};
	return r == 0 ? bt_eni_collect(&written->reader) : r;
}

static int read_original(struct bt_eni_rewriting *rewriting)
{
	int r;

	rewriting->original = (struct bt_eni_reader){.bt = rewriting->silent,
						     .dialect = rewriting->dialect,
						     .inputs = &rewriting->inputs,
						     .config = rewriting->before};
	r = bt_eni_read_all(&rewriting->original);
	if (r == 0)
		r = bt_port_lists_make(rewriting->before, &rewriting->lists_before);
	if (r == 0)
		r = bt_port_lists_make(rewriting->config, &rewriting->lists_now);
	return r;
}

static int make_drafts(struct bt_eni_rewriting *rewriting)
{
	int r = 0;

	rewriting->drafts = calloc(rewriting->inputs.count + 1, sizeof(*rewriting->drafts));
	if (!rewriting->drafts)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < rewriting->inputs.count; i++)
		r = bt_eni_draft_from(&rewriting->drafts[i], &rewriting->original.texts[i]);
	return r;
}

/* ---- profiles ---- */

static bool is_same_place(const struct bt_origin *a, const struct bt_origin *b)
{
	return a->source && b->source && bt_equal(a->source->name, b->source->name) &&
	       a->line == b->line && a->column == b->column;
}

/* The profile as the texts have it: by its interface, else by its place. */
static struct bondtool_profile *find_before(struct bt_eni_rewriting *rewriting,
					    const struct bondtool_profile *profile)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	struct bondtool_profile *found =
		name ? bt_config_by_interface(rewriting->before, name) : NULL;

	for (size_t i = 0; !found && i < rewriting->before->count; i++) {
		struct bondtool_profile *before = rewriting->before->profiles[i];

		if (is_same_place(&before->origin, &profile->origin) &&
		    !bt_config_by_interface(rewriting->config,
					    bt_profile_text(before, BT_PROP_INTERFACE_NAME)))
			found = before;
	}
	return found;
}

/* The interface of the bond that profile NUMBER is a port of; NULL when it is none. */
static const char *bond_of(const struct bondtool_config *config, const struct bt_port_lists *lists,
			   const struct bondtool_profile *profile)
{
	size_t bond = profile ? lists->bond[profile->number] : BT_NO_PORT;

	return bond == BT_NO_PORT ? NULL
				  : bt_profile_text(config->profiles[bond], BT_PROP_INTERFACE_NAME);
}

/* Takes a port out of the bond's list, for it to name the bond itself. */
static int stand_alone(struct bt_eni_rewriting *rewriting, const struct bondtool_profile *before,
		       const struct bondtool_profile *profile, const char *bond)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const struct bt_eni_interface *interface =
		bt_eni_find_interface(&rewriting->original, name);
	int r;

	if (!interface || !interface->is_listed || bt_eni_stays_listed(rewriting, before, profile))
		return 0;
	r = bt_eni_change_membership(rewriting, name, bond, NULL);
	return r == 0 ? bt_eni_change_membership(rewriting, name, NULL, bond) : r;
}

static int change_profile(struct bt_eni_rewriting *rewriting, struct bondtool_profile *profile,
			  const struct bondtool_profile *before)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *old = before ? bt_profile_text(before, BT_PROP_INTERFACE_NAME) : NULL;
	const char *bond_before = bond_of(rewriting->before, &rewriting->lists_before, before);
	const char *bond = bond_of(rewriting->config, &rewriting->lists_now, profile);
	int r;

	if (!name)
		return 0;
	r = bt_eni_change_interface(rewriting, before, profile);
	if (r == 0 && bond && bt_equal(bond, bond_before) && strcmp(old, name) != 0)
		return bt_eni_rename_port(rewriting, bond, old, name);
	if (r == 0 && old && bond_before && strcmp(old, name) != 0) {
		r = bt_eni_change_membership(rewriting, old, bond_before, NULL);
		bond_before = NULL;
	}
	if (r == 0 && bond && bt_equal(bond, bond_before))
		return stand_alone(rewriting, before, profile, bond);
	return r == 0 ? bt_eni_change_membership(rewriting, name, bond_before, bond) : r;
}

static int remove_profile(struct bt_eni_rewriting *rewriting, const struct bondtool_profile *before)
{
	const char *bond = bond_of(rewriting->before, &rewriting->lists_before, before);
	int r = bt_eni_remove_interface(rewriting, before);

	return r == 0 ? bt_eni_change_membership(rewriting,
						 bt_profile_text(before, BT_PROP_INTERFACE_NAME),
						 bond, NULL)
		      : r;
}

static int change_profiles(struct bt_eni_rewriting *rewriting)
{
	BT_AUTOFREE bool *found = calloc(rewriting->before->count + 1, sizeof(*found));
	int r = found ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < rewriting->config->count; i++) {
		struct bondtool_profile *profile = rewriting->config->profiles[i];
		struct bondtool_profile *before = find_before(rewriting, profile);

		if (before)
			found[before->number] = true;
		r = change_profile(rewriting, profile, before);
	}
	for (size_t i = 0; r == 0 && i < rewriting->before->count; i++)
		if (!found[i])
			r = remove_profile(rewriting, rewriting->before->profiles[i]);
	return r;
}

/* ---- what comes out ---- */

/* The file's name below /etc/network: by its own path, else beside the first text. */
static const char *name_of(const struct bt_eni_rewriting *rewriting, const struct bt_source *source)
{
	static const char home[] = "etc/network/";
	const char *first = rewriting->inputs.items[0].source->name;
	size_t folder = (size_t)(bt_path_base(first) - first);
	const char *found = NULL;

	for (const char *p = source->name; (p = strstr(p, home)); p++)
		if (p == source->name || p[-1] == '/')
			found = p + strlen(home);
	if (*source->name == '<')
		return "interfaces";
	if (found)
		return found;
	return strncmp(source->name, first, folder) == 0 ? source->name + folder
							 : bt_path_base(source->name);
}

static int add_files(struct bt_eni_rewriting *rewriting, struct bondtool_files *files)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < rewriting->inputs.count; i++)
		r = bt_files_add(files, name_of(rewriting, rewriting->inputs.items[i].source), 0644,
				 bt_eni_draft_text(&rewriting->drafts[i]));
	return r;
}

/* The new texts under the old names, for them to be read. */
static int add_texts(struct bt_eni_rewriting *rewriting, struct bondtool *silent,
		     struct bt_inputs *inputs)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < rewriting->inputs.count; i++) {
		BT_AUTOFREE char *text = bt_eni_draft_text(&rewriting->drafts[i]);
		const struct bt_source *source =
			text ? bt_source_add(silent, rewriting->inputs.items[i].source->name, text,
					     strlen(text))
			     : NULL;

		r = source ? bt_inputs_add(inputs, source, false) : -ENOMEM;
	}
	return r;
}

static int same_interface(struct bt_eni_reader *a, struct bt_eni_interface *of_a,
			  struct bt_eni_reader *b, bool *ret_same)
{
	struct bt_eni_interface *of_b = bt_eni_find_interface(b, of_a->name);
	BT_AUTOENIFACTS struct bt_eni_facts facts_a = {0}, facts_b = {0};
	int r = bt_eni_facts_collect(a, of_a, &facts_a);

	if (r == 0 && of_b)
		r = bt_eni_facts_collect(b, of_b, &facts_b);
	*ret_same = r == 0 && of_b && bt_eni_same_facts(a, of_a, &facts_a, b, of_b, &facts_b);
	return r;
}

static int same_texts(struct bt_eni_reader *a, struct bt_eni_reader *b, bool *ret_same)
{
	int r = 0;

	*ret_same = a->n_interfaces == b->n_interfaces;
	for (size_t i = 0; r == 0 && *ret_same && i < a->n_interfaces; i++)
		r = same_interface(a, &a->interfaces[i], b, ret_same);
	return r;
}

/* Whether the new texts mean what they shall. */
static int verify(struct bt_eni_rewriting *rewriting, const struct bt_format *format,
		  bool *ret_same)
{
	BT_CLEANUP(written_release) struct bt_eni_written again = {0};
	BT_AUTOINPUTS struct bt_inputs inputs = {0};
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	int r = config ? add_texts(rewriting, rewriting->silent, &inputs) : -ENOMEM;

	if (r == 0)
		r = bt_eni_read(rewriting->silent, rewriting->dialect, &inputs, config);
	if (r == 0)
		r = write_and_read(rewriting, format, config, &again);
	return r == 0 ? same_texts(&again.reader, &rewriting->now.reader, ret_same) : r;
}

static int begin(struct bt_eni_rewriting *rewriting, const struct bt_format *format)
{
	int r = read_original(rewriting);

	if (r == 0)
		r = make_drafts(rewriting);
	if (r == 0)
		r = write_and_read(rewriting, format, rewriting->before, &rewriting->was);
	if (r == 0)
		r = write_and_read(rewriting, format, rewriting->config, &rewriting->now);
	return r;
}

/* Writes a second time, if only to say what is lost: that depends on what becomes of the texts. */
static int finish(struct bt_eni_rewriting *rewriting, struct bondtool *bt,
		  const struct bt_format *format, struct bondtool_files *files)
{
	struct bt_origin origin = {.source = rewriting->inputs.items[0].source};
	BT_AUTOFREE char *text = NULL;
	bool same = false;
	int r = verify(rewriting, format, &same);

	if (r < 0)
		return r;
	text = bt_eni_text_of(bt, rewriting->dialect, format, rewriting->config,
			      same ? rewriting->before : NULL);
	if (!text)
		return -ENOMEM;
	if (same)
		return add_files(rewriting, files);
	bt_note(bt, "rewrite/anew", &origin,
		"this text is written anew, without its comments: what was changed stands in it in "
		"a way that cannot be changed alone");
	return bt_files_add(files, "interfaces", 0644, BT_TAKE(text));
}

int bt_eni_rewrite(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		   const struct bt_format *format, struct bondtool_config *config,
		   struct bondtool_files *files, bool *ret_done)
{
	BT_CLEANUP(rewriting_release)
	struct bt_eni_rewriting rewriting = {
		.silent = bondtool_new(),
		.dialect = dialect,
		.config = config,
		.before = bondtool_config_new(),
	};
	int r = rewriting.silent && rewriting.before ? collect_texts(&rewriting, bt) : -ENOMEM;

	*ret_done = false;
	if (r < 0 || !rewriting.inputs.count)
		return r;
	r = begin(&rewriting, format);
	if (r == 0)
		r = change_profiles(&rewriting);
	if (r == 0)
		r = finish(&rewriting, bt, format, files);
	*ret_done = r == 0;
	return r;
}
