"""A person without a department and a day without a type: nothing wrong stands there, and everything goes by them."""

import pytest

from tests.policy.rules.struck import PEOPLE, met, problem, struck

ROW = """
    编号  | 层面 | 责任部门 | 检查人 | 检查日期
    GJ-01 |      | 服务台   | 样例网 | 2026-05-04
"""


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (PEOPLE, []),
        (
            PEOPLE.replace("样例网 | 网络部", "样例网 |       ").replace("样例丙 | 系统部", "样例丙 |"),
            ["W 人员部门!B8"],
        ),
        (PEOPLE.replace("样例总 | 总经办", "样例总 |       "), []),
        (PEOPLE + "    样例走 |  | 员工 | | 否 |\n", []),
    ],
)
def test_who_has_no_department_is_told_once_where_it_is_to_be_filled(people, found):
    """Once: only that the inspector belongs to 「」, and another person was waited for in silence."""
    assert struck("FD25", "编号 | 责任部门\nGJ-01 | 服务台", people=people) == found
    if found:
        said = problem("FD25", "编号 | 责任部门\nGJ-01 | 服务台", people=people).message
        assert said.startswith("样例网、样例丙 的部门空着：")


@pytest.mark.parametrize(
    ("days", "found", "said"),
    [
        ("2026-12-01 | 休 | 年会\n2026-12-02 | 班 |", [], ""),
        ("2026-12-01 | 休 | 年会\n2026-12-01 | 班 | 补班", ["W 节假日!B3"],
         "2026-12-01 在第 2 行写休，这一行写班，按后面的计"),
        ("2026-12-01 | 休 | 年会\n2026-12-01 | 休 | 停电", [], ""),
        ("2026-12-02 | | 停电", ["W 节假日!B2"], "2026-12-02 没有写休、班，按休计"),
        (" | 休 | 检修", ["W 节假日!A2"], "没有日期，这一行不起作用"),
    ],
)  # fmt: skip
def test_a_day_off_without_date_or_type_or_with_two_types_is_told(days, found, said):
    given = {"holidays": f"日期 | 类型 | 名称\n{days}"}
    assert struck("FD26", "编号\nGJ-01", **given) == found
    assert not said or problem("FD26", "编号\nGJ-01", **given).message == said
    told = [met("FD04", place.partition("!")[2], sheet="节假日", c="类型", v="加班") for place in found]
    assert "写休，这一行写班" in said or struck("FD26", "编号\nGJ-01", remarks=told, **given) == []
