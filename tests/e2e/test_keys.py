# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The keys of the lists, pressed: nothing here is done with the pointer."""
import os
import re
import sys

from wuyoutest import Stage, equal, run, wait_until
from wuyoutest.clerk import Clerk
from wuyoutest.names import is_vertical_range

MANAGER = "li.weidong@anda.example"
NUMBER = re.compile(r"^WY-\d{4}-\d{7}$")
# Through every page and back: more names than the table that GLib does not free, as in the test of the agreements.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


class Desk:
    """The list of contracts, found by one search, in a wide window."""

    def __init__(self, stage):
        self.keys = stage.screen.key
        self.type = stage.screen.type
        self.app = stage.start_app(stage.start_server(contracts=40))
        self.clerk = Clerk(self.app)
        self.clerk.sign_in(MANAGER)
        self.clerk.go_to_sales()
        self.search = self.app.find("text", self.clerk.word("Search contracts"))
        self.app.find("table cell", timeout=30)

    def go_to_today(self):
        """And there before the next key, as a person would be."""
        self.keys("ctrl+1")
        wait_until(lambda: not self.app.maybe("text", self.clerk.word("Search contracts")), 20, what="Today in front")

    def is_told(self, key, sentence):
        """Pressed again each time it is looked for: a toast may be gone before a slow walk comes to it."""
        self.keys(key)
        return self.app.maybe("label", re.compile(re.escape(self.clerk.word(sentence))))

    def places(self):
        """How far each pane is scrolled."""
        return [bar.value for bar in self.app.root.find_all(having=is_vertical_range)]


def test_search_and_open():
    """Typing anywhere searches, Down goes to what was found, Enter opens it, Space reads on."""
    with Stage() as stage:
        stage.start_keyring()
        desk = Desk(stage)
        serial = desk.app.find("label", NUMBER).name[-7:]
        desk.keys("Down", "Down")
        desk.type(serial)
        wait_until(lambda: desk.search.text == serial, what="typing to search")
        desk.app.find("label", desk.clerk.total(1), timeout=20)
        desk.keys("Down")
        wait_until(lambda: desk.app.maybe("label", desk.clerk.word("Timeline")), 20, what="the contract beside the list")
        before = desk.places()
        desk.keys("space")
        wait_until(lambda: sum(desk.places()) > sum(before), what="space to read on")
        equal(desk.search.text, serial, "what is searched for after space")
        desk.keys("ctrl+f", "ctrl+a", "BackSpace")
        wait_until(lambda: desk.search.text == "", what="Ctrl+F to search")
        equal(desk.app.quit(60), 0, "exit status")


def test_actions():
    """New, back, print, help and the finder, from wherever one stands."""
    with Stage() as stage:
        stage.start_keyring()
        desk = Desk(stage)
        clerk, app = desk.clerk, desk.app
        desk.go_to_today()
        desk.keys("ctrl+n")
        app.find("text", clerk.word("VIN"), timeout=30)
        desk.keys("ctrl+s")
        desk.keys("alt+Left")
        wait_until(lambda: not (app.maybe("text", clerk.word("VIN")) or None), 20, what="the form to close")
        desk.go_to_today()
        wait_until(lambda: desk.is_told("ctrl+p", "There is nothing to print here."), 30, what="a word about printing")
        desk.keys("F1")
        clerk.sees("What each page is for", timeout=20)
        desk.keys("ctrl+k")
        window = app.window(clerk.word("Find"), timeout=20)
        window.find("text", clerk.word("Find an action or a record"))
        desk.type(clerk.word("New contract"))
        wait_until(lambda: window.maybe("label", clerk.word("New contract")), what="the action in the finder")
        desk.keys("Return")
        app.find("text", clerk.word("VIN"), timeout=30)
        equal(app.quit(60), 0, "exit status")


if __name__ == "__main__":
    tests = [("keys: search, open, read on", test_search_and_open), ("keys: actions", test_actions)]
    sys.exit(run(tests, sys.argv[1] if len(sys.argv) > 1 else None))
