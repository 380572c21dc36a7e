"""A verdict beside the tracker, on a deadline, a document or a plan, counts once it is signed: who, when and what.

One that lacks a part, of the columns that its sheet has, reads as undecided: it approves nothing and refuses nothing,
and who decides is asked for what is blank (R04, R61, R67).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.records import SIGNATURE, Extension, PlanVersion, Revision
from capa_xl.model.register import Table
from capa_xl.policy.day import as_seen, registered_by

Verdict = TypeVar("Verdict", Extension, Revision, PlanVersion)


class PartSigned(Struct, frozen=True):
    """What stands of the signature of a row that reads as undecided.

    Attributes:
        verdict: 结论 as it is written; None where it is blank, too.
        blank: Columns of the signature that are still to be filled, in order; () where only its day hasn't come.
    """

    verdict: str | None
    blank: tuple[str, ...]


def unsigned(table: Table[Verdict], row: Verdict) -> tuple[str, ...]:
    """What is blank of who decided and when, of the columns that the sheet has; () where all stands, or no verdict."""
    return _blank(table, row) if row.approval is not None else ()


def as_decided(table: Table[Verdict], row: Verdict) -> Verdict:
    """The row, undecided where nobody has signed its verdict."""
    return replace(row, approval=None) if unsigned(table, row) else row


def signed_in_part(table: Table[Verdict] | None, as_of: AsOf) -> Iterator[tuple[Verdict, PartSigned]]:
    """The undecided rows, as they read at T, with a verdict that nobody signed or a signature of a day not yet come."""
    if table is None:
        return
    for row in table.records:
        is_ahead = row.approved_on is not None and row.approved_on > as_of.latest
        seen = as_seen(registered_by(row, as_of.latest), as_of.on) if is_ahead or unsigned(table, row) else None
        if seen is not None:
            yield as_decided(table, seen), PartSigned(row.approval, _blank(table, row))


def _blank(table: Table[Verdict], row: Verdict) -> tuple[str, ...]:
    columns = table.columns_of(row.row)
    return tuple(key for key in SIGNATURE if key in columns and getattr(row, key) is None)
