/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units: a .netdev or .network file with its drop-ins, as one list of assignments. */
#include <errno.h>
#include <string.h>

#include "parsers/networkd/networkd.h"

/* conf-parser.c of systemd. */
const struct bt_ini_rules bt_networkd_rules = {
	.comments = "#;",
	.continues = true,
	.trims_values = true,
	.byte_order_mark = true,
	.whole_utf8 = true,
	.many_line_ends = true,
	.longest_line = 1 << 20,
};

void bt_networkd_units_release(struct bt_networkd_units *units)
{
	for (size_t i = 0; i < units->count; i++) {
		struct bt_networkd_unit *unit = &units->items[i];

		for (size_t k = 0; k < unit->n_inis; k++)
			bt_ini_release(&unit->inis[k]);
		for (size_t k = 0; unit->block_names && k <= unit->n_blocks; k++)
			free(unit->block_names[k]);
		free(unit->block_names);
		free(unit->inis);
		free(unit->lines);
	}
	free(units->items);
	*units = (struct bt_networkd_units){0};
}

/* ---- which file is what ------------------------------------------------------------------------
 */

/* "/x/10-bond0.netdev.d/a.conf" is a drop-in of "10-bond0.netdev": its folder's name, or NULL. */
static char *dropin_of(const struct bt_source *source)
{
	BT_AUTOFREE char *folder = bt_path_folder(source->name);
	const char *base = folder ? bt_path_base(folder) : "";

	if (!bt_has_suffix(source->name, ".conf") ||
	    !(bt_has_suffix(base, ".netdev.d") || bt_has_suffix(base, ".network.d")))
		return NULL;
	return strndup(base, strlen(base) - strlen(".d"));
}

static enum bt_networkd_file file_of(const struct bt_source *source)
{
	if (bt_has_suffix(source->name, ".netdev"))
		return BT_NETWORKD_NETDEV;
	if (bt_has_suffix(source->name, ".network"))
		return BT_NETWORKD_NETWORK;
	return bt_ini_has_section(source, "NetDev") ? BT_NETWORKD_NETDEV : BT_NETWORKD_NETWORK;
}

