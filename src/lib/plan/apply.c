/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Applying: operations one after the other, and back again when one is refused. */
#include "plan/apply.h"

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>

#include "plan/journal.h"
#include "plan/planner.h"

void bt_refusal_release(struct bt_refusal *refusal)
{
	bt_ack_release(&refusal->ack);
	*refusal = (struct bt_refusal){0};
}

/* ---- signals: looked at between two operations ----------------------------------------------- */

struct guard {
	sigset_t watched, before;
};

/* From here on the signals that end a program wait until bt_apply() looks. */
static void guard_begin(struct guard *guard)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

	sigemptyset(&guard->watched);
	for (size_t i = 0; i < BT_ARRAY_SIZE(signals); i++)
		sigaddset(&guard->watched, signals[i]);
	sigprocmask(SIG_BLOCK, &guard->watched, &guard->before);
}

/* Takes a signal that is waiting: its number, or 0. One that was ignored before never waits. */
static int guard_take(const struct guard *guard)
{
	static const struct timespec at_once;
	int signal = sigtimedwait(&guard->watched, NULL, &at_once);

	return signal > 0 ? signal : 0;
}

static void guard_end(const struct guard *guard)
{
	sigprocmask(SIG_SETMASK, &guard->before, NULL);
}

/* ---- what is said about a refusal ------------------------------------------------------------ */

/* Where the value came from that was refused: of the option at fault, else of the operation. */
static struct bt_origin origin_of(const struct bt_operation *operation,
				  const struct bt_refusal *refusal)
{
	const struct bt_value *value =
		refusal->option
			? bt_values_find(&operation->options, bt_option_id(refusal->option))
			: NULL;

	return value ? value->origin : operation->origin;
}

static char *what_was_refused(const struct bt_operation *operation,
			      const struct bt_refusal *refusal)
{
	const struct bt_value *value =
		refusal->option
			? bt_values_find(&operation->options, bt_option_id(refusal->option))
			: NULL;
	BT_AUTOFREE char *text = NULL;

	if (!value)
		return bt_operation_text(operation);
	text = bt_value_joined(&refusal->option->spec, value, " ", BONDTOOL_PARSABLE);
	return text ? bt_format("set option '%s' to '%s'", refusal->option->name, text) : NULL;
}

/* Whether this process has CAP_NET_ADMIN. */
static bool is_network_admin(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {0};

	return syscall(SYS_capget, &header, data) == 0 &&
	       data[0].effective & CAP_TO_MASK(CAP_NET_ADMIN);
}

/* The driver says EPERM for other reasons, too, but then in words or to an administrator. */
static bool may_lack_rights(const struct bt_refusal *refusal, int error)
{
	return (error == -EPERM || error == -EACCES) && !refusal->ack.text && !is_network_admin();
}

static void report(struct bondtool *bt, enum bondtool_severity severity,
		   const struct bt_operation *operation, struct bt_refusal *refusal, int error)
{
	BT_AUTOFREE char *what = what_was_refused(operation, refusal);
	struct bt_origin origin = origin_of(operation, refusal);
	const char *words = refusal->ack.text ? refusal->ack.text : strerror(-error);

	if (operation->kind == BT_OP_LOAD_DRIVER ||
	    (operation->kind == BT_OP_CREATE_BOND && error == -EOPNOTSUPP))
		bt_diag(bt, severity, "system/no-driver", NULL,
			"run 'modprobe bonding'; the module comes with the kernel's package, some "
			"distributions put it into linux-modules-extra or kernel-modules; "
			"elsewhere scripts/lab of bondtool's source boots a kernel that has it",
			"the running kernel has no bonding driver");
	else if (may_lack_rights(refusal, error))
		bt_diag(bt, severity, "system/permission", NULL, NULL,
			"cannot %s: '%s' needs root or CAP_NET_ADMIN", what ? what : "change",
			operation->interface);
	else
		bt_diag(bt, severity, "kernel/refused", &origin, NULL, "'%s': cannot %s: %s",
			operation->interface, what ? what : "change", words);
}

/* ---- forward and back ------------------------------------------------------------------------ */

/*
 * Runs what takes operations back. What is refused is said (unless QUIET), and the rest goes on:
 * the closer to the state before, the better. Returns whether all went well.
 */
static bool undo(struct bondtool *bt, const struct bt_operations *operations,
		 struct bt_executor *executor, bool quiet)
{
	bool whole = true;

	for (size_t i = 0; i < operations->count; i++) {
		const struct bt_operation *operation = &operations->items[i];
		BT_AUTOREFUSAL struct bt_refusal refusal = {0};
		BT_AUTOFREE char *what = NULL;
		int r = executor->run(executor, operation, &refusal);

		if (r == 0 || r == -EEXIST || quiet)
			continue;
		whole = false;
		what = what_was_refused(operation, &refusal);
		bt_warning(bt, "plan/undo", NULL, "'%s': cannot %s to undo the change: %s",
			   operation->interface, what ? what : "change",
			   refusal.ack.text ? refusal.ack.text : strerror(-r));
	}
	return whole;
}

