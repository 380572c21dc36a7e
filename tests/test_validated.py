"""Microsoft's validator sees what it should: a sound file passes, a planted fault doesn't."""

from __future__ import annotations

import shutil

import pytest

from tests.made_workbooks import blank
from tests.parts import swapped
from tests.validated import PROGRAM, Made, new_errors

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and PROGRAM.exists()), reason="the validator is not installed (make validate installs it)"
)


def test_a_fault_in_a_sheet_is_found_and_its_clean_twin_passes(tmp_path):
    sound, broken = tmp_path / "sound.xlsx", tmp_path / "broken.xlsx"
    sound.write_bytes(blank())
    broken.write_bytes(swapped(blank(), "<sheetData>", "<sheetDate/><sheetData>"))
    assert not new_errors(Made("sound", sound))
    assert new_errors(Made("broken", broken))
    assert not new_errors(Made("a fault the source had too", broken, source=broken))
