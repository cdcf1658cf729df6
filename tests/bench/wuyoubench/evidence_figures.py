# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""claims.evidence.server, claims.evidence.open."""
import base64
import os
import shutil
import statistics

from wuyoutest.services import Clamd

from .app_figures import HEIGHT, RENDERER, WIDTH, Desktop
from .evidence import Claim, get_photo, make_documents, make_photos, read_cpu
from .figure import Figure, settle
from .load import Floor
from .server import CLERK, FOLDER, NO_LIMIT, Server, copy_database, make_database, program

PHOTO_WIDTH, PHOTO_HEIGHT = 4032, 3024  # of a telephone of these years
TURNS = 10
THREADS = 2  # that the application decodes on
# It remembers what it found clean, and would look at each photo for the first who asks only.
FORGETFUL = "DisableCache yes\n"


class Pair:
    """The server and its floor on one scanner. Each photo is one side's first and the other's second by turns."""

    def __init__(self, server, floor, scanner, photos):
        self.server, self.floor, self.scanner, self.photos = server, floor, scanner, photos
        self.claim = Claim(server)
        self.runs = []  # (side, processor time a photo without the scanner, of the scanner)

    def receive(self, first, count):
        before, scanned = read_cpu(self.server.process.pid), read_cpu(self.scanner.process.pid)
        for number in range(first, first + count):
            self.claim.send(get_photo(self.photos, number))
        self.claim.wait()
        self._note("server", (read_cpu(self.server.process.pid) - before) / count, scanned, count)

    def bare(self, first, count):
        scanned = read_cpu(self.scanner.process.pid)
        self._note("floor", self.floor.ask(f"{first} {count}"), scanned, count)

    def _note(self, side, seconds, scanned, count):
        self.runs.append((side, seconds * 1000, (read_cpu(self.scanner.process.pid) - scanned) * 1000 / count))

    def get(self, side, scan=True):
        return [own + scanner * scan for name, own, scanner in self.runs if name == side]


def take_turns(plan, pair):
    """As alternate() does, but every photo is sent once."""
    turns = 1 if plan.quick else TURNS
    count = plan.photos // turns
    for turn in range(turns):
        sides = [pair.receive, pair.bare]
        for side in sides if turn % 2 == 0 else reversed(sides):
            side(turn * count, count)


def measure_server(plan):
    figure = Figure("claims.evidence.server", "ms", "<=1.4", "")
    photos = make_photos("server", plan.photos, PHOTO_WIDTH, PHOTO_HEIGHT)
    folder = copy_database(make_database(plan.contracts if plan.quick else plan.few_contracts), "evidence")
    scanner = Clamd(folder, FORGETFUL)
    scanner.start()
    try:
        options = ["--clamd", scanner.socket]
        with Server(folder, login=CLERK, options=options) as server, Floor(
            program("tests/bench/floor-evidence"), scanner.socket, photos
        ) as floor:
            pair = Pair(server, floor, scanner, photos)
            take_turns(plan, pair)
    finally:
        scanner.stop()
    values, floors = pair.get("server"), pair.get("floor")
    settle(figure, values, floors, [value / least for value, least in zip(values, floors)])
    own, least = (statistics.median(pair.get(side, scan=False)) for side in ("server", "floor"))
    size = statistics.mean(os.path.getsize(get_photo(photos, number)) for number in range(plan.photos))
    figure.floor_is = (
        "the decoder's library, SHA-256 of the photo and the scan, in one process on one thread; processor time a photo"
    )
    figure.notes += [
        f"{plan.photos} photos of {size / 1e6:.2f} MB, {PHOTO_WIDTH}×{PHOTO_HEIGHT}, each sent once: announced, received, finished, "
        f"AVAILABLE; server and its decoders, user and system; {NO_LIMIT}",
        f"the same clamd for both, its processor time counted on both sides (its cache off, no official signatures); "
        f"without it {own:.0f} ms, floor {least:.0f} ms: {own / least:.2f}",
    ]
    shutil.rmtree(folder)
    return [figure]


