/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value-words: writes many texts to the file of each option and compares what the driver takes with
 * what we take. Where we differ on purpose stands in a list, and nothing else may differ. Run it as
 * root in a network namespace of its own, with its /sys.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/check.h"

#include "trial.h"

/* Numbers and near-numbers; the names of all options are tried as well. */
static const char *const texts[] = {
	"0", "1", "2", "3", "6", "7", "8", "00", "01", "007", "100", "254", "255", "256", "300",
	"1023", "1024", "65534", "65535", "65536", "300000", "300001", "2147483646",
	"2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807",
	"9223372036854775808", "18446744073709551615", "18446744073709551616",
	"18446744073709551617", "-1", "-0", "+1", "- 1", "0x1", "1.0", "1e2", "1ms", "1,2", "",
	" ", "1 ", " 1", "\t1", "1 2", "1\t2", "default", "Default", "DEFAULT", "defaul",
	"defaults", "ON", "On", "yes", "no", "true", "false", "FAST", "fast ", " fast",
	"fast slow", "slowly", "layer2+", "layer", "802.3AD", "active_backup", "balance-rr1",
	"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "\xc3\xa9", "=", "'1'",
};

static const char *const mac_texts[] = {
	"02:00:5e:10:00:01", "02:00:5E:10:00:01", "02-00-5e-10-00-01", "02005e100001",
	"2:0:5e:10:0:1", "02:00:5e:10:00", "02:00:5e:10:00:01:02", "02:00:5e:10:00:0g",
	"02:00:5e:10:00:01 x", "03:00:5e:10:00:01", "01:00:00:00:00:00", "00:00:00:00:00:00",
	"ff:ff:ff:ff:ff:ff", "default", "none", "", "0",
};

static const char *const address_texts[] = {
	"10.0.0.1", "10.0.0.255", "224.0.0.1", "0.0.0.0", "0.0.0.1", "255.255.255.255",
	"10.0.0.256", "10.0.0", "10", "10.0.0.1.1", "010.0.0.1", "10.0.0.1/24", "10.0.0.1x",
	"10.0.0.1 ", " 10.0.0.1", "10.0.0.-1", "fe80::1", "host", "", "default",
};

static const char *const interface_texts[] = {
	"port0", "nosuch", "a/b", "a b", "", ".", "fifteencharacte", "sixteencharacter",
	"default",
};

static const char *const queue_texts[] = {
	"0", "1", "16", "17", "255", "65535", "65536", "65537", "-1", "+1", "01", "1x", "x", "",
	" 1", "1 ", "default",
};

/* Where one takes a text and the other does not, on purpose. OPTION NULL: any. */
struct difference {
	const char *option, *text;
	enum { DRIVER, OURS } taker;
	const char *why;
	unsigned seen;
};

#define BLANKS "blanks around a value belong to the format, whose reader strips them"
#define WORDS  "the driver looks at the first word only; the rest would be lost silently"
#define WRAPS  "the driver forgets what exceeds its integers: 2^64 becomes 0"
#define PREFIX "the driver looks at the beginning only; the rest would be lost silently"
#define ANY    "the driver remembers any text and waits for an interface of that name"
#define LIST   "we take a list: blanks between its items, and no item at all"

