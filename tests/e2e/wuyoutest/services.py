# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The real services around the product: Secret Service, virus scanner, printing. Each is private to one test."""
import os
import shutil
import socket
import stat

from .process import Process, run_command, wait_until

# The industry's harmless test file, in two halves so that no scanner takes this source for it.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Keyring:
    """gnome-keyring with an unlocked collection. Before start() and after stop() there is no Secret Service."""

    def __init__(self, folder, env=None):
        self.folder = folder
        self.env = env  # of a session that is not the test's own
        self.process = None

    def start(self, password="testpw"):
        self.process = Process(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
            os.path.join(self.folder, "keyring.log"),
            self.env,
            stdin=password.encode(),
        )
        wait_until(self._answers, what="Secret Service")

    def _answers(self):
        return "login" in run_command(
            "gdbus", "call", "--session", "--dest", "org.freedesktop.secrets",
            "--object-path", "/org/freedesktop/secrets",
            "--method", "org.freedesktop.Secret.Service.ReadAlias", "default", env=self.env, check=False,
        )  # fmt: skip

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None


class Clamd:
    """The real scanner on hand-written signatures: the EICAR file, and any text with "WUYOU-TEST-VIRUS"."""

    def __init__(self, folder, more=""):
        self.folder = os.path.join(folder, "clamd")
        self.more = more  # of its configuration
        self.socket = os.path.join(self.folder, "socket")
        self.process = None

    def start(self):
        database = os.path.join(self.folder, "db")
        os.makedirs(database, exist_ok=True)
        with open(os.path.join(database, "test.ndb"), "w", encoding="ascii") as file:
            file.write(f"Test.Eicar:0:*:{EICAR.encode().hex()}\nTest.Wuyou:0:*:{b'WUYOU-TEST-VIRUS'.hex()}\n")
        config = os.path.join(self.folder, "clamd.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(
                f"LocalSocket {self.socket}\nDatabaseDirectory {database}\nTemporaryDirectory {self.folder}\n"
                "Foreground yes\nStreamMaxLength 100M\nMaxScanSize 200M\nMaxFileSize 100M\nBytecode no\n"
                f"AlertExceedsMax yes\n{self.more}"
            )
        self.process = Process(
            [shutil.which("clamd") or "/usr/sbin/clamd", "--config-file", config],
            os.path.join(self.folder, "clamd.log"),
        )
        wait_until(self._answers, 60, what="clamd")

    def _answers(self):
        self.process.expect_running()
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(self.socket)
            probe.sendall(b"PING\n")
            return probe.recv(16).startswith(b"PONG")

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None


# Keeps every job as the bytes that would have gone to paper, with its title, copies and options beside it.
CAPTURE_BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct capture "Unknown" "Capture"'; exit 0; }
dir=${DEVICE_URI#capture:}
cat ${6:+"$6"} >"$dir/job-$1.part"
printf '%s\\n%s\\n%s\\n%s\\n' "$2" "$3" "$4" "$5" >"$dir/job-$1.meta"
mv "$dir/job-$1.part" "$dir/job-$1.data"
"""


class Printers:
    """A private cupsd with one raw queue; what is printed appears as files. Needs root, as cupsd does."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "cups")
        self.jobs = os.path.join(self.folder, "jobs")
        self.address = None
        self.process = None

    @staticmethod
    def available():
        return os.geteuid() == 0 and os.path.exists("/usr/sbin/cupsd")

    def start(self, queue="counter"):
        for name in ("bin/backend", "root", "state", "cache", "spool/tmp", "jobs"):
            os.makedirs(os.path.join(self.folder, name), exist_ok=True)
        os.chmod(os.path.dirname(self.folder), 0o755)
        os.chmod(self.folder, 0o755)
        self._link_programs()
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        files, daemon = self._write_configuration(port)
        self.process = Process(["/usr/sbin/cupsd", "-f", "-c", daemon, "-s", files], f"{self.folder}/cupsd.log")
        wait_until(self._answers, 20, what="cupsd")
        self._client("lpadmin", "-p", queue, "-E", "-v", f"capture:{self.jobs}", "-m", "raw")
        self._client("lpadmin", "-d", queue)
        return queue

    def _link_programs(self):
        binaries = os.path.join(self.folder, "bin")
        for name in os.listdir("/usr/lib/cups"):
            if name != "backend" and not os.path.lexists(f"{binaries}/{name}"):
                os.symlink(f"/usr/lib/cups/{name}", f"{binaries}/{name}")
        backend = f"{binaries}/backend/capture"
        with open(backend, "w", encoding="utf-8") as file:
            file.write(CAPTURE_BACKEND)
        os.chmod(backend, stat.S_IRWXU)  # cupsd runs a backend that only root may execute as root

    def _write_configuration(self, port):
        root = self.folder
        files = f"{root}/cups-files.conf"
        with open(files, "w", encoding="utf-8") as file:
            file.write(
                f"ServerRoot {root}/root\nServerBin {root}/bin\nStateDir {root}/state\nCacheDir {root}/cache\n"
                f"RequestRoot {root}/spool\nTempDir {root}/spool/tmp\nAccessLog {root}/access_log\n"
                f"ErrorLog {root}/error_log\nPageLog {root}/page_log\nFileDevice Yes\n"
            )
        daemon = f"{root}/cupsd.conf"
        with open(daemon, "w", encoding="utf-8") as file:
            file.write(
                f"Listen 127.0.0.1:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\n"
                "<Location />\n  Order allow,deny\n  Allow all\n</Location>\n"
                "<Location /admin>\n  Order allow,deny\n  Allow all\n</Location>\n"
                "<Policy default>\n  <Limit All>\n    Order deny,allow\n    Allow all\n  </Limit>\n</Policy>\n"
            )
        return files, daemon

    def _client(self, *argv, check=True):
        return run_command(*argv, env={"CUPS_SERVER": self.address}, check=check)

    def _answers(self):
        self.process.expect_running()
        return "is running" in self._client("lpstat", "-r", check=False)

    def printed(self, count=1, timeout=20):
        """Paths of the finished jobs, at least count of them, in order; beside each .data a .meta with
        user, title, copies and options in four lines."""

        def probe():
            done = [name for name in os.listdir(self.jobs) if name.endswith(".data")]
            done.sort(key=lambda name: int(name[4:-5]))
            return [os.path.join(self.jobs, name) for name in done] if len(done) >= count else None

        return wait_until(probe, timeout, what=f"{count} printed jobs")

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None
