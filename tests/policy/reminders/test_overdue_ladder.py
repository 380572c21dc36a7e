import pytest

from capa_xl.model.journal import UNKNOWN
from capa_xl.model.procedure import Procedure
from capa_xl.policy.reminders.rehearse import as_if_sent
from tests.policy.registers import completed, day, running
from tests.policy.reminders.plans import EMPTY, duties, heard, heard_journal, plan

LATE = {"due_on": "2026-11-12", "registered_on": "2026-09-03"}


def names(action, on, **others):
    return [name for name, *_ in duties(action, on=on, **others)]


def test_the_first_step_begins_on_the_first_working_day_late():
    assert duties(running(**LATE), on="2026-11-12", milestone="O1") == []
    assert duties(running(**LATE), on="2026-11-13") == [("样例工", "O1", "0"), ("样例甲", "O1", "0")]
    friday = running(due_on="2026-11-13")
    assert duties(friday, on="2026-11-15") == []
    assert duties(friday, on="2026-11-16") == [("样例工", "O1", "0"), ("样例甲", "O1", "0")]


def test_more_than_seven_days_bring_in_the_owning_head():
    action = running(owning_department="网络部", **LATE)
    assert duties(action, on="2026-11-19")[0][1:] == ("O1", "2026-W47")
    assert duties(action, on="2026-11-20") == [("样例工", "O2", "0"), ("样例甲", "O2", "0"), ("样例乙", "O2", "0")]


def test_more_than_thirty_days_bring_in_the_general_manager_and_quality():
    action = running(due_on="2026-10-08")
    assert duties(action, on="2026-11-08")[0][1] == "O2"  # day 31 is a Sunday
    assert names(action, "2026-11-09") == ["样例工", "样例甲", "样例总", "样例质"]


def test_the_ladder_of_a_reopened_action_begins_with_its_reopening():
    """Once: reopened three months after its 完成期限, the first letter of all went to 总经理."""
    action = completed(due_on="2026-08-12", completed_on="2026-08-10", registered_on="2026-06-03")
    again = {
        "number": action["number"],
        "kind": "重开",
        "on": day("2026-11-12"),
        "approver": "样例质",
        "reason": "又坏了",
    }
    steps = [
        {milestone for _, milestone, _ in duties(action, on=on, corrections=[again])}
        for on in ("2026-11-12", "2026-11-13", "2026-11-20", "2026-12-14")
    ]
    assert steps == [set(), {"O1"}, {"O2"}, {"O3"}]


def test_a_ladder_begun_anew_is_told_from_its_first_step_though_it_was_told_before():
    """Late until September, closed, reopened on Thursday 2026-11-12: the steps of the first ladder held the second."""
    before = heard_journal(
        running(due_on="2026-08-12", registered_on="2026-06-03"), start="2026-08-13", until="2026-09-18"
    )
    closed = completed(due_on="2026-08-12", completed_on="2026-09-18", registered_on="2026-06-03")
    again = {"number": closed["number"], "kind": "重开", "on": day("2026-11-12"), "approver": "样例质", "reason": "x"}
    found = heard(closed, start="2026-11-12", until="2027-01-10", journal=before, corrections=[again])
    assert [(on, step, which) for on, name, step, which in found if name == "样例工"] == [
        ("2026-11-13", "O1", "2026-11-12"), ("2026-11-16", "O1", "2026-W47"), ("2026-11-20", "O2", "2026-11-12"),
        ("2026-12-14", "O3", "2026-11-12"), ("2027-01-04", "O3", "2027-01"),
    ]  # fmt: skip


TUESDAY = {"due_on": "2026-11-10", "registered_on": "2026-09-03"}  # 7 days later 11-17, 30 days later 12-10


@pytest.mark.parametrize(
    ("on", "step"),
    [
        ("2026-11-09", None), ("2026-11-10", None), ("2026-11-11", "O1"),
        ("2026-11-16", "O1"), ("2026-11-17", "O1"), ("2026-11-18", "O2"), ("2026-11-19", "O2"),
        ("2026-12-09", "O2"), ("2026-12-10", "O2"), ("2026-12-11", "O3"), ("2026-12-14", "O3"),
    ],
)  # fmt: skip
def test_each_step_begins_the_day_after_its_days_are_full(on, step):
    ladder = {milestone for _, milestone, _ in duties(running(**TUESDAY), on=on) if milestone.startswith("O")}
    assert ladder == ({step} if step else set())


