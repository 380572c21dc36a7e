"""Coverage (R14, R21, R40): indicators by period, sources by plan, departments by month."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.problem import Severity
from capa_xl.policy.conformity.subjects import Shortcoming, Subject
from capa_xl.policy.rules.links import plans_to_cover, sources_looked_at
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.statistics import departments_expected, departments_without_data

NO_ROW = -1
"""A department stands in no row of its own: rules can't strike at it."""


def sources_of_ended_plans(given: RuleInputs) -> Iterator[Subject]:
    """The five sources of every plan whose period is over."""
    table = given.table("plans")
    for plan in plans_to_cover(given):
        if table is None or plan.period_from is None or plan.period_to is None or given.on <= plan.period_to:
            continue
        for source in words.POLICY_SOURCES:
            yield Subject(table.sheet, plan.row, f"{plan.number} {source}", (plan, source))


def source_not_looked_at(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """No row, need or analysis of the period speaks of the source."""
    plan, source = subject.record
    if source not in sources_looked_at(given, plan.period_from, plan.period_to):
        yield Shortcoming("期间内没有查看这类来源的记录")


def departments(given: RuleInputs) -> Iterator[Subject]:
    """The departments that owe quality data."""
    table = given.table("observations")
    for name in departments_expected(given):
        yield Subject(table.sheet if table else "", NO_ROW, name, name)


def department_silent(given: RuleInputs, subject: Subject) -> Iterator[Shortcoming]:
    """No data and no 无 in two periods running (ST04 W)."""
    if any(
        hit.facts["dept"] == subject.name and hit.severity is Severity.WARNING
        for hit in departments_without_data(given)
    ):
        yield Shortcoming("连续两个期间没有质量数据，也没有填“无”")
