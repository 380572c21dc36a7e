"""Which known word a strange one is an evident slip of the pen for. What is only alike is never proposed.

A proposal is followed: the nearest role would make 责任人 the head of the quality department, the nearest verdict
未同意 a 同意. So a word that differs in its sense is nobody's slip, and `DECIDING` lists get no proposal at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from capa_xl.model import words
from capa_xl.model.columns import YES_NO, Column, Kind

DECIDING: Final = frozenset({
    words.ROLES, words.APPROVALS, words.APPROVAL_ROUTES, words.INSPECTIONS, words.EXECUTIONS, words.EFFECTS,
    words.EVALUATIONS, words.CORRECTIONS, words.PROGRESS_TYPES, words.SEVERITIES, words.ACTION_TYPES, words.LEVELS,
    YES_NO,
})  # fmt: skip
"""Lists whose words give a right, a verdict, or the way an action takes: people choose them, we propose none."""

_SHORTEST, _LONGEST_PERSON = 3, 4
_COUNTING = frozenset("0123456789一二三四五六七八九十甲乙丙丁戊东南西北上下左右新旧正副不未无非没否")
"""Characters that make another thing of a word: 研发一部 is no slip for 研发二部, 未完成 none for 完成."""
_KINDS = ("部", "科", "处", "室", "组")


def decides(col: Column) -> bool:
    """Whether the words of a column give a right, a verdict, or the way an action takes."""
    return col.choices in DECIDING or col.kind is Kind.STATED


def meant_word(word: str, known: Iterable[str]) -> str:
    """The one known word that was evidently meant: its first character stands, one later is wrong, missing or too many.

    An abbreviation (its characters, in order, within a longer word) is evident too. "" for none and for several.
    """
    said = "".join(word.split())
    found = {one for one in known if _is_slip(said, one) or _is_short_for(said, one)}
    return found.pop() if len(found) == 1 else ""


def meant_department(name: str, known: Iterable[str]) -> str:
    """The one department that was evidently meant: named without 部, else `meant_word`, else named by a part of it.

    设备部 is 望塔设备部 where no other has 设备 in it. What counts is left out of no name: 研发部 isn't 研发一部.
    "" for none and for several.
    """
    said, there = "".join(name.split()), tuple(known)
    whole = [one for one in there if len(said) > 1 and said == _stem(one)]
    part = [one for one in there if _is_part(said, one)]
    return (whole[0] if len(whole) == 1 else "") or meant_word(name, there) or (part[0] if len(part) == 1 else "")


def like_person(name: str, people: Iterable[str]) -> str:
    """The one person that a name may be a slip for: the same surname, as long, one character another; to be asked only.

    王健 and 王建 are mostly one, and may be two, so nothing is ever done with it. "" for none, for several, and for
    names that are told apart by what counts: 样例甲 is nobody's slip for 样例乙.
    """
    said = "".join(name.split())
    found = {one for one in people if _is_like(said, one)}
    return found.pop() if len(found) == 1 else ""


def _is_like(said: str, known: str) -> bool:
    if said.isascii() or len(said) != len(known) or not 1 < len(said) <= _LONGEST_PERSON or said[0] != known[0]:
        return False
    others = [{one, other} for one, other in zip(said, known, strict=True) if one != other]
    return len(others) == 1 and not others[0] & _COUNTING


def _is_slip(said: str, known: str) -> bool:
    if min(len(said), len(known)) < _SHORTEST or abs(len(said) - len(known)) > 1 or said[0] != known[0]:
        return said == known != ""
    from difflib import SequenceMatcher  # only an unknown word needs it

    changes = [code for code in SequenceMatcher(None, said, known, autojunk=False).get_opcodes() if code[0] != "equal"]
    if len(changes) > 1 or any(max(b - a, d - c) > 1 for _, a, b, c, d in changes):
        return False
    return not any(_COUNTING & {*said[a:b], *known[c:d]} for _, a, b, c, d in changes)


def _is_part(said: str, known: str) -> bool:
    stem, whole = _stem(said), _stem(known)
    is_kind_kept = said[len(stem) :] in ("", known[len(whole) :])
    if len(stem) < 2 or stem not in whole or not is_kind_kept:
        return False
    before, _, after = whole.partition(stem)
    return not _COUNTING & {*before, *after}


def _stem(department: str) -> str:
    """质量 of 质量部; 服务台 is whole."""
    return department[:-1] if department.endswith(_KINDS) else department


def _is_short_for(said: str, known: str) -> bool:
    rest = iter(known)
    return 1 < len(said) <= len(known) // 2 and all(one in rest for one in said)
