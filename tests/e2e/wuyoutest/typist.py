# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A clerk without a mouse: every act is a key, the tree is only read to know where one stands."""
import time

import pyatspi

from .clerk import Clerk
from .process import wait_until
from .tree import Node, pump

MOST_STEPS = 150  # more than any window has stops
LIT = 200  # bytes of a picture; a caret that blinks is less, the thinnest ring around a button is more
MARGIN = 8  # the box of a button is that of its label, and the ring is around the button


class Typist(Clerk):
    def __init__(self, app, language="zh_CN"):
        super().__init__(app, language)
        self.steps = 0
        self._events = []
        self._origins = {}
        self._by_tab = False
        self._front = None
        pyatspi.Registry.registerEventListener(self._on_focus_event, "object:state-changed:focused")

    def _on_focus_event(self, event):
        self._events.append((event.source, bool(event.detail1)))

    # Where one stands

    def focus(self):
        """The control that has the focus, from what was said last about it. The text inside an entry row of
        libadwaita 1.2 is not in the tree: what is said then is that the part around it has no focus itself."""
        pump()
        if not self._events:
            return None
        source, gained = self._events[-1]
        return Node(source, self.screen, self.app.process.pid) if gained else self._entry_around(source)

    def _entry_around(self, source):
        node = Node(source, self.screen, self.app.process.pid)
        while node is not None and node.role not in ("application", "frame", "dialog"):
            if node.role in ("text", "entry", "password text"):
                return node
            node = node.parent
        return None

    def stands_at(self, node):
        at = self.focus()
        return at is not None and at.accessible == node.accessible

    def _settled_focus(self, known):
        """After a key: waits for the word about the focus, and for the last of several."""
        wait_until(lambda: pump() or len(self._events) > known, 5, 0.02, what="a move of the focus")
        while known != len(self._events):
            known = len(self._events)
            time.sleep(0.05)
            pump()
        return self.focus()

    # Whether it is seen

    def _picture(self, node):
        """What the screen shows at a control, once it is scrolled to where it is seen."""
        left, top, wide, high = self._place(node.window)
        wait_until(lambda: self._is_inside(node.box, wide, high), 3, what=f"{node!r} with the focus to be in sight")
        x, y, width, height = node.box
        margin = MARGIN if node.role in ("push button", "toggle button", "check box", "link") else 0
        return self.screen.pixels(left + x - margin, top + y - margin, width + 2 * margin, height + 2 * margin)

    @staticmethod
    def _is_inside(box, wide, high):
        x, y, width, height = box
        return x >= 0 and y >= 0 and x + width <= wide and y + height <= high

    def _place(self, window):
        name = window.name
        if name not in self._origins:
            self._origins[name] = self.screen.place(self.screen.window_id(name))
        return self._origins[name]

    def _looks_other(self, node, before):
        _, _, wide, high = self._place(node.window)
        if not self._is_inside(node.box, wide, high):
            return True  # scrolled away since: nothing to compare
        after = self._picture(node)
        other = int.from_bytes(before, "big") ^ int.from_bytes(after, "big")
        return len(after) != len(before) or len(other.to_bytes(len(after), "big").replace(b"\0", b"")) > LIT

    # Moving

    def tab(self, back=False):
        """One stop on, or back. A stop that was reached by Tab has to look otherwise once it is left."""
        at, lit, known = self.focus(), self._by_tab, len(self._events)
        before = self._picture(at) if at is not None and lit else None
        self.screen.key("shift+Tab" if back else "Tab")
        self.steps += 1
        now = self._settled_focus(known)
        if before is not None and at.shown and not self._looks_other(at, before):
            raise AssertionError(f"nothing shows that {at!r} has the focus")
        self._by_tab = True
        return now

    def go_to(self, node):
        """By Tab, the nearer way around."""
        passed = []
        self._await_window(node.window.name)
        back = self._is_behind(node)
        while not self.stands_at(node):
            if len(passed) > MOST_STEPS:
                raise AssertionError(f"{node!r} is not reached by Tab; there are {passed}")
            passed.append(self.tab(back))
        return node

    def _await_window(self, title):
        """Keys go to the window in front, which a new one is only once the window manager has said so."""
        if title != self._front:
            wait_until(lambda: self.screen.active_title() == title, 20, what=f"{title} in front")
            self._front, self._by_tab = title, False
            time.sleep(0.2)

    def _is_behind(self, node):
        at = self.focus()
        return at is not None and self._way(node) < self._way(at)

    @staticmethod
    def _way(node):
        """The places on the way from the root, which compare in the order of reading."""
        way = []
        while node is not None and node.role != "application":
            way.append(node.accessible.getIndexInParent())
            node = node.parent
        return way[::-1]

    # What a clerk does

    def upload(self, slot, path, window=None):
        """The buttons of a slot come and go while it is sent; the focus has to stay with it."""
        super().upload(slot, path, window)
        row, at = (window or self.app).find("list item", self.word(slot)), self.focus()
        if not at.shown or self._way(at)[: len(self._way(row))] != self._way(row):
            raise AssertionError(f"after a document was chosen the focus is at {at!r} instead of {row!r}")

    def press(self, node, timeout=10):
        node.wait_for(lambda each: each.sensitive, timeout, "sensitivity")
        self.go_to(node)
        self._by_tab = False
        self.screen.key("space")
        return node

    def put(self, node, text):
        """Typed; what no key has comes as an input method commits it, whole, here by Ctrl+V."""
        self.go_to(node)
        if node.text:
            self.screen.key("ctrl+a")
        if text.isascii():
            self.screen.type(text)
        else:
            self.screen.paste(text)
        wait_until(lambda: node.text == text, what=f"{text!r} in {node!r}, there is {node.text!r}")
        return node

    def take_entry(self, row, entry):
        self.go_to(row)
        self.screen.key("space")
        self._by_tab = False
        row.pick(entry)
        wait_until(lambda: self.stands_at(row), what=f"the focus back at {row!r}")

    def reveal(self, node):
        return node

    def type_path(self, chooser, path):
        self.screen.key("ctrl+l", "ctrl+a")
        self.screen.type(path)
        wait_until(lambda: chooser.maybe("text", having=lambda node: node.text == path), 20, 0.2, what="the path")

    def _accept(self, chooser, title):
        if self.screen.active_title() == title:
            self.screen.key("Return")
        return self._is_gone(title)
