from msgspec.structs import replace

from capa_xl.reports.word.context_a3 import LINE, MOST_OF_A_CELL, MOST_STEPS, ROOM, a3_context
from capa_xl.reports.word.examples import example_report


def test_long_texts_are_cut_and_steps_beyond_the_most_are_counted():
    facts = example_report()
    long = replace(facts.action, description="长" * 2000)
    found = a3_context(replace(facts, action=long, steps=facts.steps[:1] * (MOST_STEPS + 3)))
    assert len(found["r"]["action"]["description"]) > LINE / 210 * (ROOM["background"] - 4)
    assert len(found["r"]["steps"]) == MOST_STEPS and found["more_steps"] == "另有 3 步，见《措施分解》。"
    exact = a3_context(replace(facts, steps=facts.steps[:1] * MOST_STEPS))
    assert exact["more_steps"] == ""


def test_the_timeline_holds_the_days_of_the_action_and_of_its_conclusion():
    facts = example_report()
    (days,) = a3_context(facts)["milestones"]
    assert days["completed_on"] == facts.action.completed_on
    assert days["confirmed_on"] == facts.derived.conclusion.confirmed_on


def test_a_long_evidence_is_cut_so_that_the_signatures_stay_on_the_page():
    facts = example_report()
    action = replace(facts.action, approval_evidence="长" * 2000)
    assert len(a3_context(replace(facts, action=action))["approved"]["evidence"]) == MOST_OF_A_CELL


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


def test_a_measure_without_steps_has_the_lines_of_their_table():
    facts = replace(example_report(), steps=())
    shown = a3_context(replace(facts, action=replace(facts.action, measure="长" * 2000)))["r"]["action"]
    assert len(shown["measure"]) == (ROOM["measure"] + MOST_STEPS) * 45 - 2


def test_texts_of_one_box_share_its_lines():
    """Nine lines of 45: one for the short text, four for each long one, less indent and what stands before."""
    facts = example_report()
    long = {"description": "长" * 2000, "impact": "影响", "containment": "处" * 2000}
    shown = a3_context(replace(facts, action=replace(facts.action, **long)))["r"]["action"]
    found = [len(shown[key]) for key in ("description", "impact", "containment")]
    assert found == [4 * 45 - 2, 2, 4 * 45 - 2 - 5]
