/* SPDX-License-Identifier: GPL-2.0-or-later
 * option-walk: sets every option of the table on a real bond through netlink and reads it back
 * through sysfs, and the other way round; each with its lowest, its highest and its named values.
 * To be run in an empty network namespace, in a lab. Speaks TAP.
 */
#include <errno.h>
#include <limits.h>

#include "../unit/test.h"
#include "wire/snapshot.h"
#include "wire/sysfs.h"

#define BOND "walk0"
#define PORT "port0"

static struct bondtool *bt;

/* The first mode in which the option has an effect, and which takes it. */
static enum bt_mode mode_for(const struct bt_option *option)
{
	for (unsigned mode = 0; mode < BT_MODE_COUNT; mode++)
		if (option->acts_in & BT_MODE_BIT(mode) && bt_option_allowed_in(option, mode))
			return mode;
	return BT_MODE_BALANCE_RR;
}

static int ifindex_of(const char *name)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	struct bt_link *link;

	CHECK_INT(bt_snapshot_read(bt, 0, &snapshot), 0);
	link = snapshot ? bt_snapshot_by_name(snapshot, name) : NULL;
	return link ? link->ifindex : 0;
}

static int resolve(void *data, const char *name)
{
	(void)data;
	return ifindex_of(name);
}

static const struct bt_resolver resolver = {.ifindex = resolve};

/* Sends one request; a refusal is shown with the kernel's words. */
static int send_link(const struct bt_link_request *request)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	BT_AUTOACK struct bt_ack ack = {0};
	int r = bt_message_link(request, &message, NULL);

	if (r == 0)
		r = bt_request(bt, message, &ack);
	if (r < 0)
		printf("# refused: %s\n", ack.error ? bt_ack_explain(&ack) : strerror(-r));
	return r;
}

static void delete_link(const char *name)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	int ifindex = ifindex_of(name);

	if (ifindex && CHECK_INT(bt_message_link_delete(ifindex, &message), 0))
		CHECK_INT(bt_request(bt, message, NULL), 0);
}

/* A bond in the option's mode, with a port that is up, on which the option can be set. */
static void make_bond(const struct bt_option *option)
{
	struct bt_values options = {0};
	struct bt_value mode = {.id = BT_OPT_MODE, .number = mode_for(option)};
	struct bt_value miimon = {.id = BT_OPT_MIIMON, .number = 1};
	struct bt_link_request bond = {
		.create = true, .name = BOND, .kind = "bond", .options = &options};
	struct bt_link_request port = {.create = true, .name = PORT, .kind = "dummy"};
	struct bt_link_request join = {.name = PORT, .set_controller = true};
	struct bt_link_request up = {.name = BOND, .admin = BT_ADMIN_UP};
	/* a bond that is up, or has ports, refuses many options */
	bool runs = option->flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME) ||
		    option->wire == BT_WIRE_IFINDEX;

	bt_values_put(&options, &mode);
	if (option->flags & BT_OPTION_NEEDS_MIIMON)
		bt_values_put(&options, &miimon);
	CHECK_INT(send_link(&bond), 0);
	CHECK_INT(send_link(&port), 0);
	if (runs) {
		join.controller = ifindex_of(BOND);
		CHECK_INT(send_link(&join), 0);
		CHECK_INT(send_link(&up), 0);
	}
	bt_values_release(&options);
}

static void delete_bond(void)
{
	delete_link(PORT);
	delete_link(BOND);
}

static int set_by_netlink(const struct bt_option *option, const struct bt_value *value)
{
	struct bt_values values = {0};
	struct bt_value copy = {0};
	bool port = option->flags & BT_OPTION_PORT;
	struct bt_link_request request = {.name = port ? PORT : BOND,
					  .kind = port ? NULL : "bond",
					  .options = port ? NULL : &values,
					  .port_options = port ? &values : NULL,
					  .resolver = &resolver};
	int r;

	CHECK_INT(bt_value_copy(value, &copy), 0);
	CHECK_INT(bt_values_put(&values, &copy), 0);
	r = send_link(&request);
	bt_values_release(&values);
	return r;
}

