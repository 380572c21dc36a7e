"""The two lists of 总览: longest overdue by any code, and due within a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.model import words
from capa_xl.model.overview import OVERVIEW_LINES, Overview, OverviewItem
from capa_xl.workbook.blank.overview_cuts import list_cut, text_cut
from capa_xl.workbook.blank.overview_layout import (
    BASE,
    FIGURES_ROW,
    HORIZON,
    LATE_AT,
    LATE_DAYS,
    LATE_KEY,
    LEFT_LIST,
    LIST_ROW,
    LIST_TITLE_ROW,
    RIGHT_LIST,
    SOON_AT,
    SOON_DAYS,
    SOON_KEY,
    UPDATED,
    Formula,
    LiveValue,
    OverviewCell,
    OverviewEdition,
    literal,
)
from capa_xl.workbook.blank.place import Place

Items = Callable[[Overview], tuple[OverviewItem, ...]]
LONGEST_TEXT = 26
"""Characters that fit in two lines of the list's column."""
NOTHING_YET = "还没有措施：请在《改进计划跟踪表》登记第一项，更新后这里列出逾期的"
_STEP = 10**4
_NEVER = 10**8
"""A line is found by one number, days × 10,000 and its row (5,000 at most): equal days need no second search."""


def list_cells(edition: OverviewEdition) -> Iterator[OverviewCell]:
    """The titles and lines of both lists, and the numbers they are found by."""
    yield OverviewCell(
        f"{LEFT_LIST[0]}{LIST_TITLE_ROW}",
        None,
        _title("逾期的 {}（实施与环节", "逾期最久的 {}（实施与环节", _latest, "没有逾期的措施", NOTHING_YET),
    )
    yield OverviewCell(
        f"{RIGHT_LIST[0]}{LIST_TITLE_ROW}",
        None,
        _title("未来一个月到期（{}", "未来一个月到期（最近 {}", _coming, "未来一个月没有到期的措施"),
    )
    yield from _keys(LATE_KEY, LATE_DAYS, LATE_AT, _late_key, _latest, _late_number, _late_parts)
    yield from _keys(SOON_KEY, SOON_DAYS, SOON_AT, _soon_key, _coming, _soon_number, _soon_parts)
    yield from _lines(LEFT_LIST, LATE_AT, _latest, edition)
    yield from _lines(RIGHT_LIST, SOON_AT, _coming, edition)
    for line in range(OVERVIEW_LINES):
        row, figures = LIST_ROW + line, FIGURES_ROW + line
        yield from _ends(LEFT_LIST, row, f"{LATE_DAYS}{figures}", _latest, line, sign="-")
        yield OverviewCell(
            f"{LEFT_LIST[5]}{row}", _found("overdue", f"{LATE_AT}{figures}"), _item(_latest, line, "phrase")
        )
        yield from _ends(RIGHT_LIST, row, f"{SOON_DAYS}{figures}", _coming, line, sign="+")
        left = f'IF({SOON_DAYS}{figures}="","",{SOON_DAYS}{figures})'
        yield OverviewCell(f"{RIGHT_LIST[5]}{row}", literal(left), _item(_coming, line, "days"))


def _title(
    all_of_them: str, first_of_them: str, items: Items, nothing: str, nothing_yet: str = ""
) -> Callable[[Overview], LiveValue]:
    """A list's title with the day its texts were true on; an empty list says so, but before the first refresh.

    Args:
        all_of_them: What a list with room left is called, {} its number.
        first_of_them: What a full list is called: there may be more.
        nothing_yet: What it says of a tracker without a row.
    """

    def title(overview: Overview) -> LiveValue:
        count = len(items(overview))
        if not (day := overview.updated_on):
            return f"{first_of_them.format(f'{OVERVIEW_LINES} 项')}）"
        if overview.is_empty and nothing_yet:
            return nothing_yet
        called = all_of_them if count < OVERVIEW_LINES else first_of_them
        return f"{called.format(f'{count} 项')}，截至 {day}）" if count else f"{nothing}（截至 {day}）"

    return title


def _latest(overview: Overview) -> tuple[OverviewItem, ...]:
    return overview.latest


def _coming(overview: Overview) -> tuple[OverviewItem, ...]:
    return overview.coming


