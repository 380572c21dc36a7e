"""Whom a requirement speaks of: one cell of a signature is enough."""

from __future__ import annotations

import pytest

from capa_xl.policy.conformity import populations
from capa_xl.policy.rules.rule_inputs import RuleInputs
from tests.policy.edges import around
from tests.policy.registers import approved, closed, completed, confirmed, inspected, planned, running, view

N, T = "GJ-2026-001", "2026-02-01"


def members(population, *actions, on=T, **others):
    given = RuleInputs(view(*actions, on=on, **others))
    return [subject.name for subject in getattr(populations, population)(given)]


def speaks_of(population, action, on=T, **others):
    return members(population, action, on=on, **others) == [N]


@pytest.mark.parametrize("cell", [{"approver": "样例甲"}, {"approved_on": "2026-01-12"}, {"approval": "同意"}])
def test_one_cell_of_an_approval_makes_a_signature(cell):
    assert speaks_of("signed", planned(**cell))
    assert not speaks_of("signed", planned())


@pytest.mark.parametrize("cell", [{"inspected_on": "2026-01-20"}, {"inspection": "合格"}])
def test_one_cell_of_an_inspection_makes_one(cell):
    assert speaks_of("inspected", running(**cell))
    assert not speaks_of("inspected", running())
    assert not speaks_of("inspected", running(inspector="样例甲"))


@pytest.mark.parametrize("cell", [{"confirmed_on": "2026-01-20"}, {"effect": "有效"}])
def test_one_cell_of_a_confirmation_begins_it(cell):
    assert speaks_of("confirming", running(**cell))
    assert not speaks_of("confirming", running())
    assert not speaks_of("confirming", running(confirmer="样例甲"))


def test_what_waits_too_long_for_inspection_or_confirmation_is_spoken_of_without_a_cell():
    assert speaks_of("inspected", completed(), on="2026-06-01")
    assert not speaks_of("inspected", completed(), on="2026-03-02")
    assert speaks_of("confirming", inspected(), on="2026-12-01")
    assert not speaks_of("confirming", inspected(), on="2026-03-05")


@pytest.mark.parametrize(
    ("population", "values", "spoken"),
    [
        ("with_measure", {}, True), ("with_measure", {"measure": None}, False),
        ("corrective", {}, True), ("corrective", {"measure": None, "registered_on": "2026-01-30"}, False),
        ("corrective", {"action_type": "预防"}, False),
        ("preventive", {"action_type": "预防"}, True), ("preventive", {}, False),
        ("preventive", {"action_type": "预防", "measure": None, "registered_on": "2026-01-30"}, False),
        ("weighty_corrective", {"severity": "重大"}, True), ("weighty_corrective", {"is_repeat": True}, True),
        ("weighty_corrective", {}, False), ("weighty_corrective", {"severity": "重大", "action_type": "预防"}, False),
        ("general_corrective", {}, False), ("general_corrective", {"started_on": "2026-01-13"}, True),
        ("general_corrective", {"approval": "同意"}, True), ("general_corrective", {"approval": "不同意"}, False),
        ("general_corrective", {"approval": "同意", "severity": None}, False),
        ("general_corrective", {"approval": "同意", "is_repeat": True}, False),
        ("preventive_under_way", {"action_type": "预防"}, False),
        ("preventive_under_way", {"action_type": "预防", "approval": "同意"}, True),
        ("preventive_under_way", {"approval": "同意"}, False),
        ("major_preventive", {"action_type": "预防", "severity": "重大"}, True),
        ("major_preventive", {"action_type": "预防"}, False),
        ("major_preventive", {"severity": "重大"}, False),
        ("begun", {}, False), ("begun", {"started_on": "2026-01-13"}, True),
        ("named_reviews", {}, False), ("named_reviews", {"review_number": "GLPS-01"}, True),
        ("archived", {}, False), ("open_rows", {}, True),
        ("moved", {}, False), ("every_row", {}, True),
    ],
)  # fmt: skip
def test_a_population_is_told_by_the_cells_of_the_row(population, values, spoken):
    assert speaks_of(population, planned(**values)) is spoken


@pytest.mark.parametrize(("population", "kind"), [("corrective", "纠正"), ("preventive", "预防")])
def test_what_was_to_be_planned_by_now_is_spoken_of_without_a_measure(population, kind):
    """Registered on Monday 2026-01-05: ten working days end on the 19th."""
    row = planned(action_type=kind, measure=None)
    assert around("2026-01-19", lambda on: speaks_of(population, row, on=on)) == (False, False, True)


def test_a_prevention_across_departments_concerns_two_or_more():
    assert speaks_of("preventive_across_departments", planned(action_type="预防", involved_departments=("网络部",)))
    assert not speaks_of("preventive_across_departments", planned(action_type="预防"))
    assert not speaks_of("preventive_across_departments", planned(involved_departments=("网络部",)))


def test_concluded_actions_are_told_by_their_conclusion():
    on = "2026-04-08"
    for population in ("confirmed", "not_effective_or_back"):
        assert speaks_of(population, confirmed(), on=on)
        assert speaks_of(population, confirmed(effect="无效"), on=on)
        assert not speaks_of(population, inspected(), on=on)
    assert speaks_of("effective", confirmed(), on=on)
    assert not speaks_of("effective", confirmed(effect="无效"), on=on)
    assert speaks_of("to_be_revised", confirmed(needs_revision=True), on=on)
    assert not speaks_of("to_be_revised", confirmed(needs_revision=False), on=on)
    assert speaks_of("confirmed_against_target", confirmed(target=2.0), on=on)
    assert speaks_of("confirmed_against_target", confirmed(severity="重大"), on=on)
    assert not speaks_of("confirmed_against_target", confirmed(), on=on)


def test_a_report_is_due_once_its_day_has_passed_or_the_row_is_archived():
    assert not speaks_of("report_due", confirmed(), on="2026-04-21")
    assert speaks_of("report_due", confirmed(), on="2026-04-22")
    assert speaks_of("report_due", closed(), on="2026-04-10")
    assert speaks_of("archived", closed(), on="2026-04-10", revisions=())
    assert not speaks_of("open_rows", closed(), on="2026-04-10", revisions=())


def test_a_deadline_that_was_asked_to_move_is_spoken_of():
    assert speaks_of("moved", running(), extensions=[{"number": N, "asked_on": "2026-01-20"}])
    assert not speaks_of("moved", running(), extensions=[{"number": "GJ-9", "asked_on": "2026-01-20"}])


def test_plans_in_force_are_those_approved_and_rows_that_nothing_else_would_approve():
    plan = {"number": "JH", "version": "V1.0", "approval": "同意"}
    assert len(members("plan_versions", planned(), plans=[plan, {**plan, "approval": None}])) == 2
    assert len(members("plans_in_force", planned(), plans=[plan, {**plan, "approval": None}])) == 1
    alone = planned(action_type="预防", plan_number="JH")
    by_plan = members("plans_in_force", alone, plans=[plan])
    assert by_plan[1:] == members("plans_in_force", alone, plans=[])
    for other in (approved(action_type="预防", plan_number="JH"), planned(action_type="预防")):
        assert members("plans_in_force", other, plans=[]) == []
