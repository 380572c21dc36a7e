from datetime import date

import pytest

from capa_xl.model.journal import SENT, JournalView
from capa_xl.model.lead import Lead
from capa_xl.model.procedure import Procedure
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.reminders.month_ahead import month_ahead_record
from capa_xl.policy.reminders.month_ahead_kpi import month_ahead_figures
from capa_xl.policy.reminders.rehearse import as_if_sent
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.reports.letter_sections import entries_of
from tests.policy.postings import NUMBER, posting
from tests.policy.registers import ALL, PEOPLE, approved, completed, day, planned, running, view
from tests.policy.reminders.plans import EMPTY, duties, heard, plan

GJ = "GJ-2026-001"


def month_ahead(action, on, journal=EMPTY, **others):
    return next((d for d in plan(action, on=on, journal=journal, **others).duties if d.key.milestone == "M1"), None)


def test_it_comes_a_month_before_moved_back_to_a_working_day():
    assert month_ahead(running(), "2026-05-28") is None
    found = month_ahead(running(), "2026-05-29")  # 05-30 is a Saturday
    assert (str(found.planned_on), found.late, found.short_notice, found.counts) == ("2026-05-29", False, False, True)
    assert found.key.due_version == "2026-06-30" and found.key.occurrence == "0"


def test_it_goes_to_manager_and_owners_and_the_owning_head_is_told():
    action = running(owners=("样例工", "样例检"), responsible_department="网络部")
    assert duties(action, on="2026-05-29") == [("样例乙", "M1", "0"), ("样例工", "M1", "0"), ("样例检", "M1", "0"),
                                               ("样例甲*", "M1", "0")]  # fmt: skip


def test_who_must_act_is_not_told_besides():
    assert duties(running(), on="2026-05-29") == [("样例甲", "M1", "0"), ("样例工", "M1", "0")]


def test_departments_that_own_open_steps_hear_of_it():
    steps = [{"number": GJ, "step": "1", "owners": ("样例网",)}, {"number": GJ, "step": "2", "owners": ("样例工",)}]
    assert ("样例乙", "M1", "0") in duties(running(), on="2026-05-29", steps=steps)
    done = [{**steps[0], "done_on": "2026-05-20"}, steps[1]]
    assert ("样例乙", "M1", "0") not in duties(running(), on="2026-05-29", steps=done)


@pytest.mark.parametrize(
    ("doers", "what"),
    [
        (("样例网",), "请提醒 样例网 完成步骤 1「换电池」，填写：实际完成"),
        (("样例网", "样例检"), "请提醒 样例网、样例检 完成步骤 1「换电池」，填写：实际完成"),
        (("样例网", "样例乙"), "完成步骤 1「换电池」，填写：实际完成"),
        (("外人",), "请先改派或更正姓名：外人（不在名单）；再完成步骤 1「换电池」，填写：实际完成"),
    ],
)
def test_the_head_of_a_department_is_asked_to_see_to_the_steps_that_others_do(doers, what):
    steps = [{"number": GJ, "step": "1", "content": "换电池", "department": "网络部", "owners": doers}]
    found = plan(running(), on="2026-05-29", steps=steps).duties
    duty = next(one for one in found if one.key.recipient == "样例乙")
    (entry,) = entries_of([duty])
    assert (duty.what, entry.what) == (what, what)
    assert duty.sees_to is ("样例乙" not in doers)


def test_every_row_that_is_neither_completed_nor_cancelled_gets_it_approved_or_not():
    assert month_ahead(planned(), "2026-05-29")
    assert month_ahead(planned(measure=None), "2026-05-29")
    assert month_ahead(completed(), "2026-05-29") is None
    assert month_ahead(running(cancelled_on="2026-05-01"), "2026-05-29") is None
    assert month_ahead(completed(inspected_on="2026-03-05", inspection="不合格"), "2026-05-29")


def test_missed_days_are_made_up_once_and_marked_late():
    found = heard(running(), start="2026-06-03", until="2026-06-30", milestone="M1")
    assert found == [("2026-06-03", "样例甲", "M1", "0"), ("2026-06-03", "样例工", "M1", "0")]
    late = month_ahead(running(), "2026-06-03")
    assert late.late and late.counts and str(late.planned_on) == "2026-05-29"


