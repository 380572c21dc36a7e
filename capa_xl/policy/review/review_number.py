"""The number of the review that a paper is the input of: that of the registered one, else the next of its year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from capa_xl.model.records import Decision

_FIRST = "GLPS-"


def review_number(decisions: Iterable[Decision], on: date) -> str:
    """评审编号 of the review on a day, in the manner of those registered: GLPS-2026-02 is followed by GLPS-2026-03.

    Args:
        decisions: 管理评审, of all years; one of this very day has the number already.

    Returns:
        GLPS-2026-01 where none is registered; "" where none of the registered ends in year and serial: nothing tells
        what the next is called.
    """
    rows = tuple(row for row in decisions if row.number)
    if not rows:
        return f"{_FIRST}{on.year}-01"
    held = next((row.number for row in rows if row.on == on), None)
    if held:
        return held
    known = [found for row in rows if (found := re.fullmatch(r"(.*?)(\d{4})-(\d+)", row.number or ""))]
    if not known:
        return ""
    last = max(known, key=lambda found: (int(found[2]), int(found[3])))
    serial = max((int(found[3]) for found in known if int(found[2]) == on.year), default=0) + 1
    return f"{last[1]}{on.year}-{serial:0{len(last[3])}}"
