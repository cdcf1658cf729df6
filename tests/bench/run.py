# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""run.py [--quick] [NAME…]: the figures, each beside its floor. --quick: tiny sizes, to prove that it still works."""
import os
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

from wuyoubench import papers_figures, server_figures  # noqa: E402
from wuyoubench.figure import QUICK, Plan, print_table, write_json  # noqa: E402
from wuyoubench.server import FOLDER  # noqa: E402

MEASURES = {**server_figures.MEASURES, **papers_figures.MEASURES}


def describe_machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return {"processors": os.cpu_count(), "model": models[0] if models else "", "load": os.getloadavg()[0]}


def choose(names):
    for name in names:
        if not any(known == name or known.startswith(name + ".") for known in MEASURES):
            sys.exit(f"run.py: no figure {name}; there are: {' '.join(MEASURES)}")
    return [known for known in MEASURES if not names or any(known == n or known.startswith(n + ".") for n in names)]


def main(argv):
    plan = QUICK if "--quick" in argv else Plan()
    chosen = choose([word for word in argv if word != "--quick"])
    machine = describe_machine()
    os.makedirs(FOLDER, exist_ok=True)
    figures = []
    for name in chosen:
        print(f"{time.strftime('%H:%M:%S')} {name}", file=sys.stderr, flush=True)
        figures += MEASURES[name](plan)
    print(f"{machine['processors']} processors, {machine['model']}, load before {machine['load']:.1f}")
    print_table(figures)
    write_json(figures, os.path.join(FOLDER, "figures.json"), machine=machine, quick=plan.quick)
    return 0 if plan.quick or all(figure.met for figure in figures) else 1


sys.exit(main(sys.argv[1:]))
