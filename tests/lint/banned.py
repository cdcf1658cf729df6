# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Functions and words that have no place here, or only in one unit."""
import re

from common import files, main, read, search_lines, strip_c, unit_of

CALL = r"(?<![\w.>])(?:%s)\s*\("
EVERYWHERE = re.compile(CALL % "sprintf|vsprintf|strcpy|strcat|atoi|atol|atof|strtok|localtime|gmtime|system|gets|rand")
GTK = re.compile(r"\b(?:gtk|gdk|adw|GTK|ADW)_\w+|\b(?:Gtk|Gdk|Adw)[A-Z]\w+")
BLOCKING = re.compile(r"\w+_sync\s*\(")
FLOATING = re.compile(r"\b(?:float|double|gfloat|gdouble|g_ascii_strtod|strtod)\b")
BUILDS_TEXT = re.compile(CALL % "g_strdup_printf|g_string_append_printf|g_string_printf|g_strconcat|snprintf|g_snprintf")
STATEMENT = re.compile(r'"\s*(?:SELECT|INSERT|UPDATE|DELETE)\b')
CHARS = re.compile(r"\b(?:gchar|gint|gshort)\b")
CATCHES_TAB = re.compile(r"->grab_focus = ")
OPEN_ENDS = re.compile(r"\b(?:TODO|FIXME|XXX)\b")

# Statements composed from constant names, never from values; each with its reason.
COMPOSED_SQL = {
    "src/store/wuyou-db-postgres-search.c": "the name of an index table and numbered parameters",
    "src/store/wuyou-db-sqlite-backup.c": "the names of a table and of its columns",
    "src/store/wuyou-db-sqlite-search.c": "the name of an index table",
    "src/store/wuyou-record-list.c": "columns of a field table",
    "src/store/wuyou-record-load.c": "columns of a field table",
    "src/store/wuyou-record-sql.c": "columns of a field table",
}
# Where a floating number is neither money nor time.
NOT_MONEY = {
    "src/domain/consent/wuyou-read-tracker": "positions on the screen, as GtkAdjustment has them",
}


def in_units(pattern, units, what):
    for path in files(".c", ".h", under="src/"):
        if unit_of(path) in units:
            for number, line in search_lines(pattern, strip_c(read(path))):
                yield f"{path}:{number}: {what}: {line.strip()}"


def check_functions():
    for path in files(".c", ".h"):
        for number, line in search_lines(EVERYWHERE, strip_c(read(path))):
            yield f"{path}:{number}: unsafe or not thread-safe: {line.strip()}"


def check_gtk():
    return in_units(GTK, ("domain", "store", "papers", "decoder", "server"), "GTK belongs to the application")


def check_blocking():
    return in_units(BLOCKING, ("app",), "blocks the window")


def check_tab():
    """GTK 4.8 lets such a container take the focus back when its children let it go."""
    for problem in in_units(CATCHES_TAB, ("app",), "Tab does not get past this; see widgets/wuyou-focus.h"):
        if not problem.startswith("src/app/widgets/wuyou-focus.c"):
            yield problem


def check_money():
    for problem in in_units(FLOATING, ("domain", "store"), "money and time are integers"):
        if not problem.startswith(tuple(NOT_MONEY)):
            yield problem


def check_sql():
    unused = set(COMPOSED_SQL)
    for path in files(".c", under="src/"):
        if unit_of(path) not in ("store", "server"):
            continue
        text = strip_c(read(path), keep_strings=True)
        for call in BUILDS_TEXT.finditer(text):
            statement = text[call.start() : text.find(";", call.start())]
            if STATEMENT.search(statement):
                unused.discard(path)
                if path not in COMPOSED_SQL:
                    number = text.count("\n", 0, call.start()) + 1
                    yield f"{path}:{number}: SQL is composed from text; bind parameters, or name the reason in COMPOSED_SQL"
    for path in sorted(unused):
        yield f"{path}: is listed in COMPOSED_SQL without need"


def check_types():
    for path in files(".c", ".h"):
        for number, line in search_lines(CHARS, strip_c(read(path))):
            yield f"{path}:{number}: write char, int: {line.strip()}"


def check_open_ends():
    for path in files(".c", ".h", ".py", ".ui", ".sql", ".build", ".sh"):
        if path != "tests/lint/banned.py":
            for number, line in search_lines(OPEN_ENDS, read(path)):
                yield f"{path}:{number}: an issue, not a note in the source: {line.strip()}"


main([
    ("functions", check_functions),
    ("gtk", check_gtk),
    ("blocking calls", check_blocking),
    ("tab", check_tab),
    ("integers", check_money),
    ("sql", check_sql),
    ("types", check_types),
    ("open ends", check_open_ends),
])
