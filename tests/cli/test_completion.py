"""The Tab key: the scripts are read by the real shells where they are there, answers are asked for as they ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert answers(bin_folder, "fish", "-c", script).startswith("archive\t核对评审资料包")


def test_zsh_takes_the_line_of_the_example_in_a_zshrc_that_calls_nothing_else(bin_folder):
    if not shutil.which("zsh"):
        pytest.skip("zsh is not on this machine")
    asked = 'eval "$(capa-xl completion zsh)"; echo $_comps[capa-xl]'
    assert answers(bin_folder, "zsh", "-f", "-c", asked).strip() == "_capa_xl_completion"


@pytest.mark.parametrize(
    ("line", "word", "first"),
    [
        ("capa-xl arch", "arch", "plain\tarchive\t核对评审资料包"),
        ("capa-xl check 表.xlsx --conformi", "--conformi", "plain\t--conformity\t制度执行自查表"),
        ("capa-xl ", "", "plain\tdemo\t"),
    ],
)
def test_powershell_is_answered_with_kind_value_and_help(bin_folder, line, word, first):
    asked = {"COMP_LINE": line, "COMP_WORD": word, "_CAPA_XL_COMPLETE": "powershell_complete", "PYTHONUTF8": "1"}
    assert answers(bin_folder, "capa-xl", **asked).startswith(first)
