"""How big the house is: `python -m tests.house [CHECKOUT ...]` prints rooms, lines, arrows, circles and functions."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.imports import imported_names

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class House:
    """One checkout, measured.

    Attributes:
        rooms: Modules.
        floors: Floor → lines.
        arrows: Imports of one module by another, each pair once.
        circles: Modules that stand in a circle of imports.
        functions: Lines of each function's body without its docstring, as (lines, module, name), shortest first.
    """

    rooms: int
    floors: Mapping[str, int]
    arrows: int
    circles: int
    functions: tuple[tuple[int, str, str], ...]

    @property
    def lines(self) -> int:
        """All lines of the product."""
        return sum(self.floors.values())

    @property
    def largest(self) -> str:
        """The largest floor and its share."""
        name = max(self.floors, key=lambda floor: self.floors[floor])
        return f"{name}, {self.floors[name]:,} lines ({self.floors[name] / self.lines:.0%})"

    @property
    def sizes(self) -> tuple[float, int, int]:
        """Median, ninth decile and maximum of the functions."""
        lines = [size for size, _, _ in self.functions]
        return median(lines), lines[int(0.9 * len(lines))], lines[-1]


def measured(root: Path) -> House:
    """The house of a checkout."""
    package = root / "capa_xl"
    paths = {_name(path, package): path for path in sorted(package.rglob("*.py")) if "_resources" not in path.parts}
    texts = {name: path.read_text("utf-8") for name, path in paths.items()}
    trees = {name: ast.parse(text) for name, text in texts.items()}
    arrows = {name: set(_imported(tree, trees)) - {name} for name, tree in trees.items()}
    floors: Counter[str] = Counter()
    for name, text in texts.items():
        floors[name.split(".")[1] if "." in name else "capa_xl"] += len(text.splitlines())
    functions = sorted(one for name, tree in trees.items() for one in _functions(name, tree))
    return House(len(paths), floors, sum(map(len, arrows.values())), len(_circles(arrows)), tuple(functions))


def _name(path: Path, package: Path) -> str:
    return ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")


def _imported(tree: ast.Module, names: Mapping[str, object]) -> Iterator[str]:
    for module, name in imported_names(tree):
        if found := next((one for one in (f"{module}.{name}", module) if one in names), None):
            yield found


def _circles(arrows: Mapping[str, set[str]]) -> set[str]:
    """What is left when modules that import nothing of what is left are taken away, again and again."""
    left = dict(arrows)
    while ground := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in ground}
    return set(left)


def _functions(module: str, tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield (node.end_lineno or 0) - body[0].lineno + 1, module, node.name


def main() -> None:
    """Print a line for each checkout."""
    for name in sys.argv[1:] or ["capa-xl"]:
        house = measured(Path(name) if sys.argv[1:] else ROOT)
        middle, decile, longest = house.sizes
        print(
            f"{name}: {house.rooms} rooms, {house.lines:,} lines, {house.arrows:,} arrows, {house.circles} in circles"
        )
        print(f"  largest floor: {house.largest}")
        print(f"  {len(house.functions):,} functions: median {middle:g}, p90 {decile}, longest {longest}")
        for floor, lines in sorted(house.floors.items(), key=lambda item: -item[1]):
            print(f"  {floor:10} {lines:7,}")


if __name__ == "__main__":
    main()
