"""The sample's files: all of them read, one a storyline, and figures that stand twice are the same twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from capa_xl.model.columns import Kind
from capa_xl.model.schema import sheet_spec
from capa_xl.workbook.sample import data_files
from capa_xl.workbook.sample.data_files import outside_numbers, written_rows
from tests.workbook.sample.test_storylines import STORIES

DATA = Path(data_files.__file__).parent / "data"
FILES = sorted(DATA.rglob("*.toml"))


def rows_of(sheet: str, **where: str) -> list[dict[str, object]]:
    return [dict(row) for row in written_rows()[sheet] if all(row.get(key) == value for key, value in where.items())]


def test_no_file_is_left_out():
    said = [line for path in FILES for line in path.read_text("utf-8").splitlines() if line.startswith('"编号" = ')]
    numbered = [row for sheet, rows in written_rows().items() for row in rows if "编号" in headers(sheet)]
    assert len(said) == len(numbered)
    assert "TS-2026-014" in outside_numbers()


def headers(sheet: str) -> set[str]:
    return {col.header for col in sheet_spec(sheet).columns}


def test_each_storyline_has_a_file_of_its_own():
    files = sorted((DATA / "storylines").glob("*.toml"))
    assert [path.name[:3] for path in files] == [f"{number:02}_" for number in range(1, 13)]
    told = {number for number in STORIES for path in files if f'"编号" = "{number}"' in path.read_text("utf-8")}
    assert told == STORIES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_begins_with_what_it_is(path):
    assert path.read_text("utf-8").startswith("# ")


def test_only_planted_mistakes_are_text_in_a_date_column():
    found = [
        (sheet, row["number"], value)
        for sheet, rows in written_rows().items()
        for row in rows
        for col in sheet_spec(sheet).columns
        if col.kind is Kind.DATE and (value := row.get(col.key)) is not None and not isinstance(value, date)
    ]
    assert found == [
        ("改进计划跟踪表", "GJ-2026-053", "月底"),
        ("改进计划跟踪表", "GJ-2026-059", {"原样": date(2026, 11, 23)}),
        ("改进计划跟踪表", "GJ-2025-001", "<2025-01-07 点>"),
    ]


def test_an_entry_with_lists_is_one_row_a_month():
    rows = rows_of("过程指标", indicator="P2 首次响应超时率")
    assert [row["period"] for row in rows][:5] == ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01"]
    assert [row["numerator"] for row in rows if row["period"] == "2026-05"] == [23]
    assert [row["period"] for row in rows if "disposition_number" in row] == ["2026-05", "2026-06", "2026-07"]


def test_a_share_is_its_numerator_over_its_denominator():
    shares = [row for row in rows_of("过程指标") if "numerator" in row]
    assert len(shares) > 90
    assert [row for row in shares if row["value"] != round(100 * row["numerator"] / row["denominator"], 2)] == []


@pytest.mark.parametrize(
    ("indicator", "data", "keys"),
    [
        ("P2 首次响应超时率", {"indicator": "P2 首次响应超时率"}, ("numerator", "nonconforming")),
        ("工单记录不合格率", {"indicator": "工单记录不合格率"}, ("numerator", "nonconforming")),
        ("备份作业成功率", {"indicator": "备份作业失败率"}, ("denominator", "sample_size")),
        ("出口带宽峰值利用率", {"indicator": "出口带宽峰值利用率"}, ("value", "value")),
        ("供方甲专线平均修复时间", {"indicator": "专线平均修复时间", "supplier": "供方甲"}, ("value", "value")),
    ],
)
def test_figures_that_stand_on_two_sheets_are_the_same(indicator, data, keys):
    measured = {row["period"]: row[keys[0]] for row in rows_of("过程指标", indicator=indicator)}
    observed = {row["period"]: row[keys[1]] for row in rows_of("质量数据", **data)}
    assert len(measured) == 14
    assert measured == {period: observed[period] for period in measured}
