# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The server goes away, the application is killed: what was typed is there, and reaches the server once."""
import random
import sqlite3
import subprocess
import sys
import time

from wuyoutest import Stage, check, equal, run, wait_until
from wuyoutest.clerk import Clerk
from wuyoutest.sample import make_vin

SELLER = "zhao.min@anda.example"
KEPT = {"GSETTINGS_BACKEND": "keyfile"}  # the usual back end of these tests forgets


def count_contracts(server):
    database = sqlite3.connect(f"file:{server.database.removeprefix('sqlite:')}?mode=ro", uri=True)
    return database.execute("SELECT count(*) FROM contracts").fetchone()[0]


def open_draft(clerk):
    """The draft that is only on this computer, by the banner above the list."""
    clerk.go_to_sales()
    clerk.button("_Open", timeout=30).click()
    return clerk.app.find("text", clerk.word("VIN"), timeout=30)


def kill_while_typing(app, screen, row, keys, chance):
    """Types and kills -9 at some key; returns what was on the screen just before."""
    before = row.text
    typing = subprocess.Popen(["xdotool", "type", "--delay", "60", "--", keys])
    shown = wanted = before + keys[: chance.randint(1, len(keys))]
    try:
        shown = wait_until(lambda: row.text if len(row.text) >= len(wanted) else None, 20, 0, what="a key to arrive")
        time.sleep(chance.uniform(0, 0.05))
        shown = row.text
    finally:
        app.kill()
        typing.wait()
    return shown


def test_killed_while_typing():
    """Without the server, killed at random keys: everything that was on the screen is there again. Killed once more
    before it was queued, it reaches the server at the next start, though nobody opens it, and only once."""
    vin = make_vin("LBV8V318", "T", "D", "550021")
    seed = int(time.time())
    print(f"# seed {seed}")
    chance = random.Random(seed)
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
        row = clerk.new_contract()
        for _ in range(3):
            typed = row.text + vin[len(row.text) :]
            shown = kill_while_typing(app, stage.screen, row, typed[len(row.text) :][:5], chance)
            app = stage.start_app(server, env=KEPT)
            clerk = Clerk(app)
            app.find("list", clerk.word("Pages"), timeout=60)
            row = open_draft(clerk)
            wait_until(lambda: row.text, 15, what="the draft to be filled in")
            check(row.text.startswith(shown) and typed.startswith(row.text), f"shown {shown}, kept {row.text}")
            stage.screen.key("End")
        stage.screen.type(vin[len(row.text) :])
        wait_until(lambda: row.text == vin, what="the keys to arrive")
        app.kill()
        server.start(port=port)
        app = stage.start_app(server, env=KEPT)
        wait_until(lambda: count_contracts(server) == before + 1, 60, 0.2, what="the draft at the server")
        clerk = Clerk(app)
        app.find("list", clerk.word("Pages"), timeout=60)
        clerk.go_to_sales()
        clerk.search(vin[-6:])
        app.find("label", clerk.total(1), timeout=30)
        check(app.maybe("push button", clerk.named("_Open")) is None, "a draft that was sent is said to be here only")
        equal(app.quit(60), 0, "exit status")
        equal(count_contracts(server), before + 1, "contracts of one draft")


if __name__ == "__main__":
    sys.exit(run([("/offline/killed-while-typing", test_killed_while_typing)]))
