/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether there is a bonding driver, as the public interface asks. */
#include "wire/transport.h"

bool bondtool_driver_present(struct bondtool *bt)
{
	struct bt_transport *transport;

	return bt_transport_get(bt, &transport) == 0 && transport->driver_present(transport);
}
