# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A person at the desktop application: what is done in it, in the words of its screens.

Controls are named by their English source strings and looked up in the catalogue the application itself uses, so a
better translation breaks nothing."""
import gettext
import os
import re
import time

from .names import is_vertical_range
from .process import Timeout, wait_until
from .stage import BUILD

DEMO_PASSWORD = "Songtao-37-Lanting"
FIELD_ROLES = {"text": "text", "entry": "text", "combo box": "combo box", "check box": "check box", "switch": "check box",
               "checkbox": "check box"}  # fmt: skip


class Clerk:
    def __init__(self, app, language="zh_CN"):
        self.app = app
        self.screen = app.stage.screen
        self.language = language
        self._fields = {}
        catalogue = os.environ.get("TEXTDOMAINDIR", os.path.join(BUILD, "po"))
        self._words = gettext.translation("wuyou", catalogue, [language], fallback=True)

    def word(self, text):
        """The text of a screen: translated, without the mark of its access key."""
        return re.sub(r"\(_\w\)|_", "", self._words.gettext(text))

    def plural(self, one, many, number):
        return self._words.ngettext(one, many, number)

    def total(self, number):
        """What stands below the list for that many rows."""
        words = self.plural("%'u contract", "%'u contracts", number)
        return re.compile("^" + re.escape(words).replace(re.escape("%'u"), str(number)) + "$")

    def button(self, text, timeout=10):
        return self.app.find("push button", self.named(text), timeout=timeout)

    def named(self, text):
        """A pattern for the name of a control with that text, the access key of other languages aside."""
        return re.compile(r"^" + re.escape(self.word(text)).replace("…", r"(\(\w\))?…") + r"(\(\w\))?$")

    def sees(self, text, timeout=10):
        """Waits for a label that starts with these words of the catalogue, up to what is filled in; returns it."""
        start = self.word(text).split("%", 1)[0]
        return self.app.find("label", re.compile(re.escape(start)), timeout=timeout)

    # The three acts; a clerk with other habits has others

    def press(self, node, timeout=10):
        return self.reveal(node).click(timeout)

    def press_button(self, name, timeout=20, within=None):
        """Looked for anew when it goes before it is pressed: what others do to the same case builds its page again."""

        def pressed():
            self.app.process.expect_running()
            place = within if within is not None and within.shown else self.app.root
            node = place.maybe("push button", name)
            try:
                return node is not None and node.sensitive and self.press(node, 1)
            except Timeout:  # not what was seen a moment ago
                return False

        return wait_until(pressed, timeout, 0.2, what=f"{name!r} to be pressed")

    def put(self, node, text):
        return node.set_text(text)

    def take_entry(self, row, entry):
        self.reveal(row).choose(entry)

    # Getting in

    def enter_account(self, email, password=DEMO_PASSWORD):
        self.put(self.app.find("text", self.word("E-mail"), timeout=30), email)
        self.put(self.app.find("text", self.word("Password")), password)
        self.press(self.button("_Sign In"))

    def sign_in(self, email, password=DEMO_PASSWORD):
        self.enter_account(email, password)
        self.app.find("list", self.word("Pages"), timeout=60)

    def change_password(self, old, new):
        self.app.find("text", self.word("Present password"), timeout=60).set_text(old)
        self.app.find("text", self.word("New password")).set_text(new)
        self.app.find("text", self.word("New password again")).set_text(new)
        self.button("_Change Password").click()

    def agreement_range(self):
        panel = self.app.find("panel", self.word("Full Text"), timeout=60)
        return wait_until(lambda: panel.maybe(having=is_vertical_range), what="scroll bar of the agreement")

    def read_agreements(self, agree):
        """Page by page by keyboard, then by the scroll bar, to the end of the last document."""
        position = self.agreement_range()
        self.screen.key("Page_Down", "Page_Down", "Page_Down")
        wait_until(lambda: position.value > 0, what="the text to move")
        last = -1
        while position.value > last and not agree.sensitive:
            last = position.value
            position.set_value(last + 450)
            wait_until(lambda: agree.sensitive or position.value != last or self._at_end(position), what="a page")
            time.sleep(0.1)

    @staticmethod
    def _at_end(position):
        before = position.value
        position.set_value(before + 450)
        return position.value <= before

    def agree_button(self):
        return self.app.find("push button", {"zh_CN": "同意"}.get(self.language, "Agree"), timeout=60)

    def decline_button(self):
        return self.app.find("push button", {"zh_CN": "不同意"}.get(self.language, "Decline"), timeout=60)

    def agree_to_all(self):
        agree = self.agree_button()
        if agree.sensitive:
            raise AssertionError("to agree was possible before anything was read")
        self.read_agreements(agree)
        wait_until(lambda: agree.sensitive, 20, what="to agree, once all was read")
        agree.click()
        self.app.find("list", self.word("Pages"), timeout=60)

    # Finding the way

    def go_to_sales(self):
        self.screen.key("ctrl+2")
        self.app.find("text", self.word("Search contracts"), timeout=30)

    def search(self, text):
        self.app.find("text", self.word("Search contracts"), timeout=30).set_text(text)

    def found_number(self, number, timeout=20):
        """The row of that contract in the list."""
        return self.app.find("table cell", having=lambda node: node.maybe("label", number), timeout=timeout)

    # The form

    def new_contract(self):
        self.screen.key("ctrl+n")
        self._fields = {}
        return self.app.find("text", self.word("VIN"), timeout=30)

    def field(self, label, role="text"):
        """A row of the form. One walk through the window finds all of them; what comes later is looked for alone."""
        name = self.word(label)
        node = self._fields.get((role, name))
        if node is None or not node.shown:
            for each in self.app.root.walk():
                if each.role in FIELD_ROLES:
                    self._fields[FIELD_ROLES[each.role], each.name] = each
            node = self._fields.get((role, name))
        return node if node is not None and node.shown else self.app.find(role, name)

    def enter(self, label, text):
        return self.put(self.field(label), text)

    def choose(self, label, entry):
        row = self.field(label, "combo box")
        entry = self.word(entry)
        if row.maybe("label", entry):
            return
        self.take_entry(row, entry)
        wait_until(lambda: row.maybe("label", entry), what=f"{entry} in {row!r}")

    def switch_on(self, label):
        box = self.field(label, "check box")
        if not box.checked:
            self.press(box)
        wait_until(lambda: box.checked, what=f"{box!r}")

    def fill(self, rows):
        """Rows of (kind, label, value), top to bottom."""
        ways = {"text": self.enter, "choice": self.choose}
        for kind, label, value in rows:
            if kind == "switch":
                self.switch_on(label)
            else:
                ways[kind](label, value)

    def reveal(self, node):
        """Scrolls the pane around a control until a pointer can reach it."""
        bar, pane = self._bar_around(node)
        if bar is None:
            return node
        _, top, _, height = pane.box
        _, y, _, own = node.box
        if y < top + 20 or y + own > top + height - 20:
            bar.set_value(max(0, bar.value + y - top - height // 3))
            time.sleep(0.2)
        return node

    @staticmethod
    def _bar_around(node):
        pane = node.parent
        while pane is not None and pane.role != "application":
            for child in pane.children:
                bar = child.maybe(having=is_vertical_range) if child.role == "scroll bar" else None
                if bar is not None:
                    return bar, pane
            pane = pane.parent
        return None, None

    def wait_saved(self):
        self.app.find("label", self.word("Saved"), timeout=30)

    # Papers

    def choose_file(self, path, title):
        """In the toolkit's own file chooser."""
        chooser = self.app.window(title, timeout=20)
        wait_until(lambda: self.screen.title(self.screen.window_id(title)) == title, what="the file chooser")
        self.type_path(chooser, path)
        wait_until(lambda: self._accept(chooser, title), 30, what="the file chooser to close")

    def _accept(self, chooser, title):
        """By its button, and once more when that only took what the toolkit proposed below the path. A key would
        reach the window behind when the chooser goes meanwhile, and open another."""
        button = chooser.maybe("push button", self.named("_Add")) or chooser.maybe("push button", self.named("_Open"))
        if button is not None:
            button.accessible.queryAction().doAction(0)
        return self._is_gone(title)

    def _is_gone(self, title):
        try:
            return wait_until(lambda: all(child.name != title for child in self.app.root.children), 2)
        except Timeout:
            return False

    def type_path(self, chooser, path):
        self.screen.key("ctrl+l")
        entry = chooser.find("text", having=lambda node: "focused" in node.states or node.role == "text")
        wait_until(lambda: self._typed(entry, path), 20, 0.3, what="the path to be typed")

    def _typed(self, entry, path):
        if entry.text == path:
            return True
        entry.set_text(path)
        return False

    def upload(self, slot, path, window=None):
        """Chooses a file for a document and waits until the server has checked it."""
        title = self.word(slot)
        row = (window or self.app).find("list item", title, timeout=20)
        choose = row.find("push button", re.compile("^" + self.word("Choose")), timeout=30)
        self.press(choose, timeout=30)
        self.choose_file(path, title)
        row.find("push button", re.compile("^" + self.word("Replace")), timeout=60)

    def print_now(self, window, printers, count):
        """Print in a window of papers, then in the toolkit's dialog; returns the file of the job with that number."""
        self.press(window.find("push button", self.named("_Print…"), timeout=20), timeout=60)
        toolkit = gettext.translation("gtk40", "/usr/share/locale", [self.language], fallback=True).gettext
        dialog = self.app.window(toolkit("Print"), timeout=30)
        wait_until(lambda: dialog.maybe("label", "counter"), 20, what="the printer in the dialog")
        start = re.compile("^_?" + toolkit("_Print").replace("_", "").split("(")[0])
        self.press(dialog.find("push button", start), timeout=20)
        return printers.printed(count, timeout=60)[count - 1]

    def close_window(self, title):
        self.app.window(title)
        self.screen.key("Escape")
        wait_until(lambda: all(child.name != title for child in self.app.root.children), what=f"{title} to close")
