"""EF15: an entry of 更正记录 that counts for nothing; EF16: a follow-up that can't come of what was found."""

from __future__ import annotations

import pytest

from tests.policy.rules.struck import checked, problem, struck


def test_an_entry_that_lacks_something_or_that_nobody_may_have_signed_is_told():
    assert struck("EF15", """
        编号  | 责任人
        GJ-01 | 样例工
    """, corrections="""
        编号  | 类型     | 项目 | 更正后 | 原因   | 批准人 | 日期
        GJ-01 | 撤销确认 |      |        | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 重开     |      |        |        | 样例质 | 2026-05-10
        GJ-01 | 更正     | 备注 | 新     | 看错了 | 样例工 | 2026-05-10
        GJ-01 | 更正     | 备注 | 新     | 看错了 | 样例网 | 2026-05-10
        GJ-01 | 更正     | 备注 | 新     | 看错了 | 样例总 | 2026-05-10
    """) == ["W 更正记录!B3", "W 更正记录!B4", "W 更正记录!B5"]  # fmt: skip


def test_an_entry_of_no_number_reaches_nothing_and_is_told_what_number_to_write():
    entries = """
        编号 | 类型 | 项目     | 更正后   | 原因 | 批准人 | 日期
             | 更正 | 公司名称 | 样例公司 | 填错 | 样例质 | 2026-05-10
    """
    given = {"corrections": entries}
    assert struck("EF15", "编号\nGJ-01", **given) == ["W 更正记录!B2"]
    (told,) = [one for one in checked("编号\nGJ-01", **given).problems if one.rule == "EF15"]
    assert (told.message, told.fix) == (
        "更正记录不生效：编号空白", "写这一项的编号；改公司名称等参数的，写定稿报告那一项的编号，每份报告一行",
    )  # fmt: skip


def test_a_correction_names_its_cell_what_it_held_or_holds_and_never_one_of_our_own():
    tracker, entries = """
        编号  | 责任人
        GJ-01 | 样例工
    """, """
        编号  | 类型 | 项目           | 原内容 | 更正后 | 原因   | 批准人 | 日期
        GJ-01 | 更正 |                | 旧     | 新     | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 更正 | 完成证据       |        |        | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 更正 | 备注           | 旧     |        | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 更正 | 〔自动〕状态   | 待归档 | 已关闭 | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 更正 | 逾期天数       | 3      | 0      | 看错了 | 样例质 | 2026-05-10
    """  # fmt: skip
    told = [p for p in checked(tracker, corrections=entries).problems if p.rule == "EF15"]
    assert [(p.cell, p.message.partition("：")[2], p.fix) for p in told] == [
        ("B2", "项目空白", "补填项目"),
        ("B3", "原内容、更正后空白", "补填原内容、更正后"),
        ("C5", "“〔自动〕状态”由工具计算，不是人填的", "改算出它的那一格，项目写那一列"),
        ("C6", "“逾期天数”由工具计算，不是人填的", "改算出它的那一格，项目写那一列"),
    ]


def test_an_entry_that_undoes_nothing_is_told_and_one_that_the_row_outlived_is_pointed_out():
    tracker, entries = """
        编号  | 责任人 | 登记日期   | 实际完成日期 | 确认日期
        GJ-01 | 样例工 | 2026-03-01 |              |
        GJ-02 | 样例工 | 2026-03-01 | 2026-04-10   | 2026-05-08
        GJ-03 | 样例工 | 2026-03-01 | 2026-04-10   |
    """, """
        编号  | 类型     | 原内容     | 原因   | 批准人 | 日期
        GJ-01 | 重开     |            | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 重开     | 2026-05-01 | 看错了 | 样例质 | 2026-05-10
        GJ-02 | 重开     |            | 看错了 | 样例质 | 2026-02-10
        GJ-02 | 重开     |            | 看错了 | 样例质 | 2026-04-01
        GJ-02 | 重开     | 2026-03-20 | 看错了 | 样例质 | 2026-04-01
        GJ-02 | 重开     |            | 看错了 | 样例质 | 2026-04-10
        GJ-03 | 撤销确认 |            | 看错了 | 样例质 | 2026-05-10
    """  # fmt: skip
    told = [one for one in checked(tracker, corrections=entries).problems if one.rule == "EF15"]
    nothing = "那几格后来清空了的，原内容写原来的日期和结论；本来就没有的删除这一行"
    assert [(one.cell, one.severity.value, one.message, one.fix) for one in told] == [
        ("B2", "warning", "更正记录不生效：本项没有完成、检查、确认、归档、取消的日期，没有可撤销的", nothing),
        ("B4", "warning", "更正记录不生效：重开 2026-02-10 早于本项的登记日期 2026-03-01", "改这一行的日期"),
        ("F7", "warning", "更正记录的日期在完成和确认之间：2026-04-10 重开撤销了完成 2026-04-10，"
         "确认日期 2026-05-08 也不再算数", "日期写错的改正；重新做过的填新的实际完成日期"),
        ("B5", "info", "更正记录没有撤销表中现在的日期：重开 2026-04-01，"
         "而 实际完成日期 2026-04-10、确认日期 2026-05-08 都在它以后",
         "日期写错的改正；重新做过、那几格又填过的，原内容写原来的日期和结论"),
        ("B8", "warning", "更正记录不生效：本项没有确认、归档的日期，没有可撤销的", nothing),
    ]  # fmt: skip


_FAILED = "GJ-01 | 2026-01-05 | 2026-03-01   | 2026-04-10 | 样例甲 | 无效     |"
_OVER = "GJ-02 | {} | 2026-02-01 | {} | 样例甲 | 有效 |"


@pytest.mark.parametrize(
    ("named", "rows", "found", "said"),
    [
        ("GJ-02", [_OVER.format("2025-11-01", "2026-04-09")], ["E G2"],
         "「GJ-02」2026-04-09 已经结束，早于本项的确认 2026-04-10"),
        ("GJ-02", [_OVER.format("2026-03-02", "2026-04-10")], [], ""),
        ("GJ-02", ["GJ-02 | 2026-02-28 | | | | |"], ["W G2"], "「GJ-02」2026-02-28 登记，早于本项完成 2026-03-01"),
        ("GJ-02", ["GJ-02 | 2026-03-01 | | | | |"], [], ""),
        ("GJ-02、GJ-03", ["GJ-02 | 2026-02-28 | | | | |", "GJ-03 | 2026-04-11 | | | | |"], [], ""),
        ("GJ-09", [], [], ""),  # EF05 tells it
    ],
)  # fmt: skip
def test_a_follow_up_that_was_over_or_begun_before_cannot_come_of_what_was_found(named, rows, found, said):
    """An old, closed action made the row 已转后续, and nobody was asked any more."""
    head = "编号 | 登记日期 | 实际完成日期 | 确认日期 | 确认人 | 效果结论 | 后续编号"
    table = "\n".join((head, f"{_FAILED} {named}", *rows))
    assert struck("EF16", table) == found
    assert not said or problem("EF16", table).message.endswith(said)
