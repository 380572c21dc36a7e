"""The day whose workbook a paper in a scan was printed from: nobody signs it before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from capa_xl.model.paper_kinds import EXCEPTIONS
from capa_xl.policy.papers.exceptions_facts import EXCEPTIONS_PREFIX
from capa_xl.policy.papers.scanned_paper import SignablePaper

_TWO = r"(\d(?: ?\d)?)"
_PRINTED = re.compile(rf"数 ?据 ?截 ?至 *(\d(?: ?\d){{3}}) *[年-] *{_TWO} *[月-] *{_TWO}")
"""The footer: 数据截至 2027 年 1 月 29 日. A scanner's text layer may put blanks between characters."""


def data_day(paper: SignablePaper, pages: Sequence[str]) -> date | None:
    """The latest 数据截至 on the pages, else the day that a 情况说明确认单 is numbered by; None where nothing tells."""
    own = paper.paper_number.removeprefix(f"{EXCEPTIONS_PREFIX}-") if paper.kind == EXCEPTIONS.key else ""
    return max(_printed(pages), default=_day(own.split("-")))


def _printed(pages: Sequence[str]) -> Iterator[date]:
    for text in pages:
        for parts in _PRINTED.findall(unicodedata.normalize("NFKC", text)):
            if (day := _day([part.replace(" ", "") for part in parts])) is not None:
                yield day


def _day(parts: Sequence[str]) -> date | None:
    """Year, month and day; None where they are no day of the calendar: misread, or no day at all."""
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None
