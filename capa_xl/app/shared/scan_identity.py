"""Which paper a scan is of, and which edition: what the person says, else what its text layer says.

What is doubtful is refused, with what to say of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.paper_shelf import PaperShelf
from capa_xl.errors import UsageError
from capa_xl.model.command_line import THIS_WORKBOOK, in_quotes, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.edition import Edition, PaperRecord, edition_name
from capa_xl.model.filed_scan import Said
from capa_xl.model.paper_facts import NO_NUMBER
from capa_xl.model.paper_kinds import kind_by_key
from capa_xl.policy.papers.scanned_day import data_day
from capa_xl.policy.papers.scanned_pages import pages_wrong
from capa_xl.policy.papers.scanned_paper import (
    SignablePaper,
    edition_on,
    pages_by_edition,
    pages_without,
    papers_on,
    stands_on,
)

_NAMED = 5
"""So many papers a refusal offers."""


class Candidates(Struct, frozen=True):
    """What a scan may be of.

    Attributes:
        papers: Those that may be out for signing.
        record: Editions and scans on record now.
        shelf: Where they lie.
        said: What the person says of the scan.
    """

    papers: Sequence[SignablePaper]
    record: PaperRecord
    shelf: PaperShelf
    said: Said


def identified(given: Candidates, path: Path, pages: Sequence[str]) -> tuple[SignablePaper, int]:
    """The paper that a scan is of, and its edition; of a form, which has none, the number of the scan.

    Args:
        path: Of the scan, as the person wrote it.
        pages: The text layer of each page.

    Raises:
        UsageError: It can't be told, pages of something else are among them, or some are missing or out of order.
    """
    paper = _paper(given, path, pages)
    _refuse_foreign_pages(given, path, paper, pages)
    at = _edition(given, path, paper, pages)
    _refuse_wrong_pages(given, path, pages)
    _refuse_day_of_no_paper(given, path, paper, pages)
    return paper, at


def _paper(given: Candidates, path: Path, pages: Sequence[str]) -> SignablePaper:
    """The paper that the person names, else the only one whose number stands on every page."""
    said = given.said.paper
    named = [one for one in given.papers if said in (one.name, one.paper_number, one.name_by_action)]
    about = [one for one in given.papers if said == one.number]
    found = (named or about) if said else papers_on(given.papers, pages)
    if said and len(found) > 1:
        found = papers_on(found, pages) or found
    if len(found) == 1:
        return found[0]
    raise UsageError(f"「{path}」{_unclear(given, said, found, pages)}")


def _unclear(given: Candidates, said: str, found: list[SignablePaper], pages: Sequence[str]) -> str:
    if found:
        return f"可能是 {_offered(found)} → 请用 --paper 写明是哪一份，例如 --paper {in_quotes(_told_apart(found)[0])}"
    report = to_paste("report", THIS_WORKBOOK, "编号", "-o", "报告")
    if said:
        before = f"报告先定稿（{report}）再签字，评审输入报告的编号先登记在《管理评审》"
        return f"：没有编号为「{said}」的定稿或表单 → 请核对编号；{before}"
    if any(pages) and all(stands_on(NO_NUMBER, text) for text in pages if text.strip()):
        cure = f"报告先定稿（{report}），评审输入报告的编号先登记在《管理评审》再运行 pack；重新打印、签字后再归档"
        return f"各页印的是“{NO_NUMBER}” → {cure}"
    on_some = [one for one in given.papers if any(stands_on(one.paper_number, text) for text in pages)]
    if on_some:
        return f"的各页编号不一致：只有一部分页上有 {_offered(on_some)} → 请只扫描这一份文件，或用 --paper 写明"
    why = "没有文字层" if not any(text.strip() for text in pages) else "的文字里没有已定稿文件的编号"
    frozen = [one for one in given.papers if kind_by_key(one.kind).is_frozen]
    offered = f"（例如 --paper {frozen[-1].paper_number}）" if frozen else f"；报告要先定稿（{report}）再签字"
    return f"{why}，看不出是哪一份 → 请用 --paper 写明文件编号{offered}"


def _refuse_foreign_pages(given: Candidates, path: Path, paper: SignablePaper, pages: Sequence[str]) -> None:
    foreign = pages_without(paper.paper_number, pages)
    if foreign and not given.said.is_checked:
        raise UsageError(
            f"「{path}」第 {'、'.join(map(str, foreign))} 页上没有编号 {paper.paper_number}，不像这份文件的页 → "
            "请核对；确认各页无误（文字层识别有误）的，加 --checked"
        )


def _edition(given: Candidates, path: Path, paper: SignablePaper, pages: Sequence[str]) -> int:
    """Which edition was signed; of a form the next scan."""
    said, printed = given.said.edition, edition_on(paper.paper_number, pages)
    if not kind_by_key(paper.kind).is_frozen:
        earlier = given.record.scans_numbered(paper.kind, paper.paper_number)
        return said or 1 + max((one.at for one in earlier), default=0)
    _refuse_mixed(given, path, pages_by_edition(paper.paper_number, pages))
    editions = given.record.editions_of(paper.kind, paper.number)
    if said is None and printed is None and len(editions) > 1:
        raise UsageError(
            f"「{path}」：{paper.paper_number} 有 {len(editions)} 版，扫描件没有文字层，看不出签的是哪一版 → "
            f"请加 --edition，可以是 {'、'.join(str(one.at) for one in editions)}"
        )
    at = said or printed or editions[-1].at
    if said and printed and said != printed and not given.said.is_checked:
        raise UsageError(f"「{path}」上印的是{edition_name(printed)}，不是{edition_name(said)} → 请核对")
    _refuse_day(given, path, _known_edition(given, path, paper, at))
    return at


def _refuse_mixed(given: Candidates, path: Path, by_edition: Mapping[int, Sequence[int]]) -> None:
    if len(by_edition) > 1 and not given.said.is_checked:
        told = "，".join(
            f"第 {'、'.join(map(str, pages))} 页是{edition_name(at)}" for at, pages in sorted(by_edition.items())
        )
        raise UsageError(
            f"「{path}」的各页不是同一版：{told} → 请只扫描签字的那一版；确认各页无误（文字层识别有误）的，加 --checked"
        )


def _known_edition(given: Candidates, path: Path, paper: SignablePaper, at: int) -> Edition:
    editions = given.record.editions_of(paper.kind, paper.number)
    found = next((one for one in editions if one.at == at), None)
    if found is not None:
        return found
    known = f"登记的有第 {'、'.join(str(one.at) for one in editions)} 版"
    if at in given.shelf.editions(paper.kind, paper.number):
        lost = f"存档里有{edition_name(at)}的文件，台账里没有登记（台账丢失或换过）"
        raise UsageError(f"「{path}」：{paper.paper_number} {lost}，{known} → 请先用备份恢复台账，或重签登记的那一版")
    raise UsageError(f"「{path}」：{paper.paper_number} 没有{edition_name(at)}，{known} → 请核对版次")


def _refuse_day(given: Candidates, path: Path, edition: Edition) -> None:
    on = given.said.signed_on
    if on is not None and on < edition.frozen_on:
        raise UsageError(
            f"「{path}」的签字日期 {on} 早于{edition.name}的定稿日 {edition.frozen_on}，签的不是这一版 → "
            "请核对日期和版次"
        )


def _refuse_day_of_no_paper(given: Candidates, path: Path, paper: SignablePaper, pages: Sequence[str]) -> None:
    """Of a form no day is on record: it tells by itself from which day on it can have been signed."""
    on, since = given.said.signed_on, data_day(paper, pages)
    if on is not None and since is not None and on < since and not given.said.is_checked:
        raise UsageError(
            f"「{path}」的签字日期 {on} 早于这一份的数据截至日 {since}，那一天还没有这份文件 → "
            "请核对日期和扫描件；确认文字层识别有误的，加 --checked"
        )


def _refuse_wrong_pages(given: Candidates, path: Path, pages: Sequence[str]) -> None:
    wrong = pages_wrong(pages)
    if wrong and not given.said.is_checked:
        raise UsageError(f"「{path}」{wrong} → 请按页序扫描齐全再归档；确认各页无误（文字层识别有误）的，加 --checked")


def _offered(papers: Sequence[SignablePaper]) -> str:
    return cut_list(_told_apart(papers), _NAMED, "份")


def _told_apart(papers: Sequence[SignablePaper]) -> list[str]:
    """Their names; those that share one are named by what they are about."""
    names = [one.name for one in papers]
    return [one.name_by_action if names.count(one.name) > 1 else one.name for one in papers]
