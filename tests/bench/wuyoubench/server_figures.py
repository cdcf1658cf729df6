# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""server.get, server.list, server.create, server.growth, server.upload."""
import hashlib
import json
import mmap
import os
import random
import shutil
import statistics
import subprocess
import time

from .bodies import make_body, write_bodies
from .figure import Figure, alternate, settle
from .load import CLIENT, Floor, rate, wrk
from .server import FOLDER, MANAGER, NO_LIMIT, Server, copy_database, make_database, make_id, program, read_rows, tell_making

PARSERS = 2  # threads of the product's engine that parse, so also of its floor
CONNECTIONS = 64
CHUNK = 4 * 1024 * 1024  # what the route takes in one request
GROUP = 64


def write_lines(name, lines):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def find_scope(server):
    """(id, path) of the organisation of who is signed in."""
    account = read_rows(server.folder, "SELECT org_id FROM accounts WHERE id = ?", server.session["account"]["id"])
    return read_rows(server.folder, "SELECT id, path FROM orgs WHERE id = ?", account[0][0])[0]


def pick_ids(server, count):
    """Contracts from everywhere in the caller's list."""
    total = server.call("GET", "/v1/contracts?limit=1")["total"]
    ids = []
    for place in range(10):
        page = server.call("GET", f"/v1/contracts?limit={count // 10}&offset={total * place // 10}")
        ids += [item["id"] for item in page["items"]]
    return ids


