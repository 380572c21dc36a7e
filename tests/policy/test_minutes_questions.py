"""The form for the meeting's words names no column group: it has none."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.period import parse_period
from capa_xl.policy.meeting_minutes import Meeting, minutes_questions
from capa_xl.policy.papers.meeting_facts import meeting_facts
from tests.policy.papers.given import given
from tests.policy.registers import PEOPLE, completed, confirmed, inspected, planned, running

WHOSE = {"progress": ({"number": "GJ-2026-001", "content": "已排新班表"},)}


def test_what_is_to_be_filled_is_said_without_the_group_to_open():
    inputs = given(confirmed(), on="2026-05-20", **WHOSE)
    facts = meeting_facts(inputs, parse_period("2026-04"))
    (asked,) = minutes_questions(inputs.view, facts, Meeting(date(2026, 5, 20), "样例质"))
    assert asked.what == "服务台：整理书面报告并归档，填写：归档日期、报告编号、归档位置"


INSPECTED_ELSEWHERE = completed(
    completed_on="2026-04-30", owning_department="网络部", progress_note="已排班", evidence="班表"
)


@pytest.mark.parametrize(
    ("action", "asked_of", "due", "addressee"),
    [
        (running(due_on="2026-05-10"), "服务台", ("2026-05-10", "完成期限"), "服务台"),
        (INSPECTED_ELSEWHERE, "网络部", ("2026-05-18", "检查限期"), "网络部"),
        (
            inspected(completed_on="2026-04-02", inspected_on="2026-04-03"),
            "样例甲",
            ("2026-05-18", "确认限期"),
            "样例甲",
        ),
    ],
)
def test_who_is_waited_for_and_by_when_is_what_the_todo_says(action, asked_of, due, addressee):
    inputs = given(action, on="2026-05-20", people=PEOPLE, **WHOSE)
    facts = meeting_facts(inputs, parse_period("2026-04"))
    (asked,) = minutes_questions(inputs.view, facts, Meeting(date(2026, 5, 20), "样例质"))
    assert (asked.what.partition("：")[0], (str(asked.due_on), asked.due_name)) == (asked_of, due)
    assert dict(asked.row)["addressee"] == addressee


FEW = (
    "number",
    "description",
    "action_type",
    "measure",
    "cause",
    "severity",
    "responsible_department",
    "owners",
    "due_on",
)


def test_a_step_that_several_fill_says_whose_each_cell_is():
    inputs = given(planned(cause=None, severity=None, due_on="2026-05-30"), on="2026-05-20", columns=FEW, **WHOSE)
    facts = meeting_facts(inputs, parse_period("2026-05"))
    (asked,) = minutes_questions(inputs.view, facts, Meeting(date(2026, 5, 20), "样例质"))
    assert asked.what == "质量部、服务台：补齐：严重度、原因分析（严重度由质量部填，原因分析由服务台填）"
