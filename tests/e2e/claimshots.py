# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""claimshots.py DIR [PATTERN]: claims as each desk sees them, a picture of every page of a case and of its dialogs.

Pictures are claims-who-what-language-look-size.png; with a PATTERN only those of which language-look-who matches it,
as "zh_CN-light-assessor"."""
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from shots import LOOKS, SIZES, Shots  # noqa: E402
from wuyoutest import Stage, wait_until  # noqa: E402
from wuyoutest.desk import one_time_code  # noqa: E402

NUMBER = re.compile(r"^LP-\d{4}-\d{7}$")
MOST_PAGES = 9  # of one case: what is longer repeats itself

# who: account, then what is looked at: (page, chip, row, steps whose window is opened)
DESKS = {
    "clerk": (
        "zhang.kai@anda.example",
        (
            ("documents", "Documents wanted", 0, ()),
            ("loss", "Loss", 0, ()),
            ("car", "New car", 0, ()),
            ("pay", "To pay", 0, ()),
            ("refused", "Refused, appeals", 0, ("Appeal",)),
            ("closed", "Case closed", 0, ()),
        ),
    ),
    "assessor": (
        "wei.ran@antu.example",
        (
            ("queue", "Waiting for me", 0, ()),
            ("review", "Waiting for me", 2, ("Request documents",)),
            ("final", "Waiting for me", 4, ()),
            ("flags", "Waiting for me", 6, ()),
        ),
    ),
    "approver": ("tang.li@antu.example", (("queue", "Waiting for me", 0, ("Approve", "Refuse")), ("all", "All", 0, ()))),
    "finance": ("yan.jin@antu.example", (("pay", "Waiting for me", 0, ("Register the payout",)),)),
    "insurer": ("zhong.yuxiu@heyue.example", (("loss", "Loss", 0, ("Record the insurer’s determination",)),)),
}  # fmt: skip


class Desk(Shots):
    def enter(self, server, email):
        app, clerk = self.start(server)
        secret = re.search(re.escape(email) + r".*TOTP (\w+)", server.accounts)
        clerk.enter_account(email)
        if secret is not None:
            clerk.app.find("text", clerk.word("One-time code"), timeout=30).set_text(one_time_code(secret.group(1)))
            clerk.button("_Sign In").click()
        clerk.app.find("list", clerk.word("Pages"), timeout=60)
        return app, clerk

    def choose(self, clerk, chip, row):
        """The case in that row of what the chip shows."""
        self.stage.screen.key("ctrl+3")
        clerk.app.find("text", clerk.word("Search claims"), timeout=30)
        clerk.app.find("push button", re.compile("^" + re.escape(clerk.word(chip)))).click()
        time.sleep(1)
        numbers = [node for node in clerk.app.root.walk() if node.role == "label" and NUMBER.match(node.name)]
        if len(numbers) <= row:
            raise AssertionError(f"no claim {row} below {chip}")
        numbers[row].press(count=2)
        time.sleep(1.5)

    def leaf(self, page, clerk, sizes):
        """One picture for every screenful of the case beside the list."""
        window = clerk.app.root.children[0].window_id
        for size in sizes:
            self.stage.screen.resize(window, *SIZES[size])
            time.sleep(0.5)
            bar = self.find_bar(clerk)
            for number in range(MOST_PAGES):
                self.picture(f"{page}-{number}", size)
                before = bar.value if bar is not None else 0
                if bar is None or not self.turn(bar, before + 560):
                    break
            if bar is not None:
                bar.set_value(0)
        self.stage.screen.resize(window, *SIZES["wide"])
        time.sleep(0.3)

    @staticmethod
    def turn(bar, place):
        before = bar.value
        bar.set_value(place)
        time.sleep(0.4)
        return bar.value > before + 20

    @staticmethod
    def find_bar(clerk):
        label = clerk.app.find("label", re.compile("^" + re.escape(clerk.word("Contract and car"))))
        return clerk._bar_around(label)[0]

    def case(self, clerk, who, page, chip, row, steps):
        self.choose(clerk, chip, row)
        self.leaf(f"claims-{who}-{page}", clerk, ("wide", "slim") if self.look in ("light", "large") else ("wide",))
        if page in ("queue", "flags", "documents", "loss"):
            self.attempt(f"{who}-{page}-file", self.file, clerk, who, page)
        for step in steps:
            self.attempt(f"{who}-{page}-{step}", self.step, clerk, who, page, step)

    def file(self, clerk, who, page):
        """The first paper, as it is looked at beside what it says."""
        first = re.compile("^" + clerk.word("PDF of %s").split("%")[0])
        tile = clerk.app.find("push button", first, timeout=10)
        before = len(clerk.app.root.children)
        clerk.reveal(tile).press()
        wait_until(lambda: len(clerk.app.root.children) > before, 10, what="the window of a paper")
        time.sleep(4)  # one that nobody looked at before is made first
        self.window(clerk, f"claims-{who}-{page}-file", before)

    def step(self, clerk, who, page, step):
        button = clerk.app.maybe("push button", clerk.named(step))
        if button is None:
            clerk.reveal(clerk.button("Other steps", timeout=20)).press()
            time.sleep(0.5)
            button = clerk.button(step, timeout=10)
        self.pressed(clerk, f"claims-{who}-{page}-{step.split()[0].lower()}", button)

    def form(self, clerk):
        self.stage.screen.key("ctrl+3")
        self.dialog(clerk, "claims-choose", "ctrl+n")
        clerk.app.find("push button", re.compile("^" + re.escape(clerk.word("Drafts")))).click()
        time.sleep(1)
        self.stage.screen.key("Escape", "Home", "Down", "Up", "Return")
        time.sleep(1)
        self.leaf("claims-clerk-draft", clerk, ("wide",))
        clerk.button("_Edit").click()
        time.sleep(1)
        self.shot("claims-form", clerk, ("wide", "slim"))
        self.stage.screen.key("alt+Left")

    def away(self, clerk, server):
        port = server.port
        server.kill()
        self.stage.screen.key("ctrl+3", "F5")
        time.sleep(4)
        self.shot("claims-offline", clerk, ("wide", "slim"))
        server.start(port=port)

    def sit(self, who, server):
        email, cases = DESKS[who]
        app, clerk = self.enter(server, email)
        self.attempt(f"{who}-today", self.page, clerk, f"claims-{who}-today", "ctrl+1")
        self.attempt(f"{who}-list", self.page, clerk, f"claims-{who}-list", "ctrl+3")
        for page, chip, row, steps in cases:
            self.attempt(f"{who}-{page}", self.case, clerk, who, page, chip, row, steps)
        if who == "clerk":
            self.attempt("form", self.form, clerk)
            self.attempt("offline", self.away, clerk, server)
        app.stop()
        for line in app.process.log.splitlines():
            if "CRITICAL" in line or "WARNING" in line:
                self.failed.append(f"{who}-{self.language}-{self.look}: {line}")


def take_shots(folder, pattern):
    failed = []
    with Stage() as stage:  # without a keyring, so that every start is somebody else's
        servers = {}
        for language in ("zh_CN", "en"):
            for look in LOOKS:
                for who in DESKS:
                    if look == "away" or not re.search(pattern, f"{language}-{look}-{who}"):
                        continue
                    contracts = 0 if look == "empty" else 300
                    if contracts not in servers:
                        servers[contracts] = stage.start_server(contracts=contracts)
                    desk = Desk(stage, folder, language, look)
                    desk.attempt(who, desk.sit, who, servers[contracts])
                    failed += desk.failed
    return failed


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    os.makedirs(sys.argv[1], exist_ok=True)
    problems = take_shots(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "")
    sys.exit("\n".join(problems) if problems else 0)
