#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# The part of with-session.sh that runs on the new bus: the keyring if one is wanted, the program, and their end.
set -u
children=()
trap 'kill "${children[@]}" 2>/dev/null' TERM INT HUP
echo $$ >"$HOME/inside.pid"
if [ "${WUYOU_SECRETS:-}" = unlocked ]; then
  gnome-keyring-daemon --unlock --components=secrets --foreground >/dev/null 2>&1 7>&- < <(printf testpw) &
  children+=($!)
  for _ in $(seq 200); do
    gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
      --method org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1 && break
    sleep .02
  done
fi
"$@" >&7 7>&- &
program=$!
children+=($program)
rc=0
while kill -0 "$program" 2>/dev/null; do
  wait "$program" && rc=0 || rc=$?
done
kill "${children[@]}" 2>/dev/null
wait
exit "$rc"
