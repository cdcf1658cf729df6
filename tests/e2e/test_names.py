# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A walk through every page, dialog and window: no control without an accessible name."""
import contextlib
import re
import sqlite3
import sys
import time

from gi.repository import GLib
from wuyoutest import Stage, check, run, wait_until
from wuyoutest.clerk import DEMO_PASSWORD, Clerk
from wuyoutest.sample import make_vin

MANAGER = "mu.zhiyuan@hengyuan.example"  # whose contracts wait for a signature and for money
CONTROLS = (
    "push button", "button", "toggle button", "check box", "radio button", "switch", "text", "entry", "password text",
    "combo box", "slider", "spin button", "link", "menu item", "list item", "tree table", "page tab",
)  # fmt: skip
# What GTK 4.8 says of a widget without a name is the name of its class.
NAMELESS = re.compile(r"^$|^(Gtk|Adw|Wuyou)[A-Z]\w+$")
# Parts of the toolkit that an application cannot name: the arrow inside a drop-down, the rows of its list, the cross of
# a toast, the inside of a calendar, the tabs of preferences and what stands in the window of shortcuts.
FOREIGN = re.compile(
    r"^combo box | (AdwToastWidget|GtkCalendar|GtkListView|GtkPopoverContent|AdwViewSwitcher|GtkShortcutsWindow)$"
)


class Walk:
    def __init__(self, app, language="zh_CN"):
        self.app = app
        self.clerk = Clerk(app, language)
        self.screen = app.stage.screen
        self.nameless = []
        self.seen = 0

    def look(self, where):
        """Every control that is shown now, in all windows."""
        for node in self.app.root.walk():
            try:
                if node.role in CONTROLS and self._is_ours(node):
                    self.seen += 1
                    if NAMELESS.search(node.name):
                        self.nameless.append(f"{where}: {' < '.join(self._path(node)[:6])}")
            except GLib.Error:  # gone since
                continue

    @staticmethod
    def _path(node):
        path = []
        while node is not None and node.role != "application":
            path.append(f"{node.role} {node.name}")
            node = node.parent
        return path

    def _is_ours(self, node):
        return not NAMELESS.search(node.name) or not any(map(FOREIGN.search, self._path(node)[1:]))

    def window(self, where, opening, *arguments):
        """What opens, looked at and closed again by Escape."""
        before = len(self.app.root.children)
        opening(*arguments)
        wait_until(lambda: len(self.app.root.children) > before, 20, what=f"the window of {where}")
        time.sleep(0.4)
        self.look(where)
        self.screen.key("Escape")
        wait_until(lambda: len(self.app.root.children) <= before, 10, what=f"the window of {where} to close")

    def press(self, text):
        self.clerk.reveal(self.clerk.button(text, timeout=20)).click()

    def menu(self, text):
        """Opened by the pointer: the button around has no action in GTK 4.8."""
        self.clerk.reveal(self.clerk.button(text, timeout=20)).press()
        time.sleep(0.5)
        self.look(text)

    def go_to(self, title):
        self.app.find("list item", self.clerk.word(title)).press()
        time.sleep(0.8)
        self.look(title)


def walk_before_work(stage, server):
    app = stage.start_app(server)
    walk = Walk(app)
    app.find("text", walk.clerk.word("E-mail"), timeout=30)
    walk.look("sign-in")
    walk.press("_Forgot password?")
    time.sleep(0.5)
    walk.look("forgotten password")
    walk.press("Back")
    walk.window("misuse", walk.press, "Report _misuse")
    walk.clerk.enter_account("qian.duo@anda.example")
    app.find("text", walk.clerk.word("Present password"), timeout=30)
    walk.look("first password")
    app.stop()
    app = stage.start_app(server)
    again = Walk(app)
    again.clerk.enter_account("wu.tong@anda.example")
    again.clerk.agree_button()
    again.look("agreements")
    again.window("decline", again.clerk.decline_button().click)
    app.stop()
    return walk.nameless + again.nameless, walk.seen + again.seen


def open_first(walk, state, step):
    """The first contract of that state, up to what is to be done with it next."""
    walk.app.find("push button", re.compile("^" + walk.clerk.word(state)), timeout=30).click()

    def is_open():
        """The rows of the last choice may still stand there when it is pressed."""
        walk.app.find("table cell", having=lambda node: node.maybe("label", re.compile("^WY-"))).press()
        time.sleep(0.8)
        return walk.app.maybe("push button", walk.clerk.named(step))

    wait_until(is_open, 30, what=f"a contract with {step}")


