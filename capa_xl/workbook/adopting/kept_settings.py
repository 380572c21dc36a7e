"""What adopt keeps in sheet 参数, so that every later reading knows it: id, first day, headings, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from capa_xl.a1 import cell_at
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.meanings import (
    HEADINGS_PREFIX,
    MEANING_PREFIX,
    NUMBER_PREFIX_PREFIX,
    SHEET_COUNTS,
    SHEET_PREFIX,
    meaning_setting,
    meanings_by_column,
)
from capa_xl.model.procedure import Procedure
from capa_xl.model.records import Setting
from capa_xl.ooxml.patch import CellEdit
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.found_table import OWN_HEADERS
from capa_xl.workbook.adopting.moved_meanings import Meanings
from capa_xl.workbook.adopting.table_survey import TableSurvey
from capa_xl.workbook.blank.content import COMPANY, SETTINGS_SHEET
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.later_headings import KnownHeadings, as_kept

ANSWER_PREFIX = "列名_"
"""参数 that keep what somebody said about a heading."""
_ANSWERS = (ANSWER_PREFIX, MEANING_PREFIX)
"""What somebody said: said otherwise later, it is that."""


class SettingsThere(Struct, frozen=True):
    """Sheet 参数 as it stands; empty where the workbook has none.

    Attributes:
        sheet: Its name; "" where there is none.
        name: 1-based column of the names.
        value: 1-based column of the values.
        rows: Name → row and value.
        last_row: The last row with a name.
    """

    sheet: str = ""
    name: int = 0
    value: int = 0
    rows: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    last_row: int = 0

    @property
    def headings(self) -> dict[str, str]:
        """What was said of headings earlier."""
        return self._family(ANSWER_PREFIX)

    @property
    def adopted_headings(self) -> dict[str, str]:
        """Sheet → its headings when it was adopted."""
        return self._family(HEADINGS_PREFIX)

    @property
    def headings_taken(self) -> dict[str, str]:
        """`normalised` heading → what it was taken for: at adoption, or as somebody said since."""
        kept = self.adopted_headings
        known = [KnownHeadings.of({}, kept, sheet).adopted for sheet in kept]
        said = {normalised(heading): header for heading, header in self.headings.items()}
        return {name: header for one in known for name, header in one.items()} | said

    @property
    def sheets(self) -> dict[str, str]:
        """Which sheets were counted in earlier, and which not."""
        return self._family(SHEET_PREFIX)

    @property
    def number_prefixes(self) -> dict[str, str]:
        """What stands before the numbers of a sheet."""
        return self._family(NUMBER_PREFIX_PREFIX)

    @property
    def number_pattern(self) -> str:
        """编号规则 of the workbook, else the usual one."""
        return self.rows.get("编号规则", (0, ""))[1] or Procedure().number_pattern

    def company(self, given: str) -> str:
        """公司名称 of the workbook, or the one that is given to it.

        Raises:
            UsageError: It has another.
        """
        _, there = self.rows.get(COMPANY, (0, ""))
        if there and given and given != there:
            said = f"《{SETTINGS_SHEET}》的公司名称是「{there}」，--company 是「{given}」"
            raise UsageError(f"{said} → 去掉 --company；要改名的，接管以后在《{SETTINGS_SHEET}》改")
        return there or given

    def with_meanings(self, said: Meanings) -> dict[str, dict[str, str]]:
        """What was said of words earlier, and what is said now."""
        found = meanings_by_column(self._family(MEANING_PREFIX))
        for column, words in said.items():
            found.setdefault(column, {}).update(words)
        return found

    def filled(self, wanted: Iterable[Mapping[str, str]]) -> Iterator[CellEdit]:
        """The settings that are wanted and blank, in their rows or below the last one; an answer is the latest one."""
        row = self.last_row
        for one in wanted if self.sheet else ():
            known = self.rows.get(one["name"])
            if known and (known[1] == one["value"] if one["name"].startswith(_ANSWERS) else known[1]):
                continue
            if known is None:
                row += 1
                yield CellEdit(self.sheet, cell_at(row, self.name), one["name"])
            yield CellEdit(self.sheet, cell_at(known[0] if known else row, self.value), one["value"])

    def _family(self, prefix: str) -> dict[str, str]:
        return {name.removeprefix(prefix): value for name, (_, value) in self.rows.items() if name.startswith(prefix)}


def settings_there(book: WorkbookValues, there: Mapping[str, str]) -> SettingsThere:
    """Sheet 参数 of the workbook.

    Raises:
        UnsafeWrite: A sheet of that name that isn't ours.
    """
    if SETTINGS_SHEET not in there:
        return SettingsThere()
    values = book.read(there[SETTINGS_SHEET])
    match = match_headers(values.rows, Setting, merged=values.merged, least=2)
    if match is None or "name" not in match.columns or "value" not in match.columns:
        raise namesake(SETTINGS_SHEET)
    name, value = match.columns["name"], match.columns["value"]
    rows = {
        str(row[name - 1]).strip(): (number, str(row[value - 1]).strip())
        for number, row in enumerate(values.rows, 1)
        if number > match.header_row and row[name - 1] != ""
    }
    last = max((number for number, _ in rows.values()), default=match.header_row)
    return SettingsThere(values.name, name, value, rows, last)


def kept_settings(survey: TableSurvey, workbook_id: str, on: date, company: str = "") -> Iterator[dict[str, str]]:
    """The rows of 参数 that shall stand there, in the same order for the same answers.

    Args:
        workbook_id: "" for a workbook that was adopted before: its id and its first days stay as they are.
        company: 公司名称; "" where nobody said it.
    """
    if company:
        yield {"name": COMPANY, "value": company}
    if workbook_id:
        yield {"name": "工作簿标识", "value": workbook_id}
        yield {"name": "提醒启用日", "value": on.isoformat()}
        yield {"name": "接管基线日", "value": on.isoformat()}
    sheets = [table.name.strip() for table in survey.tables]
    for sheet in sheets if sheets != [TRACKER_SHEET] else ():
        yield {"name": SHEET_PREFIX + sheet, "value": SHEET_COUNTS, "note": "这个工作表参与跟踪"}
    for sheet, prefix in survey.prefixes.items():
        yield {"name": NUMBER_PREFIX_PREFIX + sheet, "value": prefix, "note": "写在这个工作表的序号之前，请勿修改"}
    for table in (table for table in survey.tables if not table.is_whole):
        note = "接管时的列名和所对应的列；以后新加的列先要确认"
        yield {"name": HEADINGS_PREFIX + table.name.strip(), "value": as_kept(table.headings), "note": note}
    for heading, header in sorted(_answered(survey).items()):
        yield {"name": ANSWER_PREFIX + heading, "value": header, "note": "接管时确认的列名对应关系"}
    for (header, word), meaning in survey.meanings.items():
        yield {"name": meaning_setting(header, word), "value": meaning, "note": "接管时确认的用词"}


def _answered(survey: TableSurvey) -> dict[str, str]:
    """The headings without those that somebody still has to decide: what isn't kept as an answer is asked again.

    That they count as none of ours until then, the headings at adoption say, which a table of our own names lacks. A
    heading that bears one of our own names would be that column whatever they say: it is kept.
    """
    ours = {normalised(header) for header in OWN_HEADERS}
    is_ours = any(table.is_whole for table in survey.tables)
    asked = set[str]() if is_ours else {normalised(one.header) for one in survey.ask}
    return {text: header for text, header in survey.headings.items() if header or normalised(text) not in asked - ours}


def namesake(name: str) -> UnsafeWrite:
    """The refusal of a sheet that bears one of our names and isn't ours."""
    return UnsafeWrite(f"工作簿里已有一个《{name}》，但不是本工具的格式，接管后会被改写 → 请先把它改名，再运行")
