"""Finds the sheets that are the tracker: as 参数 says, by name, else by columns; and says what is in the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.adoption import UNDECIDED
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import THIS_WORKBOOK, in_quotes, to_adopt
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.meanings import SHEET_COUNTS
from capa_xl.model.number_rule import number_regex
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.procedure import Procedure
from capa_xl.model.schema import NO_HEADER, NO_HEADER_FIX, SHEET_NAMES, SHEETS
from capa_xl.model.sheet_settings import settings_of_sheet
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.header_match import NEEDED, HeaderMatch
from capa_xl.workbook.reading.heading_names import names_of
from capa_xl.workbook.reading.later_headings import KnownHeadings, LaterHeading, match_as_adopted
from capa_xl.workbook.reading.namesakes import headed_as
from capa_xl.workbook.reading.other_tables import is_copied_from, open_rows, rows_of_actions

if TYPE_CHECKING:
    from capa_xl.workbook.reading.tables_by_values import TableByValues

NEVER_THE_TRACKER = frozenset(
    spec.name for spec in SHEETS if spec.owned or spec.record is None or spec.key in ("people", "settings", "holidays")
)
"""Sheets of ours whose columns are never taken for a tracker's."""


_COPY = re.compile(r"\s*[(（]\d+[)）]|[\s_-]*(的?副本|的?备份|copy|backup).*", re.IGNORECASE)
"""What Excel and people put behind the name of a copied sheet."""
_MOST_TOLD = 5
_OURS = frozenset(col.key for col in AUTO_COLUMNS)


class HeadedSheet(Struct, frozen=True):
    """One sheet and the header on it, `match` None where there is none; and its headings that came after adoption."""

    values: SheetValues
    match: HeaderMatch | None
    later: tuple[LaterHeading, ...] = ()

    @property
    def is_complete(self) -> bool:
        """True when every always-needed column is there."""
        return self.match is not None and not self.match.missing

    @property
    def may_be_a_tracker(self) -> bool:
        """True when it lacks nothing but a number of its rows, which adopt would give them."""
        return self.match is not None and all(group == NEEDED[0] for group in self.match.missing)

    @property
    def has_our_columns(self) -> bool:
        """True when a 〔自动〕 column of ours is there."""
        return self.match is not None and bool(_OURS & self.match.columns.keys())


class Found(Struct, frozen=True):
    """The sheets of the register, in workbook order, and what stood in the way; no sheet when there is none."""

    sheets: tuple[HeadedSheet, ...]
    remarks: tuple[Remark, ...] = ()


def find_tracker(book: WorkbookValues, names: Mapping[str, str], procedure: Procedure, *, is_adopted: bool) -> Found:
    """The sheets that 参数 counts in, else 改进计划跟踪表, else the one sheet that holds the always-needed columns.

    Of several, the one that has our columns is the adopted one. Every other sheet that looks like a tracker and isn't
    declared to be none is named (WB11), none is read in silence.

    Args:
        book: The workbook.
        names: Sheets by their names without blanks around them.
        procedure: The settings in force: what headings mean, which sheets are the register.
        is_adopted: Whether the workbook has 参数 of ours, so that adopt writes in place.
    """
    found = _found(book, names, procedure)
    tracked = [sheet.values.name for sheet in found.sheets]
    return Found(found.sheets, tuple(_with_command(remark, tracked, is_adopted=is_adopted) for remark in found.remarks))


def _with_command(remark: Remark, tracked: Sequence[str], *, is_adopted: bool) -> Remark:
    """The remark with the command that takes in the sheet, or the heading, which it is about.

    A new file is made of every sheet that it names, of no other.
    """
    facts = remark.hit.facts
    if facts.get("w"):
        more = ["--map", facts["w"]]
    elif remark.rule == "WB11" and facts.get("like") and not facts.get("copy"):
        sheets = (*(() if is_adopted else tracked), facts["v"])
        more = [word for name in sheets for word in ("--sheet", name)]
    else:
        return remark
    command = to_adopt(THIS_WORKBOOK, *more, is_adopted=is_adopted)
    return replace(remark, hit=replace(remark.hit, facts={**facts, "adopt": command}))


