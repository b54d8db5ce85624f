"""Adds exported reports up with nothing of ours: the independent sum of tests/e2e/sum.rs.

Reads *.json of the folder given, writes {field: sum} for every number field to the output.
A blank adds nothing; "/" counts as 0; money is added exactly and keeps its unit.
"""

import decimal
import json
import pathlib
import re
import sys

TEXTS = ("cover.", "preface", "overview", "problems", "other_matters")
sums, units = {}, {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    for field, value in json.loads(path.read_text(encoding="utf-8"))["fields"].items():
        if field.startswith(TEXTS) or value is None:
            continue
        if value == "/":
            value = 0
        unit = ""
        if isinstance(value, str):
            number, unit = re.fullmatch(r"(-?[0-9.]+)(\D*)", value).groups()
            value = decimal.Decimal(number)
            units[field] = unit
        sums[field] = sums.get(field, 0) + value


def written(field, value):
    if isinstance(value, decimal.Decimal):
        return str(value) + units.get(field, "")
    return value


json.dump({field: written(field, value) for field, value in sums.items()}, sys.stdout)
