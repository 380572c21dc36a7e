"""Rows as .csv that Excel opens with its Chinese: UTF-8 with its mark, dates ISO, nothing that would be a formula.

One way for facts and for the history of a dossier.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from capa_xl.model.fact_columns import FactValue

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_blob(rows: Iterable[Iterable[FactValue]]) -> bytes:
    """The rows, true and false in words; text that would be a formula begins with an apostrophe."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: FactValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
