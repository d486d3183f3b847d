/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Name servers of the whole machine, see resolver.h. */
#include "parsers/resolver.h"

#include "base/text.h"

/* Whether the profile's interface may have name servers of the family. */
static bool can_resolve(const struct bondtool_profile *profile, enum bt_property_id block)
{
	const char *method = bt_profile_text(profile, block);

	return method &&
	       (bt_equal(method, "auto") || bt_equal(method, "manual") || bt_equal(method, "dhcp"));
}

struct bondtool_profile *bt_resolver_home(const struct bondtool_config *config, size_t first,
					  enum bt_property_id block)
{
	struct bondtool_profile *home = NULL;

	for (size_t i = first; i < config->count; i++) {
		struct bondtool_profile *profile = config->profiles[i];

		if (!can_resolve(profile, block))
			continue;
		if (bt_profile_text(profile, block + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4)))
			return profile;
		home = home ? home : profile;
	}
	return home;
}
