from datetime import date

from capa_xl.model.journal import JournalView
from capa_xl.model.snapshot import FieldChange
from tests.policy.rules.struck import problem, struck


def test_system_items_are_the_quality_departments_to_inspect():
    rows = """
        编号  | 来源         | 归口部门 | 责任部门 | 检查人 | 检查日期
        GJ-01 | 内部审核     | 服务台   | 服务台   | 样例甲 | 2026-05-20
        GJ-02 | 内部审核     | 服务台   | 服务台   | 样例检 | 2026-05-20
        GJ-03 | 运维服务过程 | 服务台   | 网络部   | 样例甲 | 2026-05-20
        GJ-04 | 运维服务过程 | 服务台   | 服务台   | 样例检 | 2026-05-20
        GJ-05 | 运维服务过程 | 服务台   | 服务台   | 样例网 | 2026-05-20
    """
    assert struck("CK01", rows) == ["E E2", "I E5", "W E6"]
    assert problem("CK01", rows).message == "检查应由「质量部」进行，检查人「样例甲」属于「服务台」"
    assert problem("CK01", rows).fix == "核对问题层面是否填对；填对了的，换检查人重新检查"


def test_the_deputy_of_somebody_of_the_department_inspects_for_it_on_the_days_of_the_term():
    """The letters ask the deputy to, in whatever department they stand."""
    people = """
        姓名   | 部门   | 角色     | 代理人 | 代理起     | 代理止
        样例甲 | 服务台 | 部门经理 | 样例网 | 2026-05-10 | 2026-05-20
        样例网 | 网络部 | 员工     |        |            |
    """
    rows = """
        编号  | 来源         | 归口部门 | 责任部门 | 检查人 | 检查日期
        GJ-01 | 运维服务过程 | 服务台   | 服务台   | 样例网 | 2026-05-09
        GJ-02 | 运维服务过程 | 服务台   | 服务台   | 样例网 | 2026-05-10
        GJ-03 | 运维服务过程 | 服务台   | 服务台   | 样例网 | 2026-05-20
        GJ-04 | 运维服务过程 | 服务台   | 服务台   | 样例网 | 2026-05-21
    """
    assert struck("CK01", rows, people=people) == ["W E2", "W E5"]


def test_of_a_row_that_ended_nobody_is_told_to_inspect_it_again():
    found = problem("CK01", """
        编号  | 来源     | 归口部门 | 实际完成日期 | 检查人 | 检查日期   | 检查结论 | 效果结论 | 确认日期   | 归档日期
        GJ-01 | 内部审核 | 服务台   | 2026-03-01   | 样例甲 | 2026-03-05 | 合格     | 有效     | 2026-05-20 | 2026-05-21
    """)  # fmt: skip
    assert (found.severity.value, found.fix) == ("warning", "核对问题层面是否填对；已结束的不必重新检查")


def test_an_inspection_follows_the_completion_unless_it_failed():
    assert struck("CK02", """
        编号  | 实际完成日期 | 检查日期   | 检查结论
        GJ-01 | 2026-05-20   | 2026-05-19 | 合格
        GJ-02 | 2026-05-20   | 2026-05-19 | 不合格
        GJ-03 | 2026-05-20   | 2026-05-20 | 合格
    """) == ["W C2"]  # fmt: skip


def test_an_inspection_has_three_parts():
    assert struck("CK03", """
        编号  | 检查人 | 检查日期   | 检查结论 | 确认日期
        GJ-01 | 样例甲 |            | 合格     |
        GJ-02 | 样例甲 | 2026-05-20 |          | 2026-05-28
        GJ-03 | 样例甲 | 2026-05-20 | 合格     | 2026-05-28
        GJ-04 |        |            |          | 2026-05-28
    """) == ["W C2", "E D3"]  # fmt: skip


def test_the_inspector_is_somebody_else_and_a_major_one_says_what_was_seen():
    rows = """
        编号  | 严重度 | 责任人 | 检查人 | 检查结论 | 检查情况   | 实际完成日期
        GJ-01 | 重大   | 样例甲 | 样例甲 | 合格     |            | 2026-05-18
        GJ-02 | 重大   | 样例工 | 样例甲 | 合格     | 抽查 10 单 | 2026-05-18
        GJ-03 | 一般   | 样例工 | 样例甲 | 合格     |            | 2026-05-18
    """
    assert struck("CK04", rows) == ["W D2"]
    assert struck("CK05", rows) == ["W F2"]


def test_the_words_of_a_failed_inspection_are_not_those_of_the_next():
    rows = """
        编号  | 实际完成日期 | 检查人 | 检查日期   | 检查结论 | 检查情况
        GJ-01 | 2026-05-18   | 样例甲 | 2026-05-20 | 合格     | 高峰期仍有 3 次延迟
        GJ-02 | 2026-05-18   | 样例甲 | 2026-05-20 | 合格     | 抽查 10 单
    """
    seen = [("检查日期", "2026-05-11", "2026-05-20"), ("检查结论", "不合格", "合格")]
    changes = {"GJ-01": tuple(FieldChange("GJ-01", *one, date(2026, 5, 21)) for one in seen)}
    journal = JournalView(inspection_changes=changes)
    assert struck("CK06", rows, journal=journal) == ["W F2"]
    assert problem("CK06", rows, journal=journal).message == (
        "检查情况「高峰期仍有 3 次延迟」是 2026-05-11 不合格那次写的，检查结论已改为「合格」"
    )
