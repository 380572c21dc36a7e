"""What a 〔自动〕 cell holds of a text: as much as its row shows. The whole stands in todo, letters, slips and JSON.

A row of a new workbook shows two lines, and refresh changes no row's height.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from capa_xl.model.cut_text import cut_inside, cut_list, cut_to_width
from capa_xl.model.row_heights import fits, text_width

AUTO_WIDTHS: Final[Mapping[str, float]] = MappingProxyType(
    {"next_step": 82, "next_actor": 12, "inspector_department": 14}
)
"""Widths of those columns of ours in a new workbook that hold texts of any length."""
NARROW_STEP: Final = 50
"""Width of 下一步 where all columns stand on one sheet of paper."""
_LINES, _INDENT = 2, 1.5
_LOST = text_width("、")
"""What the first line of a sentence leaves where the next letter doesn't fit on it, or may not begin a line."""
_FEW = 4
"""Cells of a list that stays whole: their number takes as much room."""
_LEAST_NAMED = 2
"""Cells that are named of a longer list."""
_CELLS = re.compile(r"((?:补齐|填写|先补|写步骤)：)((?:[^：；，（）]|（[^（）]*）)+)")
"""The cells to fill that a step lists."""
_CELL = re.compile(r"(?:[^、（）]|（[^（）]*）)+")


def _room(width: float) -> float:
    return _LINES * (width - _INDENT)


def actors_shown(names: str) -> str:
    """Whom 下一步责任人 names: all, or as many as fit and how many there are, 样例甲 等 3 人."""
    room = _room(AUTO_WIDTHS["next_actor"])
    if fits(names, room):
        return names
    each = names.split("、")
    lists = (cut_list(each, most, "人") for most in range(len(each), 0, -1))
    fitting = next((text for text in lists if text_width(text) <= room), None)
    if fitting is not None:
        return fitting
    count = cut_list(("", *each[1:]), 1, "人")
    return _name(each[0], room - text_width(count)) + count


def department_shown(name: str) -> str:
    """应检查部门; of a name that doesn't fit its beginning and its end."""
    return _name(name, _room(AUTO_WIDTHS["inspector_department"]))


def step_shown(step: str, width: float = AUTO_WIDTHS["next_step"]) -> str:
    """下一步; of long lists of cells the first and how many there are, 原因分析、改进目标 等 17 格, and then …

    Args:
        step: What is to be done, a Chinese phrase.
        width: Of the column.
    """
    room = _room(width) - _LOST
    if fits(step, room):
        return step
    most = max((len(_CELL.findall(found[2])) for found in _CELLS.finditer(step)), default=0)
    shown = step
    while text_width(shown) > room and most > _LEAST_NAMED:
        most -= 1
        shown = _CELLS.sub(partial(_first_cells, most), step)
    return cut_to_width(shown, room).replace("……", "…")


def _first_cells(most: int, listed: re.Match[str]) -> str:
    cells = _CELL.findall(listed[2])
    return listed[0] if len(cells) <= _FEW else listed[1] + cut_list(cells, most, "格")


def _name(name: str, room: float) -> str:
    """A name, or the beginning and end of what stands before its bracket: 济南…中心 of 济南分公司中心（含班组）."""
    if fits(name, room):
        return name
    before = name.partition("（")[0] or name
    if before != name and text_width(f"{before}…") <= room:
        return f"{before}…"
    cuts = (cut_inside(before, most) for most in range(len(before) - 1, 1, -1))
    return next((cut for cut in cuts if text_width(cut) <= room), "…")
