"""What the headings of a sheet leave in doubt: unknown, rival, later and missing ones, and rows beside the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key, columns_of
from capa_xl.model.command_line import in_quotes
from capa_xl.model.problem import Hit, Remark
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.find_tracker import HeadedSheet
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.later_headings import LaterHeading
from capa_xl.workbook.reading.notes import is_blank
from capa_xl.workbook.reading.tracker import TrackerRows

_OURS = {normalised(column.header): column.header for column in columns_of(Action)}


def later_remarks(sheet: HeadedSheet, match: HeaderMatch) -> Iterator[Remark]:
    """WB17 for the headings that came after adoption and have a meaning of ours."""
    for one in sheet.later:
        text = " ".join(one.heading.text.split())
        facts = {"h": text, "q": " --map ".join(map(in_quotes, one.answers)), "own": in_quotes(f"{text}=")}
        facts |= {"due": " ".join(one.first.split())} if one.is_third else {}
        facts |= {"gone": one.header} if one.is_renamed else {}
        facts |= {"e": "、".join(map(in_quotes, one.instead))} if one.instead else {}
        facts |= {"c" if one.counts else "like": one.header}
        yield Remark("WB17", Hit(sheet.values.name, cell_at(match.header_row, one.heading.column), facts=facts))


def header_remarks(sheet: str, match: HeaderMatch, record: type, told: Sequence[LaterHeading] = ()) -> Iterator[Remark]:
    """WB03 for headings of equal right, WB06 for those nobody knows; those already told are left out."""
    known = column_by_key(record)
    for clash in match.clashes:
        header = known[clash.key].header if clash.key in known else clash.first.text
        facts = {"a": clash.first.text, "c": header, "v": clash.second.text}
        facts |= {"alike": "同名，都"} if clash.second.text == clash.first.text else {"b": clash.second.text}
        facts |= {
            name: cell_at(match.header_row, h.column) for name, h in (("first", clash.first), ("second", clash.second))
        }
        yield Remark("WB03", Hit(sheet, cell_at(match.header_row, clash.second.column), facts=facts))
    clashed = {clash.second.column for clash in match.clashes} | {one.heading.column for one in told}
    for heading in match.unmapped:
        if heading.column not in clashed:
            facts, text = {"h": heading.text, "v": heading.text}, " ".join(heading.text.split())
            facts |= {"q": in_quotes(f"{text}=标准列名")} if record is Action else {}
            yield Remark("WB06", Hit(sheet, cell_at(match.header_row, heading.column), facts=facts))


def own_names_left_out(
    values: SheetValues, match: HeaderMatch, rows: TrackerRows, told: Iterable[Remark]
) -> Iterator[Remark]:
    """The remarks, and in a WB06 of a heading that bears the name of one of our columns how many rows it costs.

    At adoption the words below it were strange, and nobody has said since that it is that column.
    """
    unmapped = {cell_at(match.header_row, heading.column): heading for heading in match.unmapped}
    for remark in told:
        heading = unmapped.get(remark.hit.at or "") if remark.rule == "WB06" else None
        ours = _OURS.get(normalised(heading.text)) if heading else None
        filled = _filled(values, rows, heading.column) if heading and ours else 0
        if not (heading and ours and filled):
            yield remark
            continue
        same = in_quotes(f"{' '.join(heading.text.split())}={ours}")
        facts = {"h": heading.text, "v": heading.text, "n": str(filled), "own": same}
        yield replace(remark, hit=replace(remark.hit, facts=facts))


def headless_columns(values: SheetValues, match: HeaderMatch, rows: TrackerRows) -> Iterator[Remark]:
    """WB13 for a column between others whose heading is blank although rows that count have something in it."""
    named = {heading.column for heading in match.headings}
    spanned = {
        column
        for top, left, bottom, right in values.merged
        if top <= match.header_row <= bottom
        for column in range(left, right + 1)
    }
    for column in range(min(named), max(named)):
        if column in named or column in spanned:
            continue
        if filled := _filled(values, rows, column):
            at = cell_at(match.header_row, column)
            yield Remark("WB13", Hit(values.name, at, facts={"n": str(filled)}))


def _filled(values: SheetValues, rows: TrackerRows, column: int) -> int:
    """Rows that count or are set aside with something in a 1-based column."""
    counted = [*(record.row for record in rows.table.records), *(row.row for row in rows.quarantined)]
    return sum(not is_blank(_cell(values, row, column)) for row in counted)


def _cell(values: SheetValues, row: int, column: int) -> Value:
    cells = values.rows[row - 1] if row <= len(values.rows) else ()
    return cells[column - 1] if column <= len(cells) else ""


def below_the_table(book: WorkbookValues, rows: TrackerRows, match: HeaderMatch) -> Iterator[Remark]:
    """WB08 for every row that counts but lies below the Excel table around the header."""
    sheet = book.package.sheet(rows.table.sheet)
    for table in book.package.tables(sheet) if sheet else ():
        top, _, bottom, _ = table.area
        if top > match.header_row or bottom < match.header_row:
            continue
        numbered = [(action.row, action.number) for action in rows.table.records]
        numbered += [(row.row, row.number) for row in rows.quarantined]
        for row, number in sorted(numbered):
            if row > bottom:
                at = cell_at(row, min(match.columns.values()))
                yield Remark("WB08", Hit(rows.table.sheet, at, number, row, {"r": str(row)}))