def test_a_date_learned_later_is_short_notice_from_the_day_it_was_known():
    action = planned(registered_on="2025-03-20", due_on="2025-03-31")
    found = month_ahead(action, "2025-03-20")
    assert (str(found.planned_on), found.short_notice, found.counts, found.late) == ("2025-03-20", True, False, False)


@pytest.mark.parametrize(("due_on", "seen_on", "sent_on", "owed_by"), [
    ("2025-03-31", "2025-03-20", "2025-03-20", "2025-03-20"),  # that day's run came afterwards
    ("2025-03-31", "2025-03-20", "2025-03-21", "2025-03-21"),  # a refresh in the afternoon, the run of the next morning
    ("2025-03-31", "2025-03-21", "2025-03-24", "2025-03-24"),  # a weekend between
    ("2025-03-31", "2025-03-20", "2025-03-26", "2025-03-21"),  # the job was down
    ("2025-03-20", "2025-03-20", "2025-03-20", "2025-03-20"),
])  # fmt: skip
def test_short_notice_goes_with_the_first_run_after_it_was_written_and_is_late_after_that(
    due_on, seen_on, sent_on, owed_by
):
    """Once 补发，迟 1 天 wherever somebody had refreshed in the afternoon, and in time where nobody had."""
    journal = JournalView("W-1", first_seen={(GJ, date.fromisoformat(due_on)): date.fromisoformat(seen_on)})
    found = month_ahead(planned(registered_on="2025-03-20", due_on=due_on), sent_on, journal)
    assert (str(found.planned_on), found.late) == (owed_by, sent_on > owed_by)
    assert (found.short_notice, found.counts) == (True, False)


def test_approval_and_the_journals_first_sight_decide_when_it_was_known():
    late_approval = approved(approved_on="2026-06-10")
    assert str(month_ahead(late_approval, "2026-06-12").planned_on) == "2026-06-11"
    journal = JournalView("W-1", first_seen={(GJ, date(2026, 6, 30)): date(2026, 2, 1)})
    assert str(month_ahead(late_approval, "2026-06-12", journal).planned_on) == "2026-05-29"
    seen_later = JournalView("W-1", first_seen={(GJ, date(2026, 6, 30)): date(2026, 6, 11)})
    assert not month_ahead(running(), "2026-06-12", seen_later).short_notice  # a job begun late is no excuse


def test_it_stays_due_until_the_due_date_and_is_then_missed():
    assert month_ahead(running(), "2026-06-30")
    assert month_ahead(running(), "2026-07-01") is None
    other = running(number="GJ-2026-009", due_on="2026-02-27")
    begun = as_if_sent(EMPTY, plan(other, on="2026-02-01").duties, date(2026, 2, 1))
    missed = plan(running(), on="2026-07-01", journal=begun).missed
    assert [(m.number, str(m.due_on)) for m in missed] == [(GJ, "2026-06-30")]
    assert plan(running(), on="2026-06-30", journal=begun).missed == ()
    assert plan(running(), on="2026-07-01").missed == ()


def test_a_new_due_date_starts_afresh_and_the_old_one_is_not_repeated():
    before = running(due_on="2026-03-31")
    journal = as_if_sent(EMPTY, plan(before, on="2026-02-28").duties, date(2026, 2, 28))
    assert duties(before, on="2026-03-10", journal=journal) == []
    moved = {**before, "due_on": date(2026, 5, 31)}
    found = heard(moved, start="2026-03-10", until="2026-05-05", journal=journal)
    assert found == [("2026-04-30", "样例甲", "M1", "0"), ("2026-04-30", "样例工", "M1", "0")]


def test_nothing_before_the_start_day_and_older_duties_go_out_once_outside_the_kpi():
    procedure = Procedure(reminders_from=date(2026, 6, 10))
    assert plan(running(), on="2026-06-09", procedure=procedure).duties == ()
    found = heard(running(), start="2026-06-08", until="2026-06-20", procedure=procedure)
    assert found == [("2026-06-10", "样例甲", "M1", "welcome"), ("2026-06-10", "样例工", "M1", "welcome")]
    welcome = month_ahead(running(), "2026-06-10", procedure=procedure)
    assert not welcome.counts and welcome.late
    assert plan(running(), on="2026-07-01", procedure=procedure).missed == ()


