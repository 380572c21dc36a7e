"""The pages of docs/ that code generates: `python -m tests.made_docs` writes them, a test compares them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import click

from capa_xl.cli.main import COMMANDS, program
from capa_xl.cli.wrapping import WIDTH
from capa_xl.policy.rules.catalogue import CATALOGUE
from tests.manual_tables import with_tables
from tests.pages.colours_page import colours_markdown
from tests.pages.columns_page import columns_markdown
from tests.pages.facts_page import facts_markdown
from tests.pages.fields_page import fields_markdown
from tests.pages.milestones_page import with_milestones_table
from tests.pages.papers_page import with_papers_table
from tests.pages.rules_page import rules_markdown
from tests.pages.settings_page import settings_reference

ROOT = Path(__file__).parent.parent


def commands_markdown() -> str:
    """docs/commands.md: the help of every command that is there."""
    lines = ["# 命令", "", "本页由 `make docs` 从命令行生成，请勿手改。", ""]
    context = click.Context(program, info_name="capa-xl", **program.context_settings)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        with patch.dict(os.environ, COLUMNS=str(WIDTH)):  # a page has no terminal
            text = command.get_help(click.Context(command, info_name=name, parent=context))
        lines += [f"## capa-xl {name}", "", COMMANDS[name][1], "", "```", text.rstrip(), "```", ""]
    return "\n".join(lines)


def reminders_markdown() -> str:
    """docs/reminders.md: written by hand but for its table of milestones."""
    return with_milestones_table((ROOT / "docs/reminders.md").read_text("utf-8"))


def facts_page() -> str:
    """docs/facts.md: written by hand but for its table of columns, which ends it."""
    head = (ROOT / "docs/facts.md").read_text("utf-8").partition("| 列 |")[0]
    return f"{head.rstrip()}\n\n{facts_markdown()}\n"


def settings_page() -> str:
    """docs/settings.md: written by hand but for the tables of its keys, which end it."""
    head = (ROOT / "docs/settings.md").read_text("utf-8").partition("### [")[0]
    return f"{head}{settings_reference()}"


DOCS: Mapping[str, Callable[[], str]] = {
    "docs/rules.md": lambda: rules_markdown(CATALOGUE),
    "docs/columns.md": columns_markdown,
    "docs/colours.md": colours_markdown,
    "docs/commands.md": commands_markdown,
    "docs/template-fields.md": fields_markdown,
    "docs/reminders.md": reminders_markdown,
    "docs/facts.md": facts_page,
    "docs/settings.md": settings_page,
    "docs/papers.md": lambda: with_papers_table((ROOT / "docs/papers.md").read_text("utf-8")),
    "docs/使用手册.md": lambda: with_tables((ROOT / "docs/使用手册.md").read_text("utf-8")),
}


def write() -> None:
    """Write every generated page."""
    for name, make in DOCS.items():
        (ROOT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    write()
