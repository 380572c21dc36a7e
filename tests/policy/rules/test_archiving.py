from datetime import date

import pytest

from capa_xl.model.figures import ArchivedPapers
from capa_xl.model.journal import JournalView
from capa_xl.model.procedure import Procedure
from tests.policy.rules.struck import problem, struck


def test_after_an_effective_confirmation_the_documents_are_asked_about():
    assert struck("AR01", """
        编号  | 确认日期   | 效果结论 | 是否涉及文件修订
        GJ-01 | 2026-05-20 | 有效     |
        GJ-02 | 2026-05-20 | 有效     | 否
        GJ-03 | 2026-05-20 | 无效     |
        GJ-04 |            |          |
    """) == ["E D2"]  # fmt: skip


def test_a_revision_that_is_needed_has_its_row():
    assert struck("AR02", """
        编号  | 确认日期   | 效果结论 | 是否涉及文件修订
        GJ-01 | 2026-05-20 | 有效     | 是
        GJ-02 | 2026-05-12 | 有效     | 是
        GJ-03 | 2026-05-12 | 有效     | 是
    """, revisions="编号 | 文件编号\nGJ-03 | SYS-01") == ["W D2", "E D3"]  # fmt: skip


def test_a_document_is_revised_with_approval():
    assert struck("AR03", "编号 | 责任人\nGJ-01 | 样例工", revisions="""
        编号  | 文件编号 | 批准人 | 批准日期   | 结论   | 修订完成日期
        GJ-01 | SYS-01   |        |            |        | 2026-05-20
        GJ-01 | SYS-02   | 样例质 | 2026-05-12 | 不同意 | 2026-05-20
        GJ-01 | SYS-03   | 样例质 | 2026-05-12 | 同意   | 2026-05-20
        GJ-01 | SYS-04   |        |            |        |
    """) == ["E 文件修订!C2", "E 文件修订!E3"]  # fmt: skip


def test_archiving_follows_the_confirmation_and_has_a_report():
    assert struck("AR04", """
        编号  | 确认日期   | 效果结论 | 归档日期   | 报告编号
        GJ-01 |            |          | 2026-05-20 | GJBG-01
        GJ-02 | 2026-05-20 | 有效     | 2026-05-19 | GJBG-02
        GJ-03 | 2026-05-20 | 有效     | 2026-05-20 |
        GJ-04 | 2026-05-20 | 有效     | 2026-05-20 | GJBG-04
    """) == ["E D2", "E D3", "W E4"]  # fmt: skip


ARCHIVED = """
    编号  | 归档位置
    GJ-01 | 报告/GJ-01.docx
    GJ-02 | 报告/GJ-02.docx
    GJ-03 | 档案柜 3
"""


def test_an_archived_file_is_where_it_is_said_to_be():
    papers = ArchivedPapers(found={"报告/GJ-01.docx": False, "报告/GJ-02.docx": True, "档案柜 3": False})
    assert struck("AR05", ARCHIVED, papers=papers) == ["W B2"]
    assert problem("AR05", ARCHIVED, papers=papers).message == "归档文件不存在：报告/GJ-01.docx"
    assert struck("AR05", ARCHIVED) == "未启用"


def test_a_row_that_changed_after_its_report():
    assert struck("AR06", ARCHIVED, papers=ArchivedPapers(stale={"GJ-02": "完成期限"})) == ["W B3"]
    assert struck("AR06", ARCHIVED, papers=ArchivedPapers()) == []


def test_a_report_number_that_its_final_does_not_print():
    """A blank one is AR04's."""
    rows = "编号 | 报告编号\nGJ-01 | ZL-7\nGJ-02 | GJBG-02\nGJ-03 |\nGJ-04 | X"
    printed = {f"GJ-0{at}": f"GJBG-0{at}" for at in (1, 2, 3)}
    journal = JournalView(printed_numbers=printed)
    assert struck("AR10", rows, journal=journal) == ["W B2"]
    found = problem("AR10", rows, journal=journal)
    assert (found.message, found.fix[:17]) == ("报告编号「ZL-7」与定稿印的 GJBG-01 不同", "请把报告编号改回 GJBG-01；")
    assert struck("AR10", rows) == "未启用"


