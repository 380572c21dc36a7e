"""The company's workbook as people and commands write it; every cell anybody wrote is on record here."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from capa_xl.a1 import cell_at, parse_cell
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.patch import patch_file
from capa_xl.model.action import Action
from capa_xl.model.cell_text import cell_text
from capa_xl.model.columns import columns_of
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at

TRACKER = "改进计划跟踪表"
Cells = dict[tuple[str, str], Any]


class Book:
    """The workbook in its folder.

    Attributes:
        written: (sheet, cell) → what a person, a slip, a handover or a reorganisation wrote there last.
        lines: (sheet, a name of our own) → the row it stands in.
    """

    def __init__(self, path: Path, on: date):
        self.path = path
        new_workbook(path, sample=False, as_of=on, workbook_id="W1")
        self.written: Cells = {}
        self.lines: dict[tuple[str, str], int] = {}
        self._heads: dict[str, Mapping[str, int]] = {}
        tracker = read_register(path.read_bytes()).tracker
        self._first = {TRACKER: tracker.header_row + 1}
        self._heads[TRACKER] = {
            c.header: tracker.columns[c.key] for c in columns_of(Action) if c.key in tracker.columns
        }

    def line(self, sheet: str, name: str) -> int:
        """The row of a record, the next free one where it has none."""
        if (sheet, name) not in self.lines:
            first = self._first.get(sheet, 2)
            self._first[sheet] = first + 1
            self.lines[sheet, name] = first
        return self.lines[sheet, name]

    def heads(self, sheet: str) -> Mapping[str, int]:
        """Heading → column; those of all sheets are read together, for reading the workbook takes longest."""
        if sheet not in self._heads:
            for page in openpyxl.load_workbook(BytesIO(self.path.read_bytes()), read_only=True).worksheets:
                self._heads.setdefault(page.title, {cell.value: cell.column for cell in page[1] if cell.value})
        return self._heads[sheet]

    def cell(self, sheet: str, name: str, header: str) -> str:
        """Where a value of a record stands."""
        return cell_at(self.line(sheet, name), self.heads(sheet)[header])

    def type(self, on: date, records: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
        """A person saves cells: (sheet, record, heading → value); what stands there already is left out."""
        edits = []
        for sheet, name, values in records:
            for header, value in values.items():
                at, plain = self.cell(sheet, name, header), as_typed(value)
                if header in self.heads(sheet) and self.written.get((sheet, at)) != plain:
                    self.written[sheet, at] = plain
                    edits.append({"sheet": sheet, "cell": at, "value": _as_json(plain)})
        if edits:
            patch_file(desk_at(self.path, on), json.dumps(edits).encode(), self.path)

    def set(self, on: date, sheet: str, at: str, value: Any) -> None:
        """A person saves one cell by its address."""
        self.note([(sheet, at, value)])
        patch_file(
            desk_at(self.path, on), json.dumps([{"sheet": sheet, "cell": at, "value": value}]).encode(), self.path
        )

    def note(self, cells: Iterable[tuple[str, str, Any]]) -> None:
        """Cells that a command wrote on a person's word."""
        for sheet, at, value in cells:
            self.written[sheet, at] = as_typed(value)

    def took_row(self, sheet: str, name: str, at: str) -> None:
        """A command began a row: it has a name, and nobody else is given it."""
        row = (parse_cell(at) or (0, 0))[0]
        self.lines[sheet, name] = row
        self._first[sheet] = max(self._first.get(sheet, 2), row + 1)

    def place(self, sheet: str, at: str) -> tuple[str, str]:
        """(record, heading) of a cell."""
        row, column = parse_cell(at) or (0, 0)
        name = next(name for (page, name), line in self.lines.items() if (page, line) == (sheet, row))
        return name, next(header for header, where in self.heads(sheet).items() if where == column)


def as_typed(value: Any) -> Any:
    """A value as a cell holds it."""
    if isinstance(value, tuple):
        return cell_text(value) or None
    if isinstance(value, bool):
        return cell_text(value)
    return date.fromisoformat(value) if isinstance(value, str) and _is_day(value) else value


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _as_json(value: Any) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def cells_in(path: Path) -> Cells:
    """(sheet, cell) → value of a workbook; dates are days."""
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # extensions that openpyxl would lose
        sheets = openpyxl.load_workbook(path, read_only=True).worksheets
    found = {
        (s.title, c.coordinate): c.value for s in sheets for row in s.iter_rows() for c in row if c.value is not None
    }
    return {place: value.date() if isinstance(value, datetime) else value for place, value in found.items()}
