# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""app.start, app.memory, app.scroll, app.requests: the application beside windows that do nothing else."""
import contextlib
import json
import os
import statistics
import subprocess
import threading
import time

from wuyoutest.process import wait_until
from wuyoutest.stage import SOURCE, Stage

from .figure import Figure, settle
from .server import BUILD, FOLDER, PASSWORD, SELLER, Server, make_database, program

WIDTH, HEIGHT = 1200, 780  # what the application opens with
RENDERER = "renderer cairo on Xvfb"
PATIENCE = 60
BORDER = 10  # of a window around what it shows, without decoration


class Probed:
    """A program with the probe in it; what the probe says comes one by one."""

    def __init__(self, argv, env):
        self.lines = []
        self.began = time.monotonic_ns()
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0:detect_leaks=0"  # of a build for tests
        self.child = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={
                **os.environ, "PROBE": "1", "LD_PRELOAD": program("tests/bench/frame-probe.so"),
                "ASAN_OPTIONS": sanitizer, **env,
            },
        )  # fmt: skip
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.child.stdout:
            if line.startswith("{"):
                self.lines.append(json.loads(line))

    def wait(self, key, what):
        def said():
            if self.child.poll() is not None:
                raise AssertionError(f"{self.child.args[0]} ended with {self.child.returncode} before {what}")
            return next((line for line in self.lines if key in line), None)

        return wait_until(said, PATIENCE, step=0.02, what=what)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.child.terminate()
        self.child.wait(30)
        self.child.stdout.close()


class Desktop:
    """A screen, a keyring, a server on many contracts and a seller who is signed in."""

    LOGIN = SELLER
    PAGES = "2901"  # keys with Ctrl

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        self.exits = contextlib.ExitStack()
        self.server = self.exits.enter_context(Server(self.folder, login=self.LOGIN))
        self.stage = self.exits.enter_context(Stage())
        self.stage.start_keyring()
        self.home = home = os.path.join(self.stage.folder, "home")
        self.env = {
            "GSETTINGS_BACKEND": "keyfile", "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home,
            "WUYOU_SERVER": self.server.address, "GSETTINGS_SCHEMA_DIR": os.path.join(BUILD, "data"),
            "TEXTDOMAINDIR": os.path.join(BUILD, "po"),
            "XDG_DATA_DIRS": os.path.join(SOURCE, "data") + ":/usr/local/share:/usr/share",
        }  # fmt: skip
        self.look_up()
        self._sign_in()
        return self

    def look_up(self):
        """Before the application signs in: a seller has one session at a time."""
        self.page = self.server.call("GET", "/v1/contracts?limit=100")
        self.listed = next(item["owner_name"] for item in self.page["items"] if item.get("owner_name"))
        self.waiting = find_title(self.server.call("GET", "/v1/today"))
        self.rows = []  # a tenth of those that are scrolled over, for the floor
        for place in range(10):
            self.rows += self.server.call("GET", f"/v1/contracts?limit=100&offset={place * 1000}")["items"]

    def __exit__(self, *error):
        self.exits.close()

    def _sign_in(self):
        app = self.stage.start_app(self.server, env={**self.env, "LANGUAGE": "en"})
        app.find("text", "E-mail", timeout=PATIENCE).set_text(self.LOGIN)
        app.find("text", "Password").set_text(PASSWORD)
        app.find("push button", "Sign In").click()
        app.find("list", "Pages", timeout=PATIENCE)
        self.show_pages(app)
        app.quit()

    def show_pages(self, app):
        """Each page once, so that later starts are those of somebody who has used it before."""
        for number in self.PAGES:
            self.stage.screen.key(f"ctrl+{number}")
            time.sleep(1)

    def run_app(self, **probe):
        return Probed([program("src/app/wuyou")], {**self.env, "NO_AT_BRIDGE": "1", **probe})

    def run_floor(self, *words, name="floor-window", **probe):
        return Probed([program("tests/bench", name), *map(str, words)], {"NO_AT_BRIDGE": "1", **probe})


def milliseconds(probed, key="content"):
    return (probed.wait(key, "its first frame with content")[key] - probed.began / 1000) / 1000


def measure_start(plan):
    figure = Figure("app.start", "ms", "<=2.5", f"a bare AdwApplicationWindow of {WIDTH}×{HEIGHT}; both {RENDERER}")
    values, floors = [], []
    with Desktop(make_database(plan.contracts)) as desktop:
        text, total = desktop.waiting, desktop.page["total"]
        for turn in range(plan.rounds + 1):
            with desktop.run_app(PROBE_TEXT=text) as app:
                value = milliseconds(app)
            with desktop.run_floor(WIDTH, HEIGHT) as floor:
                least = milliseconds(floor)
            if turn > 0 or plan.quick:
                values.append(value)
                floors.append(least)
    settle(figure, values, floors, [value / least for value, least in zip(values, floors)])
    figure.notes.append(
        f"exec until the frame in which Today names {text!r}; signed in by the Secret Service, {total:,} contracts in "
        f"sight of {plan.contracts:,}"
    )
    return [figure]


