"""Words whose meaning was said and that stand nowhere in the table: most often misspelt, and never taken in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from capa_xl.model.date_style import ORDER_WORD, is_year_word
from capa_xl.model.meanings import word_key, word_of_sheet
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.notes import text_of


def notes_of_absent_words(
    tables: Iterable[FoundTable], said: Mapping[str, Mapping[str, str]], prefixes: Mapping[str, str]
) -> Iterator[str]:
    """A sentence in Chinese for each word that no cell holds, alone or among others.

    What stands for a year or an order of days is no word of a cell.

    Args:
        said: Column, by heading or header of ours → word, of all sheets or of one → meaning, as said now.
        prefixes: Sheet → what stands before its numbers, and in no cell.
    """
    if not said:
        return
    cells = {table.name: _cells(table) for table in tables}
    for column, words in said.items():
        for word, meaning in words.items():
            is_of_all_days = word == ORDER_WORD or is_year_word(word)
            own = {sheet: _own_word(word, sheet, prefixes.get(sheet.strip(), "")) for sheet in cells}
            if not is_of_all_days and not any(own[sheet] in cell for sheet, held in cells.items() for cell in held):
                read = f"按「{meaning}」读" if meaning else "当作空白"
                said_so = f"--value {column}:{word}={meaning}：表里没有「{word}」"
                yield f"{said_so}，现在不起作用，以后出现时{read} → 请核对写法"


def _cells(table: FoundTable) -> frozenset[str]:
    return frozenset(word_key(text_of(value)) for row in table.values.rows for value in row if value != "")


def _own_word(word: str, sheet: str, prefix: str) -> str:
    """The word as cells hold it, where it was said of that sheet alone too."""
    return word_key(word).removesuffix(word_key(word_of_sheet("", sheet))).removeprefix(word_key(prefix))
