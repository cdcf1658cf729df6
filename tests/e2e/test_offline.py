# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The server goes away, the application is killed: what was typed is there, and reaches the server once."""
import sqlite3
import sys
import time

from wuyoutest import Stage, equal, run, wait_until
from wuyoutest.clerk import Clerk
from wuyoutest.sample import make_vin

SELLER = "zhao.min@anda.example"
WRITTEN = 0.5  # seconds a key may take to the disk on a machine that is busy with other tests
KEPT = {"GSETTINGS_BACKEND": "keyfile"}  # the usual back end of these tests forgets


def count_contracts(server):
    database = sqlite3.connect(f"file:{server.database.removeprefix('sqlite:')}?mode=ro", uri=True)
    return database.execute("SELECT count(*) FROM contracts").fetchone()[0]


def open_draft(clerk):
    """The draft that is only on this computer, by the banner above the list."""
    clerk.go_to_sales()
    clerk.button("_Open", timeout=30).click()
    return clerk.app.find("text", clerk.word("VIN"), timeout=30)


def test_server_away():
    """Typed while the server is dead, killed at several keystrokes, sent once when it is back."""
    vin = make_vin("LBV8V318", "T", "D", "550021")
    with Stage() as stage:
        stage.start_keyring()
        server = stage.start_server(contracts=3)
        before = count_contracts(server)
        app = stage.start_app(server, env=KEPT)
        clerk = Clerk(app)
        clerk.sign_in(SELLER)
        clerk.go_to_sales()
        port = server.port
        server.kill()
        clerk.new_contract()
        for part in (vin[:3], vin[3:9], vin[9:]):
            row = app.find("text", clerk.word("VIN"))
            typed = row.text + part
            stage.screen.type(part)
            wait_until(lambda: row.text == typed, what="the keys to arrive")
            time.sleep(WRITTEN)
            app.kill()
            app = stage.start_app(server, env=KEPT)
            clerk = Clerk(app)
            app.find("list", clerk.word("Pages"), timeout=60)
            row = open_draft(clerk)
            wait_until(lambda: row.text, 15, what="the draft to be filled in")
            equal(row.text, typed, "VIN after kill -9")
            stage.screen.key("End")
        server.start(port=port)
        wait_until(lambda: count_contracts(server) == before + 1, 60, 0.2, what="the draft at the server")
        clerk.wait_saved()
        equal(app.quit(60), 0, "exit status")
        equal(count_contracts(server), before + 1, "contracts of one draft")


if __name__ == "__main__":
    sys.exit(run([("/offline/server-away", test_server_away)]))
