/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One word of an ifcfg file: quoting as its reader has it, without running anything. */
#ifndef BT_PARSERS_IFCFG_WORD_H
#define BT_PARSERS_IFCFG_WORD_H

#include "parsers/ifcfg/ifcfg-syntax.h"

struct bt_ifcfg_word {
	char *text;	  /* what the word stands for */
	uint32_t *places; /* of each byte of it in the source, and of its end */
	size_t end;	  /* of the word in the source */
	const char *fault; /* why it stands for nothing; NULL when it does */
	size_t fault_at;
	bool needs_shell;
};
void bt_ifcfg_word_release(struct bt_ifcfg_word *word);

/* Reads the word at AT, to its end or as far as it makes sense. 0 or -ENOMEM. */
int bt_ifcfg_read_word(const struct bt_source *source, size_t at, enum bt_ifcfg_reading reading,
		       struct bt_ifcfg_word *ret_word);

#endif
