"""A workbook reads the same whichever program saved it last."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.workbook.reading.reader import read_register
from tests.tables import TRACKER, workbook_bytes

SAMPLE = Path(__file__).parents[2] / "workbooks" / "改进计划跟踪表_样例.xlsx"


def test_saved_by_openpyxl():
    stream = BytesIO()
    openpyxl.load_workbook(SAMPLE).save(stream)
    assert read_register(stream.getvalue()) == read_register(SAMPLE.read_bytes())


SMALL = """
    编号         问题描述      措施内容  责任人      完成期限    实际完成日期  现值   〔自动〕状态
    GJ-2026-001  机房\\n漏水    堵漏      张三、李四  2026-03-31  2026.3.20     12.5   未开始
    GJ-2026-002                换管      李四        月底                      #N/A
"""


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH")
def test_saved_by_libreoffice(tmp_path):
    blob = workbook_bytes({TRACKER: SMALL}, merged={TRACKER: ["B2:B3"]})
    (tmp_path / "small.xlsx").write_bytes(blob)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "small.xlsx")], check=True, capture_output=True, timeout=120)
    saved = read_register((tmp_path / "out" / "small.xlsx").read_bytes())
    assert replace(saved, auto_room={}) == replace(read_register(blob), auto_room={})  # it fixes heights of its own
