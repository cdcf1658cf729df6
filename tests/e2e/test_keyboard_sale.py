# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""One contract sold with keys alone, from the first to the paid contract: nothing is clicked, and what is reached by
Tab shows it."""
import os
import sys
import tempfile
import time

import tour
from wuyoutest import Stage, equal, run
from wuyoutest.sample import person_sale
from wuyoutest.typist import Typist

SELLER = "zhao.min@anda.example"
# GTK 4.8 keeps the printers of every print dialog it has shown, as in the test of the tour.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


class KeyTour(tour.Tour):
    """The way of the tour with other hands, and without its pictures."""

    clerk_type = Typist

    def step(self, name):
        print(f"# {time.monotonic() - self.started:6.1f} s  {self.clerk.steps:4} by Tab  {name}", flush=True)

    def run(self):
        self.start()
        self.step("started")
        self.clerk.sign_in(SELLER)
        self.step("signed in")
        sale = person_sale(self.today)
        self.type_contract(sale)
        self.take_consents(sale)
        self.clerk.fill(sale.policies)
        self.choose_price(sale)
        self.submit(sale)
        self.print_contract(sale)
        self.register_signature(sale)
        self.register_payment(sale)
        self.check_paper(sale)
        equal(self.app.quit(60), 0, "exit status of the application")


def test_sale():
    with tempfile.TemporaryDirectory(prefix="wuyou-keys-") as folder, Stage() as stage:
        KeyTour(stage, folder).run()


if __name__ == "__main__":
    sys.exit(run([("/keyboard/sale", test_sale)]))
