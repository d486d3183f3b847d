/* SPDX-License-Identifier: GPL-2.0-or-later
 * The store: what is committed is there, all of it, whoever else writes at the same time.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "store/store.h"
#include "test.h"

enum { WRITERS = 20 };

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

/* A new root of its own for a test, in a new string. */
static char *new_root(void)
{
	char *root = strdup("/tmp/bondtool-store-XXXXXX");

	return mkdtemp(root);
}

static void drop_root(char *root)
{
	nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(root);
}

static struct bondtool *context_at(const char *root)
{
	struct bondtool *bt = bondtool_new();

	bondtool_set_root(bt, root);
	return bt;
}

static char *path_in(const char *root, const char *file)
{
	return bt_format("%s/etc/bondtool/connections/%s", root, file);
}

static void put_file(const char *root, const char *file, const char *text)
{
	BT_AUTOFREE char *path = path_in(root, file);
	FILE *stream = fopen(path, "w");

	if (CHECK(stream != NULL)) {
		fputs(text, stream);
		fclose(stream);
	}
}

static char *get_file(const char *root, const char *file)
{
	BT_AUTOFREE char *path = path_in(root, file);
	FILE *stream = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	if (!stream)
		return NULL;
	if (getdelim(&text, &size, '\0', stream) < 0)
		*text = '\0';
	fclose(stream);
	return text;
}

static struct bondtool_profile *bond(struct bondtool *bt, const char *id)
{
	struct bondtool_profile *profile = bt_profile_new();
	BT_AUTOFREE char *uuid = bt_uuid_random();

	bt_profile_set(bt, profile, BT_PROP_ID, id, NULL);
	bt_profile_set(bt, profile, BT_PROP_UUID, uuid, NULL);
	bt_profile_set(bt, profile, BT_PROP_TYPE, "bond", NULL);
	return profile;
}

/* Adds a bond to the store at ROOT, as a program of its own would. */
static int add_bond(const char *root, const char *id)
{
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;
	int r = bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store);

	if (r == 0)
		r = bondtool_store_add(store, bond(bt, id));
	if (r == 0)
		r = bondtool_store_commit(store);
	bondtool_store_close(store);
	bondtool_free(bt);
	return r;
}

/* How many profiles a reader finds; -1 when something was wrong. */
static int count_profiles(const char *root)
{
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;
	int r = bondtool_store_open(bt, BONDTOOL_STORE_READ, &store);
	int count = r == 0 ? (int)bondtool_config_count(bondtool_store_config(store)) : -1;

	if (bondtool_diags_count(bt))
		count = -1;
	bondtool_store_close(store);
	bondtool_free(bt);
	return count;
}

static void test_nothing_is_stored_yet(void)
{
	char *root = new_root();

	CHECK_INT(count_profiles(root), 0);
	drop_root(root);
}

static void test_profiles_are_added_changed_and_removed(void)
{
	char *root = new_root();
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;
	BT_AUTOFREE char *text = NULL, *path = path_in(root, "bond0.yaml");
	struct stat status;

	CHECK_INT(add_bond(root, "bond0"), 0);
	CHECK_INT(stat(path, &status), 0);
	CHECK_INT(status.st_mode & 07777, 0600);

	CHECK_INT(bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store), 0);
	struct bondtool_profile *profile = bondtool_store_find(store, "id", "bond0");

	if (!CHECK(profile != NULL))
		return;
	CHECK_STR(bondtool_profile_file(profile), path);
	CHECK(bondtool_store_find(store, NULL, path) == profile);
	CHECK(bondtool_store_find(store, "uuid", "bond0") == NULL);
	bt_profile_set(bt, profile, BT_PROP_ZONE, "public", NULL);
	CHECK_INT(bondtool_store_commit(store), 0);
	text = get_file(root, "bond0.yaml");
	CHECK(text && strstr(text, "  zone: public\n"));

	CHECK_INT(bondtool_store_remove(store, profile), 0);
	CHECK_INT(stat(path, &status), 0); /* not before the commit */
	CHECK_INT(bondtool_store_commit(store), 0);
	CHECK_INT(stat(path, &status), -1);
	bondtool_store_close(store);
	CHECK_INT(count_profiles(root), 0);
	bondtool_free(bt);
	drop_root(root);
}

