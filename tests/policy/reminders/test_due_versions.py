"""The month-ahead duty of every deadline that was ever in force (4.4.6), worked out by hand for six moved ones.

All six are registered on 2026-01-05 and approved on 2026-01-12, but for f: registered 05-06, approved 05-20. The job
runs every day but for 05-25 to 06-05 and 08-24 to 09-01; it sees a cell as it stands on that day. On 2026-10-31:

| row | deadline | in force                   | planned day                 | the job that day | fate          |
|-----|----------|----------------------------|-----------------------------|------------------|---------------|
| a   | 05-29    | until 04-10                | 04-29                       |                  | never arose   |
| a   | 08-31    | from 04-10                 | 07-31                       | runs             | met           |
| b   | 04-30    | until 04-20                | 03-30                       | runs             | met           |
| b   | 07-31    | from 04-20                 | 06-30                       | runs             | met           |
| c   | 06-30    | until 06-03 (record)       | 05-29 (05-30 is a Saturday) | down             | missed        |
| c   | 09-30    | from 06-03 (record)        | 08-28 (08-30 is a Sunday)   | down             | late, 09-02   |
| d   | 04-30    | until 03-20, no record     | 03-30                       |                  | never arose   |
| d   | 06-15    | from 03-20 to 05-20        | 05-15                       | runs             | met           |
| d   | 08-31    | from 05-20, no record      | 07-31                       | runs             | met           |
| e   | 04-30    | until 04-15                | 03-30                       | runs             | met           |
| e   | 06-30    | from 04-15 to 06-10        | 05-29                       | down             | late, 06-06   |
| e   | 07-10    | from 06-10 to 07-06        | 06-10, the very day         | runs             | met           |
| e   | 10-30    | from 07-06                 | 09-30                       | runs             | met           |
| f   | 06-30    | 05-06 until 06-04 (record) | 05-29                       | down             | missed        |
| f   | 06-22    | from 06-04 (record)        | 05-22 < 06-04: short notice | –                | doesn't count |
| f   | 07-31    | from 06-15 to 07-20        | 06-30                       | runs             | met           |
| f   | 09-30    | from 07-20                 | 08-28                       | down             | late, 09-02   |

按时提醒率: a 1/1, b 2/2, c 0/2, d 2/2, e 3/4, f 1/3, together 9/14; LG01 strikes the other five.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from msgspec.structs import replace

from capa_xl.analysis.kpi import kpis
from capa_xl.model.journal import SENT, DueChange, JournalView
from capa_xl.model.period import parse_period, period_before
from capa_xl.policy.check import check
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.reminders.due_versions import DueVersion, due_versions
from capa_xl.policy.reminders.month_ahead import month_ahead_record
from capa_xl.policy.reminders.month_ahead_kpi import month_ahead_figures
from capa_xl.policy.reminders.rehearse import as_if_sent
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from tests.policy.edges import around
from tests.policy.registers import approved, completed, planned, running, view

CELLS = {  # row → the deadline in the cell, from which day on
    "a": {"01-05": "05-29", "04-10": "08-31"},
    "b": {"01-05": "04-30", "04-20": "07-31"},
    "c": {"01-05": "06-30", "06-03": "09-30"},
    "d": {"01-05": "04-30", "03-20": "06-15", "05-20": "08-31"},
    "e": {"01-05": "04-30", "04-15": "06-30", "06-10": "07-10", "07-06": "10-30"},
    "f": {"05-06": "06-30", "06-04": "06-22", "06-15": "07-31", "07-20": "09-30"},
}
RECORDED = "abcef"
DOWN = (("05-25", "06-05"), ("08-24", "09-01"))
FATES = {
    ("a", "08-31"): "met", ("b", "04-30"): "met", ("b", "07-31"): "met", ("c", "06-30"): "missed",
    ("c", "09-30"): "late 09-02", ("d", "06-15"): "met", ("d", "08-31"): "met", ("e", "04-30"): "met",
    ("e", "06-30"): "late 06-06", ("e", "07-10"): "met", ("e", "10-30"): "met", ("f", "06-30"): "missed",
    ("f", "06-22"): "short notice", ("f", "07-31"): "met", ("f", "09-30"): "late 09-02",
}  # fmt: skip
MISSED = [("c", "2026-05-29"), ("c", "2026-08-28"), ("e", "2026-05-29"), ("f", "2026-05-29"), ("f", "2026-08-28")]
END = date(2026, 10, 31)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def row(number: str, on: date):
    moves = {day(since): day(due) for since, due in CELLS[number].items()}
    starts = {"registered_on": "2026-05-06", "approved_on": "2026-05-20"} if number == "f" else {}
    facts = {"number": number, "due_on": moves[max(since for since in moves if since <= on)], **starts}
    agreed = date.fromisoformat(starts.get("approved_on", "2026-01-12")) <= on
    return (approved if agreed else planned)(**facts)


def records(on: date):
    for number in RECORDED:
        moves = [(day(since), day(due)) for since, due in CELLS[number].items()]
        for (_, old), (since, new) in pairwise(moves):
            if since <= on:
                yield {"number": number, "asked_on": since, "old_due_on": old, "new_due_on": new,
                       "approver": "样例甲", "approved_on": since, "approval": "同意"}  # fmt: skip


def table_on(on: date):
    there = [number for number in CELLS if min(map(day, CELLS[number])) <= on]
    return view(*(row(number, on) for number in there), on=on, extensions=tuple(records(on)))


def observed(journal: JournalView, now) -> JournalView:
    """The journal after a run has seen the table: what `effects` keeps of it."""
    seen, changes = dict(journal.first_seen), dict(journal.due_changes)
    for action in now.actions:
        number, due_on = action.number, action.due_on
        if seen.setdefault((number, due_on), now.on) == now.on:
            last = changes[number][-1].after if number in changes else None
            changes[number] = (*changes.get(number, ()), DueChange(last, due_on, now.on, last_run(now.on)))
    return replace(journal, first_seen=seen, due_changes=changes)


def last_run(on: date) -> date:
    before = on - timedelta(days=1)
    return last_run(before) if any(day(first) <= before <= day(last) for first, last in DOWN) else before


def lived_through() -> JournalView:
    journal, on = JournalView("W-1"), date(2026, 1, 5)
    while on <= END:
        if not any(day(first) <= on <= day(last) for first, last in DOWN):
            now = table_on(on)
            journal = observed(journal, now)
            journal = as_if_sent(journal, plan_reminders(now, journal).duties, on, SENT)
        on += timedelta(days=1)
    return journal


def fate(duty) -> str:
    if not duty.counts:
        return "short notice"
    return "met" if duty.is_met else f"late {duty.sent_on:%m-%d}" if duty.sent_on else "missed"


def test_six_actions_keep_the_duty_of_every_deadline_and_figure_rule_and_ledger_agree():
    journal, now = lived_through(), table_on(END)
    record = month_ahead_record(now, journal)
    assert {(duty.number, f"{duty.due_on:%m-%d}"): fate(duty) for duty in record} == FATES

    year = parse_period("2026")
    given = kpi_input_of(now, (), month_ahead_figures(now, journal))
    kpi = next(one for one in kpis(given, given, year, period_before(year), {}) if one.key == "reminded")
    assert (kpi.numerator, kpi.denominator) == (9, 14)

    struck = [p for p in check(now, journal).problems if p.rule == "LG01"]
    assert sorted((p.number, p.message.split("应在 ")[1][:10]) for p in struck) == MISSED

    ledger = {(p.key.number, p.key.due_version[5:]): p.sent_on for p in journal.postings
              if p.key.milestone == "M1" and p.counts and p.sent_on <= p.planned_on}  # fmt: skip
    assert sorted(ledger) == sorted(key for key, word in FATES.items() if word == "met")


def test_the_message_names_the_deadline_of_that_time_where_it_was_moved_since():
    messages = [
        p.message for p in check(table_on(END), lived_through()).problems if (p.rule, p.number) == ("LG01", "c")
    ]
    assert "应在 2026-05-29（当时期限 2026-06-30） 发出，没有发出" in messages[0]
    assert "应在 2026-08-28 发出，2026-09-02 才补发" in messages[1]


OLD, NEW = "2026-04-30", "2026-07-31"
MOVED = {"number": "GJ-2026-001", "old_due_on": OLD, "new_due_on": NEW,
         "approver": "样例甲", "approved_on": "2026-04-10", "approval": "同意"}  # fmt: skip


def versions(action, on="2026-06-01", journal=None, **others):
    now = view(action, on=on, **others)
    found = due_versions(now, journal or JournalView(), now.actions[0])
    return [(str(one.due_on), str(one.known_on), str(one.ended_on)) for one in found]


def test_without_a_journal_the_records_approval_ends_a_deadline_and_begins_the_next():
    assert versions(running(due_on=NEW), extensions=(MOVED,)) == [
        (OLD, "2026-01-12", "2026-04-10"), (NEW, "2026-04-10", "None")
    ]  # fmt: skip


def test_an_earlier_deadline_that_nothing_dates_owes_nothing():
    standing = [(NEW, "2026-01-12", "None")]
    assert versions(running(due_on=NEW, original_due_on=OLD)) == standing
    assert versions(running(due_on=NEW), extensions=({**MOVED, "approved_on": None},)) == standing
    assert versions(running(due_on=NEW), extensions=({**MOVED, "approval": "不同意"},)) == standing


def test_an_approved_date_that_never_came_into_the_cell_owes_nothing():
    assert versions(running(due_on=OLD), extensions=(MOVED,)) == [(OLD, "2026-01-12", "None")]


UNSEEN = DueChange(date(2026, 6, 30), date(2026, 9, 30), seen_on=date(2026, 6, 8), last_seen_on=date(2026, 5, 22))


def moved(old, new, on):
    return {**MOVED, "old_due_on": f"2026-{old}", "new_due_on": f"2026-{new}", "approved_on": on}


def ends(change, *records):
    """Deadline → its last day but one, the first day it was in force no more; of the earlier ones."""
    journal = JournalView(due_changes={"GJ-2026-001": (change,)})
    found = versions(running(due_on="2026-09-30"), on="2026-10-01", journal=journal, extensions=records)
    assert found[-1][0] == "2026-09-30"
    return {due[5:]: ended[5:] for due, _, ended in found[:-1]}


def test_where_the_job_was_down_the_record_tells_when_the_deadline_ended():
    assert ends(UNSEEN, moved("06-30", "09-30", "2026-05-27")) == {"06-30": "05-27"}
    assert month_ahead_record(
        view(running(due_on="2026-09-30"), on="2026-06-10", extensions=(moved("06-30", "09-30", "2026-05-27"),)),
        JournalView(due_changes={"GJ-2026-001": (UNSEEN,)}),
    ) == ()  # fmt: skip  # its planned day 05-29 came after


def test_a_run_that_saw_the_cell_unchanged_after_the_approval_speaks_against_the_record():
    assert around("2026-05-22", lambda on: ends(UNSEEN, moved("06-30", "09-30", on))["06-30"]) == (
        "06-08", "06-08", "05-23"
    )  # fmt: skip
    assert around("2026-06-08", lambda on: ends(UNSEEN, moved("06-30", "09-30", on))["06-30"]) == (
        "06-07", "06-08", "06-08"
    )  # fmt: skip


def test_an_unseen_move_without_a_record_excuses_nothing():
    assert ends(UNSEEN) == {"06-30": "06-08"}
    assert ends(replace(UNSEEN, last_seen_on=None), moved("06-30", "09-30", "2026-05-27")) == {"06-30": "06-08"}
    assert ends(UNSEEN, {**moved("06-30", "09-30", "2026-05-27"), "approval": "不同意"}) == {"06-30": "06-08"}


def test_two_moves_that_no_run_saw_leave_the_deadline_between_them_its_duty():
    records = (moved("06-30", "07-01", "2026-05-26"), moved("07-01", "09-30", "2026-06-03"))
    assert ends(UNSEEN, *records) == {"06-30": "05-26", "07-01": "06-03"}
    now = view(running(due_on="2026-09-30"), on="2026-06-10", extensions=records)
    (duty,) = month_ahead_record(now, JournalView(due_changes={"GJ-2026-001": (UNSEEN,)}))
    assert (str(duty.due_on), str(duty.planned_on), duty.counts) == ("2026-07-01", "2026-06-01", True)


def test_a_first_deadline_seen_late_is_planned_by_its_approval_and_moved_from_nowhere():
    first = DueChange(None, date(2026, 4, 30), seen_on=date(2026, 4, 10), last_seen_on=date(2026, 1, 6))
    seen = {"due_changes": {"GJ-2026-001": (first,)}, "first_seen": {("GJ-2026-001", first.after): first.seen_on}}
    assert versions(running(due_on=OLD), journal=JournalView(**seen)) == [(OLD, "2026-01-12", "None")]
    assert versions(running(due_on=NEW), journal=JournalView(**seen), extensions=(MOVED,)) == [
        (OLD, "2026-01-12", "2026-04-10"), (NEW, "2026-04-10", "None")
    ]  # fmt: skip


def test_a_deadline_moved_away_and_back_has_two_spells():
    away = DueChange(date(2026, 6, 30), date(2026, 9, 30), date(2026, 5, 11))
    back = DueChange(date(2026, 9, 30), date(2026, 6, 30), date(2026, 6, 8))
    journal = JournalView(due_changes={"GJ-2026-001": (away, back)})
    assert versions(running(), on="2026-07-01", journal=journal) == [
        ("2026-09-30", "2026-05-11", "2026-06-08"),
        ("2026-06-30", "2026-01-12", "2026-05-11"), ("2026-06-30", "2026-06-08", "None"),
    ]  # fmt: skip
    (duty,) = month_ahead_record(view(running(), on="2026-07-01"), journal)
    assert (duty.short_notice, str(duty.planned_on)) == (True, "2026-06-08")


def test_a_past_day_sees_the_deadline_that_stood_then():
    moved = DueChange(date(2026, 4, 30), date(2026, 7, 31), date(2026, 4, 10))
    journal = JournalView(due_changes={"GJ-2026-001": (moved,)})
    assert versions(running(due_on=NEW), on="2026-04-09", journal=journal) == [(OLD, "2026-01-12", "None")]
    assert versions(running(due_on=NEW), on="2026-04-10", journal=journal)[0] == (OLD, "2026-01-12", "2026-04-10")


def test_a_first_sight_counts_only_within_the_limits_of_planning_and_approval():
    def known(seen_on, action):
        journal = JournalView(first_seen={("GJ-2026-001", date(2026, 6, 30)): date.fromisoformat(seen_on)})
        return versions(action, journal=journal)[0][1]

    assert known("2026-01-09", running()) == "2026-01-09"
    assert known("2026-01-26", planned()) == "2026-01-26"  # 15 working days from 01-05
    assert known("2026-01-27", planned()) == "2026-01-05"  # planned too late: no excuse
    assert known("2026-05-11", running()) == "2026-01-12"  # the job began late: no excuse
    assert known("2026-02-02", running(approved_on="2026-05-11")) == "2026-02-02"
    assert known("2026-05-11", planned(registered_on=None)) == "2026-05-11"


def test_a_deadline_that_no_run_has_seen_yet_is_first_seen_today():
    def known(numbers=frozenset({"GJ-2026-001"}), **seen):
        seen_now = view(planned(due_on="2026-01-31"), on="2026-01-14")
        (version,) = due_versions(seen_now, JournalView(numbers=numbers, **seen), seen_now.actions[0])
        return str(version.known_on)

    due = date(2026, 1, 31)
    assert known() == "2026-01-14"  # as the refresh of that day will have it
    assert known(first_due={"GJ-2026-001": date(2026, 2, 28)}) == "2026-01-14"
    assert known(first_due={"GJ-2026-001": due}) == "2026-01-05"  # it stood there before the first run
    assert known(first_seen={("GJ-2026-001", due): date(2026, 1, 9)}) == "2026-01-09"
    assert known(numbers=frozenset()) == "2026-01-05"  # no run has seen the table


def test_what_was_done_on_the_planned_day_and_sent_back_later_owed_no_reminder():
    done = completed(completed_on="2026-05-20", inspected_on="2026-06-03", inspection="不合格", inspector="样例甲")
    assert month_ahead_record(view(done, on="2026-06-10"), JournalView()) == ()
    before = {**done, "inspected_on": "2026-05-28"}
    assert len(month_ahead_record(view(before, on="2026-06-10"), JournalView())) == 1


def test_a_deadline_is_in_force_from_its_planning_to_its_last_day_or_the_day_before_the_next():
    version = DueVersion(date(2026, 6, 30), date(2026, 3, 2), date(2026, 5, 4))
    standing = replace(version, ended_on=None)
    assert around("2026-03-02", lambda on: version.is_in_force_on(date.fromisoformat(on))) == (False, True, True)
    assert around("2026-05-04", lambda on: version.is_in_force_on(date.fromisoformat(on))) == (True, False, False)
    assert around("2026-06-30", lambda on: standing.is_in_force_on(date.fromisoformat(on))) == (True, True, False)
    assert around("2026-05-04", lambda on: version.has_ended_by(date.fromisoformat(on))) == (False, True, True)