def measure_get(plan):
    figure = Figure("server.get", "requests/s", ">=0.3", "")
    with Server(make_database(plan.contracts)) as server:
        ids = pick_ids(server, 100 if plan.quick else 1000)
        sizes = []
        for one in ids[:: max(1, len(ids) // 100)]:
            server.call("GET", f"/v1/contracts/{one}")
            sizes.append(int(server.reply_headers["Content-Length"]))
        size = round(statistics.mean(sizes))
        lines = write_lines("get.paths", [f"/v1/contracts/{one}" for one in ids])
        with Floor(program("tests/bench/floor-http"), size, PARSERS) as floor:
            bare = f"http://127.0.0.1:{int(floor.ready)}"
            alternate(
                plan, figure,
                lambda: rate(wrk(server.address, "paths", lines, server.token, plan.seconds, CONNECTIONS)),
                lambda: rate(wrk(bare, "paths", lines, server.token, plan.seconds, CONNECTIONS)),
            )  # fmt: skip
    figure.floor_is = (
        f"libmicrohttpd alone, epoll, {PARSERS} threads, the same {size} bytes every time; both {CLIENT}, "
        f"{CONNECTIONS} connections"
    )
    figure.notes += [f"{len(ids)} contracts by turns of {plan.contracts:,} in SQLite; {NO_LIMIT}"]
    return [figure]


def measure_list(plan):
    figure = Figure("server.list", "pages/s", ">=0.25", "")
    folder = make_database(plan.contracts)
    threads = os.cpu_count()
    with Server(folder) as server:
        _, scope = find_scope(server)
        lines = write_lines("list.paths", ["/v1/contracts?limit=100"])
        with Floor(
            program("tests/bench/floor-list"), server.database, os.path.join(folder, "data"), scope, 100, threads
        ) as floor:
            statements, rows = floor.ready.split()
            alternate(
                plan, figure,
                lambda: rate(wrk(server.address, "paths", lines, server.token, plan.seconds, CONNECTIONS)),
                lambda: floor.ask(plan.seconds),
            )  # fmt: skip
    figure.floor_is = (
        f"SQLite, the same {statements} statements prepared once, {rows} rows read to the last column, in a loop on "
        f"{threads} threads with no client"
    )
    figure.notes += [f"server: {CLIENT}, {CONNECTIONS} connections, {plan.contracts:,} contracts; {NO_LIMIT}"]
    return [figure]


def measure_create(plan):
    """Only answers 201 count, and every one of them must be found in the database afterwards."""
    figure = Figure("server.create", "creates/s", ">=0.4", "")
    source = make_database(plan.few_contracts)
    folders = [copy_database(source, f"create-{name}") for name in ("server", "rows", "floor")]
    turns = plan.rounds + 1
    bodies = os.path.join(FOLDER, "create.bodies")
    with Server(folders[0]) as server:
        product = server.call("GET", "/v1/products")["items"][0]
        per_turn = write_bodies(bodies, product, turns * (plan.creates * 4 if not plan.quick else 5000)) // turns
        floor_bodies = os.path.join(FOLDER, "create.floor-bodies")
        write_bodies(floor_bodies, product, turns * plan.creates)
        org, scope = find_scope(server)
        before = read_rows(folders[0], "SELECT count(*) FROM contracts")[0][0]
        state = {"turn": 0, "answered": 0}

        def create():
            first = 1 + state["turn"] * per_turn
            state["turn"] += 1
            result = wrk(
                server.address + "/v1/contracts", "bodies", bodies, server.token, plan.seconds, CONNECTIONS, first
            )
            state["answered"] += result["requests"]
            return rate(result)

        with Floor(
            program("tests/bench/floor-create"), f"{folders[1]}/wuyou.db", f"{folders[1]}/data",
            f"{folders[2]}/wuyou.db", floor_bodies, org, server.session["account"]["id"], scope, GROUP,
        ) as floor:  # fmt: skip
            creates, rows = map(int, floor.ready.split())
            alternate(plan, figure, create, lambda: floor.ask(plan.creates))
        server.process.kill()  # what was answered must not need a stop in good order
    stored = read_rows(folders[0], "SELECT count(*) FROM contracts")[0][0] - before
    if stored < state["answered"]:
        raise AssertionError(f"{state['answered']} creates were answered and only {stored} are there")
    figure.floor_is = (
        f"SQLite WAL, synchronous=FULL, 1 thread, the same {rows // creates} rows a create bound from memory, "
        f"{GROUP} creates a commit"
    )
    figure.notes += [
        f"{state['answered']} answers 201 to different bodies, {stored} contracts found after kill -9; {CLIENT}, "
        f"{CONNECTIONS} connections; {NO_LIMIT}",
        f"both begin with {plan.few_contracts:,} contracts",
    ]
    for folder in folders:
        shutil.rmtree(folder)
    return [figure]


def unmask(server, ids, field):
    server.step_up()
    found = []
    for one in ids:
        told = server.call("POST", f"/v1/contracts/{one}/unmask", {"fields": [field], "reason": "bench"})
        if told["contract"].get(field):
            found.append(told["contract"][field])
    return found


def quote(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def write_growth_paths(server, tag):
    """{case: file of the paths asked for}, from what stands in the database of this server."""
    total = server.call("GET", "/v1/contracts?limit=1")["total"]
    middle = server.call("GET", f"/v1/contracts?limit=1&offset={total // 2}")["items"][0]
    seq = read_rows(server.folder, "SELECT seq FROM contracts WHERE id = ?", middle["id"])[0][0]
    ids = random.Random(1).sample(pick_ids(server, 1000), 40)
    vins = unmask(server, ids, "vin")
    names = unmask(server, ids, "owner_name")
    cases = {
        "first page": ["limit=50"],
        "middle page": [f"limit=50&after={seq}"],
        "jump": [f"limit=50&offset={total // 2}"],
        "counts": ["limit=1"],
        "VIN fragment": [f"limit=50&q={vin[-6:]}" for vin in vins],
        "surname": [f"limit=50&q={quote(name[0])}" for name in names],
        "given name": [f"limit=50&q={quote(name[-2:] if len(name) < 5 else name[:4])}" for name in names],
    }
    paths = {
        case: write_lines(f"growth-{tag}-{number}.paths", [f"/v1/contracts?{query}" for query in queries])
        for number, (case, queries) in enumerate(cases.items())
    }
    sizes = {case: statistics.median(count_rows(server, query) for query in queries) for case, queries in cases.items()}
    return total, paths, sizes


def count_rows(server, query):
    return len(server.call("GET", f"/v1/contracts?{query}")["items"])


def measure_growth(plan):
    figures = []
    folder = make_database(plan.contracts)
    with Server(make_database(plan.few_contracts), login=MANAGER) as few, Server(folder, login=MANAGER) as many:
        few_total, few_paths, few_rows = write_growth_paths(few, "few")
        many_total, many_paths, many_rows = write_growth_paths(many, "many")
        for case, path in many_paths.items():
            figure = Figure(
                f"server.growth, {case}", "ms", "<=1.5",
                f"itself with {few_total:,} contracts in sight of {plan.few_contracts:,}; p50; {CLIENT}, 1 connection",
            )  # fmt: skip
            figures.append(
                alternate(
                    plan, figure,
                    lambda: wrk(many.address, "paths", path, many.token, plan.seconds, 1)["p50"] / 1000,
                    lambda: wrk(few.address, "paths", few_paths[case], few.token, plan.seconds, 1)["p50"] / 1000,
                )  # fmt: skip
            )
            figure.notes.append(
                f"{many_rows[case]:.0f} rows in an answer, floor {few_rows[case]:.0f}; {many_total:,} contracts in sight "
                f"of {plan.contracts:,}; {NO_LIMIT}"
            )
    made = tell_making(folder)
    if made:
        figures[0].notes.append(made)
    return figures


def announce(server, product, size):
    """A draft with the owner's consents on record, and a document announced for it."""
    body = make_body(product, 0)
    server.call("POST", "/v1/contracts", body)
    given = {"consent_processing": True, "consent_sensitive": True, "consent_provision": True,
             "consent_on": time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))}  # fmt: skip
    server.call("PUT", f"/v1/contracts/{body['id']}", given, {"If-Match": server.reply_headers["ETag"]})
    document = make_id()
    server.call("POST", "/v1/documents", {
        "id": document, "contract_id": body["id"], "slot": "INVOICE", "file_name": "bench.pdf", "size": size,
    })  # fmt: skip
    return document


def upload(server, product, data, sha256):
    """MB/s from the first byte to the answer that all of it is stored."""
    document = announce(server, product, len(data))
    view = memoryview(data)
    start = time.monotonic()
    for offset in range(0, len(data), CHUNK):
        server.call(
            "PATCH", f"/v1/documents/{document}/content", view[offset : offset + CHUNK],
            {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"},
        )  # fmt: skip
    server.call("POST", f"/v1/documents/{document}/finish", {"sha256": sha256})
    seconds = time.monotonic() - start
    view.release()
    return len(data) / 1e6 / seconds


def copy_and_hash(path, size):
    copy = path + ".copy"
    start = time.monotonic()
    subprocess.run(["cp", path, copy], check=True)
    subprocess.run(["sha256sum", copy], check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    os.remove(copy)
    return size / 1e6 / seconds


def write_file(path, size):
    digest = hashlib.sha256()
    with open(path, "wb") as file:
        block = b"%PDF-1.7\n" + random.Random(1).randbytes(1_000_000 - 9)
        for _ in range(0, size, len(block)):
            file.write(block)
            digest.update(block)
    return digest.hexdigest()


def measure_upload(plan):
    speed = Figure("server.upload", "MB/s", ">=0.4", "")
    memory = Figure("server.upload, memory", "MB", "<=16", "none; what the server's resident peak rose by meanwhile")
    folder = copy_database(make_database(plan.few_contracts), "upload")
    path = os.path.join(FOLDER, "upload.pdf")
    sha256 = write_file(path, plan.file_bytes)
    peaks = []
    with Server(folder, "tests/bench/wuyou-server-large") as server, open(path, "rb") as file:
        product = server.call("GET", "/v1/products")["items"][0]
        data = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)

        def put():
            server.forget_peak()
            _, before = server.memory()
            result = upload(server, product, data, sha256)
            pss, after = server.memory()
            peaks.append((after - before, pss))
            return result

        alternate(plan, speed, put, lambda: copy_and_hash(path, plan.file_bytes), warm=False)
        data.close()
    speed.floor_is = "cp, then sha256sum of the copy, of the same file in the same folder"
    speed.notes.append(
        f"{plan.file_bytes / 1e6:.0f} MB in requests of {CHUNK / 2**20:.0f} MiB over one connection, sealed on disk, "
        "hashed and synced; policy of 100 MB raised in a build of its own, no scanner"
    )
    memory.value = max(rise for rise, _ in peaks) / 2**20
    memory.notes.append(f"PSS afterwards {peaks[-1][1] / 2**20:.1f} MiB; the first upload counts too")
    shutil.rmtree(folder)
    os.remove(path)
    return [speed, memory]


MEASURES = {
    "server.get": measure_get,
    "server.list": measure_list,
    "server.create": measure_create,
    "server.growth": measure_growth,
    "server.upload": measure_upload,
}
