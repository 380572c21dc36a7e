"""Every command on the README's pages runs, in their order, from a clean folder after `capa-xl demo demo`."""

import re
import shlex
from pathlib import Path

import pytest

from capa_xl.cli.main import run
from tests.cli.calls import parse
from tests.old_tables import old_table
from tests.tables import workbook_bytes

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-22"
_CALL = re.compile(r"^    (capa-xl .*?)(?:\s{2,}#.*)?$", re.MULTILINE)
_MENTION = re.compile(r"`(capa-xl [^`]*\.xlsx[^`]*)`")
_ANYWHERE = re.compile(r"(?:^ {4,}|`)(capa-xl [a-z][^`\n]*?)(?:`|\s{2,}#.*$|$)", re.MULTILINE)
NOT_CONFIGURED = {"capa-xl doctor 改进计划跟踪表.xlsx --mail": 25}
"""In a clean folder there is no server to try."""
NOT_REGISTERED = {"capa-xl todo 改进计划跟踪表.xlsx 张三": 2}
"""The page has people registered before; in the test nobody was."""


def calls(page):
    """The calls in the indented blocks of a page, in their order."""
    return [match.group(1) for match in _CALL.finditer((ROOT / page).read_text("utf-8"))]


@pytest.mark.parametrize(("page", "least"), [("README.md", 13), ("README.en.md", 7)])
def test_every_call_on_the_page_does_what_it_says(page, least, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("老表.xlsx").write_bytes(old_table("整改清单一"))
    assert run(["demo", "demo", "--as-of", AS_OF, "--quiet"]) == 0
    lines = calls(page)
    assert len(lines) >= least
    for line in lines:
        code = run([*shlex.split(line)[1:], "--as-of", AS_OF, "--quiet"])
        assert code == NOT_REGISTERED.get(line, 0), f"{line} ended with {code}"


def test_the_calls_in_running_text_work_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "改进计划跟踪表.xlsx", "--as-of", AS_OF, "--quiet"]) == 0
    pages = (ROOT / "README.md", ROOT / "README.en.md")
    mentioned = [line for page in pages for line in _MENTION.findall(page.read_text("utf-8")) if "老表" not in line]
    assert len(mentioned) >= 2
    for line in mentioned:
        code = run([*shlex.split(line)[1:], "--as-of", AS_OF, "--quiet"])
        assert code == NOT_CONFIGURED.get(line, 0), f"{line} ended with {code}"


@pytest.mark.parametrize(("page", "least"), [("docs/使用手册.md", 35), ("docs/管理员手册.md", 15)])
def test_every_call_in_a_manual_is_understood(page, least, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for file in ("改进计划跟踪表.xlsx", "老表.xlsx", "会议记录.xlsx"):
        Path(file).write_bytes(workbook_bytes({"表": [["编号"]]}) if file.endswith(".xlsx") else b"")
    for folder in ("各公司", "填报表", "资料包", "模板"):
        Path(folder).mkdir()
    lines = _ANYWHERE.findall((ROOT / page).read_text("utf-8"))
    assert len(lines) >= least
    for line in lines:
        assert parse(line).command is not None, line


def test_every_link_and_picture_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_docs_names_every_page_by_its_title_and_they_are_there(capsys):
    assert run(["docs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    titles, places = lines[::2], lines[1::2]
    assert titles[:2] == ["使用手册", "管理员手册"] and "设置：capa_xl.toml" in titles
    assert {Path(place.strip()) for place in places} == set((ROOT / "docs").glob("*.md"))


def test_the_finding_that_the_readme_shows_is_one_of_the_samples(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "demo", "--as-of", AS_OF, "--quiet"]) == 0
    capsys.readouterr()
    assert run(["check", "demo/改进计划跟踪表_样例.xlsx", "--as-of", AS_OF]) == 1
    shown = re.search(r"    (GJ-\S+ 待更正（第 \d+ 行）)\n {4}(  错误 .*)\n", (ROOT / "README.md").read_text("utf-8"))
    assert shown is not None
    assert "\n".join(shown.groups()) in capsys.readouterr().out
