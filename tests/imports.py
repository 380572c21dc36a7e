"""What a module of the house imports, as its text says: for the floors, the house and the mutants."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def imported_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(module, name) of every `from module import name`, lazily or for types too; (module, "") of `import module`.

    Raises:
        ValueError: A relative import, which the house doesn't have.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"relative import in line {node.lineno}")
            yield from ((node.module or "", alias.name) for alias in node.names)
