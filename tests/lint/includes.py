# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The arrows of dependency between the units: by reading the includes, and by compiling a forbidden one."""
import json
import os
import re
import shlex
import subprocess
import tempfile

from common import BUILD, SOURCE, UNITS, files, main, read, unit_of

MAY_USE = {
    "domain": (),
    "store": ("domain",),
    "papers": ("domain",),
    "decoder": ("domain",),
    "server": ("domain", "store", "papers"),
    "app": ("domain", "papers", "store"),
}
# Libraries that one unit owns, by the folder or file of their headers.
OWNERS = {
    "sqlite3.h": ("store", "app"),
    "libpq-fe.h": ("store",),
    "microhttpd.h": ("server",),
    "gnutls": ("server", "app"),
    "gtk": ("app",),
    "gdk": ("app",),
    "adwaita.h": ("app",),
    "libsoup": ("app",),
    "libsecret": ("app",),
    "pango": ("papers", "app"),
    "cairo.h": ("papers", "decoder", "app"),
    "poppler.h": ("decoder", "app"),
    "jpeglib.h": ("decoder", "server/demo"),  # there only to write photos
    "png.h": ("decoder",),
    "libexif": ("decoder",),
    "seccomp.h": ("decoder",),
}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def exists(unit, name):
    return os.path.exists(os.path.join(SOURCE, "src", unit, name))


def check_arrows():
    for path in files(".c", ".h", under="src/"):
        unit = unit_of(path)
        for kind, name in INCLUDE.findall(read(path)):
            if kind == "<" or name == "config.h" or exists(unit, name):
                continue
            if ".." in name:
                yield f"{path}: {name} leaves its unit"
            elif not any(exists(other, name) for other in MAY_USE[unit]):
                others = [other for other in UNITS if exists(other, name)]
                if others:
                    yield f"{path}: {unit} may not use {others[0]} ({name})"


def check_libraries():
    for path in files(".c", ".h", under="src/"):
        for kind, name in INCLUDE.findall(read(path)):
            owners = OWNERS.get(name) or OWNERS.get(name.split("/")[0])
            if kind == "<" and owners and not any(path.startswith(f"src/{owner}/") for owner in owners):
                yield f"{path}: <{name}> belongs to {', '.join(owners)}"


def first_header(unit):
    headers = [path[len(f"src/{unit}/") :] for path in files(".h", under=f"src/{unit}/")]
    return headers[0] if headers else None


def unit_commands():
    """For each unit, the compiler command of one of its sources, without source and outputs."""
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    commands = {}
    for entry in entries:
        source = os.path.relpath(os.path.realpath(os.path.join(entry["directory"], entry["file"])), SOURCE)
        unit = unit_of(source)
        if unit and unit not in commands and "config.h" in (read(source) if os.path.exists(source) else "config.h"):
            words = shlex.split(entry["command"])
            cut = words.index("-o") if "-o" in words else len(words)
            words = [word for word in words[:cut] if word not in ("-MD",) and not word.startswith(("-MQ", "-MF"))]
            commands[unit] = ([w for w in words if not w.endswith((".o", ".d"))], entry["directory"])
    return commands


def compiles(command, header):
    words, folder = command
    with tempfile.NamedTemporaryFile("w", suffix=".c") as probe:
        probe.write(f'#include "config.h"\n#include "{header}"\n')
        probe.flush()
        done = subprocess.run(
            [*words, "-fsyntax-only", probe.name], cwd=folder, capture_output=True, text=True, check=False
        )
    return done.returncode == 0, done.stderr


def check_wall():
    commands = unit_commands()
    for unit, command in commands.items():
        own = first_header(unit)
        good, message = compiles(command, own) if own else (True, "")
        if not good:
            yield f"{unit}: its own {own} does not compile by itself\n{message}"
        for other in UNITS:
            header = first_header(other)
            if other == unit or other in MAY_USE[unit] or not header:
                continue
            if compiles(command, header)[0]:
                yield f"{unit} can include {header} of {other}"
    for unit in UNITS:
        if first_header(unit) and unit not in commands:
            yield f"{unit}: nothing of it is compiled"


main([("arrows", check_arrows), ("libraries", check_libraries), ("forbidden include does not compile", check_wall)])
