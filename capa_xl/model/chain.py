"""What a walk along the journal's hash chain found."""

from __future__ import annotations

from msgspec import Struct


class ChainCheck(Struct, frozen=True):
    """The result of one walk.

    Attributes:
        links: How many there are; 0 where nothing is chained yet.
        since, until: Days (ISO) of the first dated link and of the last; "" without.
        head: Hash of the last link, hex.
        faults: Chinese sentences, the first broken link first; empty when all is whole.
    """

    links: int
    since: str
    until: str
    head: str
    faults: tuple[str, ...]
