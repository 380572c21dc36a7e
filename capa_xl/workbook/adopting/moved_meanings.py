"""What words of a column were said to mean, when the column is taken for another one now: said once, it holds on.

整改时限 was 完成期限 and is 原完成期限 once 延长后时限 stands beside it: 2027年3月 is the same day below it as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from capa_xl.model.action import Action
from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.date_style import ORDER_WORD, ORDERS, is_iso_day, is_year, is_year_word
from capa_xl.model.meanings import COUNTED, NOT_COUNTED, NUMBER_HEADER
from capa_xl.workbook.adopting.date_words import COMPLETION_WORDS
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.list_words import allowed_of
from capa_xl.workbook.adopting.vague_deadlines import DEADLINES
from capa_xl.workbook.reading.heading_names import normalised

_COLUMNS = column_by_key(Action)
_DUE, _FIRST_DUE = (_COLUMNS[key].header for key in DEADLINES)
_OTHER_DEADLINE = {_DUE: _FIRST_DUE, _FIRST_DUE: _DUE}

Meanings = Mapping[str, Mapping[str, str]]
"""Column, by its heading or its canonical header → word → canonical word, "" for blank."""


class ReadBefore(Struct, frozen=True):
    """What 参数 keeps of a table that was adopted earlier; empty for one that is new.

    Attributes:
        prefixes: Sheets that were read before → what stands before their numbers, "" for nothing.
        headings: `normalised` heading → header of ours that it was taken for, "" for none.
        meanings: Header of ours → `word_key` → what was said that the word means.
    """

    prefixes: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=dict)


NOT_READ_BEFORE = ReadBefore()


def with_moved_meanings(
    tables: Sequence[FoundTable], declared: Meanings, before: ReadBefore
) -> dict[str, dict[str, str]]:
    """What was declared, and of a column that was taken for another one before, what was said of that one's words.

    A deadline under a new heading was the other one, if it was any: renamed and moved at once.

    Args:
        declared: Header of ours → `word_key` → meaning, what was said earlier among it: what is said now stands
            against what came along, what was said earlier of another column doesn't.
    """
    found = {header: dict(words) for header, words in declared.items()}
    for heading, col in _taken(tables):
        was, kept = before.headings.get(heading, ""), before.meanings.get(col.header, {})
        along = before.meanings.get(was or _OTHER_DEADLINE.get(col.header, ""), {}) if was != col.header else {}
        words = found.setdefault(col.header, {}) if along else {}
        for key, meaning in along.items():
            is_said_of_it = key in words and (not was or words[key] != kept.get(key))
            if not is_said_of_it and (not meaning or meaning in meanings_of(col, key, meaning)):
                words[key] = meaning
    return found


def _taken(tables: Sequence[FoundTable]) -> Iterator[tuple[str, Column]]:
    """The `normalised` headings that are taken for a column of ours, and that column."""
    headings = (heading for table in tables for heading in table.match.mapped)
    return ((normalised(h.text), _COLUMNS[h.key]) for h in headings if h.key in _COLUMNS)


def meanings_of(col: Column, key: str, meaning: str) -> tuple[str, ...]:
    """What a word of a column may mean; of a day or a year it is the very one, or an example.

    Args:
        key: `word_key` of the word.
    """
    if col.header == NUMBER_HEADER:
        return NOT_COUNTED, COUNTED
    if col.kind is not Kind.DATE:
        return allowed_of(col)
    if is_year_word(key):
        return (meaning,) if is_year(meaning) else ("2026",)
    if col.key in DEADLINES and key != ORDER_WORD:
        return (meaning,) if is_iso_day(meaning) else ("2026-12-31",)
    return ORDERS if key == ORDER_WORD else COMPLETION_WORDS if col.key == "completed_on" else ()
