"""The duties of one person, sorted into the sections of a letter: overdue, waiting for you, coming, for information."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from string import ascii_uppercase

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.headline import Headline
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.letter import Duty
from capa_xl.model.long_days import with_long_days
from capa_xl.model.milestones import M1, Milestone, Section, milestone_of
from capa_xl.model.todo import ACTION, BESIDE, LATE, STEP_LATE, WAITED_TOO_LONG, TodoItem, is_pressing
from capa_xl.model.weekly import WeeklyLine, WeeklyList
from capa_xl.reports.letter_view import LetterRow, LetterSection, day_words, joined, one_line

MOST_ROWS = 20
"""Cards of a letter: Gmail shows 102 KB of one, and nobody reads a fiftieth card."""
_DAY = len("2026-11-30")


class Entry(Struct, frozen=True):
    """One line of a letter: the duties that say the same thing of the same item, the worst of them first.

    Attributes:
        task: The recipient's own todo item that it prints; None where they are told, or asked to see to others' work.
    """

    heading: Section
    duties: tuple[Duty, ...]
    task: TodoItem | None = None

    @property
    def duty(self) -> Duty:
        """The one that speaks."""
        return self.duties[0]

    @property
    def steps(self) -> tuple[TodoItem, ...]:
        """The steps of the late action that it speaks of, told in its own line, late themselves or not."""
        return () if self.task else tuple(task for task in self.duty.tasks if task.whole)

    @property
    def late_steps(self) -> tuple[TodoItem, ...]:
        """Those of them that are past their own 计划完成."""
        return tuple(step for step in self.steps if step.late)

    @property
    def what(self) -> str:
        """What is to be done next."""
        if self.task is None:
            return with_long_days(self.duty.what)
        asked = (asked for cell, asked in self.duty.seen_to if cell == self.task.cell)
        return with_long_days(next(asked, self.task.next_step))

    @property
    def due_on(self) -> date | None:
        """The day it is to be done by."""
        return self.task.due_on if self.task else self.duty.due_on

    @property
    def minute(self) -> str:
        """The minute of that day, 09:30, where a complaint is owed something to the minute; "" for a whole day."""
        return self.duty.key.due_version[_DAY:].strip() if self._milestone.is_urgent else ""

    @property
    def is_pressing(self) -> bool:
        """Its time is up today, or was: a customer waits, whatever else is late by more days."""
        return is_pressing(self._milestone.is_urgent, self.days)

    @property
    def due_name(self) -> str:
        """What that day is called."""
        return self.task.due_name if self.task else self._milestone.limit_name

    @property
    def days(self) -> int:
        """Days past it; negative or zero while it lies ahead."""
        if self.task is None:
            return self.duty.days
        return self.task.days_overdue or -(self.task.days_left or 0)

    @property
    def of_deadline(self) -> Duty | None:
        """The reminder of a 完成期限 that lies ahead, where the day the line speaks of is another; None elsewhere."""
        if self.task is None or self.task.due_name == M1.limit_name:
            return None
        return next((duty for duty in self.duties if section_of(duty) is Section.COMING and duty.days <= 0), None)

    @property
    def day_words(self) -> str:
        """How far T is from it, as the todo says it once it is past; named beside how far it is from 完成期限."""
        if self.task is not None and self.task.late:
            return with_long_days(self.task.overdue)
        if self.task is None and self.duty.missed:
            return f"{self.duty.missed} {self.days} 天" if self.days > 0 else self.duty.missed
        lateness = self.duty.lateness if self.task is None and self.days > 0 else ""
        words = with_long_days(lateness) or day_words(self.days, self.due_on, self._milestone.late_word, self.minute)
        words = joined((words, _longest(self.late_steps)), "，")
        return f"{self.due_name}{words}" if words and self.of_deadline else words

    @property
    def place(self) -> str:
        """延期记录!G3、改进计划跟踪表!AX7、AY7、措施分解!G3: the cells to fill, as the todo names them."""
        if self.task is None:
            cells = "、".join(dict.fromkeys(cell for step in self.steps for cell in step.cells)) or self.duty.cell
            return one_line(f"{self.duty.sheet}!{cells}") if cells else ""
        if not self.task.cell:
            return ""
        page = f"{self.task.sheet}!"
        row = f"{self.task.sheet}第 {self.task.cell.lstrip(ascii_uppercase)} 行"  # so that nobody fills its 编号
        return one_line(self.task.place(page, row if self.task.kind == ACTION else f"{page}{self.task.cell}"))

    @property
    def is_waited_too_long(self) -> bool:
        """It waits past a limit that isn't 完成期限."""
        if self.task is not None:
            return self.task.late == WAITED_TOO_LONG
        return self.heading is Section.WAITING and (self.days > 0 or bool(self.duty.missed))

    @property
    def is_apart(self) -> bool:
        """It waits for somebody, the reader or who acts: counted by itself, whatever else of its 编号 does."""
        is_told = self.heading is Section.INFORMED and self._milestone.section is Section.WAITING
        return is_told or self.heading is Section.WAITING

    @property
    def _milestone(self) -> Milestone:
        return milestone_of(self.duty.key.milestone) or M1


