import pytest

from capa_xl.policy.check import check
from tests.policy.registers import closed, view
from tests.policy.rules.struck import checked, problem, struck

LONG = "告警平台按级别路由到值班手机，15 分钟未确认自动升级到二线值班人员并建单"


def test_a_measure_needs_a_due_date_and_an_owner():
    rows = """
        编号  | 措施内容 | 责任人 | 完成期限
        GJ-01 | 换电池   | 样例工 |
        GJ-02 | 换电池   |        | 2026-07-31
        GJ-03 |          |        |
        GJ-04 | 换电池   | 样例工 | 2026-07-31
    """
    assert struck("PL01", rows) == ["E D2"]
    assert struck("PL02", rows) == ["E C3"]
    assert problem("PL01", rows).message == "已制订措施但未规定完成期限"


def test_a_cancelled_row_owes_no_planning():
    assert struck("PL01", """
        编号  | 措施内容 | 完成期限 | 取消日期
        GJ-01 | 换电池   |          | 2026-05-01
    """) == []  # fmt: skip


def test_a_short_measure_needs_a_scheme_or_steps():
    assert struck("PL03", f"""
        编号  | 严重度 | 措施内容 | 实施方案       | 实际完成日期
        GJ-01 | 一般   | 换电池   |                |
        GJ-02 | 一般   | 换电池   | 7 月逐柜更换   |
        GJ-03 | 一般   | {LONG}   |                |
        GJ-04 | 一般   | 换电池   |                |
        GJ-05 | 重大   | {LONG}   |                |
        GJ-06 | 一般   | 换电池   |                | 2026-05-20
    """, steps="编号 | 步骤号\nGJ-04 | 1") == ["E D2", "W D6", "W D7"]  # fmt: skip


@pytest.mark.parametrize(("cells", "told"), [({}, []), ({"scheme": None}, ["PL03"]), ({"archived_on": None}, ["PL03"])])
def test_steps_that_came_into_use_later_are_not_asked_of_a_closed_measure_with_a_scheme(cells, told):
    row = closed(**{"severity": "重大", "measure": LONG, "scheme": "7 月逐柜更换", **cells})
    seen = view(row, on="2026-06-01", steps=[{"number": "GJ-09", "step": "1"}])
    assert [p.rule for p in check(seen).problems if p.rule == "PL03"] == told


def test_vague_words_without_a_figure_are_quoted():
    rows = """
        编号  | 措施内容           | 实施方案
        GJ-01 | 加强监控，尽快扩容 |
        GJ-02 | 换电池             | 加强管理
        GJ-03 | 扩容到 2G          | 5 月加强抽查 10 次
    """
    assert struck("PL04", rows) == ["W B2", "W C3"]
    assert [p.message for p in checked(rows).problems if p.rule == "PL04"] == [
        "措施内容表述笼统：「加强监控」",
        "实施方案表述笼统：「加强管理」",
    ]


def test_a_missing_goal_weighs_by_type_and_severity():
    assert struck("PL05", """
        编号  | 措施类型 | 严重度 | 改进目标
        GJ-01 | 纠正     | 一般   |
        GJ-02 | 纠正     | 重大   |
        GJ-03 | 预防     | 一般   |
        GJ-04 | 改进     | 一般   |
        GJ-05 | 预防     | 一般   | 内阻 4.5 以下
    """) == ["W D2", "E D3", "E D4", "E D5"]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "weight"), [("2026-05-19", "W"), ("2026-05-20", "E")], ids=["tenth working day", "eleventh"]
)
@pytest.mark.parametrize("start", ["", "2026-05-12"])
def test_what_a_review_decided_is_planned_within_the_days_for_planning(on, weight, start):
    """Registered on 2026-05-06, and approved that day by the decision; Saturday 05-09 is worked: the tenth is 05-19."""
    row = f"""
        编号  | 登记日期   | 来源     | 措施类型 | 严重度 | 管理评审编号 | 改进目标 | 归口部门 | 批准结论 | 开始日期
        GJ-01 | 2026-05-06 | 管理评审 | 改进     | 重大   | GLPS-01      |          |          |          | {start}
    """
    decisions = "评审编号 | 决议序号 | 日期 | 结论 | 跟踪表编号\nGLPS-01 | 1 | 2026-05-06 | 同意 | GJ-01"
    expected = "E" if start else weight  # the work has begun: it is late to plan it
    assert struck("PL05", row, decisions=decisions, on=on) == [f"{expected} G2"]
    assert struck("PL18", row, decisions=decisions, on=on) == [f"{expected} H2"]


