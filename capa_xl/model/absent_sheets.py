"""Sheets that a hint names and the workbook doesn't have: said with the command that adds the one."""

from __future__ import annotations

import re
from collections.abc import Collection

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import without_clauses
from capa_xl.model.register import Register
from capa_xl.model.schema import ADDED_ALONE, sheet_spec

_UNMISTAKABLE = ("措施分解", "进展反馈", "延期记录", "更正记录", "问题需求登记", "例外说明")
"""Names that mean nothing but the sheet; 效果确认 or 计划 is one only where it stands in 《》."""
_NAMED = re.compile("|".join((*_UNMISTAKABLE, *(f"(?<=《){name}(?=》)" for name in ADDED_ALONE))))


def has_sheet(register: Register, name: str) -> bool:
    """Whether the workbook has that sheet of ours, empty or not."""
    return getattr(register, sheet_spec(name).key) is not None


def adding(name: str) -> str:
    """The command that adds one sheet and leaves the stages as they are."""
    return to_paste("grow", THIS_WORKBOOK, "--sheet", name, "--apply")


def with_absent_sheets(text: str, register: Register, lost: Collection[str] = ()) -> str:
    """The hint, and how each sheet comes that it sends people to and the workbook lacks.

    Args:
        lost: Sheets that held rows and are gone: an empty one beside what was renamed would hide it.
    """
    named = dict.fromkeys(_NAMED.findall(text)) if _NAMED.search(text) else ()
    absent = [name for name in named if not has_sheet(register, name)]
    return text + "".join(
        f"；先找回不见了的工作表《{name}》" if name in lost else f"；没有工作表《{name}》，先加上：{adding(name)}"
        for name in absent
    )


def without_absent_sheets(text: str, register: Register) -> str:
    """The text without its clauses between ； that offer a sheet which isn't there: for who can't add one."""
    return without_clauses(text, lambda one: not all(has_sheet(register, name) for name in _NAMED.findall(one)))