def _found(book: WorkbookValues, names: Mapping[str, str], procedure: Procedure) -> Found:
    declared = [name for name, said in procedure.sheets.items() if said == SHEET_COUNTS]
    there = [name for name in book.names if name.strip() in declared]
    if there:
        sheets = tuple(_headed(book, name, procedure) for name in there)
        gone = (name for name in declared if name not in names)
        missing = (remark for sheet in sheets for remark in _missing(sheet))
        return Found(sheets, (*missing, *(_gone(name, procedure) for name in gone), *_others(book, sheets, procedure)))
    if TRACKER_SHEET in names:
        sheet = _headed(book, names[TRACKER_SHEET], procedure)
        return Found((sheet,), (*_missing(sheet), *_others(book, (sheet,), procedure)))
    yearly = [name for key, name in names.items() if key.startswith(TRACKER_SHEET)]
    if len(yearly) > 1:
        return Found((), (_no_tracker(reversed(yearly)),))
    others = [name for name in book.names if name.strip() not in NEVER_THE_TRACKER]
    return _choose([_headed(book, name, procedure) for name in others], procedure)


def _headed(book: WorkbookValues, name: str, procedure: Procedure) -> HeadedSheet:
    values = book.read(name)
    known = KnownHeadings.of(procedure.headings, procedure.adopted_headings, name)
    match, later = match_as_adopted(values.rows, values.merged, known)
    if match is not None and match.missing and _is_a_row(match, procedure):
        return HeadedSheet(values, None)
    return HeadedSheet(values, match, later)


def _is_a_row(match: HeaderMatch, procedure: Procedure) -> bool:
    """A row of data, the heading row gone, in which a cell happens to read like a heading: it has a row's number."""
    number = number_regex(procedure.number_pattern)
    return any(number.fullmatch(heading.text) for heading in match.headings)


def _choose(candidates: Sequence[HeadedSheet], procedure: Procedure) -> Found:
    headed = [found for found in candidates if found.match]
    complete = [found for found in headed if found.is_complete]
    adopted = complete if len(complete) == 1 else _originals([found for found in complete if found.has_our_columns])
    if len(adopted) == 1:
        return Found((adopted[0],), tuple(_not_tracked(adopted, complete, procedure)))
    if complete:
        return Found((), (_no_tracker(found.values.name for found in complete),))
    nearly = headed[0] if len(headed) == 1 else None
    return Found((), (_no_tracker(()), *(_missing(nearly) if nearly else ())))


def _originals(adopted: Sequence[HeadedSheet]) -> list[HeadedSheet]:
    """Without those that a name calls a copy of another: 台账 (2), 台账副本."""
    names = [found.values.name.strip() for found in adopted]
    return [
        found
        for found, name in zip(adopted, names, strict=True)
        if not any(name != other and name.startswith(other) and _COPY.fullmatch(name[len(other) :]) for other in names)
    ]


# --- sheets that look like a tracker and aren't of the register --------------------------------------------


def _lookalikes(book: WorkbookValues, of: Sequence[str], procedure: Procedure) -> list[str]:
    """The sheets that may be trackers too: none of ours, and not declared to be none."""
    stripped = {name: name.strip() for name in book.names if name not in of}
    return [name for name, key in stripped.items() if key not in SHEET_NAMES and key not in procedure.sheets]


def _others(book: WorkbookValues, sheets: Sequence[HeadedSheet], procedure: Procedure) -> Iterator[Remark]:
    names = _lookalikes(book, [sheet.values.name for sheet in sheets], procedure)
    found = [_headed(book, name, procedure) for name in names]
    yield from _not_tracked(sheets, [sheet for sheet in found if sheet.may_be_a_tracker], procedure)
    for sheet in (sheet for sheet in found if not sheet.may_be_a_tracker):
        if table := _like_a_tracker(sheet.values):
            facts = _of_another_sheet(sheet.values.name, len(table.rows), table.headings.values(), sheets)
            yield Remark("WB11", Hit(sheet.values.name, cell_at(table.header_row, 1), facts=facts))


def _like_a_tracker(values: SheetValues) -> TableByValues | None:
    """The table of a sheet whose headings say nothing, where what stands below them looks like a tracker."""
    from capa_xl.workbook.reading.tables_by_values import table_by_values  # only a sheet of somebody else needs it

    table = table_by_values(values)
    return table if table is not None and table.is_like_a_tracker else None


