"""Sheets of ours that a workbook doesn't have: one judgement of it, and one place of what hints and papers say."""

from __future__ import annotations

import re
from collections.abc import Collection

from msgspec import Struct

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import without_clauses
from capa_xl.model.register import Register
from capa_xl.model.schema import ADDED_ALONE, SHEETS, sheet_spec

_UNMISTAKABLE = ("措施分解", "进展反馈", "延期记录", "更正记录", "问题需求登记", "例外说明")
"""Names that mean nothing but the sheet; 效果确认 or 计划 is one only where it stands in 《》."""
_NAMES = frozenset((*_UNMISTAKABLE, *ADDED_ALONE))
_NAMED = re.compile("|".join((*_UNMISTAKABLE, *(f"(?<=《){name}(?=》)" for name in ADDED_ALONE))))


class OwnSheets(Struct, frozen=True):
    """Which sheets of ours a workbook lacks: an empty register is none of them.

    Attributes:
        absent: Names that no sheet bears.
        strange: Names that somebody else's sheet bears, with headings of its own.
    """

    absent: frozenset[str] = frozenset()
    strange: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether the workbook has that sheet of ours, empty or not."""
        return name not in self.absent | self.strange

    def nothing_in(self, name: str) -> str:
        """Why nothing is to be shown of that sheet, as a clause: it isn't there, isn't ours, or holds no row."""
        if name in self.strange:
            return f"《{name}》的列名与本工具的不同，没有读取"
        return f"本工作簿没有工作表《{name}》" if name in self.absent else f"《{name}》没有登记内容"


def own_sheets(register: Register) -> OwnSheets:
    """Which sheets of ours that workbook lacks."""
    lacking = frozenset(spec.name for spec in SHEETS if spec.key and not has_sheet(register, spec.name))
    return OwnSheets(lacking - register.namesakes, lacking & register.namesakes)


def has_sheet(register: Register, name: str) -> bool:
    """Whether the workbook has that sheet of ours, empty or not; somebody else's of the same name isn't it."""
    key = sheet_spec(name).key
    if key and getattr(register, key) is not None:
        return True
    return name not in register.namesakes and any(there.strip() == name for there in register.sheet_names)


def no_rows(register: Register, name: str, what: str, cure: str, lost: Collection[str] = ()) -> str:
    """That the sheet has no such row, with the cure; of a sheet that isn't there, the command that adds it.

    Args:
        what: The rows: `「GJ-2026-012」的行`.
        cure: What to do in the sheet.
        lost: As in `coming_back`.
    """
    if has_sheet(register, name):
        return f"《{name}》表中没有{what} → {cure}"
    if name in lost:
        return f"{own_sheets(register).nothing_in(name)} → {coming_back(register, name, lost)}"
    return f"{own_sheets(register).nothing_in(name)} → {_first(register, name)}"


def _first(register: Register, name: str) -> str:
    return f"请先把那张表改名，再运行 {adding(name)}" if name in register.namesakes else f"先加上：{adding(name)}"


def adding(*names: str) -> str:
    """The command that adds these sheets and leaves the stages as they are."""
    return to_paste("grow", THIS_WORKBOOK, *(word for name in names for word in ("--sheet", name)), "--apply")


def with_absent_sheets(text: str, register: Register, lost: Collection[str] = ()) -> str:
    """The hint, and how each sheet comes that it sends people to and the workbook lacks.

    Args:
        lost: As in `coming_back`.
    """
    could_be = [name for name in _NAMES if name in text and not has_sheet(register, name)]
    named = dict.fromkeys(_NAMED.findall(text)) if could_be else ()
    absent = [name for name in named if name in could_be]
    return text + "".join(f"；{coming_back(register, name, lost)}" for name in absent)


def coming_back(register: Register, name: str, lost: Collection[str]) -> str:
    """How a sheet comes that the workbook lacks.

    Args:
        lost: Sheets that held rows and are gone: an empty one beside what was renamed would hide it.
    """
    if name in lost:
        return f"先找回不见了的工作表《{name}》"
    if name in register.namesakes:
        return f"{own_sheets(register).nothing_in(name)}，{_first(register, name)}"
    return f"没有工作表《{name}》，{_first(register, name)}"


def without_absent_sheets(text: str, register: Register) -> str:
    """The text without its clauses between ； that offer a sheet which isn't there: for who can't add one."""
    return without_clauses(text, lambda one: not all(has_sheet(register, name) for name in _NAMED.findall(one)))
