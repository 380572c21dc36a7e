"""What is known of somebody's table before anything is written: headings, words, looks, and what must be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.adoption import AskedHeading, ListWord
from capa_xl.model.columns import column_by_key
from capa_xl.model.date_style import ALL_DATES, is_year, names_its_days, with_its_days, year_word
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.meanings import NUMBER_HEADER, on_sheet, word_key
from capa_xl.model.meant_word import meant_word
from capa_xl.workbook.adopting.asked_headings import asked_of
from capa_xl.workbook.adopting.bare_numbers import notes_of_bare_numbers, refuse_meanings_of_numbers
from capa_xl.workbook.adopting.chosen_sheets import number_prefixes
from capa_xl.workbook.adopting.date_words import date_words
from capa_xl.workbook.adopting.doubt import HeadingEvidence
from capa_xl.workbook.adopting.find_tables import find_tables, read_again
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.heading_evidence import evidence_of
from capa_xl.workbook.adopting.later_verdicts import asked_if_it_decides
from capa_xl.workbook.adopting.list_words import words_of
from capa_xl.workbook.adopting.moved_meanings import (
    NOT_READ_BEFORE,
    Meanings,
    ReadBefore,
    meanings_of,
    with_moved_meanings,
)
from capa_xl.workbook.adopting.proposals import ENDING, proposed
from capa_xl.workbook.adopting.sheets_beside import SheetsOnce
from capa_xl.workbook.adopting.table_looks import every_look
from capa_xl.workbook.adopting.table_notes import notes_of
from capa_xl.workbook.adopting.vague_deadlines import asked_once
from capa_xl.workbook.adopting.year_questions import with_years, year_questions
from capa_xl.workbook.reading.heading_names import ROW_NUMBERS, normalised
from capa_xl.workbook.reading.moved_deadlines import says_moved

_COLUMNS = column_by_key(Action)
_ENDS = frozenset(_COLUMNS[key].header for key in ENDING)
_NOTHING: Mapping[str, str] = MappingProxyType({})
_SURE = 0.9


class TableSurvey(Struct, frozen=True):
    """The table as it will be read, on one sheet or several, and what is open.

    Attributes:
        tables: Its sheets, in workbook order.
        headings: What 参数 shall keep of the headings: heading → header, "" for none of ours.
        meanings: What 参数 shall keep of the words: (column header, word) → canonical word, "" for blank.
        ask: Headings somebody must decide.
        words: The words of the list columns.
        notes: What else is worth saying.
        struck: Sheet → its crossed-out rows.
        prefixes: Sheets whose 序号 begins anew → what stands before their numbers from now on.
    """

    tables: tuple[FoundTable, ...]
    headings: Mapping[str, str]
    meanings: Mapping[tuple[str, str], str]
    ask: tuple[AskedHeading, ...]
    words: tuple[ListWord, ...]
    notes: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    struck: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def survey_tables(
    book: SheetsOnce,
    blob: bytes,
    said: Mapping[str, str],
    meant: Meanings,
    wanted: Sequence[str] = (),
    before: ReadBefore = NOT_READ_BEFORE,
    as_of: date | None = None,
) -> TableSurvey:
    """Find the table, look below its headings, and settle what can be settled.

    Args:
        book: The workbook.
        blob: Its bytes, for its looks.
        said: Heading → header, "" for none of ours: what somebody answered, now or earlier.
        meant: What somebody said words mean.
        wanted: Sheets that somebody named; () for none.
        before: How it was read before.
        as_of: The day of the run: days beyond are planned ones.

    Raises:
        UnreadableWorkbook: No table that looks like a tracker, or several that differ.
        UsageError: An answer doesn't fit the table.
    """
    said, prefixed = _with_first_deadline(said), before.prefixes
    named = find_tables(book, said, wanted)
    said = {**said, **_left_as_first(named.tables, said)}
    found = tuple(replace(read_again(table, said), as_of=as_of) for table in named.tables)
    looks = every_look(blob, tuple((table.name, table.match.header_row) for table in found))
    pairs = zip(found, looks, strict=True)
    evidence = _joint([evidence_of(table, look, said, is_new=not prefixed) for table, look in pairs])
    unsettled = {doubt.heading.text: "" for doubt in evidence.doubts}
    headings = {**said, **evidence.settled, **unsettled}
    tables = tuple(read_again(table, headings) if headings != said else table for table in found)
    seen = tuple(zip(tables, looks, strict=True))
    prefixes = number_prefixes(tables, prefixed)
    numbered = {**prefixed, **prefixes}
    sheet_of = _named_where_there_are_others(tables, prefixed, meant)
    years = meant.get(ALL_DATES, {})
    columns = _by_column(tables, {column: words for column, words in meant.items() if column != ALL_DATES})
    refuse_meanings_of_numbers(columns, before.meanings)
    columns = with_moved_meanings(tables, columns, before)
    declared = with_years(tables, _numbers_on_their_sheets(tables, columns), years, sheet_of)
    ask = proposed(_once_a_heading(a for table, look in seen for a in asked_of(table, evidence.doubts, look, said)))
    is_end_asked = any(_ENDS & set(one.candidates) for one in ask)
    new = {heading for heading, header in before.headings.items() if not header}
    in_columns = [
        word
        for table, look in seen
        for word in (
            *asked_if_it_decides(
                words_of(table, look, declared, _before_numbers(table, tables, numbered), is_end_asked=is_end_asked),
                prefixed,
                new,
            ),
            *date_words(table, declared, sheet_of(table)),
        )
    ]
    words = (*_summed(asked_once(in_columns)), *year_questions(tables, ask, declared, years, sheet_of))
    _refuse_strange_meanings(words, declared)
    is_number_asked = any(NUMBER_HEADER in one.candidates for one in ask)
    notes = [
        note
        for table, look in seen
        for note in notes_of(table, look, evidence.doubts, is_end_asked=is_end_asked, is_number_asked=is_number_asked)
    ]
    notes += (note for table in tables for note in notes_of_bare_numbers(table, date1904=book.date1904))
    return TableSurvey(
        tables=tables,
        headings={**_foreign(tables), **headings, **_row_numbers(tables)},
        meanings={(w.field, w.word): _kept(w) for w in words if _is_kept(w)},
        ask=ask,
        words=words,
        notes=(*named.notes, *dict.fromkeys(notes)),
        prefixes=prefixes,
        struck={table.name: look.struck for table, look in seen},
    )


def _named_where_there_are_others(
    tables: Sequence[FoundTable], read_before: Mapping[str, str], meant: Mapping[str, Mapping[str, str]]
) -> Callable[[FoundTable], str]:
    """A sheet's name where days without a year may be of another year than those of another sheet, else "".

    One that was read before keeps what its year was kept under.
    """
    is_only = len(tables) == 1 and not read_before
    kept = {word for words in meant.values() for word in words}

    def sheet_of(table: FoundTable) -> str:
        name = table.name.strip()
        is_kept_without = name in read_before and word_key(year_word(name)) not in kept
        return "" if is_only or is_kept_without else name

    return sheet_of


def _before_numbers(table: FoundTable, tables: Sequence[FoundTable], prefixes: Mapping[str, str]) -> str:
    """What tells a number of this sheet from one of another: its prefix, else its name, where there are others."""
    return prefixes.get(table.name.strip(), "") or ("" if len(tables) == 1 else on_sheet(table.name))


def _numbers_on_their_sheets(
    tables: Sequence[FoundTable], columns: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """What was said of a number that only one sheet has is said of that sheet's."""
    said = columns.get(NUMBER_HEADER, {})
    on = {key: [t.name for t in tables if any(word_key(n) == key for n in t.numbers)] for key in said}
    there = {word_key(on_sheet(names[0], key)): said[key] for key, names in on.items() if len(names) == 1}
    return {**columns, NUMBER_HEADER: {**there, **said}} if there and len(tables) > 1 else columns


