/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units as drafts: new ones, and those that profiles came from. */
#ifndef BT_PARSERS_NETWORKD_DRAFT_H
#define BT_PARSERS_NETWORKD_DRAFT_H

#include "parsers/ini/ini-draft.h"
#include "parsers/networkd/networkd.h"

/* A unit that profiles came from, on its way to being written again. */
struct bt_networkd_original {
	const struct bt_networkd_unit *unit;
	struct bt_ini_draft *drafts; /* one for the file and for each drop-in */
	unsigned users;		     /* profiles that came from it */
	bool wanted;		     /* by a profile that is still there */
};

/* Adds all assignments for a kind of file to an empty draft. */
void bt_networkd_draft(struct bt_ini_draft *draft, const struct bt_networkd_texts *texts,
		       enum bt_networkd_file file);

/* Whether two lists say the same about a kind of file. */
bool bt_networkd_is_same(const struct bt_networkd_texts *a, const struct bt_networkd_texts *b,
			 enum bt_networkd_file file);
/* Makes the difference between two lists in the unit that the first was read from. 0 or -ENOMEM. */
int bt_networkd_change(struct bt_networkd_original *original,
		       const struct bt_networkd_texts *before,
		       const struct bt_networkd_texts *now);

#endif
