"""Two years of daily runs over the sample workbook, with days the job misses; all of it values, nothing is sent."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import SENT, JournalView
from capa_xl.model.letter import Duty
from capa_xl.model.milestones import M1
from capa_xl.model.register import Register
from capa_xl.policy.reminders.caps import by_recipient
from capa_xl.policy.reminders.month_ahead import MonthAhead, month_ahead_record
from capa_xl.policy.reminders.rehearse import as_if_sent
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.sample.content import sample_content

SAMPLE_DAY = date(2026, 11, 22)
START, END = date(2025, 6, 2), date(2027, 6, 1)


@dataclass
class Simulation:
    """What happened.

    Attributes:
        letters: (day, person) → the duties of that letter, in time order.
        records: (编号, due date) → the month-ahead duty as it stood last.
        repeated: Duties that a second run of the same day would have sent.
        missed_days: Days on which the job didn't run.
        completed: 编号 → the day the action was completed.
        registered: 编号 → the day the action was registered.
    """

    letters: dict[tuple[date, str], tuple[Duty, ...]] = field(default_factory=dict)
    records: dict[tuple[str, date], MonthAhead] = field(default_factory=dict)
    repeated: list[Duty] = field(default_factory=list)
    missed_days: set[date] = field(default_factory=set)
    completed: dict[str | None, date | None] = field(default_factory=dict)
    registered: dict[str | None, date | None] = field(default_factory=dict)

    @property
    def duties(self) -> list[tuple[date, Duty]]:
        """Everything that was sent, in time order."""
        return [(day, duty) for (day, _), group in self.letters.items() for duty in group]

    def letters_by_month(self) -> dict[str, Counter[str]]:
        """Person → month → letters."""
        table: dict[str, Counter[str]] = {}
        for day, person in self.letters:
            table.setdefault(person, Counter())[f"{day:%Y-%m}"] += 1
        return table


def sample_register() -> Register:
    """The sample workbook, written and read."""
    return read_register(build_workbook(sample_content(SAMPLE_DAY), as_of=SAMPLE_DAY))


def days_off(seed: int, start: date = START, end: date = END) -> set[date]:
    """One day in six missed at random, and two outages of nine days."""
    dice = random.Random(seed)
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    missed = {day for day in days if dice.random() < 1 / 6}
    for _ in range(2):
        first = dice.randrange(len(days) - 9)
        missed.update(days[first : first + 9])
    return missed


def simulate(register: Register, missed_days: set[date], start: date = START, end: date = END) -> Simulation:
    """Run every day from start to end that isn't missed; each run is done twice."""
    actions = register.tracker.records
    found = Simulation(
        missed_days=missed_days,
        completed={action.number: action.completed_on for action in actions},
        registered={action.number: action.registered_on for action in actions},
    )
    journal = JournalView("SAMPLE")
    for n in range((end - start).days + 1):
        day = start + timedelta(days=n)
        if day not in missed_days:
            journal = _run(register, journal, day, found)
    return found


def _run(register: Register, journal: JournalView, day: date, found: Simulation) -> JournalView:
    # the sample was filled until SAMPLE_DAY: what it registers after the day isn't there yet, and no slip of the pen
    view = view_register(register, AsOf(day, max(day, SAMPLE_DAY)))
    seen = {(a.number, a.due_on): day for a in view.actions if a.number and a.due_on}
    journal = replace(journal, first_seen={**seen, **journal.first_seen})
    plan = plan_reminders(view, journal)
    found.letters.update({(day, name): group for name, group in by_recipient(plan.duties).items()})
    journal = as_if_sent(journal, plan.duties, day, SENT)
    found.repeated += plan_reminders(view, journal).duties
    standing = {(a.number, a.due_on) for a in view.actions}  # no cell moves here: only these were ever in them
    record = {(m.number, m.due_on): m for m in month_ahead_record(view, journal) if m.planned_on >= START}
    found.records.update({key: duty for key, duty in record.items() if key in standing})
    return journal


def letters_besides_month_ahead(found: Simulation) -> Counter[tuple[str, str]]:
    """(person, ISO week) → letters without an M1."""
    counts: Counter[tuple[str, str]] = Counter()
    for (day, person), group in found.letters.items():
        if not any(duty.key.milestone == M1.code for duty in group):
            year, week, _ = day.isocalendar()
            counts[person, f"{year}-W{week:02d}"] += 1
    return counts
