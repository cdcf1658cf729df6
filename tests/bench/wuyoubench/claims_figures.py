# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""claims.queue, claims.settle."""
import json
import shutil
import time

from wuyoutest.process import run_command

from .figure import Figure, alternate
from .load import CLIENT, wrk
from .server import ASSESSOR, NO_LIMIT, Server, copy_database, make_database, program, tell_making
from .server_figures import write_lines

QUEUE = "/v1/claims?queue=true"


def find_queue(server):
    """(claims in it, rows of its first page, claims in all)"""
    page = server.call("GET", QUEUE)
    counts = page["counts"]
    return page["total"], len(page["items"]), sum(counts.values())


def measure_queue(plan):
    """What a reviewer sees first in the morning."""
    folder = make_database(plan.contracts)
    lines = write_lines("queue.paths", [QUEUE])
    with Server(make_database(plan.few_contracts), login=ASSESSOR) as few, Server(folder, login=ASSESSOR) as many:
        few_queue, few_rows, few_total = find_queue(few)
        many_queue, many_rows, many_total = find_queue(many)
        figure = Figure(
            "claims.queue", "ms", "<=1.5", f"itself with {few_total:,} claims; p50; {CLIENT}, 1 connection"
        )  # fmt: skip
        alternate(
            plan, figure,
            lambda: wrk(many.address, "paths", lines, many.token, plan.seconds, 1)["p50"] / 1000,
            lambda: wrk(few.address, "paths", lines, few.token, plan.seconds, 1)["p50"] / 1000,
        )  # fmt: skip
    figure.notes.append(
        f"{many_rows} rows of a queue of {many_queue:,} among {many_total:,} claims, floor {few_rows} of {few_queue:,}; "
        f"{NO_LIMIT}"
    )
    made = tell_making(folder)
    if made:
        figure.notes.append(made)
    return [figure]


def settle_all(server, ids, seconds):
    """Settlements a second over one connection; each is computed, sealed, written with its history and read again."""
    settled = 0
    versions = {one: server.call("GET", f"/v1/claims/{one}")["claim"]["version"] for one in ids}
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        one = ids[settled % len(ids)]
        view = server.call("PUT", f"/v1/claims/{one}/settlement", {}, {"If-Match": f'"{versions[one]}"'})
        versions[one] = view["claim"]["version"]
        settled += 1
    return settled / (time.monotonic() - start)


def take_some(server):
    """Claims in final review by who is signed in; nobody else may settle them."""
    ids = [item["id"] for item in server.call("GET", "/v1/claims?state=FINAL_SUBMITTED&limit=20")["items"]]
    for one in ids:
        version = server.call("GET", f"/v1/claims/{one}")["claim"]["version"]
        server.call("POST", f"/v1/claims/{one}/actions/take", {}, {"If-Match": f'"{version}"'})
    if not ids:
        raise AssertionError("no claim waits for its final review")
    return ids


def measure_settle(plan):
    figure = Figure("claims.settle", "settlements/s", "", "none")
    alone = Figure("claims.settle, formula", "settlements/s", "", "none; in one thread, without server and database")
    folder = copy_database(make_database(plan.contracts if plan.quick else plan.few_contracts), "settle")
    with Server(folder, login=ASSESSOR) as server:
        ids = take_some(server)
        figure.value = settle_all(server, ids, plan.seconds * 3)
    shutil.rmtree(folder)
    figure.notes.append(f"PUT …/settlement of {len(ids)} claims by turns; Python client, 1 connection; {NO_LIMIT}")
    told = json.loads(run_command(program("tests/bench/bench-settlement"), timeout=120).splitlines()[-1])
    alone.value = told["value"]
    alone.notes.append(f"{told['families']} families of products by turns, with steps and canonical JSON")
    return [figure, alone]


MEASURES = {
    "claims.queue": measure_queue,
    "claims.settle": measure_settle,
}
