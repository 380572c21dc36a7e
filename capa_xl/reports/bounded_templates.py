"""Jinja whose templates come to an end: loops, text and numbers have bounds, so that no template eats the machine.

People edit the templates of letters and papers. The sandbox keeps them from reaching Python; this keeps them from
looping for ever or filling the memory. What is beyond a bound is a SecurityError, which callers turn into a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Final

from jinja2 import Template, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_ROUNDS: Final = 1_000_000
"""Rounds of all loops of one letter or paper together; 500 actions with all their rows take some 20,000."""
MOST_TEXT: Final = 64_000_000
"""Characters of one letter or paper; a review of 500 actions has some 6 million, XML and all."""
MOST_VALUE: Final = 1_000_000
"""Characters or items of one value that a template puts together, and the largest number it may count with."""
_BUDGET: Final = "_rounds_left"
_WIDE: Final = re.compile(r"\d{5,}")
"""A width in a format: `%99999d`, `{:>99999}`."""
TOO_MUCH: Final = "模板要做的太多（循环、重复或宽度过大），已停下"


class BoundedTemplate(Template):
    """A template that stops at its bounds."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text.

        Raises:
            SecurityError: A bound was passed.
        """
        pieces, length = [], 0
        for piece in self.generate(*args, **kwargs, **{_BUDGET: [MOST_ROUNDS]}):
            length += len(piece)
            if length > MOST_TEXT:
                raise SecurityError(TOO_MUCH)
            pieces.append(piece)
        return "".join(pieces)


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """The immutable sandbox with bounds; use `from_string`."""

    template_class = BoundedTemplate
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters = {name: _bounded(function) for name, function in self.filters.items()}
        self.filters |= {"_counted": _counted, "_joined": _joined}

    def from_string(self, source: Any, *_args: Any, **_more: Any) -> Template:
        """The template, with every loop counted and every `~` measured."""
        tree = self.parse(source)
        for loop in tree.find_all(nodes.For):
            loop.iter = _filtered(loop.iter, "_counted")
        for joined in list(tree.find_all(nodes.Concat)):
            joined.nodes = [_filtered(node, "_joined") for node in joined.nodes]
        return self.template_class.from_code(self, self.compile(tree), self.make_globals(None), None)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """`left operator right`, unless the result would be out of bounds."""
        if operator == "*" and _size(left) * _size(right) > MOST_VALUE:
            raise SecurityError(TOO_MUCH)
        if operator == "**" and (abs(left) > MOST_VALUE or abs(right) > 64):
            raise SecurityError(TOO_MUCH)
        if operator == "%" and isinstance(left, str) and _WIDE.search(left):
            raise SecurityError(TOO_MUCH)
        return _in_bounds(super().call_binop(context, operator, left, right))

    def call(self, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        """A call from a template; numbers and widths beyond the bounds are refused."""
        _refuse_wide((*args, *kwargs.values()))
        if isinstance(owner := getattr(function, "__self__", None), str) and _WIDE.search(owner):
            raise SecurityError(TOO_MUCH)
        return _in_bounds(super().call(context, function, *args, **kwargs))


@pass_context
def _counted(context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """The items of a loop, each taken from the rounds that are left."""
    left = context.resolve(_BUDGET)
    for item in items:
        left[0] -= 1
        if left[0] < 0:
            raise SecurityError(TOO_MUCH)
        yield item


def _joined(value: Any) -> Any:
    return _in_bounds(value)


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose numbers and whose result have bounds."""

    @wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        _refuse_wide((*args, *kwargs.values()))
        return _in_bounds(function(*args, **kwargs))

    return filtered


def _refuse_wide(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, int) and abs(value) > MOST_VALUE:
            raise SecurityError(TOO_MUCH)


def _in_bounds(value: Any) -> Any:
    if isinstance(value, str | list | tuple) and len(value) > MOST_VALUE:
        raise SecurityError(TOO_MUCH)
    return value


def _size(value: Any) -> float:
    """How often a value repeats another, or how long it is; a number by itself."""
    if isinstance(value, str | list | tuple):
        return len(value)
    return abs(value) if isinstance(value, int | float) else 1


def _filtered(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
