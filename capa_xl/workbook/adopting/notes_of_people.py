"""What an adopted table's columns of people hold besides names: nobody, posts around names, departments."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.names_apart import bare_writing, is_no_name, without_title
from capa_xl.workbook.adopting.asked_headings import SAMPLES
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.joint_columns import department_and_people, holds_both, names_both
from capa_xl.workbook.reading.written_names import names_in

_PEOPLE = ("owners", "inspector", "confirmer")
_JOINT = ("owners", "responsible_department")


def notes_of_people(table: FoundTable) -> Iterator[str]:
    """Sentences for people, in Chinese, of each of those columns that the table has."""
    for key in dict.fromkeys((*_PEOPLE, *_JOINT)):
        if key in table.match.columns:
            yield from _notes(table, key)


def _notes(table: FoundTable, key: str) -> Iterator[str]:
    heading, at = table.match.heading(key), table.match.columns[key] - 1
    cells = [cell for row in table.rows if isinstance(cell := row[at], str) and cell.strip()]
    is_told = key in _JOINT and holds_both(heading)
    is_lone = key == _JOINT[0] and _JOINT[1] not in table.match.columns
    if is_told or is_lone:
        parts = [department_and_people(cell, heading) if is_told or names_both(cell) else None for cell in cells]
        if departments := dict.fromkeys(found.department for found in parts if found):
            yield f"「{heading}」用斜杠或换行隔开的，分成责任部门（例：{_some(departments)}）和责任人"
        cells = [found.people if found else cell for found, cell in zip(parts, cells, strict=True)]
    if key not in _PEOPLE:
        return
    names = [name for cell in cells for name in names_in(cell)]
    if nobody := [name for name in names if is_no_name(name)]:
        yield (
            f"「{heading}」有 {len(nobody)} 处写的不是姓名（{_some(dict.fromkeys(nobody))}），不会提醒到人；请写明姓名"
        )
    if around := dict.fromkeys(name for name in names if without_title(bare_writing(name)) != "".join(name.split())):
        yield (
            f"「{heading}」有 {len(around)} 种写法在姓名前后带着别的字（例：{_some(around)}），照原样各算一个人；"
            "《人员部门》里只有一个人能对上的，提醒发给他"
        )


def _some(texts: dict[str, None]) -> str:
    return "、".join(list(texts)[:SAMPLES])
