# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Nothing of one person's machine stands in the tree."""
import re

from common import files, main, read

TRACES = re.compile(
    r"(?:^|[\s\"'=(:])(?:/home/\w|/root/\.|/work/|/Users/\w|[A-Z]:\\Users)|\b(?:localhost\.localdomain|10\.\d+\.\d+\.\d+)\b",
    re.M,
)
CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.M)
TEXT = (".c", ".h", ".py", ".sh", ".ui", ".xml", ".in", ".sql", ".md", ".json", ".build", ".po", ".conf", ".service", "run")


def lines(pattern):
    for path in files(*TEXT):
        if path == "tests/lint/traces.py":
            continue
        text = read(path)
        for match in pattern.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, match.end()) + 1}: {match.group().strip()}"


def check_paths():
    return lines(TRACES)


def check_conflicts():
    return lines(CONFLICT)


main([("paths of one machine", check_paths), ("conflict marks", check_conflicts)])
