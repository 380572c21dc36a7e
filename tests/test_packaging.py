"""Wheel, sdist and editable installs carry workbooks and templates, and the program finds them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.git_history import files_of_the_repository
from tests.installed import build, commands_of, here

ROOT = Path(__file__).parent.parent
CARRIED = (
    "workbooks/改进计划跟踪表.xlsx",
    "report_templates/改进效果确认报告.docx",
    "report_templates/letters/letter.html.j2",
    "docs/使用手册.md",
    "docs/pictures/tracker.png",
    "README.md",
    "README.en.md",
    "CHANGELOG.md",
)
SAMPLE = "from capa_xl.workbook.sample.data_files import written_rows; print(len(written_rows()['改进计划跟踪表']))"
FIND = "from capa_xl.effects.resources import resource_dir; print(resource_dir())"


@pytest.fixture(scope="module")
def sdist(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build("sdist", ROOT, folder)) as archive:
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 and later have it
        archive.extractall(folder, **safely)
    return next(path for path in folder.iterdir() if path.is_dir())


def test_the_sdist_carries_everything_a_newcomer_needs(sdist) -> None:
    """Where there is no repository, as in an unpacked sdist, a few names stand for all."""
    some = {*CARRIED, "LICENSE", "Makefile", ".ci/run", "requirements-dev.txt", "pyproject.toml"}
    carried = {path.relative_to(sdist).as_posix() for path in sdist.rglob("*") if path.is_file()}
    assert some | files_of_the_repository() <= carried


def dead_links(folder: Path) -> list[str]:
    """The links of the pages to a file or a section that isn't there, or that lies outside of the folder."""
    pages = (*folder.glob("*.md"), *(folder / "docs").rglob("*.md"))
    return [
        f"{page.relative_to(folder)} {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
        if not re.match(r"[a-z]+:", link) and not _is_there(page, link, folder)
    ]


def _is_there(page: Path, link: str, folder: Path) -> bool:
    name, _, section = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists() or not target.is_relative_to(folder.resolve()):
        return False
    return not section or section in sections_of(target.read_text("utf-8"))


def sections_of(page: str) -> set[str]:
    """The headings as links name them: small letters, blanks as hyphens, no marks."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_of_the_pages_leads_somewhere() -> None:
    assert dead_links(ROOT) == []


def test_a_dead_link_would_be_found(tmp_path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# B c。\n[x](#b-c) [x](#d) [x](../README.md) [x](../../e)", "utf-8")
    assert dead_links(tmp_path) == [f"docs{os.sep}a.md {link}" for link in ("#d", "../README.md", "../../e")]


def test_a_wheel_made_from_the_sdist_works_without_a_checkout(sdist, tmp_path) -> None:
    wheel = build("wheel", sdist, tmp_path)
    site = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(site)], check=True)
    done = subprocess.run([sys.executable, "-c", FIND], cwd=site, capture_output=True, text=True, check=True)
    found = Path(done.stdout.strip())
    assert found.is_relative_to(site)
    assert all((found / name).is_file() for name in CARRIED)
    assert dead_links(found) == []
    done = subprocess.run([sys.executable, "-c", SAMPLE], cwd=site, capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 60


def test_an_editable_install_finds_the_checkouts_own() -> None:
    done = subprocess.run([sys.executable, "-c", FIND], cwd=ROOT, capture_output=True, text=True, check=True)
    found = Path(done.stdout.strip())
    assert all((found / name).is_file() for name in CARRIED)


def test_the_lines_of_the_readmes_installation_are_found_and_typed_as_on_this_system() -> None:
    """`make installed` runs them, which takes minutes and a network."""
    lines = list(commands_of((ROOT / "README.md").read_text("utf-8")))
    assert lines[:2] == ["make demo", "make test"]
    assert {"python -m pip wheel --no-deps -w dist .", "make wheelhouse"} <= {*lines} and len(lines) >= 15
    clone = Path("/c")
    assert here(r"C:\capa\Scripts\capa-xl doctor", clone) == "/c/capa_env/bin/capa-xl doctor"
    assert here(r".venv\Scripts\capa-xl demo demo", clone) == ".venv/bin/capa-xl demo demo"


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_the_wheel_is_made_before_it_is_installed_and_where_the_lines_look_for_it(page) -> None:
    """They are pasted one after the other, in the folder of the sources."""
    lines = list(commands_of((ROOT / page).read_text("utf-8")))
    wheel = f"dist/capa_xl-{version('capa-xl')}-py3-none-any.whl"
    takers = [at for at, line in enumerate(lines) if ".whl" in line]
    assert len(takers) == 3 and all(lines[at].endswith(f" {wheel}") for at in takers)
    assert lines.index("python -m pip wheel --no-deps -w dist .") < takers[0]


def test_wheels_are_collected_without_the_developers_tools() -> None:
    rules = dict(re.findall(r"^(\S+): (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert (rules["wheelhouse"], rules["$(BIN)/uv"]) == ("$(BIN)/uv", "$(VENV)/.runtime")


def test_the_pages_say_how_many_packages_are_installed():
    """One pinned for several Pythons is one. The room they take is measured by `python -m tests.installed`."""
    pins = [line for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if "==" in line]
    count = len({line.partition("==")[0] for line in pins})
    for page, words in (
        ("README.md", "（{} 个，"),
        ("docs/windows.md", "共 {} 个包"),
        ("Makefile", "需要的包 {} 个"),
    ):
        assert words.format(count) in (ROOT / page).read_text("utf-8"), page
