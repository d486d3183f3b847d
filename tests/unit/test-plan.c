/* SPDX-License-Identifier: GPL-2.0-or-later
 * Plans, one test for each file in tests/fixtures/plan. A file describes a world ("no driver" among
 * others) and profiles and ends in "up ID" or "down ID" ("... through sysfs"). The plan must read
 * as the file's twin .plan (BONDTOOL_REGENERATE=1 writes it); applied to the world it must leave
 * nothing to do; refused or interrupted at any operation it must leave the world as it was; its
 * operations must survive the journal.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "plan/journal.h"
#include "test.h"
#include "world.h"

static const char *const *case_files;
static size_t current;
static char run_root[] = "/tmp/test-plan.XXXXXX";

/* ---- a transport that knows only whether there is a driver ----------------------------------- */

static bool driver_is_loaded;

static bool is_loaded(struct bt_transport *transport)
{
	(void)transport;
	return driver_is_loaded;
}

static void keep(struct bt_transport *transport)
{
	(void)transport;
}

static struct bt_transport no_transport = {
	.name = "none", .version = "", .driver_loaded = is_loaded, .release = keep};

/* ---- scenes ---------------------------------------------------------------------------------- */

/* Everything that a file says, ready to be planned. */
struct scene {
	struct bondtool *bt;
	struct world world;
	struct bondtool_config *config;
	char *verb, *id;
	unsigned flags;
};

static void read_profile(struct scene *scene, char *words)
{
	struct bondtool_profile *profile = bt_profile_new();
	char *save = NULL;
	const struct bt_profile_type *type = bt_profile_type_find(strtok_r(words, " ", &save));
	const char *id = strtok_r(NULL, " ", &save);
	const struct bt_source *source = bt_source_add(scene->bt, "profile", id, strlen(id));
	struct bt_origin origin = {source, 1, 1, 1};

	bt_profile_set(scene->bt, profile, BT_PROP_ID, id, &origin);
	bt_profile_set(scene->bt, profile, BT_PROP_TYPE, type->name, &origin);
	bt_config_add(scene->config, profile);
}

/* "  PROPERTY VALUE" of the last profile. */
static void read_property(struct scene *scene, char *line)
{
	struct bondtool_profile *profile =
		bondtool_config_at(scene->config, bondtool_config_count(scene->config) - 1);
	char *property = line + strspn(line, " ");
	char *value = property + strcspn(property, " ");

	if (*value)
		*value++ = '\0';
	CHECK_INT(bondtool_profile_change(scene->bt, profile, property, BONDTOOL_ADD, value), 0);
}

static void read_command(struct scene *scene, char *line)
{
	char *save = NULL;

	scene->verb = strdup(strtok_r(line, " ", &save));
	scene->id = strdup(strtok_r(NULL, " ", &save));
	if (strtok_r(NULL, "", &save))
		scene->flags = BONDTOOL_VIA_SYSFS;
}

static void read_line(struct scene *scene, char *line)
{
	if (*line == '#' || !*line)
		return;
	if (*line == ' ')
		read_property(scene, line);
	else if (strcmp(line, "no driver") == 0)
		driver_is_loaded = false;
	else if (bt_has_prefix(line, "profile "))
		read_profile(scene, line + strlen("profile "));
	else if (bt_has_prefix(line, "up ") || bt_has_prefix(line, "down "))
		read_command(scene, line);
	else
		CHECK(world_line(&scene->world, line));
}

static bool read_scene(struct scene *scene, const char *path)
{
	const struct bt_source *source;
	BT_AUTOFREE char *text = NULL;
	char *save = NULL;

	*scene = (struct scene){.bt = bondtool_new(), .config = bondtool_config_new()};
	bondtool_set_root(scene->bt, run_root);
	driver_is_loaded = true;
	bt_transport_set(scene->bt, &no_transport);
	world_begin(&scene->world, scene->bt);
	if (!CHECK_INT(bt_source_read(scene->bt, path, &source), 0))
		return false;
	text = strdup(source->text);
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		read_line(scene, line);
	return CHECK(scene->id != NULL);
}

