"""EF15: an entry of 更正记录 that counts for nothing."""

from __future__ import annotations

from tests.policy.rules.struck import checked, struck


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
    assert "写定稿报告那一项的编号，每份报告一行" in told.message


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
        GJ-01 | 更正 | 我们自己的一列 | 旧     | 新     | 看错了 | 样例质 | 2026-05-10
    """  # fmt: skip
    assert struck("EF15", tracker, corrections=entries) == [f"W 更正记录!B{row}" for row in (2, 3, 5, 6)]
    said = [p.message.partition("：")[2] for p in checked(tracker, corrections=entries).problems if p.rule == "EF15"]
    assert said == [
        "项目空白", "原内容、更正后空白",
        "“〔自动〕状态”由程序计算，不是人填的",
        "“逾期天数”由程序计算，不是人填的",
    ]  # fmt: skip
