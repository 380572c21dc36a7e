"""Answers of returned slips, held against the workbook as it stands now: what would be written, what a person decides.

An answer belongs to a row by its number and to a column by its key; where the row stands now doesn't matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.cell_text import value_in_cell
from capa_xl.model.columns import Column, column_by_key
from capa_xl.model.command_line import in_quotes
from capa_xl.model.cut_text import EMPTY
from capa_xl.model.register import AutoValue, Register, Table
from capa_xl.model.slip import Collected, ProposedAnswer, Unsettled
from capa_xl.workbook.reading.convert import convert
from capa_xl.workbook.reading.grid import context_of
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.notes import Note, quoted
from capa_xl.workbook.reading.several_departments import introduced_names
from capa_xl.workbook.reading.slip_answers import FilledCell, ReadSlip, SlipAddress
from capa_xl.workbook.reading.written_units import Measured
from capa_xl.workbook.writing.answered_numbers import counted_in, in_unit_of_row
from capa_xl.workbook.writing.begun_rows import ROW_CLASSES, begun_cells, free_rows
from capa_xl.workbook.writing.torn_verdicts import torn_verdicts

MarkOf = Callable[[Any, str], str]
TextOf = Callable[[Any], str]


class Sources(Struct, frozen=True):
    """What answers are held against.

    Attributes:
        register: The workbook as it stands now.
        mark: (record, table) → what tells its row from others of the same number.
        text: A typed value as text, as slips print it.
        told: What reading met → its sentence, as `check` has it.
        unread: 编号 → that it may be in an archive that can't be read, and what to do, in Chinese; "" where in none.
        taken: (file name, cell in the slip) of answers a person decided for, where somebody has to decide.
    """

    register: Register
    mark: MarkOf
    text: TextOf
    told: Callable[[Note], str]
    unread: Callable[[str], str]
    taken: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def sort_out(sources: Sources, slips: Sequence[tuple[str, ReadSlip]]) -> Collected:
    """Sort the answers of slips out.

    Args:
        slips: (file name, slip), each known to be ours.
    """
    judged = [found for file, slip in slips for cell in slip.filled for found in _judge(sources, file, cell)]
    begun = [found for found in judged if isinstance(found, _BeginsRow)]
    rows = _rows_for(begun)
    sorted_out = [_placed(found, rows) if isinstance(found, _BeginsRow) else found for found in judged]
    proposals = [found for found in sorted_out if isinstance(found, ProposedAnswer)]
    agreed, disagreeing, outvoted = _agreed(sources, proposals)
    agreed = list(_without_gaps(agreed, begun)) if disagreeing else agreed
    rejected = [f for f in sorted_out if isinstance(f, Unsettled) and not isinstance(f, _Conflict)]
    conflicts = [*(found for found in sorted_out if isinstance(found, _Conflict)), *disagreeing]
    torn = {
        place: named
        for place, named in torn_verdicts(slips, agreed, (*conflicts, *rejected)).items()
        if place not in sources.taken
    }
    conflicts += [_torn(sources, one, torn[one.file, one.at]) for one in agreed if (one.file, one.at) in torn]
    return Collected(
        proposals=tuple(one for one in agreed if (one.file, one.at) not in torn),
        conflicts=tuple(conflicts),
        rejected=(*rejected, *outvoted),
        settled=sum(found is _SETTLED for found in sorted_out),
    )


class _Conflict(Unsettled, frozen=True):
    """An answer to a cell that holds something else than when the slip was made."""


class _BeginsRow(Struct, frozen=True):
    """An answer that begins a row: where it goes is known when all of them are."""

    table: Table[Any]
    address: SlipAddress
    file: str
    at: str
    after: AutoValue


_SETTLED = object()
_BY_HAND = "请在工作簿里直接填写"
_TO_CLEAR = frozenset({"清空", "请清空", "清除", "置空"})
"""Answers that ask for an empty cell: they are no content of one, unless its list has the word."""


def _gone(sources: Sources, number: str) -> str:
    """Why an answer has no row to go to: it is set aside, went to an archived year, or is nowhere to be found."""
    tracker = sources.register.tracker
    if number in {row.number for row in tracker.records}:
        return f"这一行或这一列现在不在工作簿里 → {_BY_HAND}"
    if number in sources.register.set_aside_numbers:
        return f"编号「{number}」这一行待更正 → 先按校验结果更正，再收"
    for year in reversed(sources.register.past):
        if number not in sources.register.away and number in {row.number for row in year.register.tracker.records}:
            return f"编号「{number}」已归档在「{year.name}」，归档的行不再收填报 → 仍要更正的，请由质量部处理"
    if why := sources.unread(number):
        return f"{why}，再收"
    return f"编号「{number}」现在不在跟踪表里 → {_BY_HAND}"


def _judge(sources: Sources, file: str, cell: FilledCell) -> Iterator[ProposedAnswer | _BeginsRow | Unsettled | object]:
    address = cell.address
    table: Table[Any] | None = getattr(sources.register, address.table, None)
    if address.row:
        yield _judged_row(sources, table, file, cell)
        return
    rows = _rows(sources, table, cell) if table is not None and address.key in table.columns else []
    if table is None or len(rows) != 1:
        why = _gone(sources, address.number) if not rows else f"现在有几行同样的内容，分不清是哪一行 → {_BY_HAND}"
        yield _unsettled(Unsettled, file, cell, why)
        return
    record_class: type = type(rows[0])
    column = column_by_key(record_class)[address.key]
    heading = table.headings.get(column.key, column.header)
    value, fault = _converted(sources, column, cell, table)
    if isinstance(value, Measured):
        value, note = in_unit_of_row(value, rows[0], replace(column, header=heading))
        fault = f"{sources.told(note)}，改填后再收" if note else ""
    if fault:
        yield _unsettled(Unsettled, file, cell, fault)
        return
    now = value_in_cell(rows[0], address.key)
    if sources.text(now) == sources.text(value):
        yield _SETTLED
    elif sources.text(now) != address.before and (file, cell.at) not in sources.taken:
        was, is_now = _as_told(address.before), _as_told(sources.text(now))
        words = f"发出填报表时是{was}，现在已是{is_now} → {_decide(file, cell.at)}"
        yield _unsettled(_Conflict, file, cell, words)
    else:
        at, sheet = table.cell(rows[0].row, address.key), table.sheet_of(rows[0].row)
        before, after = _stored(now, sources), _stored(value, sources)
        counts = counted_in(column, heading, rows[0])
        yield ProposedAnswer(sheet, at, address.number, address.header, before, after, file, cell.at, counted_in=counts)


def _as_told(text: str) -> str:
    """What a cell held, in corner brackets; a blank one as every list has it."""
    return f"「{quoted(text)}」" if text else EMPTY


def _judged_row(
    sources: Sources, table: Table[Any] | None, file: str, cell: FilledCell
) -> _BeginsRow | Unsettled | object:
    """An answer that begins a row: new, there already, or beside another of the same day and person."""
    address = cell.address
    known = {action.number for action in sources.register.tracker.records}
    if table is None or address.key not in table.columns or address.number not in known:
        why = _gone(sources, address.number) if table is not None else f"工作簿里没有这张表了 → {_BY_HAND}"
        return _unsettled(Unsettled, file, cell, why)
    column = column_by_key(ROW_CLASSES[address.table])[address.key]
    value, fault = _converted(sources, column, cell, table)
    if fault:
        return _unsettled(Unsettled, file, cell, fault)
    there = [sources.text(value_in_cell(row, address.key)) for row in _rows_begun(sources, table, address)]
    if sources.text(value) in there:
        return _SETTLED
    if there and (file, cell.at) not in sources.taken:
        words = f"《{table.sheet}》里已有同一天、同一人记的「{quoted(there[0])}」 → {_decide(file, cell.at)}"
        return _unsettled(_Conflict, file, cell, words)
    return _BeginsRow(table, address, file, cell.at, _stored(value, sources))


def _placed(new: _BeginsRow, rows: Mapping[SlipAddress, int]) -> ProposedAnswer:
    """The answer in the row that it begins."""
    table, address, row = new.table, new.address, rows[new.address]
    at, begins = table.cell(row, address.key), tuple(begun_cells(table, row, address))
    return ProposedAnswer(table.sheet, at, address.number, address.header, None, new.after, new.file, new.at, begins)


def _rows_for(begun: Iterable[_BeginsRow]) -> dict[SlipAddress, int]:
    return free_rows((one.table, one.address) for one in begun)


def _without_gaps(agreed: Sequence[ProposedAnswer], begun: Iterable[_BeginsRow]) -> Iterator[ProposedAnswer]:
    """The same, the rows they begin one below the other: those of answers that a person decides on are left out."""
    beginning = {(one.file, one.at): one for one in begun}
    places = [(one.file, one.at) for one in agreed]
    rows = _rows_for(beginning[place] for place in places if place in beginning)
    for place, one in zip(places, agreed, strict=True):
        yield _placed(beginning[place], rows) if place in beginning else one


def _rows_begun(sources: Sources, table: Table[Any], address: SlipAddress) -> list[Any]:
    """The rows that hold what an answer's row would begin with."""
    wanted = [(key, text) for key, text in address.row if key in table.columns]
    return [
        record
        for record in table.records
        if all(sources.text(value_in_cell(record, key)) == text for key, text in wanted)
    ]


