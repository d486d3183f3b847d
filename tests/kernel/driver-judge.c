/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver-judge [-n COUNT] [-s SEED]: makes COUNT random bonds, each by one message to the real
 * driver, and compares its answer with that of our rules: the driver refuses exactly where a rule
 * "driver/..." is broken, one that goes with the error or is about the option that it blames. Then
 * the same for the options of ports. Run it as root in a network namespace of its own.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/check.h"

#include "trial.h"

/* Which broken rule can be behind an error of the driver. */
static const struct {
	int error;
	const char *rule;
} reasons[] = {
	{EACCES, "driver/mode-option"},
	{EPERM, "driver/delay-needs-miimon"},
	{EPERM, "driver/queue-id-range"},
	{EPERM, "driver/queue-id-twice"},
	{EADDRNOTAVAIL, "driver/mac-address"},
	{ENODEV, "driver/active-slave"},
	{EINVAL, "driver/active-slave"},
	{EINVAL, "driver/value"},
	{ERANGE, "driver/value"},
	{EINVAL, "driver/two-monitors"},
	{EINVAL, "driver/target"},
	{EINVAL, "driver/target-twice"},
	{EINVAL, "driver/too-many-targets"},
	{EINVAL, "driver/actor-system"},
};

enum { BOND_OPTIONS = BT_OPT_QUEUE_ID, PORTS = 2 };

static bool known[BT_OPT_COUNT]; /* to the running kernel */
static struct {
	unsigned accepted, refused;
	unsigned blamed; /* refused, and by our rules for this option alone */
} counts[BT_OPT_COUNT], total;
static unsigned rule_counts[128];
static unsigned disagreements;

static int sock;
static struct generator g;
static int idle; /* index of "idle", an interface that is no port */

/* ---- comparing ------------------------------------------------------------------------------- */

static bool rule_explains(const char *rule, int error)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(reasons); i++)
		if (reasons[i].error == error && strcmp(reasons[i].rule, rule) == 0)
			return true;
	return false;
}

struct verdict {
	unsigned refusals; /* findings "driver/..." */
	unsigned option;   /* the one that the last of them is about; BT_OPT_COUNT: none */
	bool explains;	   /* one of them goes with the driver's error */
	bool blames;	   /* one of them is at the option that the driver blames */
};

static struct verdict judge(struct trial *trial, int error, unsigned blamed)
{
	struct verdict verdict = {.option = BT_OPT_COUNT};

