"""EF15: an entry of 更正记录 that counts for nothing."""

from __future__ import annotations

from tests.policy.rules.struck import struck


def test_an_entry_that_lacks_something_or_that_nobody_may_have_signed_is_told():
    assert struck("EF15", """
        编号  | 责任人
        GJ-01 | 样例工
    """, corrections="""
        编号  | 类型     | 原因   | 批准人 | 日期
        GJ-01 | 撤销确认 | 看错了 | 样例质 | 2026-05-10
        GJ-01 | 重开     |        | 样例质 | 2026-05-10
        GJ-01 | 更正     | 看错了 | 样例工 | 2026-05-10
        GJ-01 | 更正     | 看错了 | 样例网 | 2026-05-10
        GJ-01 | 更正     | 看错了 | 样例总 | 2026-05-10
    """) == ["W 更正记录!B3", "W 更正记录!B4", "W 更正记录!B5"]  # fmt: skip
