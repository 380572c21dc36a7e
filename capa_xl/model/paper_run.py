"""What a run that writes papers did: files written, finals refused."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from capa_xl.model.paper_kinds import PaperKind
from capa_xl.model.problem import Problem


class WrittenPaper(Struct, frozen=True):
    """One file.

    Attributes:
        number: 编号 of what it is about.
        paper_number: Its own number, or 待编号.
        missing: What keeps it a draft, by column name.
        edition: Which edition a final is; 0 for a draft, a form, and finals put together in one file.
        note: What changed against the edition before; "" for nothing.
        is_frozen: It is the edition that stood on record already.
        is_rehearsal: Of another day than today, and on nobody's record.
        beside: A file of that name, with something else in it, was left as it is.
        version: Which version of what it is about it tells of, in Chinese; "" where there is one alone.
        outlived: Names of the draft and the rehearsal that lie beside a final.
    """

    path: Path
    number: str
    paper_number: str
    is_draft: bool
    missing: tuple[str, ...] = ()
    edition: int = 0
    note: str = ""
    is_frozen: bool = False
    beside: bool = False
    is_rehearsal: bool = False
    version: str = ""
    outlived: tuple[str, ...] = ()


class RefusedPaper(Struct, frozen=True):
    """A paper that was not written, and why.

    Attributes:
        is_unclear: Nobody can tell what row it is of, so that a draft isn't made either.
    """

    number: str
    reason: str
    problems: tuple[Problem, ...] = ()
    is_unclear: bool = False


class PaperRun(Struct, frozen=True):
    """Everything one run wrote and refused.

    Attributes:
        kind: Of all of them.
        not_counted: Which archived years the papers lack; "" where they lack none.
        remarks: What the papers note of what they list, that whoever prints them should know before they are signed.
        template: What an older template prints otherwise, and the cure; "" for one that has all fields.
        nothing: Why nothing was to be written, where a sheet has no row to write of; "" else.
    """

    kind: PaperKind
    written: tuple[WrittenPaper, ...]
    refused: tuple[RefusedPaper, ...] = ()
    not_counted: str = ""
    nothing: str = ""
    template: str = ""
    remarks: tuple[str, ...] = ()
