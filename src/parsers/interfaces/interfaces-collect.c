/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of /etc/network/interfaces to stanzas and interfaces, in the order of the owning tool. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/array.h"
#include "parsers/interfaces/interfaces-reader.h"
#include "parsers/interfaces/interfaces-source.h"

enum {
	MOST_ERRORS = 100, /* findings of severity error before the rest is left out */
	DEEPEST = 32,	   /* includes in includes */
};

void bt_eni_diag(struct bt_eni_reader *reader, enum bondtool_severity severity, const char *rule,
		 const struct bt_origin *origin, const char *hint, const char *format, ...)
{
	BT_AUTOFREE char *full = bt_format("%s/%s", reader->dialect->name, rule);
	BT_AUTOFREE char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = bt_vformat(format, arguments);
	va_end(arguments);
	if (!full || !message || reader->stopped)
		return;
	bt_diag(reader->bt, severity, full, origin, hint, "%s", message);
	if (severity == BONDTOOL_ERROR && ++reader->errors >= MOST_ERRORS) {
		reader->stopped = true;
		bt_diag(reader->bt, BONDTOOL_ERROR, full, origin, NULL,
			"there are too many errors: what else is wrong is not shown");
	}
}

static int add_stanza(struct bt_eni_reader *reader, const struct bt_eni_stanza *stanza)
{
	struct bt_eni_interface *interface = &reader->interfaces[stanza->interface];
	uint32_t number = (uint32_t)reader->n_stanzas;

	if (!BT_MAKE_ROOM(reader->stanzas, reader->n_stanzas, reader->size_stanzas))
		return -ENOMEM;
	reader->stanzas[reader->n_stanzas++] = *stanza;
	if (interface->first == BT_ENI_NONE)
		interface->first = number;
	else
		reader->stanzas[interface->last].next = number;
	interface->last = number;
	return 0;
}

/* An error after which the tool takes nothing of the file. */
static void refuse(struct bt_eni_reader *reader, size_t word, const char *what)
{
	struct bt_origin origin = bt_eni_word_origin(&reader->words, word);

	bt_eni_diag(reader, BONDTOOL_ERROR, "syntax", &origin, NULL,
		    reader->dialect->family_optional ? "%s; %s skips the line"
						     : "%s; %s takes nothing of such a file",
		    what, reader->dialect->tool);
}

/* "inherits NAME" at word INDEX of the header. */
static void take_parent(struct bt_eni_reader *reader, size_t index, struct bt_eni_stanza *stanza)
{
	const char *name = bt_eni_word(&reader->words, index + 1);
	struct bt_eni_interface *parent;
	struct bt_origin origin;

	if (!*name) {
		refuse(reader, index, "'inherits' names no interface");
		return;
	}
	parent = bt_eni_find_interface(reader, name);
	if (!parent || parent->first == BT_ENI_NONE) {
		origin = bt_eni_word_origin(&reader->words, index + 1);
		bt_eni_diag(reader, BONDTOOL_ERROR, "inherits", &origin,
			    "what is inherited must stand before its heir",
			    "there is no '%s' before this line to inherit from", name);
		return;
	}
	parent->inherited = true;
	stanza->parent = bt_eni_interface_number(reader, parent);
	if (stanza->family == BT_ENI_ANY_FAMILY && !reader->dialect->family_optional) {
		stanza->family = reader->stanzas[parent->first].family;
		stanza->method = reader->stanzas[parent->first].method;
	}
}

/* The words behind the name, where family and method have to be. */
static bool take_family(struct bt_eni_reader *reader, struct bt_eni_stanza *stanza)
{
	const char *family = bt_eni_word(&reader->words, 2);
	const char *method = bt_eni_word(&reader->words, 3);
	enum bt_eni_method found;

	if (strcmp(family, "inherits") == 0)
		return true;
	stanza->family = (uint8_t)bt_eni_family_of(family);
	if (stanza->family == BT_ENI_ANY_FAMILY) {
		refuse(reader, 2, *family ? "there is no such address family"
					  : "the address family is missing");
		return false;
	}
	if (!bt_eni_method_of(reader->dialect, (enum bt_eni_family)stanza->family, method,
			      &found) && strcmp(method, "inherits") != 0) {
		refuse(reader, 3, *method ? "there is no such method in this address family"
					  : "the method is missing");
		return false;
	}
	stanza->method = (uint8_t)found;
	return true;
}

