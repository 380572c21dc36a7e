"""Numbers of answers as their cells hold them: 50 is 0.5 where the cell shows it as 50%, as when Excel is given it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from capa_xl.a1 import parse_cell
from capa_xl.model.register import AutoValue, auto_text
from capa_xl.model.slip import Collected, CountedIn, ProposedAnswer, Unsettled
from capa_xl.ooxml.sheet_values import RowColumn, Share, SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.shares_of_work import are_shares

_PLACES = 12
"""Decimals of a share; what is beyond is the computer's rounding."""


def in_their_cells(found: Collected, blob: bytes) -> Collected:
    """The same object where all numbers may stand as they are.

    A number that isn't in percent is refused where its cell would show it as one.

    Args:
        blob: The workbook with the answers in it as they were given: only there a new cell has its style.
    """
    numbers = [one for one in found.proposals if _is_number(one.after)]
    sheets = _sheets(numbers, blob)
    shares = {one for one in numbers if one.counted_in is not CountedIn.OWN_UNIT and _is_share(one, numbers, sheets)}
    wrong = {one for one in numbers if one.counted_in is CountedIn.OWN_UNIT and _is_shown_in_percent(one, sheets)}
    if not shares and not wrong:
        return found
    kept = (one for one in found.proposals if one not in wrong)
    refused = (_refused(one) for one in found.proposals if one in wrong)
    proposals = tuple(_as_share(one) if one in shares else one for one in kept)
    return replace(found, proposals=proposals, rejected=(*found.rejected, *refused))


def _is_number(value: AutoValue) -> bool:
    return isinstance(value, int | float)


def _sheets(numbers: Iterable[ProposedAnswer], blob: bytes) -> Mapping[str, SheetValues]:
    columns: dict[str, set[int]] = {}
    for one in numbers:
        columns.setdefault(one.sheet, set()).add(_place(one)[1])
    book = WorkbookValues(blob) if columns else None
    return {name: book.read(name, asked) for name, asked in columns.items()} if book else {}


def _place(one: ProposedAnswer) -> RowColumn:
    return parse_cell(one.cell) or (1, 1)


def _is_shown_in_percent(one: ProposedAnswer, sheets: Mapping[str, SheetValues]) -> bool:
    row, column = _place(one)
    return isinstance(sheets[one.sheet].rows[row - 1][column - 1], Share)


def _is_share(one: ProposedAnswer, numbers: Iterable[ProposedAnswer], sheets: Mapping[str, SheetValues]) -> bool:
    """Its cell shows it in percent, or it stands among bare shares of the work."""
    if _is_shown_in_percent(one, sheets) or one.counted_in is not CountedIn.WORK:
        return _is_shown_in_percent(one, sheets)
    answered = {_place(other) for other in numbers if other.sheet == one.sheet}
    column = _place(one)[1]
    rows = enumerate(sheets[one.sheet].rows, start=1)
    return are_shares(cells[column - 1] for row, cells in rows if (row, column) not in answered)


def _as_share(one: ProposedAnswer) -> ProposedAnswer:
    before, after = _share(one.before), _share(one.after)
    return replace(one, before=before, after=after, read_as=(_shown(before), _shown(after)))


def _share(value: AutoValue) -> AutoValue:
    return round(value / 100, _PLACES) if isinstance(value, int | float) else value


def _shown(value: AutoValue) -> str:
    return Share(value).shown if isinstance(value, int | float) else auto_text(value)


def _refused(one: ProposedAnswer) -> Unsettled:
    number = one.after if isinstance(one.after, int | float) else 0.0
    why = f"{one.sheet}!{one.cell} 的数字格式是百分比，写进去会显示成 {Share(number).shown}"
    how = "请先在工作簿里把这一格的格式改成“常规”，再收"
    return Unsettled(one.file, one.at, one.number, one.header, auto_text(one.after), f"{why} → {how}")
