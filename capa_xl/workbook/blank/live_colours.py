"""Colours that follow the typing: overdue, due within a month, ended, the cells to fill now, those that count no more.

They read people's columns and TODAY() only, as conditional formats over A1 ranges down to row 5,000; a table that lacks
a column loses the rules that need it. Colour never speaks alone: 〔自动〕状态, printed on every page, shows the word
behind its own by a number format of the rule, so the value stays as it is. Three colours
follow our own columns and so hold for 更新时间: a row set aside, a step past its limit, and the days of a late action.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from capa_xl.a1 import column_letters
from capa_xl.model import palette, words
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.weekly import LATE_WAITING
from capa_xl.ooxml.number_formats import DATE_FORMAT
from capa_xl.workbook.blank.cells_to_fill import all_of, cells_taken_back, cells_to_fill, is_ended, is_open, lacks
from capa_xl.workbook.blank.dated_cells import show_days
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.place import LAST_ROW, Place

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

IDENTIFYING = ("number", "description", "status")


def colour_rows(sheet: Worksheet, looks: Looks, place: Place, width: int) -> None:
    """Put the live colours on the tracker; the first rule that sets a property wins. `width` counts columns."""
    row = f"A{place.first_row}:{column_letters(width)}{LAST_ROW}"
    ended = {"font_color": palette.SILENT, "bg_color": palette.SILENT_FILL}
    days = _day_columns(place)
    dated = " ".join(_area(place, run) for run in _runs(days))
    _add(sheet, dated, is_ended(place), looks.colour(**ended, num_format=DATE_FORMAT), stop=True)
    _add(sheet, row, is_ended(place), looks.colour(**ended), stop=True)
    needed = looks.colour(bg_color=palette.NEEDED_FILL, border=1, border_color=palette.ACCENT)
    for area, when in _needed_now(place):
        _add(sheet, area, when, needed)
    struck = looks.colour(font_strikeout=True, font_color=palette.SILENT)
    for keys, when in cells_taken_back(place):
        for run in _runs(_positions(place, keys)):
            _add(sheet, _area(place, run), when, struck)
    _colour_by_ours(sheet, looks, place)
    for key in (*IDENTIFYING, "due_on"):
        if place.has(key, "due_on"):
            area = _area(place, (place.columns[key],))
            late, soon = (_said(key, words.OVERDUE_WORDS[code]) for code in ("Y1", "Y0"))
            _add(sheet, area, _late(place), _loud(looks, palette.OVERDUE, palette.OVERDUE_FILL, late))
            _add(sheet, area, _soon(place), _loud(looks, palette.DUE_SOON, palette.DUE_SOON_FILL, soon))
    show_days(sheet, looks, place.first_row, days)


def _day_columns(place: Place) -> list[int]:
    return _positions(place, (col.key for col in (*columns_of(Action), *AUTO_COLUMNS) if col.kind is Kind.DATE))


def _colour_by_ours(sheet: Worksheet, looks: Looks, place: Place) -> None:
    """待更正 over 编号, 问题描述 and 状态; a waiting step past its limit on 状态 and the days; 实施逾期 on its days."""
    aside = _loud(looks, palette.TO_CORRECT, palette.TO_CORRECT_FILL)
    for key in IDENTIFYING:
        if place.has(key, "status"):
            rule = f'{place.cell("status")}="{words.TO_CORRECT}"'
            _add(sheet, _area(place, (place.columns[key],)), rule, aside, stop=True)
    if not place.has("overdue", "days_overdue"):
        return
    kind, over = place.cell("overdue"), words.OVERDUE_WORDS
    ended = f'LEFT({kind},{len(over["Y2"])})<>"{over["Y2"]}"'
    is_doing = f'LEFT({kind},{len(over["Y1"])})="{over["Y1"]}"'
    days = f"N({place.cell('days_overdue')})>0"
    for key in ("days_overdue", "overdue"):
        late = _loud(looks, palette.OVERDUE, palette.OVERDUE_FILL)
        _add(sheet, _area(place, (place.columns[key],)), all_of(days, is_doing), late)
    rule = all_of(days, ended, f"NOT({is_doing})")
    for key in ("status", "days_overdue", "overdue"):
        if place.has(key):
            waiting = _loud(looks, palette.OVERDUE, palette.DUE_SOON_FILL, _said(key, LATE_WAITING))
            _add(sheet, _area(place, (place.columns[key],)), rule, waiting)


def _loud(looks: Looks, ink: str, fill: str, shown: Mapping[str, str] | None = None) -> Format:
    """Bold, too: in a photocopy the ink alone is as pale as that of a closed row."""
    return looks.colour(bold=True, font_color=ink, bg_color=fill, **(shown or {}))


def _said(key: str, word: str) -> dict[str, str]:
    """状态 shows the word behind its own text (策划 · 实施逾期); the others, and an empty 状态, show what they hold."""
    shown = {"status": f'@" · {word}"', "due_on": DATE_FORMAT}.get(key)
    return {"num_format": shown} if shown else {}


def _late(place: Place) -> str:
    due = place.cell("due_on")
    return all_of(f"ISNUMBER({due})", f"{due}<TODAY()", is_open(place))


def _soon(place: Place) -> str:
    due = place.cell("due_on")
    return all_of(f"ISNUMBER({due})", f"{due}>=TODAY()", f"EDATE(N({due}),-1)<=TODAY()", is_open(place))


def _needed_now(place: Place) -> Iterator[tuple[str, str]]:
    """(area, condition) of each stage's cells; side-by-side columns share a rule."""
    for fill in cells_to_fill(place):
        for run in _runs(_positions(place, fill.keys)):
            here = f"{column_letters(run[0])}{place.first_row}"
            still_blank = "" if fill.refill else f'{here}=""'
            yield _area(place, run), all_of(still_blank, lacks(place, "cancelled_on"), fill.when)


def _positions(place: Place, keys: Iterable[str]) -> list[int]:
    return sorted(place.columns[key] for key in keys if place.has(key))


def _runs(positions: Sequence[int]) -> Iterator[tuple[int, ...]]:
    run: tuple[int, ...] = ()
    for position in positions:
        if run and position != run[-1] + 1:
            yield run
            run = ()
        run = (*run, position)
    if run:
        yield run


def _area(place: Place, run: Sequence[int]) -> str:
    return f"{column_letters(run[0])}{place.first_row}:{column_letters(run[-1])}{LAST_ROW}"


def _add(sheet: Worksheet, areas: str, when: str, look: Format, *, stop: bool = False) -> None:
    if when and areas:
        options = {"type": "formula", "criteria": f"={when}", "format": look, "stop_if_true": stop}
        sheet.conditional_format(areas.split()[0], {**options, "multi_range": areas})
