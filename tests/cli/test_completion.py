"""The Tab key: the scripts are read by the real shells where they are there, answers are asked for as they ask."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class

import capa_xl.cli.powershell  # noqa: F401  # makes the shells known, as main does
from capa_xl.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bin_folder(tmp_path):
    """A folder with `capa-xl` in it, as an installation leaves it on the PATH."""
    program = tmp_path / "capa-xl"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m capa_xl "$@"\n')
    program.chmod(0o755)
    return tmp_path


def answers(bin_folder, *call, **asked):
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", **asked}
    done = subprocess.run(call, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_bash_completes_commands_and_options(bin_folder):
    load = 'eval "$(capa-xl completion bash)"; COMP_WORDS=({}); COMP_CWORD={}; _capa_xl_completion capa-xl; '
    load += 'echo "${{COMPREPLY[@]}}"'
    commands = answers(bin_folder, "bash", "-c", load.format("capa-xl re", 1)).split()
    assert "refresh" in commands and "remind" in commands and "check" not in commands
    options = answers(bin_folder, "bash", "-c", load.format("capa-xl check --conf", 2)).split()
    assert options == ["--conformity", "--config"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_takes(bin_folder, tmp_path, shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not on this machine")
    script = tmp_path / "script"
    script.write_text(answers(bin_folder, "capa-xl", "completion", shell), "utf-8")
    answers(bin_folder, shell, "-n", str(script))


def test_fish_completes_with_the_one_line_of_help(bin_folder):
    if not shutil.which("fish"):
        pytest.skip("fish is not on this machine")
    script = "capa-xl completion fish | source; complete -C 'capa-xl arch'"
    assert answers(bin_folder, "fish", "-c", script).startswith("archive\t核对资料包")


def test_zsh_takes_the_line_of_the_example_in_a_zshrc_that_calls_nothing_else(bin_folder):
    if not shutil.which("zsh"):
        pytest.skip("zsh is not on this machine")
    asked = 'eval "$(capa-xl completion zsh)"; echo $_comps[capa-xl]'
    assert answers(bin_folder, "zsh", "-f", "-c", asked).strip() == "_capa_xl_completion"


WORD = "capa-xl schedule 表.xlsx --print=w"


@pytest.mark.parametrize(
    ("shell", "asked", "answer"),
    [
        ("bash", {"COMP_WORDS": WORD.replace("=", " = "), "COMP_CWORD": "5"}, "plain,windows"),
        ("bash", {"COMP_WORDS": WORD.replace("=w", " ="), "COMP_CWORD": "4"}, "plain,windows"),
        ("zsh", {"COMP_WORDS": WORD, "COMP_CWORD": "3"}, "plain\n--print=windows\n_"),
        ("fish", {"COMP_WORDS": WORD, "COMP_CWORD": "--print=w"}, "plain,--print=windows"),
        ("powershell", {"COMP_LINE": WORD}, '{"kind": "plain", "value": "--print=windows", "help": "--print=windows"}'),
    ],
)
def test_a_value_joined_to_its_option_keeps_the_option(monkeypatch, shell, asked, answer):
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    assert answer in get_completion_class(shell)(main.program, {}, "capa-xl", main.COMPLETE_VARIABLE).complete()


def test_zsh_is_answered_by_this_program_and_not_by_click(bin_folder):
    asked = {"COMP_WORDS": WORD, "COMP_CWORD": "3", main.COMPLETE_VARIABLE: "zsh_complete"}
    assert answers(bin_folder, "capa-xl", **asked) == "plain\n--print=windows\n_\n"


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("capa-xl arch", ("archive", "核对资料包")),
        ("capa-xl check 表.xlsx --conformi", ("--conformity", "制度执行自查表")),
        ("capa-xl ", ("demo", "生成样例工作簿，走完一遍：校验、刷新、提醒、评审资料包")),
        ("capa-xl group ch", ("check", "校验每本工作簿")),
        (r"capa-xl check C:\质量\ --conformi", ("--conformity", "制度执行自查表")),
    ],
)
def test_powershell_is_answered_in_signs_of_every_code_page(bin_folder, line, first):
    answer = answers(bin_folder, "capa-xl", COMP_LINE=line, _CAPA_XL_COMPLETE="powershell_complete")
    assert answer.isascii()
    told = json.loads(answer.splitlines()[0])
    assert (told["kind"], told["value"]) == ("plain", first[0]) and told["help"].startswith(first[1])


def test_powershell_completes_file_names_itself(bin_folder):
    answer = answers(bin_folder, "capa-xl", COMP_LINE="capa-xl check 表", _CAPA_XL_COMPLETE="powershell_complete")
    assert [json.loads(line)["kind"] for line in answer.splitlines()] == ["file"]


@pytest.fixture
def powershell_script(bin_folder):
    return answers(bin_folder, "capa-xl", "completion", "powershell")


def test_the_script_of_powershell_is_written_in_the_grammar_of_its_version_5(powershell_script):
    tree_sitter = pytest.importorskip("tree_sitter", reason="requirements-dev.txt is installed only in part")
    grammar = pytest.importorskip("tree_sitter_powershell", reason="requirements-dev.txt is installed only in part")
    script = (
        tree_sitter.Parser(tree_sitter.Language(grammar.language())).parse(powershell_script.encode("ascii")).root_node
    )
    assert not script.has_error, str(script)
    completer = script.named_children[0].named_children[0].text.decode()
    assert completer.startswith("Register-ArgumentCompleter -Native -CommandName capa-xl -ScriptBlock {")


def test_no_line_of_the_script_is_broken_by_a_window_of_80_signs(powershell_script):
    assert max(map(len, powershell_script.splitlines())) < 80


def test_the_line_for_a_profile_starts_a_line_of_its_own():
    """A $PROFILE saved without a newline at its end would otherwise lose its last line, and ours."""
    line = "capa-xl completion powershell | Out-String | Invoke-Expression"
    assert f'    Add-Content $PROFILE "`n{line}"\n' in (ROOT / "docs/windows.md").read_text("utf-8")


AT_THE_TAB_KEY = {
    "capa-xl arch": "archive",
    "capa-xl ": "demo",
    "cd .; capa-xl check 表.xlsx --conformi": "--conformity",
    "capa-xl grow 表.xlsx --level 制": "制度",
    WORD: "--print=windows",
}


@pytest.mark.parametrize("program", [os.environ.get("CAPA_XL_PWSH", "pwsh"), "powershell"])
def test_powershell_completes_at_the_tab_key(bin_folder, program):
    """CAPA_XL_PWSH: the path of another PowerShell, with this checkout's capa-xl on a PATH of its own."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not on this machine: what the Tab key does in it is not tried")
    script = ["[Console]::OutputEncoding = [Text.Encoding]::UTF8"]
    script += ["capa-xl completion powershell | Out-String | Invoke-Expression", "$global:LASTEXITCODE = 7"]
    for typed in AT_THE_TAB_KEY:
        script.append(f"(TabExpansion2 '{typed}' {len(typed)}).CompletionMatches[0].CompletionText")
    told = answers(bin_folder, program, "-NoProfile", "-Command", "; ".join([*script, "$LASTEXITCODE"]))
    assert told.split() == [*AT_THE_TAB_KEY.values(), "7"]
