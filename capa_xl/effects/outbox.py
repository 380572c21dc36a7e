"""The default transport: every letter becomes an .eml file that any mail program opens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.access import make_like_parent
from capa_xl.effects.files import write_new
from capa_xl.effects.mime import mime_of
from capa_xl.effects.neighbours import without_forbidden
from capa_xl.effects.transport import Outcome
from capa_xl.model.journal import FILED, OUTBOX
from capa_xl.model.letter import Letter

SENDER = "capa-xl <capa-xl@localhost.example>"
"""From of a filed letter while no sender is configured."""
_LONGEST_NAME = 40
"""Characters of a recipient's name in the name of the file."""


class Outbox(Struct, frozen=True):
    """`<folder>/<as-of>/<recipient> <message id>.eml`: people forward them by hand, and see by the name whose it is.

    Attributes:
        folder: `.capa_xl/outbox`.
        on: The as-of day of the run.
        sender: From header.
    """

    folder: Path
    on: date
    sender: str = SENDER

    @property
    def name(self) -> str:
        """OUTBOX."""
        return OUTBOX

    def deliver(self, letter: Letter, at: datetime) -> Outcome:
        """File one letter; a file of the same message id is the same letter and is replaced."""
        place = self.place_of(letter)
        make_like_parent(place.parent)
        write_new(place, mime_of(letter, self.sender, at), clean_up=False, like_folder=True)
        return Outcome(FILED)

    def place_of(self, letter: Letter) -> Path:
        """Where the letter lies."""
        whose = without_forbidden(" ".join(letter.recipient.split()))[:_LONGEST_NAME].strip(" .")
        stem = stem_of(letter.message_id)
        return self.folder / self.on.isoformat() / (f"{whose} {stem}.eml" if whose else f"{stem}.eml")

    def close(self) -> None:
        """Nothing to close."""


def stem_of(message_id: str) -> str:
    """What the name of a filed letter ends in: its message id, with _ for characters that no file system takes."""
    return "_".join(without_forbidden(message_id.strip("<>")).split())


def is_filed_as(path: Path, stems: Collection[str]) -> bool:
    """Whether a filed letter is one of these; earlier versions filed them by their message id alone."""
    return path.stem.rpartition(" ")[2] in stems
