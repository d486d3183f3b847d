/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The keys of systemd-networkd (252 to 257): those that become properties with how they do, and those
 * that it knows beyond, so that only what it does not know is reported. The keys of [Bond] stand in
 * the option table.
 */
#include "parsers/networkd/networkd.h"

#include <string.h>

#include "model/profile.h"

#define NETDEV(section, key) BT_NETWORKD_NETDEV, section, key
#define NETWORK(section, key) BT_NETWORKD_NETWORK, section, key
#define VIRTUAL	 BT_NETWORKD_VIRTUAL
#define PHYSICAL BT_NETWORKD_PHYSICAL
#define EVERY	 (VIRTUAL | PHYSICAL)
#define SPECIAL	 BT_NETWORKD_SPECIAL, BT_PROP_COUNT, NULL, 0

static const struct bondtool_name activation[] = {
	{"manual", 0, NULL}, {"up", 1, NULL}, {"always-up", 1, NULL}, {"down", 0, NULL},
	{"always-down", 0, NULL}, {0}};
static const struct bondtool_name lldp[] = {
	{"no", 0, NULL}, {"yes", 1, NULL}, {"routers-only", 1, NULL}, {0}};
static const struct bondtool_name resolve[] = {
	{"no", 0, NULL}, {"resolve", 1, NULL}, {"yes", 2, NULL}, {0}};
static const struct bondtool_name over_tls[] = {
	{"no", 0, NULL}, {"opportunistic", 1, NULL}, {"yes", 2, NULL}, {0}};
static const struct bondtool_name privacy[] = {
	{"no", 0, NULL}, {"prefer-public", 1, NULL}, {"yes", 2, NULL}, {0}};
static const struct bondtool_name generation[] = {
	{"eui64", 0, NULL}, {"stable-privacy", 1, NULL}, {0}};
static const struct bondtool_name tags[] = {{"802.1q", 0, "802.1Q"}, {"802.1ad", 1, "802.1ad"}, {0}};

