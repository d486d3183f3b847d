/* SPDX-License-Identifier: GPL-2.0-or-later
 * Random single changes of random configurations in /etc/network/interfaces, as each of the three
 * tools reads it: only lines that say what was changed differ, and they say what they shall.
 */
#include "generate.h"
#include "rewriting.h"

enum { ROUNDS = 250 };

/* The text with comments, lines of others and other white space strewn into it. */
static char *decorated(struct generator *g, const char *text)
{
	BT_AUTOTEXT struct bt_text out = {0};
	bool in_stanza = false;

	for (const char *p = text, *end; *p; p = end + 1) {
		end = strchr(p, '\n');
		in_stanza = p[0] == ' ' || bt_has_prefix(p, "iface");
		if (generate_once_in(g, 4))
			bt_text_addf(&out, "# note %u\n", generate_below(g, 1000));
		if (p[0] == ' ' && generate_once_in(g, 2))
			bt_text_addf(&out, "\t%.*s\n", (int)(end - p - 4), p + 4);
		else
			bt_text_addf(&out, "%.*s\n", (int)(end - p), p);
		if (in_stanza && !bt_has_prefix(p, "iface lo") && generate_once_in(g, 6))
			bt_text_addf(&out, "    up logger step %u\n", generate_below(g, 1000));
		if (generate_once_in(g, 8) && !in_stanza)
			bt_text_add(&out, "\n");
	}
	return bt_text_take(&out);
}

/* A random option of the bond gets another value, or none; returns the option's name. */
static const char *change_option(struct generator *g, struct bondtool *bt,
				 struct bondtool_profile *bond)
{
	enum bt_option_id id;

	do
		id = (enum bt_option_id)generate_below(g, BT_OPT_COUNT);
	while ((bt_options[id].flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME)) ||
	       id == BT_OPT_PRIMARY);
	bt_values_unset(&bond->options, id);
	if (!generate_once_in(g, 4))
		generate_option(g, bt, &bond->options, id, NULL);
	return bt_options[id].name;
}

/* A random property gets another value, or none; returns a word of the lines that say it. */
static const char *change_property(struct generator *g, struct bondtool *bt,
				   struct bondtool_profile *profile)
{
	static const struct {
		enum bt_property_id property;
		const char *value, *word;
	} changes[] = {
		{BT_PROP_MTU, "1999", "mtu"},
		{BT_PROP_CLONED_MAC_ADDRESS, "02:00:5e:00:53:99", "hwaddress"},
		{BT_PROP_AUTOCONNECT, "no", "auto"},
		{BT_PROP_IPV4_DNS, "192.0.2.99", "dns-nameservers"},
		{BT_PROP_IPV4_ADDRESSES, "192.0.2.99/25", "address"},
		{BT_PROP_IPV6_ADDRESSES, "2001:db8::99/64", "address"},
		{BT_PROP_IPV4_ROUTES, "198.51.100.0/24 192.0.2.98", "route add"},
	};
	size_t i = generate_below(g, BT_ARRAY_SIZE(changes));
	enum bt_property_id property = changes[i].property;
	enum bt_property_id block = property >= BT_PROP_IPV6 ? BT_PROP_IPV6 : BT_PROP_IPV4;
	bool of_ip = property >= BT_PROP_IPV4;

	/* addresses and what goes with them belong to a method */
	if (of_ip && !bt_equal(bt_profile_text(profile, block), "manual"))
		return NULL;
	bt_values_unset(&profile->properties, property);
	if (generate_once_in(g, 4) && changes[i].word && strcmp(changes[i].word, "address") != 0)
		return changes[i].word;
	bt_profile_set(bt, profile, property, changes[i].value, NULL);
	return changes[i].word;
}

/* The words of a key may be joined by '_' in the option's name and by '-' in the text. */
static bool mentions(const char *line, size_t length, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= length; i++) {
		size_t k = 0;

		while (k < n && (line[i + k] == word[k] || (word[k] == '_' && line[i + k] == '-')))
			k++;
		if (k == n)
			return true;
	}
	return false;
}

/* Whether the line is one that a change of WORD is about. */
static bool is_about(const char *line, size_t length, const char *word)
{
	/* a port that is listed comes up with its bond: another one has to name it */
	if (!strcmp(word, "auto") &&
	    (mentions(line, length, "bond-slaves") || mentions(line, length, "bond-master") ||
	     mentions(line, length, "bond-primary")))
		return true;
	if (!strcmp(word, "peer_notif_delay") && mentions(line, length, "peer_notify_delay"))
		return true;
	return mentions(line, length, word);
}

/* What may come and go with other lines: the frame of a stanza of the interface. */
static bool is_frame(const char *line, size_t length, const char *interface)
{
	BT_AUTOFREE char *stanza = bt_format("iface %s ", interface);
	BT_AUTOFREE char *start = bt_format("auto %s\n", interface);

	return !length || bt_has_prefix(line, stanza) || bt_has_prefix(line, start);
}

