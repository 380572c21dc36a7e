"""dossier: a folder an action (一项一档): report, forms, letters, evidence, history, and an index page."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from capa_xl.app.shared.carried_over import refuse_carried_over, without_carried_over
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.dossier_files import (
    EARLIER,
    DossierRun,
    dossier_history,
    dossier_papers,
    filed_letters,
    kept_files,
)
from capa_xl.app.shared.final_papers import (
    FinalPapers,
    Printed,
    final_papers,
    held_up,
    is_left_to_follow_up,
    keep,
    newest_report,
)
from capa_xl.app.shared.paper_source import PaperSource, engine_for, paper_source
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.app.shared.scans_looked_at import gaps_of, looked_at
from capa_xl.effects.durable import make_folder
from capa_xl.effects.evidence_files import evidence_of
from capa_xl.effects.files import write_new
from capa_xl.errors import UsageError
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.command_line import to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.edition import Edition, PaperRecord
from capa_xl.model.paper_kinds import REPORT, REQUEST, REVISION
from capa_xl.model.period import parse_period
from capa_xl.model.problem import Problem
from capa_xl.policy.corrections import in_force, taken_back_late
from capa_xl.policy.evidence_faults import evidence_faults
from capa_xl.policy.papers.report_facts import missing_facts
from capa_xl.policy.past_years import archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.role_words import departments_of_deeds, held_roles
from capa_xl.policy.unknown_numbers import refuse_unknown
from capa_xl.reports.dossier_page import dossier_page
from capa_xl.reports.file_names import file_name

if TYPE_CHECKING:
    pass

INDEX = "00 目录.html"
_MOST_FOLLOW_UPS = 3


class Dossier(Struct, frozen=True):
    """One folder: how many files are in it besides the index, what is wrong with the evidence, the finals it froze."""

    number: str
    folder: Path
    files: int
    faults: tuple[str, ...]
    finals: tuple[Edition, ...] = ()


class DossiersMade(Struct, frozen=True):
    """The folders made, and in Chinese what of the period stands in other workbooks."""

    workbook: Path
    dossiers: tuple[Dossier, ...]
    elsewhere: tuple[str, ...] = ()


def make_dossiers(desk: Desk, numbers: Sequence[str], folder: Path, *, period: str = "") -> DossiersMade:
    """Make the folder of each action; what the same run made before is written anew, nothing else is touched.

    Args:
        numbers: 编号; () with a period.
        period: Actions completed, confirmed or cancelled in it, T included.

    Raises:
        UsageError: Nothing or an unknown number was asked for, or one that lives on in another workbook, or a period
            that is none.
        UnreadableWorkbook: No workbook, or no tracker in it.
        UnsafeWrite: A folder or file can't be written.
    """
    source = paper_source(desk)
    actions = _chosen(source, numbers, period)
    elsewhere: tuple[str, ...] = ()
    if period:
        own, left = without_carried_over(source, [action.number for action in actions], "dossier", folder)
        actions = [action for action in actions if action.number in own]
        elsewhere = (*left, *_elsewhere(desk, source.judged.view, period, folder))
    else:
        refuse_carried_over(source, [action.number for action in actions])
    if not actions:
        return DossiersMade(desk.workbook, (), elsewhere)
    engine = engine_for((REPORT, REQUEST, REVISION), desk.templates)
    run = DossierRun(final_papers(source), engine)
    made: list[Dossier] = []
    written: list[Path] = []
    with saying_what_stands(written):
        for action in actions:
            made.append(_made(desk, run, action, folder))
            written.append(made[-1].folder)
    return DossiersMade(desk.workbook, tuple(made), elsewhere)


def _ends(action: Action) -> tuple[date | None, ...]:
    return action.completed_on, action.confirmed_on, action.cancelled_on


def _chosen(source: PaperSource, numbers: Sequence[str], period: str) -> list[Action]:
    view = source.judged.view
    if period:
        span = parse_period(period)
        return [action for action in view.actions if any(map(span.holds, _ends(action)))]
    unknown = [number for number in numbers if number not in view.by_number]
    if unknown:
        refuse_unknown(view, unknown[0], cure="请核对编号，或用 --period 2026Q4")
    if not numbers:
        raise UsageError("没有给出编号 → 请写一个或几个编号，或用 --period 2026Q4")
    return [view.by_number[number] for number in dict.fromkeys(numbers)]


def _elsewhere(desk: Desk, view: RegisterView, period: str, folder: Path) -> Iterator[str]:
    """What of the period was archived, by archive; and the archives of which nobody can say.

    The command names what to make: an archive has the rows that live on, too, as they were when it was made.
    """
    span, numbers = parse_period(period), defaultdict[str, list[str]](list)
    for one in archived(view):
        if any(map(span.holds, _ends(one.action))):
            numbers[one.year].append(one.action.number)
    for archive, gone in numbers.items():
        yield (
            f"这一期另有 {len(gone)} 项已归档在「{archive}」，没有做 → "
            f"请对它再运行：{to_paste('dossier', desk.workbook.parent / archive, *gone, '-o', folder)}"
        )
    for archive in view.register.unread_archives:
        yield f"上年工作簿「{archive}」读不到，其中这一期的措施没有做 → 请先把它放回本工作簿所在的文件夹"


def _made(desk: Desk, run: DossierRun, action: Action, folder: Path) -> Dossier:
    source, place = run.source, folder / file_name(action.number, "")
    errors = held_up(run.record, REPORT, action.number, action.number)
    status = source.judged.view.derived[action.number].status
    is_left = is_left_to_follow_up(status, newest_report(run.record, action.number))
    papers, evidence = (
        dossier_papers(run, action, draft=is_left or bool(errors)),
        evidence_of(desk.workbook, action.number),
    )
    frozen = keep(run.record, (paper for _, paper in papers))
    shown = tuple(paper.edition for _, paper in papers if paper.edition is not None)
    kept, lost = kept_files(run, action, shown)
    letters = list(filed_letters(desk, source, action))
    pieces = [*((name, paper.blob) for name, paper in papers), *kept, *letters]
    pieces += [
        *((f"证据/{one.file.name}", one.blob) for one in evidence),
        ("历史.csv", dossier_history(source, action)),
    ]
    for path, blob in pieces:
        make_folder((place / path).parent)
        write_new(place / path, blob)
    marks = [(path, hashlib.sha256(blob).hexdigest()) for path, blob in pieces]
    conclusion = source.judged.view.derived[action.number].conclusion
    files = [one.file for one in evidence]
    faults = (
        *evidence_faults(action, conclusion, files),
        *lost,
        *([_left(source, action)] if is_left else _unfinished(source.judged.view, action, errors)),
        *_superseded(run, action, shown),
        *(told for _, p in papers for told in (p.note, p.head_note, p.photos) if told),
        *_unsigned(run.record.record, papers),
        *_gaps(run.record, action.number),
    )
    page = dossier_page(f"{action.number} 一项一档", _about(source, action), marks, faults, len(letters))
    write_new(place / INDEX, page)
    return Dossier(action.number, place, len(pieces), faults, frozen)


def _unsigned(record: PaperRecord, papers: Sequence[tuple[str, Printed]]) -> Iterator[str]:
    """That a later edition has no signed scan yet: those of the editions before say nothing of it."""
    for name, paper in papers:
        edition = paper.edition
        if (
            edition is not None
            and edition.at > 1
            and edition.at not in {one.at for one in record.scans_of(edition.kind, edition.number)}
        ):
            yield f"「{name}」是{edition.name}，{edition.name}还没有签字件"


def _gaps(papers: FinalPapers, number: str) -> Iterator[str]:
    looked = (looked_at(papers, scan) for scan in papers.record.scans if scan.number == number)
    yield from (f"{scan.name} {scan.told_gap(gap)}" for scan, gap in gaps_of(looked))


def _about(source: PaperSource, action: Action) -> list[tuple[str, str]]:
    view = source.judged.view
    derived = view.derived[action.number]
    values = (
        ("公司", view.procedure.company), ("编号", action.number), ("问题", action.description),
        ("措施", action.measure),
        ("责任部门", "、".join(action.departments)), ("责任人", "、".join(action.owners)),
        ("外部单位", action.external_party), ("完成期限", action.due_on),
        ("实际完成", action.completed_on), ("状态", derived.status_and_lateness),
    )  # fmt: skip
    cancelled = _cancellation(source, action) if derived.status == words.CANCELLED else ()
    undone = [one for one in in_force(view.inputs, action.number, action.owners) if one.kind in words.UNDONE_BY]
    entries = [("更正记录", f"{one.on} {one.kind}：{one.reason}") for one in undone]
    told = [*((label, str(value)) for label, value in values if value), *cancelled, *entries]
    return [*told, ("数据截至", str(view.on))]


def _cancellation(source: PaperSource, action: Action) -> list[tuple[str, str]]:
    """Day, reason and approver with the roles of that day; what is blank in the workbook is a dash."""
    on, approver = action.cancelled_on, action.cancel_approver
    view = source.judged.view
    matter_of = departments_of_deeds(action, view.derived[action.number])
    held = "".join(f"（{role}）" for _, _, role in held_roles(view.roster, [(approver, on)], matter_of))
    values = (
        ("取消日期", on),
        ("取消原因", action.cancel_reason),
        ("取消批准人", f"{approver}{held}" if approver else ""),
    )
    return [(label, str(value or "—")) for label, value in values]


def _unfinished(view: RegisterView, action: Action, errors: Sequence[Problem]) -> Iterator[str]:
    """That a report which lacks nothing is a draft all the same, and why."""
    if errors and not missing_facts(view, action):
        named = "、".join(f"{one.rule} {one.sheet} {one.cell or ''}".strip() for one in errors)
        yield f"{REPORT.title}还有 {len(errors)} 个错误没有处理（{named}），没有定稿，这里是草稿"


def _left(source: PaperSource, action: Action) -> str:
    """That the report is a draft because the follow-up makes it, and how a final of the row itself is had."""
    command = to_paste("report", source.judged.opened.path.name, action.number)
    next_ones = cut_list(action.follow_ups, _MOST_FOLLOW_UPS, "项")
    return f"{words.SUPERSEDED}：{REPORT.title}由后续 {next_ones} 做，这里是草稿；本项也要一份定稿的，运行 {command}"


def _superseded(run: DossierRun, action: Action, shown: Sequence[Edition]) -> Iterator[str]:
    """That the report is a draft although an edition was frozen, and what took its conclusion back."""
    last = newest_report(run.record, action.number)
    if last is None or last in shown:
        return
    inputs = run.source.judged.view.inputs
    told = taken_back_late(inputs, action, "确认", last.frozen_on)
    why = f"{told}，它的结论不再算数" if told else "跟踪表以后改过，现在不够定稿"
    yield f"{REPORT.title}{last.name}（{last.frozen_on} 定稿）在“{EARLIER}”：{why}，这里的报告是草稿"