def change(server, sql):
    """Behind the back of everybody."""
    with contextlib.closing(sqlite3.connect(server.database.removeprefix("sqlite:"), timeout=20)) as database, database:
        check(database.execute(sql).rowcount > 0, "there was nothing to change")


def forget_who_is_there(server):
    """As five minutes after the last proof; the server asks its table again after three seconds."""
    change(server, "UPDATE sessions SET stepped_up_until = 0")
    time.sleep(3.2)


def walk_account(walk, server):
    """What Personal settings opens: each of it asks first who is there."""
    walk.app.find("list item", walk.clerk.word("Where you are signed in")).press()
    walk.clerk.sees("This one", timeout=30)
    walk.look("sessions")
    walk.window("sign out everywhere", walk.press, "Sign Out _Everywhere")
    forget_who_is_there(server)
    walk.press("Set Up…")
    window = walk.app.window(walk.clerk.word("Confirm"), timeout=30)
    walk.look("confirm")
    window.find("text", walk.clerk.word("Password")).set_text(DEMO_PASSWORD)
    window.find("push button", walk.clerk.named("_Confirm")).click()
    walk.app.window(walk.clerk.word("One-time codes"), timeout=30)
    walk.look("one-time codes")
    walk.clerk.close_window(walk.clerk.word("One-time codes"))


def walk_sales(walk):
    clerk = walk.clerk
    clerk.go_to_sales()
    walk.look("sales")
    clerk.search("没有这样的车主")
    time.sleep(0.8)
    walk.look("nothing found")
    clerk.search("")
    walk.window("verify", walk.press, "Verify a printed copy")
    open_first(walk, "Awaiting payment", "Register the payment")
    walk.window("payment", walk.press, "Register the payment")
    open_first(walk, "Awaiting signature", "Register the signed copy")
    walk.look("contract")
    walk.window("paper", walk.press, "_Print…")
    walk.window("signed copy", walk.press, "Register the signed copy")
    for step in ("Void", "Correct"):
        walk.menu("Other steps")
        walk.window(step, walk.press, step)
    walk.window("full value", walk.press, "Show the full value")
    clerk.new_contract()
    walk.look("form")
    walk.press("_Submit")
    time.sleep(0.5)
    walk.look("form with what is missing")
    walk.window("consent sheet", walk.press, "_Print the Sheet…")


def walk_conflict(walk, server):
    """The other change happens where the desktop cannot hear of it: in the data of a server that is away."""
    clerk, port = walk.clerk, server.port
    clerk.new_contract()
    clerk.enter("VIN", make_vin("LBV8V318", "T", "D", "550077"))
    clerk.wait_saved()
    server.stop()
    clerk.enter("Series", "3 系")
    change(server, "UPDATE contracts SET series = 'X5', version = version + 1 WHERE seq = (SELECT max(seq) FROM contracts)")
    walk.window("conflict", lambda: server.start(port=port))


def walk_work(stage, server):
    app = stage.start_app(server)
    walk = Walk(app)
    walk.clerk.sign_in(MANAGER)
    for title in ("Today", "Help and support", "Personal settings"):
        walk.go_to(title)
    walk_account(walk, server)
    walk_sales(walk)
    walk_conflict(walk, server)
    walk.menu("Main menu")
    walk.window("about", walk.app.find("menu item", walk.clerk.named("_About Wuyou")).click)
    for where, key in (("preferences", "ctrl+comma"), ("shortcuts", "ctrl+question"), ("outbox", "ctrl+shift+o"),
                       ("finder", "ctrl+k")):  # fmt: skip
        walk.window(where, stage.screen.key, key)
    stage.screen.key("ctrl+l")
    app.find("text", walk.clerk.word("Password"), timeout=20)
    walk.look("lock")
    app.stop()
    return walk.nameless, walk.seen


def test_every_control():
    with Stage() as stage:
        server = stage.start_server(contracts=120)
        before, seen_before = walk_before_work(stage, server)
        work, seen = walk_work(stage, server)
        print(f"# {seen_before + seen} controls seen")
        if before + work:
            raise AssertionError("controls without a name:\n" + "\n".join(before + work))
        if seen_before + seen < 300:
            raise AssertionError(f"only {seen_before + seen} controls were seen")


if __name__ == "__main__":
    sys.exit(run([("/names/every-control", test_every_control)]))
