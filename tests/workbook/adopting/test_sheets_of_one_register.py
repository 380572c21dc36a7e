"""Sheets of months and years that are one register: their numbers, and a deadline that only later sheets move."""

from __future__ import annotations

from datetime import date

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["编号", "问题描述", "整改措施", "责任人", "完成期限", "整改状态"]


def adopted(sheets, answers=None):
    new, found = adopt(workbook_bytes(sheets), Adopting(answers or {}, "a1", DAY))
    return read_register(new).tracker.records if new else (), found


def row(number, problem):
    return [number, problem, "补贴标签", "样例甲", DAY, "进行中"]


def test_numbers_that_begin_anew_for_other_actions_get_their_sheets_year():
    sheets = {
        f"{year}年": [HEAD, row("F-01", f"{year} 年的标签缺失"), row("F-02", f"{year} 年的记录缺页")]
        for year in (2025, 2026)
    }
    records, found = adopted(sheets)
    assert found.prefixes == {"2025年": "2025-", "2026年": "2026-"}
    assert [one.number for one in records] == ["2025-F-01", "2025-F-02", "2026-F-01", "2026-F-02"]


def test_a_row_that_was_carried_over_keeps_its_number():
    """F-02 was copied into the new year's sheet because it is still open: it is one action, and named as such."""
    sheets = {
        "2025年": [HEAD, row("F-01", "标签缺失"), row("F-02", "记录缺页"), row("F-03", "印章缺失")],
        "2026年": [HEAD, row("F-02", "记录缺页"), row("F-04", "台账未更新"), row("F-05", "未培训")],
    }
    assert adopted(sheets)[1].prefixes == {}


def test_a_year_with_a_number_twice_is_of_the_register_and_the_number_is_what_is_said():
    """1 stands twice under 序号, so that it numbers nothing: the sheet isn't of other columns for that."""
    head = ["序号", *HEAD[1:]]
    sheets = {
        "2025年": [head, row(1, "标签缺失"), row(2, "记录缺页")],
        "2026年": [head, row(1, "印章缺失"), row(1, "台账未更新"), row(2, "未培训")],
    }
    records, found = adopted(sheets)
    assert not any("列不同" in note for note in found.notes)
    assert [one.description for one in records] == ["标签缺失", "记录缺页", "印章缺失", "台账未更新", "未培训"]


def test_what_a_month_is_summed_up_with_is_no_number_that_comes_again():
    sheets = {
        name: [
            HEAD,
            row("1", f"标签缺失，{name}检查"),
            row("2", f"记录缺页，{name}检查"),
            ["本月小结", "检查 2 处", "", "", "", ""],
        ]
        for name in ("9月", "10月")
    }
    records, found = adopted(sheets)
    assert [one.number for one in records] == ["9月-1", "9月-2", "10月-1", "10月-2"]
    assert found.prefixes == {"9月": "9月-", "10月": "10月-"}


def test_a_sheet_whose_deadlines_nobody_moved_yet_is_of_the_register_too():
    """要求完成日 is the first deadline beside 延期至, which September's sheet hasn't got; decisions C6."""
    first, moved, late = date(2026, 9, 20), date(2026, 12, 5), date(2026, 11, 20)
    head = ["编号", "问题描述", "整改措施", "责任人", "要求完成日"]
    sheets = {
        "9月": [head, ["S-1", "标签缺失", "补贴标签", "样例甲", first], ["S-2", "记录缺页", "补记", "样例乙", first]],
        "10月": [
            [*head, "延期至"],
            ["T-1", "印章缺失", "补盖", "样例甲", late, moved],
            ["T-2", "未培训", "培训", "样例乙", late, ""],
        ],
    }
    records, _ = adopted(sheets, {"要求完成日": "原完成期限", "延期至": "完成期限"})
    assert [(one.number, one.due_on) for one in records] == [
        ("S-1", first),
        ("S-2", first),
        ("T-1", moved),
        ("T-2", late),
    ]


def test_done_and_the_share_that_is_done_are_two_headings():
    head = ["No.", "Issue", "Action", "Owner", "Due Date", "Done?", "% done"]
    rows = [
        ["1", "Label missing", "Print it", "Sam Sample", DAY, "Y", 1],
        ["2", "Page lost", "Find it", "Sam Sample", DAY, "N", 0.5],
    ]
    records, found = adopted({"Actions": [head, *rows]}, {"Done?": "状态"})
    assert {one.header: one.field for one in found.mapped}["% done"] == "进度%"
    assert [one.progress for one in records] == [100, 50]


def test_a_further_sheet_without_numbers_of_its_own_joins_those_that_were_given_theirs():
    """The sheets adopted first have the column 编号 that adopt gave them; November's has none yet."""
    rows = {name: [f"{part}缺失，要补" for part in parts] for name, parts in MONTHS.items()}
    sheets = {name: [HEAD[1:], *(row("", one)[1:] for one in problems)] for name, problems in rows.items()}
    first, _ = adopt(workbook_bytes(sheets), Adopting({}, "a1", DAY, sheets=("9月", "10月")))
    register = read_register(first)
    (other,) = (remark.hit.facts for remark in register.remarks if remark.rule == "WB11")
    assert (other["v"], other["t"]) == ("11月", "9月》、《10月")
    whole, _ = adopt(first, Adopting({}, "", DAY, sheets=("11月",)))
    records = read_register(whole).tracker.records
    assert len(records) == len({one.number for one in records}) == 6


MONTHS = {"9月": ("标签", "记录"), "10月": ("印章", "台账"), "11月": ("护栏", "培训")}


def test_a_number_said_with_its_sheets_prefix_is_not_told_as_absent():
    head = ["序号", "问题描述", "整改措施", "责任人", "完成期限"]
    sheets = {
        name: [head, *([n, f"{name}第{n}处渗水", "补缝", "样例甲", date(2026, 12, 1)] for n in "12")]
        for name in ("2025年", "2026年")
    }
    said = {"编号": {"2025-1": "不计入", "2025-7": "不计入"}}
    _, found = adopt(workbook_bytes(sheets), Adopting({}, "a1", date(2026, 12, 1), meanings=said))
    assert [note.partition("，")[0] for note in found.notes if note.startswith("--value")] == [
        "--value 编号:2025-7=不计入：表里没有「2025-7」"
    ]
