/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writing the store: every new text goes into a temporary file and on the disk first; only when all
 * are there do they get their names. So a full disk or a crash leaves the old profiles, and never
 * half of one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "parsers/native/native.h"
#include "store/store.h"

static const char temporary_prefix[] = ".bondtool-";

/* A file that changes. */
struct pending {
	const char *file; /* borrowed from the store's books */
	char *temporary;  /* name of its new text; NULL: the file goes away */
	char *text;	  /* that text */
};

struct commit {
	struct bondtool_store *store;
	struct pending *pending;
	size_t count;
};

static void commit_release(struct commit *commit)
{
	for (size_t i = 0; i < commit->count; i++) {
		if (commit->pending[i].temporary)
			unlinkat(commit->store->lock, commit->pending[i].temporary, 0);
		free(commit->pending[i].temporary);
		free(commit->pending[i].text);
	}
	free(commit->pending);
}

static int failed(struct commit *commit, const char *what, const char *file, int error)
{
	return bt_error(commit->store->bt, error, "store/write", NULL, "cannot %s '%s/%s': %s",
			what, commit->store->folder, file, strerror(-error));
}

static bool is_changed(const struct bt_stored *stored)
{
	if (stored->removed)
		return stored->before != NULL;
	return !stored->before || !bt_profile_equal(stored->before, stored->profile) ||
	       !bt_profile_extras_equal(stored->before, stored->profile);
}

/* Profiles that are new get a file name of their own. */
static int name_files(struct bondtool_store *store)
{
	for (size_t i = 0; i < store->count; i++) {
		struct bt_stored *stored = &store->stored[i];

		if (stored->file || stored->removed)
			continue;
		stored->file = bt_profile_file_name(stored->profile, ".yaml", &store->files);
		if (!stored->file)
			return -ENOMEM;
	}
	return 0;
}

/* The profile that FILE holds and is to hold, when it is the only one; else NULL. */
static const struct bt_stored *only_one_in(const struct bondtool_store *store, const char *file)
{
	const struct bt_stored *only = NULL;

	for (size_t i = 0; i < store->count; i++) {
		const struct bt_stored *stored = &store->stored[i];

		if (!bt_equal(stored->file, file))
			continue;
		if (only || stored->removed || !stored->before || !stored->source)
			return NULL;
		only = stored;
	}
	return only;
}

/* All profiles that FILE is to hold, as one YAML text written anew; "" when there is none left. */
static char *new_text(const struct bondtool_store *store, const char *file)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < store->count; i++) {
		const struct bt_stored *stored = &store->stored[i];
		BT_AUTOFREE char *one = NULL;

		if (stored->removed || !bt_equal(stored->file, file))
			continue;
		one = bt_yaml_text(stored->profile);
		if (!one)
			return NULL;
		bt_text_add(&text, text.length ? "---\n" : "");
		bt_text_add(&text, one);
	}
	return bt_text_take(&text);
}

/* What FILE is to hold: where it has one profile, its comments stay. NULL without memory. */
static char *text_of_file(const struct bondtool_store *store, const char *file)
{
	const struct bt_stored *only = only_one_in(store, file);
	char *text = NULL;

	if (!only)
		return new_text(store, file);
	if (bt_yaml_rewrite(store->bt, only->source, only->before, only->profile, &text) < 0)
		return NULL;
	return text;
}