class ClerkDesktop(Desktop):
    """Of somebody who has never opened the claim on this computer, as often as forget() is called."""

    LOGIN = CLERK
    PAGES = "13"  # the page that was open last comes first

    def __init__(self, folder, claim):
        super().__init__(folder)
        self.claim = claim

    def look_up(self):
        listed = self.server.call("GET", "/v1/claims?limit=20")["items"]
        self.waiting = "|".join(item["number"] for item in listed if item.get("number"))
        self.thumbs = self.server.call("GET", f"/v1/claims/{self.claim}/thumbnails")["items"]

    def __enter__(self):
        super().__enter__()
        self.kept = self.home + ".kept"
        shutil.copytree(self.home, self.kept)
        return self

    def forget(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.kept, self.home)

    def write_thumbs(self):
        folder = os.path.join(FOLDER, "thumbs")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for number, thumb in enumerate(self.thumbs):
            with open(os.path.join(folder, f"{number:04}.jpg"), "wb") as file:
                file.write(base64.b64decode(thumb["jpeg"]))
        return folder

    def _time(self, probed):
        """Milliseconds from the action until every picture is on the screen."""
        with probed as program:
            told = program.wait("pictures", "all thumbnails")
            return (told["pictures"] - told["acted"]) / 1000

    def open_claim(self):
        return self._time(self.run_app(
            PROBE_TEXT=self.waiting, PROBE_ACTION=f"app.open-claim('{self.claim}')", PROBE_TILE="WuyouEvidenceTile",
            PROBE_PICTURES=str(len(self.thumbs)),
        ))  # fmt: skip

    def open_floor(self, folder):
        return self._time(self.run_floor(
            THREADS, folder, WIDTH, HEIGHT, name="floor-thumbs",
            PROBE_ACTION="app.open", PROBE_TILE="FloorPicture", PROBE_PICTURES=str(len(self.thumbs)),
        ))  # fmt: skip


def measure_open(plan):
    known = Figure("claims.evidence.open", "ms", "<=1.5", "")
    new = Figure("claims.evidence.open, first time", "ms", "<=1.5", "")
    first, again, floors, bare = [], [], [], []
    database, claim = make_documents(plan.contracts if plan.quick else plan.few_contracts, plan.documents)
    with ClerkDesktop(database, claim) as desktop:
        thumbs = desktop.write_thumbs()
        with Floor(program("tests/bench/floor-thumbs"), THREADS, thumbs) as floor:
            for _ in range(plan.rounds):
                desktop.forget()
                first.append(desktop.open_claim())
                again.append(desktop.open_claim())
                floors.append(desktop.open_floor(thumbs))
                bare.append(floor.ask(""))
    for figure, values in ((known, again), (new, first)):
        settle(figure, values, floors, [value / least for value, least in zip(values, floors)])
        figure.floor_is = (
            f"a window of {WIDTH}×{HEIGHT} that decodes the same {len(desktop.thumbs)} JPEGs from memory by the same call "
            f"on {THREADS} threads and shows them as pictures in a flow box, no words; both {RENDERER}"
        )
        decoding = statistics.median(bare)
        figure.notes.append(
            f"decoding alone, without a window: {decoding:.0f} ms, {figure.value / decoding:.1f} times as much is needed; "
            f"least of all turns: {min(values):.0f} ms, floor {min(floors):.0f} ms: {min(values) / min(floors):.2f}"
        )
    known.notes.insert(0, "from the page of claims to all of them drawn, those in sight on the screen; opened before on this computer")
    size = sum(len(thumb["jpeg"]) for thumb in desktop.thumbs) * 3 / 4
    new.notes.insert(0, f"with {size / 1e6:.1f} MB of thumbnails asked for from the server on the same machine")
    return [known, new]


MEASURES = {"claims.evidence.server": measure_server, "claims.evidence.open": measure_open}
