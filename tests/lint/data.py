# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""What the project gives to the system: desktop entry, metainfo, settings, Flatpak manifest, migrations."""
import json
import os
import re

from common import BUILD, SOURCE, files, main, read, run

APPLICATION = "org.wuyou.Wuyou"
# Everything else a sandboxed Wuyou needs goes through portals.
PERMISSIONS = {
    "--share=network",
    "--share=ipc",
    "--socket=wayland",
    "--socket=fallback-x11",
    "--device=dri",
    "--talk-name=org.freedesktop.secrets",
}
OLDEST_RUNTIME = 49
MIGRATION = re.compile(r"^(\d{4})-[a-z0-9-]+\.(?:sqlite\.|postgresql\.)?sql$")


def command_problems(*argv):
    status, output = run(*argv)
    if status != 0:
        yield output


def check_desktop():
    yield from command_problems("desktop-file-validate", os.path.join(BUILD, "data", f"{APPLICATION}.desktop"))


def check_metainfo():
    path = os.path.join(BUILD, "data", f"{APPLICATION}.metainfo.xml")
    yield from command_problems("appstreamcli", "validate", "--no-net", path)


def check_schemas():
    yield from command_problems("glib-compile-schemas", "--strict", "--dry-run", os.path.join(SOURCE, "data"))


def check_icons():
    for name in (f"scalable/apps/{APPLICATION}.svg", f"symbolic/apps/{APPLICATION}-symbolic.svg"):
        path = f"data/icons/hicolor/{name}"
        if not os.path.exists(os.path.join(SOURCE, path)):
            yield f"{path} is missing"
        else:
            yield from command_problems("xmllint", "--noout", path)


def check_manifest():
    manifest = json.loads(read(f"flatpak/{APPLICATION}.json"))
    if manifest["id"] != APPLICATION or manifest["command"] != "wuyou":
        yield "the manifest is about another program"
    if manifest["runtime"] != "org.gnome.Platform" or int(manifest["runtime-version"]) < OLDEST_RUNTIME:
        yield f"{manifest['runtime']} {manifest['runtime-version']} is past its end of life"
    for extra in sorted(set(manifest["finish-args"]) - PERMISSIONS):
        yield f"{extra} is more than the application needs"
    for module in manifest["modules"]:
        for source in module["sources"]:
            if source["type"] == "archive" and not re.fullmatch(r"[0-9a-f]{64}", source.get("sha256", "")):
                yield f"{source.get('url')} has no checksum"
            if source["type"] == "git" and not re.fullmatch(r"[0-9a-f]{40}", source.get("commit", "")):
                yield f"{source.get('url')} is not pinned to a commit"


def check_migrations():
    numbers = set()
    for path in files(".sql", under="src/"):
        match = MIGRATION.match(os.path.basename(path))
        if "/sql/" not in path or not match:
            yield f"{path}: migrations are sql/NNNN-words.sql"
        else:
            numbers.add(int(match.group(1)))
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield f"migrations do not count from 0001 without gaps: {sorted(numbers)}"


main([
    ("desktop entry", check_desktop),
    ("metainfo", check_metainfo),
    ("settings schema", check_schemas),
    ("icons", check_icons),
    ("flatpak manifest", check_manifest),
    ("migrations", check_migrations),
])
