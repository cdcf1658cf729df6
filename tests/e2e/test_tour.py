# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The main job from the first sign-in to the paid contract, found again; what it leaves is checked and thrown away."""
import sys
import tempfile

import tour
from wuyoutest import run


def test_whole_way():
    with tempfile.TemporaryDirectory(prefix="wuyou-tour-") as folder:
        tour.run_tour(folder)


if __name__ == "__main__":
    sys.exit(run([("/tour/whole-way", test_whole_way)]))
