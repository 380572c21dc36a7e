"""A line of the sheet names who changes; the others of a crowded cell are counted."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.reports.word.context_handover import example_handover, handover_context


def told(before: str, after: str) -> tuple[str, str]:
    facts = example_handover()
    line = replace(facts.lines[0], before=before, after=after)
    made = handover_context(replace(facts, giver="样例甲", taker="样例乙", lines=(line,)))["lines"][0]
    return made["before"], made["after"]


@pytest.mark.parametrize("cell", ["样例甲", "样例丙、样例甲", "样例丙、样例甲、样例丁", "样例丙，样例甲\n样例丁；", ""])
def test_up_to_three_names_stand_there_as_they_are(cell):
    assert told(cell, cell) == (cell, cell)


@pytest.mark.parametrize("between", ["、", "，", ", ", ";", "\n", "/"])
def test_of_more_the_one_that_changes_is_named_and_all_are_counted(between):
    before, after = (between.join(("样例丙", "样例丁", "样例戊", name)) for name in ("样例甲", "样例乙"))
    assert told(before, after) == ("样例甲 等 4 人", "样例乙 等 4 人")


def test_one_who_stood_there_already_is_counted_once():
    assert told("样例丙、样例甲、样例乙、样例丁", "样例丙、样例乙、样例丁") == (
        "样例甲 等 4 人",
        "样例丙、样例乙、样例丁",
    )
