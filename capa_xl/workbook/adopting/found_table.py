"""Which sheet of an existing workbook is the table to adopt, and what its headings mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from capa_xl.a1 import cell_at
from capa_xl.errors import UnreadableWorkbook, UsageError
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.adoption import MappedHeading
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.derived import AUTO_COLUMNS, AUTO_PREFIX
from capa_xl.ooxml.sheet_values import SheetValues, Value, WorkbookValues
from capa_xl.workbook.adopting.closest_table import no_table
from capa_xl.workbook.reading.find_tracker import NEVER_THE_TRACKER
from capa_xl.workbook.reading.header_row import HeaderMatch, Heading, match_headers
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.no_action_rows import leads_no_action
from capa_xl.workbook.reading.notes import nearest
from capa_xl.workbook.reading.written_names import NOTHING, names_in

LEAST_HEADINGS = 3
_TELLING = frozenset({"measure", "description"})
"""Of these one must be known, or in question."""
MOST_DEPARTMENTS = 50
"""More different values than that are no departments but free text."""
_FIELDS = {col.header: col.key for col in columns_of(Action)}
_ORDER = {key: at for at, key in enumerate(_FIELDS.values())}
_HEADERS = {col.key: col.header for col in (*columns_of(Action), *AUTO_COLUMNS)}


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The table to adopt: its sheet's cells and its header."""

    values: SheetValues
    match: HeaderMatch

    @property
    def rows(self) -> tuple[list[Value], ...]:
        """The rows below the header that may be actions: no totals, footers, section headings, no blank ones."""
        below = self.values.rows[self.match.header_row :]
        return tuple(row for row in below if any(cell != "" for cell in row) and not leads_no_action(row))

    @property
    def mapped(self) -> tuple[MappedHeading, ...]:
        """Headings taken for a column, left to right."""
        return tuple(self._mapped())

    def unmapped(self, asked: Collection[str]) -> tuple[str, ...]:
        """Headings that stay foreign columns; `asked`: the cells of those that are in question."""
        foreign = (h for h in self.match.unmapped if self.cell_of(h) not in asked)
        return tuple(h.text for h in foreign if not h.text.startswith(AUTO_PREFIX))

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns to add: those always needed and not there, then ours."""
        needed = {group[0] for group in self.match.missing}
        people = (col for col in columns_of(Action) if col.key in needed)
        ours = (col for col in AUTO_COLUMNS if col.key not in self.match.columns)
        return (*people, *ours)

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that the table names, in the order of their first mention."""
        columns = self.match.columns
        keys = [key for key in ("responsible_department", "owning_department") if key in columns]
        cells = (row[columns[key] - 1] for key in keys for row in self.rows)
        names = (name for cell in cells if isinstance(cell, str) and cell not in NOTHING for name in names_in(cell))
        return tuple(dict.fromkeys(names))[:MOST_DEPARTMENTS]

    def _mapped(self) -> Iterator[MappedHeading]:
        for heading in self.match.mapped:
            score = next((c.score for c in heading.candidates if c.key == heading.key), 0.9)
            yield MappedHeading(heading.text, self.cell_of(heading), _HEADERS[heading.key or ""], max(score, 0.9))

    def open_keys(self, heading: Heading) -> tuple[str, ...]:
        """The columns it may mean that no other heading is taken for; () for a loser among equals, which is foreign."""
        free = [c for c in heading.candidates if c.score < 0.9 and c.key not in self.match.columns]
        return tuple(c.key for c in sorted(free, key=lambda c: (-c.score, _ORDER[c.key])))

    def cell_of(self, heading: Heading) -> str:
        """The cell the text stands in: of a two-row header the upper one where the lower is blank."""
        row = self.match.header_row
        blank = not str(self.values.rows[row - 1][heading.column - 1]).strip()
        return cell_at(row - 1 if blank and self.match.rows_used == 2 else row, heading.column)


def find_table(book: WorkbookValues, answers: Mapping[str, str]) -> FoundTable:
    """The table to adopt: sheet 改进计划跟踪表, else the one whose headings say most.

    Args:
        book: The workbook.
        answers: Heading → header of ours, "" for none.

    Raises:
        UnreadableWorkbook: No table looks like a tracker, or several do.
        UsageError: An answer names a heading that isn't there, a field that doesn't exist, or one that is taken.
    """
    _refuse_unknown_fields(answers)
    own = [name for name in book.names if name.strip() == TRACKER_SHEET]
    names = own or [name for name in book.names if name.strip() not in NEVER_THE_TRACKER]
    tables = [table for name in names if (table := _table(book, name, answers))]
    if not tables:
        raise no_table(book, names, answers)
    table = _chosen([table for table in tables if not table.match.missing] or tables)
    _refuse_strange_answers(table, answers)
    return table


def read_again(table: FoundTable, answers: Mapping[str, str]) -> FoundTable:
    """The same sheet under other answers; the table as it was where they leave no header at all."""
    match = match_headers(table.values.rows, merged=table.values.merged, least=1, answers=answers)
    return FoundTable(table.values, match) if match and match.header_row == table.match.header_row else table


def _table(book: WorkbookValues, name: str, answers: Mapping[str, str]) -> FoundTable | None:
    values = book.read(name)
    match = match_headers(values.rows, merged=values.merged, least=LEAST_HEADINGS, answers=answers)
    if match is None or len(match.columns) < LEAST_HEADINGS:
        return None
    table = FoundTable(values, match)
    open_keys = {key for heading in match.unmapped for key in table.open_keys(heading)}
    return table if _TELLING & (match.columns.keys() | open_keys) else None


def _chosen(tables: Sequence[FoundTable]) -> FoundTable:
    best = max(len(table.match.columns) for table in tables)
    first = [table for table in tables if len(table.match.columns) == best]
    if len(first) > 1 or (len(tables) > 1 and not tables[0].match.missing):
        names = "、".join(f"《{table.values.name}》" for table in tables)
        raise UnreadableWorkbook(
            f"有几个工作表都像跟踪表：{names}，不知道接管哪一个。请把要用的那个改名为「{TRACKER_SHEET}」，再运行"
        )
    return first[0]


def _refuse_unknown_fields(answers: Mapping[str, str]) -> None:
    for heading, header in answers.items():
        if header and header not in _FIELDS:
            near = nearest(header, tuple(_FIELDS))
            hint = f"，是否指「{near}」？" if near else "。"
            raise UsageError(f"--map {heading}={header}：没有名为「{header}」的字段{hint}字段名见 docs/columns.md")


def _refuse_strange_answers(table: FoundTable, answers: Mapping[str, str]) -> None:
    headings = {normalised(heading.text): heading for heading in table.match.headings}
    for said, header in answers.items():
        heading = headings.get(normalised(said))
        if heading is None:
            raise UsageError(
                f"--map {said}={header}：表头中没有「{said}」。现有列名：{'、'.join(h.text for h in headings.values())}"
            )
        if header and heading.key != _FIELDS[header]:
            other = table.match.heading(_FIELDS[header])
            raise UsageError(f"--map {said}={header}：「{header}」已经对应列「{other}」，请加上 --map {other}= 再运行")
