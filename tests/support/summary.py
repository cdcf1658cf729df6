# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""summary.py TESTLOG.json MESON_STATUS: one line that counts every TAP subtest of a meson test run.

The exit status is 0 only when nothing failed, something passed and meson itself was content."""
import json
import os
import re
import sys

RESULT = re.compile(r"^(?P<indent>\s*)(?P<bad>not )?ok\b(?P<text>.*)$")


def count_tap(text):
    """Counts leaves: the line that closes a nested group is not a test of its own."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    depth = 0
    for line in text.splitlines():
        match = RESULT.match(line)
        if not match:
            continue
        indent = len(match["indent"])
        closes_group, depth = indent < depth, indent
        if closes_group:
            continue
        if "# SKIP" in match["text"].upper():
            counts["skipped"] += 1
        elif match["bad"]:
            counts["failed"] += 1
        else:
            counts["passed"] += 1
    return counts


def count_program(entry):
    counts = count_tap(entry.get("stdout") or "")
    result = entry["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        if not any(counts.values()):
            counts["passed"] = 1
    elif result == "SKIP":
        if not any(counts.values()):
            counts["skipped"] = 1
    elif not counts["failed"]:
        counts["failed"] = 1  # crashed, timed out, or leaked at its end
    return counts


def main():
    total = {"passed": 0, "failed": 0, "skipped": 0}
    # Without any test meson writes no log, and that is no success.
    with open(sys.argv[1] if os.path.exists(sys.argv[1]) else os.devnull, encoding="utf-8") as log:
        for line in log:
            for key, value in count_program(json.loads(line)).items():
                total[key] += value
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**total))
    return 0 if not total["failed"] and total["passed"] and sys.argv[2] == "0" else 1


if __name__ == "__main__":
    sys.exit(main())
