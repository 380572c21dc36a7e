"""What only resembles a column of people by its name: marks below it, or a Latin word of a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.kinds_of_values import SYMBOLS, share_of

_HALF = 0.5
_YES_OR_NO = frozenset({"Y", "N", "YES", "NO", "OK", "NG", "是", "否"})
_NAMES_PEOPLE = re.compile(
    r"\bby\b|\bto\b|\bwho\w*|\bpic\b|\bpoc\b|\bpi\b|\b[sdpc]qe\b|\bresp\b|party|name|person|people|staff|personnel|contact|champion|lead\b|head\b|responsib|account"
    r"|(?:[a-z]{2}er|or|ee|ian|ist|ant)s?\b|[a-z]{3}ed\b|\bteam\b"
)
"""What a Latin heading of people has in it; without it Audit, Source or Inspection only resemble one."""
_PEOPLE_LIKE = frozenset(
    {"owners", "confirmer", "inspector", "approver", "raised_by", "investigators", "confirmation_evidence"}
)


def is_at_odds(key: str, heading: str, values: Sequence[Value]) -> bool:
    """True where a column that only the name resembles is not meant: marks are no people, nor is an Audit."""
    if key not in _PEOPLE_LIKE or not values:
        return False
    is_thing = key != "confirmation_evidence" and heading.isascii() and _NAMES_PEOPLE.search(heading.lower()) is None
    return is_thing or share_of(values, _is_a_mark) > _HALF


def _is_a_mark(text: str) -> bool:
    return SYMBOLS.fullmatch(text) is not None or text.upper() in _YES_OR_NO