static void end_scene(struct scene *scene)
{
	world_end(&scene->world);
	bondtool_config_free(scene->config);
	bondtool_free(scene->bt);
	free(scene->verb);
	free(scene->id);
}

static int make_plan(struct scene *scene, struct bondtool_plan *plan)
{
	const struct bondtool_profile *profile = bt_config_by_id(scene->config, scene->id);
	int r;

	*plan = (struct bondtool_plan){0};
	if (!CHECK(profile != NULL))
		return -ENOENT;
	r = strcmp(scene->verb, "up") == 0
		    ? bt_plan_up(scene->bt, scene->config, scene->world.snapshot, profile,
				 scene->flags, plan)
		    : bt_plan_down(scene->bt, scene->config, scene->world.snapshot, profile,
				   scene->flags, plan);
	return r;
}

static void release_plan(struct bondtool_plan *plan)
{
	bt_operations_release(&plan->operations);
	free(plan->subject);
}

/* What is said beside the plan, without places. */
static void add_diagnostics(struct bt_text *text, const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(bt, i);

		bt_text_addf(text, "%s: %s [%s]\n", bondtool_severity_name(diag->severity),
			     diag->message, diag->rule);
		if (diag->hint)
			bt_text_addf(text, "  %s\n", diag->hint);
	}
}

static void compare_with_golden(const char *path, const char *text)
{
	BT_AUTOFREE char *golden = strndup(path, strlen(path) - strlen(".case"));
	BT_AUTOFREE char *name = bt_format("%s.plan", golden);
	struct bondtool *bt = bondtool_new();
	const struct bt_source *source = NULL;

	if (getenv("BONDTOOL_REGENERATE")) {
		FILE *file = fopen(name, "w");

		fputs(text, file);
		fclose(file);
	}
	if (CHECK_INT(bt_source_read(bt, name, &source), 0))
		CHECK_STR(text, source->text);
	bondtool_free(bt);
}

/* The text of the plan, wide lines and all, and its JSON, which must be JSON. */
static void check_text(struct scene *scene, const char *path, const struct bondtool_plan *plan,
		       int result)
{
	BT_AUTOFREE char *text = result == 0 ? bondtool_plan_text(plan) : strdup("");
	BT_AUTOFREE char *json = result == 0 ? bondtool_plan_json(plan) : strdup("{}");
	json_t *parsed = json_loads(json, 0, NULL);
	struct bt_text all = {0};
	char *said;

	bt_text_add(&all, text);
	add_diagnostics(&all, scene->bt);
	said = bt_text_take(&all);
	compare_with_golden(path, said);
	CHECK(parsed != NULL);
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
		CHECK(strcspn(line, "\n") <= 80);
	json_decref(parsed);
	free(said);
}

/* Through JSON and back, each operation and what undoes it stay what they were. */
static void check_journal(struct scene *scene, const struct bt_operations *operations)
{
	for (size_t i = 0; i < operations->count; i++) {
		json_t *one = bt_operation_to_json(&operations->items[i]), *other;
		struct bt_operations back = {0};

		CHECK_INT(bt_operation_from_json(scene->bt, one, &back), 0);
		other = back.count ? bt_operation_to_json(&back.items[0]) : NULL;
		CHECK(json_equal(one, other));
		bt_operations_release(&back);
		json_decref(one);
		json_decref(other);
		check_journal(scene, &operations->items[i].undo);
	}
}

