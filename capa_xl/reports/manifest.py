"""manifest.json of a pack: what is in it and what it was made from; no clock, no folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from capa_xl.model.group_figures import GroupFigures
from capa_xl.model.pack import PackedFile, PackFile
from capa_xl.model.period import Period
from capa_xl.version import __version__


def manifest_blob(
    workbook_sha256: str,
    journal_head: str,
    as_of: date,
    period: Period,
    files: Iterable[PackFile],
    copy: str = "",
    pdfs: Sequence[PackedFile] = (),
) -> bytes:
    """The manifest's bytes: UTF-8, sorted by path.

    Args:
        journal_head: Hash of the journal's last link dated before T; "" without one.
        copy: `model.pack.EXTERNAL`; "" for the internal one.
        pdfs: The PDFs beside the files. LibreOffice gives them other bytes at every run, so a manifest that names them
            is another one every time, too.
    """
    source: dict[str, Any] = {"workbook_sha256": workbook_sha256, "journal_head": journal_head}
    source |= {"copy": copy} if copy else {}
    source |= {"pdfs": [{"path": f.path, "sha256": f.sha256, "bytes": f.size} for f in pdfs]} if pdfs else {}
    return _blob(as_of, period, source, files)


def group_manifest_blob(figures: GroupFigures, files: Iterable[PackFile]) -> bytes:
    """The same for a group: every workbook that was counted, and those that were not, by their paths."""
    counted = [
        {"workbook": one.workbook, "workbook_sha256": one.sha256, "journal_head": one.journal_head}
        for one in figures.companies
    ]
    left_out = [{"workbook": one.workbook, "outcome": one.outcome} for one in figures.left_out]
    return _blob(figures.on, figures.period, {"workbooks": counted, "left_out": left_out}, files)


def _blob(as_of: date, period: Period, source: Mapping[str, Any], files: Iterable[PackFile]) -> bytes:
    document = {
        "capa_xl": __version__,
        "as_of": as_of.isoformat(),
        "period": period.name,
        "period_from": period.start.isoformat(),
        "period_to": period.end.isoformat(),
        **source,
        "files": [
            {"path": f.path, "sha256": f.sha256, "content_sha256": f.content_sha256, "bytes": len(f.blob)}
            for f in sorted(files, key=lambda f: f.path)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