const struct bt_networkd_key bt_networkd_keys[] = {
	{NETDEV("NetDev", "Name"), SPECIAL},
	{NETDEV("NetDev", "Kind"), SPECIAL},
	{NETDEV("NetDev", "MTUBytes"), BT_NETWORKD_SIZE, BT_PROP_MTU, NULL, 0},
	{NETDEV("NetDev", "MACAddress"), BT_NETWORKD_TEXT, BT_PROP_CLONED_MAC_ADDRESS, NULL,
	 VIRTUAL},
	{NETDEV("VLAN", "Id"), BT_NETWORKD_NUMBER, BT_PROP_VLAN_ID, NULL, VIRTUAL},
	{NETDEV("VLAN", "Protocol"), BT_NETWORKD_WORDS, BT_PROP_VLAN_PROTOCOL, tags, VIRTUAL},
	{NETDEV("VLAN", "ReorderHeader"), SPECIAL},
	{NETDEV("VLAN", "GVRP"), SPECIAL},
	{NETDEV("VLAN", "LooseBinding"), SPECIAL},
	{NETDEV("VLAN", "MVRP"), SPECIAL},
	{NETDEV("VLAN", "EgressQOSMaps"), SPECIAL},
	{NETDEV("VLAN", "IngressQOSMaps"), SPECIAL},

	{NETWORK("Match", "Name"), SPECIAL},
	{NETWORK("Match", "MACAddress"), SPECIAL},
	{NETWORK("Match", "PermanentMACAddress"), SPECIAL},
	{NETWORK("Link", "MTUBytes"), BT_NETWORKD_SIZE, BT_PROP_MTU, NULL, EVERY},
	{NETWORK("Link", "MACAddress"), BT_NETWORKD_TEXT, BT_PROP_CLONED_MAC_ADDRESS, NULL,
	 PHYSICAL},
	{NETWORK("Link", "ActivationPolicy"), BT_NETWORKD_WORDS, BT_PROP_AUTOCONNECT, activation,
	 EVERY},
	{NETWORK("Link", "RequiredFamilyForOnline"), SPECIAL},
	{NETWORK("Network", "Bond"), SPECIAL},
	{NETWORK("Network", "Bridge"), SPECIAL},
	{NETWORK("Network", "VRF"), SPECIAL},
	{NETWORK("Network", "VLAN"), SPECIAL},
	{NETWORK("Network", "PrimarySlave"), SPECIAL},
	{NETWORK("Network", "ActiveSlave"), SPECIAL},
	{NETWORK("Network", "DHCP"), SPECIAL},
	{NETWORK("Network", "LinkLocalAddressing"), SPECIAL},
	{NETWORK("Network", "IPv6AcceptRA"), SPECIAL},
	{NETWORK("Network", "Address"), SPECIAL},
	{NETWORK("Network", "Gateway"), SPECIAL},
	{NETWORK("Network", "DNS"), SPECIAL},
	{NETWORK("Network", "Domains"), SPECIAL},
	{NETWORK("Network", "LLDP"), BT_NETWORKD_WORDS, BT_PROP_LLDP, lldp, EVERY},
	{NETWORK("Network", "LLMNR"), BT_NETWORKD_WORDS, BT_PROP_LLMNR, resolve, EVERY},
	{NETWORK("Network", "MulticastDNS"), BT_NETWORKD_WORDS, BT_PROP_MDNS, resolve, EVERY},
	{NETWORK("Network", "DNSOverTLS"), BT_NETWORKD_WORDS, BT_PROP_DNS_OVER_TLS, over_tls,
	 EVERY},
	{NETWORK("Network", "IPv6PrivacyExtensions"), BT_NETWORKD_WORDS, BT_PROP_IPV6_PRIVACY,
	 privacy, EVERY},
	{NETWORK("Network", "IPv6LinkLocalAddressGenerationMode"), BT_NETWORKD_WORDS,
	 BT_PROP_IPV6_ADDR_GEN_MODE, generation, EVERY},
	{NETWORK("DHCPv4", "UseDNS"), BT_NETWORKD_INVERTED, BT_PROP_IPV4_IGNORE_AUTO_DNS, NULL,
	 EVERY},
	{NETWORK("DHCPv4", "UseRoutes"), BT_NETWORKD_INVERTED, BT_PROP_IPV4_IGNORE_AUTO_ROUTES,
	 NULL, EVERY},
	{NETWORK("DHCPv4", "SendHostname"), BT_NETWORKD_BOOLEAN, BT_PROP_IPV4_DHCP_SEND_HOSTNAME,
	 NULL, EVERY},
	{NETWORK("DHCPv4", "Hostname"), BT_NETWORKD_TEXT, BT_PROP_IPV4_DHCP_HOSTNAME, NULL, EVERY},
	{NETWORK("DHCPv4", "RouteMetric"), SPECIAL},
	{NETWORK("DHCPv4", "RouteTable"), SPECIAL},
	{NETWORK("IPv6AcceptRA", "UseDNS"), BT_NETWORKD_INVERTED, BT_PROP_IPV6_IGNORE_AUTO_DNS,
	 NULL, EVERY},
	{NETWORK("Address", "Address"), SPECIAL},
	{NETWORK("Route", "Destination"), SPECIAL},
	{NETWORK("Route", "Gateway"), SPECIAL},
	{NETWORK("Route", "Metric"), SPECIAL},
	{.key = NULL},
};

/* What belongs to the attributes of a route of ours; NetworkManager's numbers of scopes. */
static const struct bondtool_name scopes[] = {
	{"global", 0, NULL}, {"site", 200, NULL}, {"link", 253, NULL}, {"host", 254, NULL},
	{"nowhere", 255, NULL}, {0}};
static const struct bondtool_name tables[] = {
	{"default", 253, NULL}, {"main", 254, NULL}, {"local", 255, NULL}, {0}};

