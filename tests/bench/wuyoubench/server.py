# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""The databases, made once, and a server on one of them with somebody signed in."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import secrets
import shutil
import sqlite3
import struct
import sys
import time
import uuid

from wuyoutest.process import Process, run_command, wait_until

BUILD = os.environ["WUYOU_BUILD"]
FOLDER = os.path.join(BUILD, "bench")
PASSWORD = "Songtao-37-Lanting"
SELLER = "zhao.min@anda.example"
MANAGER = "li.weidong@anda.example"
CLERK = "zhang.kai@anda.example"  # of claims
ASSESSOR = "wei.ran@antu.example"
CODE_SECONDS = 30
CONTRACTS_A_CLAIM = 5
# The limit of requests of one account is for people; a load of one account is not what it is for.
OPTIONS = ["--rate-limit", "0"]
NO_LIMIT = "server with --rate-limit 0 (product: 200 requests/s an account)"


def program(*path):
    return os.path.join(BUILD, *path)


def make_database(contracts):
    """The folder of the demo data of that size, with a claim for every few contracts; made only when it is not there."""
    claims = contracts // CONTRACTS_A_CLAIM
    folder = os.path.join(FOLDER, f"{contracts}+{claims}")
    if os.path.exists(os.path.join(folder, "wuyou.db")):
        return folder
    print(f"Making {contracts:,} contracts and {claims:,} claims …", file=sys.stderr, flush=True)
    part = folder + ".part"
    shutil.rmtree(part, ignore_errors=True)
    os.makedirs(os.path.join(part, "data"))
    start = time.monotonic()
    log = run_command(
        program("src/server/wuyouctl"), "--db", f"sqlite:{part}/wuyou.db", "--data", f"{part}/data",
        "demo", "--contracts", contracts, "--claims", claims, "--seed", 1, timeout=7200,
    )  # fmt: skip
    seconds = time.monotonic() - start
    with open(os.path.join(part, "made.json"), "w", encoding="utf-8") as file:
        json.dump({"contracts": contracts, "claims": claims, "seconds": round(seconds, 1), "a_second": round(contracts / seconds)}, file)
    with open(os.path.join(part, "accounts"), "w", encoding="utf-8") as file:
        file.write(log)
    os.rename(part, folder)
    return folder


def tell_making(folder):
    try:
        with open(os.path.join(folder, "made.json"), encoding="utf-8") as file:
            made = json.load(file)
    except FileNotFoundError:
        return None
    return (
        f"{made['contracts']:,} contracts and {made['claims']:,} claims were made in {made['seconds']} s "
        f"({made['a_second']} contracts a second)"
    )


def copy_database(folder, name):
    """Throw-away copy of a database that no server has open."""
    copy = os.path.join(FOLDER, name)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.log", "port"))
    return copy


def make_id():
    """UUIDv7."""
    value = (int(time.time() * 1000) << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def read_secret(folder, login):
    """Of the one-time codes of an account of the operator, from the table that making the data printed; else None."""
    with open(os.path.join(folder, "accounts"), encoding="utf-8") as file:
        found = re.search(rf"{re.escape(login)}\b.*TOTP ([A-Z2-7]+)", file.read())
    return found and found.group(1)


def make_code(secret):
    """RFC 6238 with its defaults."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // CODE_SECONDS), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Server:
    """Ends with the with-block; its database stays."""

    def __init__(self, folder, binary="src/server/wuyou-server", login=SELLER, options=()):
        self.folder = folder
        self.database = os.path.join(folder, "wuyou.db")
        self.binary = binary
        self.login = login
        self.options = options

    def __enter__(self):
        port_file = os.path.join(self.folder, "port")
        for name in ("port", "server.log"):
            if os.path.exists(os.path.join(self.folder, name)):
                os.remove(os.path.join(self.folder, name))
        self.process = Process(
            [
                program(self.binary), "--db", f"sqlite:{self.database}", "--data", os.path.join(self.folder, "data"),
                "--listen", "127.0.0.1:0", "--port-file", port_file, *OPTIONS, *self.options,
            ],  # fmt: skip
            os.path.join(self.folder, "server.log"),
        )
        try:
            self.port = int(wait_until(lambda: self._read_port(port_file), 60, what="server"))
            self.address = f"http://127.0.0.1:{self.port}"
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            self.session = self.sign_in(self.login)
            self.token = self.session["token"]
        except BaseException:
            self.process.stop()
            raise
        return self

    def _read_port(self, path):
        self.process.expect_running()
        with open(path, encoding="ascii") as file:
            return file.read().strip()

    def __exit__(self, *error):
        self.connection.close()
        self.process.stop(60)

    def call(self, method, path, body=None, headers=None, wanted=range(200, 300)):
        headers = {"Content-Type": "application/json", **(headers or {})}
        if hasattr(self, "token"):
            headers["Authorization"] = "Bearer " + self.token
        if method in ("POST", "PUT"):
            headers.setdefault("Idempotency-Key", make_id())
        data = body if isinstance(body, (bytes, memoryview)) or body is None else json.dumps(body).encode()
        self.connection.request(method, path, data, headers)
        reply = self.connection.getresponse()
        self.reply_headers = reply.headers
        text = reply.read()
        if reply.status not in wanted:
            raise AssertionError(f"{method} {path}: {reply.status} {text.decode(errors='replace')[:500]}")
        return json.loads(text) if text[:1] in (b"{", b"[") else text

    def sign_in(self, login):
        """A code works once: when that of now was used by a run just before, the next one is waited for."""
        device = {"id": "bench", "label": "bench", "client": "bench", "locale": "zh_CN"}
        secret = read_secret(self.folder, login)
        for _ in range(2):
            code = {"totp": make_code(secret)} if secret else {}
            body = {"login": login, "password": PASSWORD, "device": device, **code}
            session = self.call("POST", "/v1/sessions", body, wanted=(*range(200, 300), 401))
            if "token" in session or not secret:
                break
            time.sleep(CODE_SECONDS - time.time() % CODE_SECONDS)
        return session

    def step_up(self):
        self.call("POST", "/v1/step-up", {"password": PASSWORD})

    def memory(self):
        """(PSS, peak of RSS) of the process in bytes."""
        with open(f"/proc/{self.process.pid}/smaps_rollup", encoding="ascii") as file:
            pss = int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1))
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            peak = int(re.search(r"^VmHWM:\s+(\d+)", file.read(), re.M).group(1))
        return pss * 1024, peak * 1024

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")


def read_rows(folder, sql, *values):
    """What stands in a database, whether or not a server has it open."""
    with sqlite3.connect(f"file:{folder}/wuyou.db?mode=ro", uri=True) as database:
        return database.execute(sql, values).fetchall()
