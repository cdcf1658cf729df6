#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# browser-screen.sh HOME CMD...: runs CMD on a virtual screen that any browser on this machine can open and use;
# prints the address. HOME keeps the settings and keyring of the demonstration from one run to the next.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$1
shift
novnc=/usr/share/novnc
children=()
stop() {
  for pid in "${children[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

mkdir -p "$home"
vnc_port=$(free_port)
for display in $(seq 40 99); do
  [ -e "/tmp/.X$display-lock" ] || [ -e "/tmp/.X11-unix/X$display" ] || break
done
Xtigervnc ":$display" -localhost -SecurityTypes None -rfbport "$vnc_port" -noreset -nolisten tcp \
  -geometry "${WUYOU_GEOMETRY:-1400x900}" -depth 24 -AlwaysShared >"$home/screen.log" 2>&1 &
children+=($!)
for _ in $(seq 250); do
  [ -e "/tmp/.X11-unix/X$display" ] && break
  sleep .02
done
export DISPLAY=:$display
openbox >"$home/openbox.log" 2>&1 &
children+=($!)
port=${WUYOU_SCREEN_PORT:-$(free_port)}
websockify --web "$novnc" "127.0.0.1:$port" "127.0.0.1:$vnc_port" >"$home/websockify.log" 2>&1 &
children+=($!)
for _ in $(seq 250); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  sleep .02
done
printf '\nOpen in a browser:  http://127.0.0.1:%s/vnc_lite.html?autoconnect=1&scale=true\n\n' "$port"

export WUYOU_SECRETS=unlocked WUYOU_GSETTINGS_BACKEND=keyfile
"$here/with-session.sh" "$home" "$@" 2>"$home/session.log" &
children+=($!)
wait $! || { grep -v '^dbus-daemon' "$home/session.log" | tail -n 20 >&2; exit 1; }