def _keys(
    key: str,
    days: str,
    at: str,
    wanted: Callable[[Place, int], str],
    items: Items,
    number: Callable[[OverviewItem], int],
    parts: Callable[[str], tuple[str, str]],
) -> Iterator[OverviewCell]:
    """Of each line the number it is found by, its days and its position in the tracker."""
    for line in range(OVERVIEW_LINES):
        row = FIGURES_ROW + line
        here = f"{key}{row}"
        counted, position = parts(here)
        yield OverviewCell(here, _bound(wanted, line + 1), _number(items, line, number))
        yield OverviewCell(f"{days}{row}", literal(f'IF({here}=0,"",{counted})'), _item(items, line, "days"))
        yield OverviewCell(f"{at}{row}", _position(here, position), _item(items, line, "position"))


def _late_parts(here: str) -> tuple[str, str]:
    """The days and the row in a number of the late ones."""
    return f"INT({here}/{_STEP})", f"{_STEP}-MOD({here},{_STEP})"


def _soon_parts(here: str) -> tuple[str, str]:
    """The days and the row in a number of the coming ones."""
    return f"INT(({_NEVER}-{here})/{_STEP})", f"MOD({_NEVER}-{here},{_STEP})"


def _bound(wanted: Callable[[Place, int], str], line: int) -> Formula:
    return lambda place: wanted(place, line)


def _number(items: Items, line: int, number: Callable[[OverviewItem], int]) -> Callable[[Overview], LiveValue]:
    return lambda overview: number(found[line]) if line < len(found := items(overview)) else 0


def _late_number(item: OverviewItem) -> int:
    return item.days * _STEP + _STEP - item.row


def _soon_number(item: OverviewItem) -> int:
    return _NEVER - item.days * _STEP - item.row


def _late_key(place: Place, line: int) -> str:
    """The longest late first; a completion that came late is over and doesn't count."""
    if not place.has("days_overdue", "overdue"):
        return "0"
    days, kind = place.range("days_overdue"), place.range("overdue")
    over = words.OVERDUE_WORDS["Y2"]
    late = f'(LEFT({kind},{len(over)})<>"{over}")*({days}>0)'
    return _largest(f"{late}*({days}*{_STEP}+{_STEP}-ROW({days}))", line)


def _soon_key(place: Place, line: int) -> str:
    """The nearest deadline first."""
    days = place.range("days_left")
    soon = f"ISNUMBER({days})*({days}>=0)*({days}<=${HORIZON}${FIGURES_ROW}-{BASE})"
    return _largest(f"{soon}*({_NEVER}-{days}*{_STEP}-ROW({days}))", line)


def _largest(numbers: str, line: int) -> str:
    return f"IFERROR(SUMPRODUCT(LARGE({numbers},{line})),0)"


def _position(here: str, row: str) -> Formula:
    return lambda place: f'IF({here}=0,"",{row}-{place.header_row})'


def _lines(letters: tuple[str, ...], at: str, items: Items, edition: OverviewEdition) -> Iterator[OverviewCell]:
    """The texts of one list; every line is found through its position in the figures below."""
    number, description, department, owner, *_ = letters
    text, name = text_cut(edition, LONGEST_TEXT), list_cut(edition)
    for line in range(OVERVIEW_LINES):
        row, here = LIST_ROW + line, f"{at}{FIGURES_ROW + line}"
        yield OverviewCell(f"{number}{row}", _found("number", here), _item(items, line, "number"))
        for letter, key, field, cut in (
            (description, "description", "description", text),
            (department, "responsible_department", "department", name),
            (owner, "next_actor", "owner", name),
        ):
            yield OverviewCell(f"{letter}{row}", _found(key, here, cut.formula), _item(items, line, field, cut.value))


def _found(key: str, here: str, cut: Callable[[str], str] = str) -> Formula:
    def formula(place: Place) -> str:
        if not place.has(key):
            return '""'
        text = f'INDEX({place.range(key)},{here})&""'
        return f'IF({here}="","",{cut(text)})'

    return formula


def _ends(
    letters: tuple[str, ...], row: int, days: str, items: Items, line: int, *, sign: str
) -> Iterator[OverviewCell]:
    """The deadline, counted back or on from 更新时间."""
    formula = f'IF({days}="","",{UPDATED}{sign}{days})'
    yield OverviewCell(f"{letters[4]}{row}", literal(formula), _item(items, line, "due_on"))


def _item(
    items: Items, line: int, field: str, cut: Callable[[Overview, str], str] | None = None
) -> Callable[[Overview], LiveValue]:
    def value(overview: Overview) -> LiveValue:
        found = items(overview)
        if line >= len(found):
            return ""
        shown: LiveValue = getattr(found[line], field)
        return cut(overview, shown) if cut and isinstance(shown, str) else shown

    return value
