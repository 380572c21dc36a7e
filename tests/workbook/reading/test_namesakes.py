"""Sheets that bear our names and aren't ours: told by their headings, named by check, left as they are by refresh."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.model.levels import level_named
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at
from tests.ooxml.every_cell import cells_of

DAY = date(2026, 6, 1)
OWN = [["日期", "谁", "说了什么"], ["2026-05-01", "样例甲", "还没开始"], ["2026-05-02", "样例甲", "=1+1"]]


@pytest.fixture
def ledger(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="a1", level=level_named("台账"))
    return path


def with_sheet(path: Path, name: str, rows: list[list[str]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    book["改进计划跟踪表"]["A3"] = "GJ-2026-001"
    book["改进计划跟踪表"]["B3"] = "值班漏接三次告警，夜间无人接听"
    book.save(path)


def told(path: Path) -> list[tuple[str, str, str]]:
    remarks = read_register(path.read_bytes()).remarks
    return [(r.hit.sheet, str(r.hit.severity), r.hit.facts["h"]) for r in remarks if r.rule == "WB16"]


@pytest.mark.parametrize("name", ["校验结果", "提醒台账", "总览", "时间轴"])
def test_refresh_never_writes_into_a_sheet_of_somebody_else(ledger, name):
    with_sheet(ledger, name, OWN)
    before = {place: value for place, value in cells_of(ledger.read_bytes()).items() if place[0] == name}
    refresh(desk_at(ledger, DAY))
    after = {place: value for place, value in cells_of(ledger.read_bytes()).items() if place[0] == name}
    assert len(before) == 9
    assert after == before


@pytest.mark.parametrize(
    ("name", "severity"),
    [("校验结果", "warning"), ("提醒台账", "warning"), ("字典", "warning"), ("总览", "info"), ("进展反馈", "info"),
     ("计划", "info"), ("人员部门", "info")],
)  # fmt: skip
def test_it_is_named_with_its_headings(ledger, name, severity):
    book = openpyxl.load_workbook(ledger)
    if name in book.sheetnames:
        del book[name]
        book.save(ledger)
    with_sheet(ledger, name, OWN)
    assert told(ledger) == [(name, severity, "日期、谁、说了什么")]


@pytest.mark.parametrize("level", ["台账", "制度", "评审", "数据"])
def test_a_new_workbook_of_any_level_has_none(level):
    assert read_register(build_workbook({}, as_of=DAY, level=level_named(level))).namesakes == frozenset()


@pytest.mark.parametrize("name", ["校验结果", "进展反馈", "字典", "使用说明"])
def test_an_empty_sheet_and_any_guide_are_anybodys(ledger, name):
    with_sheet(ledger, name, OWN if name == "使用说明" else [])
    assert told(ledger) == []


def test_a_sheet_of_ours_with_a_column_of_peoples_own_is_ours(tmp_path):
    book = openpyxl.load_workbook(BytesIO(build_workbook({}, as_of=DAY)))
    for name in ("校验结果", "提醒台账", "进展反馈", "字典"):
        book[name].cell(1, book[name].max_column + 1, "我的备注")
    book.save(tmp_path / "全.xlsx")
    assert told(tmp_path / "全.xlsx") == []


def test_what_stands_below_a_blank_first_row_is_somebodys_too(ledger):
    with_sheet(ledger, "校验结果", [[], [], *OWN])
    assert told(ledger) == [("校验结果", "warning", "日期、谁、说了什么")]
