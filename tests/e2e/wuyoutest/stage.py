# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""One scene: a folder, the screen, and every program that was started, taken down in reverse at its end."""
import json
import os
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.request

from .application import find_application
from .process import Process, run_command, wait_until
from .screen import Screen
from .services import Clamd, Keyring, Printers

SOURCE = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BUILD = os.environ.get("WUYOU_BUILD", os.path.join(SOURCE, "build"))


class Server:
    """wuyou-server on a database of its own. Stopping keeps the data; start() takes it up again."""

    def __init__(self, folder, database=None, build=BUILD):
        self.build = build
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.mail = os.path.join(folder, "mail")
        self.database = database or f"sqlite:{folder}/wuyou.db"
        self.accounts = ""
        self.env = {}  # of the server and wuyouctl
        self.address = None
        self.process = None
        self.began = 0  # its first start, in microseconds as the database has them
        os.makedirs(self.data, exist_ok=True)

    def ctl(self, *argv, check=True, stdin=None):
        """wuyouctl on this server's data; returns what it prints."""
        program = os.path.join(self.build, "src/server/wuyouctl")
        return run_command(program, "--db", self.database, "--data", self.data, *argv, check=check, stdin=stdin,
                           env=self.env)  # fmt: skip

    def init(self, operator="测试运营方", admin="admin@operator.example"):
        """Keys and an empty database; returns what it prints, the one-time password included."""
        return self.ctl("init", "--operator", operator, "--admin", admin)

    def fill(self, contracts=50, seed=1, days_ago=0):
        """Demo data as it stood then; accounts holds the printed list of accounts."""
        self.ctl("demo", "--contracts", contracts, "--seed", seed, "--days-ago", days_ago)
        self.accounts = self.ctl("demo", "--print-accounts")

    def start(self, *options, port=0):
        port_file = os.path.join(self.folder, "port")
        if os.path.exists(port_file):
            os.remove(port_file)
        self.began = self.began or int(time.time() * 1000000)
        self.process = Process(
            [
                os.path.join(self.build, "src/server/wuyou-server"), "--db", self.database, "--data", self.data,
                "--listen", f"127.0.0.1:{port}", "--spool", self.mail, "--port-file", port_file,
                *options,
            ],  # fmt: skip
            os.path.join(self.folder, "server.log"),
            self.env,
        )

        def listening():
            self.process.expect_running()
            return os.path.exists(port_file) and open(port_file, encoding="ascii").read().strip()

        self.address = "http://127.0.0.1:" + wait_until(listening, 60, what="server").rsplit(":", 1)[-1]
        return self

    def get(self, path, token=None, timeout=20):
        """(status, parsed JSON or bytes) of a GET, for looking behind the windows."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as reply:
                status, kind, body = reply.status, reply.headers.get_content_type(), reply.read()
        except urllib.error.HTTPError as error:
            status, kind, body = error.code, error.headers.get_content_type(), error.read()
        return status, json.loads(body) if kind.endswith("json") else body

    @property
    def port(self):
        return int(self.address.rsplit(":", 1)[-1])

    def stop(self):
        return self.process.stop() if self.process else None

    def kill(self):
        return self.process.kill()


class App:
    """The desktop application: its process and the root of its accessibility tree."""

    def __init__(self, stage, argv, env, log):
        self.stage = stage
        self.env = env
        self.process = Process(argv, log, env)
        self.root = None

    def connect(self, timeout=60):
        self.root = find_application(self.process.pid, self.stage.screen, timeout, self.process.expect_running)
        return self

    def find(self, role=None, name=None, having=None, timeout=10):
        self.process.expect_running()
        return self.root.find(role, name, having, timeout)

    def maybe(self, role=None, name=None, having=None):
        return self.root.maybe(role, name, having)

    def window(self, name=None, timeout=10):
        """The top-level window or dialog of that title."""

        def probe():
            self.process.expect_running()
            return next((child for child in self.root.children if child.matches(name=name)), None)

        return wait_until(probe, timeout, what=f"the window {name!r}")

    def action(self, name, *arguments):
        """An action of the application by its name, over D-Bus: proves logic, not the window."""
        run_command("gapplication", "action", "org.wuyou.Wuyou", name, *arguments, env=self.env)

    def quit(self, timeout=20):
        """Leaves as by Ctrl+Q and returns the exit status, so that a sanitizer can report leaks."""
        self.action("quit")
        return self.process.wait(timeout)

    def stop(self):
        return self.process.stop()

    def kill(self):
        return self.process.kill()


class Stage:
    """Context manager; see the package's documentation."""

    def __init__(self, build=BUILD, keep=None):
        self.build = build
        self.folder = keep or tempfile.mkdtemp(prefix="wuyou-stage-")
        self.keep = keep is not None
        os.makedirs(self.folder, exist_ok=True)
        self.screen = Screen(self.folder)
        self.keyring = Keyring(self.folder)
        self.clamd = Clamd(self.folder)
        self.printers = Printers(self.folder)
        self._running = []
        self._number = 0

    def __enter__(self):
        self.screen.start_window_manager()
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            self.report()
        for thing in reversed(self._running):
            thing.stop()
        self.screen.stop()
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def report(self):
        """What a failed scene leaves for its reader: the ends of the logs and a picture."""
        for thing in self._running:
            process = getattr(thing, "process", None)
            if process is not None:
                print(f"# {process.argv[0]}, end of its log:", file=sys.stderr)
                print(process.log[-3000:], file=sys.stderr)
        picture = os.environ.get("WUYOU_FAILURE_SHOTS")
        if picture:
            os.makedirs(picture, exist_ok=True)
            self.screen.shot(os.path.join(picture, f"failure-{time.strftime('%H%M%S')}-{os.getpid()}.png"))

    def own(self, thing):
        """Anything with stop() that shall end with the scene."""
        self._running.append(thing)
        return thing

    def path(self, name):
        self._number += 1
        return os.path.join(self.folder, f"{self._number:02}-{name}")

    def start_keyring(self):
        self.keyring.start()
        return self.own(self.keyring)

    def start_clamd(self):
        self.clamd.start()
        return self.own(self.clamd)

    def start_printers(self):
        """Returns the name of the default queue."""
        queue = self.printers.start()
        self.own(self.printers)
        return queue

    def start_server(self, contracts=50, seed=1, options=(), database=None, env=None, days_ago=0):
        """A server with demo data, or with contracts None as "wuyouctl init" leaves it."""
        server = Server(self.path("server"), database, self.build)
        server.env = env or {}
        if contracts is None:
            server.init()
        else:
            server.fill(contracts, seed, days_ago)
        if self.clamd.process:
            options = (*options, "--clamd", self.clamd.socket)
        return self.own(server.start(*options))

    def start_app(self, server=None, argv=(), env=None, connect=True, address=None):
        """Signed out, unless an earlier one of this scene left its token; connect waits for its window."""
        settings = dict(env or {})
        settings.setdefault("WUYOU_SERVER", address or (server.address if server else "http://127.0.0.1:9"))
        settings.setdefault("GSETTINGS_SCHEMA_DIR", os.path.join(self.build, "data"))
        settings.setdefault("TEXTDOMAINDIR", os.path.join(self.build, "po"))
        settings.setdefault("XDG_DATA_DIRS", os.path.join(SOURCE, "data") + ":/usr/local/share:/usr/share")
        if self.printers.address:
            settings.setdefault("CUPS_SERVER", self.printers.address)
        program = os.path.join(self.build, "src/app/wuyou")
        app = self.own(App(self, [program, *argv], settings, self.path("app.log")))
        return app.connect() if connect else app