@pytest.mark.parametrize(
    ("on", "step"),
    [("2026-11-19", "O1"), ("2026-11-20", "O1"), ("2026-11-23", "O2"),
     ("2026-12-24", "O2"), ("2026-12-25", "O2"), ("2026-12-28", "O3")],
)  # fmt: skip
def test_the_days_of_the_ladder_are_a_setting(on, step):
    """Ten days are full on Friday 11-20, 45 on Friday 12-25; both steps move forward over the weekend."""
    procedure = Procedure(escalation_days=(10, 45))
    found = duties(running(**TUESDAY), on=on, procedure=procedure)
    assert {milestone for _, milestone, _ in found if milestone.startswith("O")} == {step}


def test_only_the_highest_step_reached_speaks():
    found = heard(running(**LATE), start="2026-11-13", until="2027-01-15")
    assert [(on, m, o) for on, name, m, o in found if name == "样例工"] == [
        ("2026-11-13", "O1", "0"), ("2026-11-16", "O1", "2026-W47"), ("2026-11-20", "O2", "0"),
        ("2026-12-14", "O3", "0"), ("2027-01-04", "O3", "2027-01"),
    ]  # fmt: skip


def test_a_missed_day_is_made_up_with_the_occurrence_in_force():
    assert duties(running(**LATE), on="2026-11-18") == [("样例工", "O1", "2026-W47"), ("样例甲", "O1", "2026-W47")]


def test_rework_is_still_overdue_and_a_completion_ends_it():
    failed = completed(due_on="2026-03-03", inspected_on="2026-03-05", inspection="不合格")
    assert duties(failed, on="2026-03-06", milestone="O1") != []
    assert duties(completed(due_on="2026-03-01"), on="2026-03-06", milestone="O1") == []


def extension(**values):
    return {"number": "GJ-2026-001", "asked_on": "2026-11-13", "old_due_on": "2026-11-12",
            "new_due_on": "2026-12-31", **values}  # fmt: skip


def test_a_pending_extension_silences_the_ladder_for_five_working_days_and_asks_its_approver():
    pending = [extension()]
    found = heard(running(**LATE), start="2026-11-13", until="2026-11-23", extensions=pending)
    assert found == [
        ("2026-11-18", "样例甲", "S1", "0"),
        ("2026-11-23", "样例工", "O2", "0"), ("2026-11-23", "样例甲", "O2", "0"),
        ("2026-11-23", "样例甲", "S1", "2026-W48"),
    ]  # fmt: skip


def test_a_decided_extension_silences_nothing():
    refused = [extension(approved_on="2026-11-14", approval="不同意", approver="样例甲")]
    assert duties(running(**LATE), on="2026-11-16", extensions=refused)[0][1] == "O1"


def test_a_new_due_date_starts_the_ladder_afresh():
    action = running(due_on="2026-11-18")
    assert duties(action, on="2026-11-19") == [("样例工", "O1", "0"), ("样例甲", "O1", "0")]


@pytest.mark.parametrize(("on", "hears"), [("2026-12-11", False), ("2026-12-12", False), ("2026-12-14", True)])
def test_the_general_manager_may_wait_a_working_day_for_quality(on, hears):
    """The third step falls on Friday 2026-12-11; the next working day is Monday."""
    procedure = Procedure(confirms_escalation=True)
    names_of_day = names(running(**TUESDAY), on, procedure=procedure)
    assert ("样例总" in names_of_day, "样例质" in names_of_day) == (hears, True)
    assert "样例总" in names(running(**TUESDAY), "2026-12-11")


def test_rows_that_are_not_late_or_silenced_do_not_hide_the_late_ones_below_them():
    rows = [
        running(number="GJ-2026-001", due_on=None),
        running(number="GJ-2026-002", due_on="2026-12-31"),
        running(number="GJ-2026-003", due_on="2026-11-12"),
        running(number="GJ-2026-004", **LATE),
    ]
    asked = [extension(number="GJ-2026-003", asked_on="2026-11-12")]
    found = plan(*rows, on="2026-11-13", extensions=asked).duties
    late = [duty for duty in found if duty.key.milestone == "O1"]
    assert {duty.key.number for duty in late} == {"GJ-2026-004"}
    assert {(str(duty.due_on), duty.key.due_version, str(duty.planned_on)) for duty in late} == {
        ("2026-11-12", "2026-11-12", "2026-11-13")
    }
    assert late[0].what.startswith("完成措施")