def _kept(word: ListWord) -> str:
    """What 参数 shall hold: a year with the days it was given for; once kept it holds for those and no others."""
    is_new = word.texts and is_year(word.meaning) and not names_its_days(word.meaning)
    return with_its_days(word.meaning, word.texts) if is_new else word.meaning


def _with_first_deadline(said: Mapping[str, str]) -> Mapping[str, str]:
    """Where the answers name two deadlines, and one of them as moved, the other is the first one."""
    due = [heading for heading, header in said.items() if header == _COLUMNS["due_on"].header]
    moved = [heading for heading in due if says_moved(heading)]
    if len(due) != len(moved) + 1 or len(moved) != 1:
        return said
    first = {heading: _COLUMNS["original_due_on"].header for heading in due if heading not in moved}
    return {**said, **first}


def _left_as_first(tables: Sequence[FoundTable], said: Mapping[str, str]) -> dict[str, str]:
    """The known deadline that an answer for the moved one alone has put out of its place is the first one.

    Left unread it would take the deadline of every row that was never moved.
    """
    first, due = _COLUMNS["original_due_on"].header, _COLUMNS["due_on"].header
    is_moved = any(header == due and says_moved(heading) for heading, header in said.items())
    if not is_moved or first in said.values():
        return {}
    answered = {normalised(heading) for heading in said}
    free = (h for table in tables if "original_due_on" not in table.match.columns for h in table.match.unmapped)
    known = [h for h in free if any(one.key == "due_on" and one.score >= _SURE for one in h.candidates)]
    left = {normalised(h.text): h.text for h in known if normalised(h.text) not in answered}
    return dict.fromkeys(left.values(), first) if len(left) == 1 else {}


