"""Which sheets of an existing workbook are the table to adopt, and what their headings mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from capa_xl.errors import UsageError
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.columns import columns_of
from capa_xl.model.meant_word import meant_word
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.adopting.chosen_sheets import SheetsFound, chosen_sheets
from capa_xl.workbook.adopting.closest_table import no_table
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.likely_headings import likely_keys
from capa_xl.workbook.adopting.one_table_a_sheet import refuse_a_second_table
from capa_xl.workbook.adopting.sheets_beside import (
    ReadSheet,
    SheetsOnce,
    notes_of_sheets,
    refuse_bigger_ones,
    sheets_beside,
)
from capa_xl.workbook.reading.find_tracker import NEVER_THE_TRACKER
from capa_xl.workbook.reading.header_match import NEEDED, Heading
from capa_xl.workbook.reading.header_row import match_headers, without_answered
from capa_xl.workbook.reading.heading_names import normalised

LEAST_HEADINGS = 3
FEWER_HEADINGS = 2
"""Where no sheet has more sure ones: the rest is asked."""
LIKELY_HEADINGS = 1
"""Where the values of the others say that they likely are what a tracker needs."""
_TELLING = frozenset({"measure", "description"})
"""Of these one must be known, or in question."""
_FIELDS = {col.header: col.key for col in columns_of(Action)}


class FieldTaken(UsageError):
    """An answer gives a field that another column is taken for already.

    Attributes:
        other: The heading of that column: none of ours in the command to paste.
    """

    def __init__(self, said: str, header: str, other: str) -> None:
        one, two = (" ".join(text.split()) for text in (said, other))
        super().__init__(f"--map {one}={header}：「{header}」已经对应列「{two}」，只能有一列是")
        self.said, self.other = said, other


def find_tables(book: SheetsOnce, answers: Mapping[str, str], wanted: Sequence[str] = ()) -> SheetsFound:
    """The table to adopt: the sheets that are wanted, else 改进计划跟踪表, else those whose headings say most.

    Args:
        book: The workbook's sheets: the widest look reads those that the others found nothing on.
        answers: Heading → header of ours, "" for none.
        wanted: Sheets that somebody named; () for none.

    Raises:
        UnreadableWorkbook: No table looks like a tracker, or several that differ do.
        UsageError: A wanted sheet isn't there or no table, or an answer names a heading that isn't there, a field that
            doesn't exist, or one that is taken.
    """
    _refuse_unknown_fields(answers)
    own = [name for name in book.names if name.strip() == TRACKER_SHEET]
    names = own or [name for name in book.names if name.strip() not in NEVER_THE_TRACKER]
    if wanted:
        names = [name for name in book.names if name.strip() in wanted]
        _refuse_strange_sheets(book, wanted)
    least = (LEAST_HEADINGS, FEWER_HEADINGS, LIKELY_HEADINGS)
    tables = next(filter(None, (_tables(book.read, names, answers, count) for count in least)), [])
    if not tables or (wanted and len(tables) < len(names)):
        without = [name for name in names if name not in {table.name for table in tables}]
        raise no_table(map(book.read, without), answers)
    found = chosen_sheets(tables, is_told=bool(wanted))
    beside = sheets_beside(book.names, book.read, {table.name for table in tables})
    if not wanted and not own:
        refuse_bigger_ones(found.tables, beside)
    for table in found.tables:
        refuse_a_second_table(table.values, table.match)
    _refuse_strange_answers(found.tables, answers)
    return replace(found, notes=(*found.notes, *notes_of_sheets(beside)))


def read_again(table: FoundTable, answers: Mapping[str, str]) -> FoundTable:
    """The same sheet under other answers; where they leave no heading that is known, none of it is."""
    match = match_headers(table.values.rows, merged=table.values.merged, least=1, answers=answers)
    is_there = match is not None and match.header_row == table.match.header_row
    return replace(table, match=match if is_there else without_answered(table.match, answers))


def _tables(read: ReadSheet, names: Sequence[str], answers: Mapping[str, str], least: int) -> list[FoundTable]:
    return [table for name in names if (table := _table(read(name), answers, least))]


def _table(values: SheetValues, answers: Mapping[str, str], least: int) -> FoundTable | None:
    match = match_headers(values.rows, merged=values.merged, least=least, answers=answers)
    if match is None or len(match.columns) < least:
        return None
    table = FoundTable(values, match)
    open_keys = {key for heading in match.unmapped for key in _may_mean(table, heading)}
    found = match.columns.keys() | open_keys
    wanted = (_TELLING,) if least > LIKELY_HEADINGS else NEEDED[1:]
    return table if all(found & set(group) for group in wanted) else None


def _may_mean(table: FoundTable, heading: Heading) -> tuple[str, ...]:
    return (*table.open_keys(heading), *likely_keys(heading.text, values_below(table, heading.column)))


def _refuse_strange_sheets(book: SheetsOnce, wanted: Sequence[str]) -> None:
    there = [name.strip() for name in book.names]
    for name in wanted:
        if name not in there:
            raise UsageError(f"--sheet {name}：工作簿里没有这个工作表。现有：{'、'.join(there)}")


def _refuse_unknown_fields(answers: Mapping[str, str]) -> None:
    for heading, header in answers.items():
        if header and header not in _FIELDS:
            near = meant_word(header, _FIELDS)
            hint = f"，是否指「{near}」？" if near else "。"
            raise UsageError(
                f"--map {heading}={header}：没有名为「{header}」的标准列{hint}"
                "标准列名见 columns.md（在哪里：capa-xl docs）"
            )


def _refuse_strange_answers(tables: Sequence[FoundTable], answers: Mapping[str, str]) -> None:
    for said, header in answers.items():
        places = [
            (table, h) for table in tables for h in table.match.headings if normalised(h.text) == normalised(said)
        ]
        if not places and not header:
            continue  # a heading that was none of ours, and is gone
        if not places:
            known = dict.fromkeys(h.text for table in tables for h in table.match.headings if h.text)
            raise UsageError(f"--map {said}={header}：表头中没有「{said}」。现有列名：{'、'.join(known)}")
        _refuse_shared_name(said, header, places)
        for table, heading in places:
            other = table.match.heading(_FIELDS[header]) if header else ""
            if other and heading.key != _FIELDS[header] and normalised(other) != normalised(said):
                raise FieldTaken(said, header, other)


def _refuse_shared_name(said: str, header: str, places: Sequence[tuple[FoundTable, Heading]]) -> None:
    """日期 below 回访 and below 例会 is no name of one column; both names together are."""
    for table in dict.fromkeys(table.name for table, _ in places) if header else ():
        values, match = next((found.values, found.match) for found, _ in places if found.name == table)
        columns = [heading.column for found, heading in places if found.name == table]
        plain = match_headers(values.rows, merged=values.merged, least=1)
        if len(columns) < 2 or plain is None or plain.header_row != match.header_row:
            continue
        names = dict.fromkeys(h.text for h in plain.headings if h.column in columns)
        if len(names) == len(columns):
            ways = "、".join(f'"{name}={header}"' if " " in name else f"{name}={header}" for name in names)
            raise UsageError(
                f"--map {said}={header}：「{said}」有 {len(columns)} 列，请写明是哪一列，用其中一个：--map {ways}"
            )
