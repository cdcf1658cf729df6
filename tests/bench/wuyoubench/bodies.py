# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Contracts to create: all fields of a whole form, every one different; people and cars are made up."""
import json

from .server import make_id

WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"


def make_vin(number):
    plain = f"LWBXA31B0T{number % 10_000_000:07d}"
    total = sum(weight * (int(letter) if letter.isdigit() else VALUES[letter]) for weight, letter in zip(WEIGHTS, plain))
    return plain[:8] + "0123456789X"[total % 11] + plain[9:]


def make_resident_id(number):
    digits = f"110105{1960 + number % 40}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits)) % 11]


def make_name(number):
    return SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 400 % 20]


def make_body(product, number):
    price = json.loads(product["prices_json"])[0]
    return {
        "id": make_id(), "vin": make_vin(number), "brand": "MINI", "series": "X3", "model": "xDrive30i",
        "energy": "PETROL", "vehicle_use": "PRIVATE", "condition": "NEW", "seats": 5,
        "first_invoice_on": "2026-10-03", "invoice_no": f"26112{number:015d}", "invoice_amount_fen": 41280000,
        "owner_kind": "PERSON", "owner_name": make_name(number), "owner_id_type": "RESIDENT",
        "owner_id_no": make_resident_id(number), "owner_mobile": f"138{number % 100_000_000:08d}",
        "owner_address": f"云川市青石区学府路 {number % 900 + 1} 号", "owner_source": "PLATFORM",
        "commercial_insurer": "安泰示例财险", "commercial_policy_no": f"AT2026{number:012d}",
        "commercial_from": "2026-10-05", "commercial_to": "2027-10-04", "commercial_sum_fen": 41000000,
        "compulsory_insurer": "安泰示例财险", "compulsory_policy_no": f"AC2026{number:012d}",
        "compulsory_from": "2026-10-05", "compulsory_to": "2027-10-04", "product_id": product["id"],
        "term_months": price["term_months"], "received_fen": 318000,
    }  # fmt: skip


def write_bodies(path, product, count):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(make_body(product, number), ensure_ascii=False, separators=(",", ":")) + "\n")
    return count
