"""A workbook adopted once more: what came into its headings meanwhile is told, and settled only by an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from capa_xl.model.command_line import in_quotes
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.kept_settings import SettingsThere
from capa_xl.workbook.adopting.sheets_beside import SheetsOnce
from capa_xl.workbook.adopting.table_survey import TableSurvey
from capa_xl.workbook.reading.header_row import SEARCHED_ROWS
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.later_headings import KnownHeadings, match_as_adopted


def still_standing(said: Mapping[str, str], sheets: Collection[SheetValues]) -> dict[str, str]:
    """What was answered earlier of headings that stand in a sheet of the register now: a renamed one is asked anew.

    Args:
        said: Heading → header of ours, "" for none.
        sheets: The register's; of a workbook that isn't adopted yet none: then all of it.
    """
    texts = {
        normalised(cell)
        for sheet in sheets
        for row in sheet.rows[:SEARCHED_ROWS]
        for cell in row
        if isinstance(cell, str)
    }
    return {heading: header for heading, header in said.items() if not sheets or normalised(heading) in texts}


def unsettled_since(book: SheetsOnce, settings: SettingsThere, said: Mapping[str, str]) -> dict[str, str]:
    """Headings that came later and count only when somebody says so → the header of ours that each is like.

    What a column that is gone was likely renamed to isn't among them: that is asked.

    Args:
        said: Heading → header of ours, "" for none: what was answered, now or earlier.
    """
    kept = settings.adopted_headings
    found: dict[str, str] = {}
    for name in (name for name in book.names if name.strip() in kept):
        values = book.read(name)
        _, later = match_as_adopted(values.rows, values.merged, KnownHeadings.of(said, kept, name))
        found |= {one.heading.text: one.header for one in later if not (one.counts or one.is_renamed)}
    return found


def without(survey: TableSurvey, unsettled: Mapping[str, str]) -> TableSurvey:
    """The survey that keeps no answer for what is unsettled, and says so."""
    notes = (
        f"接管以后新加的列「{' '.join(heading.split())}」没有计入，像“{header}” → "
        f"要计入加 --map {in_quotes(f'{heading}={header}')}，自用的列加 --map {in_quotes(f'{heading}=')}"
        for heading, header in unsettled.items()
    )
    headings = {heading: header for heading, header in survey.headings.items() if heading not in unsettled}
    return replace(survey, headings=headings, notes=(*survey.notes, *notes))


def kept_as_none(settings: SettingsThere, said: Mapping[str, str]) -> frozenset[str]:
    """The headings that stand in 参数 as none of ours, and still do: answered so, or left open by an earlier program.

    Args:
        said: Heading → header of ours, "" for none: what was answered, now or earlier.
    """
    return frozenset(heading for heading, header in settings.headings.items() if not header and said.get(heading) == "")


def notes_of_kept(survey: TableSurvey, kept: Collection[str]) -> Iterable[str]:
    """One sentence for those that would be proposed, or are needed, were they new: nobody can tell why they stand so.

    Args:
        survey: The table as it would be asked without those answers.
        kept: Of `kept_as_none`.
    """
    names = {normalised(heading) for heading in kept}
    for one in (one for one in survey.ask if normalised(one.header) in names and (one.is_needed or one.proposal)):
        field = one.proposal or one.candidates[0]
        heading = " ".join(one.header.split())
        told = in_quotes(f"{heading}={field}")
        yield f"「{heading}」以前定为（或没有定而留作）自用的列，像 {field} → 是的话，加 --map {told}"


def taken_since(tables: Iterable[FoundTable], settings: SettingsThere) -> dict[str, str]:
    """The headings of a sheet adopted earlier that are taken for a column and weren't there then: kept from now on."""
    kept = settings.adopted_headings
    found: dict[str, str] = {}
    for table in (table for table in tables if table.name.strip() in kept):
        adopted = KnownHeadings.of({}, kept, table.name).adopted
        found |= {text: header for text, header in table.headings if header and normalised(text) not in adopted}
    return found