def _decide(file: str, at: str) -> str:
    """What a person can do about an answer: take it by name, or write the cell by hand."""
    return f"请人工决定：采用这一份请加 --take {in_quotes(f'{file}:{at}')}，否则在工作簿里填写"


def _rows(sources: Sources, table: Table[Any], cell: FilledCell) -> list[Any]:
    address = cell.address
    return [
        record
        for record in table.records
        if record.number == address.number and sources.mark(record, address.table) == address.mark
    ]


def _converted(sources: Sources, column: Column, cell: FilledCell, table: Table[Any]) -> tuple[Any, str]:
    """The typed value and "", or what is wrong with the answer; read as a cell of the workbook would be."""
    register, procedure = sources.register, sources.register.procedure
    as_headed = replace(column, header=table.headings.get(column.key, column.header))
    lists = Lists(procedure.lists, procedure.meanings, introduced_names(register.people, procedure.lists))
    context = context_of(column, as_headed, lists, date1904=register.date1904)
    if isinstance(cell.raw, str) and (word := cell.raw.strip("（） \n")) in _TO_CLEAR and word not in context.allowed:
        return None, f"填报表只收要写进去的内容，清不掉「{cell.address.header}」已有的内容 → 要清空的，请在工作簿里清"
    (value,), notes = convert(as_headed, [cell.raw], replace(context, is_answer=True))
    if lost := next((note for note in notes.get(0, ()) if note.unreadable), None):
        return None, f"{sources.told(lost)}，改填后再收"
    if cell.is_error:
        allowed = f"：{'、'.join(context.allowed)}" if context.allowed else ""
        return None, f"不能填在「{cell.address.header}」里{allowed} → 请改填后再收"
    if value in (None, ()):
        return None, f"在「{cell.address.header}」里等于没有填 → 还没有的请留空；要清空已有内容，请在工作簿里清"
    return value, ""


