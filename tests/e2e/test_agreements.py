# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""New agreements come into force while somebody works: they are read and decided on, and nothing is lost."""
import datetime
import os
import re
import sys

from wuyoutest import Stage, check, equal, run, wait_until
from wuyoutest.clerk import Clerk
from wuyoutest.sample import make_vin
from wuyoutest.stage import SOURCE

SELLER = "zhao.min@anda.example"
IMPORTER, APPROVER = "han.le@antu.example", "lu.ning@antu.example"
# GLib never frees a table of names that it outgrew (others may still read it), and this way through the application
# makes more than its first 2048.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
CHANGED_WORDS = "提前四十八小时通知"  # only in the second version


def list_bundles(server):
    return set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", server.ctl("agreement", "list")))


def publish(server, *options):
    """The second version, in force today. Two people, as one may not approve their own."""
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    file = os.path.join(SOURCE, "data/demo/agreements/agreements-2.zh.md")
    before = list_bundles(server)
    # The text names a later day, which is not waited for.
    said = ["--effective", today, "--keep-dates", "--audience", "DEALER", "--by", IMPORTER, "--yes", *options]
    server.ctl("agreement", "import", file, *said)
    (new,) = list_bundles(server) - before
    server.ctl("agreement", "approve", new, "--by", APPROVER)


def test_while_the_window_is_open():
    """The gate appears by the feed, with what changed; a contract that was half typed is there afterwards."""
    vin = make_vin("LBV8V318", "T", "D", "550034")
    with Stage() as stage:
        stage.start_keyring()
        server = stage.start_server(contracts=2)
        app = stage.start_app(server)
        clerk = Clerk(app)
        clerk.sign_in(SELLER)
        clerk.go_to_sales()
        clerk.new_contract()
        stage.screen.type(vin[:9])
        row = app.find("text", clerk.word("VIN"))
        wait_until(lambda: row.text == vin[:9], what="the keys to arrive")
        publish(server)
        agree = clerk.agree_button()
        clerk.sees("The agreements have changed. Your work and drafts are kept as they are.")
        check(app.maybe("list", clerk.word("Pages")) is None, "the work is open behind the agreements")
        check(not agree.sensitive, "to agree was possible before anything was read")
        app.find("label", re.compile(CHANGED_WORDS), timeout=20)
        stage.screen.key("F6")
        clerk.agree_to_all()
        row = app.find("text", clerk.word("VIN"), timeout=30)
        equal(row.text, vin[:9], "VIN after the agreements")
        clerk.enter("VIN", vin)
        clerk.wait_saved()
        clerk.button("Back").click()
        clerk.search(vin[-6:])
        app.find("label", clerk.total(1), timeout=30)
        equal(app.quit(60), 0, "exit status")


def test_nothing_to_decide():
    """A change that asks for no consent is told, shown with what changed, and closed with one button."""
    line = "The agreements have changed. Your consent covers the change."
    with Stage() as stage:
        stage.start_keyring()
        server = stage.start_server(contracts=2)
        app = stage.start_app(server)
        clerk = Clerk(app)
        clerk.sign_in(SELLER)
        clerk.go_to_sales()
        publish(server, "--not-material")
        clerk.sees(line, timeout=20)
        clerk.button("Read").click()
        app.find("label", re.compile(CHANGED_WORDS), timeout=20)
        clerk.button("Understood").click()
        wait_until(lambda: app.maybe("label", clerk.word(line)) is None, what="the line to go")
        equal(app.quit(60), 0, "exit status")


if __name__ == "__main__":
    sys.exit(
        run(
            [
                ("/agreements/while-the-window-is-open", test_while_the_window_is_open),
                ("/agreements/nothing-to-decide", test_nothing_to_decide),
            ]
        )
    )
