"""Headings that nobody listed but whose name and values together say what they likely are: asked, with that proposal.

保管人 above short names is likely 责任人, 改进建议 above texts 措施内容, 牵头单位 above organisations 责任部门:
to add a blank column beside them would lose what stands there (decisions C1). Neither name nor values alone are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from capa_xl.model.names_apart import bare_writing
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.heading_signs import (
    OTHER_GRADES,
    OTHER_PEOPLE,
    SIGNS,
    SURELY_TOLD,
    are_somebody,
    are_told,
)
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import is_planned_or_actual
from capa_xl.workbook.reading.notes import text_of

_AFTER_THE_WORK = frozenset({"inspector", "confirmer", "inspected_on", "confirmed_on", "inspection_note"})
_BEFORE_THE_WORK = frozenset({"raised_by", "raised_department"})
_OWNER_AT_ITS_END = r"(责任|负责)人$|\b(action|task|capa) owner$"
_WITH_A_NUMBER = re.compile(
    r"(责任|负责|承办|经办|办理|处理|整改)人[及和与/、（(\s]*(联系)?(电话|手机|分机|方式)号?码?[）)]?$"
)
"""承办人及电话: who it is, and how to reach them."""


def likely_keys(heading: str, values: Sequence[Value]) -> Iterator[str]:
    """The columns that name and values together speak for; one at most where the name is clear."""
    name = " ".join(heading.lower().split())
    if _WITH_A_NUMBER.search(name) and are_somebody([bare_writing(text_of(value)) for value in values]):
        yield "owners"
    if values and re.search(_OWNER_AT_ITS_END, name) and not re.search(OTHER_PEOPLE, name) and are_somebody(values):
        yield "owners"
    for key, sign in () if is_planned_or_actual(heading) else SIGNS.items():
        below = are_told if key in SURELY_TOLD and re.search(SURELY_TOLD[key], name) else sign.below
        if values and re.search(sign.has, name) and not re.search(sign.not_, name) and below(values):
            yield key


def likely_here(table: FoundTable, heading: Heading, values: Sequence[Value]) -> Iterator[str]:
    """`likely_keys`, without who checks and when where the heading stands before what is checked."""
    for key in likely_keys(heading.text, values):
        if key in _BEFORE_THE_WORK:
            fits = _is_before_the_work(table, heading)
        else:
            fits = key not in _AFTER_THE_WORK or is_after_the_work(table, heading)
        if fits:
            yield key


def is_after_the_work(table: FoundTable, heading: Heading) -> bool:
    """Right of what is told and planned."""
    return heading.column > max(table.match.columns.get(key, 0) for key in _WORK)


def _is_before_the_work(table: FoundTable, heading: Heading) -> bool:
    """Left of the measure and its deadline: who stands there found it, and doesn't check it."""
    work = [table.match.columns[key] for key in ("measure", "due_on", "owners") if key in table.match.columns]
    return bool(work) and heading.column < min(work)


def first_day(table: FoundTable, heading: Heading) -> str:
    """A day before everything that is told and planned is likely the one on which it was found."""
    columns = table.match.columns
    work = [columns[key] for key in _WORK if key in columns]
    return "registered_on" if work and heading.column < min(work) and "registered_on" not in columns else ""


_WORK = ("description", "measure", "due_on")


def names_a_text(heading: str) -> bool:
    """True for the heading of causes or measures, which name nobody however short they are."""
    return any(re.search(pattern, heading.strip()) for pattern in SURELY_TOLD.values())


def names_other_people(heading: str) -> bool:
    """True for the heading of people who find, check, approve or watch: they are no owners."""
    return re.search(OTHER_PEOPLE, heading.lower()) is not None


def names_other_grades(heading: str) -> bool:
    """True for 供应商等级 and Asset Class: whose grade that is, it is not the problem's."""
    return re.search(OTHER_GRADES, heading.lower()) is not None


def day_beside(table: FoundTable, heading: Heading, resembled: Sequence[str]) -> tuple[str, ...]:
    """A bare 日期 right of the column of a person is the day of what he does."""
    left = next((h.key for h in table.match.headings if h.column == heading.column - 1), None)
    said = _DAY_OF.get(left or "", "")
    return (said,) if said in resembled else ()


_DAY_OF = {
    "confirmer": "confirmed_on", "inspector": "inspected_on", "approver": "approved_on", "raised_by": "registered_on",
}  # fmt: skip