static void test_without_commit_nothing_is_stored(void)
{
	char *root = new_root();
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;

	CHECK_INT(bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store), 0);
	CHECK_INT(bondtool_store_add(store, bond(bt, "bond0")), 0);
	bondtool_store_close(store);
	CHECK_INT(count_profiles(root), 0);
	bondtool_free(bt);
	drop_root(root);
}

static void test_unchanged_files_keep_their_comments(void)
{
	static const char text[] = "# by hand\nconnection: {id: bond0, type: bond}\n";
	char *root = new_root();
	BT_AUTOFREE char *back = NULL;

	CHECK_INT(add_bond(root, "bond1"), 0);
	put_file(root, "bond0.yaml", text);
	CHECK_INT(add_bond(root, "bond2"), 0);
	back = get_file(root, "bond0.yaml");
	CHECK_STR(back, text);
	CHECK_INT(count_profiles(root), 3);
	drop_root(root);
}

static void change_mtu(struct bondtool *bt, struct bondtool_store *store, const char *mtu)
{
	struct bondtool_profile *profile = bondtool_store_find(store, "id", "bond0");

	if (CHECK(profile != NULL))
		CHECK(!bondtool_profile_change(bt, profile, "ethernet.mtu", BONDTOOL_SET, mtu));
	CHECK_INT(bondtool_store_commit(store), 0);
}

/* Changed by a program twice, with one opening of the store: the author's text stays his. */
static void test_changed_files_keep_their_comments(void)
{
	char *root = new_root();
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;
	BT_AUTOFREE char *first = NULL, *second = NULL;

	CHECK_INT(add_bond(root, "bond1"), 0);
	put_file(root, "bond0.yaml", "# by hand\nconnection: {id: bond0, type: bond}\n"
				     "bond: {options: {mode: 1}} # as the switch\n");
	CHECK_INT(bondtool_store_open(bt, true, &store), 0);
	change_mtu(bt, store, "9000");
	first = get_file(root, "bond0.yaml");
	CHECK_STR(first, "# by hand\nconnection: {id: bond0, type: bond}\n"
			 "bond: {options: {mode: 1}} # as the switch\n"
			 "802-3-ethernet:\n  mtu: 9000\n");
	change_mtu(bt, store, "1500");
	second = get_file(root, "bond0.yaml");
	CHECK_STR(second, "# by hand\nconnection: {id: bond0, type: bond}\n"
			  "bond: {options: {mode: 1}} # as the switch\n"
			  "802-3-ethernet:\n  mtu: 1500\n");
	bondtool_store_close(store);
	bondtool_free(bt);
	drop_root(root);
}

static void test_a_file_may_lack_names(void)
{
	char *root = new_root();
	struct bondtool *bt = context_at(root), *again = context_at(root);
	struct bondtool_store *store = NULL, *second = NULL;

	CHECK_INT(add_bond(root, "bond1"), 0);
	put_file(root, "my bond.yaml", "connection: {type: bond}\n");
	CHECK_INT(bondtool_store_open(bt, BONDTOOL_STORE_READ, &store), 0);
	CHECK_INT(bondtool_store_open(again, BONDTOOL_STORE_READ, &second), 0);
	const struct bondtool_profile *profile = bondtool_store_find(store, "id", "my bond");
	const struct bondtool_profile *same = bondtool_store_find(second, "id", "my bond");

	if (CHECK(profile != NULL) && CHECK(same != NULL))
		CHECK_STR(bt_profile_text(profile, BT_PROP_UUID),
			  bt_profile_text(same, BT_PROP_UUID));
	bondtool_store_close(store);
	bondtool_store_close(second);
	bondtool_free(bt);
	bondtool_free(again);
	drop_root(root);
}

static void test_a_bad_file_hides_no_good_one(void)
{
	char *root = new_root();
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;

	CHECK_INT(add_bond(root, "bond1"), 0);
	put_file(root, "bond0.yaml", "connection: {id: bond0\n");
	CHECK_INT(bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store), 0);
	CHECK_INT(bondtool_config_count(bondtool_store_config(store)), 1);
	CHECK_INT(bondtool_diags_at_least(bt, BONDTOOL_ERROR), 1);
	/* ... nor is it overwritten by a new profile of that name. */
	CHECK_INT(bondtool_store_add(store, bond(bt, "bond0")), 0);
	CHECK_INT(bondtool_store_commit(store), 0);
	BT_AUTOFREE char *bad = get_file(root, "bond0.yaml");

	CHECK_STR(bad, "connection: {id: bond0\n");
	CHECK_INT(bondtool_config_count(bondtool_store_config(store)), 2);
	bondtool_store_close(store);
	bondtool_free(bt);
	drop_root(root);
}

