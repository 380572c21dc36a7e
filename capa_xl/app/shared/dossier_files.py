"""What lies in a dossier: its papers, earlier editions and scans, filed letters, history. Shared ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from capa_xl.app.shared.changes_on_record import changes_on_record
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.final_papers import FinalPapers, Printed, printed
from capa_xl.app.shared.paper_files import path_of
from capa_xl.app.shared.paper_printing import printer
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.app.shared.photos_since import telling_photos
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.outbox import is_filed_as, stem_of
from capa_xl.effects.paper_shelf import as_recorded
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.edition import Edition
from capa_xl.model.paper_kinds import REPLY, REPORT, REQUEST, REVISION, PaperKind
from capa_xl.policy.need_answers import answers_by_need
from capa_xl.policy.papers.reply_facts import reply_number
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.papers.request_facts import request_facts
from capa_xl.policy.papers.revision_facts import revision_facts
from capa_xl.reports.dossier_page import history_csv
from capa_xl.reports.file_names import file_name

if TYPE_CHECKING:
    from capa_xl.reports.word.engine import Engine

EARLIER = "以前各版"
DossierFile = tuple[str, bytes]
"""Path in the dossier, content."""


class DossierRun(Struct, frozen=True):
    """What every dossier of a run is made from."""

    record: FinalPapers
    engine: Engine

    @property
    def source(self) -> PaperSource:
        """The judged workbook."""
        return self.record.source


def dossier_papers(run: DossierRun, action: Action, *, draft: bool) -> list[tuple[str, Printed]]:
    """Name and paper; of a final the newest frozen edition, whatever the workbook says since.

    A report that is complete is a draft while errors are open on the row, as `report` refuses it, and of 已转后续.
    A cancelled action has no report that could ever be final; one that was frozen before stays.
    """
    given, number, workbook = run.source.inputs, action.number, run.source.judged.opened.path
    is_cancelled = given.view.derived[number].status == words.CANCELLED
    reported = not is_cancelled or run.record.record.editions_of(REPORT.key, number)
    wanted: list[tuple[PaperKind, Any]] = [(REPORT, report_facts(given, number, draft=draft))] if reported else []
    wanted += [(REQUEST, facts) for facts in (request_facts(given, number),) if facts]
    wanted += [(REVISION, facts) for facts in revision_facts(given, number)]
    found = []
    for at, (kind, facts) in enumerate(wanted, start=1):
        paper = printed(run.record, kind, number, facts, printer(run.engine, kind, workbook), renew=False)
        paper = telling_photos(paper, workbook)
        name = file_name(f"{at:02} {kind.title}", ".docx", draft=facts.head.is_draft)
        found.append((path_of(paper, name), paper))
    return found


def kept_files(run: DossierRun, action: Action, shown: Sequence[Edition]) -> tuple[list[DossierFile], list[str]]:
    """The editions of the report that its papers lack, those of its replies to customers, and the signed scans of all.

    And what is wrong with them.

    Args:
        shown: The editions among the papers.
    """
    files, faults = [], []
    for name, place, sha256 in _on_record(run.record, action.number, _replies(run.source, action), shown):
        blob = as_recorded(place, sha256)
        if blob is None:
            faults.append(f"{name} 不在了，或归档以后被改动过（{place}）")
        else:
            files.append((name, blob))
    return files, faults


def _replies(source: PaperSource, action: Action) -> tuple[str, ...]:
    """The numbers of 客户回复函 on the needs that it answers, written or not."""
    answered = (need for need, numbers in answers_by_need(source.judged.view).items() if action.number in numbers)
    return tuple(reply_number(source.inputs, need) for need in answered)


def _on_record(
    papers: FinalPapers, number: str, replies: Sequence[str], shown: Sequence[Edition]
) -> Iterator[tuple[str, Path, str]]:
    """Name in the dossier, place on the shelf, hash."""
    for edition in (one for one in papers.record.editions_of(REPORT.key, number) if one not in shown):
        yield f"{EARLIER}/{REPORT.title} {edition.name}.docx", papers.shelf.place_of_edition(edition), edition.sha256
    for reply in replies:
        for edition in papers.record.editions_of(REPLY.key, reply):
            name = f"{REPLY.title} {edition.paper_number} {edition.name}.docx"
            folder = "" if edition == papers.record.newest(REPLY.key, reply) else f"{EARLIER}/"
            yield f"{folder}{name}", papers.shelf.place_of_edition(edition), edition.sha256
    for scan in papers.record.scans:
        if scan.number == number or (scan.kind == REPLY.key and scan.number in replies):
            place = papers.shelf.place_of_scan(scan)
            yield f"签字件/{place.name}", place, scan.sha256


def filed_letters(desk: Desk, source: PaperSource, action: Action) -> Iterator[DossierFile]:
    """The letters that the outbox holds, by day and reader; of those a server took, the ledger alone knows."""
    known = source.journal.postings if source.journal else ()
    stems = {stem_of(p.message_id) for p in known if p.key.number == action.number and p.message_id}
    named: Counter[str] = Counter()
    for path in sorted(desk.outbox.rglob("*.eml")) if desk.outbox.is_dir() and stems else ():
        if is_filed_as(path, stems):
            name = f"{path.parent.name} {path.stem.rpartition(' ')[0]}".strip()
            named[name] += 1
            yield f"信件/{name}{f'-{named[name]}' if named[name] > 1 else ''}.eml", path.read_bytes()


def dossier_history(source: PaperSource, action: Action) -> bytes:
    """历史.csv: what runs saw change of the action up to T."""
    view = source.judged.view
    with journal_of(source.judged.opened, writing=False) as journal:
        lines = changes_on_record(journal, view, action.number)
    return history_csv(line for line in lines if line.seen_on <= view.on)
