"""Final papers on record: each is frozen as an edition, and the signed scan of a paper is filed to it (4.5.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.paper_kinds import PLAN, kind_by_key

SCHEME_IN_PLAN: Final = "实施方案、步骤"
"""What the cells are called that a plan printed in no edition of before: those say nothing of it, not that it is blank.

They stand outside the mark, and a blank one is kept too.
"""
_MARK = 16
"""Characters of a hash that people read."""
CURE_OF_A_NUMBER = (
    "请把报告编号改回 {printed}；原来填错的，请在《更正记录》登记一行“更正”（项目写报告编号），再出即为下一版"
)


class Edition(Struct, frozen=True):
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
    def command(self) -> str:
        """The command that prints the paper anew."""
        kind = kind_by_key(self.kind)
        numbers = () if kind.key == PLAN.key else (self.number,)
        return to_paste(kind.command, THIS_WORKBOOK, *numbers, "-o", kind.title)

    @property
    def name(self) -> str:
        """第 n 版."""
        return edition_name(self.at)

    @property
    def paper(self) -> str:
        """Number and title of the paper."""
        return paper_name(self.paper_number, self.kind)

    @property
    def mark(self) -> str:
        """校验码, as people read it."""
        return self.sha256[:_MARK]


class SignedScan(Struct, frozen=True):
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

    @property
    def paper(self) -> str:
        """Number and title of the paper."""
        return paper_name(self.paper_number, self.kind)

    @property
    def name(self) -> str:
        """Number and title of the paper, and 第 n 版."""
        return f"{self.paper} {edition_name(self.at)}"

    @property
    def mark(self) -> str:
        """校验码, as people read it."""
        return self.sha256[:_MARK]

    def told_gap(self, gap: str) -> str:
        """签字件（校验码 …）缺第 2 页（页脚印的是共 3 页）…, and what to do: a person had looked when it was filed."""
        return f"签字件（校验码 {self.mark}）{gap}；归档时由人核对过，确实不全的，扫描齐全后加 --another 再归档"


class PaperRecord(Struct, frozen=True):
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

    def scans_numbered(self, kind: str, paper_number: str) -> tuple[SignedScan, ...]:
        """Those of the papers of one kind that bear a number."""
        return tuple(one for one in self.scans if (one.kind, one.paper_number) == (kind, paper_number))


def is_of_later_editions(name: str) -> bool:
    """Whether a cell is one that editions of before did not keep."""
    return name.endswith(f" {SCHEME_IN_PLAN}")


def mark_of_cells(cells: Mapping[str, str]) -> str:
    """Hash of what a paper says, hex: the same from one version of the program to the next."""
    marked = {name: text for name, text in cells.items() if not is_of_later_editions(name)}
    return hashlib.sha256(json.dumps(marked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def changed_number(printed: str, written: str | None) -> str:
    """报告编号 as the row has it where its newest final prints another one; "" for the same and for a blank."""
    now = (written or "").strip()
    return now if now != printed else ""


def edition_name(at: int) -> str:
    """第 n 版."""
    return f"第 {at} 版"


def paper_name(number: str, kind: str) -> str:
    """Number and title, as people name a paper."""
    return f"{number} {kind_by_key(kind).title}"