/* The words behind the name where they are hints only. */
static void take_hints(struct bt_eni_reader *reader, struct bt_eni_stanza *stanza)
{
	const char *family = bt_eni_word(&reader->words, 2);
	const char *method = bt_eni_word(&reader->words, 3);
	enum bt_eni_method found = BT_ENI_NO_METHOD;

	stanza->family = (uint8_t)bt_eni_family_of(family);
	if (*method && strcmp(family, "inherits") != 0 && strcmp(method, "inherits") != 0 &&
	    !bt_eni_method_of(reader->dialect, (enum bt_eni_family)stanza->family, method, &found))
		refuse(reader, 3, "there is no such method");
	stanza->method = (uint8_t)found;
}

static void take_inheritance(struct bt_eni_reader *reader, struct bt_eni_stanza *stanza)
{
	for (size_t i = 2; i < reader->words.count; i++) {
		if (strcmp(bt_eni_word(&reader->words, i), "inherits") != 0)
			continue;
		if (reader->dialect == &bt_eni_ifupdown2)
			refuse(reader, i, "'inherits' is not known");
		else
			take_parent(reader, i, stanza);
		return;
	}
}

/* Opens a stanza for the interface called NAME. */
static int open_stanza(struct bt_eni_reader *reader, void *context, const char *name, size_t word)
{
	struct bt_eni_stanza *stanza = context;
	struct bt_origin origin = bt_eni_word_origin(&reader->words, word);
	const char *colon = strchr(name, ':');
	BT_AUTOFREE char *base = colon ? strndup(name, (size_t)(colon - name)) : NULL;
	struct bt_eni_interface *interface =
		base || !colon ? bt_eni_interface(reader, base ? base : name, &origin) : NULL;

	if (!interface)
		return -ENOMEM;
	if (interface->first == BT_ENI_NONE && !colon)
		interface->origin = origin;
	stanza->interface = bt_eni_interface_number(reader, interface);
	stanza->alias = colon != NULL;
	if (colon)
		bt_eni_diag(reader, BONDTOOL_NOTE, "alias", &origin, NULL,
			    "'%s' stands for further addresses of '%s'; that label is not kept",
			    name, base);
	return add_stanza(reader, stanza);
}

/* The line behind the last one of the stanza whose header is LINE. */
static size_t end_of_stanza(const struct bt_eni_text *text, size_t line)
{
	while (++line < text->n_lines)
		if (text->lines[line].kind > BT_ENI_COMMENT)
			break;
	return line;
}

/* Calls EACH for the name at WORD, or for those that ifupdown2 makes of it. */
static int for_each_name(struct bt_eni_reader *reader, size_t word,
			 int (*each)(struct bt_eni_reader *reader, void *context, const char *name,
				     size_t word),
			 void *context)
{
	const char *name = bt_eni_word(&reader->words, word);

	if (reader->dialect != &bt_eni_ifupdown2)
		return each(reader, context, name, word);

	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_eni_expand_range(name, &names);

	if (r == -ERANGE) {
		refuse(reader, word, "the range has too many names");
		r = 0;
	}
	for (size_t i = 0; r == 0 && i < names.count; i++)
		r = each(reader, context, names.items[i], word);
	return r;
}

