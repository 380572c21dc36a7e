"""Every option that a sentence advises is one of the command that says the sentence, or of the command it names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import capa_xl
from capa_xl.cli.main import COMMANDS, program
from capa_xl.model.paper_kinds import PAPER_KINDS

PACKAGE = Path(capa_xl.__file__).parent
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NAMES = "|".join(sorted([*COMMANDS, *(f"group {name}" for name in ("check", "daily", "pack"))], key=len, reverse=True))
_CLAUSE = re.compile(r"[^，。；：、（）→「」\n]+")
_NAMED = re.compile(rf"(?<![a-z-])({_NAMES}) ")
_OPTION = re.compile(r"--[a-z][a-z-]*")
_PAPERS = (*(kind.command for kind in PAPER_KINDS if kind.every and kind.command), "report")
SAID_BY = {
    "reports/unknown_text.py": ("remind",),
    "workbook/adopting/closest_table.py": ("adopt",),
    "workbook/adopting/kept_settings.py": ("adopt",),
    "app/shared/cluster.py": ("group check", "group daily", "group pack", "facts"),
    "app/shared/first_steps.py": ("daily",),
    "app/shared/group_run.py": ("group check", "group daily", "group pack", "facts"),
    "app/shared/paper_files.py": _PAPERS,
    "app/shared/paper_source.py": _PAPERS,
    "app/shared/rehearsal.py": ("refresh", "daily", "group daily"),
    "app/shared/scan_identity.py": ("signed",),
    "app/shared/tracked_rows.py": ("adopt",),
    "effects/pdf.py": ("pack",),
    "model/edition.py": ("signed",),
    "policy/left_out.py": ("adopt",),
    "policy/rules/people.py": ("reorganise",),
    "policy/rules/table.py": ("adopt",),
    "reports/daily_text.py": ("daily", "group daily"),
    "reports/fixes_text.py": ("check",),
    "reports/group_text.py": ("group check", "group daily"),
    "reports/growth_text.py": ("grow",),
    "reports/papers_text.py": ("report", "plan", "a3", "reply"),
    "reports/remind_text.py": ("remind",),
    "reports/problems_text.py": ("adopt",),
    "reports/replacements_text.py": ("handover", "reorganise"),
    "reports/signed_text.py": ("signed",),
    "reports/slip_text.py": ("collect",),
    "reports/year_end_text.py": ("year-end",),
    "settings/read.py": ("daily", "check", "refresh", "remind"),
    "workbook/adopting/absent_words.py": ("adopt",),
    "workbook/adopting/bare_numbers.py": ("adopt",),
    "workbook/adopting/find_tables.py": ("adopt",),
    "workbook/adopting/passed_over.py": ("adopt",),
    "workbook/adopting/sheets_beside.py": ("adopt",),
    "workbook/adopting/since_adoption.py": ("adopt",),
    "workbook/adopting/table_survey.py": ("adopt",),
    "workbook/adopting/year_questions.py": ("adopt",),
    "workbook/writing/answers.py": ("collect",),
}
"""Which commands say the sentences of a module that names options without their command."""
_NO_ADVICE = {
    "cli/command_examples.py",  # whole commands, parsed by tests of their own
    "cli/options.py",  # what the common options mean
    "cli/main.py",
    "cli/usage.py",  # what was typed
    "reports/units.py",  # systemctl
    "model/paper_kinds.py",  # help of the papers' commands
}


def texts(tree: ast.AST) -> Iterator[str]:
    """The strings in which there is Chinese, f-strings with {} for what they fill in and a command to paste in full."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
    inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(_piece(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            text = node.value
        else:
            continue
        if _CHINESE.search(text):
            yield text


def _piece(part: ast.expr) -> str:
    """A piece of an f-string: its words, the command that `to_paste` is called with, else {}."""
    match part:
        case ast.Constant(value=value):
            return str(value)
        case ast.FormattedValue(value=ast.Call(func=ast.Name("to_paste"), args=[ast.Constant(value=command), *_])):
            return f"capa-xl {command} "
    return "{}"


def advised() -> Iterator[tuple[str, str, str]]:
    """(module, the command that it names or "", the option)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module in _NO_ADVICE:
            continue
        for text in texts(ast.parse(path.read_text("utf-8"))):
            for named, option in options_in(text):
                yield module, named, option


def options_in(text: str) -> Iterator[tuple[str, str]]:
    """The options of a sentence, each with the command before it in its clause, else ""."""
    for clause in _CLAUSE.findall(text):
        for found in _OPTION.finditer(clause):
            named = _NAMED.findall(clause[: found.start()])
            yield (named[-1] if named else ""), found.group()


def command_named(name: str) -> click.Command:
    """The command, also one of a group: `group pack`."""
    command: click.Command = program
    for word in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None, name
        command = found
    return command


def options_of(name: str) -> set[str]:
    command = command_named(name)
    commands = (
        [command_named(f"{name} {one}") for one in command.list_commands(click.Context(command))]
        if isinstance(command, click.Group)
        else [command]
    )
    return {opt for one in commands for param in one.params for opt in (*param.opts, *param.secondary_opts)} | {
        "--help"
    }


def speakers(module: str) -> tuple[str, ...]:
    """The commands that say a module's sentences: a table for what several share, else the module's own name."""
    folder, _, name = module.removesuffix(".py").rpartition("/")
    own = name.replace("_", "-")
    return SAID_BY.get(module) or ((own,) if folder in ("cli", "app/use_cases") and own in COMMANDS else ())


ADVISED = sorted(set(advised()))


@pytest.mark.parametrize(("module", "named", "option"), ADVISED, ids=lambda part: str(part))
def test_an_option_that_is_advised_is_there(module, named, option):
    commands = (named,) if named else speakers(module)
    assert commands, f"{module} names {option}: of which command?"
    assert [name for name in commands if option not in options_of(name)] == []


def test_the_table_names_no_module_that_advises_nothing():
    silent = {module for module in SAID_BY if module not in {module for module, named, _ in ADVISED if not named}}
    assert silent == set()


def test_the_look_finds_bare_and_named_options():
    text = "或加 --wait 等；可用 check、refresh --check、capa-xl remind 表 --send --x（见 --y）"
    found = [("", "--wait"), ("refresh", "--check"), ("remind", "--send"), ("remind", "--x"), ("", "--y")]
    assert list(options_in(text)) == found