	if (bondtool_check(trial->bt, trial->config) < 0)
		must(NULL);
	for (size_t i = 0; i < bondtool_diags_count(trial->bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(trial->bt, i);

		if (!bt_has_prefix(diag->rule, "driver/") || diag->severity != BONDTOOL_ERROR)
			continue;
		verdict.refusals++;
		verdict.option = diag->line ? diag->line - 1 : BT_OPT_COUNT;
		verdict.explains |= rule_explains(diag->rule, error);
		verdict.blames |= diag->line == blamed + 1;
		for (size_t k = 0; bt_rules[k].id; k++)
			rule_counts[k] += strcmp(bt_rules[k].id, diag->rule) == 0;
	}
	return verdict;
}

static void report(const struct trial *trial, const struct raw_answer *answer, const char *what)
{
	printf("disagreement: %s\n  asked:  %s\n  driver: %s%s%s\n", what, trial->words.data,
	       answer->error ? strerror(answer->error) : "accepted", *answer->text ? ": " : "",
	       answer->text);
	for (size_t i = 0; i < bondtool_diags_count(trial->bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(trial->bt, i);

		printf("  we:     %s [%s]\n", diag->message, diag->rule);
	}
	disagreements++;
}

/* The option that the driver blames; BT_OPT_COUNT when it does not say. */
static unsigned blamed_by(const struct trial *trial, const struct raw_answer *answer)
{
	/* here it points at arp_interval, which may not even be set */
	if (bt_has_prefix(answer->text, "ARP validating"))
		return BT_OPT_ARP_VALIDATE;
	return trial_option_at(trial, answer->offset);
}

static void compare(struct trial *trial, const struct raw_answer *answer)
{
	unsigned blamed = blamed_by(trial, answer);
	struct verdict verdict = judge(trial, answer->error, blamed);

	if (!answer->error != !verdict.refusals)
		report(trial, answer, "only one of us refuses");
	else if (answer->error && !verdict.explains && !verdict.blames)
		report(trial, answer, "no rule of ours goes with the driver's error");
	else if (blamed < BT_OPT_COUNT && !verdict.blames)
		report(trial, answer, "the driver blames another option");
	if (answer->error && verdict.refusals == 1 && verdict.option < BT_OPT_COUNT)
		counts[verdict.option].blamed++;
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		counts[id].accepted += trial->used[id] && !answer->error;
		counts[id].refused += trial->used[id] && answer->error;
	}
	total.accepted += !answer->error;
	total.refused += answer->error != 0;
}

/* ---- bonds ----------------------------------------------------------------------------------- */

static void give_mode(struct trial *trial, struct bondtool_profile *bond)
{
	uint8_t mode = (uint8_t)generate_below(&g, BT_MODE_COUNT);
	char text[8];

	if (generate_once_in(&g, 20))
		return;
	if (generate_once_in(&g, 25))
		mode = (uint8_t)(BT_MODE_COUNT + generate_below(&g, 256 - BT_MODE_COUNT));
	snprintf(text, sizeof(text), "%u", mode);
	trial_give(trial, bond, BT_OPT_MODE, text, &mode, sizeof(mode));
}

/* An option that was not given yet, mostly one that belongs to the mode. */
static unsigned choose_option(const struct trial *trial, enum bt_mode mode)
{
	bool fitting = !generate_once_in(&g, 10) && mode < BT_MODE_COUNT;
	unsigned id;

	do {
		id = 1 + generate_below(&g, BOND_OPTIONS - 1);
	} while (!known[id] || trial->used[id] ||
		 (fitting && !bt_option_allowed_in(&bt_options[id], mode)));
	return id;
}

static void try_bond(struct trial *trial)
{
	struct bondtool_profile *bond = trial_add_profile(trial, "bond", "tried");
	struct raw_answer answer;
	size_t info, data;

	raw_begin(&trial->message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	raw_put(&trial->message, IFLA_IFNAME, "tried", sizeof("tried"));
	if (generate_once_in(&g, 12))
		trial_give_address(trial, bond);
	info = raw_nest(&trial->message, IFLA_LINKINFO);
	raw_put(&trial->message, IFLA_INFO_KIND, "bond", sizeof("bond"));
	data = raw_nest(&trial->message, IFLA_INFO_DATA);
	give_mode(trial, bond);
	for (unsigned n = generate_below(&g, 6); n; n--) {
		unsigned id = choose_option(trial, bt_options_mode(&bond->options));

		if ((bt_options[id].flags & BT_OPTION_NEEDS_MIIMON) &&
		    !trial->used[BT_OPT_MIIMON] && generate_once_in(&g, 2))
			trial_give_option(trial, bond, BT_OPT_MIIMON);
		trial_give_option(trial, bond, id);
	}
	raw_end(&trial->message, data);
	raw_end(&trial->message, info);
	answer = raw_send(sock, &trial->message);
	compare(trial, &answer);
	if (!answer.error)
		raw_delete(sock, (int)if_nametoindex("tried"));
}

/* ---- ports ----------------------------------------------------------------------------------- */

/* A bond of MODE that is up, with two ports that have a link. */
struct rig {
	uint8_t mode;
	int bond, ports[PORTS];
};

static const char *const port_names[PORTS] = {"port0", "port1"};

static void must_work(struct raw_answer answer, const char *what)
{
	if (!answer.error)
		return;
	fprintf(stderr, "driver-judge: %s: %s: %s\n", what, strerror(answer.error), answer.text);
	exit(2);
}

/* Sets one attribute of the bond by a message of its own. */
static struct raw_answer change_bond(struct trial *trial, int bond, uint16_t attribute,
				     const void *bytes, size_t length)
{
	size_t info, data;

	raw_begin(&trial->message, RTM_NEWLINK, 0, bond);
	info = raw_nest(&trial->message, IFLA_LINKINFO);
	raw_put(&trial->message, IFLA_INFO_KIND, "bond", sizeof("bond"));
	data = raw_nest(&trial->message, IFLA_INFO_DATA);
	raw_put(&trial->message, attribute, bytes, length);
	raw_end(&trial->message, data);
	raw_end(&trial->message, info);
	return raw_send(sock, &trial->message);
}

static void rig_make(struct rig *rig, uint8_t mode)
{
	struct trial trial;
	uint32_t miimon = 100;

	rig->mode = mode;
	rig->bond = raw_make(sock, "bond", "rig");
	must_work(change_bond(&trial, rig->bond, trial_attribute(BT_OPT_MODE), &mode, 1), "mode");
	must_work(change_bond(&trial, rig->bond, trial_attribute(BT_OPT_MIIMON), &miimon, 4),
		  "miimon");
	must_work(raw_set_up(sock, rig->bond, true), "bond up");
	for (int i = 0; i < PORTS; i++) {
		rig->ports[i] = raw_make(sock, "dummy", port_names[i]);
		must_work(raw_set_controller(sock, rig->ports[i], rig->bond), "controller");
	}
}

static void rig_delete(const struct rig *rig)
{
	for (int i = 0; i < PORTS; i++)
		raw_delete(sock, rig->ports[i]);
	raw_delete(sock, rig->bond);
}

static void begin_port(struct raw_message *message, int port, size_t nests[2])
{
	raw_begin(message, RTM_NEWLINK, 0, port);
	nests[0] = raw_nest(message, IFLA_LINKINFO);
	raw_put(message, IFLA_INFO_SLAVE_KIND, "bond", sizeof("bond"));
	nests[1] = raw_nest(message, IFLA_INFO_SLAVE_DATA);
}

static struct raw_answer send_port(struct raw_message *message, const size_t nests[2])
{
	raw_end(message, nests[1]);
	raw_end(message, nests[0]);
	return raw_send(sock, message);
}

static void forget_queue(int port)
{
	struct raw_message message;
	uint16_t none = 0;
	size_t nests[2];

	begin_port(&message, port, nests);
	raw_put(&message, trial_attribute(BT_OPT_QUEUE_ID), &none, sizeof(none));
	must_work(send_port(&message, nests), "queue_id=0");
}

/* A queue: of the bond, at its edge or beyond it; few, so that both ports may get the same. */
static void give_queue(struct trial *trial, struct bondtool_profile *port)
{
	static const uint16_t queues[] = {0, 0, 1, 1, 2, 15, 16, 17, 255, 65535};
	uint16_t queue = queues[generate_below(&g, BT_ARRAY_SIZE(queues))];
	char text[8];

	snprintf(text, sizeof(text), "%u", queue);
	trial_give(trial, port, BT_OPT_QUEUE_ID, text, &queue, sizeof(queue));
}

static struct raw_answer try_port(struct trial *trial, const struct rig *rig, int number)
{
	struct bondtool_profile *port =
		trial_add_profile(trial, "802-3-ethernet", port_names[number]);
	size_t nests[2];

	if (bt_profile_set(trial->bt, port, BT_PROP_CONTROLLER, "rig", NULL) < 0)
		must(NULL);
	bt_text_addf(&trial->words, "%s: ", port_names[number]);
	memset(trial->offsets, 0, sizeof(trial->offsets));
	begin_port(&trial->message, rig->ports[number], nests);
	if (!generate_once_in(&g, 3))
		give_queue(trial, port);
	for (unsigned id = BT_OPT_PRIO; id < BT_OPT_COUNT; id++)
		if (known[id] && generate_once_in(&g, 4))
			trial_give_option(trial, port, id);
	return send_port(&trial->message, nests);
}

/* active_slave can only be tried where there are ports. */
static struct raw_answer try_active(struct trial *trial, const struct rig *rig,
				    struct bondtool_profile *bond)
{
	int choice = (int)generate_below(&g, PORTS + 1);
	const char *name = choice < PORTS ? port_names[choice] : "idle";
	int index = choice < PORTS ? rig->ports[choice] : idle;

	memset(trial->offsets, 0, sizeof(trial->offsets));
	trial_give_text(trial, bond, BT_OPT_ACTIVE_SLAVE, name);
	return change_bond(trial, rig->bond, trial_attribute(BT_OPT_ACTIVE_SLAVE), &index,
			   sizeof(index));
}

static void try_ports(struct trial *trial, const struct rig *rig)
{
	struct bondtool_profile *bond = trial_add_profile(trial, "bond", "rig");
	struct raw_answer answer = {0};
	char mode[4];

	snprintf(mode, sizeof(mode), "%u", rig->mode);
	bt_options_set(trial->bt, &bond->options, "mode", mode, NULL);
	bt_options_set(trial->bt, &bond->options, "miimon", "100", NULL);
	bt_text_addf(&trial->words, "mode=%s ", mode);
	for (int i = 0; i < PORTS; i++)
		forget_queue(rig->ports[i]);
	for (int i = 0; i < PORTS && !answer.error; i++)
		answer = try_port(trial, rig, i);
	if (!answer.error && generate_once_in(&g, 4))
		answer = try_active(trial, rig, bond);
	compare(trial, &answer);
}

/* ---- the whole ------------------------------------------------------------------------------- */

/*
 * An attribute that the kernel does not know is ignored, so there is nothing to compare. Options
 * that came after Linux 6.1 are asked for: who knows them shows them in 802.3ad, their mode.
 */
static void probe_options(void)
{
	struct rig rig;

	rig_make(&rig, BT_MODE_8023AD);
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		bool port = bt_options[id].flags & BT_OPTION_PORT;
		const char *since = bt_options[id].since;
		bool recent = since && (since[0] > '6' || (since[0] == '6' && atoi(since + 2) > 1));

		known[id] = !recent || raw_shows(sock, port ? rig.ports[0] : rig.bond, port,
						 trial_attribute(id));
		if (!known[id])
			printf("left out: this kernel does not know '%s'\n", bt_options[id].name);
	}
	rig_delete(&rig);
}

static void run_trials(unsigned count)
{
	struct trial trial;
	struct rig rig;

	for (unsigned i = 0; i < count; i++) {
		trial_begin(&trial, &g, idle);
		try_bond(&trial);
		trial_end(&trial);
	}
	printf("bonds: %u accepted, %u refused\n", total.accepted, total.refused);
	for (uint8_t mode = 0; mode < BT_MODE_COUNT; mode++) {
		rig_make(&rig, mode);
		for (unsigned i = 0; i < count / (5 * BT_MODE_COUNT); i++) {
			trial_begin(&trial, &g, idle);
			try_ports(&trial, &rig);
			trial_end(&trial);
		}
		rig_delete(&rig);
	}
	printf("all:   %u accepted, %u refused\n", total.accepted, total.refused);
}

/* Whether anything that its attribute can carry is refused for the option's sake. */
static bool can_be_refused(const struct bt_option *option)
{
	return option->refused_modes || option->wire != BT_WIRE_U8 || option->spec.minimum > 0 ||
	       option->spec.maximum < 255;
}

/* A comparison that never sees both answers proves nothing: says where that is so. */
static unsigned find_blind_spots(void)
{
	unsigned blind = 0;

	printf("%-20s %9s %9s %9s\n", "option", "accepted", "refused", "blamed");
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		bool seen = counts[id].accepted &&
			    (counts[id].blamed || !can_be_refused(&bt_options[id]));

		if (!known[id])
			continue;
		printf("%-20s %9u %9u %9u%s\n", bt_options[id].name, counts[id].accepted,
		       counts[id].refused, counts[id].blamed, seen ? "" : "  <- blind");
		blind += !seen;
	}
	for (size_t i = 0; bt_rules[i].id; i++) {
		if (!bt_has_prefix(bt_rules[i].id, "driver/"))
			continue;
		printf("%-30s %9u%s\n", bt_rules[i].id, rule_counts[i],
		       rule_counts[i] ? "" : "  <- blind");
		blind += !rule_counts[i];
	}
	return blind;
}

int main(int argc, char **argv)
{
	unsigned count = 2000;
	uint64_t seed = 1;
	unsigned blind;
	int c;

	while ((c = getopt(argc, argv, "n:s:")) != -1) {
		if (c == 'n')
			count = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 's')
			seed = strtoull(optarg, NULL, 10);
		else
			return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("seed %" PRIu64 "\n", seed);
	g = generator_of(seed);
	sock = raw_open();
	idle = raw_make(sock, "dummy", "idle");
	probe_options();
	run_trials(count);
	blind = find_blind_spots();
	printf("%u combinations, %u disagreements, %u blind spots\n",
	       total.accepted + total.refused, disagreements, blind);
	return disagreements || blind;
}