static int take_interface(struct bt_eni_reader *reader, struct bt_eni_text *text, size_t line)
{
	struct bt_eni_stanza stanza = {
		.text = text,
		.header = (uint32_t)line,
		.end = (uint32_t)end_of_stanza(text, line),
		.next = BT_ENI_NONE,
		.parent = BT_ENI_NONE,
		.template = text->lines[line].kind == BT_ENI_TEMPLATE,
	};

	if (reader->words.count < 2) {
		refuse(reader, 0, "the name of the interface is missing");
		return 0;
	}
	if (reader->dialect->family_optional)
		take_hints(reader, &stanza);
	else if (!take_family(reader, &stanza))
		stanza.method = BT_ENI_NO_METHOD;
	take_inheritance(reader, &stanza);
	return for_each_name(reader, 1, open_stanza, &stanza);
}

/* Says what cannot be told of a word behind "auto" or "allow-"; true when it is a plain name. */
static bool is_plain_name(struct bt_eni_reader *reader, size_t word)
{
	const char *name = bt_eni_word(&reader->words, word);
	const char *equals;
	struct bt_origin origin;

	if (reader->dialect != &bt_eni_ifupdown || !strpbrk(name, "=/"))
		return true;
	equals = strchr(name, '=');
	origin = bt_eni_word_origin(&reader->words, word);
	if (strchr(name, '/')) {
		bt_eni_diag(reader, BONDTOOL_WARNING, "needs-system", &origin, NULL,
			    "'%s' is matched against the interfaces of a running system", name);
		return false;
	}
	bt_eni_diag(reader, BONDTOOL_WARNING, "mapping", &origin, NULL,
		    "'%.*s' comes up with the stanza '%s', which is read as an interface "
		    "of that name", (int)(equals - name), name, equals + 1);
	return false;
}

static int mark_automatic(struct bt_eni_reader *reader, void *context, const char *name,
			  size_t word)
{
	struct bt_origin origin = bt_eni_word_origin(&reader->words, word);
	const char *colon = strchr(name, ':');
	struct bt_eni_interface *interface;

	(void)context;
	if (colon)
		return 0; /* an alias comes up with its interface */
	interface = bt_eni_interface(reader, name, &origin);
	if (!interface)
		return -ENOMEM;
	interface->automatic = true;
	return 0;
}

static int take_automatic(struct bt_eni_reader *reader)
{
	size_t most = reader->dialect->one_auto ? 2 : reader->words.count;
	int r = 0;

	if (most < reader->words.count) {
		struct bt_origin origin = bt_eni_word_origin(&reader->words, 2);

		bt_eni_diag(reader, BONDTOOL_WARNING, "auto-list", &origin,
			    "give each interface an 'auto' line of its own",
			    "ifupdown-ng takes one name behind 'auto' and ignores '%s'",
			    bt_eni_rest(&reader->words, 2));
	}
	for (size_t i = 1; r == 0 && i < most && i < reader->words.count; i++) {
		if (reader->dialect == &bt_eni_ifupdown2 &&
		    strcmp(bt_eni_word(&reader->words, i), "all") == 0) {
			reader->all_automatic = true;
			break;
		}
		if (is_plain_name(reader, i))
			r = for_each_name(reader, i, mark_automatic, NULL);
	}
	return r;
}

static struct bt_eni_allowed *allowed_by(const char *keyword, const struct bt_origin *origin)
{
	size_t size = strlen(keyword) + 1;
	struct bt_eni_allowed *allowed = malloc(sizeof(*allowed) + size);

	if (!allowed)
		return NULL;
	allowed->origin = *origin;
	memcpy(allowed->keyword, keyword, size);
	return allowed;
}

/* "allow-hotplug eth0": another reason to be brought up. */
static int take_allowed(struct bt_eni_reader *reader)
{
	const char *keyword = bt_eni_word(&reader->words, 0);

	if (strcmp(keyword, "allow-auto") == 0)
		return take_automatic(reader);
	for (size_t i = 1; i < reader->words.count; i++) {
		struct bt_origin origin = bt_eni_word_origin(&reader->words, i);
		struct bt_eni_interface *interface;

		if (!is_plain_name(reader, i))
			continue;
		interface = bt_eni_interface(reader, bt_eni_word(&reader->words, i), &origin);
		if (!interface)
			return -ENOMEM;
		if (!interface->allowed)
			interface->allowed = allowed_by(keyword, &origin);
		if (!interface->allowed)
			return -ENOMEM;
	}
	return 0;
}

