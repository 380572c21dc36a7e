"""Filed scans as they lie on the shelf, each read once: is it the file on record, has it a picture, lacks it pages?

What the pages lack by their own footers stays said until a whole scan of the edition comes: only what a person had
looked at is filed so (--checked), and what they saw is on nobody's record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from capa_xl.app.shared.final_papers import FinalPapers
from capa_xl.effects.paper_shelf import as_recorded
from capa_xl.effects.scanned_pdf import shows_no_picture, texts_of_pages
from capa_xl.errors import UsageError
from capa_xl.model.edition import SignedScan
from capa_xl.model.paper_kinds import kind_by_key
from capa_xl.policy.papers.scanned_pages import pages_wrong


class ScanLookedAt(Struct, frozen=True):
    """A scan on record and its copy.

    Attributes:
        is_whole: The copy is what was filed; of one that is gone or was changed nothing else is known.
        shows_no_picture: It looks like the file that was printed.
        gap: What is missing, doubled or out of order by its footers; "" for nothing, None where nobody can say.
    """

    scan: SignedScan
    is_whole: bool
    shows_no_picture: bool = False
    gap: str | None = None


def looked_at(record: FinalPapers, scan: SignedScan) -> ScanLookedAt:
    """The copy of a scan, read once: on a share that is what takes the time."""
    place = record.shelf.place_of_scan(scan)
    blob = as_recorded(place, scan.sha256)
    if blob is None:
        return ScanLookedAt(scan, is_whole=False)
    try:
        gap = pages_wrong(texts_of_pages(place, blob))
    except UsageError:  # it opened when it was filed
        gap = None
    return ScanLookedAt(scan, True, shows_no_picture(blob), gap)


def gaps_of(looked: Iterable[ScanLookedAt]) -> tuple[tuple[SignedScan, str], ...]:
    """Scans, and what is missing, doubled or out of order in each, of papers that have no whole one."""
    found: defaultdict[tuple[str, str, int], list[ScanLookedAt]] = defaultdict(list)
    for one in looked:
        at = one.scan.at if kind_by_key(one.scan.kind).is_frozen else 0  # of a form the scans are counted
        found[one.scan.kind, one.scan.paper_number, at].append(one)
    short = (those for those in found.values() if all(one.gap != "" for one in those))
    return tuple((one.scan, one.gap) for those in short for one in those if one.gap)