def test_a_deadline_that_the_welcome_letter_told_of_is_not_told_again_once_the_row_is_approved():
    """The lead of an approval of today counts from today: that is no older duty any more, and the same deadline."""
    start = date(2026, 6, 10)
    procedure, row = Procedure(reminders_from=start), planned(due_on=date(2026, 6, 30))
    told = plan(row, on="2026-06-10", procedure=procedure).duties
    assert {one.key.occurrence for one in told if one.key.milestone == "M1"} == {"welcome"}
    journal = as_if_sent(EMPTY, told, start)
    for on in ("2026-06-10", "2026-06-11"):
        assert (
            month_ahead(approved(due_on=date(2026, 6, 30), approved_on=start), on, journal, procedure=procedure) is None
        )


def test_what_falls_on_the_start_day_itself_is_no_older_duty():
    found = month_ahead(running(), "2026-05-29", procedure=Procedure(reminders_from=date(2026, 5, 29)))
    assert (found.key.occurrence, found.counts) == ("0", True)


def test_after_the_welcome_letter_later_occurrences_come_as_usual():
    procedure = Procedure(reminders_from=date(2026, 8, 12))
    found = heard(running(), start="2026-08-12", until="2026-09-30", procedure=procedure, milestone="O3")
    assert [(on, occurrence) for on, name, _, occurrence in found if name == "样例工"] == [
        ("2026-08-12", "welcome"), ("2026-09-01", "2026-09"),
    ]  # fmt: skip


def test_the_record_tells_what_became_of_each_duty():
    def record(action, on, journal=EMPTY):
        return [(str(m.planned_on), str(m.done_on), m.counts) for m in month_ahead_record(view(action, on=on), journal)]

    assert record(running(), "2026-05-28") == []
    assert record(running(), "2026-05-29") == [("2026-05-29", "None", True)]
    journal = as_if_sent(EMPTY, plan(running(), on="2026-06-02").duties, date(2026, 6, 2))
    assert record(running(), "2026-08-01", journal) == [("2026-05-29", "2026-06-02", True)]
    assert record(completed(), "2026-08-01") == []
    assert record(completed(completed_on="2026-06-15"), "2026-08-01", journal) == [("2026-05-29", "2026-06-02", True)]


def test_mail_and_outbox_are_told_apart_and_other_milestones_prove_nothing():
    duties_of_day = plan(running(), on="2026-06-02").duties
    filed = as_if_sent(EMPTY, duties_of_day, date(2026, 6, 2))
    both = as_if_sent(filed, duties_of_day, date(2026, 6, 4), SENT)
    week = [d for d in plan(running(), on="2026-06-23").duties if d.key.milestone == "M2-7"]
    week_only = as_if_sent(EMPTY, week, date(2026, 6, 23), SENT)

    def days(journal):
        (record,) = month_ahead_record(view(running(), on="2026-07-01"), journal)
        return str(record.filed_on), str(record.sent_on)

    assert days(filed) == ("2026-06-02", "None")
    assert days(both) == ("2026-06-02", "2026-06-04")
    assert days(week_only) == ("None", "None")


def test_the_owner_hears_a_week_before_and_for_major_ones_the_day_before():
    assert duties(running(), on="2026-06-23", milestone="M2-7") == [("样例工", "M2-7", "0")]
    assert duties(running(), on="2026-06-22", milestone="M2-7") == []
    found = heard(running(severity="重大"), start="2026-06-01", until="2026-06-30")
    assert [(on, m) for on, name, m, _ in found if name == "样例工" and m != "M1"] == [
        ("2026-06-23", "M2-7"), ("2026-06-29", "M2-1"),
    ]  # fmt: skip


def test_an_unsent_week_reminder_gives_way_to_the_next_and_to_the_due_date():
    ahead = [d for d in duties(running(severity="重大"), on="2026-06-29") if d[1].startswith("M2")]
    assert ahead == [("样例工", "M2-1", "0")]
    assert [m for _, m, _ in duties(running(), on="2026-07-01") if m.startswith("M2")] == []


