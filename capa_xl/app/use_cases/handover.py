"""handover: what a leaver has still to do goes to the successor, and the sheet both sign."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.final_papers import rehearsed
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.paper_files import rehearsal_path
from capa_xl.app.shared.paper_source import engine_for, paper_path, source_of, write_paper
from capa_xl.app.shared.replacing import Replaced, previewed, replaced
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.errors import UsageError
from capa_xl.model.intent import HANDOVER as HANDING_OVER
from capa_xl.model.paper_kinds import HANDOVER
from capa_xl.policy.handing_over import Handover, handed_over
from capa_xl.policy.papers.handover_facts import handover_facts
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.todo import known_names
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.written_names import one_name


class HandedOver(Struct, frozen=True):
    """What changes hands.

    Attributes:
        paper: 工作交接单; None where none was asked for, or nothing changes hands.
    """

    workbook: Path
    handover: Handover
    replaced: Replaced
    paper: Path | None = None


def hand_over(desk: Desk, handover: Handover, *, apply: bool = False, paper: Path | None = None) -> HandedOver:
    """Preview what changes hands, write it with `apply`, and print the sheet to sign where a place for it is given.

    Args:
        paper: A folder, or the .docx itself. The sheet lists the cells as they stood before.

    Raises:
        UsageError: The table or the roster doesn't know one of them, the successor has left, both are one person, or
            it is to be applied before its day.
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        BadTemplate: The template can't be used; nothing is written.
    """
    handover = replace(handover, giver=one_name(handover.giver), taker=one_name(handover.taker))
    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    _refuse(view_register(opened.register, desk.as_of), handover, apply=apply)
    wanted = partial(handed_over, handover=handover)
    found = Replaced(previewed(opened, wanted))
    place = _printed(opened, handover, found, paper) if paper is not None and found.found.changes else None
    if apply:
        with saying_what_stands([place] if place else []):
            found = replaced(opened, HANDING_OVER, wanted)
    return HandedOver(desk.workbook, handover, found, place)


def _refuse(view: RegisterView, handover: Handover, *, apply: bool) -> None:
    giver, taker = handover.giver, handover.taker
    if giver == taker:
        raise UsageError(f"移交人和接交人都是「{giver}」 → 请写接交的人")
    if giver not in known_names(view)[0]:
        raise UsageError(f"跟踪表和《人员部门》里都没有「{giver}」 → 请核对姓名")
    if not view.roster.exists(taker):
        raise UsageError(f"《人员部门》里没有「{taker}」 → 请先在《人员部门》登记，再交接")
    if not view.roster.active(taker):
        raise UsageError(f"「{taker}」在《人员部门》里已离职或停用 → 请另定接交人")
    if apply and handover.since > view.on:
        day = handover.since
        raise UsageError(f"交接日 {day} 还没有到（按 {view.on} 计算） → 现在可以预览、打印；到 {day} 再加 --apply")


def _printed(opened: Opened, handover: Handover, found: Replaced, place: Path) -> Path:
    from capa_xl.reports.word.paper_catalogue import paper_blob

    source = source_of(opened)
    facts = rehearsed(source, HANDOVER, handover_facts(source.inputs, handover, found.found))
    blob = paper_blob(engine_for((HANDOVER,), opened.desk.templates), HANDOVER, facts)
    path = paper_path(place, f"{HANDOVER.title} {handover.giver} {handover.taker} {handover.since}", draft=False)
    path = rehearsal_path(path) if facts.head.is_rehearsal else path
    write_paper(path, blob)
    return path