static int walk(struct bt_eni_reader *reader, size_t input);

/* What a reference led to. */
enum reached { REACHED_NOTHING, REACHED_FILES, REACHED_ITSELF };

static int walk_to(struct bt_eni_reader *reader, size_t input, enum reached *ret_reached)
{
	bool looping = reader->visited[input] == BT_ENI_VISITING;

	if (*ret_reached != REACHED_ITSELF)
		*ret_reached = looping ? REACHED_ITSELF : REACHED_FILES;
	return walk(reader, input);
}

/* Walks through the inputs that the reference means. */
static int walk_reference(struct bt_eni_reader *reader, const struct bt_eni_reference *reference,
			  enum reached *ret_reached)
{
	size_t number;
	int r = 0;

	*ret_reached = REACHED_NOTHING;
	if (!reference->wild && !reference->directory)
		return bt_inputs_find(reader->inputs, reference->pattern, &number)
			       ? walk_to(reader, number, ret_reached)
			       : 0;
	for (size_t i = 0; r == 0 && i < reader->inputs->count && reader->budget; i++) {
		reader->budget--;
		if (!bt_eni_refers_to(reference, reader->inputs->items[i].source->name))
			continue;
		r = walk_to(reader, i, ret_reached);
	}
	return r;
}

static void report_loop(struct bt_eni_reader *reader, size_t word)
{
	struct bt_origin origin = bt_eni_word_origin(&reader->words, word);

	bt_eni_diag(reader, BONDTOOL_WARNING, "include-loop", &origin, "remove the line",
		    "'%s' leads back to this text, which is read once here",
		    bt_eni_word(&reader->words, word));
}

static void report_missing(struct bt_eni_reader *reader, const struct bt_eni_reference *reference,
			   size_t word)
{
	struct bt_origin origin = bt_eni_word_origin(&reader->words, word);

	if (reference->needs_shell)
		bt_eni_diag(reader, BONDTOOL_WARNING, "needs-system", &origin, NULL,
			    "only a running shell can tell which files '%s' means",
			    bt_eni_word(&reader->words, word));
	else if (reference->elsewhere)
		bt_eni_diag(reader, BONDTOOL_NOTE, "source", &origin,
			    "name the files, too, or read a copy of the whole etc/network",
			    "'%s' is not looked for, because this text does not lie below "
			    "etc/network", bt_eni_word(&reader->words, word));
	else if (!reference->wild)
		bt_eni_diag(reader, BONDTOOL_WARNING, "source", &origin, NULL,
			    "there is no '%s' to be read", reference->pattern);
}

/* Takes the line apart anew for each word: what is included uses the words, too. */
static int take_source(struct bt_eni_reader *reader, struct bt_eni_text *text, size_t line)
{
	size_t count = reader->words.count;
	int r = 0;

	if (count < 2)
		refuse(reader, 0, "the path is missing");
	for (size_t i = 1; r == 0 && i < count; i++) {
		BT_AUTOENIREFERENCE struct bt_eni_reference reference = {0};
		enum reached reached = REACHED_NOTHING;

		r = bt_eni_split(&reader->words, text, &text->lines[line]);
		if (r == 0)
			r = bt_eni_refer(&reader->words, i, &reference);
		if (r == 0 && reference.wild && reader->dialect == &bt_eni_ifupdown_ng)
			refuse(reader, i, "'source' takes no wildcards here");
		if (r == 0)
			r = walk_reference(reader, &reference, &reached);
		if (r == 0)
			r = bt_eni_split(&reader->words, text, &text->lines[line]);
		if (r == 0 && reached == REACHED_NOTHING)
			report_missing(reader, &reference, i);
		else if (r == 0 && reached == REACHED_ITSELF)
			report_loop(reader, i);
	}
	return r;
}

