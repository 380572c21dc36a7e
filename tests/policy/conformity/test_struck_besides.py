"""What check calls an error stands in 制度执行自查表: among what is to be mended, or with the reason why it doesn't."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.conformity import NOT_JUDGED
from capa_xl.model.register import Quarantined
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.conformity.requirements import REQUIREMENTS
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.viewing import view_register
from tests.policy.conformity.cases import BREACHES, KEEPS
from tests.policy.conformity.judged import self_check, view_of_case
from tests.policy.registers import closed, confirmed, planned, running, view
from tests.policy.reminders.two_years import sample_register
from tests.policy.rules.struck import register_of
from tests.policy.test_any_row import COLUMNS, value_of

BY_PERIOD = {"ST04", "XR07"}
"""They strike at a sheet as a whole; the statements count by department and by source of a plan."""
HEADS = "编号 | 登记日期 | 措施内容 | 措施类型 | 严重度 | 影响面 | 是否重复 | 前次编号 | 原因分析 | 归口部门 | 涉及部门"
HEADS += " | 批准日期 | 主要原因 | 分析方法 | 效果指标 | 调查人\n"
LATE = HEADS + "GJ-08 | 2026-05-04 |  | 纠正 | 一般 | 一人 | 是 | GJ-01（旧） |  |  |  |  |  | 5Why | 次数 | 样例工"


def untold(view, inputs=()):
    """The breaches of rules that a statement names which no line lists, nor its note."""
    checked = check(view, *inputs)
    lines = {line.id: line for line in conformity_of(RuleInputs(view, *inputs), checked)}
    named = {}
    for requirement in REQUIREMENTS:
        for rule in requirement.rules:
            named.setdefault(rule.rpartition(":")[2], []).append(lines[requirement.id])
    return [
        (p.rule, p.number, p.cell)
        for p in (*checked.problems, *checked.consequences)
        if p.is_breach and p.rule in named and p.rule not in BY_PERIOD
        if not any(_tells(line, p) for line in named[p.rule])
    ]


def _tells(line, problem):
    name = problem.number or f"{problem.sheet}!{problem.cell}"
    says = dict(zip(line.rows, line.reasons, strict=True))
    place = f"（{problem.rule} {problem.cell or ''}）"
    listed = any(place in says[row] for row in (name, *says) if row in says)
    return listed or line.verdict == NOT_JUDGED or (f"{problem.rule} 另有" in line.note and name in line.note)


@pytest.mark.parametrize("on", ["2026-03-15", "2026-11-22", "2027-02-01"])
def test_no_breach_of_the_sample_is_left_out(on):
    day = date.fromisoformat(on)
    assert untold(view_register(sample_register(), AsOf(day, day))) == []


@pytest.mark.parametrize("id_", sorted(BREACHES))
def test_no_breach_of_a_small_table_is_left_out(id_):
    for cases in (BREACHES, KEEPS):
        assert untold(*view_of_case(cases[id_])) == []


STAGES = (planned, running, confirmed, closed, lambda **cells: planned(**{"measure": None, **cells}))
SLIPS = st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=4, unique_by=lambda c: c.key).flatmap(
    lambda columns: st.fixed_dictionaries({column.key: value_of(column) for column in columns})
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(STAGES), SLIPS, st.sampled_from(["2026-01-12", "2026-03-18", "2026-12-01"]))
def test_no_breach_of_any_row_is_left_out(stage, slips, on):
    assert untold(view(stage(**slips), on=on)) == []


def test_what_was_to_be_planned_by_now_is_to_be_mended_where_check_calls_it_an_error():
    """Registered on Monday 2026-05-04: with 5 May off and 9 May worked the tenth working day is Monday the 18th."""
    ids = ("R30", "R31", "R33", "R34")
    in_time = self_check(LATE, on="2026-05-18")
    assert {in_time[id_].words for id_ in ids} == {"不适用"}
    late = self_check(LATE, on="2026-05-19")
    assert [late[id_].words for id_ in ids] == ["待整改 1/1", "待整改 1/1", "满足 1/1", "待整改 1/1"]
    assert "纠正措施缺少原因分析（PL07 I2）" in late["R30"].reasons[0]
    assert "未指定归口管理部门（重复问题）（PL18 J2）" in late["R34"].reasons[0]


CLASSES = """编号 | 影响面 | 登记日期 | 措施内容 | 措施类型 | 取消日期 | 取消原因 | 取消批准人
GJ-01 | 一人 | 2026-05-04 | 改路由 | 纠正 | | |
GJ-02 | 一人 | 2026-05-04 | | 预防 | | |
GJ-03 | 一人 | 2026-05-04 | | | | |
GJ-04 | 一人 | | | | | |
GJ-05 | 一人 | 2026-05-04 | | | 2026-05-06 | 重复登记 | 样例总"""


def test_every_row_is_to_be_classed_once_its_limit_for_planning_has_passed_and_the_note_names_the_others():
    """Four rows are no cancelled ones; Monday the 18th is the last day for planning."""
    in_time = self_check(CLASSES, on="2026-05-18")["R01"]
    assert (in_time.words, in_time.base, in_time.note) == (
        "满足 2/2", ("GJ-01", "GJ-02"),
        "不是本条的对象：已取消的 1 项（GJ-05）；没有措施和措施类型、策划限期没有到的 1 项（GJ-03）；"
        "没有措施和措施类型、没有登记日期因而算不出策划限期的 1 项（GJ-04）",
    )  # fmt: skip
    late = self_check(CLASSES, on="2026-05-19")
    assert (late["R01"].words, late["R01"].rows, late["R01"].reasons) == ("待整改 1/3", ("GJ-03",), ("措施类型空白",))
    assert "GJ-03" not in late["R01"].note
    assert (late["R26"].words, late["R26"].rows) == ("待整改 2/3", ("GJ-02", "GJ-03"))


def test_of_a_row_that_cannot_be_read_the_note_says_no_more_and_names_stand_by_their_numbers():
    """Its limit for planning passed in January, or its day is what can't be read: neither is known."""
    head = "编号 | 影响面 | 登记日期 | 措施内容 | 措施类型"
    whole = register_of(f"{head}\nGJ-10 | 一人 | | |\nGJ-9 | 一人 | | |\nGJ-8 | 一人 | 2026-01-04 | |")
    *kept, read = whole.tracker.records
    aside = Quarantined(read.row, read.number, (f"B{read.row}",), read)
    register = replace(whole, tracker=replace(whole.tracker, records=tuple(kept)), quarantined=(aside,))
    seen = view_register(register, AsOf(date(2026, 9, 18), date(2026, 9, 18)))
    note = next(line.note for line in conformity_of(RuleInputs(seen), check(seen)) if line.id == "R01")
    assert note == (
        "不是本条的对象：没有措施和措施类型、没有登记日期因而算不出策划限期的 2 项（GJ-9、GJ-10）；"
        "待更正、没有读出措施和措施类型的 1 项（GJ-8）"
    )


def test_a_row_of_another_kind_is_told_beside_the_figure_and_not_counted():
    """4.2.3 speaks of 纠正, 归口部门 is asked of every 重大."""
    line = self_check(LATE.replace("纠正 | 一般", "改进 | 重大"), on="2026-05-19")["R34"]
    assert line.words == "不适用"
    assert "PL18 另有不是本条的对象、没有计入的 1 项：GJ-08" in line.note
    prevention = self_check(LATE.replace("纠正 | 一般", "预防 | 重大").replace("次数", ""), on="2026-05-19")
    assert (prevention["R43"].rows, "PL09" in prevention["R31"].note) == (("GJ-08",), False)


def test_a_fault_of_the_roster_breaks_what_asks_for_the_roster():
    people = "姓名 | 部门 | 角色 | 邮箱 | 在职\n样例工 | 服务台 | 员工 | gong@yangli-ops.example | 是\n"
    line = self_check("编号 | 责任人\nGJ-01 | 样例工", people=people + "样例甲 | 服务台 | 部门经理 | jia@ | 是")["R73"]
    assert (line.words, line.rows) == ("待整改 1/2", ("人员部门!D3",))