def _is_kept(word: ListWord) -> bool:
    """What reading doesn't know by itself: 已完成 under a day of completion among it."""
    return word.is_answered or word.meaning not in ("", word.word) or word.field == _COLUMNS["completed_on"].header


def _foreign(tables: Sequence[FoundTable]) -> dict[str, str]:
    """The headings that nobody takes for a column today: nor shall a later program that knows more names."""
    known = {normalised(heading.text) for table in tables for heading in table.match.mapped}
    unmapped = (heading.text for table in tables for heading in table.match.unmapped)
    return {text: "" for text in unmapped if normalised(text) not in known and not text.startswith(AUTO_PREFIX)}


def _row_numbers(tables: Sequence[FoundTable]) -> dict[str, str]:
    """序号 that numbers the rows today numbers them from now on: a row copied with its number is a double, no more."""
    numbers = [h.text for table in tables for h in table.match.mapped if h.key == "number"]
    known = len(numbers) == len(tables) and all(normalised(text) == ROW_NUMBERS for text in numbers)
    return dict.fromkeys(numbers, _COLUMNS["number"].header) if known else {}


def _joint(found: Sequence[HeadingEvidence]) -> HeadingEvidence:
    """What several sheets say of their headings: one doubt is enough."""
    doubts = {normalised(doubt.heading.text): doubt for one in found for doubt in one.doubts}
    settled = {heading: header for one in found for heading, header in one.settled.items()}
    sure = {heading: header for heading, header in settled.items() if normalised(heading) not in doubts}
    return HeadingEvidence(sure, tuple(doubts.values()))


def _once_a_heading(asked: Iterable[AskedHeading]) -> tuple[AskedHeading, ...]:
    found: dict[str, AskedHeading] = {}
    for one in asked:
        found.setdefault(normalised(one.header), one)
    return tuple(found.values())


def _summed(words: Iterable[ListWord]) -> tuple[ListWord, ...]:
    """Each word of a column once, with its rows of all sheets."""
    found: dict[tuple[str, str], ListWord] = {}
    for word in words:
        known = found.setdefault((word.field, word.word), word)
        if known is not word:
            needed = known.is_needed or word.is_needed
            found[word.field, word.word] = replace(known, count=known.count + word.count, is_needed=needed)
    return tuple(found.values())


def _by_column(tables: Sequence[FoundTable], meant: Meanings) -> dict[str, dict[str, str]]:
    """The declared words by canonical header.

    A name that is both a field of the table and the heading of another field is the field: so it is printed and kept.

    Raises:
        UsageError: No such column, or none that is a list.
    """
    mapped = [heading for table in tables for heading in table.match.mapped]
    fields = {normalised(h.text): _COLUMNS[h.key].header for h in mapped if h.key in _COLUMNS}
    known = {normalised(col.header): col.header for col in _COLUMNS.values()}
    taken = {name: header for name, header in known.items() if header in fields.values()}
    found: dict[str, dict[str, str]] = {}
    for column, words in meant.items():
        header = next((names[name] for names in (taken, fields, known) if (name := normalised(column)) in names), None)
        if header is None:
            raise UsageError(
                f"--value {column}:…：表头和标准列名中都没有「{column}」。现有列：{'、'.join(fields.values())}"
            )
        found.setdefault(header, {}).update({word_key(word): meaning for word, meaning in words.items()})
    return found


def _refuse_strange_meanings(words: tuple[ListWord, ...], declared: Mapping[str, Mapping[str, str]]) -> None:
    by_header = {col.header: col for col in _COLUMNS.values()}
    for header, meanings in declared.items():
        there = {word_key(word.word): word.word for word in words if word.field == header}
        for key, meaning in meanings.items():
            shown, allowed = there.get(key, key), meanings_of(by_header[header], key, meaning)
            if meaning and meaning not in allowed:
                near = meant_word(meaning, allowed)
                hint = f"，是否指「{near}」？" if near else "。"
                raise UsageError(
                    f"--value {header}:{shown}={meaning}：「{header}」没有「{meaning}」{hint}可用：{'、'.join(allowed)}"
                )
