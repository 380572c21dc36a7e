"""Copies of a workbook that lie beside it: told by the name that a client gave, or by 工作簿标识 and rows.

A browser's `表 (1).xlsx` or the Explorer's `表 - 副本.xlsx` may be another table by its name; what it holds tells.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.copies import identity_task, told_apart
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.served import COPY
from capa_xl.app.shared.workbook_list import GroupTask, Listed
from capa_xl.effects.neighbours import conflict_copies, conflict_sentence, namesakes_beside


def copies_beside(desk: Desk, but_not: Collection[Path] = ()) -> tuple[str, ...]:
    """What to do about the copies beside a workbook, a sentence a kind; () where there are none.

    Args:
        but_not: Those that the same run tells apart itself.
    """
    with suppress(OSError):
        copies = _same_by_content(desk, {path.resolve() for path in but_not})
        named = (
            f"旁边的「{'、'.join(path.name for path in copies)}」是同一本的副本（工作簿标识相同、有相同的行） → "
            "请移走或删除多余的一份，只对一本运行；确是另一本的，在它的《参数》改“工作簿标识”"
            if copies
            else ""
        )
        return tuple(filter(None, (conflict_sentence(desk.workbook), named)))
    return ()


def _same_by_content(desk: Desk, but_not: Collection[Path]) -> tuple[Path, ...]:
    """Those of the neighbours whose names are like its own that a group would leave out beside it."""
    known = conflict_copies(desk.workbook)
    beside = [
        path for path in namesakes_beside(desk.workbook) if path.name not in known and path.resolve() not in but_not
    ]
    if not beside:
        return ()
    listed = [Listed(path, is_named=path == desk.workbook) for path in (desk.workbook, *beside)]
    tasks = [GroupTask(one, lambda path: replace(desk, workbook=path)) for one in listed]
    found = told_apart(tasks, [identity_task(task) for task in tasks]).copies
    return tuple(one.workbook for one in found.values() if one.outcome == COPY)
