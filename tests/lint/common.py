# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""What the lint programs share: the files of the project, C without comments, and TAP."""
import os
import re
import subprocess
import sys

SOURCE = os.environ.get("WUYOU_SOURCE") or os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.environ.get("WUYOU_BUILD", os.path.join(SOURCE, "build"))
UNITS = ("domain", "store", "papers", "decoder", "server", "app")

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def list_files():
    """Paths below the source folder: what git knows or would add; of a bare copy, all but build folders."""
    try:
        listed = subprocess.run(
            ["git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
        return sorted({path for path in listed if path and os.path.isfile(os.path.join(SOURCE, path))})
    except (OSError, subprocess.CalledProcessError):
        found = []
        for folder, folders, names in os.walk(SOURCE):
            folders[:] = [name for name in folders if not name.startswith((".git", "build", "__pycache__"))]
            found += [os.path.relpath(os.path.join(folder, name), SOURCE) for name in names]
        return sorted(found)


FILES = list_files()


def files(*endings, under=""):
    return [path for path in FILES if path.endswith(endings) and path.startswith(under)]


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def run(*argv):
    """(status, output and errors together)"""
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=SOURCE, check=False)
    return done.returncode, done.stdout


def unit_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "src" else None


def strip_c(text, keep_strings=False):
    """Comments, and unless kept the contents of strings, become blanks; lines keep their numbers."""

    def blank(match):
        token = match.group()
        if token[0] == "/":
            return re.sub(r"[^\n]", " ", token)
        return token if keep_strings else token[0] + " " * (len(token) - 2) + token[0]

    return TOKEN.sub(blank, text)


def search_lines(pattern, text):
    """(number, line) of every line that matches."""
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def main(rules):
    """rules: (name, function) pairs; a function returns its problems. TAP on standard output, problems on the other,
    which the test runner shows."""
    failed = False
    print(f"1..{len(rules)}")
    for number, (name, rule) in enumerate(rules, 1):
        problems = list(rule())
        for problem in problems:
            print(problem.rstrip(), file=sys.stderr)
        failed = failed or bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} {name}", flush=True)
    sys.exit(1 if failed else 0)
