"""The cached result of a formula as XlsxWriter shall write it."""

from __future__ import annotations


class _EmptyText(str):
    """An empty text that isn't equal to "": XlsxWriter leaves out the type of a result that is, and `<v></v>` without
    `t="str"` reads as an empty number, which no validator lets pass.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = str.__hash__


_EMPTY = _EmptyText()


def formula_result(value: str | int | float) -> str | int | float:
    """The result to hand to `write_formula`."""
    return _EMPTY if isinstance(value, str) and not value else value