/* The driver takes options one by one, and stops at the first that it does not like. */
static bool may_be_half_done(const struct bt_operation *operation)
{
	return operation->kind == BT_OP_OPTIONS || operation->kind == BT_OP_PORT_OPTIONS;
}

/* *ret_changed: something may have happened even though it failed. */
static int run_one(struct bondtool *bt, const struct bt_operation *operation,
		   struct bt_executor *executor, bool *ret_changed)
{
	BT_AUTOREFUSAL struct bt_refusal refusal = {0};
	int r = executor->run(executor, operation, &refusal);

	if (r == 0)
		return 0;
	*ret_changed = refusal.done || may_be_half_done(operation);
	report(bt, operation->may_fail ? BONDTOOL_WARNING : BONDTOOL_ERROR, operation, &refusal, r);
	return operation->may_fail ? 0 : r;
}

static int check_signal(struct bondtool *bt, const struct guard *guard)
{
	int signal = guard_take(guard);

	if (!signal)
		return 0;
	return bt_error(bt, -EINTR, "plan/signal", NULL, "stopped by %s",
			signal == SIGINT    ? "SIGINT"
			: signal == SIGTERM ? "SIGTERM"
					    : "SIGHUP");
}

/* Takes back the first COUNT operations, the last one first. */
static void undo_all(struct bondtool *bt, const struct bt_operations *operations, size_t count,
		     struct bt_executor *executor)
{
	bool whole = true;

	while (count > 0)
		whole &= undo(bt, &operations->items[--count].undo, executor, false);
	if (whole)
		bt_note(bt, "plan/undone", NULL, "everything is as it was before");
}

static int run_all(struct bondtool *bt, const struct bt_operations *operations,
		   struct bt_executor *executor, const struct guard *guard,
		   struct bt_journal *journal)
{
	for (size_t i = 0; i < operations->count; i++) {
		const struct bt_operation *operation = &operations->items[i];
		bool changed = false;
		int r = check_signal(bt, guard);

		if (r == 0)
			r = bt_journal_record(journal, operation);
		if (r == 0)
			r = run_one(bt, operation, executor, &changed);
		if (r == 0)
			continue;
		if (changed)
			undo(bt, &operation->undo, executor, true);
		undo_all(bt, operations, i, executor);
		return r;
	}
	return 0;
}

/* A plan that was made before this is of no use any more. */
static int undo_left(struct bondtool *bt, const struct bt_operations *left,
		     struct bt_executor *executor)
{
	undo(bt, left, executor, true);
	bt_diag(bt, BONDTOOL_ERROR, "plan/left-over", NULL, "run the command again",
		"an earlier change was interrupted; what it had done has been undone now");
	return -EAGAIN;
}

int bt_apply(struct bondtool *bt, const struct bt_operations *operations,
	     struct bt_executor *executor)
{
	BT_AUTOOPERATIONS struct bt_operations left = {0};
	struct bt_journal journal = {0};
	struct guard guard;
	int r = bt_journal_open(bt, &journal, &left);

	if (r < 0)
		return r;
	guard_begin(&guard);
	r = left.count ? undo_left(bt, &left, executor)
		       : run_all(bt, operations, executor, &guard, &journal);
	bt_journal_close(&journal);
	guard_end(&guard);
	return r;
}

enum { WAIT_STEP = 20 }; /* milliseconds between two looks */

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * (int64_t)1000 + time.tv_nsec / 1000000;
}

int bondtool_wait_up(struct bondtool *bt, const char *interface, unsigned milliseconds)
{
	static const struct timespec step = {.tv_nsec = WAIT_STEP * 1000000};
	int64_t end = now() + milliseconds;

	for (;;) {
		BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
		const struct bt_link *link;
		int r = bt_snapshot_read_bond(bt, interface, 0, &snapshot);

		if (r < 0)
			return r;
		link = bt_snapshot_by_name(snapshot, interface);
		if (link && bt_link_is_up(link) && link->carrier)
			return 0;
		if (now() >= end)
			return -ETIMEDOUT;
		nanosleep(&step, NULL);
	}
}

int bondtool_plan_apply(struct bondtool *bt, struct bondtool_plan *plan)
{
	struct bt_driver_executor *executor;
	int r;

	if (!plan->operations.count)
		return 0;
	executor = bt_driver_executor_new(bt, plan->snapshot);
	if (!executor)
		return -ENOMEM;
	r = bt_apply(bt, &plan->operations, bt_driver_executor_base(executor));
	bt_driver_executor_free(executor);
	return r;
}
