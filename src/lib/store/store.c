/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The store's life: lock, load, find, add and remove. Writing is in commit.c. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "base/array.h"
#include "base/text.h"
#include "parsers/native/native.h"

static const char profile_folder[] = "/etc/bondtool/connections";
static const char suffix[] = ".yaml";

/* Makes PATH and what is missing above it. 0 or a negative errno. */
static int make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';

		int r = mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;

		if (slash)
			*slash = '/';
		if (r < 0 || !slash)
			return r;
	}
}

/* Says why the store cannot be written, and what would help. */
static int cannot_write(struct bondtool_store *store, int error)
{
	const char *hint = error == -EACCES || error == -EPERM ? "try it as root"
			   : error == -EROFS ? "another place can be chosen with --root DIR"
					     : NULL;

	bt_diag(store->bt, BONDTOOL_ERROR, "store/write", NULL, hint, "cannot write to '%s': %s",
		store->folder, strerror(-error));
	return error;
}

/* Asks for the lock until it is there or patience ends. 0 or a negative errno. */
static int wait_for_lock(int fd)
{
	const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};

	for (int i = 0; i < BT_STORE_PATIENCE * 100; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		nanosleep(&pause, NULL);
	}
	return -EBUSY;
}

/* Whether the locked folder is still the one with that path: it may have been moved away. */
static bool is_current(int fd, const char *path)
{
	struct stat ours, theirs;

	return fstat(fd, &ours) == 0 && stat(path, &theirs) == 0 && ours.st_ino == theirs.st_ino &&
	       ours.st_dev == theirs.st_dev;
}

static int lock_folder(struct bondtool_store *store)
{
	int r = make_folders(store->folder);

	while (r == 0) {
		store->lock = open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (store->lock < 0)
			return cannot_write(store, -errno);
		r = wait_for_lock(store->lock);
		if (r < 0 || is_current(store->lock, store->folder))
			break;
		close(store->lock);
		r = make_folders(store->folder);
	}
	if (r == -EBUSY)
		return bt_error(store->bt, r, "store/busy", NULL,
				"another program has held the lock of '%s' for %d seconds",
				store->folder, BT_STORE_PATIENCE);
	if (r == 0 && faccessat(store->lock, ".", W_OK, AT_EACCESS) < 0)
		r = -errno;
	return r < 0 ? cannot_write(store, r) : 0;
}

struct bt_stored *bt_store_entry(const struct bondtool_store *store,
				 const struct bondtool_profile *profile)
{
	for (size_t i = 0; i < store->count; i++)
		if (store->stored[i].profile == profile)
			return &store->stored[i];
	return NULL;
}

static struct bt_stored *new_entry(struct bondtool_store *store,
				   struct bondtool_profile *profile)
{
	if (!BT_MAKE_ROOM(store->stored, store->count, store->size))
		return NULL;
	store->stored[store->count] = (struct bt_stored){.profile = profile};
	return &store->stored[store->count++];
}

/* Fills in what a profile written by hand may lack: names that are the same at each reading. */
static int complete(struct bondtool *bt, struct bondtool_profile *profile, const char *file)
{
	BT_AUTOFREE char *id = strndup(file, strlen(file) - strlen(suffix));
	BT_AUTOFREE char *uuid = bt_uuid_of(profile->file);
	int r = id && uuid ? 0 : -ENOMEM;

	if (r == 0 && !bt_profile_text(profile, BT_PROP_ID))
		r = bt_profile_set(bt, profile, BT_PROP_ID, id, &profile->origin);
	if (r == 0 && !bt_profile_text(profile, BT_PROP_UUID))
		r = bt_profile_set(bt, profile, BT_PROP_UUID, uuid, &profile->origin);
	return r;
}

/* Takes a profile that was read from FILE into the books. */
static int enter(struct bondtool_store *store, struct bondtool_profile *profile, const char *file)
{
	struct bt_stored *stored = new_entry(store, profile);

	if (!stored)
		return -ENOMEM;
	stored->file = strdup(file);
	stored->source = profile->origin.source;
	profile->file = bt_path_join(store->folder, file);
	if (!stored->file || !profile->file)
		return -ENOMEM;

	int r = complete(store->bt, profile, file);

	if (r < 0)
		return r;
	stored->before = bt_profile_copy(profile);
	return stored->before ? 0 : -ENOMEM;
}

/*
 * Reads one file. A bad one is a diagnostic and does not hide the good ones; one that may not be
 * read is -EACCES without a diagnostic.
 */
static int load_file(struct bondtool_store *store, const char *file)
{
	BT_AUTOFREE char *path = bt_path_join(store->folder, file);
	const struct bt_source *source;
	size_t before = store->config->count;

	if (path && faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) < 0 && errno == EACCES)
		return -EACCES;

	int r = path ? bt_source_read(store->bt, path, &source) : -ENOMEM;

	if (r == 0)
		r = bt_yaml_read(store->bt, source, store->config);
	if (r == -ENOMEM)
		return r;
	r = 0;
	for (size_t i = before; r == 0 && i < store->config->count; i++)
		r = enter(store, store->config->profiles[i], file);
	return r;
}