static void take_mapping(struct bt_eni_reader *reader)
{
	struct bt_origin origin = bt_eni_word_origin(&reader->words, 1);

	bt_eni_diag(reader, BONDTOOL_WARNING, "needs-system", &origin, NULL,
		    "a script of the running system maps '%s' to the name of a stanza",
		    bt_eni_rest(&reader->words, 1));
}

static void take_rename(struct bt_eni_reader *reader)
{
	struct bt_origin origin = bt_eni_word_origin(&reader->words, 1);

	bt_eni_diag(reader, BONDTOOL_NOTE, "rename", &origin, NULL,
		    "that ifupdown renames interfaces (%s) is left to it",
		    bt_eni_rest(&reader->words, 1));
}

/* A line outside of any stanza. */
static void take_stray(struct bt_eni_reader *reader)
{
	refuse(reader, 0, "the line belongs to no stanza");
}

/* Takes the line that opens something; *RET_BEHIND is the first line behind it and its own. */
static int take_line(struct bt_eni_reader *reader, struct bt_eni_text *text, size_t line,
		     size_t *ret_behind)
{
	enum bt_eni_kind kind = (enum bt_eni_kind)text->lines[line].kind;
	int r;

	*ret_behind = line + 1;
	if (kind == BT_ENI_BLANK || kind == BT_ENI_COMMENT)
		return 0;
	r = bt_eni_split(&reader->words, text, &text->lines[line]);
	if (r < 0)
		return r;
	switch (kind) {
	case BT_ENI_IFACE:
	case BT_ENI_TEMPLATE:
		*ret_behind = end_of_stanza(text, line);
		return take_interface(reader, text, line);
	case BT_ENI_AUTO:
		r = take_automatic(reader);
		if (r == 0 && reader->dialect->one_auto && end_of_stanza(text, line) > line + 1)
			r = take_interface(reader, text, line);
		if (reader->dialect->one_auto)
			*ret_behind = end_of_stanza(text, line);
		return r;
	case BT_ENI_ALLOW:
		return take_allowed(reader);
	case BT_ENI_SOURCE:
	case BT_ENI_SOURCE_DIRECTORY:
		return take_source(reader, text, line);
	case BT_ENI_MAPPING:
		take_mapping(reader);
		*ret_behind = end_of_stanza(text, line);
		return 0;
	case BT_ENI_RENAME:
		take_rename(reader);
		return 0;
	case BT_ENI_LISTED:
		return 0;
	default:
		take_stray(reader);
		return 0;
	}
}

static int walk(struct bt_eni_reader *reader, size_t input)
{
	struct bt_eni_text *text = &reader->texts[input];
	int r;

	if (reader->visited[input] || reader->depth >= DEEPEST)
		return 0;
	reader->visited[input] = BT_ENI_VISITING;
	r = bt_eni_parse(reader->bt, reader->inputs->items[input].source, reader->dialect, text);
	if (r == 0)
		r = bt_eni_reserve_interfaces(reader, text->n_interfaces);
	reader->depth++;
	for (size_t line = 0; r == 0 && line < text->n_lines && !reader->stopped;)
		r = take_line(reader, text, line, &line);
	reader->depth--;
	reader->visited[input] = BT_ENI_VISITED;
	return r;
}

int bt_eni_collect(struct bt_eni_reader *reader)
{
	size_t count = reader->inputs->count;
	int r = 0;

	reader->texts = calloc(count + 1, sizeof(*reader->texts));
	reader->visited = calloc(count + 1, sizeof(*reader->visited));
	if (!reader->texts || !reader->visited)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		reader->budget += reader->inputs->items[i].source->length;
	reader->budget = reader->budget * 4 + 100000;
	for (size_t i = 0; r == 0 && i < count; i++)
		r = walk(reader, i);
	return r;
}
