"""Every command on the README's pages runs, in their order, from a clean folder after `capa-xl demo demo`."""

import re
import shlex
import textwrap
from pathlib import Path

import pytest

from capa_xl.cli.main import run
from capa_xl.settings.read import load_settings
from tests.cli.calls import as_of
from tests.installed import commands_of
from tests.made_pictures import LETTERS, PICTURES, SCREENS
from tests.newcomer import first_day
from tests.old_tables import old_table

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-22"
_CALL = re.compile(r"^    (capa-xl .*?)(?:\s{2,}#.*)?$", re.MULTILINE)
_MENTION = re.compile(r"`(capa-xl [^`]+)`")
NOT_CONFIGURED = {"capa-xl doctor 改进计划跟踪表.xlsx --mail": 25}
"""In a clean folder there is no server to try."""
TYPED_BEFORE = "capa-xl check 改进计划跟踪表.xlsx"
"""Where the page has had people, the company's name and a few actions entered; what these lack are errors: 1."""
SETTINGS = re.compile(r"^    \[mail\]\n(?:    \S.*\n)+", re.MULTILINE)
SHOWN = re.compile(r"^    GJ-\S+ 待更正（第 \d+ 行）\n      错误 .*\n", re.MULTILINE)


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
        if line == TYPED_BEFORE:
            first_day(Path("改进计划跟踪表.xlsx"))
        code = run([*shlex.split(line)[1:], "--as-of", AS_OF, "--quiet"])
        assert code == (line == TYPED_BEFORE), f"{line} ended with {code}"


def test_the_calls_in_running_text_work_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "改进计划跟踪表.xlsx", "--as-of", AS_OF, "--quiet"]) == 0
    pages = (ROOT / "README.md", ROOT / "README.en.md")
    mentioned = {line for page in pages for line in _MENTION.findall(page.read_text("utf-8"))}
    mentioned -= {"capa-xl --help"}  # tests/cli/test_command_examples.py reads it
    assert len(mentioned) >= 4
    for line in mentioned:
        code = run(as_of(line, AS_OF))
        assert code == NOT_CONFIGURED.get(line, 0), f"{line} ended with {code}"


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_what_is_tried_on_the_sample_is_written_beside_it(page):
    """In a checkout only demo/ is ignored."""
    tried = [shlex.split(line) for line in calls(page) if " demo/" in line]
    written = [words[at + 1] for words in tried for at, word in enumerate(words) if word in ("-o", "--output")]
    assert len(written) == 2 and all(place.startswith("demo/") for place in written)


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_every_line_of_a_block_is_run_by_a_test_or_is_no_command(page):
    """Calls of capa-xl run above, what installs by `make installed`; settings and the finding are read below."""
    text = (ROOT / page).read_text("utf-8")
    run_here, run_elsewhere = set(calls(page)), set(commands_of(text))
    found = (one.search(text) for one in (SETTINGS, SHOWN))
    shown = {line for block in found if block for line in block[0].splitlines()}
    for line in re.findall(r"^ {4}\S.*$", text, re.MULTILINE):
        command = re.split(r"\s{2,}#", line.strip())[0]
        assert command in run_here | run_elsewhere or line in shown or line.startswith("    # "), line


@pytest.mark.parametrize(
    ("page", "hosts"),
    [("README.md", ["smtp.qiye.example"]), ("docs/管理员手册.md", ["smtp.qiye.example", "smtp.office365.com"])],
)
def test_the_settings_on_a_page_are_ones_that_the_program_takes(page, hosts, tmp_path):
    text = (ROOT / page).read_text("utf-8")
    blocks = [*SETTINGS.findall(text), *re.findall(r"```toml\n(.*?)```", text, re.DOTALL)]
    found = []
    for block in blocks:
        (tmp_path / "capa_xl.toml").write_text(textwrap.dedent(block), "utf-8")
        found.append(load_settings(tmp_path / "表.xlsx", None, {"CAPA_XL_SMTP_PASSWORD": "x"}).mail.host)
    assert found == hosts


