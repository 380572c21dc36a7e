"""meeting: the page for the monthly meeting, and who is asked this week."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_source import engine_for, paper_path, paper_source, write_paper
from capa_xl.model.paper_facts import MeetingFacts
from capa_xl.model.paper_kinds import MEETING
from capa_xl.model.period import parse_period
from capa_xl.policy.papers.meeting_facts import meeting_facts


@dataclass(frozen=True, slots=True)
class MeetingMade:
    """What was made.

    Attributes:
        paper: The page; None where none was asked for.
    """

    workbook: Path
    facts: MeetingFacts
    paper: Path | None = None


def make_meeting(desk: Desk, period: str, output: Path | None = None) -> MeetingMade:
    """The page over a period at T, written where a place for it is given. Changes nothing in the workbook.

    Args:
        output: A folder, or the .docx itself.

    Raises:
        UsageError: `period` names none.
        UnreadableWorkbook: No workbook, or no tracker in it.
        BadTemplate: The template can't be used.
        UnsafeWrite: The page can't be written.
    """
    from capa_xl.reports.word.paper_catalogue import paper_blob

    span = parse_period(period)
    facts = meeting_facts(paper_source(desk).inputs, span)
    if output is None:
        return MeetingMade(desk.workbook, facts)
    path = paper_path(output, f"{MEETING.title} {span.name}", draft=False)
    write_paper(path, paper_blob(engine_for((MEETING,), desk.templates), MEETING, facts))
    return MeetingMade(desk.workbook, facts, path)
