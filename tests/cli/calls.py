"""Calls of the program as they stand in its help and in the manuals."""

from __future__ import annotations

import shlex

import click

from capa_xl.cli.main import program

INSIDE_EVAL = 'eval "$(', ')"'


def as_started() -> click.Context:
    """The context that `capa-xl` itself makes: a command keeps the help option of whoever asks first."""
    return click.Context(program, info_name="capa-xl", **program.context_settings)


def words_of(line: str) -> list[str]:
    """The words after capa-xl, up to a pipe or a redirection."""
    call = line.removeprefix(INSIDE_EVAL[0]).removesuffix(INSIDE_EVAL[1])
    for end in (" | ", " > "):
        call = call.partition(end)[0]
    first, *words = shlex.split(call)
    assert first == "capa-xl", line
    return words


def parse(line: str) -> click.Context:
    """The call as click understands it; files that it names must be there.

    Raises:
        click.UsageError: It doesn't understand it.
    """
    words, context, command = words_of(line), as_started(), program
    while isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"no command {name}: {line}")
        command = found
    return command.make_context("capa-xl", words, parent=context)


def as_of(line: str, day: str) -> list[str]:
    """The words of a call as of a day and quiet, as far as the command has these options."""
    command = parse(line).command
    options = {option for parameter in command.params for option in parameter.opts}
    return [*words_of(line), *(("--as-of", day) if "--as-of" in options else ()), *({"--quiet"} & options)]
