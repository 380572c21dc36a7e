"""Which year the days without one are of: asked once for the whole table, be it of several columns and sheets.

Sheets whose years differ (2025年, 2026年) are asked one by one. The answer holds for every date column, also for one
that is only found to be one by another answer of the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.adoption import AskedHeading, ListWord
from capa_xl.model.columns import Kind, column_by_key
from capa_xl.model.date_style import ALL_DATES, YEAR_WORD, is_year, is_year_word, year_word
from capa_xl.model.meanings import word_key
from capa_xl.workbook.adopting.date_words import texts_without_a_year, years_of
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.notes import quoted
from capa_xl.workbook.reading.tracker import GUARDED

_COLUMNS = column_by_key(Action)
_DATED = {col.header for col in _COLUMNS.values() if col.kind is Kind.DATE}
SheetOf = Callable[[FoundTable], str]
"""A sheet's name where its days may be of another year than those of another sheet, else ""."""


class _Open(Struct, frozen=True):
    """A date column, or one that may be, with days whose year nobody said.

    Attributes:
        years: The years that the table names.
        is_needed: Its rows can't be tracked without the year.
    """

    sheet: str
    heading: str
    texts: tuple[str, ...]
    years: tuple[str, ...]
    is_needed: bool


def with_years(
    tables: Sequence[FoundTable], declared: Mapping[str, Mapping[str, str]], said: Mapping[str, str], sheet_of: SheetOf
) -> dict[str, dict[str, str]]:
    """What was declared of each column, with the year that was given for all of them.

    Args:
        said: `year_word` → the year, or "" for none.

    Raises:
        UsageError: What was said for all date columns is no year.
    """
    for word, year in said.items():
        if not is_year_word(word) or (year and not is_year(year)):
            raise UsageError(
                f"--value {ALL_DATES}:{word}={year}：只能说明年份，例：--value {ALL_DATES}:{YEAR_WORD}=2026"
            )
    found = {header: dict(words) for header, words in declared.items()}
    for table in tables:
        own = year_word(sheet_of(table))
        given = said[own] if own in said else said.get(YEAR_WORD)
        headers = {_COLUMNS[h.key].header for h in table.match.mapped if h.key in _COLUMNS} & _DATED
        for header in headers if given is not None else ():
            found.setdefault(header, {}).setdefault(word_key(own), given or "")
    return found


def year_questions(
    tables: Sequence[FoundTable],
    asked: Sequence[AskedHeading],
    declared: Mapping[str, Mapping[str, str]],
    said: Mapping[str, str],
    sheet_of: SheetOf,
) -> Iterator[ListWord]:
    """The question for the year, one for all sheets where they name the same; none where it is answered."""
    unsaid = [table for table in tables if YEAR_WORD not in said and year_word(sheet_of(table)) not in said]
    found = [one for table in unsaid for one in _open_columns(table, asked, declared, sheet_of(table))]
    if len({one.years for one in found}) == 1:
        yield _question(YEAR_WORD, found)
        return
    for sheet, several in groupby(found, key=lambda one: one.sheet):
        yield _question(year_word(sheet), list(several))


def _open_columns(
    table: FoundTable, asked: Sequence[AskedHeading], declared: Mapping[str, Mapping[str, str]], sheet: str
) -> Iterator[_Open]:
    years, may_be = years_of(table), {normalised(one.header): one for one in asked if _DATED & set(one.candidates)}
    for heading in table.match.headings:
        one, col = may_be.get(normalised(heading.text)), _COLUMNS.get(heading.key or "")
        if one is None and (col is None or col.kind is not Kind.DATE):
            continue
        said = declared.get(col.header, {}) if col else {}
        if texts := texts_without_a_year(table, heading.column, said, sheet):
            needed = col.key in GUARDED if col else one is not None and one.is_needed
            yield _Open(sheet, heading.text, texts, years, needed)


def _question(word: str, several: Sequence[_Open]) -> ListWord:
    years, texts = several[0].years, [text for one in several for text in one.texts]
    return ListWord(
        "、".join(dict.fromkeys(" ".join(one.heading.split()) for one in several)),
        ALL_DATES,
        word,
        len(texts),
        "",
        years,
        proposal=years[0] if len(years) == 1 else None,
        is_needed=any(one.is_needed for one in several),
        sample=quoted(texts[0]),
    )
