# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Templates are sound XML, and every control in them has a name for the screen reader and a translated text."""
import xml.etree.ElementTree as tree

from common import files, main, read

# A control is named by one of these properties, by a label inside, or in its accessibility element.
NAMED_BY = ("label", "title", "accessible-label")
CONTROLS = {
    "GtkButton", "GtkToggleButton", "GtkCheckButton", "GtkMenuButton", "GtkLinkButton", "GtkSwitch", "GtkEntry",
    "GtkPasswordEntry", "GtkSearchEntry", "GtkSpinButton", "GtkText", "GtkTextView", "GtkDropDown", "GtkComboBoxText",
    "GtkScale", "GtkListBox", "GtkListView", "GtkColumnView", "GtkGridView", "GtkFlowBox", "GtkDrawingArea",
    "GtkPicture", "AdwActionRow", "AdwExpanderRow", "AdwComboRow", "AdwEntryRow", "AdwPasswordEntryRow", "AdwSplitButton",
}  # fmt: skip
TEXT_PROPERTIES = {
    "label", "title", "subtitle", "tooltip-text", "placeholder-text", "heading", "body", "description", "menu-name",
}


def name_of(prop):
    return prop.get("name", "").replace("_", "-")


def properties(item):
    return {name_of(child): child for child in item if child.tag == "property"}


def activated_by_row(item, root):
    """A switch or check that its row activates is named by the row."""
    return any(
        name_of(prop) in ("activatable-widget", "mnemonic-widget") and prop.text == item.get("id")
        for prop in root.iter("property")
        if item.get("id")
    )


def is_named(item, root):
    own = properties(item)
    if any(name in own and (own[name].text or "").strip() for name in NAMED_BY):
        return True
    if any(name in own and len(own[name]) for name in NAMED_BY):  # bound by an expression
        return True
    if any(binding.get("name") in NAMED_BY for binding in item.findall("binding")):
        return True
    for access in item.findall("accessibility"):
        if any(child.get("name") in ("label", "labelled-by") for child in access):
            return True
    below = [inner for child in item if child.tag == "child" for inner in child.iter("object")]
    below += [inner for prop in own.values() for inner in prop.iter("object")]
    return any(inner.get("class") == "GtkLabel" for inner in below) or activated_by_row(item, root)


def is_decoration(item):
    own = properties(item)
    return own.get("accessible-role") is not None and own["accessible-role"].text in ("presentation", "none")


def templates():
    for path in files(".ui", under="src/"):
        try:
            yield path, tree.fromstring(read(path))
        except tree.ParseError:
            continue  # check_form() says so


def check_form():
    for path in files(".ui", ".gresource.xml", under="src/"):
        try:
            tree.fromstring(read(path))
        except tree.ParseError as error:
            yield f"{path}: {error}"


def check_names():
    for path, root in templates():
        for item in list(root.iter("object")) + list(root.iter("template")):
            kind = item.get("class") if item.tag == "object" else item.get("parent")
            if kind in CONTROLS and not is_named(item, root) and not is_decoration(item):
                yield f"{path}: {kind} {item.get('id', '')} has no name for the screen reader"


def check_translatable():
    for path, root in templates():
        for prop in root.iter():
            if prop.tag not in ("property", "attribute") or name_of(prop) not in TEXT_PROPERTIES:
                continue
            text = (prop.text or "").strip()
            if any(letter.isalpha() for letter in text) and prop.get("translatable") not in ("yes", "true"):
                yield f'{path}: "{text}" is not translatable'


main([("well-formed", check_form), ("named controls", check_names), ("translatable", check_translatable)])
