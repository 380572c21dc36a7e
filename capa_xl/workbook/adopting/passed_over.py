"""Headings as good as one that was taken for the column, and not taken: named with what changes it.

They can't be asked, for their column has its heading; in the list of unknown ones nobody would look for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import in_quotes
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import ROW_NUMBERS, normalised

_COLUMNS = column_by_key(Action)
_SURE = 0.9


def notes_of_passed_over(table: FoundTable, doubts: Sequence[Doubt]) -> Iterator[str]:
    """One sentence, in Chinese, for each such heading above values.

    Args:
        table: The table with what is known of its headings.
        doubts: The headings in question: those of which every column is taken can't be asked.
    """
    doubted = {normalised(doubt.heading.text): doubt.keys for doubt in doubts}
    for heading in table.match.unmapped:
        keys = doubted.get(normalised(heading.text)) or _surely(heading)
        taken = [key for key in keys if key in table.match.columns]
        if not taken or len(taken) < len(keys) or not values_below(table, heading.column):
            continue
        field, instead = _COLUMNS[taken[0]].header, table.match.heading(taken[0])
        if normalised(instead) != normalised(heading.text) and normalised(heading.text) != ROW_NUMBERS:
            yield _note(heading, field, instead)


def _surely(heading: Heading) -> tuple[str, ...]:
    """The column that its name means, were there no better one; () for what only resembles one."""
    return tuple(one.key for one in heading.candidates if one.score >= _SURE and one.key in _COLUMNS)


def _note(heading: Heading, field: str, instead: str) -> str:
    none, this = in_quotes(f"{' '.join(instead.split())}="), in_quotes(f"{' '.join(heading.text.split())}={field}")
    return f"「{heading.text}」也像 {field}，没有用上（现取「{instead}」） → 它才是的话，加 --map {none} --map {this}"
