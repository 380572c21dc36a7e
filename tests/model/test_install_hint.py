"""What is missing is installed where this program runs, by what made that environment."""

import sys

import pytest

from capa_xl.model.install_hint import to_install


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        ("pyvenv.cfg", "/srv/capa/bin/python -m pip install isal python-docx"),
        ("pipx_metadata.json", "pipx inject capa-xl isal python-docx"),
        ("uv-receipt.toml", "uv pip install --python /srv/capa/bin/python isal python-docx"),
    ],
)
def test_who_made_the_environment_installs_into_it(mark, command, tmp_path):
    home = tmp_path / "capa-xl"
    home.mkdir()
    (home / mark).touch()
    assert to_install("isal", "docx", home=home, python="/srv/capa/bin/python") == command


def test_this_environment_is_meant_unless_another_is_given():
    assert sys.executable in to_install("isal") or "pipx inject" in to_install("isal")
