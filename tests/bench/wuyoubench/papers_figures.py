# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""papers.contract."""
import json

from wuyoutest.process import run_command

from .figure import Figure
from .server import program


def measure_contract(plan):
    told = json.loads(run_command(program("tests/papers/bench-paper"), timeout=600).splitlines()[-1])
    figure = Figure("papers.contract", told["unit"], ">=0.6", told["floor_is"])
    figure.value, figure.floor, figure.ratio = told["value"], told["floor"], told["ratio"]
    figure.notes.append(f"{told['bytes'] / 1024:.0f} KiB a packet, floor {told['floor_bytes'] / 1024:.0f} KiB")
    return [figure]


MEASURES = {"papers.contract": measure_contract}
