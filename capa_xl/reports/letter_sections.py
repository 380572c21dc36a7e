"""The duties of one person, sorted into the sections of a letter: overdue, waiting for you, coming, for information."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.letter import Duty
from capa_xl.model.milestones import M1, Section, milestone_of
from capa_xl.model.weekly import WeeklyLine, WeeklyList
from capa_xl.reports.letter_view import LetterRow, LetterSection, day_words, joined, one_line

MOST_ROWS = 50


class Entry(Struct, frozen=True):
    """One line of a letter: the duties that say the same thing of the same item, the worst of them first."""

    heading: Section
    duties: tuple[Duty, ...]

    @property
    def duty(self) -> Duty:
        """The one that speaks."""
        return self.duties[0]


def entries_of(duties: Iterable[Duty]) -> tuple[Entry, ...]:
    """The lines of a letter in order: sections as people read them, the longest overdue or nearest first."""
    groups: dict[tuple[Section, str, str], list[Duty]] = {}
    for duty in duties:
        heading = section_of(duty)
        if heading is not Section.DIGEST:
            groups.setdefault((heading, duty.key.number, one_line(duty.what)), []).append(duty)
    acting = {number for heading, number, _ in groups if heading is not Section.INFORMED}
    entries = [
        Entry(heading, tuple(sorted(group, key=_weight)))
        for (heading, number, _), group in groups.items()
        if heading is not Section.INFORMED or number not in acting
    ]
    order = tuple(Section)
    return tuple(sorted(entries, key=lambda e: (order.index(e.heading), *_weight(e.duty))))


def section_of(duty: Duty) -> Section:
    """Where a duty stands in its letter: 知会 for who is told, else where its milestone stands."""
    milestone = milestone_of(duty.key.milestone)
    if milestone is None or milestone.section is Section.DIGEST:
        return Section.DIGEST
    return Section.INFORMED if duty.informed else milestone.section


def sections_of(entries: tuple[Entry, ...], lead: Lead = ONE_MONTH) -> tuple[LetterSection, ...]:
    """The sections that have something; the first fifty lines of the letter in full, of the others their numbers.

    Args:
        lead: How long before a due date its first reminder comes.
    """
    listed = set(entries[:MOST_ROWS])
    sections = []
    for heading in Section:
        own = [entry for entry in entries if entry.heading == heading]
        if own:
            rest = [entry for entry in own if entry not in listed]
            rows = tuple(_row(entry, lead) for entry in own if entry in listed)
            numbers = joined(dict.fromkeys(one_line(entry.duty.key.number) for entry in rest))
            sections.append(LetterSection(heading, _TONES[heading], len(own), rows, numbers, len(rest)))
    return tuple(sections)


def clean_lists(lists: Iterable[WeeklyList]) -> tuple[WeeklyList, ...]:
    """The weekly lists with every value in one line."""
    return tuple(WeeklyList(part.heading, part.count, tuple(_clean(line) for line in part.lines)) for part in lists)


_TONES = {
    Section.OVERDUE: "overdue",
    Section.WAITING: "soon",
    Section.COMING: "soon",
    Section.INFORMED: "calm",
    Section.DIGEST: "calm",
}


def _weight(duty: Duty) -> tuple[int, str, str]:
    return (-duty.days, duty.key.number, duty.key.milestone)


def _row(entry: Entry, lead: Lead) -> LetterRow:
    duty = entry.duty
    milestone = milestone_of(duty.key.milestone) or M1
    return LetterRow(
        number=one_line(duty.key.number),
        title=one_line(duty.title),
        what=one_line(duty.what),
        due=duty.due_on.isoformat() if duty.due_on else "—",
        days=day_words(duty.days, duty.due_on, milestone.late_word),
        place=one_line(f"{duty.sheet}!{duty.cell}") if duty.cell else "",
        department=one_line(duty.department),
        status=one_line(duty.status),
        marks=joined(_marks(entry, lead)),
        tone="overdue" if duty.days > 0 else _TONES[entry.heading],
        strip=one_line(duty.strip),
        due_name=milestone.limit_name,
    )


def _marks(entry: Entry, lead: Lead) -> Iterable[str]:
    month_ahead = [duty for duty in entry.duties if duty.key.milestone == M1.code]
    yield f"提前{lead.words}提醒" if month_ahead else ""
    yield "补发" if any(duty.late for duty in month_ahead) else ""
    yield f"不足{lead.words}" if any(duty.short_notice for duty in entry.duties) else ""
    yield f"代{one_line(entry.duty.deputy_for)}" if entry.duty.deputy_for else ""
    party = one_line(entry.duty.external_party)
    yield f"由外部单位{party}实施，责任人负责到底" if party else ""


def _clean(line: WeeklyLine) -> WeeklyLine:
    return WeeklyLine(*map(one_line, (line.number, line.place, line.words, line.department, line.title)))
