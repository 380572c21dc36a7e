"""Short forms of names that stand below each other: two that differ anywhere never read the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from capa_xl.model.cut_text import begun, cut_inside

_PART_OF_A_NUMBER = re.compile(r"[A-Za-z0-9]")


def told_apart(names: Iterable[str], most: int) -> dict[str, str]:
    """Every name once, with its short form of no more than `most` characters, which no other name has.

    A long one loses its middle. Where that makes two of a house alike, all of that house show the place at which they
    differ, `样例…第11分部…值班组`; where even that is alike, a number behind it tells them apart.
    """
    wanted = list(dict.fromkeys(names))
    found = {name: cut_inside(name, most) for name in wanted}
    for house in _houses(wanted, most):
        if len({found[name] for name in house}) < len(house):
            found |= {name: _around_the_difference(name, house, most) for name in house}
    return dict(_numbered(found, most))


def people_apart(lists: Iterable[str], most: int) -> dict[str, str]:
    """Every person or list of people, as joined with 、, with its short form.

    Of a list too long stands the first one and how many there are, `样例工等25人`; one alone as `told_apart` has it.
    """
    wanted = dict.fromkeys(lists)
    crowds = {one: one.split("、") for one in wanted if len(one) > most and "、" in one}
    endings = {one: f"等{len(names)}人" for one, names in crowds.items()}
    room = most - max(map(len, endings.values()), default=0)
    firsts = told_apart((names[0] for names in crowds.values()), room)
    short = told_apart((one for one in wanted if one not in crowds), most)
    return {one: f"{firsts[crowds[one][0]]}{endings[one]}" if one in crowds else short[one] for one in wanted}


def _houses(names: Sequence[str], most: int) -> Iterable[list[str]]:
    """The names that are too long, by how they begin."""
    houses: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) > most:
            houses[name[: begun(most)]].append(name)
    return houses.values()


def _around_the_difference(name: str, house: Sequence[str], most: int) -> str:
    """Beginning, what is the name's own with a character on both sides, end."""
    start, end = _own_part(name, house)
    room = most - 2 - (end - start)
    if room < 0:
        return cut_inside(name[start:], most)
    tail = min(len(name) - end, room // 2)
    head = min(start, room - tail)
    left, right = ("…" if cut else "" for cut in (head < start, tail < len(name) - end))
    return f"{name[:head]}{left}{name[start:end]}{right}{name[len(name) - tail :]}"


def _own_part(name: str, house: Sequence[str]) -> tuple[int, int]:
    """Where it begins and ends; no number is cut through."""
    before = _shared(house)
    behind = min(_shared([one[::-1] for one in house]), min(map(len, house)) - before)
    start, end = max(before - 1, 0), min(len(name) - behind + 1, len(name))
    while start and _PART_OF_A_NUMBER.match(name[start]):
        start -= 1
    while end < len(name) and _PART_OF_A_NUMBER.match(name[end - 1]):
        end += 1
    return start, end


def _shared(names: Sequence[str]) -> int:
    """How many characters all of them begin with."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))


def _numbered(shorts: dict[str, str], most: int) -> Iterator[tuple[str, str]]:
    taken = {name for name, short in shorts.items() if name == short}
    for name, short in shorts.items():
        number, shown = 1, short
        while shown != name and shown in taken:
            number += 1
            shown = f"{cut_inside(name, most - len(f'（{number}）'))}（{number}）"
        taken.add(shown)
        yield name, shown
