/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles as words of a command line: what the parts of the writer share. */
#ifndef BT_PARSERS_CMDLINE_WRITE_H
#define BT_PARSERS_CMDLINE_WRITE_H

#include "parsers/cmdline/cmdline.h"
#include "parsers/loss.h"

#define BT_CMDLINE_NO_PORT SIZE_MAX

/* A configuration on its way to words. Release with bt_cmdline_writing_release(). */
struct bt_cmdline_writing {
	struct bondtool *bt; /* gets the loss report */
	struct bondtool_config *config;
	size_t *bond;	    /* of each profile: the number of its bond, or BT_CMDLINE_NO_PORT */
	size_t *first_port; /* of each profile: its first port, or BT_CMDLINE_NO_PORT */
	size_t *next_port;  /* of each port: the next one of its bond */
	struct bt_strings servers; /* for all interfaces: the words nameserver= */
	bool peerdns_off;	   /* the word rd.peerdns=0 */

	/* of the profile that is being written: */
	size_t number;
	const struct bondtool_profile *profile;
	char *name; /* of its interface, or its MAC address; owned */
	struct bt_written written;
	struct bt_strings *words;
};
void bt_cmdline_writing_release(struct bt_cmdline_writing *writing);
#define BT_AUTOWRITING BT_CLEANUP(bt_cmdline_writing_release)

/*
 * Begins with CONFIG: finds out what belongs together, and which name servers are for all. SERVERS,
 * which may be NULL, are those that the text to change has for all. 0 or -ENOMEM.
 */
int bt_cmdline_writing_begin(struct bt_cmdline_writing *writing, struct bondtool *bt,
			     struct bondtool_config *config, const struct bt_strings *servers);

/* Adds the words of profile NUMBER, and reports what they do not say. 0 or -ENOMEM. */
int bt_cmdline_words(struct bt_cmdline_writing *writing, size_t number, struct bt_strings *words);
/* The words ip= and rd.route= of the profile that is being written. 0 or -ENOMEM. */
int bt_cmdline_ip_words(struct bt_cmdline_writing *writing);
/* The bridge that the profile is a port of, as far as a word can say so; else NULL. Borrowed. */
const char *bt_cmdline_bridge(const struct bondtool_profile *profile);
/* The words bridge=, one for each. 0 or -ENOMEM. */
int bt_cmdline_bridge_words(const struct bt_cmdline_writing *writing, struct bt_strings *words);
/* The words that are about several interfaces or all. 0 or -ENOMEM. */
int bt_cmdline_common_words(const struct bt_cmdline_writing *writing, struct bt_strings *words);

/* Chooses the name servers for all, see bt_cmdline_writing_begin(). 0 or -ENOMEM. */
int bt_cmdline_choose_servers(struct bt_cmdline_writing *writing, const struct bt_strings *present);

/*
 * What a profile is known as in command lines: its interface or its MAC address, in a new string;
 * NULL when it has neither (or without memory: errno tells them apart).
 */
char *bt_cmdline_name(const struct bondtool_profile *profile);

/* Texts that are changed word by word. Zero-initialise. */
struct bt_cmdline_draft {
	struct bt_cmdline *texts; /* borrowed */
	size_t n_texts;
	char ***words;		  /* of each text, of each word: NULL as it is, "" none, else new */
	struct bt_strings *added; /* of each text: words at its end */
	bool failed;		  /* memory ran out: the texts will be NULL */
};
void bt_cmdline_draft_release(struct bt_cmdline_draft *draft);
#define BT_AUTOCMDDRAFT BT_CLEANUP(bt_cmdline_draft_release)

/* Begins with TEXTS, which must outlive the draft. */
void bt_cmdline_draft_from(struct bt_cmdline_draft *draft, struct bt_cmdline *texts, size_t count);
/*
 * Puts those of WORDS that begin with "KEY=" where OWNER's words of this key stood (OWNER may be
 * NULL: those of nobody), else at the end of the text of SOURCE, or of the last one.
 */
void bt_cmdline_draft_set(struct bt_cmdline_draft *draft, const char *owner, const char *key,
			  const struct bt_strings *words, const struct bt_source *source);
/* Text NUMBER in a new string; NULL when memory ran out at any time. */
char *bt_cmdline_draft_text(const struct bt_cmdline_draft *draft, size_t number);

#endif
