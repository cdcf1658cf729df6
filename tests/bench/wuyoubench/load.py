# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""wrk as the client, and floors that are asked for one turn at a time."""
import json
import os
import subprocess

from wuyoutest.process import run_command

HERE = os.path.dirname(os.path.realpath(__file__))
CLIENT = "client wrk, 1 thread"


def wrk(address, kind, lines, token, seconds, connections, first=1):
    """Result of one run; kind: paths or bodies, lines: a file of them."""
    seconds = max(1, round(seconds))  # wrk knows whole seconds only
    out = run_command(
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", os.path.join(HERE, "../wrk.lua"),
        address, "--", kind, lines, first, token,
    )  # fmt: skip
    result = json.loads(out.splitlines()[-1])
    if result["refused"] or result["broken"] or not result["requests"]:
        raise AssertionError(f"requests failed: {result}")
    return result


def rate(result):
    return result["requests"] / result["seconds"]


class Floor:
    """A program that says one line when it is ready and answers each line it is sent with a line."""

    def __init__(self, *argv):
        self.child = subprocess.Popen([str(word) for word in argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = self._read()

    def _read(self):
        line = self.child.stdout.readline().strip()
        if not line:
            raise AssertionError(f"the floor ended: {self.child.args}")
        return line

    def ask(self, word):
        self.child.stdin.write(f"{word}\n")
        self.child.stdin.flush()
        return float(self._read())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.child.stdin.close()
        self.child.wait(60)
        self.child.stdout.close()
