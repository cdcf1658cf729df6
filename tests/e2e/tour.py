# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""tour.py DIR: the main job through the real windows, driven by the accessibility tree.

A seller signs in for the first time, changes the password, reads and accepts the agreements, sells one contract to a
person and one to a company, prints them, registers the signed scan and the payment, and finds them again. DIR gets a
picture of every step, what was printed, and the audit extract. Then cars are lost, see tour_claims.py. The exit status
is 0 only if all of it is right."""
import datetime
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from tour_claims import CONTRACTS, DAYS_AGO, ClaimsTour  # noqa: E402
from wuyoutest import Stage, check, equal, wait_until  # noqa: E402
from wuyoutest.clerk import DEMO_PASSWORD, Clerk  # noqa: E402
from wuyoutest.papers import write_jpeg, write_pdf, write_scan  # noqa: E402
from wuyoutest.process import run_command  # noqa: E402
from wuyoutest.sample import CONSENTS, company_sale, person_sale  # noqa: E402

NEW_PASSWORD = "Qingshui-58-Luoxia"
SELLER = "qian.duo@anda.example"


class Tour:
    clerk_type = Clerk

    def __init__(self, stage, folder, language="zh_CN"):
        self.stage = stage
        self.folder = folder
        self.language = language
        self.jobs = 0
        self.pictures = 0
        self.started = time.monotonic()
        self.today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()

    def path(self, name):
        return os.path.join(self.folder, name)

    def step(self, name):
        """A picture, and a line that says what holds now."""
        self.pictures += 1
        self.stage.screen.settled_shot(self.path(f"{self.pictures:02}-{name}.png"), timeout=3)
        print(f"# {time.monotonic() - self.started:6.1f} s  {self.pictures:02} {name}", flush=True)

    def start(self, contracts=60, days_ago=0):
        self.stage.start_keyring()
        self.stage.start_clamd()
        self.stage.start_printers()
        self.server = self.stage.start_server(contracts, days_ago=days_ago)
        self.app = self.stage.start_app(self.server, env={"LANGUAGE": self.language})
        self.clerk = self.clerk_type(self.app, self.language)

    # First day

    def get_in(self):
        clerk = self.clerk
        clerk.enter_account(SELLER)
        self.app.find("text", clerk.word("Present password"), timeout=60)
        self.step("first-password")
        clerk.change_password(DEMO_PASSWORD, NEW_PASSWORD)
        agree = clerk.agree_button()
        check(not agree.sensitive, "to agree was possible before anything was read")
        check(clerk.decline_button().sensitive, "to decline must be possible at any time")
        self.step("agreements-unread")
        clerk.read_agreements(agree)
        wait_until(lambda: agree.sensitive, 20, what="to agree, once all was read")
        self.step("agreements-read")
        agree.click()
        self.app.find("list", clerk.word("Pages"), timeout=60)
        self.step("today")

    # A sale

    def write_documents(self, sale):
        invoice = write_jpeg(
            self.path(f"{sale.name}-invoice.jpg"), "机动车销售统一发票",
            [("发票号码", sale.invoice_no), ("购买方", sale.owner), ("证件号码", sale.owner_id), ("车辆识别代号", sale.vin),
             ("价税合计", f"¥ {sale.amount}"), ("销售单位", "云岭安达汽车销售服务有限公司")],
        )  # fmt: skip
        rows = [(label, value) for _, label, value in sale.policies]
        scanned = write_jpeg(
            self.path(f"{sale.name}-policy.jpg"), "机动车商业保险保险单",
            [("保险人", rows[0][1]), ("保险单号", rows[1][1]), ("被保险人", sale.owner), ("车辆识别代号", sale.vin),
             ("保险期间", f"{rows[2][1]} 至 {rows[3][1]}"), ("车辆损失险保额", rows[4][1])],
        )  # fmt: skip
        policy = write_pdf(self.path(f"{sale.name}-policy.pdf"), [scanned])
        os.remove(scanned)
        return invoice, policy

    def write_voucher(self, sale):
        rows = [("收款人", "云岭安达汽车销售服务有限公司"), ("付款人", sale.owner), ("金额", f"¥ {sale.price}"),
                ("日期", self.today.isoformat())]  # fmt: skip
        return write_jpeg(self.path(f"{sale.name}-voucher.jpg"), "收款凭证", rows)

    def type_contract(self, sale):
        clerk = self.clerk
        vin = clerk.new_contract()
        self.stage.screen.type(sale.vin)
        wait_until(lambda: vin.text == sale.vin, what="the VIN as it was typed")
        clerk.sees("Check digit right")
        self.step(f"{sale.name}-vin")
        clerk.fill(sale.vehicle)
        clerk.fill(sale.owner_rows)
        self.step(f"{sale.name}-owner")

    def take_consents(self, sale):
        clerk = self.clerk
        title = clerk.word("Notices and consents")
        clerk.press(clerk.button("_Print the Sheet…"))
        window = self.app.window(title, timeout=30)
        self.step(f"{sale.name}-sheet")
        sale.sheet = self.print_paper(window, f"{sale.name}-sheet.pdf")
        clerk.close_window(title)
        clerk.fill(CONSENTS)
        equal(clerk.field("Consents given").text, self.today.isoformat(), "day of the consents")

    def print_paper(self, window, name):
        self.jobs += 1
        job = self.clerk.print_now(window, self.stage.printers, self.jobs)
        shutil.copyfile(job, self.path(name))
        missing = self.clerk.word("No printer is set up on this computer. Save it as PDF, and print that elsewhere.")
        check(window.maybe("label", missing) is None, "a printer that prints is said not to be there")
        return self.path(name)

    def choose_price(self, sale):
        clerk = self.clerk
        for kind, label, value in sale.price_rows:
            if kind == "term":
                clerk.choose(label, re.sub("%u", str(value), clerk.plural("%u month", "%u months", value)))
            else:
                clerk.fill([(kind, label, value)])
        clerk.wait_saved()
        self.step(f"{sale.name}-price")

    def submit(self, sale):
        clerk = self.clerk
        invoice, policy = self.write_documents(sale)
        clerk.upload("Purchase invoice", invoice)
        clerk.upload("Commercial motor policy", policy)
        self.step(f"{sale.name}-documents")
        clerk.wait_saved()
        clerk.press(clerk.button("_Submit"))
        self.app.find("push button", clerk.word("Register the signed copy"), timeout=60)
        sale.number = self.app.find("label", re.compile(r"^WY-\d{4}-\d{7}$")).name
        self.step(f"{sale.name}-awaiting-signature")

    def print_contract(self, sale):
        title = self.clerk.word("Contract")
        self.clerk.press(self.clerk.button("_Print…"))
        window = self.app.window(title, timeout=30)
        window.find("image", timeout=30)
        self.step(f"{sale.name}-print-preview")
        sale.paper = self.print_paper(window, f"{sale.name}-contract.pdf")
        self.clerk.close_window(title)

    def register_signature(self, sale):
        clerk = self.clerk
        contract = write_scan(self.path(f"{sale.name}-contract-signed.pdf"), sale.paper, sale.signature)
        sheet = write_scan(self.path(f"{sale.name}-sheet-signed.pdf"), sale.sheet, sale.signature)
        clerk.press(clerk.button("Register the signed copy"))
        window = self.app.window(clerk.word("Register the Signed Copy"), timeout=30)
        clerk.upload("Signed contract", contract, window)
        clerk.upload("Signed notices and consents", sheet, window)
        self.step(f"{sale.name}-signed-copy")
        clerk.press(window.find("push button", clerk.named("_Register")))
        clerk.button("Register the payment", timeout=60)
        self.step(f"{sale.name}-awaiting-payment")

    def register_payment(self, sale):
        clerk = self.clerk
        clerk.press(clerk.button("Register the payment"))
        window = self.app.window(clerk.word("Register the Payment"), timeout=30)
        equal(window.find("text", clerk.word("Amount paid")).text, sale.price, "amount proposed")
        clerk.upload("Payment voucher", self.write_voucher(sale), window)
        clerk.take_entry(window.find("combo box", clerk.word("Paid by")), clerk.word("Bank transfer"))
        clerk.put(window.find("text", clerk.word("Payment reference")), "TX2026112300017")
        self.step(f"{sale.name}-payment")
        clerk.press(window.find("push button", clerk.named("_Register")))
        states = {"● " + clerk.word(state) for state in ("In force", "Paid, not yet in force")}
        self.app.find("label", having=lambda node: node.name in states, timeout=60)
        clerk.button("_Print…", timeout=20)
        self.step(f"{sale.name}-paid")

    def find_again(self, sale):
        clerk = self.clerk
        for what, text in (("vin", sale.vin[-6:]), ("name", sale.fragment), ("phone", sale.mobile[-4:]),
                           ("serial", sale.number[-7:])):  # fmt: skip
            clerk.search("")
            clerk.search(text)
            self.app.find("label", clerk.total(1), timeout=30)
            clerk.found_number(sale.number)
            self.step(f"{sale.name}-found-by-{what}")
        clerk.search("")

    def sell(self, sale):
        self.type_contract(sale)
        self.take_consents(sale)
        self.clerk.fill(sale.policies)
        self.choose_price(sale)
        self.submit(sale)
        self.print_contract(sale)
        self.register_signature(sale)
        self.register_payment(sale)
        self.find_again(sale)

    # What is left

    def check_paper(self, sale):
        text = run_command("pdftotext", "-layout", sale.paper, "-")
        flat = re.sub(r"\s+", "", text)
        for wanted in (sale.number, sale.uppercase, sale.owner_id, sale.vin, sale.owner, sale.mobile, sale.agent):
            check(wanted is None or re.sub(r"\s+", "", wanted) in flat, f"{wanted} is not on the contract of the {sale.name}")
        pages = int(re.search(r"Pages:\s+(\d+)", run_command("pdfinfo", sale.paper)).group(1))
        for page in range(1, pages + 1):
            check(f"第{page}页·共{pages}页" in flat, f"page {page} of {pages} is not numbered")

    def check_code(self, sale):
        stem = self.path(f"{sale.name}-code")
        run_command("pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-singlefile", "-png", sale.paper, stem)
        payload = run_command("zbarimg", "-q", "--raw", stem + ".png").strip()
        os.remove(stem + ".png")
        said = self.server.ctl("paper", "verify", payload)
        with open(stem + ".txt", "w", encoding="utf-8") as file:
            file.write(f"{payload}\n\n{said}")
        check(sale.number in said, f"the code of {sale.number} says: {said}")
        forged = payload[:-4] + ("AAAA" if payload[-4:] != "AAAA" else "BBBB")
        refused = self.server.ctl("paper", "verify", forged, check=False)
        check(sale.number not in refused, "a forged code was taken")

    def extract_audit(self, sales):
        said = self.server.ctl("audit", "verify")
        with open(self.path("audit.txt"), "w", encoding="utf-8") as file:
            file.write(said + "\n")
            for sale in sales:
                rows = self.audit_rows(sale)
                check(rows, f"no audit rows of {sale.number}")
                file.write(f"{sale.number}\n" + "".join(f"  {row}\n" for row in rows) + "\n")

    def audit_rows(self, sale):
        database = sqlite3.connect(f"file:{self.server.database.removeprefix('sqlite:')}?mode=ro", uri=True)
        (record,) = database.execute("SELECT id FROM contracts WHERE number = ?", (sale.number,)).fetchone()
        names = [row[1] for row in database.execute("PRAGMA table_info(audit)")]
        rows = database.execute("SELECT * FROM audit WHERE object_id = ? ORDER BY seq", (record,)).fetchall()
        return [" ".join(f"{n}={v}" for n, v in zip(names, row) if not isinstance(v, bytes)) for row in rows]

    def run(self):
        self.get_in()
        self.clerk.go_to_sales()
        sales = [person_sale(self.today), company_sale(self.today)]
        for sale in sales:
            self.sell(sale)
        for sale in sales:
            self.check_paper(sale)
            self.check_code(sale)
        self.extract_audit(sales)
        equal(self.app.quit(60), 0, "exit status of the application")


def run_sales(folder):
    with Stage() as stage:
        tour = Tour(stage, folder)
        tour.start()
        tour.run()
        equal(tour.server.stop(), 0, "exit status of the server")


def run_tour(folder):
    os.makedirs(folder, exist_ok=True)
    with Stage() as stage:
        tour = Tour(stage, folder)
        tour.start(CONTRACTS, DAYS_AGO)
        tour.run()
        ClaimsTour(stage, tour.server, folder, tour.pictures).run()
        equal(tour.server.stop(), 0, "exit status of the server")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        run_tour(sys.argv[1])
    except (AssertionError, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"The tour did not come through: {error}")
    print(f"The tour came through; see {sys.argv[1]}")
