"""Final papers on record: each is frozen as an edition, and the signed scan of a paper is filed to it (4.5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from capa_xl.model.cut_text import cut_text

MOST_CHANGES = 8
"""So many changed cells an edition tells of; the others are counted."""
_SHOWN = 16
_BLANK = "空白"


@dataclass(frozen=True, slots=True)
class Edition:
    """One frozen edition of a final paper.

    Attributes:
        kind: Key of the paper's kind.
        number: What the paper is about: 编号 of an action, 登记编号 of a need, number and version of a plan.
        at: 1 for the first.
        paper_number: Its own number, as every page prints it.
        content_hash: Of what it says of the workbook: the same content is the same edition.
        sha256: Of the file, hex.
        cells: What it says, name → text: the next edition tells what changed.
    """

    kind: str
    number: str
    at: int
    paper_number: str
    frozen_on: date
    content_hash: str
    sha256: str
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """第 n 版."""
        return edition_name(self.at)


@dataclass(frozen=True, slots=True)
class SignedScan:
    """The signed scan of a paper.

    Attributes:
        kind, number, at, paper_number: The edition it belongs to; of a form, which is never frozen, the scans are
            counted.
        sha256: Of the scan, hex.
        pages: How many it has.
        signed_on: The day of the last signature as the person who filed it said; None where nobody did.
    """

    kind: str
    number: str
    at: int
    paper_number: str
    sha256: str
    pages: int
    signed_on: date | None
    filed_on: date


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """Every edition and every scan on record, oldest first."""

    editions: tuple[Edition, ...] = ()
    scans: tuple[SignedScan, ...] = ()

    def editions_of(self, kind: str, number: str) -> tuple[Edition, ...]:
        """Those of one paper, the first edition first."""
        return tuple(one for one in self.editions if (one.kind, one.number) == (kind, number))

    def newest(self, kind: str, number: str) -> Edition | None:
        """The last edition of one paper; None while it has none."""
        found = self.editions_of(kind, number)
        return found[-1] if found else None

    def scans_of(self, kind: str, number: str) -> tuple[SignedScan, ...]:
        """Those of one paper."""
        return tuple(one for one in self.scans if (one.kind, one.number) == (kind, number))


def edition_name(at: int) -> str:
    """第 n 版."""
    return f"第 {at} 版"


def told_changes(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What differs between two editions: 实际值 3 → 2；检查情况 空白 → …."""
    changed = [name for name in dict.fromkeys((*before, *after)) if before.get(name, "") != after.get(name, "")]
    told = list(islice(_changes(changed, before, after), MOST_CHANGES))
    rest = len(changed) - len(told)
    return "；".join(told) + (f"；另有 {rest} 处" if rest else "")


def _changes(names: list[str], before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in names:
        yield f"{name} {_shown(before.get(name, ''))} → {_shown(after.get(name, ''))}"


def _shown(text: str) -> str:
    return cut_text(" ".join(text.split()), _SHOWN) or _BLANK
