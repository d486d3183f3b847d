/* SPDX-License-Identifier: GPL-2.0-or-later
 * Completion: finds out what the last word may become, and prints it for the shell.
 */
#include "cli/candidates.h"

#include <stdio.h>
#include <string.h>

#include "cli/options.h"

void candidates_release(struct candidates *candidates)
{
	strings_release(&candidates->list);
}

void candidate_offer(struct candidates *candidates, const char *text, const char *description)
{
	AUTOFREE char *line = NULL;

	if (!begins_with(text, candidates->word))
		return;
	if (candidates->described && description)
		line = format_text("%s\t%s", text, description);
	else
		line = copy_of(text);
	if (!strings_contain(&candidates->list, line))
		strings_add(&candidates->list, line);
}

void candidates_of_options(struct candidates *candidates, const struct argument *rows,
			   unsigned flags)
{
	const char *word = candidates->word;
	bool single = word[0] == '-' && word[1] && word[1] != '-';

	for (; rows && rows->text; rows++)
		if (rows->word && begins_with(rows->word, "--") && (rows->flags & flags) == flags)
			candidate_offer(candidates, rows->word + single, rows->text);
}

/* Candidates for the value of the option, which may stand behind its "=" in the same word. */
static void offer_option_value(struct cli *cli, struct candidates *candidates,
			       const struct argument *option, const char *value)
{
	size_t prefix = (size_t)(value - candidates->word);
	struct candidates values = {.word = value, .described = candidates->described};

	candidates_of_kind(cli, &values, option, NULL);
	candidates->files = values.files;
	for (size_t i = 0; i < values.list.count; i++) {
		AUTOFREE char *whole =
			format_text("%.*s%s", (int)prefix, candidates->word, values.list.items[i]);

		strings_add(&candidates->list, whole);
	}
	candidates_release(&values);
}

/*
 * Takes whole options before the command. Yields how many words they are; less than all that begin
 * with "-" only when the last word is one of them, and then its candidates are offered.
 */
static bool complete_options(struct cli *cli, struct candidates *candidates, char **words,
			     size_t count, size_t *ret_used)
{
	size_t i = 0;

	while (i < count && words[i][0] == '-') {
		const char *value = NULL;
		const struct argument *option = option_find(global_options, 0, words[i], &value);
		bool last = i + 1 == count;

		if (last && option && value)
			offer_option_value(cli, candidates, option, value);
		else if (last)
			candidates_of_options(candidates, global_options, 0);
		else if (option && option->name && !value && i + 2 == count)
			candidates_of_kind(cli, candidates, option, NULL);
		else if (option) {
			size_t taken;

			if (global_option_take(cli, option, value, words + i, count - i, &taken))
				return true;
			i += taken;
			continue;
		}
		return true;
	}
	*ret_used = i;
	return false;
}

static int print(const struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->list.count; i++)
		puts(candidates->list.items[i]);
	return candidates->files ? STATUS_COMPLETE_FILES : STATUS_OK;
}

int complete(struct cli *cli, char **words, size_t count, bool described)
{
	__attribute__((cleanup(candidates_release))) struct candidates candidates = {
		.word = count ? words[count - 1] : "", .described = described};
	size_t used;

	/* Whatever is wrong with the words so far will be said when the command runs. */
	if (!freopen("/dev/null", "w", stderr) || count == 0)
		return STATUS_OK;
	if (!complete_options(cli, &candidates, words, count, &used))
		command_complete(cli, &candidates, words + used, count - used);
	return print(&candidates);
}
