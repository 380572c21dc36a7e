"""The needs of a plan that were declined: rows of four lines, of which a page holds thirteen, counted by hand.

The example's upright pages are full to a fifth of the second one: nine rows still stand there for sure, and fifteen are
worth a third of a page more.
"""

import pytest
from msgspec.structs import replace

from capa_xl.model.paper_kinds import PLAN
from capa_xl.reports.word.context_plan import plan_context
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.paper_catalogue import paper_blob
from tests.reports.word.papers import engine, members

NO_ITEMS = {"corrective": (), "preventive": (), "unclassified": ()}


def plan(rows, **change):
    facts = example_plan()
    return replace(facts, declined=facts.declined * rows, **change)


@pytest.mark.parametrize(("rows", "across"), [(0, False), (1, False), (9, False), (10, True), (14, True), (15, False)])
def test_rows_that_would_stand_nearly_alone_on_an_upright_page_go_on_to_the_wide_ones(rows, across):
    assert plan_context(plan(rows))["declined_across"] is across


def test_what_stands_above_them_counts():
    assert plan_context(plan(9, goals=example_plan().goals * 4))["declined_across"]


def test_a_sentence_and_a_few_names_do_not_take_an_upright_page_to_themselves():
    """Once: the second page of a small plan had its 3.2 without a row, one whole name, and was 83 percent blank."""
    small = plan(0, goals=(), versions=example_plan().versions[:1], changes=example_plan().changes[:1])
    assert plan_context(small)["declined_across"]
    parts = members(paper_blob(engine("plan"), PLAN, small))["word/document.xml"].decode().split("<w:sectPr")
    told = [("3.2 需评估未采纳的需求" in part, "部门全称" in part) for part in parts[:2]]
    assert told == [(False, False), (True, True)]


def test_a_plan_without_items_has_no_wide_page_to_go_on_to():
    assert not plan_context(plan(11, **NO_ITEMS))["declined_across"]


@pytest.mark.parametrize(("rows", "section"), [(9, 0), (10, 1)])
def test_they_stand_once_on_the_pages_that_were_chosen(rows, section):
    parts = members(paper_blob(engine("plan"), PLAN, plan(rows)))["word/document.xml"].decode().split("<w:sectPr")
    assert [part.count("3.2 需评估未采纳的需求") for part in parts[:2]] == [int(section == 0), int(section == 1)]