const struct bt_networkd_attribute bt_networkd_attributes[] = {
	{"Table", "table", tables, false},
	{"PreferredSource", "src", NULL, false},
	{"Source", "from", NULL, false},
	{"Scope", "scope", scopes, false},
	{"Type", "type", NULL, false},
	{"GatewayOnLink", "onlink", NULL, true},
	{"MTUBytes", "mtu", NULL, false},
	{"InitialCongestionWindow", "initcwnd", NULL, false},
	{"InitialAdvertisedReceiveWindow", "initrwnd", NULL, false},
	{"TCPAdvertisedMaximumSegmentSize", "advmss", NULL, false},
	{"QuickAck", "quickack", NULL, true},
	{.key = NULL},
};

/* The keys that networkd knows beyond those above, one text a section. */
static const struct {
	enum bt_networkd_file file;
	const char *section, *keys;
} kept[] = {
	{NETDEV("Match", "Architecture Credential Firmware Host KernelCommandLine KernelVersion "
			 "Version Virtualization")},
	{NETDEV("NetDev", "Description NetworkNamespace")},
	{NETDEV("Bond", "")},
	{NETDEV("VLAN", "")},
	{NETWORK("Match", "Architecture BSSID Credential Driver Firmware Host KernelCommandLine "
			  "KernelVersion Kind OriginalName Path Property SSID Type Version "
			  "Virtualization WLANInterfaceType")},
	{NETWORK("Link", "ARP AllMulticast Group IPv4AcceptLocal Multicast Promiscuous "
			 "RequiredForOnline Unmanaged")},
	{NETWORK("Network",
		 "ActivationPolicy BatmanAdvanced BindCarrier ConfigureWithoutCarrier "
		 "DHCPPrefixDelegation DHCPServer DHCPv6PrefixDelegation DNSDefaultRoute DNSSEC "
		 "DNSSECNegativeTrustAnchors DefaultRouteOnDevice Description EmitLLDP IPForward "
		 "IPMasquerade IPVLAN IPVTAP IPoIB IPv4AcceptLocal IPv4DuplicateAddressDetectionTimeoutSec "
		 "IPv4Forwarding IPv4LLRoute IPv4LLStartAddress IPv4ProxyARP IPv4ProxyARPPrivateVLAN "
		 "IPv4ReversePathFilter IPv4RouteLocalnet IPv6AcceptRouterAdvertisements "
		 "IPv6DuplicateAddressDetection IPv6Forwarding IPv6HopLimit IPv6LinkLocalAddressing "
		 "IPv6MTUBytes IPv6PrefixDelegation IPv6ProxyNDP IPv6ProxyNDPAddress IPv6RetransmissionTimeSec "
		 "IPv6SendRA IPv6StableSecretAddress IPv6Token IgnoreCarrierLoss KeepConfiguration KeepMaster "
		 "L2TP LLMNR MACVLAN MACVTAP MACsec MPLSRouting MultiPathRoute NTP ProxyARP Tunnel "
		 "UseDomains UseNTP VXLAN Xfrm")},
	{NETWORK("Address", "AddPrefixRoute AutoJoin Broadcast DuplicateAddressDetection HomeAddress "
			    "Label ManageTemporaryAddress NFTSet NetLabel Peer PreferredLifetime "
			    "PrefixRoute RouteMetric Scope")},
	{NETWORK("Route", "FastOpenNoCookie GatewayOnlink HopLimit IPv6Preference MultiPathRoute "
			  "NextHop Protocol TCPCongestionControlAlgorithm TCPRetransmissionTimeoutSec "
			  "TTLPropagate")},
	{NETWORK("DHCPv4",
		 "AllowList Anonymize BlackList BOOTP ClientIdentifier CriticalConnection DUIDRawData "
		 "DUIDType DenyList FallbackLeaseLifetimeSec IAID IPServiceType IPv6OnlyMode Label "
		 "ListenPort MUDURL MaxAttempts NFTSet NetLabel QuickAck RapidCommit RequestAddress "
		 "RequestBroadcast RequestOptions RouteMTUBytes RoutesToDNS RoutesToNTP SendDecline "
		 "SendOption SendRelease SendVendorOption ServerPort SocketPriority UnassignedSubnetPolicy "
		 "Use6RD UseCaptivePortal UseDNR UseDomains UseGateway UseHostname UseMTU UseNTP "
		 "UseSIP UseTimezone UserClass VendorClassIdentifier InitialCongestionWindow "
		 "InitialAdvertisedReceiveWindow")},
	{NETWORK("IPv6AcceptRA",
		 "DHCPv6Client DenyList Managed NFTSet NetLabel PrefixAllowList PrefixDenyList "
		 "QuickAck RouteAllowList RouteDenyList RouteMetric RouteTable RouterAllowList "
		 "RouterDenyList Token UseAutonomousPrefix UseCaptivePortal UseDNR UseDomains UseGateway "
		 "UseHopLimit UseICMP6RateLimit UseMTU UseNTP UseOnLinkPrefix UsePREF64 "
		 "UseReachableTime UseRedirect UseRetransmissionTime UseRoutePrefix")},
	{.keys = NULL},
};

