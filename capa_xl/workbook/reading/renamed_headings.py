"""Which of the headings that came later a lost one was renamed to: by its name, by what stands below, by its place.

A column put in beside the renamed one, or the renamed one moved, leaves it the one whose values are of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from capa_xl.model.action import Action
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.stated_status import family_of
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.kinds_of_values import are_days, are_numbers, are_organisations, are_people, are_texts
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_names import NOTHING

_LONGEST_NUMBER = 24
_COLUMN_OF: Mapping[str, Column] = {col.header: col for col in columns_of(Action)}


def renamed_headings(
    lost: Sequence[str],
    new: Sequence[Heading],
    there: Sequence[Heading],
    adopted: Mapping[str, str],
    below: Sequence[Sequence[Value]],
) -> Iterator[tuple[str, tuple[Heading, ...]]]:
    """Header of ours that no heading has any more → what its heading may have been renamed to, the likeliest first.

    Each new heading is the likeliest of one header alone.

    Args:
        lost: The headers, in the order of adoption.
        new: The headings that came later and are taken for nothing, left to right.
        there: All headings of today.
        adopted: `normalised` heading at adoption, left to right → header of ours.
        below: The rows below the header.
    """
    free = list(new)
    by_name = {header: [h for h in free if _is_like(h, header)] for header in lost}
    kept = {name: h for h in there if (name := normalised(h.text)) in adopted}
    for header in sorted(lost, key=lambda header: not by_name[header]):  # what a name tells comes first
        likely = [h for h in by_name[header] if h in free] or [h for h in free if _fits(header, h, below)]
        likely = likely or (free[:1] if len(new) == 1 else [])
        if likely:
            place = _place(header, adopted, kept)
            found = sorted(likely, key=lambda h: (-len(_values(h, below)), _way(h, *place)))
            free.remove(found[0])
            yield header, tuple(found)


def _is_like(heading: Heading, header: str) -> bool:
    return any(candidate.key == _COLUMN_OF[header].key for candidate in heading.candidates)


def _fits(header: str, heading: Heading, below: Sequence[Sequence[Value]]) -> bool:
    values = _values(heading, below)
    return bool(values) and _KINDS.get(_COLUMN_OF[header].kind, _are_texts_alone)(values)


def _values(heading: Heading, below: Sequence[Sequence[Value]]) -> list[Value]:
    cells = (row[heading.column - 1] for row in below)
    return [value for value in cells if value != "" and text_of(value) not in NOTHING]


def _place(header: str, adopted: Mapping[str, str], kept: Mapping[str, Heading]) -> tuple[int | None, int | None]:
    """The columns of the headings of then that stood left and right of the lost one and are still there."""
    names = list(adopted)
    at = next(names.index(name) for name, said in adopted.items() if said == header and name not in kept)
    left = [kept[name].column for name in names[:at] if name in kept]
    right = [kept[name].column for name in names[at + 1 :] if name in kept]
    return (left[-1] if left else None), (right[0] if right else None)


def _way(heading: Heading, left: int | None, right: int | None) -> int:
    """How many columns it is away from those neighbours."""
    ways = [abs(heading.column - left - 1)] if left is not None else []
    ways += [abs(right - heading.column - 1)] if right is not None else []
    return min(ways, default=0)


def _are_numbers_of_rows(values: Sequence[Value]) -> bool:
    texts = [text_of(value) for value in values]
    return (
        len(set(texts)) == len(texts)
        and all(len(text) <= _LONGEST_NUMBER and any(sign.isdecimal() for sign in text) for text in texts)
        and not are_days(values)
    )


def _are_texts_alone(values: Sequence[Value]) -> bool:
    return are_texts(values) and not are_people(values)


def _are_words(values: Sequence[Value]) -> bool:
    texts = [text_of(value) for value in values]
    return len(set(texts)) < len(texts) and not (are_days(values) or are_numbers(values))


def _are_states(values: Sequence[Value]) -> bool:
    return 2 * sum(family_of(text_of(value), {}) is not None for value in values) >= len(values)


_KINDS: Mapping[Kind, Callable[[Sequence[Value]], bool]] = {
    Kind.KEY: _are_numbers_of_rows,
    Kind.REF: _are_numbers_of_rows,
    Kind.DATE: are_days,
    **dict.fromkeys((Kind.PERSON, Kind.PEOPLE), are_people),
    **dict.fromkeys((Kind.DEPARTMENT, Kind.DEPARTMENTS), are_organisations),
    **dict.fromkeys((Kind.CHOICE, Kind.OPEN_CHOICE, Kind.CHOICES, Kind.CLOSED_CHOICES, Kind.YES_NO), _are_words),
    Kind.STATED: _are_states,
}