def entries_of(duties: Iterable[Duty]) -> tuple[Entry, ...]:
    """The lines of a letter in order: sections as people read them, what presses and then the longest overdue first."""
    groups: dict[tuple[Section, str, str], tuple[TodoItem | None, list[Duty]]] = {}
    for duty in duties:
        if section_of(duty) is not Section.DIGEST:
            for task in _told_alone(duty) or (None,):
                what = (task.next_step + task.cell) if task else duty.what
                key = _heading(duty, task), duty.key.number, one_line(what)
                groups.setdefault(key, (task, []))[1].append(duty)
    acting = {number for heading, number, _ in groups if heading is not Section.INFORMED}
    entries = [
        Entry(heading, tuple(sorted(group, key=_weight)), task)
        for (heading, number, _), (task, group) in groups.items()
        if heading is not Section.INFORMED or number not in acting
    ]
    order = tuple(Section)
    return tuple(
        sorted(entries, key=lambda e: (order.index(e.heading), not e.is_pressing, -e.days, *_weight(e.duty)[1:]))
    )


def _told_alone(duty: Duty) -> tuple[TodoItem, ...]:
    """Its items with a line of their own each: the steps of a late action that the reader answers for stand in one."""
    return () if any(task.whole for task in duty.tasks) else duty.tasks


def _heading(duty: Duty, task: TodoItem | None) -> Section:
    """Where a line stands: an item of the recipient's own where its own day puts it, as their todo counts it."""
    if task is None:
        return section_of(duty)
    if task.late in _OWN_SECTIONS:
        return _OWN_SECTIONS[task.late]
    milestone = milestone_of(duty.key.milestone)
    is_waiting = task.late == WAITED_TOO_LONG or (milestone is not None and milestone.is_step)
    return Section.WAITING if is_waiting else Section.COMING


def section_of(duty: Duty) -> Section:
    """Where a duty stands in its letter: 知会 for who is told, else where its milestone stands."""
    milestone = milestone_of(duty.key.milestone)
    if milestone is None or milestone.section is Section.DIGEST:
        return Section.DIGEST
    return Section.INFORMED if duty.informed else milestone.section


def sections_of(entries: tuple[Entry, ...], lead: Lead = ONE_MONTH) -> tuple[LetterSection, ...]:
    """The sections that have something; the first lines of the letter in full, of the others their numbers.

    Args:
        lead: How long before a due date its first reminder comes.
    """
    listed = set(entries[:MOST_ROWS])
    sections = []
    for heading in Section:
        own = [entry for entry in entries if entry.heading == heading]
        above = [entry for entry in entries if entry.late_steps] if heading is Section.LATE_STEPS else []
        if own or above:
            rest = subjects_of(entry for entry in own if entry not in listed)
            rows = tuple(_row(entry, lead) for entry in own if entry in listed)
            late = sum(entry.is_waited_too_long for entry in own)
            count = _count(entries, heading)
            steps = _late_steps(entries) if heading is Section.LATE_STEPS else 0
            numbers = late, len(own), _for_others([*own, *above]), steps, _late_beside(own), subjects_of(above)
            sections.append(LetterSection(heading, _TONES[heading], count, rows, joined(rest), len(rest), *numbers))
    return tuple(sections)


def _late_beside(entries: Iterable[Entry]) -> str:
    """What waits too long and is no stage of an action, as the todo counts it."""
    kinds = [entry.task.kind for entry in entries if entry.task is not None and entry.is_waited_too_long]
    return "、".join(f"{kind} {kinds.count(kind)}" for kind in BESIDE if kind in kinds)


def headline_of(entries: Iterable[Entry]) -> Headline:
    """Its numbers are those of the letter's own headings."""
    every = tuple(entries)
    return Headline(
        overdue=_count(every, Section.OVERDUE),
        waited_too_long=sum(entry.is_waited_too_long for entry in every),
        waiting=_count(every, Section.WAITING),
        coming=_count(every, Section.COMING),
        informed=_count(every, Section.INFORMED),
        late_steps=_count(every, Section.LATE_STEPS),
        steps=_late_steps(every),
    )


def _count(entries: Iterable[Entry], heading: Section) -> int:
    """Each 编号 once, but of what waits each question, approval and document, as the todo has it.

    For who is told of it too: one count of one thing, whoever reads it.
    """
    is_steps = heading is Section.LATE_STEPS
    own = [entry for entry in entries if entry.heading is heading or (is_steps and entry.late_steps)]
    apart = sum(entry.is_apart for entry in own)
    return apart + len(subjects_of(entry for entry in own if not entry.is_apart))


