"""Whether a scan has every page of its paper once and in order: each footer prints 第 n 页 共 m 页."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

_NUMBER = r"\d(?:\s?\d){0,2}"
_MARK = re.compile(rf"第\s*({_NUMBER})\s*页[\s,/()]*共\s*({_NUMBER})\s*页")


class PageMark(Struct, frozen=True):
    """What one page of a scan prints of itself.

    Attributes:
        at: Its place in the scan, from 1.
        page: 第 n 页.
        total: 共 m 页.
    """

    at: int
    page: int
    total: int


def page_marks(pages: Sequence[str]) -> tuple[PageMark, ...]:
    """Of every page that tells: the footer's is the last on the page; one beyond its own total was misread."""
    return tuple(_marks(pages))


def pages_unmarked(pages: Sequence[str]) -> tuple[int, ...]:
    """The pages, from 1, that have text but don't tell which they are."""
    marked = {one.at for one in page_marks(pages)}
    return tuple(at for at, text in enumerate(pages, start=1) if text.strip() and at not in marked)


def pages_wrong(pages: Sequence[str]) -> str:
    """What is missing, doubled, out of order or of another total, in words; "" for nothing.

    Pages that don't tell may be any of those that are missing: only more gaps than such pages are a fault.
    """
    marks = page_marks(pages)
    totals = list(dict.fromkeys(one.total for one in marks))
    if len(totals) > 1:
        return "各页印的总页数不同：" + "，".join(f"{_at(marks, total)}印的是共 {total} 页" for total in totals)
    numbers = [one.page for one in marks]
    doubled = sorted({page for page in numbers if numbers.count(page) > 1})
    missing = [page for page in range(1, totals[0] + 1) if page not in numbers] if totals else []
    faults = []
    if len(missing) > len(pages) - len(marks):
        faults.append(f"缺第 {_listed(missing)} 页")
    if doubled:
        faults.append(f"第 {_listed(doubled)} 页重复")
    elif numbers != sorted(numbers):
        faults.append(f"各页次序颠倒（依次是第 {_listed(numbers)} 页）")
    return f"{'，'.join(faults)}（页脚印的是共 {totals[0]} 页）" if faults else ""


def _marks(pages: Sequence[str]) -> Iterator[PageMark]:
    for at, text in enumerate(pages, start=1):
        found = _MARK.findall(unicodedata.normalize("NFKC", text))
        page, total = (int("".join(digits.split())) for digits in found[-1]) if found else (0, 0)
        if 0 < page <= total:
            yield PageMark(at, page, total)


def _at(marks: Sequence[PageMark], total: int) -> str:
    return f"第 {_listed([one.at for one in marks if one.total == total])} 页"


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))
