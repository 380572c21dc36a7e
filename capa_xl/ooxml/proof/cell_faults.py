"""One promised cell before and after: its own attributes and style, the promised form, nothing in it but that.

Which value the form holds, calamine is asked: `read_back`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from capa_xl.ooxml.proof.cell import ReadCell
from capa_xl.ooxml.proof.expected import Promise
from capa_xl.ooxml.proof.style_table import StyleTable

_OF_VALUE = frozenset({"s", "t", "cm", "vm", "ph"})
_OF_RESULT = frozenset({"s", "t", "vm"})
_NUMBER = rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_EDGE_BLANKS = re.compile(rb">[ \t\n\r]|[ \t\n\r]<")


def cell_fault(
    old: ReadCell | None, new: ReadCell | None, promise: Promise, styles: StyleTable, prefix: bytes
) -> str | None:
    """What is wrong with a cell, as the rest of a sentence; None when only its value is still to be read.

    Args:
        styles: Those of the new workbook, which begin with the old ones.
    """
    blank = promise.value in (None, "") and promise.formula is None
    if promise.computed and (old is None or old.formula is None):  # nobody's formula: such a result is not written
        return None if old == new else ("多了或少了" if old is None or new is None else "不该变而变了")
    if new is None:
        return None if blank and old is None else "没有写入"
    if blank and not promise.computed and not new.empty:
        return "写入的值不对"
    fault = _formula_fault(old, new, promise)
    if fault or old == new:
        return fault
    return _style_fault(old, new, promise, styles) or _tag_fault(old, new, promise) or _form_fault(new, promise, prefix)


def _formula_fault(old: ReadCell | None, new: ReadCell, promise: Promise) -> str | None:
    if promise.computed:
        return None if old and new.formula == old.formula and new.others == old.others else "公式变了"
    if promise.owned:
        written = new.formula_text if new.formula is not None else None
        return None if written == promise.formula else "写入的值不对"
    return "公式还在" if new.formula is not None else None


def _style_fault(old: ReadCell | None, new: ReadCell, promise: Promise, styles: StyleTable) -> str | None:
    """A cell keeps its style, but for a look and for a date's; a new one has a style that shows its value."""
    dated = isinstance(promise.value, date)
    if promise.looks or promise.owned:
        return None if styles.has(new.style) else "的样式不对"
    if old is None:
        return None if styles.shows(new.style, promise.kind) else "的样式不对"
    if old.style != new.style and not (dated and styles.is_only_redated(old.style, new.style)):
        return "的样式变了"
    return "的样式不对" if dated and not promise.computed and not styles.shows(new.style, promise.kind) else None


def _tag_fault(old: ReadCell | None, new: ReadCell, promise: Promise) -> str | None:
    """A cell keeps every attribute that isn't about its value."""
    dropped = _OF_RESULT if promise.computed else _OF_VALUE
    kept = {name: text for name, text in old.attributes.items() if name not in dropped} if old else {}
    now = {name: text for name, text in new.attributes.items() if name not in ("s", "t")}
    return None if now == kept else "的属性变了"


def _form_fault(new: ReadCell, promise: Promise, prefix: bytes) -> str | None:
    """A written cell has the one form for its kind of value, between its formula and what followed it."""
    before, behind = new.formula or b"", new.others
    if not (new.content.startswith(before) and new.content.endswith(behind)) or (behind and not promise.computed):
        return "的写法不对"
    written = new.content[len(before) : len(new.content) - len(behind)]
    blank = promise.value in (None, "")
    kind, form = _form(type(None) if blank else promise.kind, new.formula is not None, prefix)
    found = form.fullmatch(written)
    if found is None or new.attributes.get("t") != kind:
        return "的写法不对"
    loses = kind == "inlineStr" and b' xml:space="preserve"' not in written and _EDGE_BLANKS.search(written)
    return "首尾的空格会丢" if loses else None


@lru_cache(maxsize=64)
def _form(kind: type, computed: bool, prefix: bytes) -> tuple[str | None, re.Pattern[bytes]]:
    """The type attribute and the XML of a value of that kind; P stands for the prefix."""
    found: str | None
    if kind is bool:
        found, form = "b", b"<Pv>[01]</Pv>"
    elif computed and kind in (str, type(None)):
        found, form = "str", b"<Pv>[^<]*</Pv>"
    elif kind is str:
        found, form = "inlineStr", rb'<Pis><Pt(?: xml:space="preserve")?>[^<]*</Pt></Pis>'
    elif kind is type(None):
        found, form = None, b""
    else:
        found, form = None, b"<Pv>" + _NUMBER + b"</Pv>"
    return found, re.compile(form.replace(b"P", re.escape(prefix)))
