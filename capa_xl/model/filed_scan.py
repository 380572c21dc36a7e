"""Scans that are handed in: what the person says of them, and what became of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from capa_xl.model.edition import Edition, SignedScan


class Said(Struct, frozen=True):
    """What the person says of a scan.

    Attributes:
        paper: Number of the paper, or 编号 of what it is about; "" leaves it to the text layer.
        edition: Which edition was signed; None leaves it to the text layer.
        signed_on: Day of the last signature.
        is_checked: Every page was looked at: a text layer that says otherwise was misread.
        is_another: It is a further scan of an edition that has one.
    """

    paper: str = ""
    edition: int | None = None
    signed_on: date | None = None
    is_checked: bool = False
    is_another: bool = False


NOTHING_SAID = Said()
"""All is left to the text layer."""


class FiledScan(Struct, frozen=True):
    """One scan that lies with its paper.

    Attributes:
        source: The file that was handed in; it stays where it is.
        place: Where its copy lies.
        unread: Pages without a text layer, which nobody has compared.
        unmarked: Pages that have text but don't tell which page of how many they are.
        gap: What of its pages is missing, doubled or out of order by their footers; "" for nothing.
        shows_no_picture: No page shows an image or a stamp, so it looks like the file that was printed.
        was_filed: It was there before.
        was_damaged: The copy on record was gone or changed; this one took its place, unless it is a rehearsal.
        kept: Where the changed copy is kept.
        is_rehearsal: Nothing was filed.
    """

    source: Path
    scan: SignedScan
    place: Path
    unread: tuple[int, ...] = ()
    unmarked: tuple[int, ...] = ()
    gap: str = ""
    shows_no_picture: bool = False
    was_filed: bool = False
    was_damaged: bool = False
    kept: Path | None = None
    is_rehearsal: bool = False


class RefusedScan(Struct, frozen=True):
    """One that was not filed, and why."""

    source: Path
    reason: str


class PaperStanding(Struct, frozen=True):
    """One frozen edition as it stands today.

    Attributes:
        is_whole: Its copy is the one on record.
        scans: Those filed to it.
        damaged: Those of them that are gone or were changed.
        pictureless: Those of them of which no page shows an image or a stamp: they look like what was printed.
        number_now: 报告编号 in the tracker, where it is another than the newest edition prints; "" otherwise.
        taken_back: 2026-11-20 重开: what undid the conclusion of the newest edition since; "" where it stands.
    """

    edition: Edition
    is_whole: bool
    scans: tuple[SignedScan, ...]
    damaged: tuple[SignedScan, ...]
    pictureless: tuple[SignedScan, ...] = ()
    number_now: str = ""
    taken_back: str = ""

    @property
    def is_awaited(self) -> bool:
        """Nobody has signed it, and somebody is to."""
        return not self.scans and not self.taken_back


class SignedRun(Struct, frozen=True):
    """Everything one run filed, refused, or found.

    Attributes:
        standing: Every frozen edition, where no scan was handed in.
        forms: The scans of forms, likewise.
        damaged_forms: Those of them that are gone or were changed.
        pictureless_forms: Those of them of which no page shows an image or a stamp.
        gaps: Scans whose pages aren't whole by their own footers, and what is wrong, while no other of theirs is.
        unrecorded: Files that lie among the frozen papers, and that the journal knows nothing of, likewise.
    """

    workbook: Path
    on: date
    filed: tuple[FiledScan, ...] = ()
    refused: tuple[RefusedScan, ...] = ()
    standing: tuple[PaperStanding, ...] = ()
    forms: tuple[SignedScan, ...] = ()
    damaged_forms: tuple[SignedScan, ...] = ()
    pictureless_forms: tuple[SignedScan, ...] = ()
    gaps: tuple[tuple[SignedScan, str], ...] = ()
    unrecorded: tuple[Path, ...] = ()

    @property
    def has_damage(self) -> bool:
        """True while a copy that was found isn't the one on record; after a rehearsal, which puts none back, too."""
        papers = any(not one.is_whole or one.damaged for one in self.standing)
        return papers or bool(self.damaged_forms) or any(one.was_damaged and one.is_rehearsal for one in self.filed)
