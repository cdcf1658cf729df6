# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""shots.py DIR [PATTERN]: a picture of every page and dialog as page-language-look-size.png, to be looked at one by one.

Looks are light, dark, contrast (high contrast), large (text at 200 %), empty (a dealership without contracts) and away
(no server from the start); with a PATTERN only those of which language-look matches it, as "en-large"."""
import os
import re
import sys
import time

from gi.repository import GLib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from wuyoutest import Stage, wait_until  # noqa: E402
from wuyoutest.clerk import DEMO_PASSWORD, Clerk  # noqa: E402
from wuyoutest.process import run_command  # noqa: E402

SIZES = {"wide": (1240, 820), "middle": (980, 760), "narrow": (460, 780), "slim": (360, 640)}
LOOKS = {
    "light": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light", "ADW_DEBUG_HIGH_CONTRAST": "1"},
    "large": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"},
    "empty": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"},
    "away": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"},
}
MANAGER = "li.weidong@anda.example"


class Shots:
    def __init__(self, stage, folder, language, look):
        self.stage = stage
        self.folder = folder
        self.language = language
        self.look = look
        self.failed = []

    def start(self, server):
        env = {"LANGUAGE": self.language, **LOOKS[self.look]}
        self.set_text_size(2 if self.look == "large" else 1)
        app = self.stage.start_app(server, env=env)
        return app, Clerk(app, self.language)

    @staticmethod
    def set_text_size(factor):
        """As an X resource: there is no desktop here that would tell it."""
        run_command("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", f"Xft.dpi:\t{96 * factor}\n")

    def shot(self, page, clerk, sizes=tuple(SIZES)):
        """The page at every size; windows of fixed size only once."""
        main = [child for child in clerk.app.root.children if child.role == "frame"][0]
        window = main.window_id
        for size in sizes:
            self.stage.screen.resize(window, *SIZES[size])
            time.sleep(0.3)
            self.picture(page, size)
        self.stage.screen.resize(window, *SIZES["wide"])

    def picture(self, page, size="wide"):
        language = self.language.replace("_", "-")
        path = os.path.join(self.folder, f"{page}-{language}-{self.look}-{size}.png")
        self.stage.screen.settled_shot(path, timeout=2)

    def attempt(self, name, function, *arguments):
        """One page that does not open must not hide the others."""
        try:
            function(*arguments)
        except (AssertionError, GLib.Error, NotImplementedError) as error:  # the latter: of what is gone from the screen
            self.failed.append(f"{name}-{self.language}-{self.look}: {(str(error) or repr(error)).splitlines()[0]}")
            self.stage.screen.key("Escape")

    def gate(self, server, page, email, sign):
        """What stands between that account and the work; sign finds a part of it."""
        app, clerk = self.start(server)
        clerk.enter_account(email)
        sign(clerk)
        time.sleep(0.5)
        self.shot(page, clerk)
        app.stop()

    def gates(self, server):
        for page, email, sign in (
            ("first-password", "qian.duo@anda.example", lambda clerk: clerk.field("Present password")),
            ("agreements", "wu.tong@anda.example", lambda clerk: clerk.agree_button()),
            ("codes", "fang.xin@antu.example", lambda clerk: clerk.app.find("text", clerk.word("First code"), timeout=30)),
        ):
            self.attempt(page, self.gate, server, page, email, sign)

    def before_work(self, server):
        app, clerk = self.start(server)
        app.find("text", clerk.word("E-mail"), timeout=30)
        self.shot("sign-in", clerk)
        clerk.enter_account(MANAGER, "not the password")
        time.sleep(2)
        self.shot("sign-in-refused", clerk, ("wide", "slim"))
        app.stop()

    def away(self):
        app, clerk = self.start(None)
        app.find("text", clerk.word("E-mail"), timeout=30)
        clerk.enter_account(MANAGER)
        time.sleep(3)
        self.shot("sign-in", clerk)
        app.stop()

    def dialog(self, clerk, page, key):
        before = len(clerk.app.root.children)
        self.stage.screen.key(key)
        wait_until(lambda: len(clerk.app.root.children) > before, 10, what=f"the window of {page}")
        self.window(clerk, page, before)

    def pressed(self, clerk, page, button, act=lambda node: node.click()):
        """What a button opens: unlike a key it does not depend on where the focus is by now."""
        before = len(clerk.app.root.children)
        act(button)
        wait_until(lambda: len(clerk.app.root.children) > before, 10, what=f"the window of {page}")
        self.window(clerk, page, before)

    def window(self, clerk, page, before):
        time.sleep(0.5)
        self.picture(page)
        self.stage.screen.key("Escape")
        wait_until(lambda: len(clerk.app.root.children) <= before, 10, what=f"the window of {page} to close")

    def page(self, clerk, name, key):
        self.stage.screen.key(key)
        time.sleep(1.2)
        self.shot(name, clerk)

    def new_email(self, clerk):
        """The row that waits for the code which was mailed."""
        self.stage.screen.key("ctrl+0")
        clerk.app.find("text", clerk.word("E-mail"), timeout=20).type_text("li.weidong@new.example")
        self.stage.screen.key("Return")
        code = clerk.app.find("text", clerk.word("Code from the e-mail"), timeout=20)
        self.shot("personal-email", clerk, ("wide", "slim"))
        code.set_text("")

    def agreement(self, clerk):
        """What was agreed to, read again."""
        self.stage.screen.key("ctrl+0")
        title = clerk.app.find("label", clerk.word("Agreements"), timeout=20)
        clerk.reveal(title).press()
        row = clerk.app.find("list item", having=lambda node: node.description == clerk.word("Read the text and save a copy"))
        self.pressed(clerk, "agreement", clerk.reveal(row), act=lambda node: node.press())

    def sales(self, clerk):
        clerk.go_to_sales()
        time.sleep(1)
        self.shot("sales", clerk)
        if self.look == "empty":
            return
        self.stage.screen.key("Down", "Down", "Return")
        time.sleep(1)
        self.shot("sales-detail", clerk)
        self.stage.screen.key("ctrl+2", "ctrl+f")
        clerk.search("没有这样的车主")
        time.sleep(1)
        self.shot("sales-nothing-found", clerk)
        clerk.search("")

    def steps(self, clerk):
        """What opens from a contract that waits for its signature."""
        self.stage.screen.key("ctrl+2")
        clerk.search("")
        clerk.app.find("push button", re.compile("^" + clerk.word("To sign"))).click()
        time.sleep(1)
        self.stage.screen.key("Escape", "Home", "Down", "Up", "Return")
        self.pressed(clerk, "sign", clerk.button("Register the signed copy", timeout=20))
        self.dialog(clerk, "print", "ctrl+p")
        self.pressed(clerk, "verify", clerk.button("Verify a printed copy"))
        clerk.app.find("push button", re.compile("^" + clerk.word("All") + "$")).click()

    def ends(self, clerk):
        """What ends a contract in force."""
        self.stage.screen.key("ctrl+2")
        clerk.search("")
        clerk.app.find("push button", re.compile("^" + clerk.word("In force"))).click()
        time.sleep(1)
        self.stage.screen.key("Escape", "Home", "Down", "Up", "Return")
        for step, page in (("Request cancellation", "request-cancel"), ("End by transfer", "transfer")):
            time.sleep(1)  # the contract is read again when a window over it closes
            clerk.reveal(clerk.button("Other steps", timeout=20)).press()  # the button around has no action in GTK 4.8
            time.sleep(0.5)
            self.pressed(clerk, page, clerk.button(step, timeout=20))
        clerk.app.find("push button", re.compile("^" + clerk.word("All") + "$")).click()

    def form(self, clerk):
        clerk.go_to_sales()
        clerk.new_contract()
        self.stage.screen.type("LBV8V3187TD730816")
        time.sleep(1)
        self.shot("contract-form", clerk)
        clerk.reveal(clerk.field("Product", "combo box"))
        self.shot("contract-form-price", clerk, ("wide", "slim"))
        clerk.reveal(clerk.button("_Submit"))
        self.shot("contract-form-end", clerk, ("wide", "slim"))
        clerk.reveal(clerk.button("_Submit")).click()
        time.sleep(0.5)
        self.shot("contract-form-missing", clerk)
        self.stage.screen.key("alt+Left")

    def lock(self, clerk):
        self.stage.screen.key("ctrl+l")
        time.sleep(1)
        self.shot("lock", clerk)
        clerk.app.find("text", clerk.word("Password")).set_text(DEMO_PASSWORD)
        self.stage.screen.key("Return")
        clerk.app.find("list", clerk.word("Pages"), timeout=60)

    def offline(self, clerk, server):
        port = server.port
        server.kill()
        for page, key in (("offline", "ctrl+1"), ("offline-sales", "ctrl+2")):
            self.stage.screen.key(key, "F5")
            time.sleep(4)
            self.shot(page, clerk)
        server.start(port=port)

    def work(self, server):
        app, clerk = self.start(server)
        clerk.sign_in(MANAGER)
        for name, key in (("today", "ctrl+1"), ("help", "ctrl+9"), ("personal", "ctrl+0")):
            self.attempt(name, self.page, clerk, name, key)
        self.attempt("new-email", self.new_email, clerk)
        if self.look != "empty":
            self.attempt("agreement", self.agreement, clerk)
        self.attempt("sales", self.sales, clerk)
        for name, key in (("preferences", "ctrl+comma"), ("shortcuts", "ctrl+question"), ("outbox", "ctrl+shift+o"),
                          ("finder", "ctrl+k")):  # fmt: skip
            self.attempt(name, self.dialog, clerk, name, key)
        if self.look != "empty":
            self.attempt("steps", self.steps, clerk)
            self.attempt("ends", self.ends, clerk)
        self.attempt("form", self.form, clerk)
        self.attempt("lock", self.lock, clerk)
        self.attempt("offline", self.offline, clerk, server)
        app.stop()

    def take(self, servers):
        if self.look == "away":
            self.attempt("away", self.away)
            return
        server = servers(0 if self.look == "empty" else 120)
        if self.look != "empty":
            self.attempt("before-work", self.before_work, server)
            self.gates(server)
        self.attempt("work", self.work, server)


def take_shots(folder, pattern):
    failed = []
    started = {}
    with Stage() as stage:

        def servers(contracts):
            if contracts not in started:
                started[contracts] = stage.start_server(contracts=contracts)
            return started[contracts]

        stage.start_keyring()
        for language in ("zh_CN", "en"):
            for look in LOOKS:
                if not re.search(pattern, f"{language}-{look}"):
                    continue
                shots = Shots(stage, folder, language, look)
                shots.take(servers)
                failed += shots.failed
    return failed


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    os.makedirs(sys.argv[1], exist_ok=True)
    problems = take_shots(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "")
    sys.exit("\n".join(problems) if problems else 0)
