/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interfaces of /etc/network/interfaces to profiles. */
#include "parsers/interfaces/interfaces-read.h"

#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-building.h"

/* What an interface is to us. */
enum role {
	NO_ROLE,  /* a template, the loopback, or named only */
	FOREIGN,  /* a bridge, a tunnel: kept in the text */
	BOND,
	VLAN,
	ETHERNET,
};

static const char *const types[] = {
	[BOND] = "bond", [VLAN] = "vlan", [ETHERNET] = "802-3-ethernet"};

/* The VLAN's number in "bond0.100" or "vlan100"; NULL when the name has none. */
static const char *number_in_name(const char *name)
{
	const char *dot = strrchr(name, '.');
	const char *number = dot && dot > name ? dot + 1
			     : bt_has_prefix(name, "vlan") ? name + strlen("vlan") : "";

	if (!*number || number[strspn(number, "0123456789")])
		return NULL;
	return number + (strspn(number, "0") < strlen(number) ? strspn(number, "0") : 0);
}

static bool is_vlan(const struct bt_eni_interface *interface)
{
	return interface->has_raw_device ||
	       (strchr(interface->name, '.') && number_in_name(interface->name));
}

static bool has_method(const struct bt_eni_reader *reader, const struct bt_eni_interface *interface,
		       enum bt_eni_method method)
{
	for (uint32_t i = interface->first; i != BT_ENI_NONE; i = reader->stanzas[i].next)
		if (reader->stanzas[i].method == method)
			return true;
	return false;
}

static bool is_template(const struct bt_eni_reader *reader,
			const struct bt_eni_interface *interface)
{
	if (interface->first != BT_ENI_NONE && reader->stanzas[interface->first].template)
		return true;
	return interface->inherited && !interface->automatic && !interface->allowed &&
	       interface->bond == BT_ENI_NONE;
}

static enum role role_of(const struct bt_eni_reader *reader,
			 const struct bt_eni_interface *interface)
{
	bool port = interface->bond != BT_ENI_NONE;

	if (interface->first == BT_ENI_NONE && !port)
		return NO_ROLE;
	if (strcmp(interface->name, "lo") == 0 || is_template(reader, interface) ||
	    has_method(reader, interface, BT_ENI_LOOPBACK))
		return NO_ROLE;
	if (interface->is_bond)
		return BOND;
	if (interface->is_bridge || (!port && has_method(reader, interface, BT_ENI_OTHER_METHOD)))
		return FOREIGN;
	return is_vlan(interface) ? VLAN : ETHERNET;
}

/* ---- making profiles ---- */

static int set(struct bt_eni_reader *reader, struct bondtool_profile *profile,
	       enum bt_property_id property, const char *text, const struct bt_origin *origin)
{
	int r = bt_profile_set(reader->bt, profile, property, text, origin);

	return r == -ENOMEM ? r : 0;
}

static int set_vlan(struct bt_eni_reader *reader, const struct bt_eni_interface *interface,
		    struct bondtool_profile *profile)
{
	const char *dot = strrchr(interface->name, '.');
	const char *number = number_in_name(interface->name);
	BT_AUTOFREE char *parent =
		dot ? strndup(interface->name, (size_t)(dot - interface->name)) : NULL;
	int r = 0;

	if (dot && !parent)
		return -ENOMEM;
	/* A device that is named holds over the name; it comes with the lines of the stanza. */
	if (number && dot && !interface->has_raw_device)
		r = set(reader, profile, BT_PROP_VLAN_PARENT, parent, &interface->origin);
	if (r == 0 && number)
		r = set(reader, profile, BT_PROP_VLAN_ID, number, &interface->origin);
	return r;
}

static int set_membership(struct bt_eni_reader *reader, const struct bt_eni_interface *interface,
			  struct bondtool_profile *profile)
{
	const char *bond;
	int r;

	if (interface->bond == BT_ENI_NONE)
		return 0;
	bond = reader->interfaces[interface->bond].name;
	r = set(reader, profile, BT_PROP_CONTROLLER, bond, &interface->membership);
	return r < 0 ? r : set(reader, profile, BT_PROP_PORT_TYPE, "bond", &interface->membership);
}

