"""Why values are Structs: what it takes to make classes of values and instances of them, beside dataclasses.

    python bench/value_classes.py [classes]

As many classes of eight fields as are asked for, frozen and slotted, made as importing a module makes them; CPU time,
the best of five.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

FIELDS = "abcdefgh"
BODY = "\n".join(f"    {name}: int = 0" for name in FIELDS)
KINDS = {
    "dataclass": ("from dataclasses import dataclass", "@dataclass(frozen=True, slots=True)\nclass V{n}:\n" + BODY),
    "Struct": ("from msgspec import Struct", "class V{n}(Struct, frozen=True):\n" + BODY),
}
INSTANCES = 100_000


def best(work: Callable[[], object]) -> float:
    """CPU seconds of the fastest of five."""
    took = []
    for _ in range(5):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def main(classes: int) -> None:
    print(f"| | {classes} classes, s | an instance, µs |")
    print("|---|---|---|")
    for kind, (head, body) in KINDS.items():
        space: dict[str, type] = {}
        exec(head, space)
        code = compile("\n".join(body.format(n=n) for n in range(classes)), kind, "exec")
        making = best(lambda code=code, space=space: exec(code, space))
        value = space["V0"]
        instances = best(lambda value=value: [value(1, 2, 3, 4, 5, 6, 7, 8) for _ in range(INSTANCES)])
        print(f"| {kind} | {making:.3f} | {instances / INSTANCES * 1e6:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 190)
