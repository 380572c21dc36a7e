"""The library: the example of docs/library.md runs, importing is cheap, and the verbs say what the commands say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import capa_xl
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.cli.main import run
from capa_xl.errors import UnreadableWorkbook

DAY = date(2026, 11, 22)
PAGE = Path(__file__).parent.parent / "docs" / "library.md"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "跟踪表.xlsx"
    path.write_bytes(sample_workbook(DAY))
    return path


def test_the_example_of_the_page_runs(sample):
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=sample.parent, capture_output=True, text=True, encoding="utf-8",
        env={"PYTHONPATH": str(PAGE.parent.parent), "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "days_overdue" in done.stdout
    assert "个单元格将会改动" in done.stdout


def test_importing_loads_nothing_heavy_until_a_verb_is_used():
    code = "import capa_xl, sys; print(sorted(n for n in sys.modules if n.startswith('capa_xl')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['capa_xl', 'capa_xl.version']"


def test_every_verb_and_its_command_stand_on_the_same_use_case():
    source = Path(capa_xl.__file__).parent
    called = r"from capa_xl\.app\.use_cases\.(\w+) import"
    verbs = set(re.findall(called, (source / "library.py").read_text("utf-8")))
    assert verbs == {"check", "refresh", "remind", "pack", "facts"}
    for verb in verbs:
        assert verb in re.findall(called, (source / "cli" / f"{verb}.py").read_text("utf-8"))


def test_check_says_what_the_command_says(sample, capsys):
    run(["check", str(sample), "--as-of", "2026-11-22", "--json"])
    document = json.loads(capsys.readouterr().out)
    counts = capa_xl.check(sample, as_of=DAY).checked.counts
    assert {name: counts[name] for name in ("error", "warning", "info")} == document["counts"]


def test_facts_are_a_typed_frame_with_one_row_an_action(sample):
    frame = capa_xl.facts(sample, sample, as_of=DAY)
    judged = capa_xl.check(sample, as_of=DAY)
    assert len(frame) == 2 * len(judged.view.derived)
    assert str(frame.dtypes["due_on"]).startswith("datetime64")
    assert str(frame.dtypes["days_left"]) == "Int64"
    late = {number for number, derived in judged.view.derived.items() if "Y1" in derived.overdue}
    assert set(frame[frame.is_overdue].number) == late != set()


def test_letters_due_are_told_and_nothing_is_left_behind(sample):
    before = sorted(entry.name for entry in sample.parent.iterdir())
    assert len(capa_xl.reminders(sample, as_of=DAY).letters) > 0
    assert sorted(entry.name for entry in sample.parent.iterdir()) == before


def test_what_is_no_workbook_is_an_error_with_a_sentence(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"no")
    with pytest.raises(UnreadableWorkbook):
        capa_xl.check(tmp_path / "x.xlsx", as_of=DAY)


def test_an_unknown_name_is_none_of_ours():
    with pytest.raises(AttributeError):
        capa_xl.nothing  # noqa: B018
