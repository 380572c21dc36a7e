"""A heading in question, and what all that is known of a table says of its headings."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from capa_xl.workbook.reading.header_match import Heading


class Doubt(Struct, frozen=True):
    """A heading that isn't taken for what its name says.

    Attributes:
        keys: What it may mean, best first.
        why: In Chinese.
        is_weak: Another heading in question has the better name.
        likely: The key that its place among the others says; "" where it says none.
        must: Nothing is written before it is answered.
        is_open: Only what is likely is proposed, and nothing where that is "".
    """

    heading: Heading
    keys: tuple[str, ...]
    why: str
    is_weak: bool = False
    likely: str = ""
    must: bool = False
    is_open: bool = False


class HeadingEvidence(Struct, frozen=True):
    """What the values say of the headings.

    Attributes:
        settled: Heading → header, where the values leave no doubt.
        doubts: Headings that count as unknown until somebody answers.
    """

    settled: Mapping[str, str]
    doubts: tuple[Doubt, ...]
