"""Tables that a run finds beside the workbook they were adopted into: nobody is told to adopt them again.

`adopt` leaves the old table as it is, in the same folder as a rule; 参数 of the new one keeps its sheet and headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from capa_xl.app.shared.opening import read_source
from capa_xl.app.shared.served import NOT_A_TRACKER, Served
from capa_xl.app.shared.workbook_list import GroupTask
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.later_headings import KnownHeadings
from capa_xl.workbook.reading.notes import text_of

_LAST_ROW = 20
"""A heading stands above it."""
_FEWEST = 3

AdoptedSheets = Mapping[str, str]
"""Sheet → its headings at adoption, as 参数 keeps them."""


def adopted_from(
    tasks: Sequence[GroupTask], foreign: Sequence[int], adopted: Mapping[int, AdoptedSheets]
) -> Iterator[Served]:
    """What is said of the tables among the foreign workbooks that another of the same folder was made from.

    Args:
        foreign: Places of those without 参数 of ours.
        adopted: Place of an adopted workbook → its sheets.
    """
    for place in foreign:
        path = tasks[place].listed.path
        beside = ((tasks[at].listed.path, sheets) for at, sheets in adopted.items())
        for other, sheets in ((one, sheets) for one, sheets in beside if one.parent.resolve() == path.parent.resolve()):
            if name := _same_table(tasks[place], sheets):
                yield Served(path, NOT_A_TRACKER, 0, (_words(path, other, name),))
                break


def _same_table(task: GroupTask, sheets: AdoptedSheets) -> str:
    """The sheet that has a row of nothing but the headings of one adopted under its name; "" for none."""
    try:
        book = WorkbookValues(read_source(task.desk_of(task.listed.path)).blob, keeps=False)
        for name in (name for name in book.names if name.strip() in sheets):
            known = KnownHeadings.of({}, sheets, name).adopted
            for row in book.read(name, last_row=_LAST_ROW).rows:
                texts = {normalised(text) for value in row if (text := text_of(value))}
                if len(texts) >= _FEWEST and texts <= known.keys():
                    return name
    except Exception:  # noqa: BLE001 - the edge of one workbook: serving it meets the same, is guarded and logs it
        return ""
    return ""


def _words(path: Path, other: Path, sheet: str) -> str:
    return (
        f"《{sheet}》已接管为同一文件夹里的「{other.name}」，以「{other.name}」为准，没有处理也没有计入"
        f" → 不用再接管；「{path.name}」可移走存档"
    )
