"""The shape of a context: which names a template may use, read from one fully filled example of each paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct


class Shape(Struct, frozen=True):
    """What stands behind a name.

    Attributes:
        fields: Names behind a dot; empty for a value.
        element: Shape of each value of a list; None when it is no list.
    """

    fields: Mapping[str, Shape]
    element: Shape | None = None


VALUE = Shape({})


def shape_of(value: Any) -> Shape:
    """The shape of an example; a list takes that of its first value, an empty one is a list of values."""
    if isinstance(value, Mapping):
        return Shape({str(key): shape_of(item) for key, item in value.items()})
    if isinstance(value, list):
        return Shape({}, shape_of(value[0]) if value else VALUE)
    return VALUE


def paths(shape: Shape, name: str = "") -> Iterator[str]:
    """Every printable name in order: head.company, reports[].action.number."""
    if shape.element is not None:
        yield from paths(shape.element, f"{name}[]")
    elif shape.fields:
        for key, inner in shape.fields.items():
            yield from paths(inner, f"{name}.{key}" if name else key)
    else:
        yield name