def test_an_empty_sheet_is_in_use_and_old_confirmations_are_mild():
    rows = "编号 | 确认日期 | 效果结论 | 是否涉及文件修订\nGJ-01 | 2026-05-12 | 有效 | 是"
    assert struck("AR02", rows) == "未启用"
    assert struck("AR02", rows, revisions="编号 | 文件编号") == ["E D2"]
    for since, weight in (("2026-05-11", "E"), ("2026-05-12", "E"), ("2026-05-13", "W")):
        procedure = Procedure(taken_over_on=date.fromisoformat(since))
        assert struck("AR02", rows, revisions="编号 | 文件编号", procedure=procedure) == [f"{weight} D2"]


def test_ten_working_days_are_allowed_for_the_revision_row():
    """Confirmed on Tuesday 2026-05-12: ten working days end on Tuesday 2026-05-26."""
    rows = "编号 | 确认日期 | 效果结论 | 是否涉及文件修订\nGJ-01 | 2026-05-12 | 有效 | 是"
    found = [struck("AR02", rows, revisions="编号 | 文件编号", on=f"2026-05-{d}") for d in (25, 26, 27)]
    assert found == [["W D2"], ["W D2"], ["E D2"]]


def test_a_report_number_belongs_to_one_action():
    rows = """
        编号  | 报告编号      | 取消日期
        GJ-01 | GJBG-2026-001 |
        GJ-02 | GJBG-2026-001 |
        GJ-03 |               |
        GJ-04 |               |
        GJ-05 | GJBG-2026-005 |
        GJ-06 | GJBG-2026-005 | 2026-05-04
    """
    assert struck("AR09", rows) == ["W B3"]
    assert problem("AR09", rows).message == "报告编号「GJBG-2026-001」与 GJ-01 的相同"


def test_a_no_beside_a_revision_row_is_a_contradiction_unless_the_row_is_refused_with_its_reason():
    assert struck("AR07", """
        编号  | 是否涉及文件修订
        GJ-01 | 否
        GJ-02 | 否
        GJ-03 | 否
        GJ-04 | 是
        GJ-05 |
        GJ-06 | 否
    """, revisions="""
        编号  | 文件名称 | 结论   | 不同意理由
        GJ-01 | 值班规程 |        |
        GJ-02 | 值班规程 | 不同意 | 现行条款已写明
        GJ-03 | 值班规程 | 不同意 |
        GJ-04 | 值班规程 |        |
        GJ-05 | 值班规程 |        |
    """) == ["E B2", "E B4"]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "rows", "given", "whole"),
    [
        ("EF02", "实际完成日期 | 确认日期 | 效果结论\nGJ-01 | 2026-04-01 | 2026-04-30 | 有效", {},
         "待观察期满再确认，或说明提前理由；后来改长了《参数》观察期的，在《例外说明》写明当时的天数"),
        ("AR08", "确认日期 | 效果结论 | 归档日期\nGJ-01 | 2026-05-04 | 有效 | 2026-05-26", {},
         "核对日期；确实超时的，或后来改短了《参数》限期的，写《例外说明》"),
        ("XR03", "责任人\nGJ-01 | 样例工", {"needs": "登记编号 | 登记日期 | 评估结论\nXQ-01 | 2026-03-02 |"},
         "未评估的请质量部评估，填评估结论；已超时的，或后来改短了《参数》限期的，写《例外说明》"),
    ],
)  # fmt: skip
def test_nobody_is_sent_to_settings_that_the_table_has_not(rule, rows, given, whole):
    """Its limits are the ones built in, so that none was changed; EF02 needs no 例外说明 then."""
    told = problem(rule, f"编号 | {rows}", excuses="编号 | 规则\n", **given).fix
    assert "《参数》" not in told and whole.startswith(told[:9]) and len(told) < len(whole)
    there = problem(rule, f"编号 | {rows}", excuses="编号 | 规则\n", settings="参数 | 值\n", **given).fix
    assert there == whole


def test_a_report_filed_after_its_day_is_told():
    """有效 on Monday 2026-05-04: ten working days end on Monday 2026-05-18 (Saturday the 9th is worked)."""
    found = struck("AR08", """
        编号  | 实际完成日期 | 确认日期   | 效果结论 | 归档日期
        GJ-01 | 2026-03-02   | 2026-05-04 | 有效     | 2026-05-18
        GJ-02 | 2026-03-02   | 2026-05-04 | 有效     | 2026-05-26
        GJ-03 | 2026-03-02   | 2026-05-04 | 无效     | 2026-05-26
        GJ-04 | 2026-03-02   | 2026-05-04 | 有效     |
    """)  # fmt: skip
    assert found == ["W E3"]
