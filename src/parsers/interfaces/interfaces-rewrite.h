/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writing profiles into the texts of /etc/network/interfaces that they came from. The way: what the
 * writer would write for the profiles as they were and as they are is compared, interface by
 * interface; the difference is made in the lines of the texts that say so (interfaces-change.h),
 * and who is whose port in those that name ports (interfaces-membership.c); what comes out is read,
 * and only used when it means what it should (interfaces-rewrite.c).
 */
#ifndef BT_PARSERS_INTERFACES_REWRITE_H
#define BT_PARSERS_INTERFACES_REWRITE_H

#include "parsers/interfaces/interfaces-draft.h"
#include "parsers/interfaces/interfaces-facts.h"
#include "parsers/port-lists.h"

/* A text that the writer made of a whole configuration, read as far as to its stanzas. */
struct bt_eni_written {
	struct bt_inputs inputs; /* the one text */
	struct bt_eni_reader reader;
};

/* One rewriting. */
struct bt_eni_rewriting {
	struct bondtool *silent; /* what was wrong with the texts has been said */
	const struct bt_eni_dialect *dialect;
	struct bondtool_config *config, *before; /* as it shall be; as the texts have it */
	struct bt_port_lists lists_now, lists_before;
	struct bt_inputs inputs;
	struct bt_eni_reader original;
	struct bt_eni_draft *drafts; /* one for each text of the original */
	struct bt_eni_written was, now;
};

/* The draft of a text of the original. */
struct bt_eni_draft *bt_eni_draft_of(struct bt_eni_rewriting *rewriting,
				     const struct bt_eni_text *text);
/* Takes a line of the original apart, into the words of its reader. 0 or -ENOMEM. */
int bt_eni_split_original(struct bt_eni_rewriting *rewriting, const struct bt_eni_text *text,
			  size_t line);

/* The line behind which another one of the stanza has its place. */
size_t bt_eni_last_line(const struct bt_eni_stanza *stanza);
/* Adds a line, without its end, to a stanza of the original, BEHIND the line of this number. */
int bt_eni_add_to_stanza(struct bt_eni_rewriting *rewriting, const struct bt_eni_stanza *stanza,
			 size_t behind, const char *content);

/*
 * Makes the difference between PROFILE and what it was (BEFORE, NULL: it is new), but for who is
 * whose port. 0 or -ENOMEM.
 */
int bt_eni_change_interface(struct bt_eni_rewriting *rewriting,
			    const struct bondtool_profile *before,
			    const struct bondtool_profile *profile);
/* Removes what the texts say of a profile that is there no more. 0 or -ENOMEM. */
int bt_eni_remove_interface(struct bt_eni_rewriting *rewriting,
			    const struct bondtool_profile *before);
/* Whether a port can stay in the list of its bond, if it is there. BEFORE may be NULL. */
bool bt_eni_stays_listed(const struct bt_eni_rewriting *rewriting,
			 const struct bondtool_profile *before,
			 const struct bondtool_profile *profile);
/* Takes the port called NAME from one bond to another, each NULL for none. 0 or -ENOMEM. */
int bt_eni_change_membership(struct bt_eni_rewriting *rewriting, const char *name,
			     const char *bond_before, const char *bond);

/* Calls a port by its OTHER name where BOND names it. 0 or -ENOMEM. */
int bt_eni_rename_port(struct bt_eni_rewriting *rewriting, const char *bond, const char *name,
		       const char *other);

/*
 * The profiles of CONFIG in the texts that they came from, as files; *RET_DONE says whether it was
 * possible. Where there are no such texts, nothing is done. 0 or -ENOMEM.
 */
int bt_eni_rewrite(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		   const struct bt_format *format, struct bondtool_config *config,
		   struct bondtool_files *files, bool *ret_done);

#endif
