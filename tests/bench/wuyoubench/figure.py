# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""A figure beside its floor: both measured by turns in one run, the ratio of each turn, the median of all."""
import json
import os
import statistics
import sys
from dataclasses import asdict, dataclass, field

ROUNDS = 9


@dataclass
class Plan:
    """How much is done; a quick run only proves that everything still works."""

    quick: bool = False
    rounds: int = ROUNDS
    seconds: float = 1.0
    contracts: int = 1_000_000
    few_contracts: int = 10_000
    creates: int = 3000
    file_bytes: int = 500_000_000
    photos: int = 100
    documents: int = 200


QUICK = Plan(quick=True, rounds=1, seconds=0.3, contracts=120, few_contracts=60, creates=100, file_bytes=9_000_000,
             photos=3, documents=12)  # fmt: skip


@dataclass
class Figure:
    """limit: ">=0.3" or "<=1.5", of the ratio; of the value where there is no floor to divide by; "": only told."""

    name: str
    unit: str
    limit: str
    floor_is: str
    value: float = None
    floor: float = None
    ratio: float = None
    spread: tuple = None  # smallest and largest ratio
    notes: list = field(default_factory=list)

    @property
    def judged(self):
        return self.ratio if self.ratio is not None else self.value

    @property
    def met(self):
        if not self.limit:
            return True
        bound = float(self.limit[2:])
        return self.judged >= bound if self.limit.startswith(">=") else self.judged <= bound

    @property
    def verdict(self):
        return "" if not self.limit else "holds" if self.met else "MISSES"

    def row(self):
        spread = f" ({self.spread[0]:.2f}–{self.spread[1]:.2f})" if self.spread else ""
        return [
            self.name, f"{number(self.value)} {self.unit}", number(self.floor),
            (f"{self.ratio:.2f}" if self.ratio is not None else "") + spread, self.limit, self.verdict,
        ]  # fmt: skip


def number(value):
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def alternate(plan, figure, measure, measure_floor, warm=True):
    """One turn of each that does not count, then the rounds."""
    values, floors, ratios = [], [], []
    if warm and not plan.quick:
        measure()
        measure_floor()
    for _ in range(plan.rounds):
        values.append(measure())
        floors.append(measure_floor())
        ratios.append(values[-1] / floors[-1])
    return settle(figure, values, floors, ratios)


def settle(figure, values, floors, ratios):
    figure.value = statistics.median(values)
    figure.floor = statistics.median(floors)
    figure.ratio = statistics.median(ratios)
    figure.spread = (min(ratios), max(ratios))
    return figure


def width(text):
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def print_table(figures):
    rows = [["figure", "value", "floor", "ratio", "limit", "verdict"]] + [figure.row() for figure in figures]
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    print()
    for row in rows:
        print(" | ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)).rstrip())
    print()
    for figure in figures:
        print(f"{figure.name}: floor: {figure.floor_is}")
        for note in figure.notes:
            print(f"  {note}")
    sys.stdout.flush()


def write_json(figures, path, **about):
    rows = [{**asdict(figure), "verdict": figure.verdict} for figure in figures]
    part = path + ".part"
    with open(part, "w", encoding="utf-8") as file:
        json.dump({**about, "figures": rows}, file, ensure_ascii=False, indent=1)
    os.replace(part, path)
