"""The texts and names of 总览 made to fit, by the edition of the sheet: the formula, and what it gives.

Whether two long names read the same depends on both, which a formula over one cell can't know: so refresh writes their
short forms into a table below, where the formulas find them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from string import ascii_letters, digits

from msgspec import Struct

from capa_xl.model.cut_text import begun, cut_middle
from capa_xl.model.overview import OVERVIEW_NAME, Overview
from capa_xl.workbook.blank.overview_layout import (
    LONG_NAME,
    NAME_ROWS,
    SHORT_NAME,
    LiveValue,
    OverviewCell,
    OverviewEdition,
    shorten,
    shortened,
)

_TOKENS = f"{ascii_letters}{digits}.,:/%_-"
_QUOTED = f'"{_TOKENS}"'
_LOST_ITS_MIDDLE, _LOST_ITS_END = 15, 12
"""Characters of a name that an earlier edition cut without looking at the others."""


class FittedText(Struct, frozen=True):
    """A text made to fit.

    Attributes:
        formula: Of the text that a formula gives.
        value: What it gives.
    """

    formula: Callable[[str], str]
    value: Callable[[Overview, str], str]


def cut_at_its_end(longest: int) -> FittedText:
    """Its beginning and …."""
    return FittedText(lambda text: shortened(text, longest), lambda _, text: shorten(text, longest))


def text_cut(edition: OverviewEdition, longest: int) -> FittedText:
    """Of a text; the newest edition cuts no number and no word of Latin letters through."""
    if edition < OverviewEdition.TELLS_NAMES_APART:
        return cut_at_its_end(longest)
    return FittedText(lambda text: _begun(text, longest), lambda _, text: _beginning(text, longest))


def heat_map_cut(edition: OverviewEdition) -> FittedText:
    """Of the departments of the heat map."""
    if edition >= OverviewEdition.TELLS_NAMES_APART:
        return _TOLD_APART
    if edition < OverviewEdition.COUNTS_BY_TURN:
        return cut_at_its_end(_LOST_ITS_END)
    return FittedText(
        lambda text: f"IF(LEN({text})>{_LOST_ITS_MIDDLE},{_ends(text, _LOST_ITS_MIDDLE)},{text})",
        lambda _, text: cut_middle(text, _LOST_ITS_MIDDLE),
    )


def list_cut(edition: OverviewEdition) -> FittedText:
    """Of the departments and owners of the lists."""
    return _TOLD_APART if edition >= OverviewEdition.TELLS_NAMES_APART else cut_at_its_end(_LOST_ITS_END)


def _begun(text: str, longest: int) -> str:
    """The formula: to the last sign that no token holds, unless that leaves less than half."""
    last, places = longest - 1, f"ROW(${longest // 2 + 1}:${longest - 1})"
    through = f"ISNUMBER(FIND(MID({text},{last},1),{_QUOTED})*FIND(MID({text},{longest},1),{_QUOTED}))"
    whole = f"IFERROR(LOOKUP(2,1/ISERROR(FIND(MID({text},{places},1),{_QUOTED})),{places}),{last})"
    return f'IF(LEN({text})>{longest},LEFT({text},IF({through},{whole},{last}))&"…",{text})'


def _beginning(text: str, longest: int) -> str:
    """What it gives."""
    if len(text) <= longest:
        return text
    end = longest - 1
    if text[end - 1] in _TOKENS and text[end] in _TOKENS:
        end = max((at for at in range(longest // 2 + 1, longest) if text[at - 1] not in _TOKENS), default=end)
    return f"{text[:end]}…"


def name_cells(edition: OverviewEdition) -> Iterator[OverviewCell]:
    """The table of short forms."""
    for line, row in enumerate(NAME_ROWS if edition >= OverviewEdition.TELLS_NAMES_APART else ()):
        for which, letter in enumerate((LONG_NAME, SHORT_NAME)):
            yield OverviewCell(f"{letter}{row}", None, _listed(line, which))


def _listed(line: int, which: int) -> Callable[[Overview], LiveValue]:
    return lambda overview: overview.short_names[line][which] if line < len(overview.short_names) else ""


def _found(text: str) -> str:
    """Its form in the table; without one it loses its middle."""
    short, names = (f"${letter}${NAME_ROWS[0]}:${letter}${NAME_ROWS[-1]}" for letter in (SHORT_NAME, LONG_NAME))
    found = f"IFERROR(INDEX({short},MATCH({text},{names},0)),{_ends(text, OVERVIEW_NAME)})"
    return f"IF(LEN({text})>{OVERVIEW_NAME},{found},{text})"


def _short_form(overview: Overview, name: str) -> str:
    return dict(overview.short_names).get(name) or cut_middle(name, OVERVIEW_NAME)


_TOLD_APART = FittedText(_found, _short_form)


def _ends(text: str, longest: int) -> str:
    """The formula of `cut_middle` for a text that is longer."""
    head = begun(longest)
    return f'LEFT({text},{head})&"…"&RIGHT({text},{longest - 1 - head})'