def _not_tracked(
    tracked: Sequence[HeadedSheet], complete: Sequence[HeadedSheet], procedure: Procedure
) -> Iterator[Remark]:
    """WB11 for every other sheet that looks like a tracker, with how many rows it has and how many are open."""
    for sheet in complete:
        name = sheet.values.name
        if any(sheet is one for one in tracked) or sheet.match is None or name.strip() in procedure.sheets:
            continue
        rows = rows_of_actions(sheet.values, sheet.match)
        open_ones = len(open_rows(rows, sheet.match, procedure.meanings))
        headings = [heading.text for heading in sheet.match.headings]
        facts = {**_of_another_sheet(name, len(rows), headings, tracked), "m": str(open_ones)}
        if twin := next((one.values.name for one in tracked if _is_copy(sheet, one)), ""):
            facts |= {"copy": twin, "drop": "是副本的删除它，要留着的"}
        yield Remark("WB11", Hit(name, cell_at(sheet.match.header_row, 1), facts=facts))


def _is_copy(sheet: HeadedSheet, of: HeadedSheet) -> bool:
    if sheet.match is None or of.match is None:
        return False
    return is_copied_from(sheet.values, sheet.match, of.values, of.match)


def _of_another_sheet(name: str, rows: int, headings: Iterable[str], tracked: Sequence[HeadedSheet]) -> dict[str, str]:
    facts = {"v": name, "n": str(rows)}
    if ours := headed_as(headings):
        return {**facts, "ours": ours, "back": "改回原来的名称"}
    return {
        **facts,
        "like": "也像跟踪表",
        "t": "》、《".join(sheet.values.name for sheet in tracked),
    }


def _gone(name: str, procedure: Procedure) -> Remark:
    """WB12: a sheet that 参数 counts in isn't there; with the rows of 参数 that bear its name."""
    rows = "、".join(f"“{one}”" for one in settings_of_sheet(procedure, name))
    return Remark("WB12", Hit(name, None, facts={"v": name, "kept": rows}))


def _no_tracker(several: Iterator[str] | Sequence[str]) -> Remark:
    names = "、".join(f"《{name}》" for name in several)
    return Remark("WB01", Hit(TRACKER_SHEET, None, facts={"v": names, "old": "" if names else "自己的老表"}))


def _missing(sheet: HeadedSheet) -> Iterator[Remark]:
    """WB02 for every always-needed column that is missing; once where all are, for then the headings are."""
    known, match = column_by_key(Action), sheet.match
    if match is None or set(match.missing) == set(NEEDED):
        yield Remark("WB02", Hit(sheet.values.name, "A1", facts={"none": NO_HEADER, "back": NO_HEADER_FIX}))
        return
    moved = [one for one in sheet.later if one.is_renamed]
    line = " --map ".join(in_quotes(one.answers[0]) for one in moved)
    strange = [" ".join(heading.text.split()) for heading in match.unmapped]
    for group in match.missing:
        headers = "/".join(known[key].header for key in group)
        aliases = "、".join(names_of(known[key]) for key in group)
        at = cell_at(match.header_row, _likely_column(sheet.values, match))
        named = {known[key].header for key in group}
        renamed = [one for one in moved if one.header in named]
        facts = {"c": headers, "a": aliases}
        if renamed:
            facts |= {"n": " ".join(renamed[0].heading.text.split()), "q": line}
            facts |= {"e": "、".join(map(in_quotes, renamed[0].instead))} if renamed[0].instead else {}
        elif strange:
            facts |= {"u": cut_list([f"「{text}」" for text in strange], _MOST_TOLD, "个")}
            facts |= {"w": f"{strange[0] if len(strange) == 1 else UNDECIDED}={known[group[0]].header}"}
        yield Remark("WB02", Hit(sheet.values.name, at, facts=facts))


def _likely_column(values: SheetValues, match: HeaderMatch) -> int:
    """The first column with something below a blank heading, which may be what was deleted; else the first heading."""
    named = [heading.column for heading in match.headings]
    below = values.rows[match.header_row :]
    headless = (
        column
        for column in range(1, max(named, default=0))
        if column not in named and any(row[column - 1] != "" for row in below)
    )
    return next(headless, min(named, default=1))
