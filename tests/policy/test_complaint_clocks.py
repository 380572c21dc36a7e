"""A complaint's clocks run to the minute where it is given; the letter goes whatever the caps and the day."""

from __future__ import annotations

from datetime import time

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import JournalView
from capa_xl.model.letter import iso_week
from capa_xl.policy.complaint_clocks import Clock, next_minute
from capa_xl.policy.reminders.complaint_letters import LATE
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.policy.rules.field import FD05
from capa_xl.policy.rules.needs import XR10
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.viewing import view_register
from capa_xl.reports.letter_sections import entries_of
from tests.policy.registers import PEOPLE, PINYIN, day, running, view
from tests.policy.rules.struck import met, struck

SATURDAY = "2026-03-14"
NEED = {"number": "XQ-1", "registered_on": SATURDAY, "source": "顾客投诉", "receiving_department": "网络部",
        "receiver": "样例网", "respond_by": "2026-03-14 18:00", "description": "专线中断"}  # fmt: skip
STAFF = [person | {"email": f"{PINYIN[person['name'][-1]]}@corp.example"} for person in PEOPLE]


@pytest.mark.parametrize(
    ("limit", "done", "late"),
    [
        ("2026-03-14 18:00", "2026-03-14 18:00", False),
        ("2026-03-14 18:00", "2026-03-14 18:01", True),
        ("2026-03-14", "2026-03-14 23:59", False),
        ("2026-03-14", "2026-03-15 00:00", True),
        ("2026-03-14 18:00", "2026-03-14", False),
        ("2026-03-14 18:00", "2026-03-15", True),
        ("2026-03-14 18:00", "", False),
    ],
)
def test_late_is_after_the_minute_or_after_the_day(limit, done, late):
    assert Clock("响应", limit, done, "responded_at").is_late is late


FIRST_RUN = JournalView()


def sent(need, on=SATURDAY, journal=FIRST_RUN, **others):
    plan = plan_reminders(view(running(), on=on, needs=[need], people=STAFF, **others), journal)
    return sorted((d.key.recipient, d.key.occurrence, d.informed) for d in plan.duties if d.key.milestone == "S7")


def test_the_letter_goes_on_a_saturday_to_receiver_and_head_and_quality_is_told():
    assert [(who, told) for who, _, told in sent(NEED)] == [("样例乙", False), ("样例网", False), ("样例质", True)]


def test_neither_the_weeks_letters_nor_todays_hold_it_back():
    week = iso_week(day(SATURDAY))
    full = replace(JournalView(), letters_in_week={(p["name"], week): 9 for p in PEOPLE})
    assert len(sent(NEED, journal=full)) == 3


def test_who_has_responded_hears_no_more_and_a_complaint_without_ground_has_no_clock():
    assert sent(NEED | {"responded_at": "2026-03-14 09:12"}) == []
    assert sent(NEED | {"is_valid": False}) == []
    assert len(sent(NEED | {"responded_at": "2026-03-15 09:12"})) == 3


def test_a_second_letter_goes_once_the_day_is_over():
    assert len({occurrence for _, occurrence, _ in sent(NEED, on="2026-03-15")}) == 2
    assert len({occurrence for _, occurrence, _ in sent(NEED)}) == 1


def seen_at(minute, need=NEED):
    """The complaint as a run at that minute of the Saturday sees it."""
    now = AsOf(day(SATURDAY), day(SATURDAY), time.fromisoformat(minute))
    return view_register(view(running(), on=SATURDAY, needs=[need], people=STAFF).register, now)


@pytest.mark.parametrize(
    ("minute", "is_missed"), [("08:00", False), ("17:59", False), ("18:00", False), ("18:01", True)]
)
def test_a_pass_after_the_minute_sends_the_second_letter_and_strikes_the_rule_the_same_day(minute, is_missed):
    seen = seen_at(minute)
    duties = [d for d in plan_reminders(seen, FIRST_RUN).duties if d.key.milestone == "S7"]
    assert {d.key.occurrence for d in duties} == ({"0", LATE} if is_missed else {"0"})
    owed = "没有在 2026-03-14 18:00 以前响应：立即响应" if is_missed else "须在 2026-03-14 18:00 以前响应"
    assert {d.what for d in duties} == {f"顾客投诉{owed}，填写：响应时间"}
    assert len(list(XR10.find(RuleInputs(seen)))) == is_missed