/* Plans anew from the file, with a refusal or a signal at operation NUMBER. */
static void check_undo(const char *path, unsigned number, bool by_signal)
{
	struct scene scene;
	struct bondtool_plan plan;
	BT_AUTOFREE char *before = NULL;
	BT_AUTOFREE char *after = NULL;

	if (!read_scene(&scene, path) || make_plan(&scene, &plan) < 0)
		return;
	before = world_text(&scene.world);
	scene.world.refuse = by_signal ? 0 : number;
	scene.world.interrupt = by_signal ? number : 0;
	if (!plan.operations.items[number - 1].may_fail || by_signal)
		CHECK(bt_apply(scene.bt, &plan.operations, &scene.world.executor) < 0 ||
		      (by_signal && number == plan.operations.count));
	else
		CHECK_INT(bt_apply(scene.bt, &plan.operations, &scene.world.executor), 0);
	after = world_text(&scene.world);
	if ((by_signal && number == plan.operations.count) ||
	    (!by_signal && plan.operations.items[number - 1].may_fail))
		CHECK(after != NULL);
	else if (!CHECK_STR(after, before))
		printf("# ... after operation %u was %s\n", number,
		       by_signal ? "interrupted" : "refused");
	release_plan(&plan);
	end_scene(&scene);
}

/* Once applied, there is nothing more to do, as long as the file has no "repeats". */
static void check_done(struct scene *scene, const struct bondtool_plan *plan, bool repeats)
{
	struct bondtool_plan again;
	BT_AUTOFREE char *text = NULL;

	CHECK_INT(bt_apply(scene->bt, &plan->operations, &scene->world.executor), 0);
	if (strcmp(scene->verb, "up") != 0) {
		CHECK(make_plan(scene, &again) < 0);
		release_plan(&again);
		return;
	}
	CHECK_INT(make_plan(scene, &again), 0);
	text = bondtool_plan_text(&again);
	if (!repeats)
		CHECK_STR(text, "nothing to do\n");
	release_plan(&again);
}

static void test_case(void)
{
	const char *path = case_files[current++];
	struct scene scene;
	struct bondtool_plan plan;
	int r;

	if (!read_scene(&scene, path))
		return;
	r = make_plan(&scene, &plan);
	check_text(&scene, path, &plan, r);
	check_journal(&scene, &plan.operations);
	for (unsigned i = 1; r == 0 && i <= plan.operations.count; i++) {
		check_undo(path, i, false);
		check_undo(path, i, true);
	}
	if (r == 0)
		check_done(&scene, &plan, strstr(path, "-repeats") != NULL);
	release_plan(&plan);
	end_scene(&scene);
}

/* A signal that comes with the last operation is left for the program itself. */
static void after_signal(int number)
{
	(void)number;
}

static void remove_root(void)
{
	static const char *const folders[] = {"/run/bondtool", "/run", ""};

	for (size_t i = 0; i < BT_ARRAY_SIZE(folders); i++) {
		BT_AUTOFREE char *path = bt_format("%s%s", run_root, folders[i]);

		if (rmdir(path) < 0)
			printf("# left: %s\n", path);
	}
}

static int is_case(const struct dirent *entry)
{
	return bt_has_suffix(entry->d_name, ".case");
}

int main(void)
{
	BT_AUTOFREE char *folder = bt_format("%s/tests/fixtures/plan", getenv("SRCDIR") ?: ".");
	struct dirent **entries;
	int count = scandir(folder, &entries, is_case, alphasort);
	struct test_case *tests;
	char **files;
	int r;

	if (count <= 0 || !mkdtemp(run_root)) {
		printf("Bail out! no cases in %s\n", folder);
		return 1;
	}
	tests = calloc((size_t)count, sizeof(*tests));
	files = calloc((size_t)count, sizeof(*files));
	for (int i = 0; i < count; i++) {
		files[i] = bt_format("%s/%s", folder, entries[i]->d_name);
		tests[i] = (struct test_case){entries[i]->d_name, test_case};
	}
	signal(SIGTERM, after_signal);
	case_files = (const char *const *)files;
	r = test_run(tests, (size_t)count);
	for (int i = 0; i < count; i++) {
		free(files[i]);
		free(entries[i]);
	}
	free(files);
	free(tests);
	free(entries);
	remove_root();
	return r;
}
