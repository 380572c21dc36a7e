"""Names and numbers as people write them: several in a cell, blanks inside, marks for *nobody*.

Where one ends and the next begins `model/names_apart` says; a blank parts only Chinese names, or numbers that are whole
on both sides. 欧阳 建国 is one name where 人员部门 has it, with the blank or without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from capa_xl.model.names_apart import (
    NOBODY,
    PAUSES,
    SLASHES,
    Known,
    NamesOfPiece,
    departments_apart,
    is_post_before,
    is_post_behind,
    outside_brackets,
    people_in,
    pieces_and_signs,
    pieces_of,
)

_BETWEEN_WORDS = re.compile(rf"[{PAUSES}\n]+")
_KEPT_SEPARATORS = re.compile(rf"(\s*[{PAUSES}{SLASHES}][{PAUSES}{SLASHES}\s]*)")
_CHINESE = r"[㐀-鿿豈-﫿·]+"
_BLANKS_IN_CHINESE = r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])"
_AND_OTHERS = r"|(?<=[㐀-鿿])\s*等(?:人|部门)?$|^等$"
"""A set of so many signs takes a millisecond to compile: only where two words stand, or 等."""
_AROUND = re.compile(r"^@\s*|\s*[（(](?:主|配合|主责|主办|协办|协助|牵头)[）)](?:\s*等)?$")
_BLANKS = re.compile(r"\s+")
_STRAY = re.compile(r"^\s|\s$|[\r\n\t\u3000\u00a0\u00ad\u200b-\u200f\u2060\ufeff]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2212\x1e", "-"))
"""What a number copied out of a paper has for a hyphen: those of Word and LibreOffice that no line ends after."""
_LINE_ENDS = re.compile(r"(?:\r|_x000D_)(?:\n|_x000A_)?|_x000A_|[\x0b\x0c\x85\u2028\u2029]")
"""`_x000A_` as text is what careless programs leave of a break."""
_BREAK_BETWEEN = re.compile(r"(?<=\S)[ \t]*\n[ \t\n]*(?=\S)")
_BREAK_BESIDE = re.compile(rf"(?<=[{PAUSES}{SLASHES}])[ \t\n]*\n[ \t\n]*|[ \t\n]*\n[ \t\n]*(?=[{PAUSES}{SLASHES}])")
_SLASH = re.compile(r"[/／]")
_DIGIT = re.compile(r"\d")
_WHOLE_NUMBER = re.compile(r"(?=.*\d)[^\W_](?:.*[^\W_])?")
NOTHING = frozenset({"/", "／", "-", "－", "—", "——", "–", "\\", "、"})
"""What people put into a cell that has nothing to say; blank in dates, names, lists and numbers."""


def visible(text: str) -> str:
    """A text without characters that take no room, its line ends (Word's manual break among them) and hyphens plain."""
    return _LINE_ENDS.sub("\n", _UNSEEN.sub("", plain_hyphens(text)))


def plain_hyphens(text: str) -> str:
    """The text with - for its hyphens of other kinds; dashes stay."""
    is_plain = text.isascii() and "\x1e" not in text  # as most numbers are; to look every sign up takes far longer
    return text if is_plain else text.translate(_HYPHENS)


def has_stray_blanks(text: str) -> bool:
    """True for blanks at an end or inside a Chinese name, full-width blanks, tabs and line breaks (FD11)."""
    if _STRAY.search(text) is not None:
        return True
    return len(text.split()) > 1 and re.search(_BLANKS_IN_CHINESE, text) is not None


def breaks_as_pauses(text: str) -> str:
    """A text of several with 、 for each line break between two of them; breaks at its ends stay."""
    return _BREAK_BETWEEN.sub("、", _BREAK_BESIDE.sub("", _LINE_ENDS.sub("\n", text)))


def one_department(text: str, known: Known = NOBODY) -> str:
    """A department without stray blanks, separators as they stand: 研发/测试部 may be one name.

    Blanks and line breaks between names become 、.
    """
    return _between_separators(text, lambda piece: "、".join(_names(piece, known)))


def one_name(text: str) -> str:
    """The one name of a cell where names are introduced: 欧阳 建国 is 欧阳建国, and John  Smith is John Smith."""
    return _between_separators(text, _without_blanks)


def _between_separators(text: str, tidy: Callable[[str], str]) -> str:
    pieces = _KEPT_SEPARATORS.split(visible(text).strip())
    return "".join(_BLANKS.sub("", piece) if at % 2 else tidy(piece) for at, piece in enumerate(pieces))


def _without_blanks(name: str) -> str:
    pieces = name.split()
    if len(pieces) < 2:
        return "".join(pieces)
    return ("" if all(re.fullmatch(_CHINESE, piece) for piece in pieces) else " ").join(pieces)


def one_person(text: str, known: Known = NOBODY) -> str:
    """A single person; several, as deputies may be, have 、 between them. N/A is no two names."""
    names = names_in(text, known)
    return "、".join(names) if all(len(name) > 1 for name in names) else one_department(text, known)


def parted_by_blanks(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names where some are told apart by nothing but a blank, 李工 吴工; () where a sign stands between all."""
    pieces = [piece for piece in pieces_of(visible(text)) if piece.strip()]
    letters = "".join("".join(_BETWEEN_WORDS.sub("", _SLASH.sub("", piece)).split()) for piece in pieces)
    return tuple(names) if len(names) > len(pieces) and "".join(names) == letters else ()


def one_key(text: str) -> str:
    """A number without blanks at its ends and without line breaks; 、 where a break stands between whole numbers."""
    lines = [line.strip() for line in visible(text).split("\n") if line.strip()]
    return ("、" if len(lines) > 1 and _are_whole_numbers(lines) else "").join(lines)


def names_in(text: str, known: Known = NOBODY) -> tuple[str, ...]:
    """The names in a cell, in order, each once, without what people write around them: @张三、李四（主）等.

    Args:
        known: Names of 人员部门, which neither a blank nor a joining word inside parts.
    """
    pieces = (name for part in _parts(text, known) for name in part.names)
    return _bare(name for piece in pieces for name in _people(piece, known))


def guessed_names(text: str, known: Known = NOBODY) -> tuple[tuple[str, ...], ...]:
    """The names of each piece that was taken apart, or left whole, on a guess: 韩冬 & Luo."""
    guessed = (part.names for part in _parts(text, known) if part.guessed)
    return tuple(_bare(name for piece in pieces for name in _people(piece, known)) for pieces in guessed)


def _parts(text: str, known: Known) -> Iterator[NamesOfPiece]:
    text = visible(text)
    if text.strip() in known:
        return iter((NamesOfPiece((text,)),))
    return (people_in(piece, known) for piece in pieces_of(text))


def parts_in(text: str) -> tuple[str, ...]:
    """The pieces between 、 ，, ; ； / and line breaks, in order, each once; blanks inside stay."""
    return _bare(part.strip() for piece in _pieces(text) for part in departments_apart(piece))


def departments_named(text: str, known: Known = NOBODY) -> tuple[str, ...]:
    """As `names_in`, of a cell that names departments: 安全与环保部 and Sales & Marketing are one."""
    pieces = (part for piece in _pieces(text) for part in departments_apart(piece))
    return _bare(name for piece in pieces for name in _names(piece, known))


def _pieces(text: str) -> list[str]:
    """The pieces of a cell with departments: a sign inside brackets parts none."""
    return outside_brackets(pieces_and_signs(visible(text)))[::2]


def _bare(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(bare_name, names))))


def bare_name(name: str) -> str:
    """A name without a leading @, its part in brackets, and 等 at its end; "" when nothing is left."""
    around = _AROUND.pattern + _AND_OTHERS if "等" in name else _AROUND
    return re.sub(around, "", name).strip()


def words_in(text: str) -> tuple[str, ...]:
    """The words between 、 ， , ; ； and line breaks, in order, each once; blanks inside stay."""
    return tuple(dict.fromkeys(word for piece in _BETWEEN_WORDS.split(visible(text)) if (word := piece.strip())))


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of rows in a cell, in order, each once.

    A blank separates them where both sides are whole, a slash where both are of one shape.
    """
    return tuple(dict.fromkeys(number for word in words_in(text) for number in _apart(word)))


def _apart(word: str) -> list[str]:
    pieces = word.split()
    if len(pieces) > 1 and _are_whole_numbers(pieces):
        return [number for piece in pieces for number in _apart(piece)]
    parts = [part.strip() for part in _SLASH.split(word)]
    return parts if len(parts) > 1 and _are_alike(parts) else [word]


def _are_alike(parts: list[str]) -> bool:
    """GJ-01 and GJ-02, not GJ-2026 and 001 or 2026 and 0012: of one shape, with a sign or a letter in it."""
    shapes = {_DIGIT.sub("9", part) for part in parts}
    return len(shapes) == 1 and _are_whole_numbers(parts) and not parts[0].isdigit()


def _are_whole_numbers(pieces: list[str]) -> bool:
    """Every piece has a digit and no dash at its ends, all have letters or none: GJ-01 and GJ-02, not GJ- and 01."""
    lettered = {any(character.isalpha() for character in piece) for piece in pieces}
    return len(lettered) == 1 and all(_WHOLE_NUMBER.fullmatch(piece) for piece in pieces)


def _people(text: str, known: Known) -> list[str]:
    """As `_names`, of people: 工长 朱武, 后勤保障部 丁强 and 周明 主任 are one each."""
    post, _, name = " ".join(map(bare_name, text.split())).partition(" ")
    if name and is_post_before(post, name):
        return [f"{post} {name}"]
    names = _names(text, known)
    return _with_their_posts(names) if len(names) > 1 else names


def _with_their_posts(names: list[str]) -> list[str]:
    """钱勇 机长 孙丽 are two: 钱勇 机长, and 孙丽."""
    found = names[:1]
    for name in names[1:]:
        if is_post_behind(found[-1], name):
            found[-1] = f"{found[-1]} {name}"
        else:
            found.append(name)
    return found


def _names(text: str, known: Known) -> list[str]:
    """Pieces between blanks: `张三 李四` are two, `张 三` is one, `John Smith` too; a Latin name ends with its line."""
    pieces = text.split()
    bare = [bare_name(piece) for piece in pieces]
    if len(pieces) > 1 and all(re.fullmatch(_CHINESE, piece) for piece in bare):
        return _chinese_names(_put_together(bare, known))
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1:
        return [name for line in lines for name in _names(line, known)]
    return [" ".join(pieces)] if pieces else []


def _put_together(pieces: list[str], known: Known) -> list[str]:
    """The pieces, several neighbours taken as one where 人员部门 has their joint name, the longest first."""
    found: list[str] = []
    while pieces:
        most = next((size for size in range(len(pieces), 1, -1) if "".join(pieces[:size]) in known), 1)
        found.append("".join(pieces[:most]))
        pieces = pieces[most:]
    return found


def _chinese_names(pieces: list[str]) -> list[str]:
    """Single characters belong to the piece beside them."""
    names = [pieces[0]]
    for piece, following in zip(pieces[1:], [*pieces[2:], ""], strict=False):
        if len(names[-1]) == 1 or (len(piece) == 1 and len(following) != 1):
            names[-1] += piece
        else:
            names.append(piece)
    return names
