"""What `slip` says: which slips were made, and the next step where there is one."""

from __future__ import annotations

from pathlib import Path

from capa_xl.reports.slip_text import slip_lines

MADE = ("网络部", Path("填报表/网络部.xlsx"), 3, 0, False)
KEPT = ("运维部", Path("填报表/运维部.xlsx"), 2, 0, True)


def test_the_next_step_is_told_where_a_slip_was_made_and_not_where_all_were_left_alone():
    assert [line.startswith("下一步：把填报表发给各部门") for line in slip_lines([MADE, KEPT], ())] == [
        False,
        False,
        True,
    ]
    (line,) = slip_lines([KEPT], ())
    assert line.startswith("运维部：没有生成，「填报表/运维部.xlsx」里已有填写的内容")
