"""signed: a signed scan is filed to its paper, and goes on record with its day and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.final_papers import FinalPapers, final_papers, unrecorded
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.shared.scan_identity import Candidates, identified
from capa_xl.app.shared.scans_looked_at import ScanLookedAt, gaps_of, looked_at
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal_papers import record_scan
from capa_xl.effects.paper_shelf import as_recorded
from capa_xl.effects.scanned_pdf import read_scan, shows_no_picture, texts_of_pages
from capa_xl.errors import UsageError
from capa_xl.model.edition import Edition, SignedScan, changed_number, edition_name
from capa_xl.model.filed_scan import NOTHING_SAID, FiledScan, PaperStanding, RefusedScan, Said, SignedRun
from capa_xl.model.paper_kinds import REPORT, kind_by_key
from capa_xl.policy.corrections import taken_back_late
from capa_xl.policy.papers.scanned_pages import pages_unmarked, pages_wrong
from capa_xl.policy.papers.scanned_paper import SignablePaper, forms, named_forms, pages_unread
from capa_xl.policy.past_years import view_holding


def file_scans(desk: Desk, scans: Sequence[Path], said: Said = NOTHING_SAID) -> SignedRun:
    """File each scan to its paper; without any, tell how every frozen paper stands.

    One that is refused keeps no other from being filed. A rehearsal files none.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        UsageError: One paper was named for several scans, or the day of signing lies in the future.
        UnsafeWrite: The shelf can't be written.
        WorkbookLocked: Another program holds the journal.
    """
    if len(scans) > 1 and (said.paper or said.edition):
        raise UsageError("一次给了几个扫描件，--paper 和 --edition 只能说明其中一个 → 请一个一个归档")
    if said.signed_on and said.signed_on > desk.as_of.on:
        raise UsageError(f"签字日期 {said.signed_on} 还没有到（按 {desk.as_of.on} 计算） → 请核对日期")
    source = paper_source(desk)
    if not scans:
        return _standing(desk, final_papers(source))
    papers = [*_frozen(final_papers(source)), *forms(source.inputs)]
    filed: list[FiledScan] = []
    refused: list[RefusedScan] = []
    for path in scans:
        try:
            now = final_papers(source)
            filed.append(_file(now, Candidates(papers, now.record, now.shelf, said), path))
        except UsageError as trouble:
            refused.append(RefusedScan(path, str(trouble)))
    return SignedRun(desk.workbook, desk.as_of.on, tuple(filed), tuple(refused))


def _file(now: FinalPapers, given: Candidates, path: Path) -> FiledScan:
    blob = read_scan(path)
    sha256 = hashlib.sha256(blob).hexdigest()
    known = next((one for one in given.record.scans if one.sha256 == sha256), None)
    if known is not None:
        _refuse_other_words(given, path, known)
        return _filed_before(now, path, known, blob)
    pages = texts_of_pages(path, blob)
    more = named_forms(now.source.inputs, (given.said.paper, *pages))
    given = replace(given, papers=(*given.papers, *more))
    paper, at = identified(given, path, pages)
    opened = now.source.judged.opened
    number, today = paper.paper_number, opened.desk.as_of.today
    scan = SignedScan(paper.kind, paper.number, at, number, sha256, len(pages), given.said.signed_on, today)
    _refuse_second(given, path, scan)
    place = given.shelf.place_of_scan(scan)
    if now.freezes:
        with journal_of(opened, writing=True) as journal:
            given.shelf.put(place, blob)
            record_scan(journal.conn, journal.workbook_id, scan)
    return FiledScan(
        path,
        scan,
        place,
        unread=pages_unread(pages),
        unmarked=pages_unmarked(pages),
        gap=pages_wrong(pages),
        shows_no_picture=shows_no_picture(blob),
        is_rehearsal=not now.freezes,
    )


def _filed_before(now: FinalPapers, path: Path, known: SignedScan, blob: bytes) -> FiledScan:
    """One that is on record: where its copy is gone or was changed, this one takes its place."""
    place = now.shelf.place_of_scan(known)
    if as_recorded(place, known.sha256) is not None:
        return FiledScan(path, known, place, was_filed=True)
    kept = now.shelf.put_back(place, blob) if now.freezes else None
    return FiledScan(path, known, place, was_filed=True, was_damaged=True, kept=kept, is_rehearsal=not now.freezes)


def _refuse_other_words(given: Candidates, path: Path, known: SignedScan) -> None:
    if given.said.paper and given.said.paper not in (known.number, known.paper_number, known.paper):
        filed = f"已于 {known.filed_on} 作为 {known.name} 的签字件归档"
        raise UsageError(f"「{path}」{filed}，不能再归到「{given.said.paper}」 → 请核对扫描件")
    if given.said.edition not in (None, known.at):
        other = f"是{edition_name(known.at)}的签字件，不是{edition_name(given.said.edition)}"
        raise UsageError(f"「{path}」已于 {known.filed_on} 归档，{other} → 请核对版次和扫描件")
    if given.said.signed_on not in (None, known.signed_on):
        on = given.said.signed_on
        undated = f"那时没有写签字日期，这次写的 {on} 没有登记"
        days = f"登记的签字日期是 {known.signed_on}，不是 {on}" if known.signed_on else undated
        way = "登记的不改，日期要更正或补上的，另扫描一份，写对的 --on 并加 --another 归档，两份都留着"
        raise UsageError(f"「{path}」已于 {known.filed_on} 归档，{days} → 请核对日期和扫描件；{way}")


def _refuse_second(given: Candidates, path: Path, scan: SignedScan) -> None:
    earlier = [one for one in given.record.scans_numbered(scan.kind, scan.paper_number) if one.at == scan.at]
    if earlier and not given.said.is_another:
        raise UsageError(
            f"「{path}」：{scan.name} 已有签字件（{earlier[-1].filed_on} 归档，校验码 {earlier[-1].mark}），"
            "内容与这一个不同 → 请核对；确是另一份签字件（例如分别签字）的，加 --another"
        )


def _frozen(record: FinalPapers) -> list[SignablePaper]:
    found = (SignablePaper(one.kind, one.number, one.paper_number) for one in record.record.editions)
    return list(dict.fromkeys(found))


def _standing(desk: Desk, record: FinalPapers) -> SignedRun:
    """Every frozen edition with its scans, compared with what is on record."""
    shelf, looked = record.shelf, {one.sha256: looked_at(record, one) for one in record.record.scans}
    found = []
    for edition in record.record.editions:
        whole = as_recorded(shelf.place_of_edition(edition), edition.sha256) is not None
        scans = tuple(one for one in record.record.scans_of(edition.kind, edition.number) if one.at == edition.at)
        lying = [looked[one.sha256] for one in scans]
        now, undone = _number_now(record, edition), _taken_back(record, edition)
        found.append(PaperStanding(edition, whole, scans, _damaged(lying), _pictureless(lying), now, undone))
    forms_signed = tuple(one for one in record.record.scans if not kind_by_key(one.kind).is_frozen)
    lying = [looked[one.sha256] for one in forms_signed]
    return SignedRun(
        desk.workbook,
        desk.as_of.on,
        standing=tuple(found),
        forms=forms_signed,
        damaged_forms=_damaged(lying),
        pictureless_forms=_pictureless(lying),
        gaps=gaps_of(looked.values()),
        unrecorded=unrecorded(record),
    )


def _number_now(record: FinalPapers, edition: Edition) -> str:
    """报告编号 of the row where the newest edition of its report prints another; "" where the cell is blank, too."""
    view = record.source.judged.view
    if edition.kind != REPORT.key or edition != record.record.newest(edition.kind, edition.number):
        return ""
    try:
        number = view_holding(view, edition.number).by_number[edition.number].report_number
    except KeyError:
        return ""
    return changed_number(edition.paper_number, number)


def _taken_back(record: FinalPapers, edition: Edition) -> str:
    """What undid the conclusion that the newest edition of a report prints, since it was made final."""
    view = record.source.judged.view
    action = view.by_number.get(edition.number)
    if action is None or edition.kind != REPORT.key or edition != record.record.newest(edition.kind, edition.number):
        return ""
    return taken_back_late(view.inputs, action, "确认", edition.frozen_on)


def _damaged(looked: Iterable[ScanLookedAt]) -> tuple[SignedScan, ...]:
    return tuple(one.scan for one in looked if not one.is_whole)


def _pictureless(looked: Iterable[ScanLookedAt]) -> tuple[SignedScan, ...]:
    """Those whose copies are whole and look unsigned, so that nobody takes the file that was printed for a scan."""
    return tuple(one.scan for one in looked if one.shows_no_picture)
