#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# scanner.sh DIR: clamd on DIR/socket until it is ended. It knows the EICAR test string and no more: a demonstration
# needs no official signatures, and those of Debian are taken when they are installed.
set -eu
dir=$1
mkdir -p "$dir/db"
official=/var/lib/clamav
database=$dir/db
printf 'Test.Eicar:0:*:%s\n' "$(printf '%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR' | od -An -tx1 -v | tr -d ' \n')" >"$dir/db/demo.ndb"
if compgen -G "$official/*.c[lv]d" >/dev/null; then database=$official; fi
cat >"$dir/clamd.conf" <<CONF
LocalSocket $dir/socket
DatabaseDirectory $database
TemporaryDirectory $dir
Foreground yes
StreamMaxLength 101M
MaxScanSize 200M
MaxFileSize 101M
AlertExceedsMax yes
CONF
rm -f "$dir/socket"
exec "$(command -v clamd || echo /usr/sbin/clamd)" --config-file "$dir/clamd.conf" >"$dir/clamd.log" 2>&1