def find_title(today):
    """A text of the first thing that waits."""
    for group in today.values():
        for item in group if isinstance(group, list) else []:
            if isinstance(item, dict) and item.get("number"):
                return item["number"]
            for inner in item.get("items", []) if isinstance(item, dict) else []:
                if inner.get("number"):
                    return inner["number"]
    raise AssertionError(f"nothing waits: {json.dumps(today, ensure_ascii=False)[:500]}")


def scroll(probed):
    shape = probed.wait("rows", "a list")
    return shape, probed.wait("frames", "the end of the list")


def measure_scroll(plan):
    frames, rows = (60, 10) if plan.quick else (1000, 10)
    probe = {"PROBE_FRAMES": str(frames), "PROBE_ROWS": str(rows)}
    smooth = Figure("app.scroll", "ms", "<=1.3", "")
    memory = Figure("app.memory", "MB", "<=1.8", "")
    app_runs, floor_runs = [], []
    answer = os.path.join(FOLDER, "floor-list.json")
    with Desktop(make_database(plan.contracts)) as desktop:
        with open(answer, "w", encoding="utf-8") as file:
            json.dump({"items": desktop.rows or desktop.page["items"]}, file, ensure_ascii=False)
        text, first = desktop.listed, f"{desktop.waiting}|{desktop.listed}"  # the page that was open last comes first
        for _ in range(plan.rounds if plan.quick else 5):
            with desktop.run_app(PROBE_TEXT=first, PROBE_ACTION="win.go('sales')", PROBE_LIST=text, **probe) as app:
                shape, result = scroll(app)
                app_runs.append(result)
            with desktop.run_floor(
                shape["width"] + BORDER, shape["height"] + BORDER, shape["rows"], answer, PROBE_LIST=text, **probe
            ) as floor:
                floor_shape, result = scroll(floor)
                floor_runs.append(result)
    for figure, key, scale in ((smooth, "p99", 1), (memory, "pss", 1024)):
        values = [run[key] / scale for run in app_runs]
        least = [run[key] / scale for run in floor_runs]
        settle(figure, values, least, [a / b for a, b in zip(values, least)])
        figure.floor_is = (
            f"AdwApplicationWindow with the same columns {floor_shape['width']}×{floor_shape['height']} over "
            f"{floor_shape['rows']:,} rows in memory; both {RENDERER}"
        )
    smooth.notes.append(
        f"{shape['rows']:,} rows, {frames} frames of {rows} rows each, before-paint to after-paint of the frame clock; "
        + compare_rest(app_runs, floor_runs)
    )
    memory.notes.append(f"PSS after {frames * rows:,} rows of {shape['rows']:,}")
    return [memory, smooth]


def compare_rest(app_runs, floor_runs):
    parts = []
    for key, what in (("p50", "median frame"), ("cpu99", "99th by processor time"), ("interval99", "99th from frame to frame")):
        a, b = (statistics.median(run[key] for run in runs) for runs in (app_runs, floor_runs))
        parts.append(f"{what} {a:.1f} ms, floor {b:.1f} ms")
    return "; ".join(parts)


def read_requests(server, since):
    """Routes asked for since that place of the log; files and the standing poll aside."""
    found = []
    with open(os.path.join(server.folder, "server.log"), encoding="utf-8") as log:
        log.seek(since)
        for line in log:
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                path = told.get("path") or told.get("route")
                if "status" in told and path and "/changes" not in path and "/content" not in path:
                    found.append(f"{told.get('method', '')} {path}".strip())
    return found


def measure_requests(plan):
    """The most that any page asks for when it is opened."""
    figure = Figure("app.requests", "requests", "<=1", "none", value=0)
    with Desktop(make_database(plan.contracts)) as desktop:
        with desktop.run_app(PROBE_TEXT=desktop.waiting) as app:
            app.wait("content", "content")
            time.sleep(2)
            for page, key in (("help", "9"), ("account", "0"), ("sales", "2"), ("today", "1")):
                since = os.path.getsize(os.path.join(desktop.server.folder, "server.log"))
                desktop.stage.screen.key(f"ctrl+{key}")
                time.sleep(2.5)
                asked = read_requests(desktop.server, since)
                figure.value = max(figure.value, len(asked))
                figure.notes.append(f"{page}: {len(asked)} ({', '.join(asked)})")
    figure.ratio = figure.value
    return [figure]


MEASURES = {
    "app.start": measure_start,
    "app.memory": measure_scroll,
    "app.scroll": measure_scroll,
    "app.requests": measure_requests,
}