static int set_start(struct bt_eni_reader *reader, const struct bt_eni_interface *interface,
		     struct bondtool_profile *profile)
{
	bool starts = interface->automatic || reader->all_automatic || interface->allowed ||
		      interface->is_listed || interface->first == BT_ENI_NONE;
	int r = 0;

	if (interface->allowed)
		r = bt_profile_add_extra(profile, reader->dialect->format, NULL,
					 bt_eni_allowed(interface), interface->name,
					 &interface->allowed->origin);
	if (r == 0 && !starts)
		r = set(reader, profile, BT_PROP_AUTOCONNECT, "no", &interface->origin);
	return r;
}

static int make_profile(struct bt_eni_reader *reader, struct bt_eni_interface *interface,
			enum role role)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	const struct bt_origin *origin = &interface->origin;
	int r = profile ? 0 : -ENOMEM;

	if (r < 0)
		return r;
	profile->origin = *origin;
	r = bt_profile_set(reader->bt, profile, BT_PROP_INTERFACE_NAME, interface->name, origin);
	if (r < 0)
		return r == -ENOMEM ? r : 0; /* no name for an interface: that has been said */
	r = set(reader, profile, BT_PROP_ID, interface->name, origin);
	if (r == 0)
		r = set(reader, profile, BT_PROP_TYPE, types[role], origin);
	if (r == 0)
		r = set_membership(reader, interface, profile);
	if (r == 0)
		r = set_start(reader, interface, profile);
	if (r == 0 && role == VLAN)
		r = set_vlan(reader, interface, profile);
	if (r < 0)
		return r;
	interface->profile = profile;
	return bt_config_add(reader->config, BT_TAKE(profile));
}

static void report_no_stanza(struct bt_eni_reader *reader, const struct bt_eni_interface *interface)
{
	if (interface->first != BT_ENI_NONE || interface->bond != BT_ENI_NONE ||
	    !interface->automatic || strcmp(interface->name, "lo") == 0)
		return;
	bt_eni_diag(reader, BONDTOOL_WARNING, "no-stanza", &interface->origin, NULL,
		    "'%s' is to be brought up, but has no stanza", interface->name);
}

static int make_profiles(struct bt_eni_reader *reader)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reader->n_interfaces; i++) {
		struct bt_eni_interface *interface = &reader->interfaces[i];
		enum role role = role_of(reader, interface);

		if (role == NO_ROLE)
			report_no_stanza(reader, interface);
		else if (role != FOREIGN)
			r = make_profile(reader, interface, role);
	}
	return r;
}

/* ---- what each says ---- */

static int fill_profile(struct bt_eni_building *building, struct bt_eni_interface *interface)
{
	int r;

	building->interface = interface;
	building->profile = interface->profile;
	building->methods[0] = building->methods[1] = BT_ENI_NO_METHOD;
	building->no_ipv6 = false;
	r = bt_eni_for_each_line(building->reader, interface, bt_eni_take_option_line,
				 bt_eni_end_stanza, building);
	return r < 0 ? r : bt_eni_end_interface(building);
}

/* Bonds first: what stands in the stanza of a port is held against the bond. */
static int fill_profiles(struct bt_eni_reader *reader, bool bonds)
{
	struct bt_eni_building building = {.reader = reader};
	int r = 0;

	for (size_t i = 0; r == 0 && i < reader->n_interfaces; i++)
		if (reader->interfaces[i].profile && reader->interfaces[i].is_bond == bonds)
			r = fill_profile(&building, &reader->interfaces[i]);
	bt_eni_building_reset(&building);
	return r;
}

/* ---- what is none of ours ---- */

/* The stanza whose lines are kept with a profile that it is about. */
struct keeping {
	struct bt_eni_reader *reader;
	struct bondtool_profile *with;
	char *section;
};

/* The first profile that the ports of a bridge name. */
static int find_port(void *context, struct bt_eni_stanza *stanza, struct bt_eni_text *text,
		     struct bt_eni_line *line)
{
	struct keeping *keeping = context;
	struct bt_eni_words *words = &keeping->reader->words;

	(void)stanza;
	if (bt_eni_key_meaning(text, line) != BT_ENI_BRIDGE_PORTS || keeping->with)
		return 0;
	if (bt_eni_split(words, text, line) < 0)
		return -ENOMEM;
	for (size_t i = 1; i < words->count && !keeping->with; i++) {
		struct bt_eni_interface *port =
			bt_eni_find_interface(keeping->reader, bt_eni_word(words, i));

		keeping->with = port ? port->profile : NULL;
	}
	return 0;
}