@pytest.mark.parametrize(("on", "weight"), [("2026-05-19", "W"), ("2026-05-20", "E")])
def test_a_goal_has_the_days_for_planning_too(on, weight):
    row = "编号 | 登记日期 | 措施类型 | 措施内容 | 改进目标 | 批准结论\nGJ-01 | 2026-05-06 | 改进 |  |  | "
    assert struck("PL05", row, on=on) == [f"{weight} E2"]


def test_improvement_and_prevention_describe_the_present_state():
    assert struck("PL06", """
        编号  | 措施类型 | 现状分析
        GJ-01 | 改进     |
        GJ-02 | 预防     |
        GJ-03 | 纠正     |
        GJ-04 | 预防     | 内阻 4.4
    """) == ["W C2", "W C3"]  # fmt: skip


def test_a_correction_names_its_cause():
    assert struck("PL07", """
        编号  | 措施类型 | 原因分析
        GJ-01 | 纠正     |
        GJ-02 | 纠正     | 无人值守
        GJ-03 | 预防     |
    """) == ["E C2"]  # fmt: skip


def test_severity_and_impact_are_settled():
    assert struck("PL08", """
        编号  | 措施类型 | 严重度 | 影响面
        GJ-01 | 纠正     |        | 3 个系统
        GJ-02 | 纠正     | 重大   |
        GJ-03 | 纠正     | 一般   |
        GJ-04 | 纠正     | 一般   | 1 个系统
    """) == ["E C2", "E D3", "W D4"]  # fmt: skip


def test_weighty_problems_name_a_method_and_an_indicator():
    assert struck("PL09", """
        编号  | 措施类型 | 严重度 | 是否重复 | 分析方法 | 效果指标 | 现值 | 目标值
        GJ-01 | 纠正     | 重大   | 否       |          | 失败率   | 4.2  | 1
        GJ-02 | 纠正     | 一般   | 是       | 5Why     |          |      |
        GJ-03 | 纠正     | 一般   | 否       |          |          |      |
        GJ-04 | 纠正     | 重大   | 否       | 5Why     | 失败率   | 4.2  | 1
    """) == ["W E2", "W F3"]  # fmt: skip


def test_a_step_may_not_end_after_the_due_date_and_needs_owner_and_date():
    assert struck("PL17", "编号 | 完成期限\nGJ-01 | 2026-07-31", steps="""
        编号  | 步骤号 | 步骤责任人 | 计划完成   | 实际完成
        GJ-01 | 1      | 样例工     | 2026-08-01 |
        GJ-01 | 2      |            | 2026-07-01 |
        GJ-01 | 3      | 样例工     |            |
        GJ-01 | 4      | 样例工     | 2026-07-31 |
    """) == ["E 措施分解!D2", "W 措施分解!C3", "W 措施分解!D4"]  # fmt: skip


def test_weighty_problems_name_the_owning_and_the_involved_departments():
    rows = """
        编号  | 严重度 | 是否重复 | 归口部门 | 涉及部门
        GJ-01 | 重大   | 否       |          |
        GJ-02 | 一般   | 是       |          |
        GJ-03 | 一般   | 否       |          |
        GJ-04 | 重大   | 否       | 服务台   | 网络部
    """
    assert struck("PL18", rows) == ["E D2", "E D3"]
    assert struck("PL22", rows) == ["W E2", "W E3"]


def test_a_due_date_makes_sense_by_itself():
    rows = """
        编号  | 登记日期   | 完成期限
        GJ-01 | 2026-05-04 | 2026-05-03
        GJ-02 | 2026-05-04 | 2026-07-04
        GJ-03 | 2026-05-04 | 2027-05-05
        GJ-04 | 2026-05-04 | 2027-05-04
        GJ-05 | 2026-05-04 | 2026-07-31
    """
    assert struck("PL19", rows) == ["E C2"]
    assert struck("PL20", rows) == ["I C3"]
    assert struck("PL21", rows) == ["W C4"]


