"""Words out: plain lines, or exactly one JSON document on stdout."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from capa_xl.cli.chinese import with_its_path
from capa_xl.cli.run import Run
from capa_xl.cli.run_log import note_said
from capa_xl.cli.wrapping import terminal_width, wrapped
from capa_xl.errors import CapaError

_HELD = f"{__name__}.held"
"""Where lines lie that --quiet keeps back."""


def say(run: Run, lines: Iterable[str]) -> None:
    """Print lines for people: on stderr beside --json; on a terminal none wider than it reads.

    With --quiet they wait until it is known whether all is well (`tell_why`). In a pipe or a log a line stays whole, so
    that it can be searched.
    """
    said = note_said(lines)
    if not run.quiet:
        print_lines(said, err=run.json)
    elif context := click.get_current_context(silent=True):
        context.meta[_HELD] = (*context.meta.get(_HELD, ()), *said)


def tell_why(run: Run, code: int) -> None:
    """Print what --quiet kept back, where the command leaves with a code that says that something is wrong."""
    context = click.get_current_context(silent=True)
    if code and run.quiet and not run.json and context:
        print_lines(context.meta.get(_HELD, ()))


def say_no_more() -> None:
    """What was kept back stays unsaid: the command tells by itself what is wrong."""
    if context := click.get_current_context(silent=True):
        context.meta.pop(_HELD, None)


def print_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """The same whatever the options say: for trouble, and for commands that have no --quiet. All in one write."""
    is_read = (sys.stderr if err else sys.stdout).isatty()
    width = terminal_width() if is_read else None
    parts = [part for line in map(with_its_path, lines) for part in (wrapped(line, width) if width else (line,))]
    if parts:
        _echo("\n".join(parts), err=err)


def _echo(text: str, *, err: bool = False) -> None:
    """Whole lines; whoever reads may have read enough (`| head`): the run goes on and ends as it would have."""
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        stream = sys.stderr if err else sys.stdout
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())  # what is left in it is dropped, also at the exit


def attempted(write: Callable[[], object]) -> CapaError | None:
    """Write a file beside the report; gives what kept it from being written, to be told once the report is."""
    try:
        write()
    except CapaError as trouble:
        return trouble
    return None


def answer(run: Run, document: Callable[[], dict[str, Any]]) -> None:
    """Make and print the JSON document when --json was asked for. ASCII only, so that no console garbles it."""
    if run.json:
        _echo(json.dumps(document(), ensure_ascii=True, default=_as_text))


def _as_text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
