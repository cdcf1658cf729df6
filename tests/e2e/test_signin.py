# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Signing in: what goes wrong is a sentence, what is right opens the work."""
import re
import sys
import time

from wuyoutest import Stage, check, run, wait_until
from wuyoutest.clerk import DEMO_PASSWORD, Clerk
from wuyoutest.desk import one_time_code

REFUSED = (
    "The e-mail, password or code is wrong, or the account is locked. After several wrong tries, wait before trying again."
)


def test_wrong_then_locked():
    with Stage() as stage:
        server = stage.start_server(contracts=1)
        clerk = Clerk(stage.start_app(server))
        clerk.enter_account("zhao.min@anda.example", "Not-The-Password-1")
        sentence = clerk.sees(REFUSED, timeout=30)
        check(clerk.app.maybe("list", clerk.word("Pages")) is None, "a wrong password opened the work")
        # Of a locked account nobody learns more, and the right password does not open it either.
        clerk.enter_account("zheng.suo@anda.example", DEMO_PASSWORD)
        wait_until(lambda: sentence.sensitive and clerk.button("_Sign In").sensitive, 30, what="the answer")
        clerk.sees(REFUSED, timeout=30)
        check(clerk.app.maybe("list", clerk.word("Pages")) is None, "a locked account was opened")


def test_one_time_code():
    with Stage() as stage:
        server = stage.start_server(contracts=1)
        secret = re.search(r"he\.mingjing@antu\.example.*TOTP (\w+)", server.accounts).group(1)
        clerk = Clerk(stage.start_app(server))
        clerk.enter_account("he.mingjing@antu.example")
        row = clerk.app.find("text", clerk.word("One-time code"), timeout=30)
        clerk.sees("Enter the one-time code from your authenticator app.")
        row.set_text(one_time_code(secret, time.time() - 7200))
        clerk.button("_Sign In").click()
        wait_until(lambda: row.text == "", 30, what="the wrong code to be refused")
        row.set_text(one_time_code(secret))
        clerk.button("_Sign In").click()
        clerk.app.find("list", clerk.word("Pages"), timeout=30)


def test_stays_signed_in():
    with Stage() as stage:
        stage.start_keyring()
        server = stage.start_server(contracts=1)
        app = stage.start_app(server, env={"GSETTINGS_BACKEND": "keyfile"})
        Clerk(app).sign_in("li.weidong@anda.example")
        app.quit(60)
        again = stage.start_app(server, env={"GSETTINGS_BACKEND": "keyfile"})
        again.find("list", Clerk(again).word("Pages"), timeout=30)


if __name__ == "__main__":
    sys.exit(
        run(
            [
                ("/signin/wrong-then-locked", test_wrong_then_locked),
                ("/signin/one-time-code", test_one_time_code),
                ("/signin/stays-signed-in", test_stays_signed_in),
            ]
        )
    )
