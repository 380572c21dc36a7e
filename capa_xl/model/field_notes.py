"""Notes on the fields of a Struct: `name: Annotated[str, Note(...)] = ""` keeps what a field means beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct

N = TypeVar("N")


def notes_of(record: type[Struct], kind: type[N]) -> Iterator[tuple[str, N]]:
    """The fields that carry a note of that kind, in order, with it.

    The class's module must not import `annotations` from `__future__`: it would leave words instead of the notes.
    """
    for name in record.__struct_fields__:
        for note in getattr(record.__annotations__[name], "__metadata__", ()):
            if isinstance(note, kind):
                yield name, note
