"""Nobody pastes from paper: what a pack is printed from names no command, however much the workbook lacks."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from capa_xl.app.use_cases.pack import make_pack
from capa_xl.model.levels import level_named
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.sample.content import sample_content
from tests.app.desks import desk_at
from tests.made_workbooks import refreshed
from tests.reports.word.papers import words
from tests.sizes import DAY, TRACKER

_SAMPLE_ROWS = 12


@pytest.fixture
def pack(tmp_path) -> Path:
    """Of a workbook without any sheet around its tracker."""
    content = {TRACKER: sample_content(DAY)[TRACKER][-_SAMPLE_ROWS:]}
    book = tmp_path / "表.xlsx"
    book.write_bytes(refreshed(build_workbook(content, as_of=DAY, level=level_named("台账")), DAY))
    return make_pack(desk_at(book, DAY), "2026Q4", tmp_path / "包").directory


def test_no_paper_of_a_pack_names_a_command(pack):
    said = {path.name: _said(path) for path in sorted(pack.rglob("*.*")) if path.suffix in (".docx", ".xlsx")}
    (plan,) = (text for name, text in said.items() if name.startswith("02"))
    assert "定稿前还缺：《计划》里的一行（计划编号、周期、批准）；没有工作表《计划》。" in plan
    assert len(said) >= 5
    assert {name: found for name, text in said.items() if (found := re.findall("capa-xl .{40}", text))} == {}


def _said(path: Path) -> str:
    if path.suffix == ".docx":
        return words(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        return "".join(file.read(name).decode() for name in file.namelist() if name.startswith("xl/"))
