"""An existing workbook adopted: its table mapped, our columns and sheets added, everything else as it was.

Two steps, each proven: new parts and column widths (`added_sheets`), then the new cells by the same splice as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.errors import UnsafeWrite
from capa_xl.model import palette
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.adoption import UNDECIDED, Adoption, ListWord
from capa_xl.model.columns import Column
from capa_xl.model.meanings import SHEET_COUNTS
from capa_xl.model.schema import (
    FINDINGS_SHEET,
    LEDGER_SHEET,
    LISTS_SHEET,
    OVERVIEW_SHEET,
    SHEETS,
    TIMELINE_SHEET,
)
from capa_xl.ooxml.patch import CellEdit, CellLook, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.absent_words import notes_of_absent_words
from capa_xl.workbook.adopting.added_sheets import NewColumns, refuse_closed, with_sheets
from capa_xl.workbook.adopting.found_table import MOST_DEPARTMENTS, FoundTable
from capa_xl.workbook.adopting.given_numbers import given_numbers
from capa_xl.workbook.adopting.grown_headings import heading_look
from capa_xl.workbook.adopting.kept_settings import SettingsThere, kept_settings, namesake, settings_there
from capa_xl.workbook.adopting.moved_meanings import Meanings, ReadBefore
from capa_xl.workbook.adopting.proof_of_adoption import verify_added
from capa_xl.workbook.adopting.room_for_columns import areas_on, free_column
from capa_xl.workbook.adopting.roster_beside import RosterBeside, roster_beside
from capa_xl.workbook.adopting.sheets_beside import SheetsOnce
from capa_xl.workbook.adopting.since_adoption import (
    kept_as_none,
    notes_of_kept,
    still_standing,
    taken_since,
    unsettled_since,
    without,
)
from capa_xl.workbook.adopting.table_survey import TableSurvey, survey_tables
from capa_xl.workbook.blank.adopted_sheets import build_sheets
from capa_xl.workbook.blank.content import PEOPLE_SHEET, SETTINGS_SHEET
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.blank.tracker_sheet import tracker_width
from capa_xl.workbook.reading.namesakes import drawn_by_others

ADDED_SHEETS = frozenset(
    {OVERVIEW_SHEET, TIMELINE_SHEET, PEOPLE_SHEET, SETTINGS_SHEET, LISTS_SHEET, "节假日", FINDINGS_SHEET, LEDGER_SHEET}
)


class Adopting(Struct, frozen=True):
    """What the run gives.

    Attributes:
        answers: Heading → header of ours, "" for none of ours.
        workbook_id: 工作簿标识, where the workbook has none.
        as_of: 提醒启用日, where the workbook has none.
        meanings: Column, by heading or header of ours → word → canonical word, "" for blank.
        sheets: Sheets to adopt; () leaves the choice to the tool.
        takes_left_out: Also where most of the rows can't be tracked as they stand.
        company: 公司名称, where the workbook has none: in 参数 and above every page of the sheets that are added.
    """

    answers: Mapping[str, str]
    workbook_id: str
    as_of: date
    meanings: Meanings = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    takes_left_out: bool = False
    company: str = ""

    @property
    def decided(self) -> Adopting:
        """The same without the answers that a printed command left to somebody (待定)."""
        meanings = {column: _decided(words) for column, words in self.meanings.items()}
        return replace(self, answers=_decided(self.answers), meanings=meanings)


class AdoptionPlan(Struct, frozen=True):
    """What adopting comes to, before a cell is written.

    Attributes:
        base: The workbook with the sheets and widths that are added.
        patch: The cells to write into it.
    """

    base: bytes
    patch: Patch
    found: Adoption


def adopt(blob: bytes, wish: Adopting) -> tuple[bytes | None, Adoption]:
    """The adopted workbook's bytes, proven, and what was found and added.

    Returns:
        No bytes while a needed heading or word is in question (`Adoption.is_blocked`).

    Raises:
        UnreadableWorkbook: No workbook, no table that looks like a tracker, or several.
        UsageError: An answer doesn't fit the table.
        UnsafeWrite: Signed, shared, strict, no room, or a sheet of one of our names that isn't ours.
    """
    plan = plan_adoption(blob, wish)
    if plan.found.is_blocked:
        return None, plan.found
    done = splice(plan.base, plan.patch)
    verify(plan.base, done.blob, plan.patch)
    return done.blob, plan.found


def plan_adoption(blob: bytes, wish: Adopting) -> AdoptionPlan:
    """Everything adopting would write; nothing while a needed heading or word is in question.

    Raises:
        UnreadableWorkbook, UsageError, UnsafeWrite: As `adopt`.
    """
    book = WorkbookValues(blob)
    found, new = _surveyed(blob, book, wish)
    if new is None:
        return AdoptionPlan(blob, Patch(), found)
    return AdoptionPlan(_with_our_sheets(blob, book, new, wish.as_of) if new.sheets else blob, new.patch, found)


def survey_adoption(blob: bytes, wish: Adopting) -> Adoption:
    """What `plan_adoption` finds and asks, without drawing the sheets that it adds: asked anew after every answer.

    Raises:
        UnreadableWorkbook, UsageError, UnsafeWrite: As `adopt`, but for what only writing shows.
    """
    book = WorkbookValues(blob)
    found, new = _surveyed(blob, book, wish)
    if new is not None and new.sheets:
        refuse_closed(book.package)
    return found


class _New(Struct, frozen=True):
    """What an adopted workbook gets.

    Attributes:
        columns: By sheet of the tracker.
        sheets: Names of ours that it lacks.
        settings: Rows of 参数 that the table gives.
        patch: Its new cells.
    """

    columns: Sequence[_AddedColumns]
    sheets: tuple[str, ...]
    settings: tuple[dict[str, str], ...]
    roster: RosterBeside
    patch: Patch


def _surveyed(blob: bytes, book: WorkbookValues, wish: Adopting) -> tuple[Adoption, _New | None]:
    """What is found, and what is added; None while a needed heading or word is in question."""
    there = {name.strip(): name for name in book.names}
    settings = settings_there(book, there)
    wanted = _wanted(settings, wish, there)
    decided = wish.decided
    sheets_read, before = SheetsOnce.of(book), _known_sheets(settings, there)
    kept = still_standing(settings.headings, [sheets_read.read(there[name]) for name in before])
    said, meant = {**kept, **decided.answers}, settings.with_meanings(decided.meanings)
    prefixes = dict.fromkeys(before, "") | settings.number_prefixes
    known = ReadBefore(prefixes, settings.headings_taken, settings.with_meanings({}))
    unsettled = unsettled_since(sheets_read, settings, said)
    own = dict.fromkeys(unsettled, "")
    asked = survey_tables(sheets_read, blob, {**said, **own}, meant, wanted, known, wish.as_of)
    survey = without(asked, unsettled)
    if kept_none := kept_as_none(settings, said):
        open_ones = {heading: header for heading, header in {**said, **own}.items() if heading not in kept_none}
        anew = survey_tables(sheets_read, blob, open_ones, meant, wanted, known, wish.as_of)
        survey = replace(survey, notes=(*survey.notes, *notes_of_kept(anew, kept_none)))
    absent = notes_of_absent_words(survey.tables, decided.meanings, {**prefixes, **survey.prefixes})
    survey = replace(survey, notes=(*survey.notes, *absent))
    found = _found(survey, takes_left_out=wish.takes_left_out)
    if found.is_blocked:
        return found, None
    _refuse_namesakes(book, there)
    columns = [_AddedColumns(table, table.missing, _free(book, table)) for table in survey.tables]
    sheets = tuple(spec.name for spec in SHEETS if spec.name in ADDED_SHEETS and spec.name not in there)
    survey = replace(survey, headings={**taken_since(survey.tables, settings), **survey.headings})
    rows = tuple(kept_settings(survey, wish.workbook_id, wish.as_of, settings.company(wish.company)))
    tables = [table.name for table in survey.tables]
    roster = roster_beside(sheets_read, tables)
    unnumbered = [(new.table, at) for new in columns if (at := new.column_of("number"))]
    taken = {number for table in survey.tables for number in table.numbers}
    numbers = given_numbers(unnumbered, settings.number_pattern, wish.as_of.year, survey.struck, taken)
    headers = (edit for new in columns for edit in new.headers())
    patch = Patch(edits=(*headers, *numbers, *settings.filled(rows)))
    notes = (*found.notes, *filter(None, (roster.note,)))
    return replace(found, sheets=sheets, notes=notes), _New(columns, sheets, rows, roster, patch)


def _decided(answers: Mapping[str, str]) -> dict[str, str]:
    return {question: answer for question, answer in answers.items() if answer != UNDECIDED}


def _wanted(settings: SettingsThere, wish: Adopting, there: Mapping[str, str]) -> tuple[str, ...]:
    """The sheets to adopt: those that somebody named, beside those that are the register already."""
    if not wish.sheets:
        return tuple(name for name, said in settings.sheets.items() if said == SHEET_COUNTS and name in there)
    return tuple(dict.fromkeys((*_known_sheets(settings, there), *wish.sheets)))


def _known_sheets(settings: SettingsThere, there: Mapping[str, str]) -> tuple[str, ...]:
    """The sheets that 参数 counts in; of an older workbook the one of our name."""
    counted = tuple(name for name, said in settings.sheets.items() if said == SHEET_COUNTS and name in there)
    return counted or ((TRACKER_SHEET,) if settings.sheet and TRACKER_SHEET in there else ())


def _with_our_sheets(blob: bytes, book: WorkbookValues, new: _New, as_of: date) -> bytes:
    """The workbook with our sheets at its end, and our columns as wide as their headers; proven."""
    named = (name for one in new.columns for name in one.table.departments)
    departments = tuple(dict.fromkeys((*named, *new.roster.departments)))[:MOST_DEPARTMENTS]
    content = {SETTINGS_SHEET: new.settings} | ({PEOPLE_SHEET: new.roster.people} if new.roster.people else {})
    donor = build_sheets(new.sheets, content, new.columns[0].place(), as_of=as_of, departments=departments)
    tabs = [(one, book.package.sheet(one.table.name)) for one in new.columns]
    wide = [NewColumns(tab, one.first, one.widths(), _BODY) for one, tab in tabs if tab]
    grown = with_sheets(blob, donor, wide)
    verify_added(blob, grown, [one.sheet for one in wide])
    return grown


def _free(book: WorkbookValues, table: FoundTable) -> int:
    """The first of the empty columns on the right of a table.

    Raises:
        UnsafeWrite: The sheet isn't in the workbook's list, or there is no room.
    """
    tab = book.package.sheet(table.name)
    if tab is None:
        raise UnsafeWrite(f"工作表《{table.name}》不在工作簿的清单里")
    return free_column(table.values, table.match, areas_on(book.package, tab), len(table.missing))


class _AddedColumns(Struct, frozen=True):
    """The columns a sheet gets, from the 1-based column `first` on."""

    table: FoundTable
    missing: tuple[Column, ...]
    first: int

    def column_of(self, key: str) -> int | None:
        """1-based column of an added one."""
        return next((self.first + at for at, col in enumerate(self.missing) if col.key == key), None)

    def widths(self) -> list[float]:
        """As in a new workbook, and wide enough for the header on one line: the header row keeps the height it had."""
        count = len(self.table.match.headings) + len(self.missing)
        return [max(tracker_width(col, count), 2 * len(col.header) + 2) for col in self.missing]

    def place(self) -> Place:
        """Where every column of the sheet stands then."""
        added = {col.key: self.first + at for at, col in enumerate(self.missing)}
        return Place(self.table.name, self.table.match.header_row, {**self.table.match.columns, **added})

    def headers(self) -> Iterator[CellEdit]:
        """The headers of the added columns."""
        for at, col in enumerate(self.missing):
            look = heading_look(col)
            yield CellEdit(self.table.name, cell_at(self.table.match.header_row, self.first + at), col.header, look)


def _found(survey: TableSurvey, *, takes_left_out: bool) -> Adoption:
    first = survey.tables[0]
    asked = {one.cell for one in survey.ask}
    mapped = {mapped.header: mapped for table in reversed(survey.tables) for mapped in reversed(table.mapped)}
    return Adoption(
        sheet=first.name,
        header_row=first.match.header_row,
        mapped=tuple(reversed(mapped.values())),
        unmapped=tuple(dict.fromkeys(text for table in survey.tables for text in table.unmapped(asked))),
        added=tuple(dict.fromkeys(col.header for table in survey.tables for col in table.missing)),
        ask=survey.ask,
        words=tuple(map(_without_need, survey.words)) if takes_left_out else survey.words,
        notes=survey.notes,
        trackers=tuple(table.name for table in survey.tables),
        prefixes=survey.prefixes,
    )


def _without_need(word: ListWord) -> ListWord:
    """A vague deadline takes its rows out of tracking, which somebody agreed to."""
    return replace(word, is_needed=word.is_needed and not word.takes_a_day)


# --- sheets of our names that aren't ours ------------------------------------------------------------------


def _refuse_namesakes(book: WorkbookValues, there: Mapping[str, str]) -> None:
    """Keep ours apart: refresh re-emits our sheets whole, somebody else's by those names would be taken for them."""
    for name in sorted(drawn_by_others(book, there) - {TIMELINE_SHEET}):
        raise namesake(name)


_BODY = CellLook(fill=palette.AUTO_FILL, border=palette.BORDER, wrap=True, vertical="top")
