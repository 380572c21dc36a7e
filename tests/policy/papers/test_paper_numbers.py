"""No two papers of a kind bear one number, in this year or an archived one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model.register import PastYear
from capa_xl.policy.papers.paper_numbers import PaperNumbers
from tests.policy.registers import planned, register

FIRST, SAME_SERIAL, WITHOUT_YEAR = "GJ-2026-001", "CAR-2026-001", "CAR-7"


def numbers(*, archived=(), rows=(), needs=()):
    past = tuple(PastYear("归档.xlsx", register(*archived)) for _ in archived[:1])
    return PaperNumbers(replace(register(*rows, needs=[{"number": one} for one in needs]), past=past))


def row(number, **values):
    return planned(number=number, **values)


@pytest.mark.parametrize("is_archived", [False, True])
def test_the_first_row_of_a_serial_has_the_short_number_wherever_it_stands(is_archived):
    first, second = (row(FIRST),), (row(SAME_SERIAL),)
    given = numbers(archived=first, rows=second) if is_archived else numbers(rows=(*first, *second))
    assert given.of_action("WX", FIRST) == "WX-2026-001"
    assert given.of_action("WX", SAME_SERIAL) == "WX-CAR-2026-001"
    assert given.of_every_action("GJA3", SAME_SERIAL) == "GJA3-CAR-2026-001"


def test_a_number_without_a_year_is_taken_whole_or_stays_open():
    given = numbers(rows=(row(WITHOUT_YEAR),))
    assert given.of_action("WX", WITHOUT_YEAR) == given.of_action("WX", None) == "待编号"
    assert given.of_every_action("GJA3", WITHOUT_YEAR) == "GJA3-CAR-7"


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_report_takes_no_number_that_people_gave_another_one(is_archived):
    taken, blank = (row("GJ-2025-009", report_number="GJBG-2026-001"),), (row(FIRST),)
    given = numbers(archived=taken, rows=blank) if is_archived else numbers(rows=(*blank, *taken))
    assert given.of_report("GJBG", FIRST) == "GJBG-GJ-2026-001"
    assert numbers(rows=blank).of_report("GJBG", FIRST) == "GJBG-2026-001"
    assert numbers(rows=(row(FIRST, report_number="GJBG-2026-001"),)).of_report("GJBG", FIRST) == "GJBG-2026-001"


def test_the_form_of_an_action_takes_no_number_of_a_need_and_letters_of_two_needs_are_told_apart():
    given = numbers(rows=(row(FIRST),), needs=("JYF-2026-001", "TS-2026-001"))
    assert given.of_request("JYF", FIRST) == "JYF-GJ-2026-001"
    assert numbers(rows=(row(FIRST),)).of_request("JYF", FIRST) == "JYF-2026-001"
    assert [given.of_need("HF", one) for one in ("JYF-2026-001", "TS-2026-001")] == ["HF-2026-001", "HF-TS-2026-001"]
