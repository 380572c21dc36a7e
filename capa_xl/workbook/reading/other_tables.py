"""Rows of a sheet that is not read as the tracker: how many there are, and how many are open by their own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.stated_status import STATED_OPEN, family_of, is_not_yet
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.no_action_rows import leads_no_action
from capa_xl.workbook.reading.notes import text_of

_SAYING = ("description", "measure")
_ENDING = ("completed_on", "cancelled_on", "confirmed_on")
_STATUS = column_by_key(Action)["stated_status"].header


def rows_of_actions(values: SheetValues, match: HeaderMatch) -> list[list[Value]]:
    """The rows below the header that may be actions: no totals, footers, section headings, no blank ones."""
    below = values.rows[match.header_row :]
    filled = (row for row in below if any(cell != "" for cell in row))
    return [row for row in filled if not leads_no_action(row, match.columns) and not match.repeats(row)]


def open_rows(
    rows: Sequence[list[Value]], match: HeaderMatch, meanings: Mapping[str, Mapping[str, str]]
) -> list[list[Value]]:
    """Those that neither a date nor the status word ends."""
    ends = [match.columns[key] for key in _ENDING if key in match.columns]
    status = match.columns.get("stated_status")
    said = meanings.get(_STATUS, {})
    return [
        row
        for row in rows
        if not any(_stands(row[at - 1]) for at in ends)
        and (status is None or family_of(text_of(row[status - 1]), said) in (None, STATED_OPEN))
    ]


def is_copied_from(values: SheetValues, match: HeaderMatch, other: SheetValues, of_other: HeaderMatch) -> bool:
    """True where most of a sheet's rows stand in another one too: the same number above the same words."""
    mine = _told(values, match)
    return bool(mine) and 2 * len(mine & _told(other, of_other)) > len(mine)


def _told(values: SheetValues, match: HeaderMatch) -> set[tuple[str, ...]]:
    """(number, 问题描述 or 措施内容) of every row that has both."""
    keys = [key for key in _SAYING if key in match.columns]
    if "number" not in match.columns or not keys:
        return set()
    at = [match.columns[key] - 1 for key in ("number", keys[0])]
    rows = (tuple(text_of(row[column]) for column in at) for row in rows_of_actions(values, match))
    return {row for row in rows if all(row)}


def _stands(value: Value) -> bool:
    text = text_of(value)
    return bool(text) and not is_not_yet(text)