static int compare_units(const void *a, const void *b)
{
	const struct bt_networkd_unit *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* A drop-in, with the name of the unit that it belongs to. */
struct dropin {
	const struct bt_source *source;
	char *of;
};

static int compare_dropins(const void *a, const void *b)
{
	const struct dropin *one = a, *other = b;

	return strcmp(bt_path_base(one->source->name), bt_path_base(other->source->name));
}

/* The inputs divided: files in order, and drop-ins by name. */
struct division {
	const struct bt_input **files;
	struct dropin *dropins;
	size_t n_files, n_dropins;
};

static void division_release(struct division *division)
{
	for (size_t i = 0; i < division->n_dropins; i++)
		free(division->dropins[i].of);
	free(division->dropins);
	free(division->files);
}

static int divide(const struct bt_inputs *inputs, struct division *division)
{
	division->files = calloc(inputs->count + 1, sizeof(*division->files));
	division->dropins = calloc(inputs->count + 1, sizeof(*division->dropins));
	if (!division->files || !division->dropins)
		return -ENOMEM;
	for (size_t i = 0; i < inputs->count; i++) {
		const struct bt_source *source = inputs->items[i].source;
		char *of = dropin_of(source);

		if (of)
			division->dropins[division->n_dropins++] = (struct dropin){source, of};
		else
			division->files[division->n_files++] = &inputs->items[i];
	}
	qsort(division->dropins, division->n_dropins, sizeof(struct dropin), compare_dropins);
	return 0;
}

/* ---- joining -----------------------------------------------------------------------------------
 */

static int add_ini(struct bt_networkd_unit *unit, const struct bt_source *source)
{
	struct bt_ini *inis = reallocarray(unit->inis, unit->n_inis + 1, sizeof(*inis));

	if (!inis)
		return -ENOMEM;
	unit->inis = inis;
	inis[unit->n_inis] = (struct bt_ini){0};
	return bt_ini_parse(source, &bt_networkd_rules, &inis[unit->n_inis++]);
}

/* A header that is not closed, or a line that is too long, ends the reading of the whole unit. */
static bool is_refusal(const struct bt_ini_line *line)
{
	return line->kind == BT_INI_BAD &&
	       (line->fault == BT_INI_NO_BRACKET || line->fault == BT_INI_TOO_LONG);
}

static int collect_lines(struct bt_networkd_unit *unit)
{
	size_t count = 0, blocks = 0;

	for (size_t k = 0; k < unit->n_inis; k++)
		count += unit->inis[k].count;
	unit->lines = calloc(count + 1, sizeof(*unit->lines));
	if (!unit->lines)
		return -ENOMEM;
	for (size_t k = 0; k < unit->n_inis; k++) {
		const struct bt_ini *ini = &unit->inis[k];
		size_t last = 0;

		for (size_t i = 0; i < ini->count; i++) {
			const struct bt_ini_line *line = &ini->lines[i];

			unit->refused = unit->refused || is_refusal(line);
			last = line->section_number > last ? line->section_number : last;
			if (line->kind == BT_INI_KEY && line->section)
				unit->lines[unit->n_lines++] = (struct bt_networkd_line){
					.ini = ini,
					.line = line,
					.block = blocks + line->section_number,
				};
		}
		blocks += last;
	}
	unit->n_blocks = blocks;
	unit->block_names = calloc(blocks + 1, sizeof(*unit->block_names));
	return unit->block_names ? 0 : -ENOMEM;
}

/* The unit's own file, then its drop-ins by name. */
static int load_unit(const struct bt_input *input, const struct division *division,
		     struct bt_networkd_unit *unit)
{
	int r;

	unit->name = bt_path_base(input->source->name);
	unit->file = file_of(input->source);
	unit->beside = input->beside;
	r = add_ini(unit, input->source);
	for (size_t i = 0; r == 0 && i < division->n_dropins; i++)
		if (bt_equal(division->dropins[i].of, unit->name))
			r = add_ini(unit, division->dropins[i].source);
	return r == 0 ? collect_lines(unit) : r;
}

int bt_networkd_units_load(const struct bt_inputs *inputs, struct bt_networkd_units *ret_units)
{
	BT_AUTOUNITS struct bt_networkd_units units = {0};
	BT_CLEANUP(division_release) struct division division = {0};
	int r = divide(inputs, &division);

	units.items = calloc(inputs->count + 1, sizeof(*units.items));
	if (r == 0 && !units.items)
		r = -ENOMEM;
	for (size_t i = 0; r == 0 && i < division.n_files; i++)
		r = load_unit(division.files[i], &division, &units.items[units.count++]);
	if (r < 0)
		return r;
	qsort(units.items, units.count, sizeof(*units.items), compare_units);
	*ret_units = units;
	units = (struct bt_networkd_units){0};
	return 0;
}

/* ---- looking up --------------------------------------------------------------------------------
 */

bool bt_networkd_is(const struct bt_networkd_line *line, const char *section, const char *key)
{
	return bt_equal(line->line->section, section) && bt_equal(line->line->key, key);
}

struct bt_networkd_line *bt_networkd_last(const struct bt_networkd_unit *unit, const char *section,
					  const char *key)
{
	for (size_t i = unit->n_lines; i-- > 0;)
		if (bt_networkd_is(&unit->lines[i], section, key))
			return &unit->lines[i];
	return NULL;
}

const char *bt_networkd_value(const struct bt_networkd_unit *unit, const char *section,
			      const char *key)
{
	const struct bt_networkd_line *line = bt_networkd_last(unit, section, key);

	return line && *line->line->value ? line->line->value : NULL;
}

void bt_networkd_report_twice(struct bondtool *bt, const struct bt_networkd_unit *unit,
			      const char *section, const char *key)
{
	const struct bt_networkd_line *last = bt_networkd_last(unit, section, key);

	for (size_t i = 0; last && &unit->lines[i] < last; i++) {
		const struct bt_networkd_line *line = &unit->lines[i];
		struct bt_origin place = bt_networkd_value_place(last);

		if (line->ini != last->ini || !bt_networkd_is(line, section, key) ||
		    !*line->line->value || bt_equal(line->line->value, last->line->value))
			continue;
		bt_warning(bt, "networkd/twice", &place,
			   "'%s' was '%s' before, in line %u; this later value holds", key,
			   line->line->value, bt_networkd_value_place(line).line);
		return;
	}
}

void bt_networkd_use(const struct bt_networkd_unit *unit, const char *section, const char *key)
{
	for (size_t i = 0; i < unit->n_lines; i++)
		if (bt_networkd_is(&unit->lines[i], section, key))
			unit->lines[i].used = true;
}

static int each_word_of(struct bt_networkd_line *line,
			int (*each)(void *context, struct bt_networkd_line *line, const char *word,
				    const struct bt_origin *place),
			void *context)
{
	static const char separators[] = " \t\r\v\f";
	const char *value = line->line->value;

	for (const char *p = value + strspn(value, separators); *p;) {
		size_t length = strcspn(p, separators);
		struct bt_origin place = bt_ini_place(line->ini, p, length);
		BT_AUTOFREE char *word = strndup(p, length);
		int r = word ? each(context, line, word, &place) : -ENOMEM;

		if (r != 0)
			return r;
		p += length;
		p += strspn(p, separators);
	}
	return 0;
}

int bt_networkd_each_word(const struct bt_networkd_unit *unit, const char *section, const char *key,
			  int (*each)(void *context, struct bt_networkd_line *line,
				      const char *word, const struct bt_origin *place),
			  void *context)
{
	size_t first = 0;
	int r = 0;

	for (size_t i = 0; i < unit->n_lines; i++)
		if (bt_networkd_is(&unit->lines[i], section, key) && !*unit->lines[i].line->value)
			first = i + 1;
	for (size_t i = 0; i < first; i++)
		if (bt_networkd_is(&unit->lines[i], section, key))
			unit->lines[i].used = true;
	for (size_t i = first; r == 0 && i < unit->n_lines; i++)
		if (bt_networkd_is(&unit->lines[i], section, key))
			r = each_word_of(&unit->lines[i], each, context);
	return r;
}

struct bt_origin bt_networkd_key_place(const struct bt_networkd_line *line)
{
	return bt_ini_key_place(line->ini, line->line);
}

struct bt_origin bt_networkd_value_place(const struct bt_networkd_line *line)
{
	return bt_ini_value_place(line->ini, line->line);
}

struct bt_origin bt_networkd_unit_place(const struct bt_networkd_unit *unit)
{
	return (struct bt_origin){.source = unit->inis[0].source, .line = 1, .column = 1};
}

/* ---- what networkd says of it ------------------------------------------------------------------
 */

/* Words that begin with X- are for others, and networkd passes over them. */
static bool is_for_others(const char *word)
{
	return bt_has_prefix(word, "X-");
}

static char *did_you_mean(const struct bt_nearest *nearest, const char *before, const char *after)
{
	if (!nearest->best)
		return NULL;
	return bt_format("did you mean '%s%.*s%s'?", before, (int)strcspn(nearest->best, " "),
			 nearest->best, after);
}

static void report_section(struct bondtool *bt, const struct bt_networkd_unit *unit,
			   const struct bt_ini *ini, const struct bt_ini_line *line)
{
	enum bt_networkd_file other =
		unit->file == BT_NETWORKD_NETDEV ? BT_NETWORKD_NETWORK : BT_NETWORKD_NETDEV;
	const char *suffix = other == BT_NETWORKD_NETDEV ? ".netdev" : ".network";
	struct bt_nearest nearest = {.word = line->section};
	struct bt_origin origin = bt_ini_key_place(ini, line);
	BT_AUTOFREE char *hint = NULL;
	bool unused;

	if (is_for_others(line->section) ||
	    bt_networkd_knows_section(unit->file, line->section, &unused))
		return;
	if (bt_networkd_knows_section(other, line->section, &unused)) {
		bt_diag(bt, BONDTOOL_WARNING, "networkd/wrong-file", &origin, NULL,
			"systemd-networkd ignores [%s] here: it belongs into a %s file",
			line->section, suffix);
		return;
	}
	bt_networkd_offer_sections(&nearest, unit->file);
	hint = did_you_mean(&nearest, "[", "]");
	bt_diag(bt, BONDTOOL_WARNING, "networkd/unknown-section", &origin, hint,
		"systemd-networkd knows no section [%s] and ignores it", line->section);
}

/* The section of the same file, or else of the other, where the key would be known; NULL: nowhere.
 */
static const char *where_known(enum bt_networkd_file file, const char *key)
{
	static const char *const sections[] = {"NetDev", "Bond",    "VLAN",  "Match",
					       "Link",	 "Network", "DHCPv4"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(sections); i++)
		if (bt_networkd_find_key(file, sections[i], key))
			return sections[i];
	return NULL;
}

static void report_key(struct bondtool *bt, const struct bt_networkd_unit *unit,
		       const struct bt_ini *ini, const struct bt_ini_line *line)
{
	bool netdev = unit->file == BT_NETWORKD_NETDEV;
	enum bt_networkd_file other = netdev ? BT_NETWORKD_NETWORK : BT_NETWORKD_NETDEV;
	const char *advice = bt_networkd_advice(line->section, line->key);
	const char *section = where_known(unit->file, line->key);
	const char *elsewhere = where_known(other, line->key);
	struct bt_origin origin = bt_ini_key_place(ini, line);
	struct bt_nearest nearest = {.word = line->key};
	BT_AUTOFREE char *hint = NULL;

	bt_networkd_offer_keys(&nearest, unit->file, line->section);
	if (advice)
		hint = strdup(advice);
	else if (section)
		hint = bt_format("it belongs into [%s]", section);
	else if (elsewhere)
		hint = bt_format("it belongs into [%s] of a %s file", elsewhere,
				 netdev ? ".network" : ".netdev");
	else
		hint = did_you_mean(&nearest, "", "");
	bt_diag(bt, BONDTOOL_WARNING,
		!advice && (section || elsewhere) ? "networkd/wrong-section"
						  : "networkd/unknown-key",
		&origin, hint, "systemd-networkd knows no '%s' in [%s] and ignores it", line->key,
		line->section);
}

static void report_fault(struct bondtool *bt, const struct bt_ini *ini,
			 const struct bt_ini_line *line)
{
	struct bt_origin origin = bt_ini_key_place(ini, line);

	if (is_refusal(line))
		bt_diag(bt, BONDTOOL_ERROR, "networkd/syntax", &origin, NULL,
			"systemd-networkd refuses the whole file: %s",
			bt_ini_fault_text(line->fault));
	else
		bt_warning(bt, "networkd/syntax", &origin, "systemd-networkd ignores %s",
			   line->kind == BT_INI_BAD ? bt_ini_fault_text(line->fault)
						    : "a key before the first section");
}

static void report_line(struct bondtool *bt, const struct bt_networkd_unit *unit,
			const struct bt_ini *ini, const struct bt_ini_line *line)
{
	bool all_keys;

	if (line->kind == BT_INI_BAD || (line->kind == BT_INI_KEY && !line->section))
		report_fault(bt, ini, line);
	else if (line->kind == BT_INI_SECTION)
		report_section(bt, unit, ini, line);
	else if (line->kind == BT_INI_KEY && !is_for_others(line->key) &&
		 bt_networkd_knows_section(unit->file, line->section, &all_keys) && all_keys &&
		 !bt_networkd_find_key(unit->file, line->section, line->key))
		report_key(bt, unit, ini, line);
}

void bt_networkd_unit_report(struct bondtool *bt, const struct bt_networkd_unit *unit)
{
	for (size_t k = 0; k < unit->n_inis; k++)
		for (size_t i = 0; i < unit->inis[k].count; i++)
			report_line(bt, unit, &unit->inis[k], &unit->inis[k].lines[i]);
}
