"""The examples of every --help are calls that the program understands."""

import json
from pathlib import Path
from shutil import copy

import click
import pytest

from capa_xl.cli.command_examples import EXAMPLES
from capa_xl.cli.main import COMMANDS, program, run
from capa_xl.cli.wrapping import columns_of
from tests.app.scans import picture_pdf
from tests.cli.calls import as_of, as_started, parse
from tests.made_workbooks import FOLDER, SAMPLE
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


_RUN = ("new", "grow", "year-end", "slip", "signed", "patch", "docs", "completion")
"""What the manuals don't show line for line, and what one line leaves behind for the next; cheap. The others are calls
of the manuals (tests/cli/test_manuals.py), papers and groups, which have tests of their own."""
_ENDS = {"--moved 自己移走的.xlsx": 2, "签字件.pdf": 2, "签字件.pdf --paper GJBG-2026-012": 2}
"""The sample of that name has rows that never left; a run as of a day makes no final that a scan could belong to."""


@pytest.mark.parametrize("name", _RUN)
def test_the_examples_of_a_command_run_one_after_another(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if name != "new":
        copy(FOLDER / SAMPLE, "改进计划跟踪表.xlsx")
    copy(FOLDER / SAMPLE, "自己移走的.xlsx")
    Path("签字件.pdf").write_bytes(picture_pdf())
    edits = [{"sheet": "改进计划跟踪表", "cell": "Z1", "value": "甲"}]
    Path("E.json").write_text(json.dumps(edits), "utf-8")
    for line in EXAMPLES[name]:
        ends = next((code for words, code in _ENDS.items() if line.endswith(words)), 0)
        assert run(as_of(line, "2026-11-22")) == ends, line


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
