# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""What widgets are called in the accessibility tree."""
import re

# One widget has several role names, by version of GTK and at-spi2-core.
ROLE_ALIASES = {
    "push button": ("push button", "button", "toggle button"),
    "check box": ("check box", "checkbox", "switch", "toggle button"),
    "text": ("text", "entry", "password text"),
    "table": ("tree table", "table", "tree grid", "tree"),
    "list": ("list", "list box", "table"),
    "row": ("list item", "table row", "row"),
    "dialog": ("dialog", "alert", "frame", "window", "filler"),
}


def tidy_name(text):
    """GTK 4.8 names a button by its label and once more by the label inside, "_Forgot password? Forgot password?",
    and a switch once more by its row: what a person reads is the last half."""
    for at in (position for position, letter in enumerate(text) if letter == " "):
        first, last = text[:at], text[at + 1 :]
        if last in (first, first.replace("_", "", 1)):
            return last
    return text


def matches_text(wanted, text):
    if wanted is None:
        return True
    if isinstance(wanted, re.Pattern):
        return bool(wanted.search(text))
    return wanted == text


def is_vertical_range(node):
    """The part of a vertical scroll bar that has the value: the bar itself, or in GTK 4.8 the range inside it."""
    interfaces = node.accessible.get_interfaces()
    return "vertical" in node.states and "Value" in interfaces and "scroll bar" in (node.role, node.parent.role)


def entry_text(node):
    labels = [part.name or "" for part in node.walk(8) if part.role == "label"]
    return node.name or next((label for label in labels if label), "")
