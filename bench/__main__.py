"""Every measurement in turn, each in a process of its own: `python -m bench [name ...]`, all of them without a name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPTS = ("splice", "refresh", "reports", "plan_reminders", "mail", "pack")


def main(names: tuple[str, ...]) -> int:
    """Run them; 1 when one of them missed its mark."""
    missed = []
    for name in names:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, Path(__file__).with_name(f"{name}.py")]).returncode:
            missed.append(name)
    print(f"missed: {', '.join(missed)}" if missed else "all marks met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or SCRIPTS))