/* What netlink tells of the value. */
static enum bt_took took(const struct bt_value *value)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	bool port = bt_options[value->id].flags & BT_OPTION_PORT;
	struct bt_link *link;

	CHECK_INT(bt_snapshot_read_bond(bt, BOND, 0, &snapshot), 0);
	link = snapshot ? bt_snapshot_by_name(snapshot, port ? PORT : BOND) : NULL;
	return link ? bt_snapshot_took(link, value) : BT_TOOK_UNKNOWN;
}

static void describe(const struct bt_option *option, const struct bt_value *value)
{
	BT_AUTOFREE char *text = bt_value_text(&option->spec, value, BONDTOOL_PARSABLE);

	printf("# ... of %s=%s\n", option->name, text);
}

static void check_netlink_then_sysfs(const struct bt_option *option, const struct bt_value *value)
{
	BT_AUTOVALUE struct bt_value back = {0};
	unsigned failed = test_failed;

	if (CHECK_INT(set_by_netlink(option, value), 0) && option->has_sysfs) {
		CHECK_INT(bt_sysfs_read_option(bt, BOND, PORT, option, &back), 0);
		CHECK(bt_value_equal(&back, value));
	}
	if (test_failed > failed)
		describe(option, value);
}

static void check_sysfs_then_netlink(const struct bt_option *option, const struct bt_value *value)
{
	unsigned failed = test_failed;

	if (!option->has_sysfs) {
		CHECK_INT(bt_sysfs_write_option(bt, BOND, PORT, value), -EOPNOTSUPP);
		CHECK_INT(set_by_netlink(option, value), 0);
	} else {
		CHECK_INT(bt_sysfs_write_option(bt, BOND, PORT, value), 0);
	}
	CHECK_INT(took(value), BT_TOOK);
	if (test_failed > failed)
		describe(option, value);
}

typedef void check_function(const struct bt_option *option, const struct bt_value *value);

static void walk_texts(const struct bt_option *option, const char *const *texts,
		       check_function *check)
{
	for (size_t i = 0; texts[i]; i++) {
		struct bt_values values = {0};

		CHECK_INT(bt_options_set(bt, &values, option->name, texts[i], NULL), 0);
		check(option, &values.values[0]);
		bt_values_release(&values);
	}
}

/* The most that a bond made here takes, where the range of the table depends on something. */
static int64_t highest(const struct bt_option *option)
{
	enum { QUEUES = 16 }; /* of a bond, unless the module was told otherwise */

	return bt_option_id(option) == BT_OPT_QUEUE_ID ? QUEUES : option->spec.maximum;
}

static void walk_numbers(const struct bt_option *option, check_function *check)
{
	struct bt_value value = {.id = bt_option_id(option)};

	if (option->spec.type == BT_TYPE_NAME) {
		for (const struct bondtool_name *n = option->spec.names; n->name; n++) {
			value.number = n->number;
			check(option, &value);
		}
		return;
	}
	value.number = highest(option);
	check(option, &value);
	value.number = option->spec.minimum;
	check(option, &value);
}

