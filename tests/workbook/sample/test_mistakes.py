"""The planted mistakes: each is found by its rule, at its cell, and nothing else is found."""

from __future__ import annotations

import pytest

from capa_xl.model import words
from capa_xl.model.figures import ArchivedPapers
from capa_xl.model.problem import Severity
from capa_xl.policy.check import check
from tests.workbook.sample.sample_days import found, problems_on, sample_view

PLANTED = {
    "FD05": ["GJ-2026-053"],
    "FD06": ["GJ-2025-001"],
    "FD08": ["GJ-2026-054"],
    "FD02": ["GJ-2026-045", "GJ-2026-045"],
    "AP02": ["GJ-2026-046"],
    "AP03": ["GJ-2026-057"],
    "FD14": ["GJ-2026-059"],
    "EF10": ["GJ-2026-005"],
    "DO08": ["GJ-2026-039"],
    "DO11": ["GJ-2026-040"],
    "CK01": ["GJ-2026-043"],
    "EF09": ["GJ-2026-007"],
    "EF11": ["GJ-2026-008"],
    "EF05": ["GJ-2026-029"],
    "FD15": ["GJ-2025-061", "GJ-2025-063", "GJ-2025-064"],
    "FD16": ["GJ-2026-037"],
    "CX01": ["GJ-2026-020"],
}
NEEDS = {"XR01": "XQ-2026-020", "XR02": "XQ-2026-019", "XR03": "XQ-2026-024", "XR08": "XQ-2026-026"}


@pytest.mark.parametrize("rule", PLANTED)
def test_the_mistake_is_found_by_its_rule_and_only_there(rule):
    assert found(rule) == PLANTED[rule]


@pytest.mark.parametrize("rule", NEEDS)
def test_the_need_left_lying_is_found(rule):
    hits = [problem for problem in problems_on() if problem.rule == rule]
    assert [problem.sheet for problem in hits] == ["问题需求登记"]
    assert NEEDS[rule] in hits[0].message


def test_no_error_was_made_that_was_not_planted():
    errors = {problem.rule for problem in problems_on() if problem.severity is Severity.ERROR}
    # AP06 comes along with AP02: what nobody approved was begun without approval.
    assert errors <= PLANTED.keys() | NEEDS.keys() | {"AP06"}
    assert found("AP06") == ["GJ-2026-046"]


def test_the_vague_date_and_the_twins_are_set_aside():
    assert sorted(row.number for row in sample_view().register.quarantined) == [
        "GJ-2026-045",
        "GJ-2026-045",
        "GJ-2026-053",
    ]


def test_the_exceptions_that_were_signed_are_only_told():
    excused = {(problem.rule, problem.number, problem.severity) for problem in problems_on() if problem.excused}
    assert excused == {("AP06", "GJ-2026-004", Severity.INFO), ("PL16", "GJ-2026-024", Severity.INFO)}


def test_the_leaver_stands_only_on_closed_rows():
    view = sample_view()
    rows = [one.number for one in view.actions if "样例旧" in one.owners]
    assert len(rows) == 2
    assert {view.derived[number].status for number in rows} == {words.CLOSED}


def test_the_archived_file_that_is_gone_is_found():
    locations = [one.archive_location for one in sample_view().actions if one.archive_location]
    files = [location for location in locations if "/" in location or location.endswith(".docx")]
    assert files == ["归档/GJBG-2026-010.docx"]
    problems = check(sample_view(), papers=ArchivedPapers(found={files[0]: False})).problems
    assert [problem.number for problem in problems if problem.rule == "AR05"] == ["GJ-2026-010"]
