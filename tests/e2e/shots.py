# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""shots.py DIR: a picture of every page and dialog, light and dark, in Chinese and English, wide and narrow, as
page-language-theme-size.png, to be looked at one by one."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from wuyoutest import Stage, wait_until  # noqa: E402
from wuyoutest.clerk import Clerk  # noqa: E402

SIZES = {"wide": (1240, 820), "narrow": (460, 780)}
MANAGER = "li.weidong@anda.example"


class Shots:
    def __init__(self, stage, folder, language, theme):
        self.stage = stage
        self.folder = folder
        self.language = language
        self.theme = theme
        self.failed = []

    def env(self):
        return {"LANGUAGE": self.language, "ADW_DEBUG_COLOR_SCHEME": f"prefer-{self.theme}"}

    def shot(self, page, clerk):
        """The page at both sizes; windows of fixed size only once."""
        main = [child for child in clerk.app.root.children if child.role == "frame"][0]
        window = main.window_id
        for size, (width, height) in SIZES.items():
            self.stage.screen.resize(window, width, height)
            time.sleep(0.3)
            self.picture(page, size)
        self.stage.screen.resize(window, *SIZES["wide"])

    def picture(self, page, size="wide"):
        language = self.language.replace("_", "-")
        path = os.path.join(self.folder, f"{page}-{language}-{self.theme}-{size}.png")
        self.stage.screen.settled_shot(path, timeout=2)

    def attempt(self, name, function, *arguments):
        """One page that does not open must not hide the others."""
        try:
            function(*arguments)
        except AssertionError as error:
            self.failed.append(f"{name}-{self.language}-{self.theme}: {str(error).splitlines()[0]}")
            self.stage.screen.key("Escape")

    def before_work(self, server):
        app = self.stage.start_app(server, env=self.env())
        clerk = Clerk(app, self.language)
        app.find("text", clerk.word("E-mail"), timeout=30)
        self.shot("sign-in", clerk)
        clerk.enter_account("qian.duo@anda.example")
        app.find("text", clerk.word("Present password"), timeout=30)
        self.shot("first-password", clerk)
        app.stop()
        app = self.stage.start_app(server, env=self.env())
        clerk = Clerk(app, self.language)
        clerk.enter_account("wu.tong@anda.example")
        clerk.agree_button()
        self.shot("agreements", clerk)
        app.stop()

    def dialog(self, clerk, page, key):
        before = len(clerk.app.root.children)
        self.stage.screen.key(key)
        wait_until(lambda: len(clerk.app.root.children) > before, 10, what=f"the window of {page}")
        self.picture(page)
        self.stage.screen.key("Escape")
        wait_until(lambda: len(clerk.app.root.children) <= before, 10, what=f"the window of {page} to close")

    def page(self, clerk, name, title):
        clerk.app.find("list item", clerk.word(title)).press()
        time.sleep(1.2)
        self.shot(name, clerk)

    def sales(self, clerk):
        clerk.go_to_sales()
        self.shot("sales", clerk)
        self.stage.screen.key("Tab", "Tab", "Tab", "Down", "Return")
        time.sleep(1)
        self.shot("sales-detail", clerk)
        clerk.search("没有这样的车主")
        time.sleep(1)
        self.shot("sales-nothing-found", clerk)
        clerk.search("")

    def form(self, clerk):
        clerk.go_to_sales()
        clerk.new_contract()
        self.stage.screen.type("LBV8V3189TD730816")
        time.sleep(0.5)
        self.shot("contract-form", clerk)
        clerk.reveal(clerk.button("_Submit")).click()
        time.sleep(0.5)
        self.shot("contract-form-missing", clerk)

    def offline(self, clerk, server):
        port = server.port
        server.kill()
        self.stage.screen.key("ctrl+1")
        self.stage.screen.key("F5")
        time.sleep(4)
        self.shot("offline", clerk)
        server.start(port=port)

    def work(self, server):
        app = self.stage.start_app(server, env=self.env())
        clerk = Clerk(app, self.language)
        clerk.sign_in(MANAGER)
        for name, title in (("today", "Today"), ("help", "Help and support"), ("personal", "Personal settings")):
            self.attempt(name, self.page, clerk, name, title)
        self.attempt("sales", self.sales, clerk)
        for name, key in (("preferences", "ctrl+comma"), ("shortcuts", "ctrl+question"), ("outbox", "ctrl+shift+o"),
                          ("finder", "ctrl+k")):  # fmt: skip
            self.attempt(name, self.dialog, clerk, name, key)
        self.attempt("form", self.form, clerk)
        self.attempt("offline", self.offline, clerk, server)
        app.stop()


def take_shots(folder):
    failed = []
    with Stage() as stage:
        stage.start_keyring()
        server = stage.start_server(contracts=120)
        for language in ("zh_CN", "en"):
            for theme in ("light", "dark"):
                shots = Shots(stage, folder, language, theme)
                shots.attempt("before-work", shots.before_work, server)
                shots.attempt("work", shots.work, server)
                failed += shots.failed
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.makedirs(sys.argv[1], exist_ok=True)
    problems = take_shots(sys.argv[1])
    sys.exit("\n".join(problems) if problems else 0)
