"""What a line holds of a text or a list: never cut inside a word, a number or its per cent sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from capa_xl.model.row_heights import text_width

_TOKEN = re.compile(r"[A-Za-z0-9.,:/%_-]+$")
_GOES_ON = re.compile(r"[A-Za-z0-9.,:/%_-]")
_PAIRS = {"（": "）", "(": ")", "「": "」", "『": "』", "“": "”", "《": "》", "【": "】"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_TRAILING = "，、；。： " + "".join(_PAIRS)
_CLAUSE_END = re.compile(r"[，；。]|(?=[（(])")
_BETWEEN = re.compile(r"[，；。]")


_NUMBER_BEGUN = re.compile(r"(第?(?<![A-Za-z0-9.,:/%_-])[0-9]+|第)$")
_NUMBERED = re.compile(r"第[0-9]")
_MOST_LEFT = 40
"""Characters of room that a text may leave so as to be cut behind a clause."""
_LEAST_BEGUN = 2
"""Characters that a short form begins with, and that a number behind them leaves of a beginning."""
EMPTY: Final = "（空）"
"""What stands for a blank cell in every list that people read."""
MOST_OF_A_QUOTE = 60
"""Characters of one value inside a sentence."""
_FEW = 3
_PROSE = re.compile(r"[，。；：！？\n]")


def cut_text(text: str, most: int) -> str:
    """The text, or its beginning with … in no more than `most` characters; a bracket or quotation opened in it ends.

    It is cut behind a clause where one ends in the second half of the room, not far before its end. Otherwise what
    would be cut through goes whole, unless half the room and more is one word.
    """
    if len(text) <= most:
        return text
    for room in range(most, most // 2, -1):
        kept = _beginning(text, room)
        if len(kept) <= most:
            return kept
    return f"{text[: most - 1]}…"


def _beginning(text: str, most: int) -> str:
    """As `cut_text`, in `most` characters before what is opened in it ends."""
    room = text[: most - 1]
    ends = [end.start() for end in _CLAUSE_END.finditer(text, max(most // 2, most - _MOST_LEFT), most)]
    inside = _TOKEN.search(room) if _GOES_ON.match(text[most - 1]) else None
    if ends:
        room = room[: ends[-1]]
    elif inside is not None and inside.start() > most // 2:
        room = room[: inside.start()]
    return _ended(room)


def _ended(begun_text: str) -> str:
    """A beginning with its … and the ends of what it has opened."""
    kept = begun_text.rstrip(_TRAILING)
    return f"{kept}…{_closing(kept)}"


def cut_to_width(text: str, width: float) -> str:
    """`cut_text` to what a line of that width holds, as `text_width` measures it."""
    if text_width(text) <= width:
        return text
    room = width - text_width("…")
    return cut_text(text, 1 + sum(used <= room for used in accumulate(map(text_width, text))))


MOST_OF_A_UNIT = 12
"""Characters of a unit behind its number: a longer one is no unit."""


def cut_unit(unit: str | None) -> str:
    """A unit as it stands behind its number; "" for none."""
    return cut_text(unit or "", MOST_OF_A_UNIT)


def with_unit(figure: str, unit: str | None) -> str:
    """4.6 小时, 12.5%: a figure with its unit, on every surface alike; none stands before a per cent sign."""
    said = cut_unit(unit)
    return f"{figure}{said}" if said[:1] in "%％‰" else f"{figure} {said}"


def cut_line(text: str, most: int) -> str:
    """`cut_text` of the text on one line, its blanks and line breaks one blank each."""
    return cut_text(" ".join(text.split()), most)


def cut_pair(before: str, after: str, most: int) -> tuple[str, str]:
    """Two texts that differ, on one line each, in about `most` characters: from the clause on where they part.

    Both in full where what is left of them is alike.
    """
    texts = [" ".join(text.split()) for text in (before, after)]
    start = _where_parted(texts[0], texts[1], most) if max(map(len, texts)) > most else 0
    one, other = (("…" if start else "") + cut_text(text[start:], most) for text in texts)
    return (one, other) if one != other else (texts[0], texts[1])


def _where_parted(one: str, other: str, most: int) -> int:
    """Where to begin: with the clause in which they part, or in a long one a little before; never inside a token."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if at <= most // 2:
        return 0
    ends = [end.end() for end in _BETWEEN.finditer(one, 0, at) if end.end() < min(len(one), len(other))]
    start = max(at - most // 2, *ends[-1:], 0)
    while start and _GOES_ON.match(one[start - 1]) and _GOES_ON.match(one[start : start + 1]):
        start -= 1
    return start


def cut_clauses(text: str, most: int) -> str:
    """The text, or its first clauses with … in about `most` characters; a bracket or quotation opened in them ends.

    A first clause that alone is longer is cut as `cut_text` cuts.
    """
    if len(text) <= most:
        return text
    ends = [end.start() for end in _CLAUSE_END.finditer(text, 0, most)]
    return _ended(text[: ends[-1]]) if ends else cut_text(text, most)


def _closing(begun_text: str) -> str:
    """The ends of the brackets and quotations that are open at the end of a text."""
    return "".join(_PAIRS[sign] for sign in reversed(_lone(begun_text)[1]))


def _lone(text: str) -> tuple[str, str]:
    """The ends of brackets and quotations that don't begin in a text, and the beginnings that don't end in it."""
    closed, opened = "", ""
    for sign in text:
        if sign in _PAIRS:
            opened += sign
        elif sign in _OPENERS and opened.endswith(_OPENERS[sign]):
            opened = opened[:-1]
        elif sign in _OPENERS and not opened:
            closed += sign
    return closed, opened


def cut_middle(text: str, most: int) -> str:
    """The text, or its beginning and twice as much of its end: names of one house begin alike."""
    head = begun(most)
    return text if len(text) <= most else f"{text[:head]}…{text[head + 1 - most :]}"


def cut_inside(text: str, most: int) -> str:
    """`cut_middle` of the text on one line, no number or code cut through on either side of the ….

    A number that the end would begin in goes with it, as its beginning leaves room: 第15分部 isn't 第5分部.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    for room in range(most, most // 2, -1):
        kept = _ends(line, room)
        if len(kept) <= most:
            return kept
    return cut_middle(line, most)


def _ends(line: str, most: int) -> str:
    """As `cut_inside`, in `most` characters before what is opened or closed in it alone gets its other half."""
    head, tail = begun(most), len(line) - (most - begun(most) - 1)
    back = _into_a_number(line, tail)
    if back <= head - _LEAST_BEGUN:
        head, tail = head - back, tail - back
    left, right = _to_a_whole_token(line, head), _without_half_a_word(_from_a_whole_token(line, tail))
    ends = [end.start() for end in _BETWEEN.finditer(left, len(left) // 2)]
    begins = _BETWEEN.search(right, 0, len(right) // 2)
    return _joined(left[: ends[-1]] if ends else left, right[begins.end() :] if begins else right)


def _without_half_a_word(text: str) -> str:
    """Without a lone letter before the number of a name: 第9事业部 stands below 第10事业部 as it does."""
    return text[1:] if "㐀" <= text[:1] <= "鿿" and _NUMBERED.match(text, 1) else text


def _joined(left: str, right: str) -> str:
    """Beginning and end around …; a bracket or quotation of which one half alone stands there gets the other there.

    Behind one that begins so stands another …: 苏州分…（…区驻场班组） isn't the 区驻场班组 of 苏州分.
    """
    left = left.rstrip(_TRAILING)
    opened, closed = _lone(left)[1], _lone(right)[0]
    if opened == "".join(_OPENERS[sign] for sign in reversed(closed)):
        return f"{left}…{right}"
    inside = f"{''.join(_OPENERS[sign] for sign in reversed(closed))}…" if closed else ""
    return f"{left}…{_closing(left)}{inside}{right}"


def cut_quote(text: str) -> str:
    """A value inside a sentence, short enough that what is said of it behind it is read too.

    A name loses its middle, for names of one house begin alike. A list keeps its first names, with how many there are;
    prose keeps its first clauses: its head and its end, joined by …, say what nobody wrote.
    """
    line = " ".join(text.split())
    if len(line) <= MOST_OF_A_QUOTE:
        return line
    if is_prose(text):
        return cut_clauses(line, MOST_OF_A_QUOTE)
    names = line.split("、")
    fitting = sum(end <= MOST_OF_A_QUOTE for end in accumulate(len(name) + 1 for name in names))
    return cut_list(names, fitting, "个") if len(names) > _FEW and fitting else cut_inside(line, MOST_OF_A_QUOTE)


def is_prose(text: str) -> bool:
    """Clauses or lines, no name and no list of names."""
    return _PROSE.search(text) is not None


def _to_a_whole_token(line: str, end: int) -> str:
    """The beginning of the line, without a part of a token that goes on; a token that is all there is stays."""
    begins = _TOKEN.search(line[:end]) if _GOES_ON.match(line[end]) else None
    return line[: begins.start() or end if begins else end].rstrip(_TRAILING)


def _into_a_number(line: str, at: int) -> int:
    """Characters of a number, and of 第 before it, that the end from there on would lose; 0 where it begins anew."""
    number = _NUMBER_BEGUN.search(line, 0, at)
    return len(number[0]) if number is not None else 0


def _from_a_whole_token(line: str, at: int) -> str:
    """The end of the line, without the rest of a token that began before; likewise."""
    if not (_GOES_ON.match(line[at - 1]) and _GOES_ON.match(line[at])):
        return line[at:]
    return line[next((end for end in range(at, len(line)) if not _GOES_ON.match(line[end])), at) :]


def cut_list(items: Sequence[str], most: int, unit: str = "", *, total: int = 0, between: str = "、") -> str:
    """The items, or the first `most` of them and how many there are: `A、B 等 7 行`.

    Args:
        unit: Their measure word; "" where the sentence says how many there are already: `A、B 等`.
        total: How many there are, where `items` are only the first of them.
    """
    count = max(total, len(items))
    shown = between.join(items[:most])
    if count <= most:
        return shown
    return f"{shown} 等 {count} {unit}" if unit else f"{shown} 等"


def begun(most: int) -> int:
    """Characters that `cut_middle` keeps of the beginning: a third, but two where two stay of the end: 昆明, not 昆."""
    return max((most - 1) // 3, _LEAST_BEGUN if most > 2 * _LEAST_BEGUN else 0)


def without_clauses(text: str, drops: Callable[[str], bool]) -> str:
    """A sentence less those of its clauses between ； that `drops` says yes to; as it stands where that is none."""
    clauses = text.rstrip("。").split("；")
    kept = [clause for clause in clauses if not drops(clause)]
    return text if len(kept) == len(clauses) else "；".join(kept) + "。"
