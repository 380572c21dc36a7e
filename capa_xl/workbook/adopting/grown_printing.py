"""A tracker that grew, on paper: as a new workbook of its size prints, legible and over as many sheets as it takes.

A ledger of sixteen columns fits one page; sixty on one page nobody can read. So a grown tracker keeps its scale and
begins a sheet of paper where a band begins, or where the sheet is full; the first columns stand on every one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.container_rewrite import pack_member, rewrite
from capa_xl.ooxml.package import open_package
from capa_xl.ooxml.sheet_scan import Sheet, read_sheet
from capa_xl.ooxml.sheet_sizes import sizes_of
from capa_xl.ooxml.xml_bytes import Element, attributes, elements, whole, with_attribute
from capa_xl.workbook.adopting.proof_of_adoption import same_cells, same_parts
from capa_xl.workbook.blank.printing import SCALE, WIDEST_AT_SCALE, page_breaks
from capa_xl.workbook.blank.tracker_sheet import FROZEN

OWN_PRINTING = "打印设置是自己改过的，没有动：打印前请看新列在不在打印区域内、字是否太小"
"""What a person is told whose page setup isn't the one of a new workbook any more."""
NO_PRINTING = "这张表没有设过打印（纸张、方向、缩放），没有动：打印前请先在页面布局里设好，再看字是否太小"
"""What a person is told where nobody ever set the page up."""
_SETUP: Mapping[bytes, bytes] = {
    b"paperSize": b"8",
    b"scale": b"%d" % SCALE,
    b"pageOrder": b"overThenDown",
    b"orientation": b"landscape",
}
"""What a new workbook has; Excel adds the printer and its resolution."""
_WIDEST = WIDEST_AT_SCALE + 5
"""Characters that a sheet of paper takes, with what a file adds to each column."""
_BEHIND_BREAKS = frozenset(
    {b"customProperties", b"cellWatches", b"ignoredErrors", b"smartTags", b"drawing", b"legacyDrawing",
     b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems", b"tableParts",
     b"extLst"}
)  # fmt: skip


def with_grown_printing(blob: bytes, sheet: str, columns: int, starts: Sequence[int]) -> bytes | None:
    """The workbook whose tracker prints over several sheets of paper; None where people set the page up themselves.

    Args:
        columns: How many columns there are now.
        starts: 1-based columns at which a band begins.

    Raises:
        UnsafeWrite: What came out isn't the source and its page setup.
    """
    host = open_package(blob)
    tab = host.sheet(sheet)
    if tab is None or _has_print_area(blob, sheet):
        return None
    scanned = read_sheet(host.read(tab.part))
    if not _is_as_made(scanned):
        return None
    kept = _breaks_of(scanned)
    breaks = tuple(page_breaks(_widths(scanned, columns), FROZEN, starts, max(kept, default=FROZEN) + 1, _WIDEST))
    new = _set_up(scanned, breaks) if breaks else host.read(tab.part)
    made = rewrite(host.container, {host.member(tab.part).key: pack_member(host.member(tab.part), [new])})
    if not (same_parts(host, open_package(made), but=[tab.part]) and same_cells(blob, made, sheet)):
        raise UnsafeWrite(f"设置《{sheet}》的打印以后核对没有通过，没有写入 → 请把这句话告诉维护人员")
    return made


def printing_left(blob: bytes, sheet: str) -> str:
    """What a person is told of a tracker whose page `with_grown_printing` leaves alone."""
    host = open_package(blob)
    tab = host.sheet(sheet)
    is_unset = tab is not None and _page_setup(read_sheet(host.read(tab.part))) is None
    return NO_PRINTING if is_unset and not _has_print_area(blob, sheet) else OWN_PRINTING


def _page_setup(sheet: Sheet) -> Element | None:
    return next((one for one in sheet.tail() if one.local == b"pageSetup"), None)


def _has_print_area(blob: bytes, sheet: str) -> bool:
    names = open_package(blob).defined_names
    return any(name.name.lower() == "_xlnm.print_area" and name.sheet == sheet for name in names)


def _is_as_made(sheet: Sheet) -> bool:
    """True while the page is set up as a new workbook has it, or as an earlier growth left it."""
    setup = _page_setup(sheet)
    return setup is not None and _SETUP.items() <= attributes(sheet.part.body[setup.start : setup.inside]).items()


def _breaks_of(sheet: Sheet) -> list[int]:
    """The columns, 1-based, behind which a sheet of paper ends."""
    place = next((one for one in sheet.tail() if one.local == b"colBreaks"), None)
    found = elements(sheet.part, place.inside, place.close) if place else ()
    return [whole(attributes(sheet.part.body[one.start : one.inside]).get(b"id")) for one in found]


def _widths(sheet: Sheet, columns: int) -> list[float]:
    """Characters of each column, 0 for a hidden one."""
    sizes = sizes_of(sheet)
    return [sizes.width(at) for at in range(1, columns + 1)]


def _set_up(sheet: Sheet, breaks: Sequence[int]) -> bytes:
    """The sheet at its own scale, not fitted to one page, with those breaks behind the ones it has."""
    body = sheet.part.body
    tail = list(sheet.tail())
    old = next((one for one in tail if one.local == b"colBreaks"), None)
    place = old or next((one for one in tail if one.local in _BEHIND_BREAKS), None)
    start, end = (place.start, place.end if old else place.start) if place else (sheet.close, sheet.close)
    there = body[old.inside : old.close] if old else b""
    body = body[:start] + _breaks(sheet.prefix, len(_breaks_of(sheet)), there, breaks) + body[end:]
    fit = _fit_to_page(sheet)
    if fit:
        body = body[: fit.start] + with_attribute(body[fit.start : fit.inside], b"fitToPage", b"0") + body[fit.inside :]
    return sheet.part.stored(body)


def _fit_to_page(sheet: Sheet) -> Element | None:
    top = next((one for one in sheet.head if one.local == b"sheetPr"), None)
    inside = elements(sheet.part, top.inside, top.close) if top else ()
    return next((one for one in inside if one.local == b"pageSetUpPr"), None)


def _breaks(prefix: bytes, before: int, there: bytes, columns: Sequence[int]) -> bytes:
    new = b"".join(b'<%sbrk id="%d" max="1048575" man="1"/>' % (prefix, column - 1) for column in columns)
    opening = b'<%scolBreaks count="%d" manualBreakCount="%d">' % (prefix, *(before + len(columns),) * 2)
    return b"".join((opening, there, new, b"</%scolBreaks>" % prefix))
