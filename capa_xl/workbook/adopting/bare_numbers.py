"""Bare numbers in the date columns of somebody's table: read as days, as Excel counts them, and never in silence.

46400 in a cell without a date format may be 2027-01-13, or a slip of the hand: nobody but its people can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capa_xl.a1 import cell_at
from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, column_by_key
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_dates import date_of_number, is_bare_number

_COLUMNS = column_by_key(Action)
_HEADERS = {col.header: col for col in _COLUMNS.values()}
_SHOWN = 3


def notes_of_bare_numbers(table: FoundTable, *, date1904: bool) -> Iterator[str]:
    """A sentence in Chinese for each date column that has some, with the first of them and their days.

    Args:
        date1904: The workbook's date system.
    """
    tracked = set(map(id, table.rows))
    rows = [(at, row) for at, row in enumerate(table.values.rows, 1) if id(row) in tracked]
    dated = [h for h in table.match.mapped if h.key in _COLUMNS and _COLUMNS[h.key].kind is Kind.DATE]
    for heading in dated:
        numbers = [(at, value) for at, row in rows if is_bare_number(value := row[heading.column - 1])]
        days = [(at, value, date_of_number(float(text_of(value)), date1904=date1904)) for at, value in numbers]
        told = [f"{cell_at(at, heading.column)}「{text_of(value)}」为 {day}" for at, value, day in days if day]
        if told:
            more = "等" if len(told) > _SHOWN else ""
            yield (
                f"「{heading.text}」有 {len(told)} 格只是一个数，没有日期格式，按 Excel 的日期序号读："
                f"{'、'.join(told[:_SHOWN])}{more} → 不是这一天的，请把这一格改成日期"
            )


def refuse_meanings_of_numbers(said: Mapping[str, Mapping[str, str]], kept: Mapping[str, Mapping[str, str]]) -> None:
    """A meaning of a bare number under a date is refused: it is no word, and the cell goes on to be read as a day.

    Args:
        said: Column header → `word_key` → meaning, now or earlier.
        kept: Those of earlier: what stands in 参数 stays there.

    Raises:
        UsageError: It was said now.
    """
    for header, words in said.items():
        if _HEADERS[header].kind is not Kind.DATE:
            continue
        for word in (word for word in words if is_bare_number(word) and word not in kept.get(header, {})):
            raise UsageError(
                f"--value {header}:{word}={words[word]}：「{word}」是数字，按 Excel 的日期序号读，不能另外说明意思"
                " → 请在原表里把这一格改成日期，或清空"
            )
