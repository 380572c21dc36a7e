"""How the program is called again by scheduled tasks and files to double-click."""

from __future__ import annotations

import sys

import pytest

from capa_xl.cli.this_program import this_program


@pytest.fixture
def another(monkeypatch, tmp_path):
    """Another environment whose capa-xl comes first on PATH."""
    monkeypatch.setenv("PATH", str(_script(tmp_path / "another" / "capa-xl").parent))
    return tmp_path / "another" / "capa-xl"


def _script(path):
    path.parent.mkdir()
    path.touch(mode=0o755)
    return path


@pytest.mark.parametrize("name", ["capa-xl", "capa-xl.exe"])
def test_the_script_that_was_run_is_called_again_whatever_comes_first_on_the_path(monkeypatch, tmp_path, another, name):
    """Pip's launcher on Windows calls itself without .exe."""
    run = _script(tmp_path / "own" / name)
    monkeypatch.setattr(sys, "argv", [str(run.with_name("capa-xl"))])
    assert this_program() == (str(run),)


def test_a_link_to_the_script_stays_the_link(monkeypatch, tmp_path, another):
    """What installs it may put another file behind the link."""
    link = tmp_path / "capa-xl"
    link.symlink_to(_script(tmp_path / "own" / "capa-xl"))
    monkeypatch.setattr(sys, "argv", [str(link)])
    assert this_program() == (str(link),)


def test_where_nobody_says_which_file_was_run_the_path_is_asked(monkeypatch, tmp_path, another):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["capa-xl"])
    assert this_program() == (str(another),)
