#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# with-session.sh HOME CMD...: runs CMD with HOME as its whole home, on a session bus of its own that starts only
# accessibility by itself: the stock configuration would activate portals, a FUSE mount and the user's keyring.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$1
shift
mkdir -p "$home/bus" "$home/.local/share" "$home/.config" "$home/.cache"
mkdir -p -m 0700 "$home/run"
cp /usr/share/dbus-1/services/org.a11y.Bus.service "$home/bus/"
cat >"$home/session.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <servicedir>$home/bus</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF

# The keyring reads its home from the environment of the bus, so all of this stands before the bus does. FC_LANG
# picks Chinese glyphs where a Japanese font comes first; gl-disable keeps Mesa, and its leaks, out.
export HOME=$home XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config XDG_CACHE_HOME=$home/.cache
export XDG_RUNTIME_DIR=$home/run GSETTINGS_BACKEND=${WUYOU_GSETTINGS_BACKEND:-memory}
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_USE_PORTAL=0 NO_AT_BRIDGE=0
export LC_ALL=C.UTF-8 LANGUAGE=${WUYOU_LANGUAGE:-zh_CN} FC_LANG=zh-cn
unset WAYLAND_DISPLAY GTK_A11Y GTK_THEME SECRET_BACKEND DBUS_SESSION_BUS_ADDRESS || true

# Standard output is the program's alone: services that the bus starts speak on standard error.
exec 7>&1
dbus-run-session --config-file="$home/session.conf" -- "$here/inside-session.sh" "$@" </dev/null >&2 &
session=$!
# dbus-run-session passes no signal on, so the program inside is asked itself and the bus ends with it.
trap 'kill "$(cat "$home/inside.pid")" 2>/dev/null' TERM INT HUP
while kill -0 "$session" 2>/dev/null; do
  wait "$session" && rc=0 || rc=$?
done
exit "$rc"
