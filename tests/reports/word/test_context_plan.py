"""改进计划: what nobody decided yet is blank for a pen."""

from msgspec.structs import replace

from capa_xl.model.paper_kinds import PLAN
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.paper_catalogue import paper_blob
from tests.reports.word.papers import engine, words


def test_a_plan_that_waits_for_its_approval_has_no_dash_behind_the_boxes_to_tick():
    facts = example_plan()
    waiting = replace(facts, plan=replace(facts.plan, approver=None, approval=None, approval_evidence=None))
    said = words(paper_blob(engine(), PLAN, waiting)).partition("批准结论")[2].partition("意见")[0]
    assert "不同意" in said and "—" not in said
