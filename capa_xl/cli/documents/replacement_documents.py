"""Names that make way for others: a leaver's, a former department's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.cli.documents import Document, path_text

if TYPE_CHECKING:
    from pathlib import Path

    from capa_xl.app.shared.replacing import Replaced
    from capa_xl.app.use_cases.handover import HandedOver
    from capa_xl.model.replacements import NameChange


def handover_document(done: HandedOver) -> Document:
    """What changes hands, and the sheet to sign."""
    handover = done.handover
    return {
        **_replaced(done.workbook, done.replaced),
        "giver": handover.giver,
        "taker": handover.taker,
        "from": handover.since,
        "paper": path_text(done.paper),
    }


def reorganised_document(workbook: Path, done: Replaced) -> Document:
    """The open rows that get the new name of their department."""
    return _replaced(workbook, done)


def _replaced(workbook: Path, done: Replaced) -> Document:
    return {
        "workbook": str(workbook),
        "written": done.written,
        "backup": path_text(done.backup),
        "edits": [_edit(one) for one in done.found.changes],
        "left": [{"number": one.number, "field": one.header, "reason": one.reason} for one in done.found.left],
    }


def _edit(one: NameChange) -> Document:
    return {
        "sheet": one.sheet,
        "cell": one.cell,
        "number": one.number,
        "field": one.header,
        "before": one.before,
        "after": one.after,
    }
