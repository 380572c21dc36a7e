"""pack: the whole review pack in one command; the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.carried_over import refuse_archived_year
from capa_xl.app.shared.changes_on_record import changes_on_record
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.final_papers import Printed, final_papers, keep
from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.pack_files import PackRequest, pack_files, pack_state
from capa_xl.app.shared.paper_source import PaperSource, paper_source
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.app.shared.unrecorded import once_written
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal_packs import pack_before, record_pack
from capa_xl.effects.pack_folder import Staged, listing, packed_file, stage, write_zip
from capa_xl.effects.pdf import convert_to_pdf
from capa_xl.model.cut_text import cut_list
from capa_xl.model.edition import Edition
from capa_xl.model.pack import EXTERNAL, MANIFEST, PackedFile, PackFile, PackPast, PackState
from capa_xl.model.paper_kinds import PLAN, REPORT, REVISION
from capa_xl.model.period import Period, begun_period
from capa_xl.policy.review.review_number import review_of
from capa_xl.policy.row_history import seen_between
from capa_xl.reports.manifest import manifest_blob


class ReviewPack(Struct, frozen=True):
    """What pack made.

    Attributes:
        files: All of the folder, the manifest and the PDFs too.
        archive: The .zip beside the folder; None when none was asked for.
        is_external: The copy for outsiders.
        pdfs: Paths of the PDFs, relative to the folder.
        finals: The finals that it froze, which had none before.
        notes: What a person should know of the ground it stands on.
    """

    as_of: date
    period: str
    directory: Path
    files: tuple[PackedFile, ...]
    archive: Path | None
    pdfs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_external: bool = False
    finals: tuple[Edition, ...] = ()


def make_pack(
    desk: Desk,
    period: str,
    folder: Path,
    *,
    review_on: date | None = None,
    pdf: bool = False,
    archive: bool = False,
    external: bool = False,
    step: Callable[[str], None] = lambda _: None,
) -> ReviewPack:
    """Make every file, then put the folder in its place as one step: a pack is there whole or not at all.

    Args:
        period: 2026Q4, 2026H2, 2026, 2026-10 or FROM..TO.
        review_on: Day of the review; None: of the one registered after the period, else the working day after it, or T
            when that is past.
        external: The copy for outsiders: without 制度执行自查表, the quality of the data, and exceptions from XX01.
        step: Told what is being made.

    Raises:
        UsageError: No period, one that has not begun, an archived year, or the folder holds something that is no
            unchanged pack.
        UnreadableWorkbook: No workbook, or no tracker in it.
        BadTemplate: A template can't be used.
        UnsafeWrite: The folder can't be written; nothing is left behind.
    """
    span = begun_period(period, desk.as_of.on)
    source = paper_source(desk)
    refuse_archived_year(source)
    review = review_of(source.judged.view, span, review_on)
    request = PackRequest(span, review, desk.templates, is_external=external)
    past = _past(source, span)
    figures, record = figures_of(source, span), final_papers(source)
    with stage(folder) as staged:
        listed, made = _written(staged, pack_files(record, request, figures, past, step))
        pdfs = _pdfs(staged, tuple(made), desk.as_of.on, step) if pdf else ()
        beside = sorted((packed_file(staged.folder, name) for name in pdfs), key=lambda one: one.path)
        staged.write(MANIFEST, _manifest(source, request, listed, beside))
        files = listing(staged.folder)
        frozen = keep(record, made.values())
        staged.put_in_place()
    manifest = next(file.sha256 for file in files if file.path == MANIFEST)
    late = once_written(
        lambda: _put_on_record(source, request, pack_state(figures), manifest),
        "资料包已经写好，台账里没能记下它",
        "；下一份资料包因此不与它比较 → 再运行一次 pack 补记",
    )
    with saying_what_stands([folder]):
        packed = write_zip(folder) if archive else None
    notes = (
        *source.judged.notes,
        *late,
        *remarks_on(made),
        *changed_since(made),
        *numbers_left_out(file.path for file in files),
    )
    return ReviewPack(desk.as_of.on, span.name, folder, files, packed, pdfs, notes, external, frozen)


def _put_on_record(source: PaperSource, request: PackRequest, state: PackState, manifest: str) -> None:
    """The pack on record, for the next one to compare with."""
    opened = source.judged.opened
    with journal_of(opened, writing=True) as journal:
        record_pack(journal.conn, journal.workbook_id, state, manifest, opened.desk.as_of.today, _copy(request))


def numbers_left_out(paths: Iterable[str]) -> Iterator[str]:
    """The papers that the period has none of: their numbers are missing in the pack.

    Args:
        paths: Of the pack's files, relative to its folder.
    """
    there = {path[:2] for path in paths}
    if PLAN.pack_place not in there:
        cure = "请在《计划》登记本期的计划（周期起、周期止），再运行 pack"
        yield f"没有 {PLAN.in_pack}：《计划》里各计划最新一版的周期都不在本期 → {cure}"
    gone = [kind.in_pack for kind in (REPORT, REVISION) if kind.pack_place not in there]
    if gone:
        yield f"没有 {'、'.join(gone)}：本期没有要放的"


def remarks_on(made: Mapping[str, Printed]) -> Iterator[str]:
    """What is said of the papers, once where it is the same of several."""
    papers: dict[str, list[str]] = {}
    for path, paper in made.items():
        for remark in paper.remarks:
            papers.setdefault(remark, []).append(path)
    yield from (f"{cut_list(paths, _MOST_NAMED, '份')}：{remark}" for remark, paths in papers.items())


def changed_since(made: Mapping[str, Printed]) -> Iterator[str]:
    """The frozen papers that lack what workbook and evidence have now; a new edition is a person's decision."""
    for path, paper in made.items():
        if paper.note and paper.edition is not None:
            yield f"{path} 放的是定稿：{paper.note}。要新版请运行 {paper.edition.command}"
        if paper.photos:
            yield f"{path} 放的是定稿：{paper.photos}"
    heads: dict[str, list[str]] = {}
    for path, paper in made.items():
        heads.setdefault(paper.head_note, []).append(path)
    yield from (f"{cut_list(paths, _MOST_NAMED, '份')} 放的是定稿：{told}" for told, paths in heads.items() if told)


