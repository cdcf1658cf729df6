# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Every file with strings for people is in POTFILES.in, and Chinese has every one of them."""
import os
import re
import tempfile

from common import SOURCE, files, main, read, run, strip_c

CALL = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*"')
MARKED = re.compile(r'translatable="(?:yes|true)"')
KEYWORDS = (
    "_ N_ C_:1c,2 NC_:1c,2 ngettext:1,2 g_dcgettext:2 g_dngettext:2,3 g_dpgettext2:2c,3"
).split()
CATALOGUE = "po/zh_CN.po"


def listed():
    return [line for line in read("po/POTFILES.in").splitlines() if line and not line.startswith("#")]


def has_strings(path):
    if path.endswith((".c", ".h")):
        return bool(CALL.search(strip_c(read(path), keep_strings=True)))
    if path.endswith(".ui"):
        return bool(MARKED.search(read(path)))
    return path.endswith((".desktop.in", ".metainfo.xml.in"))


def check_potfiles():
    names = listed()
    if names != sorted(names):
        yield "po/POTFILES.in is not sorted"
    wanted = {path for path in files("", under="src/") + files(".in", under="data/") if has_strings(path)}
    for path in sorted(wanted - set(names)):
        yield f"{path} has strings for people and is not in po/POTFILES.in"
    for path in sorted(set(names) - wanted):
        yield f"{path} is in po/POTFILES.in and has no strings, or is gone"


def check_catalogue():
    status, output = run("msgfmt", "--check", "--statistics", "-o", os.devnull, CATALOGUE)
    if status != 0 or "fuzzy" in output or "untranslated" in output:
        yield output


def check_complete():
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "wuyou.pot")
        status, output = run(
            "xgettext", "--from-code=UTF-8", "--force-po", "-o", template, "--files-from=po/POTFILES.in",
            *[f"--keyword={word}" for word in KEYWORDS],
        )  # fmt: skip
        if status != 0:
            yield output
            return
        status, output = run("msgcmp", CATALOGUE, template)
        if status != 0:
            yield output


RULES = [("POTFILES", check_potfiles)]
if 'msgid "' in read(CATALOGUE).split('msgid ""', 1)[1]:
    RULES += [("zh_CN is sound", check_catalogue), ("zh_CN has every string", check_complete)]
os.chdir(SOURCE)
main(RULES)
