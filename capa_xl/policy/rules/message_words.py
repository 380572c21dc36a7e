"""Columns and rows as the messages of rules name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_list
from capa_xl.model.register import Register

SETTINGS: Final = "《参数》"
_NAMED = 5
"""So many numbers or names a message has."""
PUT_BACK: Final = (
    "⟦也可能在读不到的上年工作簿「{away}」里：先把它放回本工作簿所在的文件夹，或改《参数》“上年工作簿”；"
    "读得到以后仍没有的，⟧"
)
"""What comes first in the cure of what an archive may hold that nobody can read (`RuleInputs.may_hold`)."""


def settings_sheet(register: Register) -> str:
    """《参数》 where the table has it: a limit may have been changed there. "" elsewhere: nobody is sent to add it."""
    return SETTINGS if register.settings is not None else ""


def header(key: str) -> str:
    """The Chinese header of a tracker column."""
    return column_by_key(Action)[key].header


def headers(keys: tuple[str, ...]) -> str:
    """Several headers between 、."""
    return "、".join(map(header, keys))


def some(names: Sequence[str], total: int = 0) -> str:
    """The first names of a message between 、, and how many there are; `total` where only the first are given."""
    return cut_list(names, _NAMED, "项", total=total)