def _late_steps(entries: Iterable[Entry]) -> int:
    """How many steps are late: those with a line of their own, and those in the line of their late action."""
    return sum(len(entry.late_steps) or entry.heading is Section.LATE_STEPS for entry in entries)


def _longest(steps: Sequence[TodoItem]) -> str:
    """步骤逾期最长 38 天, as the weekly digest says it; "" without a late one."""
    days = max((step.days_overdue for step in steps), default=0)
    return f"{STEP_LATE}{'最长' if len(steps) > 1 else ''} {days} 天" if steps else ""


def _for_others(entries: Iterable[Entry]) -> int:
    """Late work that is nobody's of the reader: they are asked to see to it."""
    climbed = (entry for entry in entries if entry.duty.sees_to and entry.heading in _OWN_SECTIONS.values())
    return len(subjects_of(climbed))


def subjects_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What the lines speak of, once each: an action whose step is late as well is one thing that is late."""
    return tuple(dict.fromkeys(one_line(entry.duty.key.number) for entry in entries))


def clean_lists(lists: Iterable[WeeklyList]) -> tuple[WeeklyList, ...]:
    """The weekly lists with every value in one line, and the days of their sentences in words."""
    return tuple(replace(part, lines=tuple(_clean(line) for line in part.lines)) for part in lists)


_OWN_SECTIONS = {LATE: Section.OVERDUE, STEP_LATE: Section.LATE_STEPS}
_TONES = {
    Section.OVERDUE: "overdue",
    Section.LATE_STEPS: "overdue",
    Section.WAITING: "soon",
    Section.COMING: "soon",
    Section.INFORMED: "calm",
    Section.DIGEST: "calm",
}


def _weight(duty: Duty) -> tuple[int, str, str]:
    return (-duty.days, duty.key.number, duty.key.milestone)


def _row(entry: Entry, lead: Lead) -> LetterRow:
    duty = entry.duty
    return LetterRow(
        number=one_line(duty.key.number),
        title=one_line(duty.title),
        what=one_line(entry.what),
        due=joined((entry.due_on.isoformat(), entry.minute), " ") if entry.due_on else "—",
        days=entry.day_words,
        place=entry.place,
        department=one_line(duty.department),
        status=one_line(duty.status),
        marks=joined(_marks(entry, lead)),
        tone="overdue" if entry.days > 0 else _TONES[entry.heading],
        strip=one_line(duty.strip),
        due_name=entry.due_name,
    )


def _marks(entry: Entry, lead: Lead) -> Iterable[str]:
    yield _deadline_mark(entry, lead)
    yield _planned_mark(entry)
    stood_in_for = entry.task.deputy_for if entry.task else entry.duty.deputy_for
    yield f"代{one_line(stood_in_for)}" if stood_in_for else ""
    party = one_line(entry.duty.external_party)
    yield f"由外部单位{party}实施，责任人负责到底" if party else ""


def _deadline_mark(entry: Entry, lead: Lead) -> str:
    """What its first reminder is, and 完成期限 itself where the line speaks of another day."""
    if (duty := entry.of_deadline) and duty.due_on:
        deadline = with_long_days(f"{M1.limit_name} {duty.due_on}")
        return joined((deadline, day_words(duty.days, duty.due_on, ""), _lead_mark(entry, lead)), "，")
    return _lead_mark(entry, lead) if entry.heading is Section.COMING else ""


def _planned_mark(entry: Entry) -> str:
    """步骤计划完成 2027-01-22 至 2027-02-20: of the steps that a line of their late action tells."""
    days = sorted(step.due_on for step in entry.steps if step.due_on)
    return with_long_days(f"步骤计划完成 {' 至 '.join(map(str, dict.fromkeys((days[0], days[-1]))))}") if days else ""


def _lead_mark(entry: Entry, lead: Lead) -> str:
    """提前一个月提醒, or why it is none; "" where it was never a month ahead."""
    month_ahead = next((duty for duty in entry.duties if duty.key.milestone == M1.code), None)
    if month_ahead is None:
        return ""
    if month_ahead.short_notice:
        return f"补发（{lead.too_short}）" if month_ahead.late else lead.too_short
    return f"补发（应提前{lead.words}提醒）" if month_ahead.late else f"提前{lead.words}提醒"


def _clean(line: WeeklyLine) -> WeeklyLine:
    return replace(
        line,
        number=one_line(line.number),
        place=one_line(line.place),
        words=one_line(with_long_days(line.words)),
        department=one_line(line.department),
        title=one_line(line.title),
    )
