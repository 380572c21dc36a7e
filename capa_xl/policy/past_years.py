"""The actions of archived years: they count for references, recurrence and past KPIs, and wait for nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from msgspec.structs import replace

from capa_xl.errors import InAnotherWorkbook, UsageError
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Problem
from capa_xl.model.register import PastYear, Register
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.message_words import some

NOT_COUNTED: Final = "归档的行没有计入引用、复发和指标"
ANEW: Final = "要重新处理的另立一项，前次编号写它"
"""What to do about an archived action whose problem isn't over."""
ONCE_ARCHIVED: Final = f"归档的一行不再改动：{ANEW}；已经另立的、不用再处理的，写《例外说明》"
"""What to do about what became of it since."""
_PUT_BACK: Final = "先把归档放回本工作簿所在的文件夹，或改《参数》“上年工作簿”"
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ArchivedAction(NamedTuple):
    """One action that stands in an archived workbook and no longer in the one in use."""

    year: str
    view: RegisterView
    action: Action
    derived: Derived


def archived(view: RegisterView) -> Iterator[ArchivedAction]:
    """The ended actions of the archived years, each once, those that stand in the workbook still left out.

    What was open when a year was archived lives on in the workbook: gone from there, it is gone. What ended between T
    and today is told as it was at T.
    """
    if not view.past:
        return
    seen = set(view.by_number) | view.register.set_aside_numbers
    for year, past, ended in zip(view.register.past, view.past, view.ended, strict=True):
        for action, derived in past.pairs:
            if action.number in ended and action.number and action.number not in seen:
                seen.add(action.number)
                yield ArchivedAction(year.name, past, action, derived)


def rows_by_year(view: RegisterView) -> Iterator[tuple[str, RegisterView, frozenset[str]]]:
    """Name and view of each archived year that has ended actions of its own, and their 编号."""
    gone = tuple(archived(view))
    for year, past in zip(view.register.past, view.past, strict=True):
        if numbers := frozenset(one.action.number for one in gone if one.view is past):
            yield year.name, past, numbers


def in_archive(problem: Problem, year: str) -> Problem:
    """A Problem at a cell of an archived year, which the sheet's name tells."""
    return replace(problem, sheet=f"「{year}」{problem.sheet}", year=year)


def archived_numbers(view: RegisterView) -> frozenset[str]:
    """Their 编号."""
    return frozenset(one.action.number for one in archived(view))


def archives_of_rows(view: RegisterView) -> dict[str, str]:
    """编号 of every row that went to an archive, also of those registered after T → name of the archive."""
    years = zip(view.register.past, view.ended, strict=True)
    gone = ((number, year.name) for year, ended in reversed(tuple(years)) for number in ended)
    return {number: name for number, name in gone if number and number not in view.register.numbers}


def reused_numbers(view: RegisterView) -> Iterator[tuple[PastYear, Action, Action]]:
    """(year, its row, the row in use) of each number that an ended action of a year has and another one in use.

    A row that was put back as it was is that action; one with another 问题描述 (else 措施内容) is none.
    """
    for year, past, ended in zip(view.register.past, view.past, view.ended, strict=True):
        for action in view.actions if ended else ():
            gone = past.by_number.get(action.number) if action.number in ended else None
            if gone is not None and _is_another(gone, action):
                yield year, gone, action


def _is_another(one: Action, other: Action) -> bool:
    for mine, theirs in ((one.description, other.description), (one.measure, other.measure)):
        if mine and theirs:
            return "".join(mine.split()) != "".join(theirs.split())
    return False


def archived_action(view: RegisterView, number: str) -> ArchivedAction | None:
    """The one of a number; None where no archived year has it."""
    return next((one for one in archived(view) if one.action.number == number), None)


def view_holding(view: RegisterView, number: str) -> RegisterView:
    """The view that has an action: that of the workbook, or of the archived year its row went to.

    Raises:
        KeyError: Neither has it.
    """
    if number in view.by_number:
        return view
    if found := archived_action(view, number):
        return found.view
    raise KeyError(number)


def found_action(view: RegisterView, number: str) -> Action | None:
    """The action of a number, in the workbook or in an archived year; None where neither has it."""
    if number in view.by_number:
        return view.by_number[number]
    found = archived_action(view, number)
    return found.action if found else None


def unread_holders(register: Register, on: date, number: str | None, day: date | None = None) -> tuple[str, ...]:
    """Names of the archives that can't be read and that may hold the row of a number, or one about it.

    An archive holds rows of its own year and before: that of its name, or of the numbers that were seen to go there;
    where neither tells, of this year too. What has no year may stand in each.

    Args:
        on: T.
        day: When what the number names was registered.
    """
    if number and number in register.away:
        return (register.away[number],)
    year = day.year if day else min(_years_in(number or ""), default=0)
    return tuple(name for name in register.unread_archives if year <= _last_year(register, name, on))


def _last_year(register: Register, name: str, on: date) -> int:
    seen = (year for number, archive in register.away.items() if archive == name for year in _years_in(number))
    return max((*_years_in(name), *seen), default=on.year)


def _years_in(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


def unread_rows_of(register: Register, person: str, *, is_known: bool) -> str:
    """That rows of a person may be in archives that can't be read, and what to do, as a Chinese sentence; or ""."""
    unread, check = "」「".join(register.unread_archives), "" if is_known else "请核对姓名；"
    return f"上年工作簿「{unread}」读不到，其中「{person}」负责的措施没有列出 → {check}{_PUT_BACK}" if unread else ""


def not_counted(view: RegisterView) -> str:
    """What papers say of archived years that can't be read; "" when every figure has them."""
    unread, away = view.register.unread_archives, view.register.away
    which = f"（台账记下的有 {some(tuple(away))}）" if away else ""
    return f"上年工作簿「{'」「'.join(unread)}」读不到，{NOT_COUNTED}{which}" if unread else ""


def refuse_archived(view: RegisterView, number: str) -> None:
    """Refuse a number whose row year-end moved to another workbook: its papers are made there.

    Raises:
        InAnotherWorkbook: It was moved.
        UsageError: It was, or may have been, to one that can't be read.
    """
    if found := archived_action(view, number):
        raise InAnotherWorkbook.archived(found.year, number)
    if where := unread_place(view.register, view.on, number):
        raise UsageError(f"{where}，再对归档运行这条命令")


def unread_place(register: Register, on: date, number: str) -> str:
    """That a 编号 went, or may have gone, to an archive that can't be read, and what to do, as a Chinese sentence.

    "" for one that the workbook has, and where no archive may hold it.
    """
    if number in register.numbers:
        return ""
    if archive := register.away.get(number):
        return f"编号「{number}」已归档在读不到的上年工作簿「{archive}」里 → {_PUT_BACK}"
    if holders := unread_holders(register, on, number):
        where = "」「".join(holders)
        return f"找不到编号「{number}」，它可能在读不到的上年工作簿「{where}」里 → 请核对编号；已归档的，{_PUT_BACK}"
    return ""
