"""What the words of somebody's table mean, as sheet 参数 keeps it: `取值_严重度_A` = 重大 (decisions C1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from capa_xl.model.simplified import SIMPLIFIED

MEANING_PREFIX: Final = "取值_"
NUMBER_HEADER: Final = "编号"
NOT_COUNTED: Final = "不计入"
"""Meaning of a 编号: its row is no action (a struck-through one, say)."""
COUNTED: Final = "照常跟踪"
SHEET_PREFIX: Final = "跟踪表_"
"""`跟踪表_2025年` = 计入: that sheet is a part of the register (decisions C6)."""
SHEET_COUNTS: Final = "计入"
NUMBER_PREFIX_PREFIX: Final = "编号前缀_"
HEADINGS_PREFIX: Final = "接管列名_"
"""`接管列名_2025年` = 负责人=责任人；车间: what stood above its columns at adoption, and what each was taken for."""

ADDED_COLUMNS_PREFIX: Final = "加列_"
"""`加列_2026-11-30` = 检查人、检查日期: what a growth brought that day; rows closed before stay closed without it."""


def on_sheet(sheet: str, number: str = "") -> str:
    """《2025》B1: a number of that sheet alone, where other sheets of the register may have it too."""
    return f"《{sheet.strip()}》{number}"


def word_key(text: str) -> str:
    """A word for comparing: half-width, simplified, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().translate(SIMPLIFIED)


def word_of_sheet(word: str, sheet: str) -> str:
    """11月底_2026年: a word in the cells of that sheet alone, where it means another day on other sheets."""
    return f"{word}_{sheet.strip()}"


def meanings_on_sheet(meanings: Mapping[str, str], sheet: str) -> Mapping[str, str]:
    """What the words of a column mean in the cells of one sheet: what was said of that sheet's goes first.

    Args:
        meanings: `word_key` → meaning, those of single sheets (`word_of_sheet`) among them.
        sheet: The sheet's name.
    """
    end = word_key(word_of_sheet("", sheet))
    own = {key.removesuffix(end): meaning for key, meaning in meanings.items() if key.endswith(end)}
    return {**meanings, **own} if own else meanings


def meaning_setting(header: str, word: str) -> str:
    """The name of the 参数 row that keeps what a word of a column means."""
    return f"{MEANING_PREFIX}{header}_{word}"


def meanings_by_column(settings: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Column header → `word_key` of a word → the canonical word; "" where it shall read as blank.

    Args:
        settings: What follows `取值_` in the names of 参数 → the value: `严重度_A` → 重大.
    """
    found: dict[str, dict[str, str]] = {}
    for name, meaning in settings.items():
        header, _, word = name.partition("_")
        found.setdefault(header, {})[word_key(word)] = meaning.strip()
    return found
