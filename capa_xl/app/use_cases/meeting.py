"""meeting: the page for the monthly meeting, who is asked this week, and the slip that brings its words back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.carried_over import refuse_archived_year
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_source import PaperSource, engine_for, paper_path, paper_source, write_paper
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.app.shared.slip_handing import SlipMade, hand_out, refuse_foreign
from capa_xl.app.shared.slip_making import with_token
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.errors import UsageError
from capa_xl.model.absent_sheets import coming_back
from capa_xl.model.paper_facts import MeetingFacts
from capa_xl.model.paper_kinds import MEETING
from capa_xl.model.period import Period, parse_period
from capa_xl.model.slip import MINUTES, Slip
from capa_xl.policy.meeting_minutes import Meeting, minutes_questions
from capa_xl.policy.papers.meeting_facts import meeting_facts


class MeetingWanted(Struct, frozen=True):
    """What is wanted of a meeting.

    Attributes:
        paper: Place of the page: a folder, or the .docx itself; None for none.
        minutes: Place of the slip for the meeting's words, an .xlsx; None for none.
        held_on: Day of the meeting; None: T.
        recorder: 记录人; "": 质量部负责人 of that day.
    """

    paper: Path | None = None
    minutes: Path | None = None
    held_on: date | None = None
    recorder: str = ""


class MeetingMade(Struct, frozen=True):
    """What was made.

    Attributes:
        paper: The page; None where none was asked for.
        minutes: The slip whose answers become rows of 进展反馈; None where none was asked for.
    """

    workbook: Path
    facts: MeetingFacts
    paper: Path | None = None
    minutes: SlipMade | None = None


_WITHOUT_WORDS = MeetingWanted()


def make_meeting(desk: Desk, period: str, wanted: MeetingWanted = _WITHOUT_WORDS) -> MeetingMade:
    """The page over a period at T, and the slip for its words. Changes nothing in the workbook.

    Raises:
        UsageError: `period` names none, the workbook is an archived year, another file lies where the slip is to go,
            nobody of the recorder's name is known, or 进展反馈 isn't there for the words.
        UnreadableWorkbook: No workbook, or no tracker in it.
        BadTemplate: The template can't be used.
        UnsafeWrite: A file can't be written.
    """
    span = parse_period(period)
    if wanted.minutes:
        refuse_foreign(wanted.minutes)
    source = paper_source(desk)
    refuse_archived_year(source)
    facts = meeting_facts(source.inputs, span)
    slip = _minutes(source, facts, wanted) if wanted.minutes else None
    page = _page(desk, facts, wanted.paper, span) if wanted.paper else None
    if slip is None or wanted.minutes is None:
        return MeetingMade(desk.workbook, facts, _put(page))
    written: list[Path] = []
    with journal_of(source.judged.opened, writing=True) as journal, saying_what_stands(written):
        named = with_token(replace(slip, workbook_id=journal.workbook_id))
        paper = _put(page)
        written += [paper] if paper else []
        return MeetingMade(desk.workbook, facts, paper, hand_out(named, journal, desk, wanted.minutes))


def _page(desk: Desk, facts: MeetingFacts, place: Path, span: Period) -> tuple[Path, bytes]:
    """Where the page goes, and the page: nothing is written yet."""
    from capa_xl.reports.word.paper_catalogue import paper_blob

    path = paper_path(place, f"{MEETING.title} {span.name}", draft=False)
    return path, paper_blob(engine_for((MEETING,), desk.templates), MEETING, facts)


def _put(page: tuple[Path, bytes] | None) -> Path | None:
    if page is None:
        return None
    write_paper(*page)
    return page[0]


def _minutes(source: PaperSource, facts: MeetingFacts, wanted: MeetingWanted) -> Slip:
    view = source.judged.view
    if view.register.progress is None:
        how = coming_back(view.register, "进展反馈", source.judged.checked.lost_sheets)
        raise UsageError(f"会议意见没有地方记 → {how}，再生成会议记录表")
    on = wanted.held_on or view.on
    if wanted.recorder and not view.roster.exists(wanted.recorder):
        raise UsageError(f"《人员部门》里没有「{wanted.recorder}」 → 请核对记录人的姓名")
    meeting = Meeting(on, wanted.recorder or view.roster.quality_head(on) or "")
    questions = minutes_questions(view, facts, meeting)
    return Slip("", view.procedure.company, f"改进例会 {facts.period}", view.on, "", questions, form=MINUTES)
