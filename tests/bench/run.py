# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The figures, each beside its floor."""
import argparse
import os
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

from wuyoubench import app_figures, claims_figures, evidence_figures, papers_figures, server_figures  # noqa: E402
from wuyoubench.figure import QUICK, Plan, print_table, write_json  # noqa: E402
from wuyoubench.server import FOLDER  # noqa: E402

PRIORITY = -10
MEASURES = {
    **server_figures.MEASURES, **claims_figures.MEASURES, **evidence_figures.MEASURES, **papers_figures.MEASURES,
    **app_figures.MEASURES,
}  # fmt: skip


def go_first():
    """On a machine that others use too; floor and product both run so."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
    except PermissionError:
        pass
    return os.getpriority(os.PRIO_PROCESS, 0)


def describe_machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return {"processors": os.cpu_count(), "model": models[0] if models else "", "load": os.getloadavg()[0],
            "priority": go_first()}  # fmt: skip


def choose(names):
    for name in names:
        if not any(known == name or known.startswith(name + ".") for known in MEASURES):
            sys.exit(f"run.py: no figure {name}; there are: {' '.join(MEASURES)}")
    return [known for known in MEASURES if not names or any(known == n or known.startswith(n + ".") for n in names)]


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to prove that all still works")
    parser.add_argument("--contracts", type=int, help="instead of a million; the figures are then not those of the limits")
    parser.add_argument("name", nargs="*", help="a figure or a group of them; all without a name")
    asked = parser.parse_args(argv)
    plan = QUICK if asked.quick else Plan()
    plan.contracts = asked.contracts or plan.contracts
    chosen = choose(asked.name)
    machine = describe_machine()
    os.makedirs(FOLDER, exist_ok=True)
    figures = []
    for measure in dict.fromkeys(MEASURES[name] for name in chosen):  # one may give several figures
        print(f"{time.strftime('%H:%M:%S')} {measure.__name__}", file=sys.stderr, flush=True)
        figures += measure(plan)
    print(f"{machine['processors']} processors, {machine['model']}, load before {machine['load']:.1f}, "
          f"priority {machine['priority']}")  # fmt: skip
    print_table(figures)
    if plan.quick:
        print("Tiny sizes: these figures only prove that they can be measured.")
    write_json(figures, os.path.join(FOLDER, "figures.json"), machine=machine, quick=plan.quick)
    return 0 if plan.quick or all(figure.met for figure in figures) else 1


sys.exit(main(sys.argv[1:]))
