"""`python -m tests.hostile [--only WORD ...] [--commands check,adopt]`: every hostile file through every command."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.hostile.files import HOSTILE, make
from tests.hostile.trial import COMMANDS, CPU_S, MEMORY_MB, Ended, tried


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--only", nargs="*", default=[], help="names that contain one of these words")
    words.add_argument("--commands", default=",".join(COMMANDS))
    given = words.parse_args()
    names = [name for name in HOSTILE if not given.only or any(word in name for word in given.only)]
    commands = given.commands.split(",")
    print(f"| file | {' | '.join(commands)} | words |\n|---|{'---|' * len(commands)}---|")
    broken = 0
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            make(name, Path(folder) / "book.xlsx")
            ended = {command: tried(command, Path(folder) / "book.xlsx") for command in commands}
        broken += sum(not (one.holds and one.is_within) for one in ended.values())
        said = _words(ended.values()).replace(f"{folder}/", "")
        print(f"| {name} | {' | '.join(_cell(one) for one in ended.values())} | {said} |", flush=True)
    print(f"\n{len(names)} files, {len(commands)} commands, {broken} beyond {CPU_S:.0f} s, {MEMORY_MB} MB or words")
    return 1 if broken else 0


def _cell(one: Ended) -> str:
    mark = "" if one.holds and one.is_within else " ✗" + ("traceback" if one.broke else "")
    return f"{one.code}: {one.cpu_s:.1f} s {one.memory_mb} MB{mark}"


def _words(ended) -> str:
    return next(iter(dict.fromkeys(one.words for one in ended))).replace("|", "/")[:90]


if __name__ == "__main__":
    sys.exit(main())
