"""The files of a run are the same bytes on Windows, where zipfile notes another system in every entry of a zip."""

import shutil
import zipfile

import pytest

from capa_xl.cli.main import run
from tests.old_tables import old_table

AS_OF = "2026-03-31"
WINDOWS = 0


def made(folder, table):
    """One file of every kind that the program zips, made in a folder that is gone afterwards; name → bytes."""
    folder.mkdir()
    blank, old = folder / "blank.xlsx", folder / "old.xlsx"
    old.write_bytes(table)
    for words in (
        ["new", blank],
        ["refresh", blank],
        ["pack", blank, "--period", "2026Q1", "-o", folder / "pack", "--zip"],
        ["check", blank, "--report", folder / "problems.xlsx"],
        ["plan", blank, "-o", folder / "plan.docx"],
        ["adopt", old, "-o", folder / "adopted.xlsx"],
    ):
        code = run([*map(str, words), "--as-of", AS_OF, "--quiet"])
        assert code in (0, 1), f"{words[0]} ended with {code}"
    zips = (path for path in sorted(folder.rglob("*")) if path.suffix in (".xlsx", ".docx", ".zip"))
    files = {str(path.relative_to(folder)): path.read_bytes() for path in zips if ".capa_xl" not in path.parts}
    shutil.rmtree(folder)
    return files


@pytest.fixture
def zipfile_of_windows(monkeypatch):
    """New entries carry what zipfile writes there: 0 for the system, and nothing else."""
    make = zipfile.ZipInfo.__init__

    def windows(entry, *arguments, **options):
        make(entry, *arguments, **options)
        entry.create_system = WINDOWS

    monkeypatch.setattr(zipfile.ZipInfo, "__init__", windows)


@pytest.fixture(autouse=True)
def one_identity(monkeypatch):
    """The 工作簿标识 that `new` and `adopt` draw by lot."""
    monkeypatch.setattr("secrets.token_hex", lambda count: "5a" * count)


def test_every_file_of_a_run_is_the_same_on_both_systems(tmp_path, request):
    table = old_table("整改清单一")
    here = made(tmp_path / "run", table)
    request.getfixturevalue("zipfile_of_windows")
    assert zipfile.ZipInfo("a").create_system == WINDOWS
    there = made(tmp_path / "run", table)
    assert len(here) >= 10 and here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
