"""Rows that are no action whatever stands in them: totals, footers, section headings (decisions C5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from capa_xl.ooxml.sheet_values import Value

LEADING = 3
"""Columns from the left in which a row says that it is a total, a footer or a section."""
_LATIN_TOTAL = re.compile(r"(sub ?-?|grand )?totals?\s*(:.*)?|(average|mean|sum)\s*:?", re.IGNORECASE | re.DOTALL)
_TOTAL = r".{0,20}(合计|小计|总计|共计|汇总|平均值?|均值)\s*([:：].*)?"
_FOOTER = (
    r"(编制|审核|批准|填表|制表|填报|复核|校对|会签|制单|备注|说明|注)\s*(人|者|人员|单位|部门|日期|时间|说明|签字)?\s*"
    r"(\d*\s*[:：].*)?"
)
_SECTION = (
    r"[（(]?[一二三四五六七八九十]+\s*([、.．]|[)）]\s*[、.．]?).*"
    r"|第[一二三四五六七八九十\d]+(部分|章|类)\s*[:：、]?.{0,20}"
)
_IS_TOTAL = re.compile(_TOTAL, re.DOTALL)
_NO_ACTION = re.compile(f"({_TOTAL}|{_FOOTER}|{_SECTION})", re.DOTALL)


def says_no_action(value: Value) -> bool:
    """True for the text of a total, a footer or a section heading."""
    return _says(value, _NO_ACTION)


def says_total(value: Value) -> bool:
    """True for the text of a total, a subtotal or an average."""
    return _says(value, _IS_TOTAL)


def _says(value: Value, chinese: re.Pattern[str]) -> bool:
    """Whether the whole of a text is such; in Latin letters only totals are known."""
    if not isinstance(value, str):
        return False
    text = value.strip()
    return (_LATIN_TOTAL if text.isascii() else chinese).fullmatch(text) is not None


def leads_no_action(cells: Sequence[Value]) -> bool:
    """True for a row whose first filled cell from the left says that it is none."""
    return says_no_action(next((cell for cell in cells[:LEADING] if cell not in ("", None)), ""))