static struct difference differences[] = {
	{NULL, "1 ", DRIVER, BLANKS, 0},
	{NULL, " 1", DRIVER, BLANKS, 0},
	{NULL, "\t1", DRIVER, BLANKS, 0},
	{NULL, "fast ", DRIVER, BLANKS, 0},
	{NULL, " fast", DRIVER, BLANKS, 0},
	{NULL, "fast slow", DRIVER, WORDS, 0},
	{NULL, "1 2", DRIVER, WORDS, 0},
	{NULL, "1\t2", DRIVER, WORDS, 0},
	{NULL, "18446744073709551616", DRIVER, WRAPS, 0},
	{NULL, "18446744073709551617", DRIVER, WRAPS, 0},
	{"queue_id", "65536", DRIVER, WRAPS, 0},
	{"queue_id", "65537", DRIVER, WRAPS, 0},
	{"queue_id", "1x", DRIVER, PREFIX, 0},
	{"ad_actor_system", "02:00:5e:10:00:01 x", DRIVER, PREFIX, 0},
	{"ad_actor_system", "02:00:5e:10:00:01:02", DRIVER, PREFIX, 0},
	{"arp_ip_target", "10.0.0.1/24", DRIVER, PREFIX, 0},
	{"arp_ip_target", "10.0.0.1x", DRIVER, PREFIX, 0},
	{"primary", "a/b", DRIVER, ANY, 0},
	{"primary", "a b", DRIVER, ANY, 0},
	{"primary", ".", DRIVER, ANY, 0},
	{"primary", "sixteencharacter", DRIVER, ANY, 0},
	{"primary", "", DRIVER, "no primary is the option left out", 0},
	{"active_slave", "", DRIVER, "no active_slave is the option left out", 0},
	{"arp_ip_target", "010.0.0.1", DRIVER, "some read 010 as 8", 0},
	{"arp_ip_target", " 10.0.0.1", OURS, LIST, 0},
	{"arp_ip_target", "", OURS, LIST, 0},
	{"ad_actor_system", "02-00-5e-10-00-01", OURS, "we write it with colons", 0},
};

static int sock, bond;
static unsigned compared, taken, disagreements;

