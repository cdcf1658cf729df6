# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""C is laid out as .clang-format says; the difference printed here is the patch to apply."""
import difflib
import os
import re
import subprocess

from common import SOURCE, files, main, read, run

VERSION = 14  # of Debian 12; another lays out some lines differently


def installed_version():
    match = re.search(r"version (\d+)", run("clang-format", "--version")[1])
    return int(match.group(1)) if match else 0


def format_problem(path):
    text = read(path)
    done = subprocess.run(
        ["clang-format", f"--assume-filename={path}"],
        input=text,
        capture_output=True,
        text=True,
        cwd=SOURCE,
        check=False,
    )
    if done.returncode != 0:
        return f"{path}: {done.stderr}"
    return "".join(difflib.unified_diff(text.splitlines(True), done.stdout.splitlines(True), f"a/{path}", f"b/{path}"))


def check_format():
    """One start of the program for all files, as it takes longer to start than to read a file; then the patches."""
    paths = files(".c", ".h", under="src/") + files(".c", ".h", under="tests/")
    status, output = run("clang-format", "--dry-run", "--Werror", *paths)
    named = sorted(set(re.findall(r"^(\S+?):\d+:\d+: error:", output, re.M)))
    if status != 0 and not named:
        return [output]
    return [problem for problem in map(format_problem, named) if problem]


if installed_version() == VERSION:
    main([("clang-format", check_format)])
print(f"1..1\nok 1 clang-format # SKIP the tree is laid out by version {VERSION}, here is {installed_version()}")
