"""The library: the example of docs/library.md runs, importing is cheap, and the verbs say what the commands say."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

import capa_xl
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.cli.main import run
from capa_xl.errors import SettingsError, UnreadableWorkbook, UsageError

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
    frame = capa_xl.facts(sample, sample, as_of=DAY)  # one file: once, as for the command
    judged = capa_xl.check(sample, as_of=DAY)
    assert len(frame) == len(judged.view.derived)
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


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (DAY, DAY),
        ("2026-11-22", DAY),
        ("2026/11/22", DAY),
        (datetime(2026, 11, 22, 23, 59), DAY),
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), DAY),
        (datetime(2026, 11, 21, 15, 59, tzinfo=UTC), date(2026, 11, 21)),
        (pd.Timestamp("2026-11-22 08:30"), DAY),
        (pd.Timestamp("2026-11-22", tz="UTC"), DAY),
    ],
)
def test_a_day_is_that_of_shanghai_however_it_is_given(sample, as_of, day):
    assert capa_xl.check(sample, as_of=as_of).view.on == day


@pytest.mark.parametrize("as_of", ["", "明天", "2026-13-01", 20261122, pd.NaT])
def test_what_is_no_day_is_an_error_with_a_sentence_from_every_verb(sample, tmp_path, as_of):
    calls = (
        lambda: capa_xl.check(sample, as_of=as_of),
        lambda: capa_xl.refresh(sample, as_of=as_of),
        lambda: capa_xl.reminders(sample, as_of=as_of),
        lambda: capa_xl.pack(sample, "2026Q3", tmp_path / "p", as_of=as_of),
        lambda: capa_xl.facts(sample, as_of=as_of),
    )
    for call in calls:
        with pytest.raises(UsageError, match="不是日期 → 请给 date"):
            call()


def test_facts_of_a_folder_are_those_of_the_command_and_a_copy_is_told(sample, tmp_path, capsys):
    shutil.copy(sample, tmp_path / "表.xlsx")
    shutil.copy(sample, tmp_path / "表 - 副本.xlsx")
    code = run(["facts", str(tmp_path), "-o", str(tmp_path / "out.csv"), "--as-of", "2026-11-22", "--workers", "1"])
    with pytest.warns(UserWarning, match="表 - 副本.xlsx：与「表.xlsx」是同一本的副本"):
        frame = capa_xl.facts(tmp_path, as_of=DAY)
    rows = list(csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig", newline="")))
    assert (code, [row["number"] for row in rows]) == (0, frame.number.tolist())
    assert list(frame.attrs["left_out"]) == [str(tmp_path / "表 - 副本.xlsx")]


def test_of_several_workbooks_every_one_that_cannot_be_read_is_named(sample, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 half")
    with pytest.raises(UnreadableWorkbook) as raised:
        capa_xl.facts(sample, tmp_path / "坏.xlsx", tmp_path / "没有.xlsx", as_of=DAY)
    assert [line.split("：")[0] for line in str(raised.value).splitlines()] == [
        str(tmp_path / "坏.xlsx"),
        str(tmp_path / "没有.xlsx"),
    ]
    with pytest.raises(SettingsError):
        capa_xl.facts(sample, as_of=DAY, config=tmp_path / "没有.toml")


def test_the_verbs_are_listed_before_they_are_loaded():
    code = "import capa_xl; print([name for name in dir(capa_xl) if name[0] != '_'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"check", "facts", "pack", "refresh", "reminders"} == set(re.findall(r"\w+", done.stdout))