/* Writes TEXT to the bond's file as a shell's echo would; 0 or the errno. */
static int write_option(const char *file, const char *text)
{
	BT_AUTOFREE char *path = must(bt_format("/sys/class/net/words/bonding/%s", file));
	BT_AUTOFREE char *line = must(bt_format("%s\n", text));
	BT_AUTOCLOSE int fd = open(path, O_WRONLY);

	if (fd < 0) {
		fprintf(stderr, "value-words: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	return write(fd, line, strlen(line)) < 0 ? errno : 0;
}

/* What the driver says to TEXT; what it takes is taken back where the next text depends on it. */
static int ask_driver(const struct bt_option *option, const char *file, const char *text)
{
	BT_AUTOFREE char *line = NULL;
	int error;

	if (bt_type_is_list(option->spec.type))
		line = must(bt_format("+%s", text));
	else if (option->flags & BT_OPTION_PORT)
		line = must(bt_format("port0:%s", text));
	error = write_option(file, line ? line : text);
	if (!error && line && *line == '+') {
		*line = '-';
		write_option(file, line);
	}
	return error;
}

/* Whether we take TEXT: as a value, and by the rules for its mode. */
static bool ask_ourselves(const struct bt_option *option, const char *name, const char *mode,
			  const char *text)
{
	struct trial trial;
	struct bondtool_profile *profile;
	bool good;

	trial_begin(&trial, NULL, 0);
	profile = trial_add_profile(&trial, "bond", "words");
	if (strcmp(name, "mode") != 0)
		bt_options_set(trial.bt, &profile->options, "mode", mode, NULL);
	if (option->flags & BT_OPTION_NEEDS_MIIMON)
		bt_options_set(trial.bt, &profile->options, "miimon", "100", NULL);
	if (option->flags & BT_OPTION_PORT) {
		profile = trial_add_profile(&trial, "802-3-ethernet", "port0");
		if (bt_profile_set(trial.bt, profile, BT_PROP_CONTROLLER, "words", NULL) < 0)
			must(NULL);
	}
	good = bt_options_set(trial.bt, &profile->options, name, text, NULL) == 0 &&
	       bt_values_find(&profile->options, bt_option_id(option)) &&
	       bondtool_check(trial.bt, trial.config) == 0;
	for (size_t i = 0; i < bondtool_diags_count(trial.bt); i++)
		good &= !bt_has_prefix(bondtool_diags_at(trial.bt, i)->rule, "driver/");
	trial_end(&trial);
	return good;
}

static bool is_on_purpose(const char *option, const char *text, bool ours)
{
	bool found = false;

	for (size_t i = 0; i < BT_ARRAY_SIZE(differences); i++) {
		struct difference *d = &differences[i];

		if ((d->option && strcmp(d->option, option) != 0) ||
		    strcmp(d->text, text) != 0 || (d->taker == OURS) != ours)
			continue;
		d->seen++;
		found = true;
	}
	return found;
}

static void compare(const struct bt_option *option, const char *file, const char *mode,
		    const char *text)
{
	int error = ask_driver(option, file, text);
	bool good = ask_ourselves(option, file, mode, text);

	compared++;
	taken += !error;
	if (good == !error || is_on_purpose(file, text, good))
		return;
	printf("disagreement: %s '%s': the driver says %s, we %s it\n", file, text,
	       error ? strerror(error) : "yes", good ? "take" : "refuse");
	disagreements++;
}

/* A bond in a mode that takes the option, with a port where the option is about one. */
static const char *make_bond(const struct bt_option *option)
{
	const struct bondtool_name *names = bt_options[BT_OPT_MODE].spec.names;
	int mode = BT_MODE_ACTIVE_BACKUP;

	while (!bt_option_allowed_in(option, (enum bt_mode)mode))
		mode = (mode + 1) % BT_MODE_COUNT;
	bond = raw_make(sock, "bond", "words");
	if (write_option("mode", bt_name_of(names, mode)->name) ||
	    ((option->flags & BT_OPTION_NEEDS_MIIMON) && write_option("miimon", "100"))) {
		fprintf(stderr, "value-words: no bond for %s\n", option->name);
		exit(2);
	}
	return bt_name_of(names, mode)->name;
}

static void compare_all(const struct bt_option *option, const char *file, const char *mode,
			const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		compare(option, file, mode, list[i]);
}

static void compare_names(const struct bt_option *option, const char *file, const char *mode)
{
	for (unsigned id = 0; id < BT_OPT_COUNT; id++)
		for (const struct bondtool_name *n = bt_options[id].spec.names; n && n->name; n++)
			compare(option, file, mode, n->name);
}

static void try_file(const struct bt_option *option, const char *file)
{
	const char *mode = make_bond(option);
	int port = 0;

	if (option->flags & BT_OPTION_PORT) {
		port = raw_make(sock, "dummy", "port0");
		raw_set_controller(sock, port, bond);
		compare_all(option, file, mode, queue_texts, BT_ARRAY_SIZE(queue_texts));
	} else if (option->spec.type == BT_TYPE_MAC) {
		compare_all(option, file, mode, mac_texts, BT_ARRAY_SIZE(mac_texts));
	} else if (option->spec.type == BT_TYPE_IP4S) {
		compare_all(option, file, mode, address_texts, BT_ARRAY_SIZE(address_texts));
	} else if (option->spec.type == BT_TYPE_INTERFACE) {
		compare_all(option, file, mode, interface_texts, BT_ARRAY_SIZE(interface_texts));
	} else {
		compare_all(option, file, mode, texts, BT_ARRAY_SIZE(texts));
		compare_names(option, file, mode);
	}
	if (port)
		raw_delete(sock, port);
	raw_delete(sock, bond);
}

int main(void)
{
	unsigned stale = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	sock = raw_open();
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		if (!bt_options[id].has_sysfs)
			continue;
		try_file(&bt_options[id], bt_options[id].name);
		if (bt_options[id].alias)
			try_file(&bt_options[id], bt_options[id].alias);
	}
	for (size_t i = 0; i < BT_ARRAY_SIZE(differences); i++) {
		if (differences[i].seen)
			continue;
		printf("no difference any more: '%s'\n", differences[i].text);
		stale++;
	}
	printf("%u texts, %u taken, %u disagreements, %u stale\n", compared, taken, disagreements,
	       stale);
	return disagreements || stale || !taken || taken == compared;
}
