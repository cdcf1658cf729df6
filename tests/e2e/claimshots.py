# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""claimshots.py DIR [PATTERN]: claims as each desk sees them, a picture of every page of a case and of its dialogs.

Pictures are claims-who-what-language-look-size.png; with a PATTERN only those of which language-look-who matches it,
as "zh_CN-light-assessor"."""
import os
import re
import sqlite3
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from shots import SIZES, Shots  # noqa: E402
from wuyoutest import Stage, wait_until  # noqa: E402
from wuyoutest.desk import one_time_code  # noqa: E402
from wuyoutest.process import run_command  # noqa: E402

NUMBER = re.compile(r"^LP-\d{4}-\d{7}$")
MOST_PAGES = 9  # of one case: what is longer repeats itself
PASSES = (("zh_CN", "light"), ("en", "light"), ("zh_CN", "dark"), ("en", "dark"), ("en", "contrast"), ("zh_CN", "large"), ("en", "large"),
          ("zh_CN", "empty"), ("en", "empty"))  # fmt: skip
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

SCANNER = """#!/bin/sh
mkdir -p "$HOME/scans"
printf x >"$HOME/scans/1.jpg"
printf x >"$HOME/scans/2.pdf"
"""  # what a scanning program would save

LETTERS = ("Claim form", "Request for documents", "Preliminary approval", "Preliminary refusal", "Approval", "Refusal",
           "Settlement sheet")  # fmt: skip
SENT = ("Approve", "Do not revoke", "Refuse the cancellation", "Cancel the contract", "Register the refund",
        "Register the payout")  # complete as they open: only looked at

PROOFS = {  # what must be there before a step
    "Register the payout": ("Proof of payment",),
    "Withdraw": ("Owner’s statement of withdrawal",),
    "Appeal": ("Owner’s appeal",),
    "Record the insurer’s determination": ("Insurer’s determination", "保险公司全损或推定全损认定书及一次性结案协议"),
}

# who: account, then what is looked at: (page, chip, row or state, what is opened from it)
DESKS = {
    "clerk": (
        "zhang.kai@anda.example",
        (
            ("documents", "Documents wanted", 0, ("file", "wrong", "tools", "letters", "offer", "Withdraw")),
            ("loss", "First review", 0, ("file",)),
            ("reported", "First review", "Loss reported", ("Record the insurer’s determination",)),
            ("car", "Replacement", 0, ("letters",)),
            ("newcar", "Replacement", "New car being bought", ("Send to final review",)),
            ("pay", "To pay", 0, ()),
            ("refused", "Refused, appeals", 0, ("Appeal", "letters")),
            ("closed", "Case closed", "Closed, paid", ("settlement", "letters")),
        ),
    ),
    "assessor": (
        "wei.ran@antu.example",
        (
            ("queue", "Waiting for me", 0, ("file",)),
            ("review", "Waiting for me", "In preliminary review", ("take", "beside", "return", "Request documents")),
            ("final", "Waiting for me", "In final review", ("amount",)),
            ("flags", "Waiting for me", 6, ("file",)),
        ),
    ),
    "approver": (
        "tang.li@antu.example",
        (("queue", "Waiting for me", 0, ("beside", "Approve", "Refuse")), ("all", "All", 0, ())),
    ),
    "finance": ("yan.jin@antu.example", (("pay", "Waiting for me", 0, ("Register the payout",)),)),
    "insurer": ("zhong.yuxiu@heyue.example", (("loss", "First review", 0, ("Record the insurer’s determination",)),)),
}  # fmt: skip

# Who ends contracts: account, then (state of a contract, step). What one person proposes another decides, in this order.
STATES = {
    "In force": "c.state = 'ACTIVE' AND c.id NOT IN (SELECT contract_id FROM claims)",
    "Cancellation requested": "c.state = 'CANCEL_REQUESTED'",
    "Cancelled": "c.state IN ('CANCELLED', 'REVOKED') AND c.refunded_on = 0",
}
ENDS = (
    ("manager", "li.weidong@anda.example", (("In force", "Request cancellation"), ("In force", "End by transfer"))),
    ("operations", "han.le@antu.example", (("Cancellation requested", "Refuse the cancellation"),
                                           ("Cancellation requested", "Cancel the contract"),
                                           ("In force", "Propose to revoke"))),
    ("approver", "tang.li@antu.example", (("In force", "Revoke"), ("In force", "Do not revoke"))),
    ("finance", "yan.jin@antu.example", (("Cancelled", "Register the refund"),)),
)  # fmt: skip


class Desk(Shots):
    clerk = None

    def enter(self, server, email):
        app, clerk = self.start(server)
        self.clerk = clerk
        secret = re.search(re.escape(email) + r".*TOTP (\w+)", server.accounts)
        clerk.enter_account(email)
        if secret is not None:
            clerk.app.find("text", clerk.word("One-time code"), timeout=30).set_text(one_time_code(secret.group(1)))
            clerk.button("_Sign In").click()
        clerk.app.find("list", clerk.word("Pages"), timeout=60)
        return app, clerk

    @property
    def sizes(self):
        return ("wide", "slim") if self.look in ("light", "large") else ("wide",)

    def choose(self, clerk, chip, row):
        """The case in that row of what the chip shows, or the first one in that state."""
        self.stage.screen.key("ctrl+3")
        clerk.app.find("text", clerk.word("Search claims"), timeout=30)
        clerk.app.find("push button", re.compile("^" + re.escape(clerk.word(chip)))).click()
        time.sleep(1)
        wanted = NUMBER if isinstance(row, int) else re.compile("^● " + re.escape(clerk.word(row)) + "$")
        found = [node for node in clerk.app.root.walk() if node.role == "label" and wanted.match(node.name)]
        row = row if isinstance(row, int) else 0
        if len(found) <= row:
            raise AssertionError(f"no claim {row} below {chip}")
        found[row].press(count=2)
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
                if bar is None or not self.turn(bar, before + (560 if size == "wide" else 300)):
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

    def window(self, clerk, page, before):
        """Dialogs also on a small screen."""
        time.sleep(0.5)
        self.picture(page)
        if "slim" in self.sizes:
            top = self.stage.screen.active_window()
            _, _, width, height = self.stage.screen.place(top)
            self.stage.screen.resize(top, min(width, SIZES["slim"][0]), min(height, SIZES["slim"][1]))
            time.sleep(0.5)
            self.picture(page, "slim")
        self.close(clerk, page, before)

    def close(self, clerk, page, before):
        self.stage.screen.key("Escape")
        wait_until(lambda: len(clerk.app.root.children) <= before, 10, what=f"the window of {page} to close")

    def attempt(self, name, function, *arguments):
        """What it left open is closed, so that the next one finds the page."""
        super().attempt(name, function, *arguments)
        if self.clerk is not None:
            super().attempt(f"{name}, closing", self.close_windows)

    def close_windows(self):
        if self.clerk is not None:
            for _ in range(4):
                if len(self.clerk.app.root.children) < 2:
                    break
                self.stage.screen.key("Escape")
                time.sleep(0.5)
                leave = self.clerk.app.maybe("push button", self.clerk.named("_Discard"))
                if leave is not None:
                    leave.press()

    def case(self, clerk, who, page, chip, row, parts):
        self.choose(clerk, chip, row)
        self.leaf(f"claims-{who}-{page}", clerk, self.sizes if page in ("documents", "queue") else ("wide",))
        for part in parts:
            acts = {"take": self.take_over, "file": self.file, "wrong": self.wrong, "tools": self.tools, "letters": self.letters, "offer": self.offer,
                    "return": self.send_back, "settlement": self.settlement, "amount": self.amount, "beside": self.beside}  # fmt: skip
            act = acts.get(part)
            if act is not None:
                self.attempt(f"{who}-{page}-{part}", act, clerk, f"claims-{who}-{page}-{part}")
            else:
                self.attempt(f"{who}-{page}-{part}", self.step, clerk, f"claims-{who}-{page}", part)

    def open_file(self, clerk):
        """The first paper, as it is looked at beside what it says."""
        first = re.compile("^(" + "|".join(clerk.word(kind).split("%")[0] for kind in ("PDF of %s", "Picture of %s")) + ")")
        tile = clerk.app.find("push button", first, timeout=10)
        before = len(clerk.app.root.children)
        clerk.reveal(tile).press()
        wait_until(lambda: len(clerk.app.root.children) > before, 10, what="the window of a paper")
        time.sleep(4)  # one that nobody looked at before is made first
        return before

    def file(self, clerk, page):
        before = self.open_file(clerk)
        self.window(clerk, page, before)

    def wrong(self, clerk, page):
        """What it says, half typed, and the question when the window is closed."""
        before = self.open_file(clerk)
        entry = re.compile("^(" + "|".join(re.escape(clerk.word(fact)) for fact in ("VIN", "Day of the loss")) + ")$")
        clerk.app.root.children[-1].find("text", entry, timeout=10).set_text("LBV")
        self.stage.screen.key("Escape")
        wait_until(lambda: len(clerk.app.root.children) > before + 1, 10, what="the question")
        self.window(clerk, page, before + 1)
        self.picture(f"{page}-stayed")
        self.stage.screen.key("Escape")
        clerk.button("_Leave It Out", timeout=10).press()
        wait_until(lambda: len(clerk.app.root.children) <= before, 10, what="the window to close")

    def tools(self, clerk, page):
        """A part blackened, a page cut, and the question for what is not saved."""
        self.open_file(clerk)
        clerk.button("Blacken a Part").press()
        time.sleep(0.7)
        self.picture(f"{page}-black")
        clerk.button("Crop: draw what stays, or use the arrow keys").press()
        time.sleep(0.7)
        self.picture(f"{page}-crop")
        self.stage.screen.key("Escape")
        time.sleep(0.7)
        self.picture(f"{page}-unsaved")

    def send_back(self, clerk, page):
        """Why a file is returned; not answered."""
        self.open_file(clerk)
        before = len(clerk.app.root.children)
        self.stage.screen.key("r")
        self.window(clerk, page, before)

    def letters(self, clerk, page):
        """One of each kind that went out."""
        went = 0
        for name in LETTERS:
            wanted = re.compile("^" + re.escape(clerk.word("Open %s").replace("%s", clerk.word(name))))
            letters = clerk.app.root.find_all("push button", wanted)
            if letters:
                went += 1
                kind = name.lower().replace(" ", "-")
                self.pressed(clerk, f"{page}-{kind}", clerk.reveal(letters[-1]), act=self.open_slowly)
        if went == 0:
            raise AssertionError("no letter went out")

    def offer(self, clerk, page):
        """What a scanning program saved, and the same dismissed."""
        clerk.reveal(clerk.app.find("push button", clerk.word("Scan…"), timeout=10)).press()
        dismiss = clerk.app.find("push button", clerk.word("Do not ask again"), timeout=20)
        self.shot(page, clerk, self.sizes)
        dismiss.press()
        wait_until(lambda: clerk.app.maybe("push button", clerk.word("Do not ask again")) is None, 10, what="the offer to go")

    @staticmethod
    def open_slowly(node):
        node.press()
        time.sleep(4)

    def take_over(self, clerk, page):
        """From another assessor, unless an earlier pass did it."""
        if clerk.app.maybe("push button", clerk.named("Go to the Checks")) is None:
            self.find_step(clerk, "Take over the case").click()
            window = clerk.app.window(clerk.word("Take over the case"), timeout=10)
            window.find("text", clerk.word("Reason")).set_text("同事休假")
            window.find("push button", clerk.named("_Take Over")).press()
            clerk.button("Go to the Checks", timeout=20)

    def beside(self, clerk, page):
        """Evidence and checks side by side; where there is room for one half only, both of them."""
        window = clerk.app.root.children[0].window_id
        clerk.app.find("push button", clerk.word("Side by Side"), timeout=20).press()
        time.sleep(4)  # a file that nobody looked at before is made first
        for size in self.sizes:
            self.stage.screen.resize(window, *SIZES[size])
            time.sleep(0.7)
            self.picture(page, size)
            if size == "slim":
                self.stage.screen.key("F9")
                time.sleep(0.7)
                self.picture(f"{page}-entries", size)
        self.stage.screen.resize(window, *SIZES["wide"])
        self.stage.screen.key("Right", "3")
        time.sleep(2)
        self.picture(f"{page}-third-check")
        self.stage.screen.key("Escape")
        clerk.app.find("text", clerk.word("Search claims"), timeout=10)

    def settlement(self, clerk, page):
        """Why this amount: as far as it is computed, at its own place."""
        clerk.app.find("push button", clerk.word("Why this amount"), timeout=20).click()
        time.sleep(0.5)
        self.shot(page, clerk, self.sizes)

    def amount(self, clerk, page):
        """Computed, and then another one proposed."""
        clerk.press(clerk.button("_Compute", timeout=20))
        time.sleep(2)
        self.settlement(clerk, page)
        self.pressed(clerk, f"{page}-other", clerk.reveal(clerk.button("Another _Amount…")))

    @staticmethod
    def find_step(clerk, step):
        button = clerk.app.maybe("push button", clerk.named(step))
        if button is None:
            clerk.reveal(clerk.button("Other steps", timeout=20)).press()
            time.sleep(0.5)
            button = clerk.button(step, timeout=10)
        return button

    def prove(self, clerk, step):
        """With a file for what the step stands on."""
        path = os.path.join(self.stage.folder, "proof.png")
        run_command("convert", "-size", "420x594", "xc:ivory", path)
        titles = "|".join(re.escape(clerk.word(title)) for title in PROOFS[step])
        add = re.compile("^" + clerk.word("Add files: %s").replace("%s", f"({titles})"))
        clerk.press(clerk.app.find("push button", add, timeout=30), timeout=30)
        clerk.choose_file(path, clerk.word("Add Files"))
        time.sleep(8)  # uploaded, looked at and decoded

    def step(self, clerk, page, step):
        """The window of a step, as it opens, and as it refuses when it is sent as it is."""
        before = len(clerk.app.root.children)
        button = self.find_step(clerk, step)
        if not button.sensitive:
            self.picture(f"{page}-{step.split()[0].lower()}-not-yet")
            self.stage.screen.key("Escape")
            if step not in PROOFS:
                return
            self.prove(clerk, step)
            button = self.find_step(clerk, step)
        button.click()
        page = f"{page}-{step.split()[0].lower()}"
        window = wait_until(lambda: clerk.app.root.children[before:], 10, what=f"the window of {page}")[0]
        time.sleep(0.5)
        self.picture(page)
        if step not in SENT:  # what is complete as it opens would be done
            [each for each in window.walk() if each.role == "push button" and each.name and each.sensitive][-1].press()
        self.window(clerk, f"{page}-refused", before)

    def form(self, clerk):
        self.stage.screen.key("ctrl+3")
        self.dialog(clerk, "claims-choose", "ctrl+n")
        self.choose(clerk, "Drafts", "Draft")
        self.leaf("claims-clerk-draft", clerk, ("wide",))
        clerk.button("_Continue", timeout=20).click()
        time.sleep(1)
        self.shot("claims-form", clerk, self.sizes)
        report = clerk.button("_Report the Loss")
        clerk.reveal(report)
        self.shot("claims-form-end", clerk, self.sizes)
        clerk.reveal(report).click()
        time.sleep(1)
        self.shot("claims-form-missing", clerk, self.sizes)
        self.stage.screen.key("alt+Left")

    def nothing(self, clerk):
        self.stage.screen.key("ctrl+3")
        clerk.app.find("push button", re.compile("^" + re.escape(clerk.word("All")))).click()
        search = clerk.app.find("text", clerk.word("Search claims"), timeout=30)
        search.set_text("没有这样的车主")
        time.sleep(1)
        self.shot("claims-nothing-found", clerk, self.sizes)
        search.set_text("")

    def hostile(self, clerk):
        """A file with a virus and one that is none of the kinds, as they are refused."""
        self.choose(clerk, "Documents wanted", 0)
        add = re.compile("^" + clerk.word("Add files: %s").split("%")[0])
        for name, content in (("infected.pdf", "%PDF-1.4\n" + EICAR), ("broken.jpg", "not a picture\n" * 40)):
            path = os.path.join(self.stage.folder, name)
            with open(path, "w", encoding="ascii") as file:
                file.write(content)
            clerk.press(clerk.app.find("push button", add, timeout=30), timeout=30)
            clerk.choose_file(path, clerk.word("Add Files"))
            time.sleep(4)
            self.shot(f"claims-clerk-{name.split('.', 1)[0]}", clerk, self.sizes)

    def away(self, clerk, server):
        port = server.port
        server.kill()
        try:
            self.stage.screen.key("ctrl+3", "F5")
            time.sleep(4)
            self.shot("claims-offline", clerk, self.sizes)
            if self.look != "empty":
                clerk.app.find("push button", re.compile("^" + re.escape(clerk.word("All")))).click()
                time.sleep(4)  # until it is clear that no other rows come
                self.choose(clerk, "All", 1)
                self.shot("claims-offline-case", clerk, self.sizes)
        finally:
            server.start(port=port)

    def end_contracts(self, who, server, email, steps):
        self.server = server
        app, clerk = self.enter(server, email)
        for state, step in steps:
            self.attempt(f"ends-{who}-{step}", self.end_contract, clerk, who, state, step)
        self.clerk = None
        app.stop()

    def find_contract(self, state):
        """The oldest one; what is proposed by one person is the one that another decides on."""
        database = sqlite3.connect(f"file:{self.server.database.removeprefix('sqlite:')}?mode=ro", uri=True)
        row = database.execute(f"SELECT c.number FROM contracts c JOIN orgs o ON o.id = c.org_id WHERE {STATES[state]} "
                               "AND o.code = 'ad' ORDER BY c.seq LIMIT 1").fetchone()  # fmt: skip
        if row is None:
            raise AssertionError(f"no contract that is {state}")
        return row[0]

    def end_contract(self, clerk, who, state, step):
        number = self.find_contract(state)
        self.stage.screen.key("ctrl+2")
        clerk.app.find("push button", re.compile("^" + clerk.word("All") + "$"), timeout=30).click()
        clerk.search(number)
        clerk.found_number(number).press(count=2)
        time.sleep(1.5)
        page = f"ends-{who}-{step.lower().replace(' ', '-')}"
        self.shot(page + "-case", clerk, self.sizes)
        self.step(clerk, page, step)
        if step in ("Propose to revoke", "Cancel the contract"):
            self.send(clerk, step)

    def send(self, clerk, step):
        """So that another person finds it."""
        before = len(clerk.app.root.children)
        self.find_step(clerk, step).click()
        window = wait_until(lambda: clerk.app.root.children[before:], 10, what="the question")[0]
        reason = window.maybe("text")
        if reason is not None:
            reason.set_text("车辆在订立合同前已发生全损，车主未如实告知。")
        time.sleep(0.5)
        [each for each in window.walk() if each.role == "push button" and each.name and each.sensitive][-1].press()
        wait_until(lambda: len(clerk.app.root.children) <= before, 20, what=f"{step} to be sent")

    def sit(self, who, server):
        self.server = server
        email, cases = DESKS[who]
        app, clerk = self.enter(server, email)
        self.attempt(f"{who}-today", self.page, clerk, f"claims-{who}-today", "ctrl+1")
        self.attempt(f"{who}-list", self.page, clerk, f"claims-{who}-list", "ctrl+3")
        if self.look != "empty":
            self.work_through(who, clerk, cases)
        if who == "clerk":
            self.attempt("offline", self.away, clerk, server)
        self.clerk = None
        app.stop()
        for line in app.process.log.splitlines():
            if "CRITICAL" in line or "WARNING" in line:
                self.failed.append(f"{who}-{self.language}-{self.look}: {line}")

    def work_through(self, who, clerk, cases):
        for page, chip, row, parts in cases:
            self.attempt(f"{who}-{page}", self.case, clerk, who, page, chip, row, parts)
        if who == "clerk":
            for name, act in (("form", self.form), ("nothing", self.nothing), ("hostile", self.hostile)):
                self.attempt(name, act, clerk)

    def take_one(self, who, server):
        if who in DESKS:
            self.sit(who, server)
        elif self.look != "empty":
            for end, email, steps in ENDS:
                self.attempt(f"ends-{end}", self.end_contracts, end, server, email, steps)


def install_scanner():
    """A program as a desktop knows it, in the home of these pictures."""
    home = os.environ["HOME"]
    program = os.path.join(home, "scanner.sh")
    entry = os.path.join(os.environ["XDG_DATA_HOME"], "applications", "com.example.scanner.desktop")
    folders = os.path.join(os.environ["XDG_CONFIG_HOME"], "user-dirs.dirs")
    for path, text in (
        (program, SCANNER),
        (entry, f"[Desktop Entry]\nType=Application\nName=Scanner\nExec={program}\nCategories=Graphics;Scanning;\n"),
        (folders, 'XDG_DOCUMENTS_DIR="$HOME/scans"\n'),
    ):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    os.chmod(program, 0o700)


def take_shots(folder, pattern):
    failed = []
    install_scanner()
    with Stage() as stage:  # without a keyring, so that every start is somebody else's
        stage.start_clamd()
        servers = {}
        for language, look in PASSES:
            for who in (*DESKS, "ends"):
                if not re.search(pattern, f"{language}-{look}-{who}"):
                    continue
                contracts = 0 if look == "empty" else 300
                if contracts not in servers:
                    servers[contracts] = stage.start_server(contracts=contracts)
                desk = Desk(stage, folder, language, look)
                desk.attempt(who, desk.take_one, who, servers[contracts])
                failed += desk.failed
    return failed


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    os.makedirs(sys.argv[1], exist_ok=True)
    problems = take_shots(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "")
    sys.exit("\n".join(problems) if problems else 0)