static size_t line_length(const char *line)
{
	return strcspn(line, "\n");
}

static const char *next_line(const char *line)
{
	return line + line_length(line) + (line[line_length(line)] == '\n');
}

static bool same_line(const char *a, const char *b)
{
	return line_length(a) == line_length(b) && strncmp(a, b, line_length(a)) == 0;
}

/* Whether LINE of FROM stands in the rest of TEXT, too. */
static const char *find_line(const char *text, const char *line)
{
	for (; *text; text = next_line(text))
		if (same_line(text, line))
			return text;
	return NULL;
}

/* Every line of A is in B in the same order, but for those that mention WORD. */
static bool has_all_but(const char *a, const char *b, const char *word, const char *interface)
{
	bool ok = true;

	for (; *a; a = next_line(a)) {
		size_t length = line_length(a);
		bool may_go = is_about(a, length, word) || is_frame(a, length, interface);
		const char *found = !may_go ? find_line(b, a) : same_line(a, b) ? b : NULL;

		if (found) {
			b = next_line(found);
		} else if (!may_go) {
			printf("# '%.*s' is not on both sides of a change of '%s'\n", (int)length,
			       a, word);
			ok = false;
		}
	}
	return ok;
}

/* Profiles that say the same, but for names that no text has and for what was reported as lost. */
static bool is_as_wanted(const struct bondtool *bt, const struct bondtool_profile *wanted,
			 const struct bondtool_profile *read)
{
	for (size_t i = 0; read && i < wanted->options.count; i++) {
		const struct bt_value *value = &wanted->options.values[i];
		const struct bt_value *other = bt_values_find(&read->options, value->id);
		bool lost = false;

		for (size_t k = 0; k < bondtool_diags_count(bt); k++)
			lost |= bt_has_prefix(bondtool_diags_at(bt, k)->rule, "loss/") &&
				strstr(bondtool_diags_at(bt, k)->message,
				       bt_options[value->id].name);
		if (!lost && !(other && bt_value_equal(value, other)))
			return false;
	}
	for (size_t i = 0; read && i < read->options.count; i++)
		if (!bt_values_find(&wanted->options, read->options.values[i].id))
			return false;
	for (size_t i = 0; read && i < read->properties.count; i++) {
		const struct bt_value *value = &read->properties.values[i];
		const struct bt_value *other = bt_values_find(&wanted->properties, value->id);

		if (!other || !bt_value_equal(value, other))
			return false;
	}
	return read != NULL;
}

static void check_round(const char *format, unsigned seed)
{
	struct generator g = generator_of(seed);
	struct rewriting r = begin(format);
	struct bondtool_config *made = generate_config(&g, r.bt);
	BT_AUTOFREE char *text = NULL;
	struct bondtool_profile *profile;
	const char *word, *now, *interface;

	CHECK_INT(bondtool_write(r.bt, made, format, &r.files), 0);
	text = decorated(&g, bondtool_files_at(r.files, 0)->text);
	bondtool_files_free(r.files);
	r.files = NULL;
	add(&r, "interfaces", text);
	read_all(&r);
	bondtool_diags_clear(r.bt);
	profile = r.config->profiles[generate_below(&g, (unsigned)r.config->count)];
	word = bt_profile_is(profile, "bond") && generate_once_in(&g, 2)
		       ? change_option(&g, r.bt, profile)
		       : change_property(&g, r.bt, profile);
	word = word ? word : "nothing";
	interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	write_all(&r);
	now = written(&r, "interfaces");
	if (!CHECK(now) || !CHECK(!is_anew(r.bt)) ||
	    !CHECK(has_all_but(text, now, word, interface)) ||
	    !CHECK(has_all_but(now, text, word, interface)))
		printf("# %s, seed %u: '%s' of '%s'\n", format, seed, word, interface);

	struct rewriting again = begin(format);

	add(&again, "interfaces", now ? now : "");
	read_all(&again);
	for (size_t i = 0; i < r.config->count; i++) {
		const struct bondtool_profile *wanted = r.config->profiles[i];
		const char *name = bt_profile_text(wanted, BT_PROP_INTERFACE_NAME);

		if (!CHECK(is_as_wanted(r.bt, wanted, bt_config_by_interface(again.config, name))))
			printf("# %s, seed %u: '%s' of '%s' is not in '%s'\n", format, seed, word,
			       interface, name);
	}
	end(&again);
	bondtool_config_free(made);
	end(&r);
}

static void test_random_changes_touch_nothing_else(void)
{
	static const char *const formats[] = {"interfaces", "ifupdown2", "ifupdown-ng"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(formats); i++)
		for (unsigned seed = 1; seed <= ROUNDS; seed++)
			check_round(formats[i], seed);
}

TESTS(TEST(test_random_changes_touch_nothing_else))