def test_the_newest_undecided_request_silences_the_ladder():
    """The older one's five working days are over on 10 December, the newer one's are not."""
    older, newer = extension(asked_on="2026-11-13"), extension(asked_on="2026-12-07")
    for rows in ([older, newer], [newer, older]):
        assert duties(running(**LATE), on="2026-12-10", milestone="O2", extensions=rows) == []
        assert duties(running(**LATE), on="2026-12-10", milestone="O1", extensions=rows) == []
    assert duties(running(**LATE), on="2026-12-10", milestone="O2", extensions=[older]) != []


def test_with_other_days_the_first_step_comes_four_times_and_no_more():
    """Late since Friday the 13th; then on three Mondays, and on 7 December nobody hears again."""
    procedure = Procedure(escalation_days=(60, 90))
    found = heard(running(**LATE), start="2026-11-13", until="2026-12-18", milestone="O1", procedure=procedure)
    assert [on for on, name, _, _ in found if name == "样例工"] == [
        "2026-11-13", "2026-11-16", "2026-11-23", "2026-11-30",
    ]  # fmt: skip


def test_what_a_missed_run_left_goes_on_a_day_of_rest_and_the_next_step_on_the_working_day_after_it():
    """Due on Friday 20 November: more than 7 days late on Saturday the 28th, which moves to Monday the 30th."""
    action = running(due_on="2026-11-20", registered_on="2026-09-03")
    steps = [{step for _, step, _ in duties(action, on=on)} for on in ("2026-11-22", "2026-11-28", "2026-11-30")]
    assert steps == [set(), {"O1"}, {"O2"}]


def test_where_the_ladder_climbs_to_who_is_late_the_head_of_quality_is_told():
    own = running(owners=("样例甲",), **LATE)
    assert ("样例质*", "O1", "2026-W47") not in duties(own, on="2026-11-16")
    assert duties(own, on="2026-11-20") == [("样例甲", "O2", "0"), ("样例质*", "O2", "0")]


STARTED = Procedure(reminders_from=day("2026-11-30"))  # the last Monday of November; 12-01 is the next month's list
LONG_LATE = {"due_on": "2026-09-01", "registered_on": "2026-06-03"}


@pytest.mark.parametrize(
    ("procedure", "step", "runs_from", "expected"),
    [
        (STARTED, "O3", "2026-11-29", [("2026-11-30", "welcome"), ("2027-01-04", "2027-01")]),
        (Procedure(), "O3", "2026-11-30", [("2026-11-30", "2026-11"), ("2027-01-04", "2027-01")]),
        (Procedure(), "O3", "2026-11-18", [("2026-11-18", "2026-11"), ("2027-01-04", "2027-01")]),
        (Procedure(), "O3", "2026-11-17", [("2026-11-17", "2026-11"), ("2026-12-01", "2026-12"),
                                           ("2027-01-04", "2027-01")]),
        (Procedure(escalation_days=(7, 150)), "O2", "2026-11-30",
         [("2026-11-30", "2026-11"), ("2027-01-11", "2027-01")]),
    ],
)  # fmt: skip
def test_a_monthly_repeat_counts_from_the_day_it_was_really_told(procedure, step, runs_from, expected):
    """What the 首次启用汇总 or a late run told on the last day of November came again with the list of December."""
    found = heard(running(**LONG_LATE), start=runs_from, until="2027-01-25", milestone=step, procedure=procedure)
    assert [(on, occurrence) for on, name, _, occurrence in found if name == "样例工"] == expected


def test_who_did_not_get_the_late_letter_gets_the_list():
    """Only 样例工's letter arrived on the last day of November; the others hear on the first of December."""
    late = running(**LONG_LATE)
    went = plan(late, on="2026-11-30", procedure=STARTED).duties
    of_one = as_if_sent(EMPTY, [duty for duty in went if duty.key.recipient == "样例工"], day("2026-11-30"))
    lost = as_if_sent(of_one, [duty for duty in went if duty.key.recipient != "样例工"], day("2026-11-30"), UNKNOWN)
    for journal in (of_one, lost):
        found = duties(late, on="2026-12-01", milestone="O3", procedure=STARTED, journal=journal)
        assert [name for name, *_ in found] == ["样例甲", "样例总", "样例质"]
