# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""What follows when a car under contract is lost, each person in a window of their own.

One claim goes from the loss to the new car: dealership, insurer, assessor, approver and finance. One is refused and, on
appeal, decided by others. One is closed because nobody brought what was asked for. Letters are printed and read back."""
import datetime
import json
import os
import re
import shutil
import sqlite3
import time

from wuyoutest import Stage, check, equal, wait_until
from wuyoutest.caseworker import Caseworker
from wuyoutest.desk import Desk
from wuyoutest.papers import write_jpeg, write_pdf
from wuyoutest.process import run_command
from wuyoutest.sample import make_vin

CONTRACTS = 120  # with fewer the demo data does not have every state of a claim
DAYS_AGO = 10  # so long has nobody run the server: time is up for what was overdue then
INSURER = "和岳财产保险股份有限公司"
PEOPLE = {
    "clerk": "zhang.kai@anda.example",
    "insurer": "zhong.yuxiu@heyue.example",
    "assessor": "wei.ran@antu.example",
    "approver": "tang.li@antu.example",
    "finance": "yan.jin@antu.example",
    "other-assessor": "yin.ruolan@antu.example",
    "other-approver": "xie.zhiyuan@antu.example",
    "other-clerk": "he.miao@hengyuan.example",
}
CHECKS = ("The contract covers the loss", "The motor policies were in force", "Cause and evidence agree",
          "No exclusion applies")  # fmt: skip
BLURRED = "PAYOUT_CALCULATION"


class ClaimsTour:
    def __init__(self, stage, server, folder, pictures=0, language="zh_CN"):
        self.stage = stage
        self.server = server
        self.folder = folder
        self.language = language
        self.pictures = pictures
        self.jobs = len(os.listdir(stage.printers.jobs)) // 2
        self.started = time.monotonic()
        self.today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
        self.desks = {}
        self.database = sqlite3.connect(f"file:{server.database.removeprefix('sqlite:')}?mode=ro", uri=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def day(self, ago):
        return (self.today - datetime.timedelta(days=ago)).isoformat()

    def step(self, name):
        self.pictures += 1
        self.stage.screen.settled_shot(self.path(f"{self.pictures:02}-{name}.png"), timeout=3)
        print(f"# {time.monotonic() - self.started:6.1f} s  {self.pictures:02} {name}", flush=True)

    def at(self, who):
        """That person's window in front; they come in when they are needed first."""
        if who not in self.desks:
            self.desks[who] = Desk(self.stage, self.server, PEOPLE[who], self.language, Caseworker, len(self.desks))
        return self.desks[who].front()

    def ask(self, query, *values):
        return self.database.execute(query, values).fetchone()

    # Papers

    def write_evidence(self, name, title, rows=(), pdf=False):
        lines = [("车主", "（见合同）"), ("合同编号", self.number), *rows]
        picture = write_jpeg(self.path(f"claim-{name}.jpg"), title, lines)
        if not pdf:
            return picture
        path = write_pdf(self.path(f"claim-{name}.pdf"), [picture])
        os.remove(picture)
        return path

    def print_letter(self, who, letter, wanted):
        """Opened in that person's window, printed, and what came out of the printer read back."""
        clerk = self.at(who)
        window = clerk.open_paper(letter)
        name = re.sub(r"\W+", "-", letter.lower())
        self.step(f"{who}-letter-{name}")
        self.jobs += 1
        job = clerk.print_now(window, self.stage.printers, self.jobs)
        path = self.path(f"letter-{self.jobs}-{name}.pdf")
        shutil.copyfile(job, path)
        clerk.close_window(clerk.word(letter))
        flat = re.sub(r"\s+", "", run_command("pdftotext", "-layout", path, "-"))
        for text in wanted:
            check(re.sub(r"\s+", "", text) in flat, f"{text} is not in the letter {path}")

    # From the loss to the new car

    def choose_contract(self):
        """In force for a year, insured with the insurer who has a window here."""
        check(self.ask("SELECT count(*) FROM renditions")[0] > 50, "of the demo data nothing in review can be looked at")
        self.number, self.contract, benefit, self.msrp = self.ask(
            "SELECT c.number, c.id, p.benefit_json, c.msrp_fen FROM contracts c JOIN orgs o ON o.id = c.org_id "
            "JOIN products p ON p.id = c.product_id WHERE c.state = 'ACTIVE' AND o.code = 'ad' AND p.code = 'AX-D' "
            "AND c.brand = 'BMW' AND c.owner_kind = 'PERSON' AND c.commercial_insurer = ? "
            "AND c.id NOT IN (SELECT contract_id FROM claims) ORDER BY c.seq LIMIT 1", INSURER,
        )  # fmt: skip
        rows = [row for row in json.loads(benefit)["checklist"] if row["required"] and row["loss"] in ("ANY", "COLLISION")]
        self.slots = {phase: {row["slot"]: row["title"] for row in rows if row["phase"] == phase} for phase in (1, 2)}

    def report(self):
        clerk = self.at("clerk")
        self.stage.screen.key("ctrl+3")
        clerk.app.find("text", clerk.word("Search claims"), timeout=30)
        self.step("clerk-claims")
        self.stage.screen.key("ctrl+n")
        chooser = clerk.dialog("Report a Loss: Which Contract?")
        clerk.put(chooser.find("text", clerk.word("Search contracts")), self.number)
        chooser.find("label", self.number, timeout=20)
        self.step("clerk-which-contract")
        self.stage.screen.key("Return")
        clerk.app.find("text", clerk.word("Time of the loss"), timeout=30)
        clerk.fill(
            [
                ("text", "Time of the loss", f"{self.day(8)} 18:40"), ("choice", "Kind of loss", "Collision"),
                ("text", "Place of the loss", "绕城高速外环 K37 附近"),
                ("text", "Cause of the loss", "雨天路滑，在弯道失控后撞上右侧护栏，车头与左前轮严重变形，气囊全部弹出，无人受伤。"),
                ("text", "Insurer’s report number", "HYBA2026530100088123"),
                ("text", "Reported by", "沈若溪"), ("text", "Informant’s mobile phone", "13888005678"),
                ("switch", "Owner’s consent to sensitive papers", None), ("text", "Day of the owner’s consent", self.day(7)),
                ("text", "Insured value in the year of the loss", "330000"), ("text", "Paid by the insurer", "318000"),
            ]
        )  # fmt: skip
        clerk.wait_saved()
        self.step("clerk-loss")
        clerk.press_button(clerk.named("_Report the Loss"))
        self.claim = clerk.app.find("label", re.compile(r"^LP-\d{4}-\d{7}$"), timeout=60).name
        clerk.sees_state("Loss reported")
        self.claim, = self.ask("SELECT number FROM claims WHERE contract_id = ?", self.contract)
        self.step("clerk-reported")

    def determine(self):
        """The insurer's own user says what it was, with the paper."""
        clerk = self.at("insurer")
        clerk.open_claim(self.claim)
        self.step("insurer-claim")
        paper = self.write_evidence("determination", "全损认定书", [("报案号", "HYBA2026530100088123"), ("结论", "全部损失")], True)
        add = re.compile("^" + clerk.word("Add files: %s").replace("%s", ""))
        clerk.press_button(add, 60)
        clerk.choose_file(paper, clerk.word("Add Files"))
        clerk.step("Record the insurer’s determination", timeout=120)
        window = clerk.dialog("Record the insurer’s determination")
        self.step("insurer-determination")
        clerk.answer(window, "_Record", [("choice", "Insurer’s determination", "Total loss"),
                                         ("text", "Day of the insurer’s determination", self.day(2))])  # fmt: skip

    def gather(self, phase, step):
        clerk = self.at("clerk")
        clerk.sees_missing(step)
        wanted = {slot: title for slot, title in self.slots[phase].items() if slot != "DETERMINATION"}
        slots = clerk.find_slots(set(wanted.values()))
        for number, (slot, title) in enumerate(wanted.items()):
            clerk.add_evidence(title, self.write_evidence(slot.lower(), title, pdf=number % 3 == 0), slots[title])
        clerk.wait_complete(len(self.slots[phase]))
        clerk.go_to_section("Evidence")
        self.step(f"clerk-evidence-{phase}")

    def submit(self, label, name, state):
        clerk = self.at("clerk")
        clerk.step(label, timeout=120)
        window = clerk.dialog(label)
        self.step(f"clerk-{name}")
        clerk.answer(window, "_Send", [("switch", "I declare it", None)])
        clerk.sees_state(state)

    def take(self, who, state):
        clerk = self.at(who)
        clerk.step("Take the case")
        clerk.sees_state(state)

    def review(self):
        """One paper is verified, one returned; what is wanted is asked for at once."""
        clerk = self.at("assessor")
        clerk.open_claim(self.claim)
        self.step("assessor-queue")
        self.take("assessor", "In preliminary review")
        (self.assessor_id,) = self.ask("SELECT assessor_id FROM claims WHERE number = ?", self.claim)
        window = clerk.look_at(self.slots[1]["SERVICE_CONTRACT"])
        self.step("assessor-document")
        clerk.verify(window)
        self.stage.screen.key("Escape")
        window = clerk.look_at(self.slots[1][BLURRED])
        clerk.send_back(window, "Not readable", "金额一栏看不清，请重新扫描。")
        self.stage.screen.key("Escape")
        clerk.go_to_section("Evidence")
        self.step("assessor-judged")

    def request(self):
        clerk = self.at("assessor")
        clerk.other_step("Request documents")
        window = clerk.dialog("Request Documents")
        clerk.put(window.find("text", clerk.word("Why it is needed"), timeout=20), "金额一栏看不清")
        self.step("assessor-request")
        clerk.answer(window, "_Send the Notice")
        clerk.sees_state("More documents needed")

    def supply(self):
        clerk = self.at("clerk")
        clerk.sees_state("More documents needed")
        self.step("clerk-more-documents")
        self.print_letter("clerk", "Request for documents", [self.claim, self.slots[1][BLURRED], "金额一栏看不清"])
        clerk.add_evidence(self.slots[1][BLURRED], self.write_evidence("calculation-again", self.slots[1][BLURRED]))
        self.submit("Send the documents", "supply", "In preliminary review")

    def assess(self, who="assessor", answers=None):
        clerk = self.at(who)
        clerk.answer_checks(answers or [(label, "Met") for label in CHECKS])
        wait_until(lambda: not clerk.button("_Save the Checks").sensitive, 30, what="the checks to be saved")
        clerk.go_to_section("Review")
        self.step(f"{who}-checks")

    def approve(self, who, state, reason):
        clerk = self.at(who)
        clerk.open_claim(self.claim)
        clerk.step("Approve")
        window = clerk.dialog("Approve")
        self.step(f"{who}-approve")
        clerk.answer(window, "_Approve", [("text", "Reasons in words (may be left out)", reason)])
        clerk.sees_state(state)

    def buy(self):
        clerk = self.at("clerk")
        clerk.sees_state("Preliminarily approved")
        self.print_letter("clerk", "Preliminary approval", [self.claim, self.number])
        clerk.press_button(clerk.named("_Edit"))
        price = self.msrp // 100
        clerk.fill(
            [
                ("choice", "Brand of the new car", "BMW"), ("text", "Series of the new car", "3 系"),
                ("text", "Model of the new car", "330Li M 运动套装"),
                ("text", "VIN of the new car", make_vin("LBV8V318", "T", "D", "730955")),
                ("text", "Invoice number of the new car", "24532000000187654999"),
                ("text", "List price of the new car", str(price)),
                ("text", "Invoice amount of the new car", str(price - 9000)),
                ("text", "New car ordered", self.day(1)), ("text", "New car handed over", self.day(0)),
                ("text", "Purchase tax of the new car", "32000"),
            ]
        )  # fmt: skip
        clerk.wait_saved()
        self.step("clerk-new-car")
        clerk.press_button(clerk.named("_Register the New Car"))
        clerk.sees_state("New car being bought")

    def compute(self):
        clerk = self.at("assessor")
        clerk.sees_state("Awaiting final review")
        self.take("assessor", "In final review")
        clerk.press_button(clerk.named("_Compute"), 30)
        wait_until(lambda: self.ask("SELECT settlement_json FROM claims WHERE number = ?", self.claim)[0], 30, what="amount")
        clerk.go_to_section("Why this amount")
        self.step("assessor-settlement")

    def endorse(self):
        """The amount is one that another approver sees first."""
        clerk = self.at("other-approver")
        clerk.open_claim(self.claim)
        clerk.step("Endorse the amount")
        clerk.go_to_section("Timeline")
        clerk.sees("Large amount endorsed")
        self.step("other-approver-endorsed")

    def pay(self):
        clerk = self.at("finance")
        clerk.open_claim(self.claim)
        clerk.step("Begin the payment")
        clerk.sees_state("Being settled")
        proof = self.write_evidence("payment", "网上银行电子回单", [("付款人", "安途无忧车服（北京）有限公司")], True)
        clerk.add_evidence(clerk.word("Proof of payment"), proof)
        clerk.step("Register the payout", timeout=120)
        window = clerk.dialog("Register the payout")
        clerk.put(window.find("text", clerk.word("Payment reference")), "OUT2026112800042")
        self.step("finance-payment")
        clerk.answer(window, "_Register")
        clerk.sees_state("Closed, paid")
        self.step("finance-paid")

    def happy_way(self):
        self.choose_contract()
        self.report()
        self.determine()
        self.gather(1, "Send to preliminary review")
        self.submit("Send to preliminary review", "submit", "Awaiting preliminary review")
        self.review()
        self.request()
        self.supply()
        self.at("assessor").sees_state("In preliminary review")
        self.assess()
        self.approve("approver", "Preliminarily approved", "材料齐全，同意预审通过。")
        self.buy()
        self.gather(2, "Send to final review")
        self.submit("Send to final review", "submit-final", "Awaiting final review")
        self.compute()
        self.assess()
        self.endorse()
        self.approve("approver", "Approved", "金额复核无误。")
        self.print_letter("clerk", "Approval", [self.claim, self.number])
        self.print_letter("clerk", "Settlement sheet", [self.claim, "为什么是这个金额"])
        self.pay()
        self.check_fulfilled()

    def check_fulfilled(self):
        wait_until(lambda: self.ask("SELECT state FROM contracts WHERE id = ?", self.contract) == ("FULFILLED",), 60,
                   what="the contract to be fulfilled")  # fmt: skip
        clerk = self.at("clerk")
        clerk.sees_state("Closed, paid")
        self.step("clerk-closed")

    # Refused, and decided by others

    def find_assessed(self):
        self.claim, self.number, assessor = self.ask(
            "SELECT c.number, c.contract_number, c.assessor_id FROM claims c JOIN orgs o ON o.id = c.org_id "
            "WHERE c.state = 'PRE_REVIEW' AND c.turn = 'APPROVER' AND o.code IN ('ad', 'bc')"
        )
        return "other-assessor" if assessor == self.assessor_id else "assessor"

    def refuse(self):
        clerk = self.at("approver")
        clerk.open_claim(self.claim)
        clerk.other_step("Refuse")
        window = clerk.dialog("Refuse")
        reason = "车辆在出险前已过户给他人，按服务合同约定不属于补偿范围。"
        clerk.take_entry(window.find("combo box", clerk.word("Reason of the refusal")), clerk.word("The car changed hands"))
        clerk.put(window.find("text", clerk.word("Reasons in words")), reason)
        self.step("approver-refuse")
        clerk.answer(window, "_Refuse the Claim")
        clerk.sees_state("Preliminarily refused")
        self.at("clerk").open_claim(self.claim)
        self.print_letter("clerk", "Preliminary refusal", [self.claim, self.number, reason])

    def appeal(self):
        clerk = self.at("clerk")
        statement = self.write_evidence("appeal", "申诉书", [("理由", "过户手续在出险当天尚未办结")], True)
        clerk.add_evidence(clerk.word("Owner’s appeal"), statement)
        clerk.step("Appeal")
        window = clerk.dialog("Appeal")
        clerk.put(window.find("text", clerk.word("Why the decision is wrong")), "过户手续在出险当天尚未办结，附车管所的业务受理单。")
        self.step("clerk-appeal")
        clerk.answer(window, "_Appeal")
        clerk.sees_state("Appeal")

    def decide_again(self, assessor):
        clerk = self.at(assessor)
        clerk.open_claim(self.claim)
        clerk.step("Review again")
        clerk.sees_state("In preliminary review")
        self.assess(assessor)
        self.approve("other-approver", "Preliminarily approved", "申诉成立，过户未完成，同意预审通过。")
        clerk = self.at("clerk")
        clerk.sees_state("Preliminarily approved")
        clerk.go_to_section("Timeline")
        self.step("clerk-appealed")
        row = self.ask("SELECT assessor_id = previous_assessor_id, approver_id = previous_approver_id FROM claims "
                       "WHERE number = ?", self.claim)  # fmt: skip
        equal(row, (0, 0), "an appeal decided by who decided before")

    def refused_way(self):
        assessor = self.find_assessed()
        self.refuse()
        self.appeal()
        self.decide_again(assessor)

    # Time was up

    def lapsed_way(self):
        """What was overdue when the server began to run, closed by it."""
        number, org, phase = wait_until(
            lambda: self.ask("SELECT c.number, o.code, c.phase FROM claims c JOIN orgs o ON o.id = c.org_id WHERE "
                             "c.state = 'CLOSED_UNPAID' AND c.updated_at > ?", self.server.began), 60, what="a lapsed claim")  # fmt: skip
        who = "other-clerk" if org == "hy" else "clerk"
        clerk = self.at(who)
        clerk.open_claim(number)
        clerk.sees_state("Closed without payment")
        clerk.go_to_section("Timeline")
        clerk.sees("Closed, time was over")
        self.step(f"{who}-lapsed")
        letter = "Preliminary refusal" if phase == "LOSS" else "Refusal"
        self.print_letter(who, letter, [number])

    def run(self):
        self.happy_way()
        self.refused_way()
        self.lapsed_way()
        for who, desk in self.desks.items():
            equal(desk.app.quit(60), 0, f"exit status of the window of {who}")


def run_claims(folder):
    with Stage() as stage:
        stage.start_clamd()
        stage.start_printers()
        server = stage.start_server(CONTRACTS, days_ago=DAYS_AGO)
        ClaimsTour(stage, server, folder).run()
        equal(server.stop(), 0, "exit status of the server")
