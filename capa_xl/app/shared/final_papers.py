"""Final papers: printed once, frozen as 第 n 版, never made anew in place; packs and dossiers take the frozen one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.frozen_head import comparable, head_cells, head_since, is_reworded, kept_cells
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.files import holds
from capa_xl.effects.journal_papers import paper_record, record_editions
from capa_xl.effects.paper_shelf import PaperShelf, as_recorded
from capa_xl.errors import UnsafeWrite
from capa_xl.model import words
from capa_xl.model.edition import Edition, PaperRecord, edition_name, mark_of_cells
from capa_xl.model.paper_facts import NO_NUMBER
from capa_xl.model.paper_kinds import PLAN, REPORT, PaperKind
from capa_xl.model.problem import Problem
from capa_xl.model.told_changes import told_changes
from capa_xl.policy.papers.paper_inputs import row_cells
from capa_xl.policy.past_years import view_holding


class FinalPapers(Struct, frozen=True):
    """What is on record of the final papers of a workbook at T.

    Attributes:
        record: Editions and scans of T or before.
        recorded: All of them, of whatever day.
        shelf: Where they lie.
        freezes: False for a rehearsal: what it prints is on nobody's record.
    """

    source: PaperSource
    record: PaperRecord
    recorded: PaperRecord
    shelf: PaperShelf
    freezes: bool


class Printed(Struct, frozen=True):
    """One paper as bytes.

    Attributes:
        edition: The edition it is; None for a draft and for a form.
        is_new: It was made now, and isn't on record yet.
        note: What changed against the edition before, or what the workbook says since; "" for nothing.
        head_note: Where that is the head alone, which makes no new edition: what changed, and what to do.
        photos: Which photos of 证据/编号 a report that stood on record lacks, and what to do; "" for none.
        is_rehearsal: It says 预演, and its name is to say so.
        remarks: What whoever has it in a pack should know: why it is a draft, and what its pages leave to the reader.
    """

    blob: bytes
    edition: Edition | None = None
    is_new: bool = False
    note: str = ""
    head_note: str = ""
    photos: str = ""
    is_rehearsal: bool = False
    remarks: tuple[str, ...] = ()


def final_papers(source: PaperSource) -> FinalPapers:
    """What is on record, read without a trace."""
    opened = source.judged.opened
    desk = opened.desk
    with journal_of(opened, writing=False) as journal:
        record, workbook_id = paper_record(journal.conn, journal.workbook_id), journal.workbook_id
    on = desk.as_of.on
    known = PaperRecord(
        tuple(one for one in record.editions if one.frozen_on <= on),
        tuple(one for one in record.scans if one.filed_on <= on),
    )
    return FinalPapers(source, known, record, PaperShelf.of(desk.state, workbook_id), not desk.is_rehearsal)


def printed(
    papers: FinalPapers, kind: PaperKind, number: str, facts: Any, make: Callable[[Any], bytes], *, renew: bool = True
) -> Printed:
    """A paper: the frozen edition where it still says what the workbook says, else a new one.

    Args:
        number: 编号, 登记编号 or 计划编号 of what it is about.
        facts: Its facts, which have a `head`.
        make: Facts → bytes.
        renew: False: the newest frozen edition counts whatever the workbook says since (pack, dossier).

    Raises:
        UnsafeWrite: The copy of a frozen edition is gone or was changed, and nobody asked for the next one.
    """
    if facts.head.is_draft or not kind.is_frozen:
        shown = rehearsed(papers.source, kind, facts)
        return Printed(make(shown), is_rehearsal=shown.head.is_rehearsal)
    content = _content(papers.source, kind, number, facts)
    last = papers.record.newest(kind.key, content.about)
    if last is None:
        return _made(papers, content, make)
    blob = as_recorded(papers.shelf.place_of_edition(last), last.sha256)
    now = comparable(last, content.cells)
    is_other = content.mark != last.content_hash or is_reworded(last, now)
    since = _told(kind, kept_cells(last), now) if is_other else ""
    if blob is not None and (not since or not renew):
        return Printed(blob, last, note=_since(last, since), head_note="" if since else head_since(last, now))
    if blob is None and not renew:
        raise UnsafeWrite(_lost(papers, last))
    return _made(papers, content, make, last, since)


def rehearsed(source: PaperSource, kind: PaperKind, facts: Any) -> Any:
    """The facts, marked as a rehearsal where the paper may be signed, and T isn't today: no record would know of it.

    A draft too: the table of another day is no draft of what the paper will say.
    """
    may_be_signed = kind.is_frozen or kind.is_judged or kind.goes_round
    if not may_be_signed or not source.judged.opened.desk.is_rehearsal:
        return facts
    return replace(facts, head=replace(facts.head, is_rehearsal=True))


def held_up(papers: FinalPapers, kind: PaperKind, number: str, about: str) -> tuple[Problem, ...]:
    """The open errors that keep a paper from being made final; () where a frozen edition is on record.

    Args:
        number: What the errors are of.
        about: What its editions are filed under.
    """
    if papers.record.newest(kind.key, about) is not None:
        return ()
    return papers.source.inputs.errors_of(number)


def newest_report(papers: FinalPapers, number: str) -> Edition | None:
    """The last edition of an action's report at T; None while it has none."""
    return papers.record.newest(REPORT.key, number)


