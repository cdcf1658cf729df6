# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A person with a computer of their own: session bus, keyring and home, on the screen of the stage.

The application is one program for a session; several people at once are several sessions."""
import base64
import hashlib
import hmac
import os
import re
import struct
import time

from .clerk import Clerk
from .process import Process, run_command, wait_until
from .services import Keyring


def one_time_code(secret, at=None):
    """RFC 6238 with its defaults."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Desk:
    def __init__(self, stage, server, email, language="zh_CN", clerk_type=Clerk, place=0):
        self.stage = stage
        self.server = server
        self.email = email
        self.language = language
        self.env = self._make_home(stage.path(email.split("@", 1)[0]))
        self.bus = stage.own(self._start_bus())
        self.keyring = stage.own(Keyring(self.env["HOME"], self.env))
        self.keyring.start()
        self.app = stage.start_app(server, env={"LANGUAGE": language, **self.env})
        self.clerk = clerk_type(self.app, language)
        self.sign_in()
        run_command("xdotool", "windowmove", "--sync", self.main.window_id, 4 + 8 * place, 4 + 8 * place)

    @staticmethod
    def _make_home(home):
        env = {"HOME": home, "XDG_RUNTIME_DIR": os.path.join(home, "run")}
        for name, folder in (("DATA", ".local/share"), ("CONFIG", ".config"), ("CACHE", ".cache")):
            env[f"XDG_{name}_HOME"] = os.path.join(home, folder)
        for folder in env.values():
            os.makedirs(folder, mode=0o700, exist_ok=True)
        return env

    def _start_bus(self):
        """A bus as that of the test, see with-session.sh; the tree of accessibility is one for the screen."""
        answer = run_command("gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                             "--method", "org.a11y.Bus.GetAddress")  # fmt: skip
        self.env["AT_SPI_BUS_ADDRESS"] = re.search(r"'(.*)'", answer).group(1)
        address = f"unix:path={self.env['XDG_RUNTIME_DIR']}/bus"
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        config = os.path.join(os.environ["HOME"], "session.conf")
        log = os.path.join(self.env["HOME"], "bus.log")
        bus = Process(["dbus-daemon", "--nofork", "--config-file", config, "--address", address], log, self.env)
        wait_until(lambda: os.path.exists(f"{self.env['XDG_RUNTIME_DIR']}/bus"), what="a session bus")
        return bus

    def sign_in(self):
        clerk = self.clerk
        clerk.enter_account(self.email)
        secret = re.search(re.escape(self.email) + r".*TOTP (\w+)", self.server.accounts)
        if secret is not None:
            row = self.app.find("text", clerk.word("One-time code"), timeout=60)
            clerk.put(row, one_time_code(secret.group(1)))
            clerk.press(clerk.button("_Sign In"))
        self.app.find("list", clerk.word("Pages"), timeout=60)

    @property
    def main(self):
        return next(child for child in self.app.root.children if child.role == "frame")

    def front(self):
        """The window before those of the others, with the keyboard."""
        run_command("xdotool", "windowactivate", "--sync", self.main.window_id)
        return self.clerk
