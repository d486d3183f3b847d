/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report of what a format could not hold. */
#include "parsers/loss.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

void bt_written_property(struct bt_written *written, enum bt_property_id property)
{
	written->property[property] = true;
	if (bt_properties[property].option >= 0)
		written->option[bt_properties[property].option] = true;
}

static bool keeps_any(const struct bondtool_profile *profile, const struct bt_extra *extra)
{
	(void)profile;
	(void)extra;
	return true;
}

void bt_written_all(struct bt_written *written)
{
	memset(written->property, true, sizeof(written->property));
	memset(written->option, true, sizeof(written->option));
	written->extras = true;
	written->keeps_extra = keeps_any;
}

static bool is_identity(unsigned property)
{
	return bt_properties[property].flags & BT_PROPERTY_IDENTITY;
}

static void lost_options(struct bondtool *bt, const struct bt_format *format,
			 const struct bondtool_profile *profile, const struct bt_written *written,
			 char *(*hint_for)(const struct bondtool_profile *profile,
					   const struct bt_option *option))
{
	for (size_t i = 0; i < profile->options.count; i++) {
		const struct bt_value *value = &profile->options.values[i];
		const struct bt_option *option = &bt_options[value->id];
		BT_AUTOFREE char *shown =
			bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);
		BT_AUTOFREE char *hint = NULL;

		if (written->option[value->id])
			continue;
		if (hint_for)
			hint = hint_for(profile, option);
		bt_diag(bt, BONDTOOL_WARNING, "loss/option", &value->origin, hint,
			"'%s': %s has no place for the option %s=%s", bt_profile_label(profile),
			bt_format_name(format->id), option->name, shown ? shown : "?");
	}
}

/*
 * One note on all of the profile's names and numbers that the format has no place for: what the
 * profile does is not changed by that, and whatever reads the files finds names of its own.
 */
static void lost_identity(struct bondtool *bt, const struct bt_format *format,
			  const struct bondtool_profile *profile, const struct bt_written *written)
{
	BT_AUTOTEXT struct bt_text names = {0};

	for (size_t i = 0; i < profile->properties.count; i++) {
		unsigned id = profile->properties.values[i].id;
		BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[id]);

		if (is_identity(id) && !written->property[id])
			bt_text_addf(&names, "%s%s", names.length ? ", " : "", name ? name : "?");
	}
	if (names.length)
		bt_note(bt, "loss/identity", NULL, "'%s': %s does not keep %s",
			bt_profile_label(profile), bt_format_name(format->id), names.data);
}

/* Whether nothing is changed by the value's absence: it says what is so anyway. */
static bool is_moot(const struct bondtool_profile *profile, const struct bt_value *value,
		    const char *shown)
{
	bool v6 = value->id == BT_PROP_IPV6_NEVER_DEFAULT;
	unsigned block = v6 ? BT_IP_BLOCK : 0;
	const char *method = bt_profile_text(profile, BT_PROP_IPV4_METHOD + block);

	switch (value->id) {
	case BT_PROP_VLAN_FLAGS: /* those of a new VLAN */
		return bt_equal(shown, bt_properties[value->id].standard);
	case BT_PROP_IPV4_NEVER_DEFAULT:
	case BT_PROP_IPV6_NEVER_DEFAULT:
		return !value->number ||
		       (bt_equal(method, "manual") &&
			!bt_profile_value(profile, BT_PROP_IPV4_GATEWAY + block));
	default:
		return false;
	}
}

static void lost_property(struct bondtool *bt, const struct bt_format *format,
			  const struct bondtool_profile *profile, const struct bt_value *value)
{
	const struct bt_property *property = &bt_properties[value->id];
	BT_AUTOFREE char *name = bt_property_full_name(property);
	BT_AUTOFREE char *shown =
		bt_value_joined(&property->spec, value, ", ", BONDTOOL_PARSABLE);
	bool moot = is_moot(profile, value, shown);
	BT_AUTOFREE char *hint =
		moot ? NULL : bt_loss_hint(profile, (enum bt_property_id)value->id);

	bt_diag(bt, moot ? BONDTOOL_NOTE : BONDTOOL_WARNING, "loss/property", &value->origin, hint,
		"'%s': %s has no place for %s: %s%s", bt_profile_label(profile),
		bt_format_name(format->id), name ? name : property->name, shown ? shown : "?",
		moot ? ", which is so anyway" : "");
}

static void lost_properties(struct bondtool *bt, const struct bt_format *format,
			    const struct bondtool_profile *profile,
			    const struct bt_written *written)
{
	for (size_t i = 0; i < profile->properties.count; i++) {
		const struct bt_value *value = &profile->properties.values[i];

		if (!written->property[value->id] && !is_identity(value->id))
			lost_property(bt, format, profile, value);
	}
}

static void lost_extras(struct bondtool *bt, const struct bt_format *format,
			const struct bondtool_profile *profile, const struct bt_written *written)
{
	for (size_t i = 0; i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];

		if ((extra->format == format->id && written->extras) ||
		    (written->keeps_extra && written->keeps_extra(profile, extra)))
			continue;
		bt_warning(bt, "loss/key", &extra->origin,
			   "'%s': %s has no place for the key %s=%s", bt_profile_label(profile),
			   bt_format_name(format->id), extra->key, extra->value);
	}
}

void bt_report_losses(struct bondtool *bt, const struct bt_format *format,
		      const struct bondtool_profile *profile, const struct bt_written *written,
		      char *(*hint_for)(const struct bondtool_profile *profile,
					const struct bt_option *option))
{
	lost_options(bt, format, profile, written, hint_for);
	lost_properties(bt, format, profile, written);
	lost_identity(bt, format, profile, written);
	lost_extras(bt, format, profile, written);
}

void bt_report_loss(struct bondtool *bt, const struct bt_format *format,
		    const struct bt_value *value, const char *hint, const char *format_string, ...)
{
	BT_AUTOFREE char *message = NULL;
	va_list arguments;

	va_start(arguments, format_string);
	message = bt_vformat(format_string, arguments);
	va_end(arguments);
	bt_diag(bt, BONDTOOL_WARNING, "loss/value", value ? &value->origin : NULL, hint, "%s: %s",
		bt_format_name(format->id), message ? message : "a value is lost");
}
