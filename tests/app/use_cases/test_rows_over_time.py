"""What runs on several days keep of a row that was written over: deadlines, verdicts, inspections, over real files."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.report import write_reports
from capa_xl.policy.reminders.due_versions import due_versions
from tests.app.desks import desk_at
from tests.app.use_cases.test_history import edit
from tests.reports.word.papers import words
from tests.tables import workbook_bytes

HEADINGS = "编号 问题描述 责任人 登记日期 批准日期 批准结论 完成期限 实际完成日期 检查人 检查日期 检查结论 〔自动〕状态"
ROW = ["GJ-2026-001", "值班漏接三次", "样例甲", date(2026, 1, 5), date(2026, 1, 12), "同意", date(2026, 4, 30)]
"""The deadline stands in G2, the completion in H2, the inspection in I2 to K2."""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": [HEADINGS.split(), [*ROW, *[None] * 5]]}))
    refresh(desk_at(path, date(2026, 1, 15)))
    return path


def written(book, on, **cells):
    for at, value in cells.items():
        edit(book, at, value)
    refresh(desk_at(book, on))


def test_every_deadline_that_stood_in_the_cell_is_known_with_its_days(book):
    written(book, date(2026, 4, 20), G2=date(2026, 7, 31))
    written(book, date(2026, 5, 11), G2=date(2026, 6, 30))
    source = paper_source(desk_at(book, date(2026, 6, 1)))
    view = source.judged.view
    assert [
        (str(one.due_on), str(one.known_on), str(one.ended_on))
        for one in due_versions(view, source.journal, view.actions[0])
    ] == [
        ("2026-04-30", "2026-01-12", "2026-04-20"),
        ("2026-07-31", "2026-04-20", "2026-05-11"),
        ("2026-06-30", "2026-05-11", "None"),
    ]


def test_an_inspection_written_over_is_printed_as_an_earlier_one(book, tmp_path):
    written(book, date(2026, 3, 3), H2=date(2026, 3, 2))
    written(book, date(2026, 3, 6), I2="样例检", J2=date(2026, 3, 5), K2="不合格")
    written(book, date(2026, 3, 20), H2=date(2026, 3, 18), I2="样例乙", J2=date(2026, 3, 19), K2="合格")
    run = write_reports(desk_at(book, date(2026, 4, 1)), ["GJ-2026-001"], tmp_path / "out")
    text = words(run.written[0].path.read_bytes())
    assert "2026-03-05\n不合格\n（台账原记载，2026年3月20日起改为下一行）" in text
    assert text.index("2026-03-05") < text.index("2026-03-19")


def test_a_refusal_written_over_is_printed_before_the_approval(book, tmp_path):
    written(book, date(2026, 1, 20), E2=date(2026, 1, 19), F2="不同意")
    written(book, date(2026, 1, 28), E2=date(2026, 1, 27), F2="同意")
    desk = desk_at(book, date(2026, 2, 1))
    text = words(write_reports(desk, ["GJ-2026-001"], tmp_path / "out").written[0].path.read_bytes())
    assert text.index("2026-01-19\n不同意\n台账原记载，2026年1月28日起改为下一行") < text.index("2026-01-27\n同意")


def test_a_row_inspected_once_has_no_earlier_inspection(book, tmp_path):
    written(book, date(2026, 3, 6), H2=date(2026, 3, 2), I2="样例检", J2=date(2026, 3, 5), K2="合格")
    run = write_reports(desk_at(book, date(2026, 4, 1)), ["GJ-2026-001"], tmp_path / "out")
    assert "台账原记载" not in words(run.written[0].path.read_bytes())
    assert check_workbook(desk_at(book, date(2026, 4, 1))).view.actions[0].inspection == "合格"
