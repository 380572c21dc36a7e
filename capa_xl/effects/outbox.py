"""The default transport: every letter becomes an .eml file that any mail program opens."""

from __future__ import annotations

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


class Outbox(Struct, frozen=True):
    """`<folder>/<as-of>/<message id>.eml`.

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
        return self.folder / self.on.isoformat() / f"{stem_of(letter.message_id)}.eml"

    def close(self) -> None:
        """Nothing to close."""


def stem_of(message_id: str) -> str:
    """The name a letter is filed under, without its ending; characters no file system takes are replaced by _."""
    return without_forbidden(message_id.strip("<>"))