static int keep_line(void *context, struct bt_eni_stanza *stanza, struct bt_eni_text *text,
		     struct bt_eni_line *line)
{
	struct keeping *keeping = context;
	struct bt_eni_words *words = &keeping->reader->words;
	struct bt_origin origin;

	(void)stanza;
	if (bt_eni_split(words, text, line) < 0)
		return -ENOMEM;
	origin = bt_eni_rest_origin(words, 1);
	return words->count < 2 ? 0
				: bt_profile_add_extra(keeping->with,
						       keeping->reader->dialect->format,
						       keeping->section, bt_eni_word(words, 0),
						       bt_eni_rest(words, 1), &origin);
}

/* A bridge on a bond is kept with the bond; other kinds stay in the text alone. */
static int keep_foreign(struct bt_eni_reader *reader, struct bt_eni_interface *interface)
{
	struct keeping keeping = {.reader = reader};
	BT_AUTOFREE char *section = NULL;
	const struct bt_eni_stanza *stanza = &reader->stanzas[interface->first];
	int r = bt_eni_for_each_line(reader, interface, find_port, NULL, &keeping);

	if (r < 0)
		return r;
	bt_eni_diag(reader, BONDTOOL_NOTE, "left-alone", &interface->origin, NULL,
		    keeping.with ? "'%s' is no interface of ours: its lines are kept with its port"
				 : "'%s' is no interface of ours: it stays in this text only",
		    interface->name);
	if (!keeping.with)
		return 0;
	if (bt_eni_split(&reader->words, stanza->text, &stanza->text->lines[stanza->header]) < 0)
		return -ENOMEM;
	section = bt_format("iface %s", bt_eni_rest(&reader->words, 1));
	keeping.section = section;
	if (section && (interface->automatic || reader->all_automatic))
		r = bt_profile_add_extra(keeping.with, reader->dialect->format, section, "auto",
					 interface->name, &interface->origin);
	if (r < 0 || !section)
		return -ENOMEM;
	return bt_eni_for_each_line(reader, interface, keep_line, NULL, &keeping);
}

static int keep_all_foreign(struct bt_eni_reader *reader)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reader->n_interfaces; i++)
		if (!reader->interfaces[i].profile &&
		    role_of(reader, &reader->interfaces[i]) == FOREIGN)
			r = keep_foreign(reader, &reader->interfaces[i]);
	return r;
}

/* ifupdown2 renders a text with '%' as a template first; what comes out, it alone knows. */
static void report_templates(struct bt_eni_reader *reader)
{
	for (size_t i = 0; reader->dialect == &bt_eni_ifupdown2 && i < reader->inputs->count; i++) {
		const struct bt_source *source = reader->inputs->items[i].source;
		const char *mark = memchr(source->text, '%', source->length);
		struct bt_origin origin;

		while (mark && mark > source->text && mark[-1] != '\n' && mark[-1] != '<')
			mark = memchr(mark + 1, '%', source->length -
							     (size_t)(mark + 1 - source->text));
		if (!mark)
			continue;
		origin = bt_origin_at(source, (size_t)(mark - source->text), 1);
		bt_eni_diag(reader, BONDTOOL_WARNING, "needs-system", &origin,
			    "render it first, as ifupdown2 does with Mako",
			    "the text is a template, and is read as it stands");
	}
}

int bt_eni_read_all(struct bt_eni_reader *reader)
{
	int r;

	report_templates(reader);
	r = bt_eni_collect(reader);
	if (r == 0)
		r = bt_eni_find_roles(reader);
	if (r == 0)
		r = make_profiles(reader);
	if (r == 0)
		r = fill_profiles(reader, true);
	if (r == 0)
		r = fill_profiles(reader, false);
	if (r == 0)
		r = keep_all_foreign(reader);
	return r;
}

int bt_eni_read(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		const struct bt_inputs *inputs, struct bondtool_config *config)
{
	BT_AUTOENIREADER struct bt_eni_reader reader = {
		.bt = bt,
		.dialect = dialect,
		.inputs = inputs,
		.config = config,
	};

	return bt_eni_read_all(&reader);
}
