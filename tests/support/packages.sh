# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
# Debian packages by purpose, by their names in Debian 12 and 13; sourced by ../../run.
packages_build="gcc libc6-dev meson ninja-build pkg-config gettext python3
  libglib2.0-dev libglib2.0-dev-bin libjson-glib-dev libsqlite3-dev libpq-dev libsodium-dev libmicrohttpd-dev
  libgnutls28-dev liboath-dev libgmime-3.0-dev libpango1.0-dev libharfbuzz-dev libcairo2-dev libqrencode-dev
  libgtk-4-dev libgtk-4-bin libadwaita-1-dev libsoup-3.0-dev libsecret-1-dev libpoppler-glib-dev
  libjpeg-dev libpng-dev zlib1g-dev libexif-dev libseccomp-dev poppler-data libxml2-utils
  desktop-file-utils appstream"
packages_desktop="adwaita-icon-theme librsvg2-common fonts-noto-cjk dbus at-spi2-core glib-networking"
packages_screen="tigervnc-standalone-server novnc websockify openbox gnome-keyring"
packages_test="git clang-format xvfb dbus-daemon python3-pyatspi python3-gi openbox xdotool xclip x11-utils imagemagick gnome-keyring
  clamav-daemon cups cups-client poppler-utils zbar-tools postgresql sqlite3 openssl strace wrk"

# install_packages NAME...: those that dpkg does not know as installed.
install_packages() {
  local missing=() root=() name
  command -v dpkg-query >/dev/null || return 0
  for name in "$@"; do
    dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  [ "$(id -u)" = 0 ] || root=(sudo)
  echo "Installing ${missing[*]}" >&2
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2 ||
    { "${apt[@]}" update >&2 && "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2; }
}
