# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The main job from the first sign-in to the paid contract, found again; what it leaves is checked and thrown away."""
import os
import sys
import tempfile

import tour
from wuyoutest import run

# GTK 4.8 keeps the printers of every print dialog it has shown; its back end is a module without a name by the time
# leaks are counted. Leaks of our own are looked for in the tests of the application.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"

def test_whole_way():
    with tempfile.TemporaryDirectory(prefix="wuyou-tour-") as folder:
        tour.run_sales(folder)


if __name__ == "__main__":
    sys.exit(run([("/tour/whole-way", test_whole_way)]))