/* Says once for all files that not all profiles may be read. */
static int may_not_read(struct bondtool_store *store, enum bondtool_store_use use)
{
	bool part = use == BONDTOOL_STORE_PART;

	bt_diag(store->bt, part ? BONDTOOL_WARNING : BONDTOOL_ERROR, "store/read", NULL,
		"try it as root", "cannot read %s profiles in '%s': %s",
		store->count ? "all" : "the", store->folder, strerror(EACCES));
	return part ? 0 : -EACCES;
}

static int load_files(struct bondtool_store *store, bool *ret_all)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(store->bt, store->folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		const char *file = names.items[i];

		if (bt_set_add(&store->files, file) < 0)
			return -ENOMEM;
		if (!bt_has_suffix(file, suffix))
			continue;
		r = load_file(store, file);
		if (r == -EACCES) {
			*ret_all = false;
			r = 0;
		}
	}
	return r;
}

int bt_store_load(struct bondtool_store *store, enum bondtool_store_use use)
{
	bool all = true;
	int r = 0;

	if (faccessat(AT_FDCWD, store->folder, R_OK | X_OK, AT_EACCESS) == 0)
		r = load_files(store, &all);
	else if (errno == EACCES)
		all = false;
	else if (errno != ENOENT) /* then nothing was stored yet */
		r = load_files(store, &all); /* which says why */
	return r == 0 && !all ? may_not_read(store, use) : r;
}

int bondtool_store_open(struct bondtool *bt, enum bondtool_store_use use,
			struct bondtool_store **ret_store)
{
	struct bondtool_store *store = calloc(1, sizeof(*store));
	int r = -ENOMEM;

	if (!store)
		return r;
	*store = (struct bondtool_store){
		.bt = bt,
		.folder = bt_path(bt, profile_folder),
		.lock = -1,
		.config = bondtool_config_new(),
	};
	if (store->folder && store->config)
		r = use == BONDTOOL_STORE_WRITE ? lock_folder(store) : 0;
	if (r == 0)
		r = bt_store_load(store, use);
	if (r < 0) {
		bondtool_store_close(store);
		return r;
	}
	*ret_store = store;
	return 0;
}

void bondtool_store_close(struct bondtool_store *store)
{
	if (!store)
		return;
	for (size_t i = 0; i < store->count; i++) {
		bt_profile_free(store->stored[i].before);
		free(store->stored[i].file);
	}
	free(store->stored);
	bt_set_release(&store->files);
	bondtool_config_free(store->config);
	free(store->folder);
	if (store->lock >= 0)
		close(store->lock); /* and with it the lock */
	free(store);
}

struct bondtool_config *bondtool_store_config(struct bondtool_store *store)
{
	return store->config;
}

int bondtool_store_add(struct bondtool_store *store, struct bondtool_profile *profile)
{
	int r = bt_config_add(store->config, profile);

	if (r < 0)
		return r;
	return new_entry(store, profile) ? 0 : -ENOMEM;
}

int bondtool_store_replace(struct bondtool_store *store, struct bondtool_profile *old,
			   struct bondtool_profile *profile)
{
	BT_AUTOPROFILE struct bondtool_profile *spare = profile;
	struct bondtool_profile before = *old;

	if (!bt_store_entry(store, old))
		return -ENOENT;
	bt_config_changed(store->config);
	*old = *spare;
	*spare = before;
	old->file = before.file;
	spare->file = NULL;
	return 0;
}

int bondtool_store_remove(struct bondtool_store *store, struct bondtool_profile *profile)
{
	struct bt_stored *stored = bt_store_entry(store, profile);

	if (!stored || !bt_config_take(store->config, profile))
		return -ENOENT;
	stored->removed = true;
	stored->profile = NULL;
	bt_profile_free(profile);
	return 0;
}

static bool matches(const struct bondtool_profile *profile, const char *kind, const char *name)
{
	if (strcmp(kind, "id") == 0)
		return bt_equal(bt_profile_text(profile, BT_PROP_ID), name);
	if (strcmp(kind, "uuid") == 0)
		return bt_equal(bt_profile_text(profile, BT_PROP_UUID), name);
	return bt_equal(profile->file, name);
}

struct bondtool_profile *bondtool_store_find(struct bondtool_store *store, const char *kind,
					     const char *name)
{
	static const char *const kinds[] = {"uuid", "id", "path"};

	for (size_t k = 0; k < BT_ARRAY_SIZE(kinds); k++) {
		if (kind && strcmp(kind, kinds[k]) != 0)
			continue;
		for (size_t i = 0; i < store->config->count; i++)
			if (matches(store->config->profiles[i], kinds[k], name))
				return store->config->profiles[i];
	}
	return NULL;
}

const char *bondtool_profile_file(const struct bondtool_profile *profile)
{
	return profile->file;
}
