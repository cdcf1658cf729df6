# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Child processes that never outlive their test, and waiting that never hangs it."""
import os
import signal
import subprocess
import time


# Sanitizers and busy machines: all waiting is longer by this factor.
PATIENCE = float(os.environ.get("WUYOU_PATIENCE", "1"))


class Timeout(AssertionError):
    """What was waited for did not happen."""


def wait_until(probe, timeout=10, step=0.05, what="condition"):
    """Calls probe until it returns something true, and returns that. Errors of vanished objects count as not yet."""
    end = time.monotonic() + timeout * PATIENCE
    last = None
    while True:
        try:
            result = probe()
            if result:
                return result
            last = None
        except AssertionError:
            raise
        except Exception as error:  # accessible objects vanish between two calls
            last = error
        if time.monotonic() > end:
            raise Timeout(f"{what}: not within {timeout * PATIENCE:g} s" + (f" ({last})" if last else ""))
        time.sleep(step)


class Process:
    """One program with its log file; the log is read for readiness and shown when something fails."""

    def __init__(self, argv, log, env=None, stdin=None, cwd=None):
        self.argv = [str(word) for word in argv]
        self.log_path = str(log)
        self._log = open(self.log_path, "ab")
        self.child = subprocess.Popen(
            self.argv,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=cwd,
        )
        if stdin is not None:
            self.child.stdin.write(stdin)
            self.child.stdin.close()

    @property
    def pid(self):
        return self.child.pid

    @property
    def running(self):
        return self.child.poll() is None

    @property
    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def expect_running(self):
        if not self.running:
            raise AssertionError(f"{self.argv[0]} ended with {self.child.returncode}:\n{self.log[-4000:]}")

    def stop(self, timeout=20):
        """Asks politely, then not; returns the exit status (negative: the signal)."""
        if self.running:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(timeout * PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()
        return self.child.returncode

    def kill(self):
        """kill -9, as a crash or a power cut would."""
        if self.running:
            self.child.kill()
        return self.child.wait()

    def wait(self, timeout=20):
        return self.child.wait(timeout * PATIENCE)


def run_command(*argv, env=None, stdin=None, check=True, timeout=120):
    """Runs to the end and returns standard output."""
    done = subprocess.run(
        [str(word) for word in argv],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=timeout * PATIENCE,
        text=True,
        check=False,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, argv))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout
