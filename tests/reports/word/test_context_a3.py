import re
from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.paper_kinds import A3
from capa_xl.reports.word.context_a3 import A3_LINE, LINE, MOST_STEPS, ROOM, a3_context
from capa_xl.reports.word.examples import example_report
from capa_xl.reports.word.line_widths import line_width
from capa_xl.reports.word.paper_catalogue import paper_blob
from tests.reports.word.papers import engine, members, words


def test_long_texts_are_cut_and_steps_beyond_the_most_are_counted():
    facts = example_report()
    long = replace(facts.action, description="长" * 2000)
    found = a3_context(replace(facts, action=long, steps=facts.steps[:1] * (MOST_STEPS + 3)))
    assert len(found["r"]["action"]["description"]) > LINE / 210 * (ROOM["background"] - 4)
    assert len(found["r"]["steps"]) == MOST_STEPS and found["more_steps"] == "另有 3 步，见《措施分解》。"
    exact = a3_context(replace(facts, steps=facts.steps[:1] * MOST_STEPS))
    assert exact["more_steps"] == ""


@pytest.mark.parametrize(("steps", "measure", "height"), [(0, "长", 7.2), (MOST_STEPS + 2, "长" * 2000, 5.2)])
def test_the_chart_is_as_high_as_the_texts_beside_it_leave_the_signatures_room_for(steps, measure, height):
    """In a column full of texts the signatures once stood on a second page."""
    facts = example_report()
    full = replace(facts, action=replace(facts.action, measure=measure), steps=facts.steps[:1] * steps)
    assert a3_context(full)["r"]["effect"]["chart"].height_cm == height


def test_steps_of_two_lines_leave_the_signatures_their_page_and_those_left_out_are_counted():
    """Three of them once put the signatures on a page of their own."""
    facts = example_report()
    many = tuple(f"欧阳样例{at}" for at in range(25))
    step = replace(facts.steps[0], owners=many, content="巡视发现 2 号站台门第 3 单元" + "长" * 300)
    action = replace(facts.action, measure="长" * 2000)
    three, five = (a3_context(replace(facts, action=action, steps=(step,) * count)) for count in (3, 5))
    assert len(three["r"]["steps"]) == 3 and three["r"]["effect"]["chart"].height_cm < 5.8
    shown = len(five["r"]["steps"])
    assert shown < MOST_STEPS and five["more_steps"] == f"另有 {5 - shown} 步，见《措施分解》。"


