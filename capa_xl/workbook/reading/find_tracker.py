"""Finds the sheet that is the tracker: by its name, else by its columns; and says what is in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from capa_xl.a1 import cell_at
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.schema import SHEETS
from capa_xl.ooxml.sheet_values import SheetValues, WorkbookValues
from capa_xl.workbook.reading.header_row import NEEDED, HeaderMatch, match_headers
from capa_xl.workbook.reading.heading_names import names_of

NEVER_THE_TRACKER = frozenset(
    spec.name for spec in SHEETS if spec.owned or spec.record is None or spec.key in ("people", "settings", "holidays")
)
"""Sheets of ours whose columns are never taken for a tracker's."""


_OURS = frozenset(col.key for col in AUTO_COLUMNS)


@dataclass(frozen=True, slots=True)
class Found:
    """The tracker's cells and header, and what stood in the way; `values` None when there is none."""

    values: SheetValues | None
    match: HeaderMatch | None
    remarks: tuple[Remark, ...]


def find_tracker(book: WorkbookValues, names: Mapping[str, str], answers: Mapping[str, str]) -> Found:
    """The sheet 改进计划跟踪表, else the one sheet that holds the always-needed columns.

    Of several, the one that has our columns is the adopted one; the others are named (WB11), none is read in silence.

    Args:
        book: The workbook.
        names: Sheets by their names without blanks around them.
        answers: What somebody said headings mean (`Procedure.headings`).
    """
    if TRACKER_SHEET in names:
        values = book.read(names[TRACKER_SHEET], last=True)
        match = match_headers(values.rows, merged=values.merged, answers=answers)
        return Found(values, match, tuple(_missing(values.name, match)))
    yearly = [name for key, name in names.items() if key.startswith(TRACKER_SHEET)]
    if len(yearly) > 1:
        return Found(None, None, (_no_tracker(reversed(yearly)),))
    others = [name for name in book.names if name.strip() not in NEVER_THE_TRACKER]
    return _choose([_candidate(book, name, answers) for name in others])


def _candidate(book: WorkbookValues, name: str, answers: Mapping[str, str]) -> Found:
    values = book.read(name)
    return Found(values, match_headers(values.rows, merged=values.merged, answers=answers), ())


def _choose(candidates: Sequence[Found]) -> Found:
    headed = [found for found in candidates if found.match and found.values]
    complete = [found for found in headed if found.match and not found.match.missing]
    if len(complete) == 1:
        return complete[0]
    adopted = [found for found in complete if found.match and _OURS & found.match.columns.keys()]
    if len(adopted) == 1:
        return replace(adopted[0], remarks=tuple(_not_tracked(adopted[0], complete)))
    if complete:
        return Found(None, None, (_no_tracker(found.values.name for found in complete if found.values),))
    nearly = headed[0] if len(headed) == 1 else None
    missing = _missing(nearly.values.name, nearly.match) if nearly and nearly.values else ()
    return Found(None, None, (_no_tracker(()), *missing))


def _not_tracked(tracker: Found, complete: Sequence[Found]) -> Iterator[Remark]:
    """WB11 for every other sheet that looks like a tracker, with how many rows it has."""
    for found in complete:
        if found is tracker or not found.values or not found.match or not tracker.values:
            continue
        below = found.values.rows[found.match.header_row :]
        filled = sum(any(cell != "" for cell in row) for row in below)
        facts = {"v": found.values.name, "n": str(filled), "t": tracker.values.name}
        yield Remark("WB11", Hit(found.values.name, cell_at(found.match.header_row, 1), facts=facts))


def _no_tracker(several: Iterator[str] | Sequence[str]) -> Remark:
    names = "、".join(f"《{name}》" for name in several)
    return Remark("WB01", Hit(TRACKER_SHEET, None, facts={"v": names}))


def _missing(sheet: str, match: HeaderMatch | None) -> Iterator[Remark]:
    """WB02 for every always-needed column that is missing."""
    known = column_by_key(Action)
    for group in match.missing if match else NEEDED:
        headers = "/".join(known[key].header for key in group)
        aliases = "、".join(names_of(known[key]) for key in group)
        at = cell_at(match.header_row, min((h.column for h in match.headings), default=1)) if match else "A1"
        yield Remark("WB02", Hit(sheet, at, facts={"c": headers, "a": aliases}))