@pytest.mark.parametrize(
    ("minute", "by", "said"),
    [
        ("17:59", "2026-03-14 18:00", "今天 18:00 到期"),
        ("18:01", "2026-03-14 18:00", "响应超时"),
        ("08:00", "2026-03-12 18:00", "响应超时 2 天"),
    ],
)
def test_receiver_head_and_who_is_told_read_the_same_of_one_clock(minute, by, said):
    plan = plan_reminders(seen_at(minute, NEED | {"respond_by": by}), FIRST_RUN)
    words = {
        (who, entry.day_words)
        for who in ("样例网", "样例乙", "样例质")
        for entry in entries_of(d for d in plan.duties if d.key.recipient == who and d.key.milestone == "S7")
    }
    assert words == {("样例网", said), ("样例乙", said), ("样例质", said)}


def test_a_day_without_a_minute_ends_at_midnight_and_what_was_done_is_not_missed():
    late = [d for need in (NEED | {"respond_by": SATURDAY}, NEED | {"responded_at": "2026-03-14 18:30"})
            for d in plan_reminders(seen_at("23:59", need), FIRST_RUN).duties if d.key.occurrence == LATE]  # fmt: skip
    assert late == []


@pytest.mark.parametrize(
    ("minute", "ends"),
    [("08:00", "2026-03-14 12:00"), ("12:00", "2026-03-14 12:00"), ("12:01", "2026-03-14 18:00"), ("18:01", "")],
)
def test_the_next_minute_is_the_first_of_today_that_ends_a_running_clock(minute, ends):
    of_today = NEED | {"answer_by": "2026-03-14 12:00"}
    others = [
        NEED | {"number": "XQ-2", "respond_by": "2026-03-13 09:00", "answer_by": "2026-03-16 09:00"},
        NEED | {"number": "XQ-3", "respond_by": SATURDAY},
        NEED | {"number": "XQ-4", "respond_by": "2026-03-14 09:00", "responded_at": "2026-03-14 07:00"},
    ]
    seen = view(running(), on=SATURDAY, needs=[of_today, *others], people=STAFF)
    assert next_minute(seen.needs, seen_at(minute).as_of) == ends
    assert next_minute(seen.needs, seen.as_of) == ""


def unread(rule="FD05", at="T2", **need):
    """The letters of a complaint whose 要求响应时间 holds something that can't be read."""
    plain = view(running(), on=SATURDAY, needs=[NEED | {"respond_by": None} | need], people=STAFF)
    cell = plain.register.needs.cell(2, "respond_by") if at == "T2" else at
    remark = met(rule, cell, sheet="问题需求登记", c="要求响应时间", v="17:30")
    seen = view_register(replace(plain.register, remarks=(remark,)), plain.as_of)
    duties = [d for d in plan_reminders(seen, FIRST_RUN).duties if d.key.milestone == "S7"]
    return sorted(d.key.recipient for d in duties), {(d.cell == cell, d.due_on, d.days) for d in duties}


@pytest.mark.parametrize("rule", ["FD05", "FD07", "WB05"])
def test_a_limit_that_cannot_be_read_counts_as_due_now_and_its_cell_is_named(rule):
    assert unread(rule) == (["样例乙", "样例网", "样例质"], {(True, day(SATURDAY), 0)})


def test_a_limit_written_as_a_span_names_the_day_it_comes_to_in_letter_and_rule():
    plain = view(
        running(), on="2026-10-09", needs=[NEED | {"registered_on": "2026-09-30", "respond_by": None}], people=STAFF
    )
    cell = plain.register.needs.cell(2, "respond_by")
    remark = met("FD05", cell, sheet="问题需求登记", c="要求响应时间", v="2个工作日", hm="时刻", m="17:30")
    seen = view_register(replace(plain.register, remarks=(remark,)), plain.as_of)
    (hit,) = FD05.find(RuleInputs(seen))
    span = "「2个工作日」从登记日期 2026-09-30 算起，是 2026-10-09"
    assert hit.facts["span"] == span
    said = {d.what for d in plan_reminders(seen, FIRST_RUN).duties if d.key.milestone == "S7"}
    assert {what.endswith(f"例如“2026-03-31 17:30”（{span}）") for what in said} == {True}


def test_where_nobody_has_the_complaint_yet_quality_hears_of_it():
    assert unread(receiver=None, receiving_department=None)[0] == ["样例质"]


def test_no_letter_for_a_blank_limit_a_complaint_without_ground_or_one_that_was_responded_to():
    assert unread(at="A2")[0] == []
    assert unread(is_valid=False)[0] == []
    assert unread(responded_at="2026-03-14 09:12")[0] == []


def test_containment_needs_no_approval():
    row = "编号 | 措施类型 | 严重度 | 措施内容 | 临时处置     | 开始日期 | 批准结论 | 批准日期\n"
    assert struck("AP06", row + "GJ-01 | 纠正 | 一般 | 换板卡 | 先切备用线路 | | |") == []
    assert struck("AP06", row + "GJ-01 | 纠正 | 一般 | 换板卡 | 先切备用线路 | 2026-05-01 | |") != []
