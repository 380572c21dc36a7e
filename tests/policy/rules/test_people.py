import pytest

from capa_xl.model.action import Action
from capa_xl.model.register import Quarantined
from capa_xl.policy.check import check
from tests.policy.registers import ALL, running, view
from tests.policy.registers import PEOPLE as ROSTER
from tests.policy.rules.struck import PEOPLE, problem, struck


def test_a_stranger_is_an_error_on_an_open_row_and_a_note_on_a_cancelled_one():
    assert struck("FD08", """
        编号  | 责任人       | 批准人 | 取消日期
        GJ-01 | 样例工、张三 |        |
        GJ-02 | 样例工       | 李四   |
        GJ-03 | 张三         |        | 2026-05-01
        GJ-04 | 样例工       | 样例甲 |
    """) == ["E B2", "E C3", "I B4"]  # fmt: skip


def test_a_stranger_on_a_child_sheet_is_reported_there():
    assert struck("FD08", "编号 | 责任人\nGJ-01 | 样例工", steps="""
        编号  | 步骤号 | 步骤责任人
        GJ-01 | 1      | 张三
        GJ-01 | 2      | 样例工
    """) == ["E 措施分解!C2"]  # fmt: skip


def test_a_quarantined_row_still_has_its_people_judged():
    lost = Quarantined(3, "", ("A3",), Action(row=3, owners=("张三",)))
    assert struck("FD08", "编号 | 责任人\nGJ-01 | 样例工", quarantined=[lost]) == ["E B3"]


def test_no_roster_means_not_judged():
    assert struck("FD08", "编号 | 责任人\nGJ-01 | 张三", people="") == "未启用"


LEFT = """
    姓名   | 部门   | 角色     | 邮箱                  | 代理人 | 代理起     | 代理止     | 在职
    样例旧 | 服务台 | 员工     | jiu@ops.example       |        |            |            | 否
    样例退 | 服务台 | 员工     | tui@ops.example       | 样例工 | 2026-05-01 | 2026-12-31 | 否
    样例工 | 服务台 | 员工     |                       |        |            |            | 是
    样例甲 | 服务台 | 部门经理 | jia.ops.example       |        |            |            | 是
    样例随 | 服务台 | 员工     | sui@ops.example       | 样例旧 |            |            | 否
"""


def test_a_leaver_without_deputy_can_carry_nothing_out():
    assert struck("FD09", """
        编号  | 责任人 | 取消日期
        GJ-01 | 样例旧 |
        GJ-02 | 样例退 |
        GJ-03 | 样例旧 | 2026-05-01
        GJ-04 | 样例随 |
    """, people=LEFT) == ["W B2", "W B5"]  # fmt: skip


def test_an_owner_without_a_usable_address_is_told():
    assert struck("FD10", """
        编号  | 责任人
        GJ-01 | 样例旧
        GJ-02 | 样例旧、样例甲
        GJ-03 | 样例工
    """, people=LEFT) == ["W B3", "W B4"]  # fmt: skip


def test_a_department_that_is_not_in_the_roster():
    assert struck("FD13", """
        编号  | 责任部门 | 涉及部门       | 取消日期
        GJ-01 | 运维部   | 服务台         |
        GJ-02 | 服务台   | 服务台、客服部 |
        GJ-03 | 运维部   |                | 2026-05-01
        GJ-04 | 服务台   | 网络部         |
    """) == ["E B2", "E C3", "I B4"]  # fmt: skip


def test_a_name_with_a_pause_in_its_brackets_is_one_department_on_every_sheet():
    """Once: a department of the roster was missing, and the nearest to it was that very name."""
    line, roster = (
        "班组（南延线、机场线）",
        "姓名 | 部门 | 角色\n样例甲 | 班组（南延线、机场线） | 部门经理\n样例工 | 服务台 | 员工",
    )
    table = f"编号 | 责任部门 | 涉及部门\nGJ-01 | {line} | 服务台"
    others = {
        "needs": f"登记编号 | 登记部门\nXQ-01 | {line}",
        "confirmations": f"编号 | 评价组织部门\nGJ-01 | {line}、服务台",
    }
    assert struck("FD13", table, people=roster, **others) == []


@pytest.mark.parametrize(("written", "near"), [("设备部", "望塔设备部"), ("质量", "质量部"), ("客服部", "")])
def test_of_a_department_named_by_a_part_that_only_it_has_it_is_asked_whether_that_one_is_meant(written, near):
    roster = "姓名 | 部门\n样例甲 | 质量部\n样例乙 | 望塔设备部"
    found = problem("FD13", f"编号 | 责任部门\nGJ-01 | {written}", people=roster)
    assert found.fix == "在《人员部门》中登记或改名" + (f"（是不是「{near}」？）" if near else "")


def test_of_several_departments_in_one_cell_the_unknown_one_is_named():
    action = running(responsible_department="服务台", other_departments=("网络部", "运维部"))
    seen = view(action, on="2026-06-01", columns=(*ALL, "other_departments"), people=ROSTER)
    told = [(p.cell, p.message) for p in check(seen).problems if p.rule == "FD13"]
    assert [(cell[-1], message) for cell, message in told] == [("2", "部门「运维部」不存在（责任部门）")]


def test_the_main_owner_must_stand_in_the_responsible_department():
    assert struck("FD16", """
        编号  | 责任部门 | 责任人
        GJ-01 | 服务台   | 样例网、样例工
        GJ-02 | 服务台   | 样例工、样例网
    """) == ["W C2"]  # fmt: skip


