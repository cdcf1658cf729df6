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


def matches_text(wanted, text):
    if wanted is None:
        return True
    if isinstance(wanted, re.Pattern):
        return bool(wanted.search(text or ""))
    # A switch that its row activates is named twice in GTK 4.8: by itself and by the row.
    return text in (wanted, f"{wanted} {wanted}")


def is_vertical_range(node):
    """The part of a vertical scroll bar that has the value: the bar itself, or in GTK 4.8 the range inside it."""
    interfaces = node.accessible.get_interfaces()
    return "vertical" in node.states and "Value" in interfaces and "scroll bar" in (node.role, node.parent.role)


def entry_text(node):
    labels = [part.name or "" for part in node.walk(8) if part.role == "label"]
    return node.name or next((label for label in labels if label), "")
