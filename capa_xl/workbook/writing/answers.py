"""Answers of returned slips, held against the workbook as it stands now: what would be written, what a person decides.

An answer belongs to a row by its number and to a column by its key; where the row stands now doesn't matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from capa_xl.model.cell_text import value_in_cell
from capa_xl.model.columns import Column, column_by_key
from capa_xl.model.register import AutoValue, Register, Table
from capa_xl.model.slip import Collected, ProposedAnswer, Unsettled
from capa_xl.workbook.reading.convert import convert
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.notes import ColumnContext
from capa_xl.workbook.reading.slip_answers import FilledCell, ReadSlip

MarkOf = Callable[[Any, str], str]
TextOf = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Sources:
    """What answers are held against.

    Attributes:
        register: The workbook as it stands now.
        mark: (record, table) → what tells its row from others of the same number.
        text: A typed value as text, as slips print it.
    """

    register: Register
    mark: MarkOf
    text: TextOf


def sort_out(sources: Sources, slips: Sequence[tuple[str, ReadSlip]]) -> Collected:
    """Sort the answers of slips out.

    Args:
        slips: (file name, slip), each known to be ours.
    """
    sorted_out = [found for file, slip in slips for cell in slip.filled for found in _judge(sources, file, cell)]
    proposals = [found for found in sorted_out if isinstance(found, ProposedAnswer)]
    agreed, disagreeing = _agreed(proposals, sources.text)
    return Collected(
        proposals=tuple(agreed),
        conflicts=(*(found for found in sorted_out if isinstance(found, _Conflict)), *disagreeing),
        rejected=tuple(f for f in sorted_out if isinstance(f, Unsettled) and not isinstance(f, _Conflict)),
        settled=sum(found is _SETTLED for found in sorted_out),
    )


@dataclass(frozen=True, slots=True)
class _Conflict(Unsettled):
    """An answer to a cell that holds something else than when the slip was made."""


_SETTLED = object()


def _judge(sources: Sources, file: str, cell: FilledCell) -> Iterator[ProposedAnswer | Unsettled | object]:
    address = cell.address
    table: Table[Any] | None = getattr(sources.register, address.table, None)
    rows = _rows(sources, table, cell) if table is not None and address.key in table.columns else []
    if table is None or len(rows) != 1:
        why = "这一行或这一列现在不在工作簿里" if not rows else "现在有几行同样的内容，分不清是哪一行"
        yield _unsettled(Unsettled, file, cell, f"{why} → 请在工作簿里直接填写")
        return
    record_class: type = type(rows[0])
    column = column_by_key(record_class)[address.key]
    value, fault = _converted(column, cell.raw, sources.register)
    if fault:
        yield _unsettled(Unsettled, file, cell, fault)
        return
    now = value_in_cell(rows[0], address.key)
    if sources.text(now) == sources.text(value):
        yield _SETTLED
    elif sources.text(now) != address.before:
        words = (
            f"发出填报表时是「{address.before or '空'}」，现在已是「{sources.text(now)}」 → 请人工决定，在工作簿里填写"
        )
        yield _unsettled(_Conflict, file, cell, words)
    else:
        at = table.cell(rows[0].row, address.key)
        sheet, before, after = table.sheet_of(rows[0].row), _stored(now, sources), _stored(value, sources)
        yield ProposedAnswer(sheet, at, address.number, column.header, before, after, file)


def _rows(sources: Sources, table: Table[Any], cell: FilledCell) -> list[Any]:
    address = cell.address
    return [
        record
        for record in table.records
        if record.number == address.number and sources.mark(record, address.table) == address.mark
    ]


def _converted(column: Column, raw: AutoValue, register: Register) -> tuple[Any, str]:
    """The typed value and "", or what is wrong with the answer."""
    context = ColumnContext(register.date1904, Lists(register.procedure.lists).allowed(column))
    values, notes = convert(column, [raw if raw is not None else ""], context)
    for note in notes.get(0, ()):
        if note.unreadable:
            allowed = f"：{'、'.join(context.allowed)}" if context.allowed else ""
            return None, f"「{raw}」不能填在「{column.header}」里{allowed} → 请改填后再收"
    return values[0], ""


def _stored(value: Any, sources: Sources) -> AutoValue:
    """The value as a cell holds it: several names as text, 是/否 as words."""
    if isinstance(value, bool | tuple):
        return sources.text(value) or None
    stored: AutoValue = value
    return stored


def _agreed(proposals: Iterable[ProposedAnswer], text: TextOf) -> tuple[list[ProposedAnswer], list[Unsettled]]:
    """Proposals on which all slips agree, and those that contradict each other, each named with the other's file."""
    by_cell: defaultdict[tuple[str, str], list[ProposedAnswer]] = defaultdict(list)
    for proposal in proposals:
        by_cell[proposal.sheet, proposal.cell].append(proposal)
    agreed, disagreeing = [], []
    for rivals in by_cell.values():
        if len({text(rival.after) for rival in rivals}) == 1:
            agreed.append(rivals[0])
            continue
        for rival in rivals:
            others = "、".join(f"{other.file} 填的是「{text(other.after)}」" for other in rivals if other is not rival)
            words = f"{others} → 两份填报表不一致，请人工决定，在工作簿里填写"
            disagreeing.append(Unsettled(rival.file, "", rival.number, rival.header, text(rival.after), words))
    return agreed, disagreeing


def _unsettled(kind: type[Unsettled], file: str, cell: FilledCell, reason: str) -> Unsettled:
    return kind(file, cell.at, cell.address.number, cell.address.header, str(cell.raw), reason)
