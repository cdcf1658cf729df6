# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A person at the page of claims, on whichever side of the case."""
import re

from .clerk import Clerk
from .process import Timeout, wait_until
from .tap import check


class Caseworker(Clerk):
    def open_claim(self, number):
        """Found by its number and shown beside the list."""
        self.screen.key("ctrl+3")
        search = self.app.find("text", self.word("Search claims"), timeout=30)
        self.press_button(re.compile("^" + re.escape(self.word("All"))))
        self.put(search, number)
        wait_until(lambda: self._is_beside(number) or not self.found_number(number, timeout=30).press(), 30, 1,
                   what=f"claim {number}")  # fmt: skip

    def _is_beside(self, number):
        """In its row and in its head; a row that moved under the pointer is pressed once more."""
        return len(self.app.root.find_all("label", number)) > 1

    def sees_state(self, state, timeout=60):
        """Waits until the case says so, of itself: what others do arrives by the feed."""
        return self.app.find("label", "● " + self.word(state), timeout=timeout)

    def go_to_section(self, label):
        self.press_button(self.word(label))

    def step(self, label, timeout=60):
        """The next step, offered as the button of the case."""
        self.press_button(self.named(label), timeout)

    def other_step(self, label):
        wait_until(lambda: self._press_other(label), 40, what=f"{label} among the other steps")

    def _press_other(self, label):
        """What is open closes when the page is built anew."""
        self.reveal(self.button("Other steps", timeout=20)).press()  # the button around has no action in GTK 4.8
        try:
            return self.press_button(self.named(label), 5)
        except Timeout:
            return False

    def dialog(self, title):
        return self.app.window(self.word(title), timeout=30)

    def answer(self, window, button, rows=()):
        """Fills a window and sends it; it is gone once the server has agreed."""
        title = window.name
        for kind, label, value in rows:
            if kind == "switch":
                self.press(window.find("check box", re.compile("^" + re.escape(self.word(label)))))
            elif kind == "choice":
                self.take_entry(window.find("combo box", self.word(label)), self.word(value))
            else:
                self.put(window.find("text", self.word(label)), value)
        self.press(window.find("push button", self.named(button)))
        wait_until(lambda: all(child.name != title for child in self.app.root.children), 60, what=f"{title} to close")

    # Evidence

    def add_evidence(self, title, path, slot=None):
        name = self.word("Add files: %s").replace("%s", title)
        self.press_button(name, 60, slot)
        self.choose_file(path, self.word("Add Files"))

    def find_slots(self, titles):
        """The places of documents by their titles, found at one time: the tree is large."""

        def found():
            nodes = self.app.root.find_all(having=lambda node: node.name.rpartition(", ")[0] in titles)
            slots = {node.name.rpartition(", ")[0]: node for node in nodes}
            return slots if len(slots) == len(titles) else None

        return wait_until(found, 60, 1, what="the places of documents")

    def sees_missing(self, step):
        """The page says what is missing for a step, thing by thing."""
        words = self.word("Before “%s”").replace("%s", self.word(step))
        self.app.find("label", words, timeout=60)
        words = self.plural("%u thing is missing", "%u things are missing", 2)
        self.app.find("label", re.compile("^" + re.escape(words).replace("%u", r"\d+") + "$"), timeout=60)
        check(self.app.root.find_all("label", self.word("Missing")), "nothing is named that is missing")

    def wait_complete(self, number):
        """That many are required of a phase, and are there."""
        words = self.word("%u of %u required documents are there").replace("%u", str(number))
        self.app.find("label", re.compile("^" + re.escape(words)), timeout=120)  # and what they say, if that is not entered

    def find_file(self, title, timeout=60):
        """The first file of a document; its own name is masked."""
        slot = self.app.find(having=lambda node: node.name.startswith(title + ", "), timeout=timeout)
        return slot.find("push button", re.compile(r"^(\S+\.(pdf|jpg)|PDF|图片|Picture)\b"), timeout=timeout)

    def look_at(self, title):
        """The window of a file."""
        self.press(self.find_file(title))
        window = self.app.window(title, timeout=30)
        window.find("push button", self.word("Verify"), timeout=30)
        return window

    def verify(self, window):
        """On to the next file; a button that is activated acts a moment later."""
        title = window.name
        button = window.find("push button", self.word("Verify"))
        # Pressed once more when the page was not on the screen yet.
        wait_until(lambda: window.name != title or not self.press(button), 30, 3, what="the next file")

    def send_back(self, window, reason, note):
        self.press(window.find("push button", self.named("Return…")))
        question = wait_until(lambda: self._find_question("_Return It"), 20, what="the question for the reason")
        choice = question.find("check box", self.word(reason))
        wait_until(lambda: choice.press() and choice.checked, 20, 0.5, what=f"{reason} chosen")  # has no action in GTK 4.8
        self.put(question.find("text", self.word("Note for the dealership")), note)
        self.press(question.find("push button", self.named("_Return It")))
        wait_until(lambda: self._find_question("_Return It") is None, 20, what="the question to close")

    def _find_question(self, button):
        return next((child for child in self.app.root.children
                     if child.maybe("push button", self.named(button))), None)  # fmt: skip

    # Review

    def answer_checks(self, answers):
        """Pairs of a check's label and "Met" or "Not met", then saved."""
        for label, value in answers:
            self.press_button(f"{self.word(label)}: {self.word(value)}", 30)
        self.press_button(self.named("_Save the Checks"))

    # Letters

    def open_paper(self, name):
        opener = self.word("Open %s").replace("%s", self.word(name))
        self.press_button(re.compile("^" + re.escape(opener)), 60)
        window = self.app.window(self.word(name), timeout=30)
        window.find("image", timeout=30)
        return window