def test_a_day_off_as_deadline_is_told_until_that_day_and_never_after():
    rows = "编号 | 完成期限\nGJ-01 | 2026-06-06"
    days = ["2026-06-05", "2026-06-06", "2026-06-07"]
    assert [struck("PL20", rows, on=day) for day in days] == [["I B2"], ["I B2"], []]


def test_a_measure_is_classed_and_has_a_department_and_a_day():
    rows = """
        编号  | 措施类型 | 措施内容 | 责任部门 | 登记日期   | 实际完成日期
        GJ-01 |          | 改路由   |          |            |
        GJ-02 |          | 改路由   |          |            | 2026-05-04
        GJ-03 | 纠正     | 改路由   | 服务台   | 2026-05-04 |
        GJ-04 |          |          |          |            |
    """
    assert struck("PL24", rows) == ["E B2", "W B3"]
    assert struck("PL25", rows) == ["E D2", "W D3"]
    assert struck("FD20", rows) == ["E E2", "W E3"]
    plain = "编号 | 措施内容\nGJ-01 | 改路由"
    assert [struck(rule, plain) for rule in ("PL24", "PL25", "FD20")] == ["未启用"] * 3


def test_steps_are_asked_of_a_major_measure_once_the_sheet_has_any():
    rows = "编号 | 严重度 | 措施内容 | 实施方案\nGJ-01 | 重大 | 改路由 | 按规则表逐条配置"
    assert struck("PL03", rows, steps="编号 | 步骤内容") == []
    assert struck("PL03", rows, steps="编号 | 步骤内容\nGJ-09 | 采购") == ["W D2"]
    assert struck("PL03", "编号 | 措施内容\nGJ-01 | 改路由", steps="编号 | 步骤内容") == "未启用"


def test_the_party_in_the_roster_its_people_and_who_has_left_do_not_answer_for_it():
    people = """
        姓名   | 部门       | 角色 | 邮箱              | 在职
        样例工 | 网络部     | 员工 | gong@corp.example | 是
        样例走 | 网络部     | 员工 | zou@corp.example  | 否
        供方甲 | 供方甲公司 | 员工 | jia@party.example | 是
        样例外 | 供方乙     | 员工 | wai@party.example | 是
    """
    tracker = """
        编号  | 责任人         | 外部单位
        GJ-01 | 供方甲         | 供方甲
        GJ-02 | 样例外         | 供方丙、供方乙
        GJ-03 | 样例走         | 供方甲
        GJ-04 | 样例外、样例工 | 供方乙
        GJ-05 | 样例外         | 供方丁
        GJ-06 | 供方甲、样例走 | 供方甲
    """
    assert struck("PL27", tracker, people=people) == ["E B2", "E B3", "E B4", "E B7"]
    said = [p.message.partition("责任人")[2] for p in checked(tracker, people=people).problems if p.rule == "PL27"]
    assert said == [
        "「供方甲」是外部单位的人",
        "「样例外」是外部单位的人",
        "「样例走」已不在职",
        "「供方甲、样例走」是外部单位的人",
    ]


def test_an_outside_party_needs_an_owner_inside():
    assert struck("PL27", """
        编号  | 责任人     | 外部单位   | 取消日期
        GJ-01 | 样例供应商 | 样例供应商 |
        GJ-02 | 样例工     | 样例供应商 |
        GJ-03 |            | 样例供应商 |
        GJ-04 | 样例供应商 |            |
        GJ-05 |            | 样例供应商 | 2026-05-01
    """) == ["E B2", "E B4", "I B6"]  # fmt: skip


def test_a_major_measure_without_steps_is_not_asked_for_a_scheme_that_it_has():
    """The cure named 实施方案 alike, which was filled: to do it took nothing away."""
    rows = "编号 | 措施内容 | 实施方案 | 严重度\nGJ-01 | 改路由 | 逐页二校 | 重大"
    found = problem("PL03", rows, steps="编号 | 步骤内容\nGJ-09 | 采购")
    assert found.fix.startswith("在《措施分解》中写步骤（一般的也可以填写实施方案）：")
