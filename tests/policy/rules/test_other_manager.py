"""AP17: a general corrective action approved by the manager of 责任部门 where 归口部门 has one of its own (A2)."""

import pytest

from capa_xl.policy.check import check
from tests.policy import registers
from tests.policy.rules.struck import PEOPLE, problem, struck

HEAD = "编号 | 措施类型 | 严重度 | 所属过程 | 归口部门 | 责任部门 | 责任人 | 批准人 | 批准日期 | 批准结论\n"


def approved(approver, on="2026-05-06", *, owning="网络部", process="", where="服务台", severity="一般", said="同意"):
    return f"{HEAD}GJ-01 | 纠正 | {severity} | {process} | {owning} | {where} | 样例工 | {approver} | {on} | {said}"


@pytest.mark.parametrize(
    ("approver", "expected"),
    [("样例甲", ["W H2"]), ("样例乙", []), ("样例总", []), ("", []), ("样例丙", []), ("样例工", []), ("某人", [])],
)
def test_it_is_said_of_the_manager_of_the_responsible_department_alone(approver, expected):
    """样例乙 is the right one, 样例总 stands above both; of 样例丙, 样例工 and a stranger AP05 and FD08 speak."""
    assert struck("AP17", approved(approver)) == expected


def test_it_names_who_and_both_departments():
    told = problem("AP17", approved("样例甲")).message
    assert (
        told
        == "批准人「样例甲」是责任部门「服务台」的部门经理，制度规定由归口部门「网络部」的部门经理批准（批准仍有效）"
    )


@pytest.mark.parametrize(("approver", "expected"), [("样例甲、样例乙", []), ("样例工、样例甲", ["W H2"])])
def test_of_several_approvers_one_of_the_owning_department_will_do(approver, expected):
    assert struck("AP17", approved(approver)) == expected


def test_of_several_responsible_departments_each_has_its_manager():
    """网络部 is one of them and the owning one: its manager alone is meant, not that of the main department."""

    def told(approver, *others):
        row = registers.approved(owning_department="网络部", other_departments=others, approver=approver)
        columns = (*registers.ALL, "other_departments")
        found = check(registers.view(row, on="2026-01-20", columns=columns)).problems
        return [one.message[:22] for one in found if one.rule == "AP17"]

    assert told("样例质", "质量部") == ["批准人「样例质」是责任部门「质量部」的部门经"]
    assert told("样例甲", "网络部") == ["批准人「样例甲」是责任部门「服务台」的部门经"]
    assert told("样例乙", "网络部") == told("样例质") == []


def test_the_owning_department_is_that_of_the_process_where_the_cell_is_blank():
    assert struck("AP17", approved("样例甲", owning="", process="网络")) == ["W H2"]
    assert struck("AP17", approved("样例甲", owning="", process="事件")) == []
    assert struck("AP17", approved("样例甲", owning="")) == []


@pytest.mark.parametrize(("on", "expected"), [("2026-05-05", []), ("2026-05-06", []), ("2026-05-07", ["W H2"])])
def test_who_heads_the_owning_department_is_asked_of_the_day_of_approval(on, expected):
    """样例甲 headed both until 6 May, that day included; 样例乙 has headed 网络部 all along."""
    head, *rows = PEOPLE.strip().splitlines()
    until = "样例甲 | 网络部 | 部门经理 | | 是 | | 2026-05-06"
    people = "\n".join([f"{head} | 失效日期", *(f"{row} |" for row in rows), until])
    assert struck("AP17", approved("样例甲", on), people=people) == expected


def test_nothing_is_said_where_the_owning_department_has_no_head_or_another_authority_is_asked():
    assert struck("AP17", approved("样例甲", owning="备件部")) == []
    assert struck("AP17", approved("样例甲", severity="重大")) == []
    assert struck("AP17", approved("样例甲", said="不同意")) == []
