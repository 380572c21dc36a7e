"""Nobody judges his own work where anybody else could; in a small department it is only mentioned."""

from datetime import date

import pytest

from capa_xl.model.journal import JournalView
from capa_xl.model.snapshot import FieldChange
from tests.policy.rules.struck import PEOPLE, problem, struck

ALONE = PEOPLE + "    样例独 | 备件部 | 部门经理 | du@yangli-ops.example | 是 |\n"


def approved(owner, approver, department, severity="一般", route=""):
    return f"""
        编号  | 措施类型 | 严重度 | 责任部门 | 责任人 | 批准人 | 批准日期 | 批准方式
        GJ-01 | 纠正 | {severity} | {department} | {owner} | {approver} | 2026-05-06 | {route}
    """


def test_the_only_head_of_a_department_can_not_but_approve_himself():
    assert struck("AP07", approved("样例甲", "样例甲", "服务台")) == ["I F2"]
    assert "请上一级或代理人批准" in problem("AP07", approved("样例甲", "样例甲", "服务台")).message


def test_a_second_head_could_have_approved():
    two = PEOPLE.replace("样例工 | 服务台 | 员工   ", "样例工 | 服务台 | 归口部门负责人")
    assert struck("AP07", approved("样例甲", "样例甲", "服务台"), people=two) == ["W F2"]


def test_another_head_who_approves_is_no_matter():
    assert struck("AP07", approved("样例工", "样例甲", "服务台")) == []


def test_two_departments_have_two_heads():
    rows = (
        approved("样例甲", "样例甲", "服务台")
        .replace("责任部门", "归口部门 | 责任部门")
        .replace("| 服务台 |", "| 网络部 | 服务台 |")
    )
    assert struck("AP07", rows) == ["W G2"]


def test_an_unknown_department_keeps_the_weight():
    rows = "编号 | 责任人 | 批准人\nGJ-01 | 样例甲 | 样例甲"
    assert struck("AP07", rows) == ["W C2"]


POSTPONED = (
    "编号 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\nGJ-01 | 2026-06-30 | 2026-07-31 | {} | 2026-05-20 | 同意"
)


def test_the_owner_does_not_approve_his_own_postponement_either():
    def postponed(owner, approver, department="服务台", **others):
        rows = approved(owner, "样例总", department)
        return struck("AP07", rows, extensions=POSTPONED.format(approver), **others)

    assert postponed("样例工", "样例甲") == []
    assert postponed("样例工", "样例工") == ["W 延期记录!D2"]
    assert postponed("样例独", "样例独", "备件部", people=ALONE) == ["I 延期记录!D2"]
    told = problem("AP07", approved("样例工", "样例总", "服务台"), extensions=POSTPONED.format("样例工"))
    assert told.message == "延期批准人与责任人相同：样例工"


def inspected(department, owner, inspector):
    return f"""
        编号  | 责任部门 | 责任人 | 检查人 | 检查日期
        GJ-01 | {department} | {owner} | {inspector} | 2026-05-06
    """


def test_the_inspector_is_another_member_of_the_department_where_there_is_one():
    assert struck("CK04", inspected("服务台", "样例甲", "样例甲")) == ["W D2"]
    assert struck("CK04", inspected("服务台", "样例工", "样例甲")) == []
    assert struck("CK04", inspected("备件部", "样例独", "样例独"), people=ALONE) == ["I D2"]


@pytest.mark.parametrize(("role", "found"), [("质量部负责人", ["W E2"]), ("员工", ["I E2"])])
def test_of_a_quality_department_by_another_name_whoever_holds_its_roles_could_have_inspected(role, found):
    people = f"""
        姓名   | 部门   | 角色       | 邮箱 | 在职
        样例林 | 品质部 | 质量部专员 |      | 是
        样例何 | 品质部 | {role}     |      | 是
    """
    rows = """
        编号  | 来源     | 责任部门 | 责任人 | 检查人 | 检查日期
        GJ-01 | 内部审核 | 品质部   | 样例林 | 样例林 | 2026-05-06
    """
    assert struck("CK04", rows, people=people) == found


def test_who_did_a_step_does_not_inspect_or_confirm_either():
    steps = "编号 | 步骤号 | 步骤责任人\nGJ-01 | 1 | 样例甲"
    assert struck("CK04", inspected("服务台", "样例工", "样例甲"), steps=steps) == ["I D2"]
    told = problem("CK04", inspected("服务台", "样例工", "样例甲"), steps=steps).message
    assert told.startswith("检查人与《措施分解》的步骤责任人相同：样例甲")
    assert problem("CK04", inspected("服务台", "样例甲", "样例甲")).message == "检查人与责任人相同：样例甲"
    rows = "编号 | 责任部门 | 责任人 | 确认人\nGJ-01 | 服务台 | 样例工 | 样例甲"
    assert struck("EF09", rows, steps=steps) == ["I D2"]
    assert struck("EF09", rows) == []


def test_only_a_head_can_confirm():
    rows = "编号 | 责任部门 | 责任人 | 确认人\nGJ-01 | 服务台 | 样例甲 | 样例甲"
    assert struck("EF09", rows) == ["I D2"]
    two = PEOPLE.replace("样例工 | 服务台 | 员工   ", "样例工 | 服务台 | 归口部门负责人")
    assert struck("EF09", rows, people=two) == ["W D2"]


def test_who_takes_an_action_over_later_did_not_approve_his_own():
    """Once: 批准人与责任人相同 of an approval given months before the handover."""
    rows = "编号 | 责任人 | 批准人 | 批准日期\nGJ-01 | 样例甲 | 样例甲 | 2026-02-10"
    late = "编号 | 申请日期 | 原期限 | 新期限 | 批准人 | 批准日期 | 结论\n"
    late += "GJ-01 | 2026-02-01 | 2026-03-01 | 2026-04-01 | 样例甲 | 2026-02-10 | 同意"

    def told(seen_on):
        change = FieldChange("GJ-01", "责任人", "样例工", "样例甲", date.fromisoformat(seen_on))
        return struck("AP07", rows, extensions=late, journal=JournalView(handed_over={"GJ-01": (change,)}))

    assert told("2026-05-01") == []
    assert told("2026-02-10") == ["W 延期记录!E2", "W C2"]
    assert struck("AP07", rows, extensions=late) == ["W 延期记录!E2", "W C2"]
