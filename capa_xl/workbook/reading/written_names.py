"""Names as people write them: several in a cell, blanks inside, marks for *nobody*."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[、，,;；/／\r\n]+")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿·]+")
_AROUND = re.compile(
    r"^@\s*"
    r"|\s*[（(](?:主|配合|主责|主办|协办|协助|牵头)[）)](?:\s*等)?$"
    r"|(?<=[㐀-鿿])\s*等(?:人|部门)?$"
    r"|^等$"
)
_BLANKS = re.compile(r"\s+")
_STRAY = re.compile(r"^\s|\s$|[\r\n\t\u3000\u00a0\u00ad\u200b-\u200f\u2060\ufeff]|(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
NOTHING = frozenset({"/", "／", "-", "－", "—", "——", "–", "\\", "、"})
"""What people put into a cell that has nothing to say; blank in dates, names, lists and numbers."""


def visible(text: str) -> str:
    """A text without characters that take no room, its line ends plain."""
    return _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def has_stray_blanks(text: str) -> bool:
    """True for blanks at an end or inside a Chinese name, full-width blanks, tabs and line breaks (FD11)."""
    return _STRAY.search(text) is not None


def one_name(text: str) -> str:
    """A single name without its stray blanks; two names between blanks get 、."""
    return "、".join(_names(visible(text)))


def one_key(text: str) -> str:
    """A number without blanks at its ends and without line breaks."""
    return re.sub(r"[\r\n]+", "", visible(text)).strip()


def names_in(text: str) -> tuple[str, ...]:
    """The names in a cell, in order, each once, without what people write around them: @张三、李四（主）等."""
    found = (bare_name(name) for piece in _SEPARATORS.split(visible(text)) for name in _names(piece))
    return tuple(dict.fromkeys(filter(None, found)))


def parts_in(text: str) -> tuple[str, ...]:
    """The pieces between 、 ，, ; ； / and line breaks, in order, each once; blanks inside stay."""
    pieces = (bare_name(piece.strip()) for piece in _SEPARATORS.split(visible(text)))
    return tuple(dict.fromkeys(filter(None, pieces)))


def bare_name(name: str) -> str:
    """A name without a leading @, its part in brackets, and 等 at its end; "" when nothing is left."""
    return _AROUND.sub("", name).strip()


def words_in(text: str) -> tuple[str, ...]:
    """The words or numbers between 、 ， , ; ； and line breaks, in order, each once; blanks inside stay."""
    return tuple(
        dict.fromkeys(word for piece in re.split(r"[、，,;；\r\n]+", visible(text)) if (word := piece.strip()))
    )


def _names(text: str) -> list[str]:
    """Pieces between blanks: `张三 李四` are two, `张 三` is one, `John Smith` too."""
    pieces = _BLANKS.split(text.strip())
    if len(pieces) == 1 or not all(_CHINESE.fullmatch(piece) for piece in pieces):
        return [" ".join(pieces)] if pieces != [""] else []
    names = [pieces[0]]
    for piece, following in zip(pieces[1:], [*pieces[2:], ""], strict=True):
        if len(names[-1]) == 1 or (len(piece) == 1 and len(following) != 1):
            names[-1] += piece
        else:
            names.append(piece)
    return names
