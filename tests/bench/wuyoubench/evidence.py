# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Photos, and a claim that they are sent to."""
import hashlib
import json
import os

from wuyoutest.process import run_command, wait_until
from wuyoutest.services import Clamd

from .server import CLERK, FOLDER, Server, copy_database, make_database, make_id, program, read_rows

CHUNK = 4 * 1024 * 1024  # what the route takes in one request
TICKS = os.sysconf("SC_CLK_TCK")


def make_photos(name, count, width, height):
    """The folder of them; made only when they are not there."""
    folder = os.path.join(FOLDER, f"photos-{name}-{width}x{height}")
    os.makedirs(folder, exist_ok=True)
    run_command(program("tests/bench/bench-photos"), folder, count, width, height, timeout=600)
    return folder


def get_photo(folder, number):
    return os.path.join(folder, f"{number:04}.jpg")


class Claim:
    """One that takes papers of the loss, seen by who is signed in. Those are spread over all slots that need no
    consent of their own."""

    def __init__(self, server):
        self.server = server
        self.id = server.call("GET", "/v1/claims?state=REPORTED&limit=1")["items"][0]["id"]
        rows = server.call("GET", f"/v1/claims/{self.id}")["checklist"]
        self.slots = [row["slot"] for row in rows if row["phase"] == "LOSS" and not row["sensitive"]]
        self.sent = 0
        self.before = self.count_available()

    def clear(self):
        """Of papers that the demo data only tells of: files so many claims do not have."""
        for evidence in self.server.call("GET", f"/v1/claims/{self.id}")["evidence"]:
            self.server.call("DELETE", f"/v1/evidence/{evidence['id']}")
        self.before = self.count_available()

    def count_available(self):
        sql = "SELECT count(*) FROM evidence WHERE claim_id = ? AND state = 'AVAILABLE'"
        return read_rows(self.server.folder, sql, self.id)[0][0]

    def send(self, path):
        with open(path, "rb") as file:
            data = file.read()
        one, call = make_id(), self.server.call
        call("POST", "/v1/evidence", {
            "id": one, "claim_id": self.id, "phase": "LOSS", "slot": self.slots[self.sent % len(self.slots)],
            "file_name": os.path.basename(path), "size": len(data),
        })  # fmt: skip
        for offset in range(0, len(data), CHUNK):
            call(
                "PATCH", f"/v1/evidence/{one}/content", memoryview(data)[offset : offset + CHUNK],
                {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"},
            )  # fmt: skip
        call("POST", f"/v1/evidence/{one}/finish", {"sha256": hashlib.sha256(data).hexdigest()})
        self.sent += 1

    def _is_done(self):
        bad = read_rows(
            self.server.folder,
            "SELECT state, state_reason FROM evidence WHERE claim_id = ? AND (state = 'INFECTED' OR state LIKE 'REJECTED%')",
            self.id,
        )
        if bad:
            raise AssertionError(f"refused: {bad}")
        open_jobs = read_rows(self.server.folder, "SELECT count(*) FROM jobs WHERE kind = 'evidence' AND done_at = 0")[0][0]
        return self.count_available() - self.before == self.sent and not open_jobs

    def wait(self):
        """Until every one of those that were sent is checked; asks the database, as the server is being measured."""
        wait_until(self._is_done, 30 + 5 * self.sent, step=0.1, what="photos being checked")


def read_cpu(pid):
    """Seconds of processor time of a process, its threads, and those of its children that ended."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def make_documents(contracts, documents):
    """(folder of a database, id of a claim in it that so many photos were sent to, and no others); made only
    when it is not there."""
    folder = os.path.join(FOLDER, f"documents-{documents}-of-{contracts}")
    about = os.path.join(folder, "claim.json")
    if not os.path.exists(about):
        photos = make_photos("documents", documents, 1600, 1200)
        scanner = Clamd(copy_database(make_database(contracts), os.path.basename(folder)))
        scanner.start()
        try:
            with Server(folder, login=CLERK, options=["--clamd", scanner.socket]) as server:
                claim = Claim(server)
                claim.clear()
                for number in range(documents):
                    claim.send(get_photo(photos, number))
                claim.wait()
        finally:
            scanner.stop()
        with open(about, "w", encoding="utf-8") as file:
            json.dump({"id": claim.id}, file)
    with open(about, encoding="utf-8") as file:
        return folder, json.load(file)["id"]
