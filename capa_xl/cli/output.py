"""Words out: plain lines, or exactly one JSON document on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from capa_xl.cli.options import Run
from capa_xl.cli.wrapping import wrapped


def say(run: Run, lines: Iterable[str]) -> None:
    """Print lines for people: on stderr beside --json, not at all with --quiet; on a terminal none wider than it reads.

    In a pipe or a log a line stays whole, so that it can be searched.
    """
    if run.quiet:
        return
    on_terminal = (sys.stderr if run.json else sys.stdout).isatty()
    for line in lines:
        for part in wrapped(line) if on_terminal else (line,):
            click.echo(part, err=run.json)


def answer(run: Run, document: Callable[[], dict[str, Any]]) -> None:
    """Make and print the JSON document when --json was asked for. ASCII only, so that no console garbles it."""
    if run.json:
        click.echo(json.dumps(document(), ensure_ascii=True, default=_as_text))


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
