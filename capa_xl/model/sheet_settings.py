"""The rows of 参数 that were said of one sheet of a table: whoever renames the sheet renames them too."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.meanings import (
    HEADINGS_PREFIX,
    MEANING_PREFIX,
    NUMBER_PREFIX_PREFIX,
    SHEET_PREFIX,
    on_sheet,
    word_key,
    word_of_sheet,
)
from capa_xl.model.procedure import Procedure


def settings_of_sheet(procedure: Procedure, sheet: str) -> Iterator[str]:
    """The names of the rows that bear a sheet's name: that it counts, its prefix, its headings, words in its cells.

    Args:
        sheet: As `跟踪表_` has it. Words are given as they are compared: without blanks, in lower case.
    """
    families = (
        (SHEET_PREFIX, procedure.sheets),
        (NUMBER_PREFIX_PREFIX, procedure.number_prefixes),
        (HEADINGS_PREFIX, procedure.adopted_headings),
    )
    yield from (prefix + sheet for prefix, kept in families if sheet in kept)
    end, beginning = word_key(word_of_sheet("", sheet)), word_key(on_sheet(sheet))
    for header, words in procedure.meanings.items():
        for word in (word for word in words if word.endswith(end) or word.startswith(beginning)):
            yield f"{MEANING_PREFIX}{header}_{word}"