static void walk_values(const struct bt_option *option, check_function *check)
{
	static const char *const ports[] = {PORT, NULL};
	static const char *const macs[] = {"02:00:5e:00:00:01", "00:00:00:00:00:00", NULL};
	static const char *const ip4s[] = {"10.0.0.1", "192.168.0.255,10.0.0.1,10.0.0.2",
					   "1.0.0.1,1.0.0.2,1.0.0.3,1.0.0.4,1.0.0.5,1.0.0.6,"
					   "1.0.0.7,1.0.0.8,1.0.0.9,1.0.1.1,1.0.1.2,1.0.1.3,"
					   "1.0.1.4,1.0.1.5,1.0.1.6,223.255.255.255",
					   NULL};
	static const char *const ip6s[] = {"fe80::1", "2001:db8::1,fe80::5efe:10.0.0.1,::2", NULL};

	switch (option->wire) {
	case BT_WIRE_IFINDEX:
		walk_texts(option, ports, check);
		break;
	case BT_WIRE_MAC:
		walk_texts(option, macs, check);
		break;
	case BT_WIRE_IP4S:
		walk_texts(option, ip4s, check);
		break;
	case BT_WIRE_IP6S:
		walk_texts(option, ip6s, check);
		break;
	default:
		walk_numbers(option, check);
	}
}

/* Whether the running driver has the option: it tells its value in the option's mode. */
static bool is_known(const struct bt_option *option)
{
	struct bt_value value = {.id = bt_option_id(option), .number = option->standard};

	return bt_type_is_list(option->spec.type) || option->wire == BT_WIRE_IFINDEX ||
	       took(&value) != BT_TOOK_UNKNOWN;
}

/* A driver that does not know an option takes the message and does nothing: that is found. */
static void check_unknown(const struct bt_option *option)
{
	struct bt_value value = {.id = bt_option_id(option), .number = 1};

	printf("# this driver has no %s\n", option->name);
	CHECK(option->since);
	CHECK_INT(set_by_netlink(option, &value), 0);
	CHECK_INT(took(&value), BT_TOOK_UNKNOWN);
}

static void walk(check_function *check)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];

		make_bond(option);
		if (is_known(option))
			walk_values(option, check);
		else
			check_unknown(option);
		delete_bond();
	}
}

static void test_netlink_then_sysfs(void)
{
	walk(check_netlink_then_sysfs);
}

static void test_sysfs_then_netlink(void)
{
	walk(check_sysfs_then_netlink);
}

/* All options of a mode at once, in the message that makes the bond. */
static void test_made_with_everything(void)
{
	for (unsigned mode = 0; mode < BT_MODE_COUNT; mode++) {
		struct bt_values options = {0};
		struct bt_link_request request = {
			.create = true, .name = BOND, .kind = "bond", .options = &options};

		for (size_t i = 0; i < BT_OPT_COUNT; i++) {
			const struct bt_option *option = &bt_options[i];
			struct bt_value value = {.id = (unsigned)i, .number = option->standard};

			if (!option->has_default || option->flags & BT_OPTION_PORT ||
			    !bt_option_allowed_in(option, mode))
				continue;
			if (i == BT_OPT_MODE)
				value.number = mode;
			else if (i == BT_OPT_MIIMON)
				value.number = 100;
			CHECK_INT(bt_values_put(&options, &value), 0);
		}
		CHECK_INT(send_link(&request), 0);
		for (size_t i = 0; i < options.count; i++)
			CHECK(took(&options.values[i]) == BT_TOOK ||
			      bt_options[options.values[i].id].since);
		delete_bond();
		bt_values_release(&options);
	}
}

static void test_refusal_names_the_option(void)
{
	struct bt_values options = {0};
	struct bt_value rate = {.id = BT_OPT_LACP_RATE, .number = 1};
	struct bt_link_request request = {
		.create = true, .name = BOND, .kind = "bond", .options = &options};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	BT_AUTOACK struct bt_ack ack = {0};

	CHECK_INT(bt_values_put(&options, &rate), 0);
	CHECK_INT(bt_message_link(&request, &message, NULL), 0);
	CHECK_INT(bt_request(bt, message, &ack), -EACCES);
	CHECK_INT(ack.error, -EACCES);
	CHECK(ack.text && *ack.text);
	CHECK(bt_ack_option(message, &ack) == &bt_options[BT_OPT_LACP_RATE]);
	CHECK_INT(ifindex_of(BOND), 0);
	bt_values_release(&options);
}

