"""signed: a signed scan is filed to its paper, and goes on record with its day and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.final_papers import FinalPapers, final_papers, unrecorded
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal_papers import record_scan
from capa_xl.effects.paper_shelf import as_recorded
from capa_xl.effects.scanned_pdf import read_scan, texts_of_pages
from capa_xl.errors import UsageError
from capa_xl.model.edition import Edition, SignedScan, edition_name
from capa_xl.model.filed_scan import FiledScan, PaperStanding, RefusedScan, SignedRun
from capa_xl.model.paper_kinds import kind_by_key
from capa_xl.policy.papers.scanned_pages import pages_unmarked, pages_wrong
from capa_xl.policy.papers.scanned_paper import (
    SignablePaper,
    edition_on,
    forms,
    pages_by_edition,
    pages_unread,
    pages_without,
    papers_on,
    stands_on,
)

_NAMED = 5
"""So many papers a refusal offers."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says of a scan.

    Attributes:
        paper: Number of the paper, or 编号 of what it is about; "" leaves it to the text layer.
        edition: Which edition was signed; None leaves it to the text layer.
        signed_on: Day of the last signature.
        is_checked: Every page was looked at: a text layer that says otherwise was misread.
        is_another: It is a further scan of an edition that has one.
    """

    paper: str = ""
    edition: int | None = None
    signed_on: date | None = None
    is_checked: bool = False
    is_another: bool = False


def file_scans(desk: Desk, scans: Sequence[Path], said: Said = Said()) -> SignedRun:
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
        raise UsageError(f"签字日期 {said.signed_on} 还没有到（今天 {desk.as_of.on}） → 请核对日期")
    source = paper_source(desk)
    if not scans:
        return _standing(desk, final_papers(source))
    papers = [*_frozen(final_papers(source)), *forms(source.inputs)]
    filed: list[FiledScan] = []
    refused: list[RefusedScan] = []
    for path in scans:
        try:
            filed.append(_file(_Filing(desk, final_papers(source), papers, said), path))
        except UsageError as trouble:
            refused.append(RefusedScan(path, str(trouble)))
    return SignedRun(desk.workbook, desk.as_of.on, tuple(filed), tuple(refused))


@dataclass(frozen=True, slots=True)
class _Filing:
    """What a scan is filed with: what is on record now, what may be signed, and what the person says."""

    desk: Desk
    record: FinalPapers
    papers: list[SignablePaper]
    said: Said


def _file(this: _Filing, path: Path) -> FiledScan:
    blob = read_scan(path)
    sha256 = hashlib.sha256(blob).hexdigest()
    known = next((one for one in this.record.record.scans if one.sha256 == sha256), None)
    if known is not None:
        return _filed_before(this, path, known)
    pages = texts_of_pages(path, blob)
    paper = _paper(this, path, pages)
    _refuse_foreign_pages(this, path, paper, pages)
    at = _edition(this, path, paper, pages)
    _refuse_wrong_pages(this, path, pages)
    number, today = paper.paper_number, this.desk.as_of.today
    scan = SignedScan(paper.kind, paper.number, at, number, sha256, len(pages), this.said.signed_on, today)
    _refuse_second(this, path, scan)
    place = this.record.shelf.place_of_scan(scan)
    if not this.desk.is_rehearsal:
        with journal_of(this.record.source.judged.opened, writing=True) as journal:
            this.record.shelf.put(place, blob)
            record_scan(journal.conn, journal.workbook_id, scan)
    unread, unmarked = pages_unread(pages), pages_unmarked(pages)
    return FiledScan(path, scan, place, unread, unmarked, is_rehearsal=this.desk.is_rehearsal)


def _filed_before(this: _Filing, path: Path, known: SignedScan) -> FiledScan:
    if this.said.paper and this.said.paper not in (known.number, known.paper_number, known.paper):
        filed = f"已于 {known.filed_on} 作为 {known.name} 的签字件归档"
        raise UsageError(f"{path} {filed}，不能再归到「{this.said.paper}」 → 请核对扫描件")
    if this.said.edition not in (None, known.at):
        other = f"是{edition_name(known.at)}的签字件，不是{edition_name(this.said.edition)}"
        raise UsageError(f"{path} 已于 {known.filed_on} 归档，{other} → 请核对版次和扫描件")
    if this.said.signed_on and known.signed_on and this.said.signed_on != known.signed_on:
        days = f"登记的签字日期是 {known.signed_on}，不是 {this.said.signed_on}"
        raise UsageError(f"{path} 已于 {known.filed_on} 归档，{days} → 请核对日期和扫描件")
    return FiledScan(path, known, this.record.shelf.place_of_scan(known), was_filed=True)


def _paper(this: _Filing, path: Path, pages: Sequence[str]) -> SignablePaper:
    """The paper that the person names, else the only one whose number stands on every page."""
    said = this.said.paper
    named = [one for one in this.papers if said in (one.name, one.paper_number, one.name_by_action)]
    about = [one for one in this.papers if said == one.number]
    found = (named or about) if said else papers_on(this.papers, pages)
    if said and len(found) > 1:
        found = papers_on(found, pages) or found
    if len(found) == 1:
        return found[0]
    raise UsageError(f"{path} {_unclear(this, said, found, pages)}")


def _unclear(this: _Filing, said: str, found: list[SignablePaper], pages: Sequence[str]) -> str:
    if found:
        return f"可能是 {_offered(found)} → 请用 --paper 写明是哪一份，例如 --paper '{_told_apart(found)[0]}'"
    if said:
        return f"：没有编号为「{said}」的定稿或表单 → 请核对编号；报告先定稿（capa-xl report）再签字"
    on_some = [one for one in this.papers if any(stands_on(one.paper_number, text) for text in pages)]
    if on_some:
        return f"的各页编号不一致：只有一部分页上有 {_offered(on_some)} → 请只扫描这一份文件，或用 --paper 写明"
    why = "没有文字层" if not any(text.strip() for text in pages) else "的文字里没有已定稿文件的编号"
    frozen = [one for one in this.papers if kind_by_key(one.kind).is_frozen]
    offered = f"（例如 --paper {frozen[-1].paper_number}）" if frozen else "；报告要先定稿（capa-xl report）再签字"
    return f"{why}，看不出是哪一份 → 请用 --paper 写明文件编号{offered}"


def _refuse_foreign_pages(this: _Filing, path: Path, paper: SignablePaper, pages: Sequence[str]) -> None:
    foreign = pages_without(paper.paper_number, pages)
    if foreign and not this.said.is_checked:
        raise UsageError(
            f"{path} 第 {'、'.join(map(str, foreign))} 页上没有编号 {paper.paper_number}，不像这份文件的页 → "
            "请核对；确认各页无误（文字层识别有误）的，加 --checked"
        )


def _refuse_wrong_pages(this: _Filing, path: Path, pages: Sequence[str]) -> None:
    wrong = pages_wrong(pages)
    if wrong and not this.said.is_checked:
        raise UsageError(f"{path} {wrong} → 请按页序扫描齐全再归档；确认各页无误（文字层识别有误）的，加 --checked")


def _edition(this: _Filing, path: Path, paper: SignablePaper, pages: Sequence[str]) -> int:
    """Which edition was signed; of a form the next scan."""
    said, printed = this.said.edition, edition_on(paper.paper_number, pages)
    if not kind_by_key(paper.kind).is_frozen:
        earlier = this.record.record.scans_numbered(paper.kind, paper.paper_number)
        return said or 1 + max((one.at for one in earlier), default=0)
    _refuse_mixed(this, path, pages_by_edition(paper.paper_number, pages))
    editions = this.record.record.editions_of(paper.kind, paper.number)
    if said is None and printed is None and len(editions) > 1:
        raise UsageError(
            f"{path}：{paper.paper_number} 有 {len(editions)} 版，扫描件没有文字层，看不出签的是哪一版 → "
            f"请加 --edition，可以是 {'、'.join(str(one.at) for one in editions)}"
        )
    at = said or printed or editions[-1].at
    if said and printed and said != printed and not this.said.is_checked:
        raise UsageError(f"{path} 上印的是{edition_name(printed)}，不是{edition_name(said)} → 请核对")
    _refuse_day(this, path, _known_edition(this, path, paper, at))
    return at


def _refuse_mixed(this: _Filing, path: Path, by_edition: Mapping[int, Sequence[int]]) -> None:
    if len(by_edition) > 1 and not this.said.is_checked:
        told = "，".join(
            f"第 {'、'.join(map(str, pages))} 页是{edition_name(at)}" for at, pages in sorted(by_edition.items())
        )
        raise UsageError(
            f"{path} 的各页不是同一版：{told} → 请只扫描签字的那一版；确认各页无误（文字层识别有误）的，加 --checked"
        )


def _known_edition(this: _Filing, path: Path, paper: SignablePaper, at: int) -> Edition:
    editions = this.record.record.editions_of(paper.kind, paper.number)
    found = next((one for one in editions if one.at == at), None)
    if found is not None:
        return found
    known = f"登记的有第 {'、'.join(str(one.at) for one in editions)} 版"
    if at in this.record.shelf.editions(paper.kind, paper.number):
        lost = f"存档里有{edition_name(at)}的文件，台账里没有登记（台账丢失或换过）"
        raise UsageError(f"{path}：{paper.paper_number} {lost}，{known} → 请先用备份恢复台账再归档，或重签登记的那一版")
    raise UsageError(f"{path}：{paper.paper_number} 没有{edition_name(at)}，{known} → 请核对版次")


def _refuse_day(this: _Filing, path: Path, edition: Edition) -> None:
    on = this.said.signed_on
    if on is not None and on < edition.frozen_on:
        raise UsageError(
            f"{path} 的签字日期 {on} 早于{edition.name}的定稿日 {edition.frozen_on}，签的不是这一版 → 请核对日期和版次"
        )


def _refuse_second(this: _Filing, path: Path, scan: SignedScan) -> None:
    earlier = [one for one in this.record.record.scans_numbered(scan.kind, scan.paper_number) if one.at == scan.at]
    if earlier and not this.said.is_another:
        raise UsageError(
            f"{path}：{scan.name} 已有签字件（{earlier[-1].filed_on} 归档，校验码 {earlier[-1].mark}），"
            "内容与这一个不同 → 请核对；确是另一份签字件（例如分别签字）的，加 --another"
        )


def _frozen(record: FinalPapers) -> list[SignablePaper]:
    found = (SignablePaper(one.kind, one.number, one.paper_number) for one in record.record.editions)
    return list(dict.fromkeys(found))


def _standing(desk: Desk, record: FinalPapers) -> SignedRun:
    """Every frozen edition with its scans, compared with what is on record."""
    shelf, found = record.shelf, []
    for edition in record.record.editions:
        whole = as_recorded(shelf.place_of_edition(edition), edition.sha256) is not None
        scans = tuple(one for one in record.record.scans_of(edition.kind, edition.number) if one.at == edition.at)
        damaged = tuple(one for one in scans if as_recorded(shelf.place_of_scan(one), one.sha256) is None)
        found.append(PaperStanding(edition, whole, scans, damaged))
    forms_signed = tuple(one for one in record.record.scans if not kind_by_key(one.kind).is_frozen)
    unknown = unrecorded(record)
    return SignedRun(desk.workbook, desk.as_of.on, standing=tuple(found), forms=forms_signed, unrecorded=unknown)


def _offered(papers: Sequence[SignablePaper]) -> str:
    return "、".join(_told_apart(papers)[:_NAMED]) + (f" 等 {len(papers)} 份" if len(papers) > _NAMED else "")


def _told_apart(papers: Sequence[SignablePaper]) -> list[str]:
    """Their names; those that share one are named by what they are about."""
    names = [one.name for one in papers]
    return [one.name_by_action if names.count(one.name) > 1 else one.name for one in papers]
