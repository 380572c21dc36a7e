"""Which number formats show a date."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.number_formats import dressed_number, shows_date


@pytest.mark.parametrize("format_id", [13, 23, 26, 37, 44, 48, 49, 59, 163])
def test_a_built_in_number_is_no_date(format_id):
    assert not shows_date(format_id, {})


@pytest.mark.parametrize("format_id", [14, 22, 27, 36, 45, 47, 50, 58])
def test_a_built_in_date_is_one(format_id):
    assert shows_date(format_id, {})


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True), ("YYYY/M/D", True), ("hh:mm", True), ("[h]:mm", True), ("ss", True),
        ("General", False), ("standard", False), ("GENERAL", False), ("0.00", False), ('0"day"', False),
        ("[Red]0", False), ("0;yyyy", False), ("yyyy;0", True), ("0\\d", False), ("_d0", False), ("*m0", False),
        ("[$-804]yyyy", True), ("#,##0", False),
    ],
)  # fmt: skip
def test_a_code_is_a_date_by_the_letters_of_its_first_section(code, is_date):
    assert shows_date(164, {164: code}) == is_date


@pytest.mark.parametrize(
    ("code", "shown"),
    [('"ZJ-"000', "ZJ-005"), ("ZJ\\-000", ""), ("\\Z\\J-00", "ZJ-05"), ('"第"0"号"', "第5号"), ("0000", "0005"),
     ("0", ""), ("General", ""), ("0.00", ""), ("#,##0", ""), ("yyyy-mm-dd", ""), ('"ZJ-"000;[Red]-0', "ZJ-005")],
)  # fmt: skip
def test_letters_and_zeros_around_a_whole_number_are_what_people_read(code, shown):
    assert dressed_number(5, code) == shown
