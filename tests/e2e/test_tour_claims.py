# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A claim from the loss to the new car, one refused and appealed, one timed out; each person in a window of their own."""
import os
import sys
import tempfile

import tour_claims
from wuyoutest import run

os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"  # see test_tour.py


def test_loss_to_new_car():
    with tempfile.TemporaryDirectory(prefix="wuyou-tour-") as folder:
        tour_claims.run_claims(folder)


if __name__ == "__main__":
    sys.exit(run([("/tour/loss-to-new-car", test_loss_to_new_car)]))
