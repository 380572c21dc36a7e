"""Jinja whose templates come to an end: whatever they do is taken from a budget, so that none eats the machine.

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
from jinja2.visitor import NodeTransformer

from capa_xl.reports.template_budget import (
    CALL,
    CHARACTER,
    MOST_MADE,
    MOST_VALUE,
    STEP,
    TOO_MUCH,
    budget,
    charge,
    charge_round,
    in_bounds,
    reach,
    refuse_if,
    refuse_nested,
    refuse_repeated,
    size,
    weight,
)


def name_as_written(text: str, name: str) -> str:
    """The whole name as a template has it, row.action.owenr, where Jinja names its last part alone."""
    found = re.search(rf"(?<![\w.])(?:\w+\.)+{re.escape(name)}(?!\w)", text) if name else None
    return found[0] if found else name


MOST_TEXT: Final = 64_000_000
"""Characters of one letter or paper; a review of 500 actions has some 6 million, XML and all."""
TOO_DEEP: Final = (RecursionError, SyntaxError, MemoryError)
"""What Python says of a template whose tags or brackets stand in each other too deeply to be compiled."""
_NUMBER: Final = re.compile(r"\d+")
_WIDTH_FROM_A_VALUE: Final = re.compile(r"%[^a-zA-Z%]*\*|\{[^{}]*\{")
"""A width that a value tells: `%*d`, `{:{w}}`."""
_TAKE_LISTS: Final = frozenset(
    {"attr", "batch", "count", "d", "default", "dictsort", "first", "groupby", "items", "join", "last", "length"}
    | {"list", "map", "max", "min", "random", "reject", "rejectattr", "reverse", "select", "selectattr", "slice"}
    | {"sort", "sum", "unique"}
)
"""Filters that go through a list; all others print what they are given."""


class BoundedTemplate(Template):
    """A template that stops at its bounds."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text.

        Raises:
            SecurityError: A bound was passed.
        """
        pieces, length = [], 0
        with budget():
            for piece in self.generate(*args, **kwargs):
                length += len(piece)
                refuse_if(length > MOST_TEXT)
                pieces.append(piece)
        return "".join(pieces)


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """The immutable sandbox with bounds, `finalize` measuring what is printed; use `from_string`."""

    template_class = BoundedTemplate
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, *, finalize: Callable[[Any], Any] | None = None, **options: Any) -> None:
        printed = (lambda value: finalize(_shown(value))) if finalize else _shown
        # letters and papers hold hardly a constant that could be worked out before they run
        super().__init__(finalize=printed, optimized=False, **options)
        self.filters = {name: _bounded(name, function) for name, function in self.filters.items()}
        self.filters |= {"_counted": _counted, "_charged": _charged, "_shown": _shown, "_nested": _nested}
        self.filters |= {"_compared": _compared, "_made": in_bounds}
        del self.globals["lipsum"]  # as much filler text as is asked for

    def from_string(self, source: Any, *_args: Any, **_more: Any) -> Template:
        """The template, with everything in it that can grow counted."""
        with budget():
            tree = _Counting().visit(self.parse(source))
            return self.template_class.from_code(self, self.compile(tree), self.make_globals(None), None)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """`left operator right`, unless the result would be out of bounds."""
        if operator == "*":
            refuse_if(reach(left) * reach(right) > MOST_VALUE)
        if operator == "**":
            refuse_if(abs(left) > MOST_VALUE or abs(right) > 64)
        if operator == "%" and isinstance(left, str):
            _refuse_format(left, "%", (right,))
        return in_bounds(super().call_binop(context, operator, left, right))

    def call(self, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        """A call from a template; numbers, widths and repeats beyond the bounds are refused."""
        given = (*args, *kwargs.values())
        charge(CALL + STEP * sum(size(value) for value in given if not isinstance(value, str)))
        _refuse_wide(given)
        refuse_nested(given)
        owner = getattr(getattr(function, "__wrapped__", function), "__self__", None)
        if isinstance(owner, str):
            charge(CHARACTER * len(owner))
            if getattr(function, "__name__", "") in ("format", "format_map"):
                _refuse_format(owner, "{", given)
            refuse_repeated(owner, given)
        return in_bounds(super().call(context, function, *args, **kwargs))


class _Counting(NodeTransformer):
    """Puts a count into every loop, macro and block, and a measure around whatever is put together."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - the names are Jinja's
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "_counted")
        return _with_charge(node)

    def visit_Macro(self, node: nodes.Node) -> nodes.Node:  # noqa: N802
        return _with_charge(self.generic_visit(node))

    visit_Block = visit_CallBlock = visit_FilterBlock = visit_Macro  # noqa: N815

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(one, "_shown") for one in node.nodes]
        return _filtered(node, "_shown")

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _filtered(node.expr, "_compared")
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, "_compared")
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, "_made") if isinstance(node.arg, nodes.Slice) else node

    def visit_List(self, node: nodes.Node) -> nodes.Node:  # noqa: N802
        return _filtered(self.generic_visit(node), "_nested")

    visit_Dict = visit_List  # noqa: N815

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        return node if node.ctx == "store" else _filtered(self.generic_visit(node), "_nested")


