"""Which number of a row an unknown one was evidently meant for: the same but for how it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_DASHES = re.compile("[-\u2010-\u2015\u2212]+")
_Plain = tuple[str, ...]


class KnownNumbers(Struct, frozen=True):
    """Numbers by what is left of them without width, case, signs and zeros before figures; "" where several are one.

    Attributes:
        by_plain: The whole number.
        by_last: Its running number alone.
    """

    by_plain: Mapping[_Plain, str]
    by_last: Mapping[_Plain, str]

    @classmethod
    def of(cls, numbers: Iterable[str]) -> KnownNumbers:
        """The index of these numbers."""
        by_plain: dict[_Plain, str] = {}
        by_last: dict[_Plain, str] = {}
        for number in dict.fromkeys(numbers):
            plain = _plain(number)
            for index, key in ((by_plain, plain), (by_last, plain[-1:])):
                index[key] = "" if key in index else number
        return cls(by_plain, by_last)

    def meant_by(self, written: str) -> str:
        """GJ-2026-012 for gj-2026-12 and ＧＪ-2026-012, and for 012 where no other number ends so; "" else."""
        plain = _plain(written)
        if len(plain) == 1 and plain[0].isdigit():
            return self.by_last.get(plain, "")
        return self.by_plain.get(plain, "") if plain else ""


def typed_plainly(number: str) -> str:
    """A number without what typing alone makes different: width, case, blanks, which dash, and zeros before figures."""
    return _ZEROS.sub("", _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", number).upper().split())))


def writings(numbers: Iterable[str]) -> list[list[str]]:
    """The numbers, those together that typing alone makes different, each group as they sort: GJ-02 before gj-02."""
    groups: dict[str, list[str]] = {}
    for number in sorted(numbers):
        groups.setdefault(typed_plainly(number), []).append(number)
    return list(groups.values())


def also_written(others: Sequence[str]) -> str:
    """In brackets how one number was written besides; or ""."""
    return f"（也写过 {'、'.join(others)}）" if others else ""


def _plain(number: str) -> _Plain:
    text = unicodedata.normalize("NFKC", number).upper()
    return tuple(piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in _PIECES.findall(text))
