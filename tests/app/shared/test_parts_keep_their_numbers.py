"""Parts of a merged number keep their numbers, and what the journal knows of them, when rows come between (C4)."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.workbook.reading.merged_numbers import part_numbers
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["编号", "措施内容", "责任人", "完成期限", "〔自动〕状态"]
A, B, NEW = ("更换标签并登记", "补签记录并抽查", "组织复训并考核")


def saved(path, *measures):
    rows = [["Z1" if at == 0 else None, text, "样例工", DAY, None] for at, text in enumerate(measures)]
    merged = {"改进计划跟踪表": [f"A2:A{len(rows) + 1}"]}
    path.write_bytes(workbook_bytes({"改进计划跟踪表": [HEAD, *rows]}, merged=merged))


def numbers(path):
    records = open_tracker(desk_at(path, DAY)).register.tracker.records
    return {action.measure: action.number for action in records}


def test_a_row_put_between_two_parts_renumbers_neither(tmp_path):
    path = tmp_path / "表.xlsx"
    saved(path, A, B)
    refresh(desk_at(path, DAY))
    saved(path, A, NEW, B)
    assert numbers(path) == {A: "Z1-1", NEW: "Z1-3", B: "Z1-2"}


def test_without_a_journal_parts_are_numbered_from_the_top(tmp_path):
    path = tmp_path / "表.xlsx"
    saved(path, A, NEW, B)
    assert numbers(path) == {A: "Z1-1", NEW: "Z1-2", B: "Z1-3"}


@pytest.mark.parametrize(
    ("measures", "wanted"),
    [
        ([B, A], ["Z1-2", "Z1-1"]),
        ([A, NEW], ["Z1-1", "Z1-2"]),
        ([B], ["Z1-2"]),
        ([NEW, A, B], ["Z1-3", "Z1-1", "Z1-2"]),
        ([A, A], ["Z1-1", "Z1-2"]),
    ],
    ids=["sorted", "one rewritten", "one gone", "one before", "one copied over the other"],
)
def test_a_part_is_known_by_its_measure(measures, wanted):
    assert part_numbers("Z1", measures, {"Z1-1": A, "Z1-2": B, "Z10-7": NEW}) == wanted
