"""Names that cells have with a post or a shift around them: 李强（机电队长）, 第一责任人：刘芳, （夜班）孙师傅.

Two people may bear one name. A writing is taken for a person of 人员部门 only where nobody else can be meant, and that
is told; the cell keeps what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from capa_xl.model.names_apart import bare_writing, without_surroundings, without_title
from capa_xl.model.records import Person

_WITH_A_NUMBER = re.compile(
    r"[^\d（(\[【:：]+?[（(\[【]?(?:工号|员工编?号|编号|分机|电话|手机|no\.?|id)?[:：]?(?P<number>\d[\d-]{2,})[）)\]】]?",
    re.IGNORECASE,
)
"""张三1001, 张三（工号：1001）, without blanks."""


def meant_people(
    writings: Iterable[str], people: Mapping[str, Sequence[Person]], departments: Collection[str]
) -> dict[str, str]:
    """Writings that the roster doesn't have → the one person of it that each means.

    Left out are a name that is written in several ways (张三 1001 and 张三（工号1001） are one), one that two people of
    the roster bear, and a writing that names another department than the person's.

    Args:
        writings: Names as the tracker has them.
        people: Name → its rows of 人员部门.
        departments: Those of 人员部门.
    """
    found: dict[str, set[str]] = {}
    for writing in dict.fromkeys(writings):
        if writing not in people and (name := _name_in(writing, people)):
            found.setdefault(name, set()).add(writing)
    return {
        writing: name
        for name, several in found.items()
        for writing in several
        if _is_one_writing(several) and _is_one(people[name]) and not _names_another(writing, people[name], departments)
    }


def _name_in(writing: str, people: Mapping[str, Sequence[Person]]) -> str:
    """The name of the roster that the writing is with something around it: of 王 强 and Helen Wu with their blank."""
    spaced = " ".join(without_surroundings(writing, " ").split())
    return next((name for name in (spaced, bare_writing(writing), without_title(writing)) if name in people), "")


def _is_one_writing(several: Collection[str]) -> bool:
    """The only one, or one name with one number in all of them."""
    numbers = {_number_in(writing) for writing in several}
    return len(several) == 1 or (len(numbers) == 1 and None not in numbers)


def _number_in(writing: str) -> str | None:
    """The number that is all that stands behind the name; None where there is none, or something else."""
    found = _WITH_A_NUMBER.fullmatch("".join(writing.split()))
    return found["number"] if found else None


def _is_one(rows: Sequence[Person]) -> bool:
    return all(len({*values} - {None}) <= 1 for values in ((p.department for p in rows), (p.email for p in rows)))


def _names_another(writing: str, rows: Sequence[Person], departments: Collection[str]) -> bool:
    own = {person.department for person in rows}
    return any(department in writing for department in departments if department not in own)
