"""What a walk along the journal's hash chain found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ChainCheck:
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

    def as_json(self) -> dict[str, Any]:
        """The document of `history --verify --json`."""
        return {
            "links": self.links,
            "since": self.since,
            "until": self.until,
            "head": self.head,
            "faults": list(self.faults),
        }
