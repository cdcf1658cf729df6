#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# with-display.sh CMD...: runs CMD on a private X screen, in a private home, on a private session bus, and
# removes all of it afterwards. WUYOU_SECRETS=unlocked starts a keyring; without it there is no Secret Service.
# WUYOU_GEOMETRY is the screen (1280x900x24), WUYOU_LANGUAGE the language of messages (zh_CN).
set -u
here=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d "${TMPDIR:-/tmp}/wuyou-display.XXXXXX")
xpid=
stop() {
  [ -n "$xpid" ] && kill "$xpid" 2>/dev/null && wait "$xpid" 2>/dev/null
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Without -noreset the server resets when its first client leaves, and the next one cannot open the display.
Xvfb -displayfd 9 -screen 0 "${WUYOU_GEOMETRY:-1280x900x24}" -nolisten tcp -noreset 9>"$home/display" >"$home/xvfb.log" 2>&1 &
xpid=$!
for _ in $(seq 500); do
  [ -s "$home/display" ] && break
  sleep .02
done
[ -s "$home/display" ] || { cat "$home/xvfb.log" >&2; echo "Bail out! no X server"; exit 1; }
DISPLAY=:$(tr -d '\n' <"$home/display")
export DISPLAY
"$here/with-session.sh" "$home" "$@" &
child=$!
trap 'kill -TERM $child 2>/dev/null' TERM INT HUP
while kill -0 "$child" 2>/dev/null; do
  wait "$child" && rc=0 || rc=$?
done
exit "$rc"
