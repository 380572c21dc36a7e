"""What `signed` filed, refused or found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.cli.documents import Document

if TYPE_CHECKING:
    from capa_xl.model.edition import SignedScan
    from capa_xl.model.filed_scan import SignedRun


def signed_document(run: SignedRun) -> Document:
    """The scans of this run, or every frozen paper with its scans."""
    return {
        "workbook": str(run.workbook),
        "as_of": run.on.isoformat(),
        "filed": [
            _scan(one.scan)
            | {
                "source": str(one.source),
                "path": str(one.place),
                "unread_pages": list(one.unread),
                "unmarked_pages": list(one.unmarked),
                "gap": one.gap or None,
                "already": one.was_filed,
                "put_back": one.was_damaged and not one.is_rehearsal,
                "kept": str(one.kept) if one.kept else None,
                "rehearsal": one.is_rehearsal,
            }
            for one in run.filed
        ],
        "refused": [{"source": str(one.source), "reason": one.reason} for one in run.refused],
        "papers": [
            {
                "kind": one.edition.kind,
                "number": one.edition.number,
                "paper_number": one.edition.paper_number,
                "edition": one.edition.at,
                "frozen_on": one.edition.frozen_on.isoformat(),
                "sha256": one.edition.sha256,
                "whole": one.is_whole,
                "number_now": one.number_now or None,
                "scans": [_scan(scan) | {"whole": scan not in one.damaged} for scan in one.scans],
            }
            for one in run.standing
        ],
        "forms": [_scan(scan) | {"whole": scan not in run.damaged_forms} for scan in run.forms],
        "gaps": [{"sha256": scan.sha256, "gap": gap} for scan, gap in run.gaps],
        "unrecorded": [str(path) for path in run.unrecorded],
    }


def _scan(scan: SignedScan) -> Document:
    return {
        "kind": scan.kind,
        "number": scan.number,
        "paper_number": scan.paper_number,
        "edition": scan.at,
        "sha256": scan.sha256,
        "pages": scan.pages,
        "signed_on": scan.signed_on.isoformat() if scan.signed_on else None,
        "filed_on": scan.filed_on.isoformat(),
    }
