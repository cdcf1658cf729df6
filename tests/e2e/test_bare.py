# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A machine on which nothing is there: each missing part is a sentence, nothing is lost, and when the part comes the
work goes on."""
import os
import re
import sqlite3
import sys
import time

from wuyoutest import Stage, equal, run, wait_until
from wuyoutest.clerk import Clerk
from wuyoutest.papers import write_jpeg

MANAGER = "li.weidong@anda.example"
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}/none</dir><cachedir>{0}/cache</cachedir></fontconfig>
"""


def fontless(folder):
    """The environment of a machine without a single font."""
    path = os.path.join(folder, "fonts.conf")
    os.makedirs(os.path.join(folder, "none"), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(NO_FONTS.format(folder))
    return {"FONTCONFIG_FILE": path}


def count(server, table):
    database = sqlite3.connect(f"file:{server.database.removeprefix('sqlite:')}?mode=ro", uri=True)
    return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def open_awaiting_signature(app, clerk):
    clerk.go_to_sales()
    app.find("push button", re.compile("^" + clerk.word("Awaiting signature")), timeout=30).click()
    app.find("table cell", having=lambda node: node.maybe("label", re.compile("^WY-")), timeout=30).press()
    clerk.button("Register the signed copy", timeout=30)


def restart(server, **change):
    port = server.port
    server.stop()
    server.env = change.get("env", server.env)
    server.start(*change.get("options", ()), port=port)


def test_no_server():
    """Nothing answers: a sentence, and what was entered stays."""
    with Stage() as stage:
        clerk = Clerk(stage.start_app(address="http://127.0.0.1:9"))
        clerk.enter_account(MANAGER)
        clerk.sees("The server cannot be reached. Check the network and the address, then try again.", timeout=60)
        equal(clerk.app.find("text", clerk.word("E-mail")).text, MANAGER, "e-mail after the refusal")


def see_no_fonts(app, clerk, server):
    equal(count(server, "papers"), 0, "papers made without a font")
    clerk.button("_Print…").click()
    clerk.sees("No Chinese font is installed, so nothing can be printed. Install Noto Sans CJK.", timeout=60)
    equal(count(server, "papers"), 0, "papers made without a font")
    clerk.close_window(clerk.word("Contract"))


def see_no_printer(app, clerk):
    clerk.button("_Print…").click()
    window = app.window(clerk.word("Contract"), timeout=30)
    window.find("image", timeout=60)
    clerk.sees("No printer is set up on this computer. Save it as PDF, and print that elsewhere.", timeout=30)
    clerk.close_window(clerk.word("Contract"))


def see_no_scanner(stage, app, clerk, server):
    scan = write_jpeg(stage.path("signed.jpg"), "合同签字件", [("签字", "苏晚晴")])
    clerk.button("Register the signed copy").click()
    title = clerk.word("Register the Signed Copy")
    window = app.window(title, timeout=30)
    row = window.find("list item", clerk.word("Signed contract"), timeout=20)
    row.find("push button", re.compile("^" + clerk.word("Choose"))).click(timeout=30)
    clerk.choose_file(scan, clerk.word("Signed contract"))
    clerk.sees("Received, being checked for viruses", timeout=60)
    time.sleep(2)
    clerk.sees("Received, being checked for viruses")
    clamd = stage.start_clamd()
    restart(server, options=("--clamd", clamd.socket))
    row.find("push button", re.compile("^" + clerk.word("Replace")), timeout=90)
    clerk.close_window(title)


def test_nothing_there():
    with Stage() as stage:
        bare = fontless(stage.path("fonts"))
        server = stage.start_server(contracts=120, env=bare)
        app = stage.start_app(server)
        clerk = Clerk(app)
        clerk.sign_in(MANAGER)
        clerk.sees("This computer has no keyring, so you will sign in again next time.")
        open_awaiting_signature(app, clerk)
        see_no_fonts(app, clerk, server)
        restart(server, env={})
        see_no_printer(app, clerk)
        see_no_scanner(stage, app, clerk, server)


if __name__ == "__main__":
    sys.exit(run([("/bare/no-server", test_no_server), ("/bare/nothing-there", test_nothing_there)]))
