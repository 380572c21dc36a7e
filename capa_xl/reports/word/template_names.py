"""Which names a template uses that the paper doesn't have: a walk over Jinja's own syntax tree, every branch of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from capa_xl.reports.word.shape import VALUE, Shape

_OF_JINJA: Mapping[str, Shape] = {
    "range": VALUE, "dict": VALUE, "lipsum": VALUE, "cycler": VALUE, "joiner": VALUE, "namespace": VALUE,
}  # fmt: skip
_OF_LOOP = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth", "depth0", "previtem",
     "nextitem", "changed"}
)  # fmt: skip
_OF_TEXT = frozenset({"lines", "iso"})

Scope = Mapping[str, Shape | None]
"""Name → shape; None for one whose shape isn't known and isn't judged."""


def unknown_names(tree: nodes.Template, context: Shape) -> Iterator[tuple[int, str]]:
    """(line, name) of every name that the context hasn't, in the order of the template."""
    yield from _in_body(tree.body, {**_OF_JINJA, **context.fields})


def loops_of(tree: nodes.Template) -> dict[str, str]:
    """Variable of a loop → the list it goes through, as the template writes both: outside its loop there is none."""
    loops = (node for node in tree.find_all(nodes.For) if isinstance(node.target, nodes.Name))
    return {loop.target.name: _dotted(loop.iter) for loop in loops}  # type: ignore[attr-defined]


def _dotted(node: nodes.Node) -> str:
    """reports, r.steps; … for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    return f"{_dotted(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "…"


def _in_body(body: list[nodes.Node], scope: Scope) -> Iterator[tuple[int, str]]:
    for node in body:
        if isinstance(node, nodes.For):
            yield from _in_loop(node, scope)
        elif isinstance(node, nodes.Assign):
            yield from _in_expression(node.node, scope)
            scope = {**scope, **_named(node.target, _shape(node.node, scope))}
        elif isinstance(node, nodes.If):
            yield from _in_expression(node.test, scope)
            for branch in (node.body, node.elif_, node.else_):
                yield from _in_body(list(branch), scope)
        elif isinstance(node, nodes.Expr):
            yield from _in_expression(node, scope)
        else:
            yield from _in_body(list(node.iter_child_nodes()), scope)


def _in_loop(node: nodes.For, scope: Scope) -> Iterator[tuple[int, str]]:
    yield from _in_expression(node.iter, scope)
    listed = _shape(node.iter, scope)
    inner = {**scope, **_named(node.target, listed.element if listed else None), "loop": None}
    if node.test is not None:
        yield from _in_expression(node.test, inner)
    yield from _in_body(node.body, inner)
    yield from _in_body(node.else_, scope)


def _in_expression(node: nodes.Node, scope: Scope) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.Name):
        if node.name not in scope:
            yield node.lineno, node.name
        return
    if isinstance(node, nodes.Getattr):
        inner = list(_in_expression(node.node, scope))
        yield from inner
        if not inner and not _has(node, scope):
            yield node.lineno, _written(node)
        return
    for child in node.iter_child_nodes():
        yield from _in_expression(child, scope)


def _has(node: nodes.Getattr, scope: Scope) -> bool:
    if isinstance(node.node, nodes.Name) and node.node.name == "loop":
        return node.attr in _OF_LOOP
    owner = _shape(node.node, scope)
    return owner is None or node.attr in owner.fields or (owner == VALUE and node.attr in _OF_TEXT)


def _shape(node: nodes.Node, scope: Scope) -> Shape | None:
    """Shape of an expression; None where it can't be told, and isn't judged."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        owner = _shape(node.node, scope)
        if owner is None:
            return None
        if owner == VALUE and node.attr == "lines":
            return Shape({}, VALUE)
        return owner.fields.get(node.attr)
    if isinstance(node, nodes.Getitem):
        owner = _shape(node.node, scope)
        return owner.element if owner else None
    return None


def _named(target: nodes.Node, shape: Shape | None) -> dict[str, Shape | None]:
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {name.name: None for name in target.find_all(nodes.Name)}


def _written(node: Any) -> str:
    """The name as the template has it: r.action.owenr."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_written(node.node)}[…]"
    return "…"
