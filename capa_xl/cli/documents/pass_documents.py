"""One pass over some workbooks, and what this machine has or gets: daily, group, demo, desktop, doctor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from capa_xl.cli.documents import Document, path_text
from capa_xl.cli.documents.paper_documents import file_entries, pack_document

if TYPE_CHECKING:
    from capa_xl.app.shared.served import Served
    from capa_xl.app.use_cases.demo import Demo
    from capa_xl.app.use_cases.desktop import Desktop
    from capa_xl.app.use_cases.doctor import Finding
    from capa_xl.app.use_cases.group import GroupRun
    from capa_xl.app.use_cases.group_pack import GroupPack


def daily_document(as_of: date, served: Iterable[Served], left: int) -> Document:
    """What a pass did for each workbook, and how many a stop left."""
    return {"as_of": as_of, "workbooks": [_served(one) for one in served], "left": left}


def unit_document(kind: str, text: str, output: Path | None) -> Document:
    """A unit for the system's scheduler: its text, and the file it was written to."""
    return {"kind": kind, "text": text, "file": path_text(output) if output is not None else None}


def group_document(run: GroupRun) -> Document:
    """The same for a group, with what it came to."""
    return {
        "as_of": run.as_of.on,
        "counts": run.counts,
        "workbooks": [_served(one) for one in run.served],
        "left": run.left,
        "letters": run.letters,
        "notes": list(run.notes),
        "held_back": run.held_back,
    }


def group_pack_document(done: GroupPack) -> Document:
    """The pack of a group: which workbooks are in it, and its files."""
    return {
        "as_of": done.figures.on,
        "period": done.figures.period.name,
        "directory": str(done.directory),
        "workbooks": [_served(one) for one in done.served],
        "files": file_entries(done.files),
        "archive": path_text(done.archive),
        "notes": list(done.notes),
    }


def _served(one: Served) -> Document:
    return {
        "workbook": str(one.workbook),
        "outcome": one.outcome,
        "exit_code": one.exit_code,
        "message": one.words,
        "errors": one.errors,
        "written": one.written,
        "sent": one.sent,
        "transport": one.transport,
        "held_back": one.held_back,
    }


def demo_document(demo: Demo, as_of: date) -> Document:
    """What the demo made."""
    return {
        "workbook": str(demo.workbook),
        "as_of": as_of,
        "actions": len(demo.refreshed.derived),
        "counts": dict(demo.judged.checked.counts),
        "letters": len(demo.reminded.letters),
        "outbox": str(demo.outbox),
        "pack": pack_document(demo.packed),
    }


def desktop_document(done: Desktop) -> Document:
    """The files to double-click."""
    return {"workbook": str(done.workbook), "files": [str(path) for path in done.files]}


def doctor_document(findings: Iterable[Finding]) -> Document:
    """What is missing on this machine."""
    return {"findings": [{"state": f.state.name.lower(), "what": f.what, "words": f.words} for f in findings]}
