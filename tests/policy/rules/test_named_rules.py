"""例外说明 that names no rule, or one that no exception lowers, does nothing: it is told instead of passed over."""

import pytest

from tests.policy.rules.struck import problem, struck

ROW = "编号 | 责任部门\nGJ-01 | 服务台"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("AP06", ""),
        ("ap06、DO01", ""),
        ("", ""),
        ("AP99", "例外说明不起作用：没有规则「AP99」"),
        ("AP6", "例外说明不起作用：没有规则「AP6」（是不是 AP06？）"),
        ("ＡＰ６", "例外说明不起作用：没有规则「ＡＰ６」（是不是 AP06？）"),
        ("DO01、全部", "例外说明不起作用：没有规则「全部」"),
        ("R30", "例外说明不起作用：「R30」是自查表的条目，不是规则"),
        ("AP05", "例外说明不起作用：规则 AP05 不能用例外说明降低"),
    ],
)
def test_what_an_exception_names_has_to_be_a_rule_that_it_can_lower(rules, said):
    excuses = f"编号 | 规则 | 说明 | 确认人 | 日期\nGJ-01 | {rules} | 事出有因 | 样例质 | 2026-05-04"
    assert struck("FD29", ROW, excuses=excuses) == (["W 例外说明!B2"] if said else [])
    assert not said or problem("FD29", ROW, excuses=excuses).message == said
