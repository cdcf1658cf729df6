# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Two sales as a dealership has them: everything fictional, every number valid by its checksum."""

VIN_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", (*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10))))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def make_vin(start, year, plant, serial):
    """ISO 3779: eight characters, check digit, model year, plant, serial."""
    rest = year + plant + serial
    total = sum(VIN_VALUES[sign] * weight for sign, weight in zip(start + "0" + rest, VIN_WEIGHTS))
    return start + "0123456789X"[total % 11] + rest


def make_resident_id(start):
    return start + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(start, ID_WEIGHTS)) % 11]


def make_credit_code(start):
    """GB 11714 gives the 17th character, GB 32100 the 18th; its weights are the powers of 3 modulo 31."""
    organisation = sum(int(sign, 36) * weight for sign, weight in zip(start[8:], (3, 7, 9, 10, 5, 8, 4, 2)))
    start += "0X987654321"[organisation % 11]
    total = sum(CODE_LETTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(start))
    return start + CODE_LETTERS[(31 - total % 31) % 31]


def _policies(day, last, number, value):
    insurer = "恒信财产保险股份有限公司"
    return [
        ("text", "Commercial insurer", insurer),
        ("text", "Commercial policy number", f"HXSY{number}"),
        ("text", "Commercial policy from", day),
        ("text", "Commercial policy until", last),
        ("text", "Insured value", value),
        ("text", "Compulsory insurer", insurer),
        ("text", "Compulsory policy number", f"HXJQ{number}"),
        ("text", "Compulsory policy from", day),
        ("text", "Compulsory policy until", last),
    ]


CONSENTS = [
    ("switch", label, None)
    for label in ("Consents to the processing", "Consents to sensitive images", "Consents to provision to others")
]


class Sale:
    """vin, owner, id number, phone; rows of the form section by section; what the papers must say."""

    def __init__(self, **members):
        self.__dict__.update(members)


def person_sale(today):
    vin = make_vin("LBV8V318", "T", "D", "730816")
    day = today.isoformat()
    end = today.replace(year=today.year + 1).isoformat()
    return Sale(
        name="person", vin=vin, owner="苏晚晴", owner_id=make_resident_id("53010219900312002"), mobile="13888001234",
        signature=f"苏晚晴   {today:%Y-%m-%d}", price="2,680.00", uppercase="贰仟陆佰捌拾元整", invoice_no="24532000000187654321",
        amount="338,800.00", fragment="晚晴", agent=None,
        vehicle=[
            ("text", "Series", "3 系"), ("text", "Model", "325Li M 运动套装"), ("choice", "Condition", "New car"),
            ("choice", "Use", "Private"), ("choice", "Drive", "Petrol or diesel"), ("text", "Seats", "5"),
            ("text", "First invoice", day), ("text", "Invoice number", "24532000000187654321"),
            ("text", "Invoice amount with tax", "338800"), ("text", "List price", "339900"),
            ("text", "Engine number", "B48B20C7308"),
        ],
        owner_rows=[
            ("choice", "Owner is a", "Private person"), ("text", "Owner", "苏晚晴"),
            ("choice", "Kind of identity document", "Resident identity card"),
            ("text", "Identity number", make_resident_id("53010219900312002")), ("text", "Mobile phone", "13888001234"),
            ("text", "Address", "云南省昆明市盘龙区青桐路 18 号 3 幢 1202 室"),
            ("choice", "Source of the information", "Entered with the customer present"),
        ],
        policies=_policies(day, end, "2026530100087231", "330000"),
        price_rows=[("choice", "Product", "安途置换费用补偿"), ("term", "Term", 36), ("text", "Price agreed", "2680")],
    )  # fmt: skip


def company_sale(today):
    vin = make_vin("LBV21FJ0", "R", "S", "415207")
    day = today.isoformat()
    end = today.replace(year=today.year + 1).isoformat()
    code = make_credit_code("91530100MA6Q2KX4")
    return Sale(
        name="company", vin=vin, owner="昆明市澄江示例贸易有限公司", owner_id=code, mobile="13577006621",
        signature=f"韩梅   {today:%Y-%m-%d}", price="3,080.00", uppercase="叁仟零捌拾元整", invoice_no="24532000000200417733",
        amount="515,000.00", fragment="澄江示例", agent="韩梅",
        vehicle=[
            ("text", "Series", "X3"), ("text", "Model", "X3 xDrive30i"), ("choice", "Condition", "Used car"),
            ("choice", "Drive", "Petrol or diesel"), ("text", "Seats", "5"),
            ("text", "First invoice", today.replace(year=today.year - 2, day=1).isoformat()),
            ("text", "Invoice number", "24532000000200417733"), ("text", "Invoice amount with tax", "515000"),
            ("text", "Mileage in km", "32000"), ("text", "Number plate", "云A8K37P"),
            ("switch", "Changed hands since the first invoice", None),
        ],
        owner_rows=[
            ("choice", "Owner is a", "Company"), ("text", "Owner", "昆明市澄江示例贸易有限公司"),
            ("text", "Identity number", code), ("text", "Mobile phone", "13577006621"),
            ("text", "Address", "云南省昆明市五华区云杉路 66 号 2 幢 9 层"), ("text", "Acting for the company", "韩梅"),
            ("text", "Their mobile phone", "13900001111"),
            ("choice", "Source of the information", "From paper"),
        ],
        policies=_policies(day, end, "2026530100099817", "430000"),
        price_rows=[("choice", "Product", "安途置换费用补偿"), ("term", "Term", 24), ("text", "Price agreed", "3080")],
    )  # fmt: skip