def is_left_to_follow_up(status: str, kept: Edition | None) -> bool:
    """Of 已转后续 the follow-up makes the report: none is frozen unless somebody asks for the row's own (`report`).

    Args:
        kept: Its `newest_report`.
    """
    return status == words.SUPERSEDED and kept is None


def unrecorded(papers: FinalPapers) -> tuple[Path, ...]:
    """Files on the shelf that the journal knows nothing of: it was lost, or replaced by an older one."""
    shelf, record = papers.shelf, papers.recorded
    known = {*map(shelf.place_of_edition, record.editions), *map(shelf.place_of_scan, record.scans)}
    return tuple(path for path in shelf.files() if path not in known)


def keep(papers: FinalPapers, made: Iterable[Printed]) -> tuple[Edition, ...]:
    """Freeze what was made now: the files go on the shelf, then all of them on record.

    Returns:
        The editions frozen; () for a rehearsal.

    Raises:
        UnsafeWrite: One can't be written; none is on record then.
        WorkbookLocked: Another program holds the journal.
    """
    new = [(one.edition, one.blob) for one in made if one.is_new and one.edition is not None]
    if not new or not papers.freezes:
        return ()
    opened = papers.source.judged.opened
    with journal_of(opened, writing=True) as journal:
        for edition, blob in new:
            papers.shelf.put(papers.shelf.place_of_edition(edition), blob)
        editions = tuple(edition for edition, _ in new)
        record_editions(journal.conn, journal.workbook_id, editions, opened.desk.as_of.today)
    return editions


class _Content(Struct, frozen=True):
    """What a final says: of what, its facts, and hash and cells of what they say of the workbook."""

    kind: PaperKind
    about: str
    facts: Any
    mark: str
    cells: Mapping[str, str]


def _content(source: PaperSource, kind: PaperKind, number: str, facts: Any) -> _Content:
    """Of a report its rows (as AR06 compares them), of the others every word they print."""
    from capa_xl.reports.word.substance import substance

    head = head_cells(kind, facts.head)
    if kind is REPORT:
        view = view_holding(source.judged.view, number)
        return _Content(kind, number, facts, facts.content_hash, head | row_cells(view, view.by_number[number]))
    cells = substance(kind, facts)
    own = facts.head.number  # tells two versions of a plan apart
    return _Content(kind, number if own == NO_NUMBER else own, facts, mark_of_cells(cells), head | cells)


def _made(
    papers: FinalPapers, content: _Content, make: Callable[[Any], bytes], last: Edition | None = None, since: str = ""
) -> Printed:
    """The next edition: its number is one that no file on the shelf has, unless it is this very file."""
    at, note = (last.at + 1, _against(last, since)) if last else (1, "")
    first = _numbered(papers, content, make, at, note)
    later = [one for one in _unknown_editions(papers, content) if one >= at]
    if not later or (first.edition and holds(papers.shelf.place_of_edition(first.edition), first.blob)):
        return first
    notes = (*([note] if note else []), _beside_unknown(later))
    return _numbered(papers, content, make, later[-1] + 1, "；".join(notes))


def _unknown_editions(papers: FinalPapers, content: _Content) -> list[int]:
    known = {one.at for one in papers.recorded.editions_of(content.kind.key, content.about)}
    return [at for at in papers.shelf.editions(content.kind.key, content.about) if at not in known]


def _beside_unknown(editions: list[int]) -> str:
    return f"存档里已有第 {'、'.join(map(str, editions))} 版，台账里没有登记（台账丢失或换过），没有与它比较"


def _numbered(papers: FinalPapers, content: _Content, make: Callable[[Any], bytes], at: int, note: str) -> Printed:
    facts = rehearsed(papers.source, content.kind, content.facts)
    blob = make(replace(facts, head=replace(facts.head, edition=at, edition_note=note)))
    sha256, today = hashlib.sha256(blob).hexdigest(), papers.source.judged.opened.desk.as_of.today
    kind, number = content.kind.key, facts.head.number
    edition = Edition(kind, content.about, at, number, today, content.mark, sha256, content.cells)
    return Printed(blob, edition, is_new=True, note=note, is_rehearsal=facts.head.is_rehearsal)


def _against(last: Edition, since: str) -> str:
    if since:
        return f"与{last.name}（{last.frozen_on} 定稿）相比：{since}"
    return f"{last.name}的副本缺失或被改动，重新定稿"


def _told(kind: PaperKind, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What differs, as people name it; the cells of a report are named so by their sheets."""
    from capa_xl.reports.word.substance import as_told
    from capa_xl.reports.word.told_of_a_plan import plan_changes

    if kind is PLAN:
        return plan_changes(before, after)
    return told_changes(*(cells if kind is REPORT else as_told(kind, cells) for cells in (before, after)))


def _since(last: Edition, since: str) -> str:
    return f"{last.name}（{last.frozen_on} 定稿）以后跟踪表有改动：{since}" if since else ""


def _lost(papers: FinalPapers, last: Edition) -> str:
    place = papers.shelf.place_of_edition(last)
    return (
        f"{last.paper}{last.name}的副本不在了，或被改动过：「{place}」"
        f"（登记的校验码 {last.mark}） → 请把当时的原件放回这个位置；"
        f"找不到原件的，运行 {last.command}，出{edition_name(last.at + 1)}，写明原因"
    )