static void test_a_file_of_several_keeps_the_others(void)
{
	char *root = new_root();
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;

	CHECK_INT(add_bond(root, "bond9"), 0);
	put_file(root, "two.yaml", "connection: {id: a, type: bond}\n---\n"
				   "connection: {id: b, type: bond}\n");
	CHECK_INT(bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store), 0);
	CHECK_INT(bondtool_store_remove(store, bondtool_store_find(store, "id", "a")), 0);
	CHECK_INT(bondtool_store_commit(store), 0);
	bondtool_store_close(store);
	CHECK_INT(count_profiles(root), 2);
	bondtool_free(bt);
	drop_root(root);
}

static int add_numbered_bond(const char *root, int number)
{
	BT_AUTOFREE char *id = bt_format("bond%d", number);

	return add_bond(root, id);
}

static void test_parallel_writers_lose_nothing(void)
{
	char *root = new_root();
	pid_t children[WRITERS];
	int failures = 0;

	for (int i = 0; i < WRITERS; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(add_numbered_bond(root, i) < 0);
	}
	for (int i = 0; i < WRITERS; i++) {
		int status;

		failures += waitpid(children[i], &status, 0) < 0 || status != 0;
	}
	CHECK_INT(failures, 0);
	CHECK_INT(count_profiles(root), WRITERS);
	drop_root(root);
}

/* Each of the writers counts one further in the same profile. */
static int count_up(const char *root)
{
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;
	int r = bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store);

	if (r == 0) {
		struct bondtool_profile *profile = bondtool_store_find(store, "id", "bond0");
		int64_t mtu = bt_profile_number(profile, BT_PROP_MTU);

		bt_profile_set_number(profile, BT_PROP_MTU, mtu + 1, NULL);
		r = bondtool_store_commit(store);
	}
	bondtool_store_close(store);
	bondtool_free(bt);
	return r;
}

static void test_parallel_changes_of_one_profile_add_up(void)
{
	char *root = new_root();
	pid_t children[WRITERS];
	BT_AUTOFREE char *text = NULL;

	CHECK_INT(add_bond(root, "bond0"), 0);
	for (int i = 0; i < WRITERS; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(count_up(root) < 0);
	}
	for (int i = 0; i < WRITERS; i++)
		waitpid(children[i], NULL, 0);
	text = get_file(root, "bond0.yaml");
	CHECK(text && strstr(text, "  mtu: 20\n"));
	drop_root(root);
}

static void test_leftovers_of_a_crash_do_no_harm(void)
{
	char *root = new_root();

	CHECK_INT(add_bond(root, "bond0"), 0);
	put_file(root, ".bondtool-0.tmp", "half a prof");
	CHECK_INT(count_profiles(root), 1);
	CHECK_INT(add_bond(root, "bond1"), 0);
	CHECK_INT(count_profiles(root), 2);
	BT_AUTOFREE char *left = get_file(root, ".bondtool-0.tmp");

	CHECK(left == NULL);
	drop_root(root);
}

static void test_what_cannot_be_written_is_said(void)
{
	char *root = new_root();
	BT_AUTOFREE char *etc = bt_format("%s/etc", root);
	struct bondtool *bt = context_at(root);
	struct bondtool_store *store = NULL;
	FILE *stream = fopen(etc, "w"); /* a file where a folder should be */

	fclose(stream);
	CHECK_INT(bondtool_store_open(bt, BONDTOOL_STORE_WRITE, &store), -ENOTDIR);
	CHECK(!store);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "store/write");
	bondtool_free(bt);
	drop_root(root);
}

TESTS(TEST(test_nothing_is_stored_yet), TEST(test_profiles_are_added_changed_and_removed),
      TEST(test_without_commit_nothing_is_stored), TEST(test_unchanged_files_keep_their_comments),
      TEST(test_changed_files_keep_their_comments),
      TEST(test_a_file_may_lack_names), TEST(test_a_bad_file_hides_no_good_one),
      TEST(test_a_file_of_several_keeps_the_others), TEST(test_parallel_writers_lose_nothing),
      TEST(test_parallel_changes_of_one_profile_add_up),
      TEST(test_leftovers_of_a_crash_do_no_harm), TEST(test_what_cannot_be_written_is_said))