def test_how_a_measure_is_done_stands_below_it_where_there_are_no_steps():
    facts = example_report()

    def told(steps, **values):
        one = replace(facts, steps=steps, action=replace(facts.action, **values))
        return words(paper_blob(engine("a3"), A3, one)).count("实施方案：逐页二校 1,240 页")

    assert told((), scheme="逐页二校 1,240 页") == 1
    assert told(facts.steps, scheme="逐页二校 1,240 页") == told((), scheme=None) == 0
    full = replace(facts, steps=(), action=replace(facts.action, measure="长" * 2000, scheme="细" * 2000))
    found = a3_context(full)["r"]
    lines = [-(-len(found["action"][key]) // (LINE // 210)) for key in ("measure", "scheme")]
    assert sum(lines) <= ROOM["measure"] + MOST_STEPS - 1 and found["effect"]["chart"].height_cm >= 4.6


def test_the_timeline_holds_the_days_of_the_action_and_of_its_conclusion():
    facts = example_report()
    (days,) = a3_context(facts)["milestones"]
    assert days["completed_on"] == facts.action.completed_on
    assert days["confirmed_on"] == facts.derived.conclusion.confirmed_on


def test_the_page_itself_is_for_the_pen_and_the_measure_s_approval_stands_with_the_measure():
    facts = example_report()
    told = words(paper_blob(engine("a3"), A3, facts))
    signed = told[told.index("编制：") :]
    assert "批准：签字" in signed.replace("\n", "").replace("\t", "") and "日期：日期：日期：" in signed.replace(
        "\n", ""
    )
    assert str(facts.derived.approved_on) not in signed
    assert a3_context(facts)["approved"]["by"] in told[: told.index("编制：")]


def test_what_is_late_says_so_beside_its_time_axis_and_at_its_steps():
    facts = example_report()
    late = replace(facts.derived, status="实施中", overdue=("Y1",), days_overdue=45)
    step = replace(facts.steps[0], due_on=date(2026, 11, 2), done_on=None)
    found = a3_context(replace(facts, derived=late, steps=(step,)))
    assert found["late"] == "实施逾期 45 天" and found["r"]["steps"][0]["on_time"] == "逾期 20 天"
    assert a3_context(replace(facts, steps=(step,)))["r"]["steps"][0]["on_time"] == "未完成"
    assert a3_context(facts)["late"] == ""


def test_a_month_that_is_late_is_red_and_says_so_and_a_department_that_is_both_is_named_once():
    facts = example_report()
    late = replace(facts.derived, status="实施中", overdue=("Y1",), owning_department="服务台")
    action = replace(facts.action, completed_on=None, responsible_department="服务台", description="夜间" * 30)
    blob = paper_blob(engine("a3"), A3, replace(facts, derived=late, action=action))
    assert re.search(r'"PhaseLate"/>.{0,80}>[PDCA]逾<', members(blob)["word/document.xml"].decode())
    title = next(line for line in words(blob).split("\n") if line.startswith(action.number))
    assert title.endswith("　归口、责任：服务台") and line_width(title, 18) <= A3_LINE


def test_two_departments_that_differ_in_their_number_alone_read_differently():
    names = [f"样例运维服务与数据中心基础设施保障部第{at}分部北京机房值班组" for at in (10, 20)]
    facts = example_report()
    action = replace(facts.action, responsible_department=names[0])
    shown = a3_context(replace(facts, action=action, derived=replace(facts.derived, owning_department=names[1])))["r"]
    found = shown["action"]["responsible_department"], shown["derived"]["owning_department"]
    assert "10" in found[0] and "20" in found[1] and max(map(len, found)) <= 10


def test_without_figures_before_the_state_is_the_value_that_the_goal_starts_from():
    facts = example_report()
    bare = replace(facts, effect=replace(facts.effect, rows=()))
    action = replace(facts.action, current_state=None, indicator="平均修复时间", baseline=7.4, unit="小时")
    assert a3_context(replace(bare, action=action))["state"] == "现值：平均修复时间 7.4 小时。"
    overfull = a3_context(replace(bare, action=replace(action, unit="长" * 2000)))["state"]
    assert overfull == f"现值：平均修复时间 7.4 {'长' * 11}…。"
    assert a3_context(replace(bare, action=replace(action, baseline=None)))["state"] == ""


def test_rounds_with_the_same_figures_before_tell_them_once():
    facts = example_report()
    (row, *_) = facts.effect.rows
    two = replace(facts, effect=replace(facts.effect, rows=(row, replace(row, after="另一轮"))))
    one = replace(facts, effect=replace(facts.effect, rows=(row,)))
    assert a3_context(two)["state"] == a3_context(one)["state"] != ""


def test_a_measure_without_steps_has_the_lines_of_their_table():
    facts = replace(example_report(), steps=())
    shown = a3_context(replace(facts, action=replace(facts.action, measure="长" * 2000, scheme=None)))["r"]["action"]
    assert len(shown["measure"]) == (ROOM["measure"] + MOST_STEPS - 1) * 45 - 2


def test_texts_of_one_box_share_its_lines():
    """Nine lines of 45: one for the short text, four for each long one, less indent and what stands before."""
    facts = example_report()
    long = {"description": "长" * 2000, "impact": "影响", "containment": "处" * 2000}
    shown = a3_context(replace(facts, action=replace(facts.action, **long)))["r"]["action"]
    found = [len(shown[key]) for key in ("description", "impact", "containment")]
    assert found == [4 * 45 - 2, 2, 4 * 45 - 2 - 5]