static void test_delays_are_rounded(void)
{
	struct bt_values options = {0};
	struct bt_value miimon = {.id = BT_OPT_MIIMON, .number = 100};
	struct bt_value updelay = {.id = BT_OPT_UPDELAY, .number = 250};
	struct bt_link_request request = {
		.create = true, .name = BOND, .kind = "bond", .options = &options};

	bt_values_put(&options, &miimon);
	bt_values_put(&options, &updelay);
	CHECK_INT(send_link(&request), 0);
	updelay = (struct bt_value){.id = BT_OPT_UPDELAY, .number = 250};
	CHECK_INT(took(&updelay), BT_TOOK_ROUNDED);
	updelay.number = 200;
	CHECK_INT(took(&updelay), BT_TOOK);
	updelay.number = 300;
	CHECK_INT(took(&updelay), BT_TOOK_NOT);
	delete_bond();
	bt_values_release(&options);
}

/* A primary that is not there yet: netlink cannot say it, sysfs remembers it. */
static void test_primary_to_come(void)
{
	struct bt_values options = {0};
	struct bt_link_request bond = {
		.create = true, .name = BOND, .kind = "bond", .options = &options,
		.resolver = &resolver};
	struct bt_link_request port = {.create = true, .name = PORT, .kind = "dummy"};
	struct bt_link_request join = {.name = PORT, .set_controller = true};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct bt_value *primary;
	uint64_t unsent = 0;

	CHECK_INT(bt_options_set(bt, &options, "mode", "active-backup", NULL), 0);
	CHECK_INT(bt_options_set(bt, &options, "primary", PORT, NULL), 0);
	primary = bt_values_find(&options, BT_OPT_PRIMARY);
	CHECK_INT(bt_message_link(&bond, &message, &unsent), 0);
	CHECK(unsent == 1ULL << BT_OPT_PRIMARY);
	CHECK_INT(bt_request(bt, message, NULL), 0);
	CHECK_INT(bt_sysfs_write_option(bt, BOND, NULL, primary), 0);
	CHECK_INT(took(primary), BT_TOOK_UNKNOWN);
	CHECK_INT(send_link(&port), 0);
	join.controller = ifindex_of(BOND);
	CHECK_INT(send_link(&join), 0);
	CHECK_INT(took(primary), BT_TOOK);
	delete_bond();
	bt_values_release(&options);
}

static void test_bonds_and_ports_by_sysfs(void)
{
	struct bt_link_request port = {.create = true, .name = PORT, .kind = "dummy"};
	BT_AUTOSTRINGS struct bt_strings names = {0};

	CHECK_INT(bt_sysfs_add_bond(bt, BOND), 0);
	CHECK(ifindex_of(BOND) > 0);
	CHECK_INT(send_link(&port), 0);
	CHECK_INT(bt_sysfs_add_port(bt, BOND, PORT), 0);
	CHECK_INT(bt_sysfs_read_ports(bt, BOND, &names), 0);
	if (CHECK_INT(names.count, 1))
		CHECK_STR(names.items[0], PORT);
	CHECK_INT(bt_sysfs_remove_port(bt, BOND, PORT), 0);
	CHECK_INT(bt_sysfs_remove_bond(bt, BOND), 0);
	CHECK_INT(ifindex_of(BOND), 0);
	delete_link(PORT);
}

static const struct test_case cases[] = {
	TEST(test_netlink_then_sysfs),	     TEST(test_sysfs_then_netlink),
	TEST(test_made_with_everything),     TEST(test_refusal_names_the_option),
	TEST(test_delays_are_rounded),	     TEST(test_primary_to_come),
	TEST(test_bonds_and_ports_by_sysfs),
};

int main(void)
{
	int status;

	bt = bondtool_new();
	status = test_run(cases, BT_ARRAY_SIZE(cases));
	bondtool_free(bt);
	return status;
}