/* Sections whose keys nobody here needs to know. */
static const char *const other_sections[] = {
	[BT_NETWORKD_NETDEV] =
		"BareUDP BatmanAdvanced Bridge FooOverUDP GENEVE HSR IPVLAN IPVTAP IPoIB L2TP "
		"L2TPSession MACVLAN MACVTAP MACsec MACsecReceiveAssociation MACsecReceiveChannel "
		"MACsecTransmitAssociation Peer Tap Tun Tunnel VRF VXCAN VXLAN WLAN WireGuard "
		"WireGuardPeer Xfrm",
	[BT_NETWORKD_NETWORK] =
		"BFIFO BandMultiQueueing Bridge BridgeFDB BridgeMDB BridgeVLAN CAKE CAN "
		"ClassfulMultiQueueing ControlledDelay DHCP DHCPPrefixDelegation DHCPServer "
		"DHCPServerStaticLease DHCPv6 DHCPv6PrefixDelegation DeficitRoundRobinScheduler "
		"DeficitRoundRobinSchedulerClass EnhancedTransmissionSelection FairQueueing "
		"FairQueueingControlledDelay FlowQueuePIE GenericRandomEarlyDetection "
		"HeavyHitterFilter HierarchyTokenBucket HierarchyTokenBucketClass IPoIB "
		"IPv6AddressLabel IPv6NDPProxyAddress IPv6PREF64Prefix IPv6Prefix "
		"IPv6PrefixDelegation IPv6RoutePrefix IPv6SendRA LLDP MobileNetwork ModemManager "
		"Neighbor NetworkEmulator NextHop PFIFO PFIFOFast PFIFOHeadDrop PIE QDisc "
		"QuickFairQueueing QuickFairQueueingClass RoutingPolicyRule SR-IOV "
		"StochasticFairBlue StochasticFairnessQueueing TokenBucketFilter "
		"TrafficControlQueueingDiscipline TrivialLinkEqualizer",
};

/* Keys that people invent because other tools have them. */
static const struct {
	const char *section, *key, *advice;
} invented[] = {
	{"Bond", "Primary", "write 'PrimarySlave=yes' in [Network] of the port's .network file"},
	{"Bond", "PrimarySlave", "write 'PrimarySlave=yes' in [Network] of the port's .network file"},
	{"Bond", "ActiveSlave", "write 'ActiveSlave=yes' in [Network] of the port's .network file"},
	{"Bond", "Slaves", "write 'Bond=' in [Network] of each port's .network file"},
	{"Bond", "Interfaces", "write 'Bond=' in [Network] of each port's .network file"},
	{"Bond", "UseCarrier", "systemd-networkd leaves 'use_carrier' at the driver's default"},
	{"Bond", "MIIMonitor", "the key is 'MIIMonitorSec', in seconds without a unit"},
	{"Bond", "MiiMon", "the key is 'MIIMonitorSec', in seconds without a unit"},
	{"NetDev", "MTU", "the key is 'MTUBytes'"},
	{"Link", "MTU", "the key is 'MTUBytes'"},
	{"Network", "Slave", "write 'Bond=' in [Network] of each port's .network file"},
};

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *p = words; *p; p += strcspn(p, " "), p += *p == ' ')
		if (strcspn(p, " ") == length && strncmp(p, word, length) == 0)
			return true;
	return false;
}

