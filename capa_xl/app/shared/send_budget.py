"""`[mail] max_send` is what one run may send, over all its workbooks; a joint letter counts once. Shared ground.

The files of an outbox harm nobody and have no cap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.prepared import Prepared
from capa_xl.model.journal import SMTP


class SendBudget:
    """What a run has given out so far. A workbook's letters go as long as the run is below that workbook's own cap."""

    def __init__(self) -> None:
        self._given = 0

    def give(self, desks: Iterable[Desk], letters: int) -> int:
        """How many of some letters may go.

        Args:
            desks: Of the workbooks each of the letters speaks of: the least of their caps counts.
        """
        caps = [desk.settings.mail.max_send for desk in desks if _mails(desk)]
        if not caps:
            return letters
        least = min((cap for cap in caps if cap), default=self._given + letters)
        given = max(0, min(letters, least - self._given))
        self._given += given
        return given

    def limited(self, prepared: Prepared) -> Prepared:
        """A workbook that knows how many of its letters may go."""
        if prepared.desk is None or not prepared.letters:
            return prepared
        return replace(prepared, may_send=self.give((prepared.desk,), len(prepared.letters)))

    def all_limited(self, prepared: Mapping[int, Prepared]) -> dict[int, Prepared]:
        """The same for several, in the order of their places: it doesn't depend on who is served first."""
        return {place: self.limited(one) for place, one in sorted(prepared.items())}


def _mails(desk: Desk) -> bool:
    """Whether its letters leave the house at all."""
    return desk.settings.mail.transport == SMTP and not desk.is_rehearsal
