# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Licence lines on every file, config.h first in every C source, a guard in every header."""
import os
import re

from common import files, main, read

LICENCE = "SPDX-License-Identifier: "
COPYRIGHT = "SPDX-FileCopyrightText: "
ENDINGS = (".c", ".h", ".py", ".sh", ".ui", ".xml", ".css", ".sql", ".svg", ".build", ".conf", ".service", ".in", ".po")
NAMES = ("run", "LINGUAS", "POTFILES.in", ".clang-format", ".gitignore")
INCLUDE = re.compile(r"^\s*#\s*include\s+(\S+)", re.M)
C_HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later\n * SPDX-FileCopyrightText: The Wuyou authors */\n"


def check_licence():
    for path in files(""):
        named = os.path.basename(path) in NAMES and path != ".gitignore"
        if not named and not path.endswith(ENDINGS) or path.startswith(("LICENSES/", "tests/fixtures/", "po/parts/")):
            continue
        head = read(path)[:800]
        if LICENCE not in head or COPYRIGHT not in head:
            yield f"{path}: the SPDX lines are missing"


def check_head():
    for path in files(".c", ".h"):
        text = read(path)
        if not text.startswith(C_HEAD):
            yield f"{path}: does not begin with the two SPDX lines"
        first = INCLUDE.search(text)
        if path.endswith(".c") and (not first or first.group(1) != '"config.h"'):
            yield f"{path}: config.h is not its first include"


def check_guard():
    for path in files(".h"):
        if "#pragma once" not in read(path):
            yield f"{path}: no #pragma once"


main([("licence", check_licence), ("config.h", check_head), ("pragma once", check_guard)])