def test_a_department_without_manager_is_told_once_at_its_first_open_row():
    headless = PEOPLE + "    样例件 | 备件部 | 员工 | jian@ops.example | 是 |\n"
    assert struck("FD17", """
        编号  | 责任部门
        GJ-01 | 服务台
        GJ-02 | 备件部
        GJ-03 | 备件部
    """, people=headless) == ["E B3"]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (PEOPLE, "「备件部」没有经理，给经理的信由质量部负责人 样例质 代收"),
        (PEOPLE.replace("质量部负责人", "员工"), "「备件部」没有经理，给经理的信无法送达"),
    ],
)
def test_who_gets_the_letters_of_a_manager_that_is_missing_is_told(people, said):
    headless = people + "    样例件 | 备件部 | 员工 | jian@ops.example | 是 |\n"
    assert problem("FD17", """
        编号  | 责任部门
        GJ-02 | 备件部
    """, people=headless).message == said  # fmt: skip


def test_a_former_name_in_open_rows_is_told_once_with_their_number():
    assert struck("FD22", """
        编号  | 责任部门       | 归口部门 | 取消日期
        GJ-01 | 网管部         |          | 2026-05-01
        GJ-02 | 网管部         |          |
        GJ-03 | 服务台         | 网管部   |
        GJ-04 | 网络部         | 网络部   |
    """, successions="""
        旧部门 | 新部门 | 生效日期
        网管部 | 网络部 | 2026-05-01
    """) == ["W B3"]  # fmt: skip


def test_a_former_name_in_steps_alone_is_told_at_the_first_that_is_not_done():
    sheets = {
        "successions": "旧部门 | 新部门 | 生效日期\n网管部 | 网络部 | 2026-05-01",
        "steps": """
            编号  | 步骤号 | 步骤内容 | 实际完成   | 步骤部门
            GJ-01 | 1      | 换电池   | 2026-05-20 | 网管部
            GJ-01 | 2      | 换风扇   |            | 网管部
        """,
    }
    assert struck("FD22", "编号 | 责任部门\nGJ-01 | 网络部", **sheets) == ["W 措施分解!E3"]
    found = problem("FD22", "编号 | 责任部门\nGJ-01 | 网络部", **sheets)
    assert found.message == "「网管部」自 2026-05-01 起已是「网络部」，还有 1 个没有完成的步骤用旧名"


def test_a_former_name_is_right_until_the_day_before():
    for day, hits in (("2026-05-31", ["W B2"]), ("2026-06-01", ["W B2"]), ("2026-06-02", [])):
        assert struck("FD22", """
            编号  | 责任部门
            GJ-01 | 网管部
        """, successions=f"""
            旧部门 | 新部门 | 生效日期
            网管部 | 网络部 | {day}
        """) == hits  # fmt: skip


@pytest.mark.parametrize(("written", "nearest"), [
    ("样例甲 13800000000", "样例甲"), ("样例甲(服务台)", "样例甲"), ("样例 甲", "样例甲"),
    ("陌生人", ""), ("样例田", ""), ("样例工（协助：样例网）", ""),
])  # fmt: skip
def test_a_stranger_is_told_with_the_name_that_was_probably_meant(written, nearest):
    found = problem("FD08", f"编号 | 责任人\nGJ-01 | {written}")
    assert found.cell == "B2"
    assert found.fix.endswith(f"或改成名单中的姓名（是不是「{nearest}」？）" if nearest else "或改成名单中的姓名")


def test_of_a_name_that_one_character_parts_from_the_list_it_is_asked_whether_that_one_is_meant():
    people = "姓名 | 部门\n王建 | 服务台\n李强 | 服务台\n李刚 | 服务台"
    assert problem("FD08", "编号 | 责任人\nGJ-01 | 王健", people=people).fix.endswith("姓名（是不是「王建」？）")
    for two_of_them_or_no_surname in ("李钢", "汪建", "王健国"):
        found = problem("FD08", f"编号 | 责任人\nGJ-01 | {two_of_them_or_no_surname}", people=people)
        assert found.fix.endswith("或改成名单中的姓名")


def test_two_names_where_one_may_stand_are_told_as_that_though_the_roster_has_both():
    found = problem("FD08", "编号 | 责任人 | 批准人\nGJ-01 | 样例工 | 样例甲、样例工")
    assert (found.cell, found.message) == ("C2", "批准人「样例甲、样例工」写了 2 个人，这一格只写一个人")
    assert found.fix == "只留一个（样例甲或样例工）；不在名单的，在《人员部门》中登记，或改成名单中的姓名"


def test_a_name_in_the_wrong_one_of_two_cells_is_told_for_what_it_is():
    rows = "编号 | 责任人 | 责任部门\nGJ-01 | 服务台 | 样例甲"
    assert problem("FD08", rows).message == "责任人「服务台」不在人员名单（这是部门，不是人）"
    for post in ("网络部经理", "部门经理", "主任"):
        found = problem("FD08", f"编号 | 责任人\nGJ-01 | {post}")
        assert found.message == f"责任人「{post}」不在人员名单（这是职务，不是人）"
        assert found.fix == "改成名单中的姓名"
    assert problem("FD08", "编号 | 责任人\nGJ-01 | 王主任").message == "责任人「王主任」不在人员名单"
    assert problem("FD08", rows).fix == "改成名单中的姓名"
    assert problem("FD13", rows).message == "部门「样例甲」不存在（责任部门，这是人，不是部门）"


def test_whose_department_nobody_knows_is_in_no_wrong_one():
    rows = "编号 | 责任人 | 责任部门\nGJ-01 | 样例甲 | 服务中心\nGJ-02 | 样例甲 | 网络部"
    assert struck("FD16", rows) == ["W B3"]
    assert struck("FD13", rows) == ["E C2"]