def _with_charge(node: Any) -> nodes.Node:
    """Its body charged each time it runs, for itself and for the text that stands in it."""
    text = sum(len(data.data) for part in node.body for data in part.find_all(nodes.TemplateData))
    cost = nodes.Const(STEP + CHARACTER * text, lineno=node.lineno)
    node.body = [nodes.ExprStmt(_filtered(cost, "_charged"), lineno=node.lineno), *node.body]
    counted: nodes.Node = node
    return counted


@pass_context
def _counted(_context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """The items of a loop, each taken from the rounds that are left."""
    for item in items:
        charge_round()
        yield item


@pass_context
def _charged(_context: Context, cost: int) -> int:
    """Charged when the template runs; without a context to pass, Jinja would work it out once, when it compiles."""
    charge(cost)
    return cost


def _shown(value: Any) -> Any:
    """A value that is printed, or joined to others."""
    if isinstance(value, list | tuple | dict):
        refuse_if(weight(value) > MOST_VALUE)
    return in_bounds(value)


def _nested(value: Any) -> Any:
    """A list that the template puts together."""
    refuse_nested(value.values() if isinstance(value, dict) else value)
    return value


def _compared(value: Any) -> Any:
    """A value that is compared with another, item by item."""
    charge(weight(value) * (STEP // 10) if isinstance(value, list | tuple | dict) else size(value))
    return value


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose numbers, repeats and result have bounds."""
    passed = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        value, given = args[passed], (*args[passed + 1 :], *kwargs.values())
        _refuse_wide(given)
        charge(CALL + (CHARACTER * 5 if isinstance(value, str) else STEP) * size(value))
        if name == "join":
            value = _joined(value, given)
        elif name not in _TAKE_LISTS:
            _shown(value)
        if name == "format":
            _refuse_format(str(value), "%", given)
        refuse_repeated(value, given)
        return in_bounds(function(*args[:passed], value, *args[passed + 1 :], **kwargs))

    return filtered


def _joined(items: Any, given: tuple[Any, ...]) -> list[Any]:
    """The items of a join, as long as what they are joined to isn't too long."""
    between, length, kept = max(map(size, given), default=0), 0, []
    for item in items:
        charge(STEP)
        length += between + weight(item)
        refuse_if(length > MOST_MADE)
        kept.append(item)
    return kept


def _refuse_format(text: str, sign: str, given: tuple[Any, ...]) -> None:
    """Refuse widths that are too large in a format, told by values, or so many fields that they come to too much."""
    if _WIDTH_FROM_A_VALUE.search(text) or sum(int(width[:9]) for width in _NUMBER.findall(text)) > MOST_VALUE:
        raise SecurityError(TOO_MUCH)
    refuse_if(text.count(sign) * max(map(weight, given), default=1) > MOST_MADE)


def _refuse_wide(values: Iterable[Any]) -> None:
    for value in values:
        refuse_if(isinstance(value, int) and abs(value) > MOST_VALUE)


def _filtered(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
