/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The table of rules, in the order in which they are asked. Adding a rule is a row here, its
 * function, and a case in the unit test, which insists.
 *
 * What the driver refuses was read in bond_options.c and bond_netlink.c of Linux 6.1 and 6.12, and
 * is compared with the running driver by tests/kernel/driver-judge.c.
 */
#include "check/check.h"

#define ROW(id, severity, scope, function) {id, BONDTOOL_##severity, BT_SCOPE_##scope, bt_rule_##function,
#define READ(id, severity) {id, BONDTOOL_##severity, BT_SCOPE_READING, NULL,

const struct bt_rule bt_rules[] = {
	/* ---- what the driver refuses ---- */
	ROW("driver/value", ERROR, PROFILE, driver_value)
		"an option has a value that the driver does not know",
		"Each option takes certain names or a range of numbers. The driver compares names exactly, "
		"capitals included, and refuses every other text and every number outside of the range, and "
		"with it the whole bond.",
		"Write one of the values that the message lists."},
	ROW("driver/mode-option", ERROR, PROFILE, driver_mode_option)
		"an option does not exist in the bond's mode",
		"The driver refuses some options in modes that cannot use them, even with their default "
		"value: it answers EACCES ('option not supported in mode'), which tools show as 'permission "
		"denied'. The mode is judged first, whatever the order in the text. A kernel that is older "
		"than the option ignores it instead, in every mode.",
		"Leave the option out, or choose a mode that takes it."},
	ROW("driver/delay-needs-miimon", ERROR, BOND, driver_delay_needs_miimon)
		"a delay is set while miimon is 0",
		"updelay, downdelay and peer_notif_delay are counted in intervals of miimon. While miimon is 0 "
		"the driver refuses them, 0 included (EPERM). In 802.3ad, balance-tlb and balance-alb miimon "
		"is 100 unless it is set; in the other modes it is 0 unless it is set.",
		"Set miimon, or leave the delays out where the links are watched by ARP."},
	ROW("driver/two-monitors", ERROR, BOND, driver_two_monitors)
		"ARP monitoring is set beside miimon",
		"Links are watched either by their carrier (miimon) or by ARP probes (arp_interval, "
		"arp_validate). The driver refuses to create a bond with both (EINVAL). Written to a bond that "
		"exists, one after the other, the later one switches the earlier one off without a word.",
		"Keep one of the two. In doubt miimon=100; arp_interval with targets where a dead path behind "
		"the first switch must be noticed."},
	ROW("driver/target", ERROR, BOND, driver_target)
		"an address cannot be probed",
		"The driver refuses the IPv4 targets 0.0.0.0 and 255.255.255.255, and IPv6 targets that are "
		"unspecified, loopback or multicast. Before Linux 5.3 it refused all of 0.0.0.0/8.",
		"Name a host that always answers, such as the gateway."},
	ROW("driver/target-twice", ERROR, BOND, driver_target_twice)
		"a target is in the list twice",
		"The driver adds the targets one by one and refuses one that it has already.",
		"Leave one of them out."},
	ROW("driver/too-many-targets", ERROR, BOND, driver_too_many_targets)
		"there are more than 16 targets",
		"The driver has room for 16 IPv4 targets and 16 IPv6 targets.",
		"Two or three targets are enough: one that answers suffices unless arp_all_targets=all."},
	ROW("driver/actor-system", ERROR, BOND, driver_actor_system)
		"ad_actor_system is a multicast address",
		"The system identifier in LACPDUs must be the address of one station, or all zero for the "
		"bond's own. The driver refuses an address whose first byte is odd.",
		"Take a locally administered address such as 02:00:5e:10:00:01."},
	ROW("driver/active-slave", ERROR, BOND, driver_active_slave)
		"active_slave names no port of the bond",
		"active_slave is a state and not a setting: the driver takes it only when the interface is a "
		"port of the bond and its link is up. A bond that is just being created has no ports.",
		"To prefer a port, set primary: it may be named before it is there."},
	ROW("driver/mac-address", ERROR, BOND, driver_mac_address)
		"the bond cannot have this MAC address",
		"The driver refuses multicast addresses and the all-zero address (EADDRNOTAVAIL).",
		"Take a locally administered address such as 02:00:5e:10:00:01."},
	ROW("driver/queue-id-range", ERROR, PORT, driver_queue_id_range)
		"a port has a queue that its bond does not have",
		"A bond has 16 transmit queues, unless the module was loaded with another tx_queues=. The "
		"driver refuses a port's queue_id above their number (EPERM).",
		"Use 1 to 16, or 0 for none; or load the module with tx_queues= and count on this finding."},
	ROW("driver/queue-id-twice", ERROR, BOND, driver_queue_id_twice)
		"two ports of a bond have the same queue_id",
		"A queue belongs to one port; the driver refuses a queue_id, other than 0, that another port "
		"of the bond has (EPERM).",
		"Give each port a queue of its own, or 0."},

	/* ---- who watches the links ---- */
	ROW("monitor/none", ERROR, BOND, monitor_none)
		"nothing watches the links",
		"With miimon=0 and arp_interval=0 the driver takes every port for up for ever: when a link "
		"fails, traffic into it is lost and nothing fails over. miimon is 0 unless it is set, but in "
		"802.3ad, balance-tlb and balance-alb; some tools add miimon=100 (NetworkManager), many do "
		"not. This is the most common fault of bonds in the field.",
		"Set miimon=100."},
	ROW("monitor/no-targets", ERROR, BOND, monitor_no_targets)
		"ARP monitoring has no target",
		"Without arp_ip_target or ns_ip6_target no probe is sent, and whether a port counts as up "
		"depends on what traffic happens to arrive: on a quiet network all ports go down.",
		"Set arp_ip_target to a host that always answers, such as the gateway; or use miimon."},
	ROW("monitor/targets-unused", WARNING, BOND, monitor_targets_unused)
		"targets are set but never probed",
		"arp_ip_target and ns_ip6_target do nothing while arp_interval is 0.",
		"Set arp_interval (and leave miimon out), or leave the targets out."},

	/* ---- numbers ---- */
	ROW("value/delay-rounded", WARNING, BOND, value_delay_rounded)
		"a delay is no multiple of miimon",
		"The driver counts delays in intervals of miimon and rounds them down; one that is shorter "
		"than miimon becomes 0.",
		"Set a multiple of miimon."},
	ROW("value/unit", WARNING, PROFILE, value_unit)
		"a number looks as if it were meant in another unit",
		"The driver counts miimon, arp_interval and the delays in milliseconds and lp_interval in "
		"seconds; some formats count in seconds where no unit is written. miimon=100000 notices a dead "
		"link after more than a minute, miimon=1 keeps a processor busy.",
		"Compare the number with the unit that the message names; write the unit where the format "
		"allows it."},

	/* ---- modes and options ---- */
	ROW("mode/unset", WARNING, BOND, mode_unset)
		"a bond has no mode",
		"Without a mode the driver takes balance-rr (or what the module was loaded with). That needs a "
		"switch with a static aggregation, and delivers packets out of order: hardly anyone means it.",
		"Set mode=active-backup, or mode=802.3ad where the switch speaks LACP."},
	ROW("mode/bridge", WARNING, BOND, mode_bridge)
		"a bond below a bridge rewrites MAC addresses",
		"balance-tlb and balance-alb send with the MAC address of each port. What stands behind the "
		"bridge, such as virtual machines, is then seen with wrong or changing addresses.",
		"Use active-backup, balance-xor or 802.3ad below a bridge."},
	ROW("option/no-effect", WARNING, PROFILE, option_no_effect)
		"an option does nothing in the bond's mode",
		"The driver takes the option in every mode but looks at it in some only.",
		"Leave it out, or choose a mode in which it acts."},
	ROW("option/needs-other", WARNING, PROFILE, option_needs_other)
		"an option does nothing without another",
		"The option only modifies what another one switches on, and that one is 0.",
		"Set the other option, or leave this one out."},
	ROW("option/hash-unused", WARNING, BOND, option_hash_unused)
		"the transmit hash is not used",
		"balance-tlb and balance-alb distribute by load. Only with tlb_dynamic_lb=0 do they distribute "
		"by xmit_hash_policy.",
		"Set tlb_dynamic_lb=0, or leave xmit_hash_policy out."},
	ROW("option/obsolete", WARNING, BOND, option_obsolete)
		"use_carrier=0 is going away",
		"use_carrier=0 asks old network drivers by MII ioctls. Linux 6.18 removed it: the driver "
		"refuses 0 from there on.",
		"Leave use_carrier out."},
	ROW("option/new", NOTE, PROFILE, option_new)
		"an option is newer than many kernels",
		"A kernel that does not know an option ignores it without a word when the bond is created. "
		"Distributions carry some options in older kernels, so the release number alone does not "
		"decide.",
		"After bringing the bond up, look whether the status shows the option."},
	READ("option/unknown", ERROR)
		"the driver has no such option",
		"The name is compared exactly with the names of the driver's options.",
		"Write the name that the message proposes, or leave the option out."},
	READ("option/twice", WARNING)
		"an option is set twice, to different values",
		"One setting has two values, and which one holds depends on the tool. num_grat_arp and "
		"num_unsol_na are one setting of the driver.",
		"Leave one of them out."},

	/* ---- the preferred port ---- */
	ROW("primary/not-a-port", WARNING, BOND, primary_not_a_port)
		"the primary is no port of the bond",
		"The driver remembers any name as primary and waits for it; until then no port is preferred.",
		"Name one of the ports."},
	ROW("primary/missing", NOTE, BOND, primary_missing)
		"no port is preferred",
		"Without a primary the driver takes the port that comes up first, and stays with whichever took "
		"over last. With ports of different speed that may be the slow one.",
		"Set primary to the port that should work, or prio of the ports."},

	/* ---- LACP ---- */
	ROW("lacp/min-links", NOTE, BOND, lacp_min_links)
		"the bond stays up with a single port",
		"In 802.3ad the bond has carrier while min_links ports work, and min_links is 0 unless set: "
		"nothing above it, such as routing or a second bond, notices that most of its bandwidth is "
		"gone.",
		"Set min_links to the number of ports that carry the load."},
	ROW("lacp/too-few-ports", ERROR, BOND, lacp_too_few_ports)
		"min_links exceeds the number of ports",
		"The bond gets carrier only when min_links ports work, which it does not have.",
		"Set min_links to at most the number of ports, or add ports."},
	ROW("lacp/passive", NOTE, BOND, lacp_passive)
		"the bond waits for its partner",
		"With lacp_active=off the bond sends LACPDUs only in answer. Two passive ends never talk.",
		"Leave lacp_active out, unless the switch is configured as active."},

	/* ---- bonds and ports ---- */
	ROW("port/none", WARNING, BOND, port_none)
		"a bond has no ports",
		"None of the profiles that were read belongs to the bond, so it never has carrier.",
		"Check the files of the ports as well, or name the bond in them."},
	ROW("port/single", WARNING, BOND, port_single)
		"a bond has one port only",
		"There is nothing to fail over to. It is often a port whose file was forgotten.",
		"Add a second port."},
	ROW("port/two-bonds", ERROR, PORT, port_two_bonds)
		"an interface is a port of two bonds",
		"An interface has one controller. Which bond gets it depends on which comes up first.",
		"Leave one of the profiles out."},
	ROW("port/unnamed", ERROR, PORT, port_unnamed)
		"a port does not say which interface it is",
		"The profile names neither an interface nor a permanent MAC address, so it fits every one.",
		"Set connection.interface-name or 802-3-ethernet.mac-address."},
	ROW("port/no-controller", WARNING, PORT, port_no_controller)
		"the bond of a port is missing",
		"None of the profiles that were read is the bond that the port names.",
		"Check the bond's file as well, or correct the name."},
	ROW("port/of-no-bond", ERROR, PORT, port_of_no_bond)
		"the controller of a port is no bond",
		"The profile that the port names as its bond is of another type.",
		"Name the bond."},
	ROW("port/addresses", WARNING, PORT, port_addresses)
		"a port has addresses of its own",
		"What arrives at a port belongs to the bond, answers to ARP included: addresses on a port reach "
		"nobody, and their routes lead astray.",
		"Give the addresses to the bond."},
	ROW("port/prio-unused", WARNING, PORT, port_prio_unused)
		"prio is set beside primary",
		"While the bond has a primary and it is up, the driver does not look at the ports' prio.",
		"Leave primary out and give the port that should work the highest prio."},
	ROW("port/infiniband", WARNING, PORT, port_infiniband)
		"an InfiniBand port in a mode that does not take it",
		"The driver takes InfiniBand interfaces in active-backup only, refuses them in every other mode "
		"(EOPNOTSUPP, in 802.3ad EINVAL), and makes fail_over_mac=active for them. What kind an "
		"interface is shows in its name only: ib0, ibp1s0.",
		"Use mode=active-backup; give Ethernet interfaces other names."},

	/* ---- profiles ---- */
	ROW("profile/same-interface", WARNING, PROFILE, profile_same_interface)
		"two profiles are for the same interface",
		"Both come up by themselves, and the later one replaces the earlier one.",
		"Leave one of them out, or set connection.autoconnect=no in it."},
	ROW("profile/same-uuid", ERROR, PROFILE, profile_same_uuid)
		"two profiles have the same UUID",
		"A UUID names one profile; whoever refers to it may get either. It happens when a file is "
		"copied.",
		"Take the UUID out of the copy."},
	ROW("profile/loop", ERROR, PROFILE, profile_loop)
		"a profile stands on itself",
		"A port needs its bond and a VLAN its parent. Here following them leads in a circle, which the "
		"kernel refuses.",
		"Break the circle."},
	READ("property/value", ERROR)
		"a property has a value that does not fit it",
		"Each property of a profile has a type: a number in a range, an address, one of some words.",
		"Write a value as the message says."},
	READ("file/read", ERROR)
		"a file cannot be read",
		"It is missing, may not be read, is no file, or is larger than 64 MiB.",
		"Correct the name or the permissions."},
	READ("file/nul", WARNING)
		"a text holds a NUL byte",
		"No configuration file has one. Many tools read a line, or the whole text, only up to it.",
		"See what damaged the file, and remove the byte."},
	READ("file/encoding", NOTE)
		"a text is not UTF-8",
		"In a comment that does not matter. In a name or a value, tools may refuse it.",
		"Convert the file: iconv -f LATIN1 -t UTF-8, if it is of that kind."},
	READ("format/empty", NOTE)
		"a text holds no profile",
		"All of it is comments, or things that its tool passes over or that are not about interfaces.",
		"See whether it is the right file, and of the format that it was read as."},
	READ("rewrite/anew", NOTE)
		"a text is written anew instead of being changed",
		"Where a profile goes back into the text that it came from, only what was changed changes "
		"there, and comments and order stay. Anchors and aliases, tags, and several documents in one "
		"text cannot be followed from the value to its place.",
		"Write the values out where they are used, and each document into a file of its own."},

	/* ---- texts of any format ---- */
	READ("format/unknown", ERROR)
		"there is no format of that name",
		"--from and --to take the names that the manual page lists; some formats can only be read, some "
		"only be written.",
		"Take one of the names that the message lists."},
	READ("format/unrecognised", ERROR)
		"the format of a text cannot be told",
		"Formats are told by what stands in a text, and by its name only where several would do.",
		"Say which it is, with --from."},
	READ("format/none", ERROR)
		"nothing of a format was found",
		"None of the files that were given is of the format that was asked for, or of any that is known.",
		"Name the files themselves, or another format."},
	READ("diag/limit", ERROR)
		"there is too much to say",
		"After 10000 findings no more are kept: such a text is hardly of the format that it was read as.",
		"Look whether the format is the right one, and correct the first findings."},
	READ("yaml/syntax", ERROR)
		"a text is not YAML",
		"Nothing of it can be read. Blanks at the start of a line count, and tabs are not allowed there.",
		"Correct the line that the message names; the fault may lie in the line before it."},
	READ("yaml/duplicate-key", ERROR)
		"a key stands twice in a map",
		"YAML forbids it, and tools differ in which of the two they take.",
		"Remove one of them."},
	READ("yaml/limit", ERROR)
		"anchors make a text grow without end",
		"A few lines of YAML can stand for thousands of millions of values. Such a text is refused.",
		"Write the values out."},
	READ("json/syntax", ERROR)
		"a text is not JSON",
		"Nothing of it can be read.",
		"Correct it at the place that the message names."},
	READ("json/duplicate-key", ERROR)
		"a key stands twice in an object",
		"Programs differ in which of the two they take, so the text is refused.",
		"Remove one of them."},
	READ("native/empty", ERROR)
		"a text holds no profile",
		"Nothing in it is a profile, not even an empty one.",
		"Write the profile below the settings that it has: connection, bond, ipv4 and so on."},
	READ("native/unknown-key", ERROR)
		"a key of a profile is not known",
		"Settings and properties are named as nmcli names them. The key is kept and does nothing.",
		"Write the name that the message proposes."},
	READ("native/kind", ERROR)
		"a value is of another kind",
		"Where a list is wanted, there is a scalar or a map, or the other way round.",
		"Write what the message asks for."},
	READ("native/extra", ERROR)
		"a key of another format is kept wrongly",
		"What a profile keeps for the format it came from has a format, a key and a value.",
		"Write all three, or remove the item."},

	/* ---- from format to format ---- */
	READ("loss/option", WARNING)
		"a format has no place for a bond option",
		"Each tool passes only some of the driver's options on. The option keeps what it has in the "
		"driver then.",
		"Do as the hint says where there is one: a command that runs when the bond comes up can set "
		"what the tool cannot."},
	READ("loss/property", WARNING)
		"a format has no place for a property",
		"What the profile says there is not written, and the tool does as it does without it.",
		"See whether the tool has another way, or choose another format."},
	READ("loss/key", WARNING)
		"a format has no place for a key of another format",
		"The text that was read has a key that means something to its own tool only.",
		"See whether the new tool needs something in its place."},
	READ("loss/value", WARNING)
		"a format can say a value in part only",
		"It is written as far as the format goes.",
		"Do as the message and the hint say."},
	READ("loss/profile", WARNING)
		"a format has no place for a profile",
		"A profile without an interface, for example, cannot be written where files are named by "
		"interface.",
		"Give the profile what the message misses."},
	READ("loss/identity", NOTE)
		"a format does not keep a profile's own name or number",
		"UUIDs and names of profiles tell them apart and change nothing of what they do. Whatever "
		"reads the files gives names of its own, so that this does not count as a loss.",
		"Nothing needs to be done."},
	READ("import/implied", NOTE)
		"what a tool implies is written out",
		"The tool that the text was written for sets the option by itself (NetworkManager: miimon=100); "
		"other tools do not, so it is made a part of the profile.",
		"Nothing needs to be done."},
	READ("import/delay", NOTE)
		"a delay of 0 is left out",
		"Without miimon the driver refuses the option even with its default.",
		"Nothing needs to be done."},
	READ("import/mode-option", WARNING)
		"an option that the mode refuses is left out",
		"The driver would refuse the bond because of it; the tool that the text was written for ignored "
		"it.",
		"Look whether the mode is the one that is meant."},
	READ("import/duplicate-id", WARNING)
		"two profiles have the same name",
		"Profiles are chosen by their names, so one of them gets another one.",
		"Give them names of their own."},
	READ("import/duplicate-uuid", WARNING)
		"two profiles have the same UUID",
		"A UUID names one profile, so one of them gets a new one.",
		"Nothing needs to be done, unless something refers to it by the UUID."},
	READ("write/implied", NOTE)
		"an absence is written out",
		"The tool that the format belongs to would set the option, look for addresses, or refuse the "
		"bond, if nothing were said.",
		"Nothing needs to be done; where addresses are wanted, say how the interface gets them."},

	/* ---- VLANs ---- */
	ROW("vlan/incomplete", ERROR, VLAN, vlan_incomplete)
		"a VLAN has no parent or no number",
		"A VLAN is a number on another interface; without either it cannot be made.",
		"Set vlan.parent and vlan.id."},
	ROW("vlan/no-parent", NOTE, VLAN, vlan_no_parent)
		"the parent of a VLAN is not among the profiles",
		"The parent may well be an interface that needs no profile. If it is a bond, its profile is "
		"missing.",
		"Check the parent's file as well, or correct the name."},
	ROW("vlan/on-port", WARNING, VLAN, vlan_on_port)
		"a VLAN stands on a port of a bond",
		"The VLAN uses that port alone, past the bond: it is dead when the link of the port is, and takes "
		"the port's packets away from a VLAN of the same number on the bond.",
		"Put the VLAN on the bond."},
	ROW("vlan/twice", ERROR, VLAN, vlan_twice)
		"a VLAN is there twice",
		"An interface has each VLAN number once; the kernel refuses the second.",
		"Leave one of them out, or correct its number."},

	/* ---- names, MTU, MAC addresses ---- */
	ROW("name/missing", ERROR, BOND, name_missing)
		"a bond has no interface name",
		"A bond is created, so its name must be known before.",
		"Set connection.interface-name, for example to bond0."},
	ROW("name/reserved", ERROR, PROFILE, name_reserved)
		"an interface name is taken by the kernel",
		"'all' and 'default' stand for every interface in sysctl, and 'bonding_masters' is a file of the "
		"driver that stands among the interfaces.",
		"Take another name."},
	ROW("name/template", ERROR, PROFILE, name_template)
		"an interface name holds a per cent sign",
		"The kernel takes 'bond%d' for a template and fills in the first free number, so that the "
		"profile never fits the interface; any other per cent sign it refuses.",
		"Write the number."},
	ROW("mtu/range", ERROR, PROFILE, mtu_range)
		"an MTU is out of range",
		"The kernel takes 68 to 65535 bytes, and most network cards no more than 9000 or so.",
		"Set 1500, or 9000 where the whole path carries it."},
	ROW("mtu/port", WARNING, PORT, mtu_port)
		"a port's MTU is not the bond's",
		"When a port joins, the driver gives it the bond's MTU, which is 1500 unless it is set.",
		"Set the MTU of the bond, and leave it out at the ports."},
	ROW("mtu/vlan", ERROR, VLAN, mtu_vlan)
		"a VLAN's MTU exceeds its parent's",
		"The kernel refuses it.",
		"Set the MTU of the parent, a bond for example, as well."},
	ROW("mac/value", ERROR, PROFILE, mac_value)
		"a MAC address cannot be read",
		"802-3-ethernet.cloned-mac-address is an address of six bytes or one of a few words.",
		"Write it as 02:00:5e:10:00:01, or permanent, preserve, random or stable."},
	ROW("mac/port", WARNING, PORT, mac_port)
		"a port's own MAC address is overwritten",
		"Unless fail_over_mac is set, the driver gives every port the bond's MAC address.",
		"Set the address on the bond."},
	ROW("mac/fixed", WARNING, BOND, mac_fixed)
		"a fixed MAC address does not last",
		"With fail_over_mac=active the bond takes the address of the port that works, and another "
		"one at each failover.",
		"Leave the address out, or set fail_over_mac=none."},

	/* ---- SUSE's ifcfg files, as wicked reads them ---- */
	READ("ifcfg-suse/line", WARNING)
		"a line of an ifcfg file is no assignment",
		"wicked takes lines of the form NAME=VALUE whose name begins with a letter, and passes over "
		"everything else without a word. The scripts before it were run by a shell.",
		"Correct or remove the line."},
	READ("ifcfg-suse/value", ERROR)
		"a value of an ifcfg file cannot be read",
		"wicked ends a value at the quote that it began with, or at the first blank. It drops a value "
		"whose quote is not closed on the same line, one without quotes that no line end follows, and "
		"one beyond the 511 bytes that it reads of a line; an earlier line of the same key holds then.",
		"Put the value in quotes on one line, and end the file with a line end."},
	READ("ifcfg-suse/twice", WARNING)
		"a key or a port is there twice",
		"Of several lines of one key the last counts; a port that a bond names twice is taken once.",
		"Remove one of them."},
	READ("ifcfg-suse/needs-system", ERROR)
		"only a running system could tell what is meant",
		"Names such as bus-pci-0000:06:08.1 were looked up in the hardware by SLES 9 to 11, and values "
		"such as $NAME were filled in by a shell. wicked does neither.",
		"Write the name of the interface, or the value itself."},
	READ("ifcfg-suse/file-name", ERROR)
		"an ifcfg file has no name that wicked takes",
		"The interface has its name from that of the file, ifcfg-NAME.",
		"Rename the file."},
	READ("ifcfg-suse/startmode", WARNING)
		"STARTMODE is missing or not known",
		"wicked brings up what says auto, hotplug, ifplugd or nfsroot. Everything else, and nothing, is "
		"manual to it.",
		"Write STARTMODE='auto'."},
	READ("ifcfg-suse/old-word", NOTE)
		"STARTMODE has an old word",
		"boot, onboot and on are older words for auto.",
		"Write STARTMODE='auto'."},
	READ("ifcfg-suse/bootproto", WARNING)
		"BOOTPROTO has a word that is not known, or that a profile cannot hold",
		"wicked knows none, static, dhcp, dhcp4, dhcp6, autoip and auto6, and several of the last five "
		"joined by '+'. It compares most of them exactly.",
		"Write one of these words."},
	READ("ifcfg-suse/no-master", ERROR)
		"a bond lacks BONDING_MASTER='yes'",
		"Without it wicked takes the file for that of a network card, and passes over BONDING_SLAVE and "
		"BONDING_MODULE_OPTS.",
		"Write BONDING_MASTER='yes'."},
	READ("ifcfg-suse/refused", ERROR)
		"wicked refuses the file",
		"wicked takes a bond as a whole or not at all. It refuses one without ports, one with neither "
		"miimon nor arp_interval or with both, delays shorter than miimon, options that it does not know "
		"or that mean nothing in the mode, and a bond that is a bridge as well.",
		"Correct what the message names."},
	READ("ifcfg-suse/two-bonds", ERROR)
		"a port belongs to two bonds",
		"wicked leaves it at the first one.",
		"Remove it from one of them."},
	READ("ifcfg-suse/no-prefix", WARNING)
		"an address has no usable prefix length",
		"wicked takes the length of a single host, 32 or 128, so that no neighbour can be reached.",
		"Write the length behind the address: IPADDR='192.0.2.1/24'."},
	READ("ifcfg-suse/ignored", WARNING)
		"wicked ignores what the file says",
		"With BOOTPROTO='none' it sets no addresses, and the address 0.0.0.0 never.",
		"Remove it, or write BOOTPROTO='static'."},
	READ("ifcfg-suse/route", ERROR)
		"a line of routes is none, or holds more than a profile can",
		"A line of ifroute-NAME or routes has a destination, a gateway, a netmask and an interface, '-' "
		"where there is none, and then words of 'ip route'. wicked passes over lines that it cannot read.",
		"Correct the line."},
	READ("ifcfg-suse/red-hat-key", WARNING)
		"a key of Red Hat's tools stands in a file of SUSE's",
		"wicked passes over it; most often it was copied.",
		"Write the key that the message names."},
	READ("ifcfg-suse/unknown-key", WARNING)
		"a key that wicked does not know",
		"wicked passes over it. It is kept.",
		"Correct the spelling, or remove the line."},
	READ("ifcfg-suse/other-type", NOTE)
		"an ifcfg file is of an interface of another kind",
		"Bridges, teams, tunnels and the like are not for bondtool; the file is passed over.",
		"Nothing is to be done."},

	/* ---- cloud-init's network configuration ---- */
	READ("cloud-init/value", ERROR)
		"cloud-init cannot use a value",
		"Some of version 1 is judged when it is read, some only when a renderer writes files of it; what "
		"no tool can use is told here.",
		"Write the value as the message says."},
	READ("cloud-init/required", ERROR)
		"an item lacks a key",
		"cloud-init skips an item of version 1 that lacks what its type needs, with a warning in its "
		"log; without a type it refuses the whole text.",
		"Add the key."},
	READ("cloud-init/version", ERROR)
		"the network configuration is of no version",
		"'version: 1' goes with a list 'config', 'version: 2' with netplan's sections.",
		"Set 'version'."},
	READ("cloud-init/reference", ERROR)
		"an interface is named that is not there",
		"A name server of an interface needs that interface in the same text.",
		"Correct the name."},
	READ("cloud-init/unknown-option", ERROR)
		"a bond has a parameter that does not exist",
		"cloud-init hands parameters on without looking at them: a misspelt one is ignored by the tool "
		"that gets it, or stops that tool.",
		"Correct the name."},
	READ("cloud-init/two-controllers", ERROR)
		"an interface is a port of two others",
		"cloud-init overwrites the first one with the second.",
		"Leave it out of one of them."},
	READ("cloud-init/sexagesimal", ERROR)
		"a MAC address is read as a number",
		"YAML 1.1 takes digits below 60 with colons between for a number to the base 60. cloud-init "
		"reads YAML 1.1; 52:54:00:12:34:56 is such a number.",
		"Put MAC addresses in quotes."},
	READ("cloud-init/unknown-key", WARNING)
		"cloud-init ignores a key",
		"Keys that the type of item does not have are passed over.",
		"Correct the name."},
	READ("cloud-init/renderer", WARNING)
		"a parameter is none of cloud-init's",
		"The driver has the option. cloud-init hands all keys that begin with 'bond' on to "
		"/etc/network/interfaces, where only some tools know it, and drops it elsewhere.",
		"Set the option in another way."},
	READ("cloud-init/netplan-only", WARNING)
		"something in version 2 is known to netplan alone",
		"Where netplan makes the network, cloud-init hands version 2 on as it is. Elsewhere it takes the "
		"text apart itself, and fails, without any network, at a section, a bond's parameter or a value "
		"that it does not know.",
		"Keep to what cloud-init's manual has, or write version 1."},
	READ("cloud-init/not-netplan", WARNING)
		"a parameter of version 2 is unknown to netplan",
		"cloud-init itself calls the targets of ARP monitoring 'arp-ip-target', netplan calls them "
		"'arp-ip-targets'. Each refuses the other's word.",
		"Write netplan's word where netplan makes the network, or version 1, which works everywhere."},
	READ("cloud-init/id", WARNING)
		"an id is not the name of the interface",
		"In netplan bonds and VLANs refer to ids. cloud-init itself takes the same words for names of "
		"interfaces, and makes a bond of ports that do not exist.",
		"Let the id be the name: that of 'set-name', or the one that the kernel gives."},
	READ("cloud-init/truth", WARNING)
		"a text is taken for true",
		"In quotes, 'no' and 'false' are texts, and cloud-init takes any text for true.",
		"Write true or false without quotes."},
	READ("cloud-init/wrapped-twice", WARNING)
		"'network' stands within 'network'",
		"cloud-init takes one wrapper off; what is left has no version.",
		"Take one 'network' away."},
	READ("cloud-init/encoded", ERROR)
		"the network configuration is encoded",
		"VMware's metadata may hold it as base64, with or without gzip.",
		"Decode it into a file of its own."},
	READ("cloud-init/embedded", ERROR)
		"the network configuration is in another format",
		"'network-interfaces' in the metadata of old data sources is a text as Debian's interfaces(5) has it.",
		"Put it into a file of its own, which is read as 'interfaces'."},
	READ("cloud-init/twice", WARNING)
		"an interface is described twice",
		"cloud-init lays the later item over the earlier one.",
		"Put both together."},
	READ("cloud-init/prefix", WARNING)
		"an address has no prefix length",
		"cloud-init then takes 24, or 64 for IPv6, which may not be the right one.",
		"Write the prefix length behind the address: 192.0.2.1/24."},
	READ("cloud-init/left-out", WARNING)
		"a route, a gateway or a name server is left out",
		"In version 1 it is of the whole machine, and no interface of the text reaches it. Of version 2 "
		"cloud-init itself writes gateways and routes beside addresses only.",
		"Write it below a subnet, or beside an address, of the interface that it belongs to."},
	READ("cloud-init/some-renderers", NOTE)
		"something is not written everywhere",
		"What becomes of a bond's parameters depends on what cloud-init writes files for: all go to "
		"/etc/network/interfaces, most to NetworkManager, fewer to netplan, systemd-networkd and "
		"ifcfg files. Of version 2, many keys reach netplan only.",
		"Look at the files that cloud-init makes, or set the option in another way."},
	READ("cloud-init/user-data", NOTE)
		"a network configuration stands in user data",
		"The network is up before user data is read.",
		"Put it into the data source's network-config, or into /etc/cloud/cloud.cfg.d."},
	READ("cloud-init/disabled", NOTE)
		"cloud-init is told to leave the network alone",
		"'config: disabled' makes it write no files.",
		"Nothing needs to be done."},
	READ("cloud-init/other-type", NOTE)
		"an interface is of another type",
		"Only bonds, Ethernet interfaces and VLANs are read.",
		"Nothing needs to be done."},

	/* ---- modprobe.conf and modprobe.d ---- */
	READ("modprobe/line", WARNING)
		"a line is no directive of modprobe, or cannot be read",
		"modprobe knows alias, options, install, remove, blacklist, softdep and weakdep, and passes over "
		"other lines. '#' begins a comment only at the start of a line.",
		"Correct or remove the line."},
	READ("modprobe/crlf", ERROR)
		"lines end as in DOS",
		"modprobe takes the carriage return for a part of the last word, so that an alias stands for no "
		"module and a parameter has another value.",
		"Convert the file with dos2unix."},
	READ("modprobe/needs-system", WARNING)
		"only the running system could tell what is meant",
		"install commands are run by a shell, and aliases with '*' stand for whatever is asked for.",
		"Say the same by alias and options lines."},
	READ("modprobe/alias", NOTE)
		"an alias names a bond that the module does not make",
		"When it is loaded, the module makes bond0 and so on, as many as max_bonds says (1). An alias only "
		"loads it; a bond of another name or number is made by the tool that asks for it.",
		"Nothing is to be done, if such a tool is there."},
	READ("modprobe/rename", ERROR)
		"a module is to be loaded under another name",
		"'-o NAME' loaded the bonding module once for each bond, with parameters of its own, up to Linux "
		"2.6. Neither modprobe nor the kernel does that any more.",
		"Give each bond its options in the files of the network's tool."},
	READ("modprobe/one-set", WARNING)
		"two aliases of the module have different parameters",
		"The module is loaded once, and its parameters are those of every bond.",
		"Give each bond its options in the files of the network's tool."},
	READ("modprobe/unused", WARNING)
		"parameters are for a name that is no alias of the module",
		"modprobe gives a module the options of its own name, and those of the alias that it was asked "
		"for by.",
		"Add 'alias bond0 bonding', or write 'options bonding'."},
	READ("modprobe/parameter", WARNING)
		"the bonding module has no such parameter",
		"The kernel ignores it when the module is loaded. Newer options of bonds are no parameters.",
		"Correct the spelling, or set the option elsewhere."},
	READ("modprobe/value", ERROR)
		"a parameter keeps the module from being loaded",
		"A parameter that is a number takes no words, none goes without a value, and arp_validate needs "
		"an arp_interval that counts.",
		"Correct the value."},
	READ("modprobe/reset", WARNING)
		"a parameter is out of range",
		"The module is loaded all the same, and takes its default, or the miimon that the mode needs.",
		"Write a number that is in range."},
	READ("modprobe/ignored", WARNING)
		"the module ignores a parameter",
		"At load the driver passes over what means nothing in the mode, prefers miimon to arp_interval, "
		"and drops delays without miimon and an arp_interval without targets.",
		"Leave the parameter out, or set what it needs."},
	READ("modprobe/no-bonds", NOTE)
		"the module makes no bonds by itself",
		"With max_bonds=0 none is there after loading. Bonds that are made later begin with the module's "
		"parameters.",
		"Nothing is to be done."},
	READ("modprobe/too-many", ERROR)
		"more bonds than are read",
		"No machine has thousands of bonds; max_bonds counts those that the module makes at load.",
		"Correct max_bonds."},
	READ("modprobe/blocked", WARNING)
		"the module is kept from being loaded",
		"'install bonding /bin/true' replaces loading it, and 'blacklist bonding' makes modprobe forget "
		"its aliases.",
		"Remove the line, if there are to be bonds."},
	READ("modprobe/include", WARNING)
		"modprobe reads no included files",
		"Old versions did; kmod passes over the line.",
		"Put the file into modprobe.d."},
	READ("modprobe/shadowed", NOTE)
		"a file is hidden by one of the same name",
		"Of files of one name, modprobe reads that in /etc/modprobe.d, else in /run, /usr/local/lib, "
		"/usr/lib or /lib.",
		"Nothing is to be done."},
	/* ---- ifcfg files ---- */
	READ("ifcfg/line", WARNING)
		"an ifcfg file has a line that is none",
		"Each line is KEY=VALUE without blanks around the sign, a comment, or nothing.",
		"Correct or remove the line."},
	READ("ifcfg/needs-shell", ERROR)
		"only a shell can tell a value",
		"ifcfg files look like scripts. initscripts let bash run them; NetworkManager takes every "
		"character for itself, and so is it here.",
		"Write the value itself."},
	READ("ifcfg/value", ERROR)
		"a value cannot be read",
		"It is none of those that the key may have, or its quotes do not match.",
		"Write a value as the message says."},
	READ("ifcfg/twice", WARNING)
		"a key is set twice in an ifcfg file",
		"The later line holds.",
		"Remove the one that is not meant."},
	READ("ifcfg/unknown-key", NOTE)
		"nobody reads a key",
		"Keys that neither initscripts nor NetworkManager know are passed over without a word, "
		"so that a misspelt one does nothing.",
		"Correct the name as the hint says; other programs may have keys of their own here."},
	READ("ifcfg/crlf", ERROR)
		"the lines of an ifcfg file end as in DOS",
		"bash makes the carriage return a part of each value, which no program then understands.",
		"Convert the file, for example with dos2unix."},
	READ("ifcfg/unquoted-options", ERROR)
		"BONDING_OPTS lacks quotes",
		"Without quotes the value ends at the first blank, and what follows sets variables of the shell.",
		"Put quotes around all of it."},
	READ("ifcfg/option", ERROR)
		"an item of BONDING_OPTS is no option",
		"Items are OPTION=VALUE and are separated by blanks; others are ignored.",
		"Correct or remove the item."},
	READ("ifcfg/no-device", ERROR)
		"a bond has no DEVICE",
		"The name of the file does not count; without DEVICE the bond has no name.",
		"Add DEVICE=bond0."},
	READ("ifcfg/no-slave", ERROR)
		"a port lacks SLAVE=yes",
		"initscripts make an interface a port only if both MASTER and SLAVE=yes are there.",
		"Add SLAVE=yes."},
	READ("ifcfg/master-uuid", WARNING)
		"a port names its bond by UUID",
		"MASTER_UUID is NetworkManager's; initscripts know MASTER alone.",
		"Add MASTER with the bond's name."},
	READ("ifcfg/same-device", WARNING)
		"two ifcfg files are for one device",
		"Which of them counts depends on the program and on the order of the files.",
		"Remove one of them; copies for safekeeping belong in another folder."},
	READ("ifcfg/other-type", NOTE)
		"an ifcfg file is passed over",
		"Only bonds, Ethernet interfaces and VLANs are read.",
		"Nothing needs to be done."},
	READ("ifcfg/bootproto", WARNING)
		"BOOTPROTO has an unknown word",
		"NetworkManager takes unknown words for none.",
		"Write none, static, dhcp, bootp, autoip or shared."},
	READ("ifcfg/gap", ERROR)
		"a numbered key comes after a gap",
		"NetworkManager reads IPADDR, IPADDR1, IPADDR2 and so on up to the first that is missing.",
		"Number them without a gap."},
	READ("ifcfg/netmask", ERROR)
		"a netmask is none",
		"A netmask is an address whose bits are all set up to a place and clear behind it.",
		"Write PREFIX instead."},
	READ("ifcfg/no-prefix", WARNING)
		"an address has no prefix length",
		"Programs then guess by the classes of the 1980s, and 10.0.0.1 gets 8 bits.",
		"Write PREFIX."},
	READ("ifcfg/second-gateway", WARNING)
		"there is more than one gateway",
		"Only the first one counts.",
		"Remove the others, or make routes of them."},
	READ("ifcfg/alias", NOTE)
		"a file is of an alias",
		"ifcfg-bond0:1 holds a further address of bond0. Kernels have not had interfaces of such names for a "
		"long time; what is left is the label of the address.",
		"Write IPADDR1 and PREFIX1 into the interface's own file."},
	READ("ifcfg/rules", WARNING)
		"a file of policy rules is not read",
		"rule-NAME and rule6-NAME hold what 'ip rule' sets up. Profiles have no place for it.",
		"Leave the file where it is, or set the rules in another way."},
	READ("ifcfg/route", WARNING)
		"a route says more than can be kept",
		"The word has no place in a profile.",
		"Set it in another way."},

	/* ---- /etc/network/interfaces: of ifupdown, and the same of ifupdown2 and ifupdown-ng ---- */
	READ("interfaces/syntax", ERROR)
		"a line of an interfaces file cannot be read",
		"ifupdown takes nothing of a file with such a line: no interface comes up by it. ifupdown-ng "
		"skips the line.",
		"Correct or remove the line."},
	READ("interfaces/not-text", ERROR)
		"a line of an interfaces file is no text",
		"It holds bytes that are no characters. Such a line is left out here.",
		"Remove the bytes, or write the file anew."},
	READ("interfaces/include-loop", WARNING)
		"an interfaces file includes itself",
		"A 'source' line leads back to a text that is being read. Here each text is read once; the "
		"tool may read it again and again.",
		"Remove the line."},
	READ("interfaces/long-line", ERROR)
		"a line is longer than the tool reads",
		"ifupdown-ng cuts lines of more than 4094 bytes in two.",
		"Break the line up, for example by sourcing several files."},
	READ("interfaces/continuation", WARNING)
		"a line is not continued although it looks so",
		"A backslash continues a line only as its very last character; blanks behind it cannot be seen.",
		"Remove the blanks behind the backslash."},
	READ("interfaces/comment-in-value", ERROR)
		"a comment is taken for a part of a value",
		"Comments begin a line; behind a value '#' is like any other character.",
		"Put the comment on a line of its own."},
	READ("interfaces/unknown-keyword", WARNING)
		"a word that begins lines elsewhere is taken for an option",
		"The readers of this file differ in the words that they know at the start of a line.",
		"Say it in the words of the tool that reads the file."},
	READ("interfaces/unknown-option", ERROR)
		"a bond option has a key that the tool does not know",
		"ifupdown2 refuses the key; ifupdown-ng hands it to ip, which then makes no bond at all.",
		"Correct the key as the hint says."},
	READ("interfaces/ignored-option", WARNING)
		"ifenslave ignores a bond option",
		"ifenslave has a list of the options that it writes. It passes over all others without a word, "
		"and some it writes to a file that no bond has.",
		"Write the option by a post-up line, as the hint says."},
	READ("interfaces/range", WARNING)
		"the tool declares another range than the driver",
		"ifupdown2 has ranges of its own for the options: some values it refuses, for others it only "
		"warns.",
		"Look whether the bond has the value once it is up."},
	READ("interfaces/separator", ERROR)
		"a list has the wrong separator",
		"ifenslave wants blanks between addresses and ifupdown-ng commas; otherwise the driver refuses "
		"them.",
		"Use the separator that the message names."},
	READ("interfaces/repeated", WARNING)
		"an option is repeated in a stanza",
		"Whether the first or the last line holds depends on the tool and on the option.",
		"Remove the one that is not meant."},
	READ("interfaces/twice", WARNING)
		"two lines contradict each other",
		"Both set the same value, and one of them holds.",
		"Remove the one that is not meant."},
	READ("interfaces/primary-list", NOTE)
		"bond-primary names several ports",
		"The first of them that is a port becomes the primary when it joins.",
		"Name one port."},
	READ("interfaces/port-option", WARNING)
		"a bond option stands with a port",
		"Options belong into the stanza of the bond; in that of a port most of them do nothing.",
		"Move the option to the bond."},
	READ("interfaces/two-bonds", ERROR)
		"an interface is a port of two bonds",
		"An interface has one controller; the second bond does not get it.",
		"Remove it from one of them."},
	READ("interfaces/no-stanza", WARNING)
		"an interface has no stanza",
		"What is named behind auto, bond-master or bond-slaves needs an iface line to come up.",
		"Add a stanza."},
	READ("interfaces/command-only", WARNING)
		"only a command makes ports of a bond",
		"The tool does not know of the membership, so that it cannot bring things up in order.",
		"Say it in the words that the hint names."},
	READ("interfaces/inherits", ERROR)
		"a stanza inherits from nothing",
		"What is inherited must stand before its heir.",
		"Correct the name, or move the stanza."},
	READ("interfaces/auto-list", WARNING)
		"auto names several interfaces",
		"ifupdown-ng takes the first name and ignores the others.",
		"Write a line for each."},
	READ("interfaces/netmask", ERROR)
		"a netmask is none",
		"It is neither a number of bits nor an address whose bits are set from the left.",
		"Write the prefix length behind the address."},
	READ("interfaces/alias", NOTE)
		"an alias interface is read as a further address",
		"Names such as bond0:1 are labels of addresses, not interfaces.",
		"Nothing needs to be done."},
	READ("interfaces/mapping", WARNING)
		"an interface comes up under another name",
		"Which stanza belongs to which interface is decided when ifup runs.",
		"Name the stanza as the interface where a file has to be understood elsewhere."},
	READ("interfaces/needs-system", WARNING)
		"only a running system can tell",
		"Patterns, templates, scripts and the shell depend on the machine that reads the file. Nothing is "
		"guessed.",
		"Name interfaces and files where a file has to be understood elsewhere."},
	READ("interfaces/source", NOTE)
		"a sourced file is not read",
		"It is not there, or the text does not lie below etc/network, where the name would begin.",
		"Name the file too."},
	READ("interfaces/rename", NOTE)
		"interfaces are renamed",
		"What has the old name and what the new one can be told only while it happens.",
		"Nothing needs to be done."},
	READ("interfaces/left-alone", NOTE)
		"a stanza is left in its file",
		"Only bonds, their ports, VLANs and Ethernet interfaces are read.",
		"Nothing needs to be done."},

	/* ---- keyfiles of NetworkManager ---- */
	READ("keyfile/syntax", ERROR)
		"a keyfile has a line that is none",
		"NetworkManager reads keyfiles with GLib, which refuses the whole file for one line that "
		"is no section, no key and no comment. Only '#' begins a comment, and only at the start "
		"of a line.",
		"Correct or remove the line."},
	READ("keyfile/twice", WARNING)
		"a key comes twice in a keyfile",
		"Of two lines with the same key in sections of the same name only the last one counts.",
		"Remove the one that is not meant."},
	READ("keyfile/value", ERROR)
		"NetworkManager ignores a value",
		"What NetworkManager cannot read counts as not set, and it says so only in its log: "
		"booleans are true, false, 1 or 0, enumerations are mostly numbers, and a blank behind a "
		"bond option belongs to its value.",
		"Write the value as the message says."},
	READ("keyfile/unknown-option", WARNING)
		"NetworkManager ignores a bond option",
		"The keys of [bond] are options of the driver, but NetworkManager has its own list of "
		"those that it sets.",
		"Correct the name, or set the option in another way, such as a dispatcher script."},
	READ("keyfile/unknown-key", WARNING)
		"NetworkManager ignores a key",
		"No release of NetworkManager up to 1.54 knows the key in this section.",
		"Correct the name."},
	READ("keyfile/unknown-section", WARNING)
		"NetworkManager ignores a section",
		"Sections are named as the settings of nm-settings(5), in lower case.",
		"Correct the name."},
	READ("keyfile/refused", ERROR)
		"NetworkManager refuses a profile",
		"NetworkManager verifies a profile when it loads it, and leaves out one with settings "
		"that contradict each other or that lacks what it needs.",
		"Change what the message names."},
	READ("keyfile/ignored", WARNING)
		"NetworkManager ignores a setting beside another",
		"The setting is valid and has no effect because of another one.",
		"Remove one of the two."},
	READ("keyfile/prefix", WARNING)
		"an address has no prefix length",
		"NetworkManager then takes a prefix length of its own, which is hardly the right one.",
		"Write the prefix length behind the address: 192.0.2.1/24."},
	READ("keyfile/default", NOTE)
		"a value stands for the default",
		"NetworkManager leaves the option at the driver's default.",
		"Nothing needs to be done."},
	READ("keyfile/old-word", NOTE)
		"a keyfile has a word of old",
		"NetworkManager still understands it.",
		"Use the new word when the file is changed next."},
	READ("keyfile/balance-slb", WARNING)
		"NetworkManager's own balancing is in use",
		"balance-slb is done by rules of nftables that NetworkManager makes; the driver has no "
		"such option.",
		"Nothing, as long as NetworkManager manages the bond; no other tool can."},
	READ("keyfile/other-type", NOTE)
		"a keyfile is left out",
		"Only bonds, Ethernet interfaces and VLANs are read.",
		"Nothing needs to be done."},
	READ("keyfile/permissions", ERROR)
		"a keyfile can be read by others",
		"Keyfiles may hold secrets, so NetworkManager does not load those that others than root "
		"may read.",
		"chmod 600 the file."},
	READ("keyfile/file-name", ERROR)
		"a keyfile has no suffix",
		"Outside of /etc NetworkManager loads only files that end in .nmconnection.",
		"Rename the file."},
	READ("keyfile/same-uuid", ERROR)
		"two keyfiles have the same UUID",
		"NetworkManager knows profiles by their UUID and loads only one of them.",
		"Take the UUID out of the copy."},
	READ("keyfile/reference", ERROR)
		"a keyfile refers to a profile by its name",
		"The controller of a port and the parent of a VLAN are named by interface or by UUID. The "
		"name of a profile is neither, so the port stays alone.",
		"Write the interface's name or the profile's UUID."},
	READ("keyfile/port-type", ERROR)
		"a port is mistaken about its controller",
		"NetworkManager refuses to attach a port whose port-type (slave-type) is not what its "
		"controller is.",
		"Correct port-type."},

	/* ---- declarations of nmstate ---- */
	READ("nmstate/value", ERROR)
		"nmstate refuses a value",
		"nmstate reads a declaration strictly: one value of the wrong kind, and nothing of the text is "
		"applied. Enumerations are names or numbers of the driver, switches are booleans, "
		"all_slaves_active is dropped or delivered, and IPv4 targets are one text.",
		"Write the value as the message says."},
	READ("nmstate/unknown-key", ERROR)
		"nmstate refuses a key",
		"nmstate 2.2 knows no such key there and applies nothing of the text.",
		"Correct the name, or set the option in another way."},
	READ("nmstate/refused", ERROR)
		"nmstate refuses a combination",
		"Each key is valid, and nmstate cannot make what they ask for together.",
		"Change what the message names."},
	READ("nmstate/ports-differ", ERROR)
		"two lists of ports differ",
		"A bond's ports may be listed by 'port', by 'ports-config', or by both; then both must name the "
		"same ones.",
		"Complete the lists, or leave 'port' out."},
	READ("nmstate/two-controllers", ERROR)
		"an interface is a port of two others",
		"nmstate refuses a declaration in which an interface has two controllers.",
		"Leave it out of one of them."},
	READ("nmstate/old-word", ERROR)
		"a word of old is in use",
		"nmstate before 1.0 called the ports of a bond 'slaves'; later ones refuse the word.",
		"Use the new word."},
	READ("nmstate/twice", WARNING)
		"an interface is described twice",
		"nmstate keeps interfaces by their name: the later description takes the place of the earlier "
		"one, of which nothing is left.",
		"Put both together."},
	READ("nmstate/no-mode", WARNING)
		"a bond has no mode",
		"A declaration changes what is there, and says nothing of what shall stay. So a bond that exists "
		"keeps its mode; one that does not exist cannot be made.",
		"Set 'mode', unless the bond surely exists."},
	READ("nmstate/no-address", WARNING)
		"IPv4 is enabled without an address",
		"With neither DHCP nor an address nmstate takes IPv4 as disabled.",
		"Add 'dhcp: true' or an address, or set 'enabled: false'."},
	READ("nmstate/ignored", WARNING)
		"nmstate ignores a key",
		"In the items of 'ports-config' nmstate passes over what it does not know.",
		"Correct the name, or remove the key."},
	READ("nmstate/not-enabled", WARNING)
		"addresses are set while the family is not enabled",
		"Where 'enabled' is not there, a family stays as it is, and is off on a new interface.",
		"Set 'enabled: true'."},
	READ("nmstate/balance-slb", WARNING)
		"NetworkManager's own balancing is in use",
		"balance-slb is done by rules of nftables that NetworkManager makes; the driver has no such "
		"option.",
		"Nothing, as long as nmstate manages the bond; no other tool can."},
	READ("nmstate/ovs-bond", WARNING)
		"a bond is one of Open vSwitch",
		"What stands below a port of an ovs-bridge is made by Open vSwitch and not by the driver.",
		"Nothing needs to be done; to have a bond of the kernel, describe it as an interface of its "
		"own."},
	READ("nmstate/needs-system", WARNING)
		"a value depends on the running system",
		"Policies fill in what stands between braces from the machine that they are applied to, which "
		"is not guessed here.",
		"Write the value that it has on that machine."},
	READ("nmstate/absent", WARNING)
		"an interface is to be removed",
		"'state: absent' is an order and no description; profiles describe what shall be.",
		"Delete the profile of that name."},
	READ("nmstate/left-out", WARNING)
		"a part of a declaration is left out",
		"Only interfaces, their routes and their name servers have a place in profiles.",
		"Configure it in another way where the profiles are used."},
	READ("nmstate/ignore", NOTE)
		"an interface is left to others",
		"nmstate does not touch an interface with 'state: ignore'.",
		"Nothing needs to be done."},
	READ("nmstate/down", NOTE)
		"an interface is to be down",
		"nmstate takes such an interface down and makes none; read as not to be started.",
		"Nothing needs to be done."},
	READ("nmstate/merge", NOTE)
		"something stays as it is on the machine",
		"A declaration changes only what it names. What it leaves out is not known here.",
		"Name it, if the text shall say it all."},
	READ("nmstate/no-type", NOTE)
		"an interface has no type",
		"nmstate then takes the type of the interface that is there.",
		"Set 'type'."},
	READ("nmstate/copied-mac", NOTE)
		"a MAC address is copied",
		"nmstate looks the address up when it applies the declaration. A bond takes the address of its "
		"first port anyway.",
		"Set 'mac-address' if it must be a certain one."},
	READ("nmstate/other-type", NOTE)
		"an interface is of another type",
		"Only bonds, Ethernet interfaces and VLANs are read.",
		"Nothing needs to be done."},
	/* ---- netplan ---- */
	READ("netplan/unknown-key", ERROR)
		"netplan does not know a key",
		"For one key that it does not know, netplan refuses the whole configuration, every other "
		"file included, and after a reboot there is no network.",
		"Correct the key. Bond options stand below 'parameters', under names of netplan's own."},
	READ("netplan/refused", ERROR)
		"netplan refuses a value",
		"For one bad value netplan refuses the whole configuration: numbers in another notation, "
		"modes by number, members that no section defines, a device that is in two bonds.",
		"Do as the message says, and try 'netplan generate' before the next reboot."},
	READ("netplan/ignored", ERROR)
		"the renderer ignores a value",
		"Netplan hands most values on as they are. systemd-networkd takes the driver's names only, "
		"and spans of time with or without a unit; NetworkManager takes no unit. What they do not "
		"understand they ignore, with no more than a line in the log.",
		"Write the value as the message says."},
	READ("netplan/not-passed-on", WARNING)
		"a value does not reach the driver",
		"Netplan passes on no number 0 and no false, and systemd-networkd sends some options only "
		"together with others, so that the driver's default stays.",
		"Leave it out, or set the option elsewhere."},
	READ("netplan/targets", WARNING)
		"ARP targets of a second file are ignored",
		"Netplan reads each file more than once, and takes a list of targets that is as long as "
		"the one it has for that one. So two files with one target each leave one target.",
		"Write all targets into one file."},
	READ("netplan/second-document", WARNING)
		"a file holds more than one document",
		"Netplan reads up to the second '---'.",
		"Make one document of them, or two files."},
	READ("netplan/openvswitch", WARNING)
		"a bond is none of the kernel's",
		"Bonds that belong to an Open vSwitch bridge, and its own modes, have nothing to do with the "
		"bonding driver.",
		"There is nothing to do if that is meant."},
	READ("netplan/port-address", WARNING)
		"a port has addresses",
		"A port of a bond carries the bond's traffic and has no addresses of its own: the renderers "
		"ignore what stands there.",
		"Move it to the bond."},
	READ("netplan/rounded", NOTE)
		"a time is cut to whole units",
		"The driver counts in milliseconds.",
		"Write whole milliseconds."},
	READ("netplan/old-word", NOTE)
		"a key is deprecated",
		"Netplan still reads it, and warns.",
		"Write what the message says."},
	READ("netplan/needs-system", NOTE)
		"only a running system knows which interfaces are meant",
		"'match' by a pattern or by the driver's name stands for any number of interfaces.",
		"Match by 'macaddress', or name the interface."},
	READ("netplan/other-kind", NOTE)
		"a device is none of ours",
		"Bridges, tunnels, wireless and other devices are not read. In a file of netplan's they stay.",
		"There is nothing to do."},
	READ("netplan/passthrough", NOTE)
		"settings are passed through to NetworkManager",
		"Below 'passthrough' stands anything that a keyfile may hold. It is kept, and not judged.",
		"There is nothing to do."},
	READ("netplan/hidden", NOTE)
		"a file is hidden by another one",
		"A file in /run/netplan hides the file of the same name in /etc/netplan, and that the one in "
		"/lib/netplan.",
		"There is nothing to do if that is meant."},
	READ("netplan/permissions", WARNING)
		"a file of netplan may be read by everyone",
		"Its files may hold passwords, and netplan warns of every one that others may read.",
		"Run chmod 600."},

	/* ---- units of systemd-networkd ---- */
	READ("networkd/syntax", WARNING)
		"a unit has a line that is none",
		"systemd-networkd passes over a line without '=', and refuses the whole file for a "
		"section that is not closed.",
		"Correct or remove the line."},
	READ("networkd/value", ERROR)
		"systemd-networkd ignores a value",
		"What it cannot read counts as not set, and it says so only in its log. Enumerations are "
		"names, never numbers.",
		"Write the value as the message says."},
	READ("networkd/rounded", NOTE)
		"a span of time is not a whole number",
		"The driver counts in milliseconds, and the rest is cut off.",
		"Write a whole number of milliseconds."},
	READ("networkd/twice", WARNING)
		"a key has two values in one file",
		"Of several assignments the last one holds, and systemd-networkd says nothing about the "
		"others. In a drop-in this is meant; within one file one of them is left over.",
		"Remove the one that is not meant."},
	READ("networkd/target", WARNING)
		"systemd-networkd ignores an ARP target",
		"It takes each address once, and at most 16 of them.",
		"Remove the target."},
	READ("networkd/not-sent", WARNING)
		"systemd-networkd does not pass an option on",
		"Some options are sent to the driver only together with certain modes or with another "
		"option, and some numbers not at all.",
		"Set what is missing, or remove the option."},
	READ("networkd/unknown-key", WARNING)
		"systemd-networkd ignores a key",
		"It does not know the key in this section.",
		"Correct the name as the hint says."},
	READ("networkd/unknown-section", WARNING)
		"systemd-networkd ignores a section",
		"It knows no such section in this kind of file.",
		"Correct the name."},
	READ("networkd/wrong-section", WARNING)
		"a key stands in the wrong section",
		"systemd-networkd knows the key, but in another section or another kind of file, and "
		"ignores it here.",
		"Move it to where the hint says."},
	READ("networkd/wrong-file", WARNING)
		"a section stands in the wrong kind of file",
		"What makes a device stands in .netdev files; addresses, ports and VLANs stand in "
		".network files.",
		"Move the section to a file of the other kind."},
	READ("networkd/refused", ERROR)
		"systemd-networkd refuses a file",
		"A device needs a name and a kind, and a VLAN its number.",
		"Add what is missing."},
	READ("networkd/same-name", ERROR)
		"two files make the same device",
		"systemd-networkd uses the first file by name and ignores the others.",
		"Remove one of them, or give the device another name."},
	READ("networkd/no-network", WARNING)
		"a device is made and left down",
		"systemd-networkd brings up only what a .network file is for.",
		"Add a .network file with the device's name in [Match]."},
	READ("networkd/no-netdev", WARNING)
		"a file refers to a device that no file makes",
		"systemd-networkd ignores Bond=, VLAN= and the like when no .netdev file makes the "
		"device, even if it exists.",
		"Add the .netdev file, or read it too."},
	READ("networkd/no-parent", WARNING)
		"a VLAN is on nothing",
		"systemd-networkd makes a VLAN when the interface below asks for it by VLAN=.",
		"Add VLAN= to the .network file of the interface below."},
	READ("networkd/kind", ERROR)
		"a device is of another kind",
		"Bond= needs a bond, Bridge= a bridge; otherwise systemd-networkd ignores the key.",
		"Use the key for the kind of the device."},
	READ("networkd/two-primaries", WARNING)
		"two ports claim to be the primary",
		"Each of them sets the option of the bond when it is attached, so that the last one wins.",
		"Leave PrimarySlave=yes with one port."},
	READ("networkd/match-mac", WARNING)
		"a port is matched by an address that changes",
		"MACAddress= compares with the present address, and a port takes over the address of its "
		"bond.",
		"Write PermanentMACAddress=."},
	READ("networkd/shadowed", WARNING)
		"a .network file does not count",
		"Of the .network files that match an interface only the first by name counts.",
		"Rename the file so that it comes first, or narrow the other one."},
	READ("networkd/no-match", WARNING)
		"a .network file is for no interface",
		"Without anything in [Match] systemd-networkd ignores the file.",
		"Name the interfaces in [Match]; Name=* stands for all."},
	READ("networkd/needs-system", NOTE)
		"only a running system can tell",
		"Patterns, drivers, paths and conditions depend on the machine that reads the file. "
		"Nothing is guessed.",
		"Name interfaces where a file has to be understood elsewhere."},
	READ("networkd/other-kind", NOTE)
		"a device is left out",
		"Only bonds and VLANs are read.",
		"Nothing needs to be done."},
	READ("networkd/prefix", ERROR)
		"an address has no prefix length",
		"Releases of systemd differ in the prefix length that they take then.",
		"Write the prefix length behind the address."},
	READ("networkd/port-address", WARNING)
		"a port has addresses of its own",
		"systemd-networkd drops addresses, routes and DHCP of an interface that has Bond=.",
		"Move them to the .network file of the bond."},

	/* ---- the kernel's command line ---- */
	READ("cmdline/value", ERROR)
		"a value of the command line is ignored",
		"nm-initrd-generator logs what it cannot read and goes on without it; dracut's own scripts "
		"stop the boot, or go on with a wrong value.",
		"Write what the message says. IPv6 addresses stand in brackets."},
	READ("cmdline/option", ERROR)
		"a bond option has no value",
		"In bond=NAME:PORTS:OPTIONS the options are separated by ',' and the items of a list, such "
		"as arp_ip_target, by ';'.",
		"Write OPTION=VALUE."},
	READ("cmdline/unknown-option", WARNING)
		"NetworkManager ignores a bond option",
		"nm-initrd-generator knows the options that NetworkManager sets.",
		"Correct the name as the hint says, or set the option after the boot."},
	READ("cmdline/fields", ERROR)
		"a word has too many fields, or too few",
		"dracut's own scripts stop the boot; nm-initrd-generator ignores what is too much.",
		"Write the fields that the hint lists."},
	READ("cmdline/default-ports", WARNING)
		"a bond does not say which ports it has",
		"The manual promises eth0 and eth1, and network-legacy does so; nm-initrd-generator takes "
		"eth0 alone. These names are rarely those of today's interfaces.",
		"Name the ports."},
	READ("cmdline/twice", WARNING)
		"something is said twice",
		"The two programs that read the command line differ in what then holds.",
		"Leave one of them away."},
	READ("cmdline/prefix", WARNING)
		"an address has no mask",
		"nm-initrd-generator takes that of the address's old class, which is hardly the right one, "
		"and network-legacy stops the boot.",
		"Write the mask or the prefix length into the fourth field of ip=."},
	READ("cmdline/vlan", ERROR)
		"a VLAN's name does not tell its number",
		"vlan= has no field for the number: it is read from the end of the name.",
		"Name it vlan7 or bond0.7."},
	READ("cmdline/ignored", WARNING)
		"a field is ignored",
		"nm-initrd-generator has no use for it.",
		"Nothing, unless it is needed; then network-legacy is."},
	READ("cmdline/legacy", NOTE)
		"network-legacy does not take it as NetworkManager does",
		"dracut had scripts of its own before it used NetworkManager, and some distributions still "
		"have them: each interface has one ip=, options are set in the order in which they stand.",
		"Nothing where the initial ramdisk holds NetworkManager; else as the hint says."},
	READ("cmdline/quotes", WARNING)
		"a word has quotes",
		"The kernel takes quotes away, but dracut reads the line by itself, divides it at every "
		"blank and keeps quotes as part of the words.",
		"Leave the quotes away: no word about the network needs them."},
	READ("cmdline/comment", WARNING)
		"a line looks like a comment",
		"Files of /etc/cmdline.d have no comments. Each word of the line but the '#' itself takes "
		"effect.",
		"Leave the line away."},
	READ("cmdline/control", WARNING)
		"a command line has a control character",
		"A carriage return at the end of a line belongs to the last word for dracut.",
		"Write the file with Unix line ends."},
	READ("cmdline/unknown-word", WARNING)
		"a word is probably misspelt",
		"Words that nobody knows are handed to the first program of the system, and otherwise "
		"ignored.",
		"Correct it as the hint says."},
	READ("cmdline/needs-system", NOTE)
		"only a running system can tell",
		"Which interface answers, or what the firmware has in store, is known at boot. Nothing is "
		"guessed.",
		"Name interfaces where the command line has to be understood elsewhere."},
	READ("cmdline/other-kind", NOTE)
		"a device is left out",
		"Only bonds, Ethernet interfaces and VLANs are read.",
		"Nothing needs to be done."},

	/* ---- teamd, team settings of NetworkManager ---- */
	READ("team/value", ERROR)
		"a team has a value that its tool refuses",
		"teamd does not start with a configuration that is no JSON object, with a runner or a policy "
		"that it does not know, or without the target of a probe. The bond is made of the rest.",
		"Write the value as the message says, or take it out before the migration."},
	READ("team/unknown-key", WARNING)
		"a team has a key that teamd does not know",
		"teamd looks for the keys that it knows and passes over all others without a word, so that a "
		"misspelt one never had an effect.",
		"Correct the key, or see that the bond is right without it."},
	READ("team/twice", WARNING)
		"a team says something twice",
		"NetworkManager keeps a team as one text for teamd, 'config', and shows parts of it as "
		"properties. What the text says goes first.",
		"Take out one of them."},
	READ("team/implied", NOTE)
		"teamd's own default is written out",
		"What a team does without being told differs from what a bond does: it is told of link "
		"changes, hashes addresses of layer 3 as well, and gives a port up after three lost probes.",
		"Nothing, unless the bond should have the driver's default."},
	READ("team/daemon", NOTE)
		"a setting is of the daemon alone",
		"A bond is done by the kernel; there is no daemon to be configured.",
		"Nothing needs to be done."},
	READ("team/none", WARNING)
		"there is no team in what was read",
		"Ports of a team and other interfaces alone make no bond.",
		"Name the file of the team as well, or read the files as the format that they are."},
	READ("loss/team", WARNING)
		"a bond cannot do something that the team does",
		"A team may watch each port in its own way, by several watchers at once, and give its ports "
		"LACP keys of their own; its probes take a source address and a VLAN. A bond has one monitor "
		"for all ports, and the driver refuses some options in some modes.",
		"Do as the hint says where there is one, and try the bond before the team goes."},
	READ("loss/team-nearest", WARNING)
		"a bond does something near to what the team does",
		"The bond gets the nearest setting that there is; the message says in what it differs.",
		"See whether the difference matters, and change the option of the bond if it does."},
	{.id = NULL},
};
