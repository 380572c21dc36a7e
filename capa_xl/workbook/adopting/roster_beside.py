"""A list of people in somebody's workbook (通讯录, 花名册): names beside mail addresses, taken over into 人员部门.

Where letters go stands in it already; an empty 人员部门 beside it is typed a second time, or never. The list itself
stays as it is. Of several such sheets nobody can say which counts: they are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.records import Person
from capa_xl.model.schema import PEOPLE_SHEET, SHEET_NAMES
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.workbook.adopting.sheets_beside import SheetsOnce
from capa_xl.workbook.reading.header_row import match_headers
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.notes import text_of

_CALLED: Mapping[str, frozenset[str]] = {
    key: frozenset(map(normalised, called.split("|")))
    for key, called in {
        "name": "姓名|名字|员工姓名|人员姓名|人员|联系人|Name|Full Name",
        "email": "邮箱|邮件|电子邮箱|电子邮件|邮箱地址|企业邮箱|工作邮箱|E-mail|Email|Mail|Email Address",
        "department": "部门|所在部门|所属部门|科室|部门名称|Department|Dept",
        "roles": "角色|职务|职位|岗位|Role|Title|Position",
    }.items()
}
_NEEDED = ("name", "email")
_SEARCHED = 10
"""Rows among which the headings are looked for."""
_MARK = "@"


class RosterBeside(Struct, frozen=True):
    """What the lists of people come to.

    Attributes:
        people: Rows of 人员部门 by column key; () where no list, or more than one, was found.
        note: In Chinese; "" where there is none.
    """

    people: tuple[dict[str, str], ...] = ()
    note: str = ""

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments of the people, each once."""
        return tuple(dict.fromkeys(row["department"] for row in self.people if "department" in row))


def roster_beside(book: SheetsOnce, known: Sequence[str]) -> RosterBeside:
    """The one list of people beside the table; beside a 人员部门 that is there it is named, while that names nobody.

    Args:
        book: The workbook's sheets.
        known: Those of the table.
    """
    ours = next((name for name in book.names if name.strip() == PEOPLE_SHEET), "")
    if ours and _names_somebody(book.read(ours)):
        return RosterBeside()
    names = [name for name in book.names if name not in known and name.strip() not in SHEET_NAMES]
    found = {name: people for name in names if (people := _people_on(book.read(name)))}
    if not found:
        return RosterBeside()
    shown = "、".join(f"《{name}》（{len(people)} 人）" for name, people in found.items())
    if len(found) > 1:
        return RosterBeside(note=f"{shown}都像人员名单，没有计入 → 把要用的姓名、部门、邮箱复制到《{PEOPLE_SHEET}》")
    if ours:
        return RosterBeside(note=f"{shown}像人员名单，《{PEOPLE_SHEET}》却是空的 → 把姓名、部门、邮箱复制过去")
    people = next(iter(found.values()))
    return RosterBeside(
        people,
        f"{shown}是人员名单，姓名、部门、邮箱已抄到《{PEOPLE_SHEET}》（原表不动，以后以《{PEOPLE_SHEET}》为准） → "
        f"请核对，并填角色：{'、'.join((words.GENERAL_MANAGER, words.QUALITY_HEAD, words.DEPARTMENT_MANAGER))}等",
    )


def _names_somebody(values: SheetValues) -> bool:
    match = match_headers(values.rows, Person, merged=values.merged, least=1)
    if match is None or "name" not in match.columns:
        return False
    return any(row[match.columns["name"] - 1] != "" for row in values.rows[match.header_row :])


def _people_on(values: SheetValues) -> tuple[dict[str, str], ...]:
    """The people below headings of a name and a mail address, in the sheet's order; () on any other sheet."""
    for at, row in enumerate(values.rows[:_SEARCHED]):
        columns = _columns(row)
        if all(key in columns for key in _NEEDED):
            below = (_person(one, columns) for one in values.rows[at + 1 :])
            people = tuple(person for person in below if "name" in person)
            reached = [person for person in people if _MARK in person.get("email", "")]
            return people if 2 * len(reached) >= len(people) else ()
    return ()


def _columns(row: Sequence[Value]) -> dict[str, int]:
    """Column key → 0-based place of the first heading that is called so."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = normalised(text_of(cell))
        for key in (key for key, called in _CALLED.items() if name in called):
            found.setdefault(key, at)
    return found


def _person(row: Sequence[Value], columns: Mapping[str, int]) -> dict[str, str]:
    """What is filled in; of a post only what is one of our roles: nobody is made an approver by a likeness."""
    texts = {key: text_of(row[at]).strip() for key, at in columns.items() if at < len(row)}
    return {key: text for key, text in texts.items() if text and (key != "roles" or text in words.ROLES)}