def test_the_english_page_has_the_same_sections_and_the_same_commands():
    chinese, english = (ROOT / page for page in ("README.md", "README.en.md"))
    levels = [re.findall(r"^(#+) ", page.read_text("utf-8"), re.MULTILINE) for page in (chinese, english)]
    assert levels[0] == levels[1]
    assert calls("README.md") == calls("README.en.md")
    assert [*commands_of(chinese.read_text("utf-8"))] == [*commands_of(english.read_text("utf-8"))]


PAGES = (ROOT / "README.md", ROOT / "README.en.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))


def _anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub makes anchors of them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_link_and_picture_leads_somewhere():
    for page in PAGES:
        for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
            place = page.parent / target if target else page
            assert place.exists(), f"{page.name}: {target}"
            assert not anchor or anchor in _anchors(place), f"{page.name}: {target}#{anchor}"


def test_every_picture_is_made_by_the_script_and_stands_on_a_page():
    kept = {file.stem for file in (ROOT / "docs" / "pictures").iterdir()}
    shown = {name for page in PAGES for name in re.findall(r"pictures/(\w+)\.png", page.read_text("utf-8"))}
    assert kept == {picture.name for picture in PICTURES} | {*LETTERS} | {*SCREENS}
    assert kept == shown


def test_docs_names_every_page_by_its_title_and_they_are_there(capsys):
    assert run(["docs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    titles, places = lines[::2], lines[1::2]
    assert {*titles[:3]} == {"使用手册", "管理员手册", "新手走查"} and "设置：capa_xl.toml" in titles
    assert {Path(place.strip()) for place in places} == set((ROOT / "docs").glob("*.md"))


def test_the_finding_that_the_readme_shows_is_one_of_the_samples(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "demo", "--as-of", AS_OF, "--quiet"]) == 0
    capsys.readouterr()
    assert run(["check", "demo/改进计划跟踪表_样例.xlsx", "--as-of", AS_OF]) == 1
    shown = SHOWN.search((ROOT / "README.md").read_text("utf-8"))
    assert textwrap.dedent(shown[0]) in capsys.readouterr().out


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_a_book_made_as_the_page_says_prints_the_company_above_its_pages(page):
    """Nothing writes into print settings later: once a reader who followed the page had no company there."""
    for command in ("capa-xl new ", "capa-xl adopt "):
        made = [line for line in calls(page) if line.startswith(command)]
        assert made and all(" --company " in line for line in made)


@pytest.mark.parametrize(("given", "told"), [((), 1), (("--company", "样例公司"), 0), (("--sample",), 0)])
def test_who_makes_a_book_without_a_company_is_told_what_its_pages_lack(given, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "表.xlsx", "--as-of", AS_OF, *given]) == 0
    assert capsys.readouterr().out.count("打印页眉的左边没有公司名称 → ") == told


@pytest.mark.parametrize("page", ["README.md", "README.en.md", "docs/scale.md"])
def test_a_page_with_remarks_behind_its_commands_says_where_to_type_them(page):
    """In cmd a # begins no remark: it and the words behind it are arguments."""
    text = (ROOT / page).read_text("utf-8")
    assert "PowerShell" in text[: re.search(r"^ {4}\S.* # ", text, re.MULTILINE).start()]


@pytest.mark.parametrize(
    "what", [r"\]\((docs/[^)#]+)", r"(?<![\w-])(--[a-z][a-z-]+)", r"`(capa-xl [a-z]+)", r"(?<!\w)(activate|cron)(?!\w)"]
)
def test_the_english_page_leaves_out_no_option_no_command_and_no_page(what):
    chinese, english = (
        set(re.findall(what, (ROOT / page).read_text("utf-8"))) for page in ("README.md", "README.en.md")
    )
    assert {one for one in chinese - english if "pictures" not in one} == set()


def test_both_pages_show_the_same_settings():
    chinese, english = (SETTINGS.search((ROOT / page).read_text("utf-8")) for page in ("README.md", "README.en.md"))
    assert chinese[0] == english[0]