_MOST_NAMED = 3


def _past(source: PaperSource, span: Period) -> PackPast:
    """The pack before, and the changes seen in the period; those of T itself are left out, for the day isn't over."""
    view = source.judged.view
    with journal_of(source.judged.opened, writing=False) as journal:
        before = pack_before(journal.conn, journal.workbook_id, span.start, view.on)
        lines = changes_on_record(journal, view)
    until = min(span.end, view.on - timedelta(days=1))
    return PackPast(before, seen_between(lines, span.start, until))


def _written(staged: Staged, made: Iterable[tuple[PackFile, Printed]]) -> tuple[list[PackFile], dict[str, Printed]]:
    """Write each file as it is made: the files, and the Word papers by their paths."""
    files, papers = [], {}
    for file, paper in made:
        staged.write(file.path, file.blob)
        files.append(file)
        if file.path.endswith(".docx"):
            papers[file.path] = paper
    return files, papers


def _manifest(
    source: PaperSource, request: PackRequest, files: Sequence[PackFile], pdfs: Sequence[PackedFile]
) -> bytes:
    """What is written last."""
    head = source.journal.chain_head if source.journal else ""
    opened, on = source.judged.opened, source.judged.view.on
    return manifest_blob(opened.sha256, head, on, request.period, files, _copy(request), pdfs)


def _copy(request: PackRequest) -> str:
    return EXTERNAL if request.is_external else ""


def _pdfs(staged: Staged, papers: tuple[str, ...], on: date, step: Callable[[str], None]) -> tuple[str, ...]:
    step("PDF")
    return convert_to_pdf(staged.folder, papers, on)
