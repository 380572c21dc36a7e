"""One patched cell before and after a splice: the wanted value, and nothing in the cell but that."""

from __future__ import annotations

import re
from datetime import date

from capa_xl.a1 import cell_at
from capa_xl.ooxml.cell_xml import formula_element, formula_text, rest_after_value, stored
from capa_xl.ooxml.patch import CellValue, OwnedCell
from capa_xl.ooxml.sheet_scan import Cell
from capa_xl.ooxml.verify_sides import Expected, Side, is_value
from capa_xl.ooxml.xml_bytes import attributes, has_each_once
from capa_xl.ooxml.xstring import keeps_blanks

_DROPPED = frozenset({b"t", b"cm", b"vm", b"ph"})
_DROPPED_CACHED = frozenset({b"t", b"vm"})
_MALFORMED = re.compile(rb"&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)|\]\]>|[\x00-\x08\x0b-\x1f]")


def cell_fault(
    before: Side,
    after: Side,
    place: tuple[int, int],
    old: Cell | None,
    new: Cell | None,
    value: CellValue,
    expected: Expected,
) -> str | None:
    """What is wrong with a patched cell, as the rest of a sentence; None when it is as it should be."""
    cached = place in expected.cached
    if cached and (old is None or not _has_formula(before, old)):
        return None if old is None and new is None else _untouched(before, after, old, new)
    if new is None:
        return "没有写入" if old is not None or value not in (None, "") else None
    same = old is not None and before.body[old.start : old.end] == after.body[new.start : new.end]
    now = stored(after.sheet.part, new, after.strings)
    if not is_value(now.value, value, date1904=after.date1904, loosely=cached):
        return "写入的值不对"
    if cached:
        then = stored(before.sheet.part, old, before.strings).formula if old else None
        if now.formula != then or then is None:
            return "公式变了"
    elif now.formula is not None:
        return "公式还在"
    if same:
        return None
    return (
        (None if place in expected.restyled else _style_fault(before, after, old, new, value, cached=cached))
        or _tag_fault(before, after, old, new, cell_at(*place).encode("ascii"), cached=cached)
        or _form_fault(after, new, value, *(_formula_and_rest(before, old) if cached and old else ()))
    )


def owned_cell_fault(before: Side, after: Side, at: str, old: Cell | None, new: Cell, wanted: OwnedCell) -> str | None:
    """What is wrong with a cell of rows replaced whole; its style may be any that is there."""
    now = stored(after.sheet.part, new, after.strings)
    formula = formula_text(after.sheet.part, now.formula) if now.formula is not None else None
    loosely = wanted.formula is not None
    if formula != wanted.formula or not is_value(now.value, wanted.value, date1904=after.date1904, loosely=loosely):
        return "写入的值不对"
    if old is not None and before.body[old.start : old.end] == after.body[new.start : new.end]:
        return None
    if not after.shows(attributes(after.body[new.start : new.inside]).get(b"s"), str):
        return "的样式不对"
    written = b"" if formula is None else formula_element(after.sheet.prefix, formula, after.sheet.part)
    return _tag_fault(before, after, old, new, at.encode("ascii"), cached=False) or _form_fault(
        after, new, wanted.value, written
    )


def _formula_and_rest(before: Side, old: Cell) -> tuple[bytes, bytes]:
    """What stays in a cell whose formula gets another result."""
    formula = stored(before.sheet.part, old, before.strings).formula or b""
    return formula, rest_after_value(before.sheet.part, old)


def is_well_formed(raw: bytes) -> bool:
    """Whether what stands between two tags is XML text, and not only read as such."""
    return _MALFORMED.search(raw) is None


def loses_blanks(value: CellValue, cell: bytes) -> bool:
    """Whether a text has blanks that a cell doesn't promise to keep."""
    return isinstance(value, str) and b' xml:space="preserve"' not in cell and keeps_blanks(value)


def _has_formula(side: Side, cell: Cell) -> bool:
    return side.patterns.formula.search(side.sheet.part.mask, cell.inside, cell.close) is not None


def _untouched(before: Side, after: Side, old: Cell | None, new: Cell | None) -> str | None:
    """A cell that should have had a formula stays as it is."""
    if old is None or new is None:
        return "多了或少了"
    one, other = before.body[old.start : old.end], after.body[new.start : new.end]
    return None if one == other else "不该变而变了"


def _style_fault(
    before: Side, after: Side, old: Cell | None, new: Cell, value: CellValue, *, cached: bool
) -> str | None:
    """A cell keeps its style, a date's apart; a new one has a style that shows its value."""
    now = attributes(after.body[new.start : new.inside]).get(b"s")
    if old is None:
        return None if after.shows(now, type(value)) else "的样式不对"
    then = attributes(before.body[old.start : old.inside]).get(b"s")
    if then != now and not (isinstance(value, date) and after.is_redated(then, now)):
        return "的样式变了"
    return "的样式不对" if isinstance(value, date) and not cached and not after.shows(now, type(value)) else None


def _tag_fault(before: Side, after: Side, old: Cell | None, new: Cell, at: bytes, *, cached: bool) -> str | None:
    """What is wrong with the start tag of a cell that was written; `at` is its address."""
    now = attributes(after.body[new.start : new.inside])
    if old is None:
        right = now.keys() <= {b"r", b"s", b"t"} and now.get(b"r") == at
        return None if right else "的属性变了"
    then = attributes(before.body[old.start : old.inside])
    dropped = {b"s", *(_DROPPED_CACHED if cached else _DROPPED)}
    kept = {key: text for key, text in then.items() if key not in dropped}
    return None if kept == {key: text for key, text in now.items() if key not in (b"s", b"t")} else "的属性变了"


def _form_fault(after: Side, new: Cell, value: CellValue, formula: bytes = b"", rest: bytes = b"") -> str | None:
    """Whether a written cell has the form that we write, with nothing in it but the value.

    Args:
        formula: The `<f>` element that must stand before the value.
        rest: What must stand behind it.
    """
    body = after.body
    content = body[new.inside : new.close]
    if not (content.startswith(formula) and content.endswith(rest)):
        return "的内容变了"
    content = content[len(formula) : len(content) - len(rest)]
    form = after.patterns.written.fullmatch(body[new.start : new.inside] + content + body[new.close : new.end])
    if not form or not has_each_once(form[1]) or not is_well_formed(form[2] or form[3] or b""):
        return "的写法不对"
    kind = attributes(form[1]).get(b"t")
    if (kind, form[2] is not None, form[3] is not None) != _form_of(value, cached=formula != b""):
        return "的写法不对"
    return "首尾的空格会丢" if form[3] is not None and loses_blanks(value, content) else None


def _form_of(value: CellValue, *, cached: bool) -> tuple[bytes | None, bool, bool]:
    """How a value is written: the type, and whether it stands in `<v>` or in `<t>`."""
    if isinstance(value, bool):
        return b"b", True, False
    if cached and (value is None or isinstance(value, str)):
        return b"str", True, False
    if value is None or value == "":
        return None, False, False
    return (b"inlineStr", False, True) if isinstance(value, str) else (None, True, False)
