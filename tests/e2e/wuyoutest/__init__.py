# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""What end-to-end tests, the tour and the pictures stand on: the real programs, driven as a person would.

Run under tests/support/with-display.sh with the system's Python:

    with Stage() as stage:                    # temporary folder, window manager
        stage.start_keyring()
        server = stage.start_server(contracts=300)
        app = stage.start_app(server)
        app.find("text", "邮箱").set_text("…")
        app.find("push button", "登录").click()
        stage.screen.shot(path)
"""
from .process import Process, Timeout, wait_until
from .screen import Screen
from .stage import Stage
from .tap import check, equal, run, skip
from .tree import Node, NotFound

__all__ = ["Node", "NotFound", "Process", "Screen", "Stage", "Timeout", "check", "equal", "run", "skip", "wait_until"]