static void offer_words(struct bt_nearest *nearest, const char *words)
{
	/* The best one stays a part of the text, up to its blank. */
	for (const char *p = words; *p; p += strcspn(p, " "), p += *p == ' ') {
		BT_AUTOFREE char *word = strndup(p, strcspn(p, " "));
		const char *best = nearest->best;

		if (word)
			bt_nearest_offer(nearest, word);
		if (nearest->best != best)
			nearest->best = p;
	}
}

static bool is_attribute(const char *section, const char *key)
{
	if (!bt_equal(section, "Route"))
		return false;
	for (const struct bt_networkd_attribute *a = bt_networkd_attributes; a->key; a++)
		if (bt_equal(a->key, key))
			return true;
	return false;
}

const struct bt_option *bt_networkd_option(const char *key)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		/* These two have keys, but in the .network file of the port. */
		if (i == BT_OPT_PRIMARY || i == BT_OPT_ACTIVE_SLAVE)
			continue;
		if (bt_equal(bt_options[i].keys[BT_FORMAT_NETWORKD], key))
			return &bt_options[i];
	}
	return NULL;
}

const struct bt_networkd_key *bt_networkd_find_key(enum bt_networkd_file file, const char *section,
						   const char *key)
{
	static const struct bt_networkd_key plain = {.how = BT_NETWORKD_KEPT};

	for (const struct bt_networkd_key *row = bt_networkd_keys; row->key; row++)
		if (row->file == file && bt_equal(row->section, section) && bt_equal(row->key, key))
			return row;
	for (size_t i = 0; kept[i].keys; i++)
		if (kept[i].file == file && bt_equal(kept[i].section, section) &&
		    has_word(kept[i].keys, key))
			return &plain;
	if (file == BT_NETWORKD_NETDEV && bt_equal(section, "Bond") && bt_networkd_option(key))
		return &plain;
	return file == BT_NETWORKD_NETWORK && is_attribute(section, key) ? &plain : NULL;
}

bool bt_networkd_knows_section(enum bt_networkd_file file, const char *section, bool *ret_keys)
{
	*ret_keys = true;
	for (size_t i = 0; kept[i].keys; i++)
		if (kept[i].file == file && bt_equal(kept[i].section, section))
			return true;
	*ret_keys = false;
	return has_word(other_sections[file], section);
}

void bt_networkd_offer_keys(struct bt_nearest *nearest, enum bt_networkd_file file,
			    const char *section)
{
	for (const struct bt_networkd_key *row = bt_networkd_keys; row->key; row++)
		if (row->file == file && bt_equal(row->section, section))
			bt_nearest_offer(nearest, row->key);
	for (size_t i = 0; kept[i].keys; i++)
		if (kept[i].file == file && bt_equal(kept[i].section, section))
			offer_words(nearest, kept[i].keys);
	if (file != BT_NETWORKD_NETDEV || !bt_equal(section, "Bond"))
		return;
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const char *key = bt_options[i].keys[BT_FORMAT_NETWORKD];

		if (key && bt_networkd_option(key))
			bt_nearest_offer(nearest, key);
	}
}

void bt_networkd_offer_sections(struct bt_nearest *nearest, enum bt_networkd_file file)
{
	for (size_t i = 0; kept[i].keys; i++)
		if (kept[i].file == file)
			bt_nearest_offer(nearest, kept[i].section);
	offer_words(nearest, other_sections[file]);
}

bool bt_networkd_repeats(const char *section)
{
	return has_word("Address Route RoutingPolicyRule Neighbor NextHop IPv6AddressLabel IPv6Prefix "
			"IPv6RoutePrefix IPv6PREF64Prefix DHCPServerStaticLease BridgeFDB BridgeMDB "
			"BridgeVLAN SR-IOV WireGuardPeer",
			section);
}

const char *bt_networkd_advice(const char *section, const char *key)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(invented); i++)
		if (bt_equal(invented[i].section, section) &&
		    bt_equal_ignoring_case(invented[i].key, key))
			return invented[i].advice;
	return NULL;
}
