#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes ./configure from configure.ac; needed once in a checkout from git, never in a release.
set -eu
cd "$(dirname "$0")"
mkdir -p m4
exec autoreconf --install "$@"
