# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The accessibility tree of a GTK 4 program, as a screen reader sees it.

What GTK 4.8 does not offer is worked around here, once: no grabFocus, no actions on rows, no "showing" state."""
import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402
from gi.repository import GLib  # noqa: E402

from .names import ROLE_ALIASES, entry_text, is_vertical_range, matches_text, tidy_name  # noqa: E402
from .process import PATIENCE, Timeout, wait_until  # noqa: E402

LIST_ROLES = ("tree table", "tree grid", "table", "tree", "list", "list box")
MOST_CHILDREN = 400
MOST_ROWS = 60
WINDOW = pyatspi.WINDOW_COORDS
ANSWER = int(2000 * PATIENCE)  # ms; a program that computes under a sanitizer is not one that is gone
PROBES = [(across, down) for down in (6, 2, 11, 4, 8, 1) for across in (6, 2, 10)]  # in twelfths

pyatspi.setTimeout(ANSWER, 15000)


class NotFound(Timeout):
    """No such node; the message holds what the tree had instead."""


def pump():
    context = GLib.MainContext.default()
    for _ in range(200):
        if not context.iteration(False):
            break


class Node:
    """A widget. find() looks below it and waits; names are exact strings or compiled patterns."""

    def __init__(self, accessible, screen=None, pid=None):
        self.accessible = accessible
        self.screen = screen
        self._pid = pid

    def _wrap(self, accessible):
        return Node(accessible, self.screen, self._pid)

    # Reading

    @property
    def role(self):
        return self.accessible.getRoleName()

    @property
    def name(self):
        return tidy_name(self.accessible.name or "")

    @property
    def description(self):
        return self.accessible.description or ""

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.getState().getStates()}

    @property
    def sensitive(self):
        return bool(self.states & {"sensitive", "enabled"})

    @property
    def checked(self):
        return bool(self.states & {"checked", "pressed"})

    @property
    def text(self):
        text = self.accessible.queryText()
        return text.getText(0, text.characterCount)

    @property
    def value(self):
        return self.accessible.queryValue().currentValue

    @property
    def children(self):
        found = []
        for index in range(min(self.accessible.childCount, MOST_CHILDREN)):
            child = self.accessible.getChildAtIndex(index)
            if child is not None:
                found.append(self._wrap(child))
        return found

    @property
    def parent(self):
        parent = self.accessible.parent
        return self._wrap(parent) if parent is not None else None

    @property
    def box(self):
        """x, y, width, height inside the window."""
        extents = self.accessible.queryComponent().getExtents(WINDOW)
        return extents.x, extents.y, extents.width, extents.height

    @property
    def shown(self):
        """Whether it has a place in the window. "visible" and "showing" say yes for hidden pages in GTK 4.8, which
        have no size; what is no component (a stack page) is as visible as its parts are."""
        try:
            _, _, width, height = self.box
            return width > 0 and height > 0 and "visible" in self.states
        except NotImplementedError:
            return True
        except Exception:  # gone since
            return False

    def walk(self, depth=60, hidden=False):
        """This node and all shown below it; of a list only the first rows, since hundreds of them are live."""
        if not hidden and not self.shown:
            return
        yield self
        if depth == 0:
            return
        try:
            most = MOST_ROWS if self.role in LIST_ROLES else MOST_CHILDREN
            count = min(self.accessible.childCount, most)
        except Exception:  # gone since
            return
        front = None if hidden or count < 2 else self._front_page()
        for index in range(count):
            try:
                child = self.accessible.getChildAtIndex(index)
            except Exception:
                continue
            if child is not None and front in (None, child):
                yield from self._wrap(child).walk(depth - 1, hidden)

    def _front_page(self):
        """Of a stack: the page in front. Pages that were in front before keep their size, so only what is found at
        a point of the stack tells; None for anything else, and when no point answers."""
        try:
            first = self.accessible.getChildAtIndex(0)
            if first is None or not first.name.endswith("StackPage"):  # a stack has nothing else
                return None
            pages = [child.accessible for child in self.children if child.name.endswith("StackPage")]
            if len(pages) < 2:
                return None
            x, y, width, height = self.box
            component = self.accessible.queryComponent()
            for across, down in PROBES:
                hit = component.getAccessibleAtPoint(x + width * across // 12, y + height * down // 12, WINDOW)
                while hit is not None and hit != self.accessible:
                    if hit in pages:
                        return hit
                    hit = hit.parent
        except Exception:
            pass
        return None

    def matches(self, role=None, name=None, having=None):
        try:
            if role and self.role not in ROLE_ALIASES.get(role, (role,)):
                return False
            return matches_text(name, self.name) and (having is None or bool(having(self)))
        except Exception:
            return False

    def find_all(self, role=None, name=None, having=None):
        """Those there are now, without waiting."""
        pump()
        return [node for node in self.walk() if node.matches(role, name, having)]

    def maybe(self, role=None, name=None, having=None):
        """The first there is now, or None."""
        pump()
        return next((node for node in self.walk() if node.matches(role, name, having)), None)

    def find(self, role=None, name=None, having=None, timeout=10):
        try:
            return wait_until(lambda: self.maybe(role, name, having), timeout, what=f"{role} {name!r}")
        except Timeout as error:
            raise NotFound(f"{error}\n{self.dump()}") from None

    def wait_gone(self, role=None, name=None, having=None, timeout=10):
        wait_until(lambda: self.maybe(role, name, having) is None, timeout, what=f"{role} {name!r} to go")

    def wait_for(self, probe, timeout=10, what="state"):
        """Waits until probe (this node) is true."""

        def pumped():
            pump()
            return probe(self)

        return wait_until(pumped, timeout, what=f"{what} of {self!r}")

    def dump(self, lines=150):
        """The named part of the tree, for messages."""
        found = []
        for node in self.walk():
            try:
                if node.name or node.role in ("text", "entry", "password text"):
                    found.append(f"  {node.role}: {node.name[:80]}")
            except Exception:
                continue
            if len(found) >= lines:
                found.append("  …")
                break
        return "\n".join(found)

    # Acting

    def click(self, timeout=10):
        """Activates as assistive technology does; an insensitive widget is an error, as it would not react to a person."""
        self.wait_for(lambda node: node.sensitive, timeout, "sensitivity")
        try:
            done = self.accessible.queryAction().doAction(0)
        except NotImplementedError:
            return self.press()
        if not done:
            raise AssertionError(f"{self!r} did not react")
        return self

    def press(self, button=1, count=1):
        """A real click in the middle of the widget: rows and combo rows have no action in GTK 4.8."""
        x, y, width, height = self.box
        self.screen.click(x + width // 2, y + height // 2, window=self.window_id, button=button, count=count)
        return self

    def hover(self):
        """Puts the pointer over the widget, for the wheel and for tooltips."""
        x, y, width, height = self.box
        self.screen.move(x + width // 2, y + height // 2, window=self.window_id)
        return self

    def set_text(self, text):
        """Replaces the content at once."""
        editable = self.accessible.queryEditableText()
        if not editable.setTextContents(text):
            raise AssertionError(f"{self!r} took no text")
        pump()
        return self

    def type_text(self, text, clear=True):
        """Real keys, for what depends on them."""
        self.press()
        if clear:
            self.screen.key("ctrl+a", "BackSpace")
        self.screen.type(text)
        return self

    def set_value(self, number):
        self.accessible.queryValue().currentValue = number
        pump()
        return self

    def scroll_to_end(self):
        """Moves the vertical scroll bar below this node to its end; False when there is none."""
        ranges = self.find_all(having=is_vertical_range)
        for node in ranges:
            value = node.accessible.queryValue()
            value.currentValue = value.maximumValue
        pump()
        return bool(ranges)

    def select(self, index=0):
        """Chooses a child of a list, table or tab list; it is selected, not activated."""
        if not self.accessible.querySelection().selectChild(index):
            raise AssertionError(f"{self!r} has no child {index} to select")
        pump()
        return self

    def choose(self, text, timeout=5):
        """Opens a combo row or drop-down and takes the entry of that text, by keyboard."""
        self.press()
        return self.pick(text, timeout)

    def pick(self, text, timeout=5):
        """That entry of a drop-down that is open."""

        def look():  # until it opens, there is only the entry that is shown
            entries = self._popover_entries()
            return entries if text in entries else None

        entries = wait_until(look, timeout, what=f"{text!r} among the entries of {self!r}")
        self.screen.key("Home", *["Down"] * entries.index(text), "Return")
        return self

    def _popover_entries(self):
        lists = [node for node in self.find_all("list") if node.accessible.childCount]
        return [entry_text(child) for child in lists[-1].children] if lists else []

    @property
    def window(self):
        """The top-level that holds this node."""
        node = self
        while node.parent is not None and node.parent.role != "application":
            node = node.parent
        return node

    @property
    def window_id(self):
        return self.screen.window_id(self.window.name, self._pid)

    def __repr__(self):
        try:
            return f"<{self.role} {self.name!r}>"
        except Exception:
            return "<gone>"
