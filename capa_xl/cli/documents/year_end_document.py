"""The end of a year, as --json says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.cli.documents import Document, path_text

if TYPE_CHECKING:
    from capa_xl.app.use_cases.moved_rows import MovedRows
    from capa_xl.app.use_cases.year_end import YearEnded


def year_end_document(done: YearEnded) -> Document:
    """What goes, what stays, what is carried over."""
    year = done.year
    return {
        "workbook": str(done.workbook),
        "before": year.before,
        "archive": str(done.archive),
        "written": done.written,
        "backup": path_text(done.backup),
        "cells": done.cells,
        "archived": [{"number": one.number, "status": one.status, "ended_on": one.ended_on} for one in year.going],
        "carried": [one.number for one in year.carried],
        "open": year.open,
        "left": [{"number": one.number, "reason": one.reason} for one in year.left],
    }


def moved_rows_document(done: MovedRows) -> Document:
    """Which of the rows that are gone stand in the archive that is named."""
    return {
        "workbook": str(done.workbook),
        "archive": str(done.archive),
        "written": done.written,
        "backup": path_text(done.backup),
        "moved": list(done.there),
        "missing": list(done.missing),
    }
