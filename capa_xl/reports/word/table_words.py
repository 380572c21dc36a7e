"""What a narrow table shows of long values: texts cut, long lists summed up.

A paper read in ten minutes sends its reader to the report or the workbook for the rest, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.cut_text import cut_inside, cut_list, cut_text
from capa_xl.model.names_apart import listed_names, unit_of_actors

MOST_CHARACTERS = 60
MOST_IN_A_RECORD = 200
MOST_IN_A_FORM = 400
CUT_IN_A_RECORD = "（全文见跟踪表）"
"""What stands behind the … of a text that a record or a form cuts."""
MOST_ROWS = 10
"""So many rows a table of the review has; the others are counted below it."""
MOST_GROUPS = 12
"""So many sources or departments; the rest is summed up."""
MOST_OF_A_NAME = 15
MOST_OF_OWNERS = 60
"""Characters of the people of one step, between 、."""
MOST_OF_A_FEW = 14
"""The same in a column of some characters: three short names, or one and how many there are."""
CODES = frozenset({"step", "rule", "method", "unit", "version", "current_version", "new_version"})
MOST_OF_A_CODE = 20
"""Characters of what is a word or a number and stands in a narrow column."""
_NAMES = frozenset({"department", "name"})
_MOST_NUMBERS = 6
_NUMBER = re.compile(r"[^\W_]+(?:-[^\W_]+)+")

T = TypeVar("T")
L = TypeVar("L", bound=Struct)


def cut(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text on one line, with … where it goes on; a number keeps its per cent sign and is never cut through."""
    return cut_text(" ".join(text.split()).replace(" %", "%"), most)


def brief(text: str | None, where: str) -> str:
    """What a second table of a paper says again of the first; of a long text its beginning, and where it goes on."""
    whole = text or ""
    return whole if len(whole) <= MOST_CHARACTERS else f"{cut(whole)}{where}"


def cell(value: Any) -> Any:
    """A value as a narrow cell shows it."""
    if type(value) is str:  # a date keeps its other way of being written
        return _few(value.split("、")) if _are_numbers(value) else cut(value)
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return _few(value) if all(map(_NUMBER.fullmatch, value)) else cut("、".join(value))
    return value


def _few(numbers: Sequence[str]) -> str:
    """Numbers between 、, of which a line takes as many as its cell has room for; more than a few are counted."""
    return cut_list(numbers, _MOST_NUMBERS, "项")


def in_lines(numbers: Sequence[str], size: int) -> str:
    """Numbers between 、, so many on a line, so that none breaks at its hyphens."""
    return "、\n".join("、".join(group) for group in chunks(numbers, size))


def whole_names(names: str, most: int) -> str:
    """Names between 、 in no more than `most` characters: the first ones whole, and how many they are."""
    every = [name for name in listed_names(names) if name]
    if len(names) <= most or not every:
        return names
    unit = unit_of_actors(every)
    shorts = (cut_list(every, count, unit) for count in range(len(every) - 1, 0, -1))
    fitting = next((short for short in shorts if len(short) <= most), "")
    return fitting or cut_list([cut_inside(every[0], most)], 1, unit, total=len(every))


def cut_lines(text: str, most: int = MOST_CHARACTERS) -> str:
    """The text with each of its lines cut."""
    return "\n".join(cut(line, most) for line in text.split("\n"))


def in_table(row: Mapping[str, Any], where: str = CUT_IN_A_RECORD) -> dict[str, Any]:
    """A row of a paper that is a record: only what would fill pages is cut, and says where it goes on."""
    return {key: _recorded(value, where=where) for key, value in row.items()}


def in_sheet(name: str) -> str:
    """What stands behind the … of a text that goes on in a sheet."""
    return f"（全文见《{name}》）"


def in_form(context: dict[str, Any]) -> dict[str, Any]:
    """What a one-page form says: only a text that would fill a page of its own is cut, and says where it goes on."""
    return {key: _in_form(value) for key, value in context.items()}


def _in_form(value: Any) -> Any:
    if isinstance(value, dict):
        return in_form(value)
    return [_in_form(item) for item in value] if isinstance(value, list) else _recorded(value, MOST_IN_A_FORM)


def _recorded(value: Any, most: int = MOST_IN_A_RECORD, where: str = CUT_IN_A_RECORD) -> Any:
    if type(value) is not str:
        return value
    shown = cut_text(value, most + 1)
    return value if shown == value else f"{shown}{where}"


def cut_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Every value of a row as a narrow cell shows it; names of departments are cut sooner, in their middle."""
    return {key: _narrow(key, value) for key, value in row.items()}


def _narrow(key: str, value: Any) -> Any:
    if key in _NAMES and value:
        return cut_inside(value, MOST_OF_A_NAME)
    return cut(value, MOST_OF_A_CODE) if key in CODES and type(value) is str else cell(value)


def shown_rows(count: int) -> int:
    """So many rows of a table stand there: a single one more takes the place that the note on it would take."""
    return count if count <= MOST_ROWS + 1 else MOST_ROWS


def more_words(count: int, sheet: str = "") -> str:
    """What stands below a table that was cut; "" for one that wasn't.

    Args:
        sheet: Has all rows; "" for the tracker.
    """
    where = f"《{sheet}》" if sheet else "《改进计划跟踪表》和“改进看板”"
    more = count - shown_rows(count)
    return f"另有 {more} 行未列出，见{where}。" if more else ""


def summed(lines: Sequence[L], name: str, is_empty: Callable[[L], bool]) -> tuple[L, ...]:
    """Lines of counts without the empty ones; those beyond the most are one line with their sums.

    Args:
        name: Attribute that holds the name of a line; all others are counts.
    """
    full = [line for line in lines if not is_empty(line)]
    if len(full) <= MOST_GROUPS:
        return tuple(full)
    rest = full[MOST_GROUPS - 1 :]
    counts = [field for field in rest[0].__struct_fields__ if field != name]
    sums = {key: sum(getattr(line, key) for line in rest) for key in counts}
    last = replace(rest[0], **sums, **{name: f"其余 {len(rest)} 个"})
    return (*full[: MOST_GROUPS - 1], last)


def chunks(rows: Iterable[T], size: int) -> list[list[T]]:
    """Rows in groups of a size; the last may be shorter."""
    found = list(rows)
    return [found[at : at + size] for at in range(0, len(found), size)]


def _are_numbers(text: str) -> bool:
    return "、" in text and all(map(_NUMBER.fullmatch, text.split("、")))
