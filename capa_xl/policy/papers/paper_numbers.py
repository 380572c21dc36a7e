"""The numbers of papers that follow from the number of the row they are about."""

from __future__ import annotations

import re

from capa_xl.model.paper_facts import NO_NUMBER

_SERIAL = re.compile(r"\d{4}.*$")


def derived_number(prefix: str, number: str | None) -> str:
    """A paper's number from the action's: WX and GJ-2026-033 give WX-2026-033; `NO_NUMBER` where it has no year."""
    serial = _SERIAL.search(number or "")
    return f"{prefix}-{serial[0]}" if serial else NO_NUMBER


def own_number(prefix: str, number: str) -> str:
    """The same where the paper needs one whatever the row is called: `GJA3-CAR-7` of an action without a year."""
    found = derived_number(prefix, number)
    return f"{prefix}-{number}" if found == NO_NUMBER else found