static int write_all(int fd, const char *text)
{
	size_t length = strlen(text);

	while (length) {
		ssize_t n = write(fd, text, length);

		if (n < 0 && errno != EINTR)
			return -errno;
		text += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return fsync(fd) < 0 ? -errno : 0;
}

/* Writes TEXT to a new file NAME in the folder, on the disk. 0 or a negative errno. */
static int write_temporary(int folder, const char *name, const char *text)
{
	BT_AUTOCLOSE int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	return fd < 0 ? -errno : write_all(fd, text);
}

static int prepare_file(struct commit *commit, const char *file)
{
	struct pending *pending = &commit->pending[commit->count];
	BT_AUTOFREE char *text = text_of_file(commit->store, file);
	int r;

	if (!text)
		return -ENOMEM;
	*pending = (struct pending){.file = file, .text = BT_TAKE(text)};
	if (!*pending->text) {
		commit->count++;
		return 0;
	}
	pending->temporary = bt_format("%s%zu.tmp", temporary_prefix, commit->count);
	if (!pending->temporary)
		return -ENOMEM;
	commit->count++;
	r = write_temporary(commit->store->lock, pending->temporary, pending->text);
	return r < 0 ? failed(commit, "write", file, r) : 0;
}

static bool is_pending(const struct commit *commit, const char *file)
{
	for (size_t i = 0; i < commit->count; i++)
		if (strcmp(commit->pending[i].file, file) == 0)
			return true;
	return false;
}

/* Removes what a writer that crashed left behind: with the lock held, nobody else uses it. */
static void remove_leftovers(int folder)
{
	for (unsigned i = 0;; i++) {
		BT_AUTOFREE char *name = bt_format("%s%u.tmp", temporary_prefix, i);

		if (!name || unlinkat(folder, name, 0) < 0)
			return;
	}
}

static int prepare(struct commit *commit)
{
	struct bondtool_store *store = commit->store;
	int r = 0;

	remove_leftovers(store->lock);
	commit->pending = calloc(store->count ? store->count : 1, sizeof(*commit->pending));
	if (!commit->pending)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < store->count; i++) {
		const struct bt_stored *stored = &store->stored[i];

		if (stored->file && is_changed(stored) && !is_pending(commit, stored->file))
			r = prepare_file(commit, stored->file);
	}
	return r;
}

/* Gives the new texts their names. What fails is said, and the rest is done all the same. */
static int carry_out(struct commit *commit)
{
	int folder = commit->store->lock;
	int result = 0;

	for (size_t i = 0; i < commit->count; i++) {
		struct pending *pending = &commit->pending[i];
		int r;

		if (pending->temporary)
			r = renameat(folder, pending->temporary, folder, pending->file);
		else
			r = unlinkat(folder, pending->file, 0);
		if (r < 0 && (pending->temporary || errno != ENOENT))
			result = failed(commit, pending->temporary ? "replace" : "remove",
					pending->file, -errno);
		else
			free(BT_TAKE(pending->temporary));
	}
	if (fsync(folder) < 0 && result == 0)
		result = failed(commit, "write", ".", -errno);
	return result;
}

/* Brings the books up to what is on the disk now. */
static int settle(struct bondtool_store *store)
{
	size_t kept = 0;

	for (size_t i = 0; i < store->count; i++) {
		struct bt_stored *stored = &store->stored[i];

		if (!stored->removed)
			continue;
		bt_profile_free(BT_TAKE(stored->before));
		free(BT_TAKE(stored->file));
	}
	for (size_t i = 0; i < store->count; i++)
		if (!store->stored[i].removed)
			store->stored[kept++] = store->stored[i];
	store->count = kept;
	for (size_t i = 0; i < store->count; i++) {
		struct bt_stored *stored = &store->stored[i];
		struct bondtool_profile *profile = stored->profile;

		if (!is_changed(stored))
			continue;
		bt_profile_free(stored->before);
		free(profile->file);
		profile->file = bt_path_join(store->folder, stored->file);
		stored->before = bt_profile_copy(profile);
		if (!profile->file || !stored->before)
			return -ENOMEM;
	}
	return 0;
}

/* Remembers the new texts, so that a further change is made in them. */
static int take_texts(struct commit *commit)
{
	struct bondtool_store *store = commit->store;

	for (size_t i = 0; i < commit->count; i++) {
		const struct pending *pending = &commit->pending[i];
		BT_AUTOFREE char *path = bt_path_join(store->folder, pending->file);
		const struct bt_source *source =
			path ? bt_source_add(store->bt, path, pending->text, strlen(pending->text))
			     : NULL;

		if (!source)
			return -ENOMEM;
		for (size_t k = 0; k < store->count; k++)
			if (bt_equal(store->stored[k].file, pending->file))
				store->stored[k].source = source;
	}
	return 0;
}

int bondtool_store_commit(struct bondtool_store *store)
{
	BT_CLEANUP(commit_release) struct commit commit = {.store = store};
	int r;

	if (store->lock < 0)
		return bt_error(store->bt, -EBADF, "store/write", NULL,
				"the profiles were opened for reading only");
	r = name_files(store);
	if (r == 0)
		r = prepare(&commit);
	if (r == 0)
		r = carry_out(&commit);
	if (r == 0)
		r = take_texts(&commit);
	return r < 0 ? r : settle(store);
}
