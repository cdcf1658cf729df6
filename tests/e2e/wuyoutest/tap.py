# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A small TAP runner."""
import sys
import traceback

SHOWN = 40  # lines of a message on standard error, of which meson shows the last hundred and nothing of the other


class Skip(Exception):
    """The test does not apply here; its message says why."""


def skip(reason):
    raise Skip(reason)


def check(condition, message="check failed"):
    if not condition:
        raise AssertionError(message)


def equal(actual, expected, what="value"):
    if actual != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {actual!r}")


def report(lines):
    """All of it as TAP, and what fits where a run that failed is read."""
    for line in lines:
        print(f"# {line}")
    message = next((number for number, line in enumerate(lines) if line and not line[0].isspace() and number > 0), 0)
    print("\n".join(lines[: message + SHOWN]), file=sys.stderr, flush=True)


def run(tests, only=None):
    """Runs (name, function) pairs, prints TAP and returns the exit status."""
    tests = [(name, function) for name, function in tests if not only or only in name]
    print(f"1..{len(tests)}", flush=True)
    failed = False
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except Exception:
            failed = True
            report(traceback.format_exc().splitlines())
            print(f"not ok {number} {name}", flush=True)
    sys.stdout.flush()
    return 1 if failed else 0
