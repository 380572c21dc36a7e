"""The examples of every --help are calls that the program understands."""

import click
import pytest

from capa_xl.cli.command_examples import EXAMPLES
from capa_xl.cli.main import COMMANDS, program
from capa_xl.cli.wrapping import columns_of
from tests.cli.calls import as_started, parse
from tests.tables import workbook_bytes


def commands():
    """Every command and subcommand: path → command."""
    context = as_started()
    for name in COMMANDS:
        command = program.get_command(context, name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", command.commands[sub]) for sub in command.commands)


def test_every_command_has_an_example_and_no_other_has():
    assert {name for name, _ in commands()} == set(EXAMPLES)


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_an_example_is_understood_as_it_stands(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for file in ("改进计划跟踪表.xlsx", "老表.xlsx", "E.json"):
        (tmp_path / file).write_bytes(workbook_bytes({"表": [["编号"]]}) if file.endswith(".xlsx") else b"")
    for folder in ("各公司", "填报表", "资料包", "模板"):
        (tmp_path / folder).mkdir()
    assert parse(line).command is not None


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_help_is_chinese_and_ends_with_the_examples(name):
    command = dict(commands())[name]
    parent = as_started()
    for part in name.split(" ")[:-1]:
        parent = click.Context(program.get_command(parent, part), info_name=part, parent=parent)
    text = command.get_help(click.Context(command, info_name=name.split(" ")[-1], parent=parent))
    assert text.endswith("例：\n" + "\n".join(f"  {line}" for line in EXAMPLES[name]))
    assert "[required]" not in text and "Usage" not in text and "Options" not in text
    assert [line for line in text.split("\n") if columns_of(line) > 100] == []


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_what_the_tab_key_shows_is_chinese_too(name):
    command = dict(commands())[name]
    context = click.Context(command, info_name=name, parent=as_started())
    shown = [item.help for item in command.shell_complete(context, "--")]
    assert shown and not [text for text in shown if not text or text.isascii()]