def test_the_days_ahead_are_settings_and_a_date_known_too_late_skips_them():
    procedure = Procedure(early_days_general=(7, 0))
    assert duties(running(), on="2026-06-30", procedure=procedure, milestone="M2-0") == [("样例工", "M2-0", "0")]
    fresh = planned(registered_on="2026-06-26")
    assert [m for _, m, _ in duties(fresh, on="2026-06-26")] == ["M1", "M1"]


def test_the_lead_of_the_first_reminder_is_a_setting():
    procedure = Procedure(first_reminder=Lead(days=15))  # 2026-06-30 less 15 days: Monday 2026-06-15
    assert month_ahead(running(), "2026-06-14", procedure=procedure) is None
    found = month_ahead(running(), "2026-06-15", procedure=procedure)
    assert (str(found.planned_on), found.late, found.counts) == ("2026-06-15", False, True)
    assert month_ahead(running(), "2026-06-16", procedure=procedure).late
    known = planned(registered_on="2026-06-15")
    assert not month_ahead(known, "2026-06-15", procedure=procedure).short_notice
    assert month_ahead(planned(registered_on="2026-06-16"), "2026-06-16", procedure=procedure).short_notice


def test_the_managers_of_all_responsible_departments_are_reminded():
    columns = (*ALL, "other_departments")
    action = running(responsible_department="服务台", other_departments=("网络部",))
    assert duties(action, on="2026-05-29", columns=columns) == [
        ("样例甲", "M1", "0"), ("样例乙", "M1", "0"), ("样例工", "M1", "0"),
    ]  # fmt: skip


def test_figure_rule_and_requirement_leave_an_unmet_duty_alone_until_its_day_is_over():
    """Due 2026-06-30, planned 2026-05-29; another letter shows that reminding is in use."""
    older = posting("M1", "2026-01-30", due="2026-02-27", number="GJ-09")
    met = posting("M1", "2026-05-29")

    def said(on, *letters):
        now, known = view(running(), on=on), JournalView(postings=(older, *letters))
        figures = [(one.number, one.sent_on is not None) for one in month_ahead_figures(now, known)]
        checked = check(now, known)
        line = next(one for one in conformity_of(RuleInputs(now, known), checked) if one.id == "R58")
        return figures, sum(p.rule == "LG01" for p in checked.problems), (line.hit, line.of)

    nothing, missed, kept = ([], 0, (0, 0)), ([(NUMBER, False)], 1, (1, 1)), ([(NUMBER, True)], 0, (0, 1))
    assert [said(f"2026-05-{day}") for day in (28, 29, 30)] == [nothing, nothing, missed]
    assert [said(f"2026-05-{day}", met) for day in (29, 30)] == [kept, kept]


def owed(action, reopened_on, kind="重开"):
    entry = {"number": GJ, "kind": kind, "on": day(reopened_on), "approver": "样例质", "reason": "弄错了"}
    seen = view(action, on="2026-07-10", corrections=[entry], people=PEOPLE)
    return [str(duty.planned_on) for duty in month_ahead_record(seen, EMPTY)]


@pytest.mark.parametrize(
    ("cancelled_on", "reopened_on", "expected"),
    [
        ("2026-05-01", "2026-05-28", ["2026-05-29"]),
        ("2026-05-01", "2026-05-29", ["2026-05-29"]),
        ("2026-05-01", "2026-05-30", []),
        ("2026-05-29", "2026-06-10", []),
        ("2026-05-30", "2026-06-10", ["2026-05-29"]),
    ],
)
def test_a_row_that_was_cancelled_on_its_planned_day_and_opened_again_later_owed_nothing(
    cancelled_on, reopened_on, expected
):
    assert owed(running(cancelled_on=day(cancelled_on)), reopened_on) == expected


@pytest.mark.parametrize(("completed_on", "expected"), [("2026-05-29", []), ("2026-05-30", ["2026-05-29"])])
def test_a_row_that_was_completed_on_its_planned_day_and_opened_again_later_owed_nothing(completed_on, expected):
    assert owed(completed(completed_on=day(completed_on)), "2026-06-10") == expected


def test_one_sent_back_before_its_planned_day_owed_the_reminder_all_the_same():
    sent_back = completed(
        completed_on=day("2026-05-10"), inspected_on=day("2026-05-20"), inspection="不合格", inspector="样例质"
    )
    assert owed(sent_back, "2026-06-10") == ["2026-05-29"]
