"""Records made by the thousand are the records that the class would have made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from capa_xl.model.schema import SHEETS
from capa_xl.workbook.reading.made_records import make_records

MANY = 1_000
RECORDS = [spec.record for spec in SHEETS if spec.record]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_many_records_are_what_the_class_makes(record):
    rows = range(2, 2 + MANY)
    cells = [[f"{field.name} {row}" for row in rows] for field in fields(record)[1:]]
    made = make_records(record, rows, *cells)
    assert made == list(map(record, rows, *cells))
    assert {type(one) for one in made} == {record}
    assert hash(made[0]) == hash(record(2, *(column[0] for column in cells)))


@pytest.mark.parametrize("rows", [range(2, 4), range(2, 2 + MANY)], ids=["few", "many"])
def test_records_are_frozen_few_or_many(rows):
    first = make_records(RECORDS[0], rows, *([None] * len(rows) for _ in fields(RECORDS[0])[1:]))[0]
    with pytest.raises(FrozenInstanceError):
        first.row = 9