def _stored(value: Any, sources: Sources) -> AutoValue:
    """The value as a cell holds it: several names as text, 是/否 as words."""
    if isinstance(value, bool | tuple):
        return sources.text(value) or None
    stored: AutoValue = value
    return stored


def _agreed(
    sources: Sources, proposals: Iterable[ProposedAnswer]
) -> tuple[list[ProposedAnswer], list[Unsettled], list[Unsettled]]:
    """Proposals on which all slips agree or a person decided, those that contradict each other, and the outvoted."""
    by_cell: defaultdict[tuple[str, str], list[ProposedAnswer]] = defaultdict(list)
    for proposal in proposals:
        by_cell[proposal.sheet, proposal.cell].append(proposal)
    agreed, disagreeing, outvoted = [], [], []
    for rivals in by_cell.values():
        chosen = [rival for rival in rivals if (rival.file, rival.at) in sources.taken] or rivals
        if len({sources.text(rival.after) for rival in chosen}) > 1:
            disagreeing += [_rival(sources, rival, rivals) for rival in rivals]
            continue
        agreed.append(chosen[0])
        outvoted += [
            _of_proposal(sources, rival, f"已决定采用 {chosen[0].file} 的「{quoted(sources.text(chosen[0].after))}」")
            for rival in rivals
            if sources.text(rival.after) != sources.text(chosen[0].after)
        ]
    return agreed, disagreeing, outvoted


def _rival(sources: Sources, rival: ProposedAnswer, rivals: Iterable[ProposedAnswer]) -> Unsettled:
    """An answer that another slip contradicts, named with the other's file."""
    others = "、".join(
        f"{other.file} 填的是「{quoted(sources.text(other.after))}」" for other in rivals if other is not rival
    )
    return _of_proposal(sources, rival, f"{others} → {_decide(rival.file, rival.at)}")


def _torn(sources: Sources, one: ProposedAnswer, unsettled: str) -> Unsettled:
    """A verdict that isn't taken while who gave it, or when, is open."""
    return _of_proposal(sources, one, f"同一次的{unsettled}还没有定下，结论不单独写 → {_decide(one.file, one.at)}")


def _of_proposal(sources: Sources, one: ProposedAnswer, reason: str) -> Unsettled:
    return Unsettled(one.file, one.at, one.number, one.header, quoted(sources.text(one.after)), reason)


def _unsettled(kind: type[Unsettled], file: str, cell: FilledCell, reason: str) -> Unsettled:
    return kind(
        file,
        cell.at,
        cell.address.number,
        cell.address.header,
        quoted(cell.raw),
        reason,
    )
