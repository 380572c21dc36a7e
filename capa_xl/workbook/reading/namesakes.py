"""Sheets that bear one of our names and aren't ours: told by their headings, named by `check`, never written.

People have a 字典, a 校验结果 or a 计划 of their own. `refresh` writes its sheets whole, `grow` adds what isn't there:
both ask here whose sheet it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from capa_xl.model.action import Action
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.cut_text import cut_line
from capa_xl.model.lists import default_lists
from capa_xl.model.problem import Hit, Remark, Severity
from capa_xl.model.schema import (
    FINDINGS_SHEET,
    LEDGER_SHEET,
    LISTS_SHEET,
    OVERVIEW_SHEET,
    SHEETS,
    TIMELINE_SHEET,
    sheet_spec,
)
from capa_xl.ooxml.sheet_values import Value
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.blank.overview_layout import LAYOUT_NAME as OVERVIEW_LAYOUT
from capa_xl.workbook.blank.timeline_layout import LAYOUT_NAME as TIMELINE_LAYOUT
from capa_xl.workbook.reading.heading_names import normalised

OVERVIEW_TITLE = "改进计划总览"
"""What tells the first 总览, which defined no name for its layout."""
_OWNED = (OVERVIEW_SHEET, TIMELINE_SHEET, FINDINGS_SHEET, LEDGER_SHEET)
_MOST_SAID = 30
_OLD_LEDGER = 11
"""Columns of 提醒台账 before it had its 校验码."""
_Rows = Sequence[Sequence[Value]]


def drawn_by_others(book: WorkbookValues, names: Mapping[str, str]) -> frozenset[str]:
    """The sheets that we would write by their names, and that somebody else made; an empty one is anybody's.

    Args:
        names: Sheets by their names without blanks around them.
    """
    defined = {name.name for name in book.package.defined_names}
    heads = {name: _texts(book.read(names[name], last_row=1).rows) for name in _OWNED if name in names}
    strange = (name for name, head in heads.items() if not _is_ours(name, head, defined))
    return frozenset(name for name in strange if any(heads[name]) or is_filled(book.read(names[name]).rows))


def _is_ours(name: str, head: Sequence[str], defined: Collection[str]) -> bool:
    if name == OVERVIEW_SHEET:
        return OVERVIEW_LAYOUT in defined or OVERVIEW_TITLE in head
    if name == TIMELINE_SHEET:
        return TIMELINE_LAYOUT in defined
    columns = sheet_spec(name).columns
    known = (columns, columns[:_OLD_LEDGER]) if name == LEDGER_SHEET else (columns,)
    texts = [text for text in head[: len(columns)] if text]
    return any(_are_headings(texts, every) for every in known)


def _are_headings(texts: Sequence[str], columns: Sequence[Column]) -> bool:
    """The columns' headings in order, as they are now or were once."""
    pairs = zip(texts, columns, strict=False)
    return len(texts) == len(columns) and all(text in (col.header, *col.aliases) for text, col in pairs)


def headed_as(headings: Iterable[str]) -> str:
    """The sheet around the tracker whose headings these are, whatever their own sheet is called now; "" for none.

    措施分解 and 文件修订 have numbers, people and days as a tracker has.
    """
    texts = {normalised(text) for text in headings}
    shares = [(len(texts & names), name) for name, names in _child_headings().items() if len(texts & names) >= _LEAST]
    most, name = max(shares, default=(0, ""))
    is_tracker = len(texts & {normalised(col.header) for col in columns_of(Action)}) >= most
    return name if _MOSTLY * len(texts) <= most and not is_tracker else ""


@cache
def _child_headings() -> dict[str, frozenset[str]]:
    children = (spec for spec in SHEETS if spec.record not in (None, Action) and not spec.owned)
    return {spec.name: frozenset(normalised(col.header) for col in spec.columns) for spec in children}


_LEAST, _MOSTLY = 4, 0.8
"""So many headings, and such a share of them."""


def _texts(rows: _Rows) -> list[str]:
    return [str(value).strip() for value in rows[0]] if rows else []


def is_own_dictionary(rows: _Rows, lists: Collection[str]) -> bool:
    """True for a 字典 with something in it and none of our lists."""
    return is_filled(rows) and not default_lists().keys() & set(lists)


def is_filled(rows: _Rows) -> bool:
    """True for a sheet with anything in it."""
    return any(value != "" for row in rows for value in row)


def named(book: WorkbookValues, names: Mapping[str, str], found: Collection[str]) -> Iterator[Remark]:
    """WB16 for each of them, with what its first filled row says; W where it keeps us from writing ours."""
    for name in sorted(found):
        rows = book.read(names[name], last_row=30).rows
        head = next((row for row in rows if any(value != "" for value in row)), [])
        said = cut_line("、".join(str(value).strip() for value in head if value != ""), _MOST_SAID)
        severity = Severity.WARNING if name in (FINDINGS_SHEET, LEDGER_SHEET, LISTS_SHEET) else Severity.INFO
        yield Remark("WB16", Hit(names[name], "A1", facts={"v": name, "h": said or "空白"}, severity=severity))
