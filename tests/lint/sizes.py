# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""How large things may grow. There is no list of exceptions: split the file or the function."""
import re

from common import files, main, read

LIMITS = [
    # ending, folder, most lines
    (".c", "src/", 1000),
    (".h", "src/", 120),
    (".ui", "src/", 400),
    (".c", "tests/", 1200),
    (".h", "tests/", 160),
    (".py", "tests/", 1000),
]
FUNCTION_LINES = 100
FUNCTION_NAME = re.compile(r"^(\w+) \(")


def check_files():
    for ending, folder, limit in LIMITS:
        for path in files(ending, under=folder):
            count = read(path).count("\n")
            if count > limit:
                yield f"{path}: {count} lines, the limit is {limit}"


def functions(text):
    """(name, lines of the body): the formatter puts name and both braces of a definition at column 0."""
    name, start = None, None
    for number, line in enumerate(text.splitlines(), 1):
        match = FUNCTION_NAME.match(line)
        if match:
            name = match.group(1)
        elif line == "{":
            start = number
        elif line == "}" and start:
            yield name, number - start - 1
            start = None


def check_functions():
    for path in files(".c"):
        for name, lines in functions(read(path)):
            if lines > FUNCTION_LINES:
                yield f"{path}: {name} has {lines} lines, the limit is {FUNCTION_LINES}"


main([("files", check_files), ("functions", check_functions)])
