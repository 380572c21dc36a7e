"""What the pages of filed scans lack by their own footers: it stays said until a whole scan of the edition comes.

Only what a person had looked at is filed so (--checked); what they saw is on nobody's record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from capa_xl.effects.paper_shelf import PaperShelf, as_recorded
from capa_xl.effects.scanned_pdf import texts_of_pages
from capa_xl.errors import UsageError
from capa_xl.model.edition import SignedScan
from capa_xl.model.paper_kinds import kind_by_key
from capa_xl.policy.papers.scanned_pages import pages_wrong


def scan_gaps(shelf: PaperShelf, scans: Iterable[SignedScan]) -> tuple[tuple[SignedScan, str], ...]:
    """Scans, and what is missing, doubled or out of order in each, of papers that have no whole one.

    Of a copy that is gone or was changed nothing is said here.
    """
    found: defaultdict[tuple[str, str, int], list[tuple[SignedScan, str | None]]] = defaultdict(list)
    for scan in scans:
        at = scan.at if kind_by_key(scan.kind).is_frozen else 0  # of a form the scans are counted
        found[scan.kind, scan.paper_number, at].append((scan, _gap(shelf, scan)))
    short = (pairs for pairs in found.values() if all(gap != "" for _, gap in pairs))
    return tuple((scan, gap) for pairs in short for scan, gap in pairs if gap)


def _gap(shelf: PaperShelf, scan: SignedScan) -> str | None:
    """What is wrong with its pages; "" for nothing, None where nobody can say."""
    place = shelf.place_of_scan(scan)
    blob = as_recorded(place, scan.sha256)
    if blob is None:
        return None
    try:
        return pages_wrong(texts_of_pages(place, blob))
    except UsageError:  # it opened when it was filed
        return None
