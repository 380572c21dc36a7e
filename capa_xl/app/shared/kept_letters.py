"""Letters that wait until all workbooks of a group are planned: packed, a twentieth of what they are as text."""

from __future__ import annotations

import pickle
import zlib

from msgspec import Struct

from capa_xl.model.letter import Letter


class KeptLetter(Struct, frozen=True):
    """A letter, packed; what tells whose it is stands beside it. It never leaves this program and its workers.

    Attributes:
        worst: Days overdue of its worst item; negative where nothing is overdue, 0 where it speaks of none.
    """

    recipient: str
    address: str
    company: str
    worst: int
    packed: bytes

    def letter(self) -> Letter:
        """The letter itself."""
        found = pickle.loads(zlib.decompress(self.packed))
        assert isinstance(found, Letter)
        return found


def keep(letter: Letter) -> KeptLetter:
    """Pack a letter."""
    worst = max((duty.days for duty in letter.duties), default=0)
    return KeptLetter(letter.recipient, letter.address, letter.company, worst, zlib.compress(pickle.dumps(letter)))
