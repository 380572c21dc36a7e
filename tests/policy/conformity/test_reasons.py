"""Why a row breaks a requirement, in one line that names each blank cell once."""

import pytest

from tests.policy.conformity.cases import row
from tests.policy.conformity.judged import self_check

WHO = "措施内容 | 措施类型 | 严重度 | 影响面 | 问题类别 | 调查人 | 调查日期 | 原因分析"


@pytest.mark.parametrize(
    ("id_", "heads", "cells", "reason"),
    [
        ("R30", WHO, "改路由 | 纠正 | 一般 | 一人 | 流程 |  |  | ",
         "纠正措施缺少原因分析（PL07 I2）；调查人、调查日期空白"),
        ("R30", WHO, "改路由 | 纠正 |  |  |  | 样例工 | 2026-05-04 | 只发邮箱",
         "未确定问题性质/影响面：严重度空白（PL08 D2）；未确定问题性质/影响面：影响面空白（PL08 E2）；问题类别空白"),
        ("R30", WHO, "改路由 | 纠正 | 一般 | 一人 | 流程 |  |  | 只发邮箱", "调查人、调查日期空白"),
        ("R42", "措施内容 | 措施类型 | 主要原因 | 分析编号", "改路由 | 预防 |  | ",
         "预防措施未说明主要原因或统计依据（PL12 D2）；分析编号空白"),
        ("R26", "措施内容 | 措施类型 | 影响面 | 问题描述", "改路由 | 纠正 |  | ", "影响面、问题描述空白"),
    ],
)  # fmt: skip
def test_a_reason_names_each_cell_once(id_, heads, cells, reason):
    assert self_check(row(heads, cells))[id_].reasons == (reason,)
