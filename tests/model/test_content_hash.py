from datetime import date

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.content_hash import content_hash

ACTION = Action(
    row=5, number="GJ-2026-001", description="断电", registered_on=date(2026, 1, 5), owners=("样例工",), target=3.0
)
OF_AN_ARCHIVED_REPORT = "d42e11866a914fc72247756b5021c04c2047416347aa4542ee0bd0f8e987db65"
"""Computed before 违反的要求, 同类排查, 批准凭证 and 确认凭证 were columns."""


def test_columns_that_came_later_leave_the_hash_of_an_archived_report_as_it_was():
    assert content_hash(ACTION, ((), ())) == OF_AN_ARCHIVED_REPORT


def test_once_filled_they_are_part_of_what_the_report_says():
    for key in ("breached_requirement", "like_problems", "approval_evidence", "confirmation_evidence"):
        assert content_hash(replace(ACTION, **{key: "OA-1"}), ((), ())) != OF_AN_ARCHIVED_REPORT
