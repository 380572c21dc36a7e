"""已升级: who a letter of the ladder reached, and when; days alone escalate nothing (A4)."""

from __future__ import annotations

import pytest

from capa_xl.model.journal import CHAT, FAILED, FILED, UNKNOWN
from capa_xl.policy.review.lateness import overdue_lines
from tests.policy.postings import journal, posting
from tests.policy.registers import running, view

T = "2026-08-20"
"""51 days after 2026-06-30."""


def escalated(*postings, on=T, **row):
    (line,) = overdue_lines(view(running(**row), on=on), journal(*postings))
    return line.escalated


def test_fifty_days_late_without_a_letter_is_escalated_to_nobody():
    (line,) = overdue_lines(view(running(), on=T), None)
    assert (line.days, line.escalated) == (51, "")
    assert escalated() == ""


def test_the_highest_post_reached_stands_with_the_day_it_was_first_reached():
    to_head = posting("O2", "2026-07-08", "样例甲")
    assert escalated(to_head) == "归口部门负责人 2026-07-08"
    first, again = posting("O3", "2026-08-03", "样例总"), posting("O3", "2026-08-17", "样例总")
    assert escalated(to_head, again, first) == "总经理 2026-08-03"


@pytest.mark.parametrize(
    "not_taken",
    [
        posting("O3", "2026-08-03", "样例总", result=FILED, transport="outbox"),
        posting("O3", "2026-08-03", "样例总", result=FAILED),
        posting("O3", "2026-08-03", "样例总", result=UNKNOWN),
        posting("O3", "2026-08-03", "样例总", transport=CHAT),
        posting("O3", "2026-08-21", "样例总"),
        posting("O3", "2026-08-03", "样例总", due="2026-05-31"),
        posting("O3", "2026-08-03", "样例总", number="GJ-2026-002"),
        posting("O1", "2026-07-01", "样例甲"),
        posting("O3", "2026-08-03", "样例工"),
    ],
    ids=["filed", "failed", "unknown", "chat", "after T", "another deadline", "another row", "no rung", "owner only"],
)
def test_a_letter_that_reached_nobody_higher_proves_no_escalation(not_taken):
    assert escalated(not_taken) == ""
    assert escalated(not_taken, posting("O2", "2026-07-08", "样例甲")) == "归口部门负责人 2026-07-08"


def test_the_post_is_that_of_the_day_of_the_letter():
    left = {"name": "样例总", "department": "总经办", "roles": ("总经理",), "valid_to": "2026-07-31"}
    people = (left, {"name": "样例甲", "department": "服务台", "roles": ("部门经理",)})
    rows = view(running(), on=T, people=people)
    for on, words in (("2026-07-31", "总经理 2026-07-31"), ("2026-08-01", "")):
        (line,) = overdue_lines(rows, journal(posting("O3", on, "样例总")))
        assert line.escalated == words
