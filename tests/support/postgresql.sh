#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# postgresql.sh: a throw-away PostgreSQL on a unix socket, whose folder is the first line it prints. It lives as long
# as standard input is open, so that it goes away with its test however that ends. Lines on standard input:
# restart (immediately, clients are cut off), stop, start; each is answered by "ok" or "failed".
set -u
trap '' INT TERM HUP
dir=$(mktemp -d /tmp/wuyou-pg.XXXXXX)
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  chown postgres: "$dir"
fi
cd "$dir"

control() {
  "${as[@]}" env LC_ALL=C.UTF-8 "$bin/pg_ctl" -D "$dir/data" -s -w -t 60 "$@" >>"$dir/log" 2>&1 </dev/null
}
start() {
  control start -l "$dir/log" \
    -o "-c listen_addresses='' -k $dir -c fsync=off -c shared_buffers=32MB -c max_connections=200 -c max_wal_senders=0 -c wal_level=minimal"
}
stop() {
  control stop -m immediate
}

"${as[@]}" touch "$dir/log"
"${as[@]}" "$bin/initdb" -D "$dir/data" -U wuyou -A trust -E UTF8 --locale=C.UTF-8 --no-sync >>"$dir/log" 2>&1 </dev/null &&
  start && echo "$dir" || { cat "$dir/log" >&2; echo failed; }
while read -r command; do
  case $command in
    start) start ;;
    stop) stop ;;
    restart) stop && start ;;
    *) false ;;
  esac && echo ok || echo failed
done
stop
rm -rf "$dir"
