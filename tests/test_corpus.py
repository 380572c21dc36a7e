"""The splice on real workbooks of public projects, which other libraries damage or refuse.

They are no part of this repository: the folder is named by CAPA_XL_CORPUS, and without it the test is skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from capa_xl.errors import CapaError
from capa_xl.ooxml.package import SheetKind, open_package
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues
from tests.ooxml.every_cell import cells_of, plain_cell

CORPUS = Path(os.environ.get("CAPA_XL_CORPUS", ""))
FILES = sorted(CORPUS.glob("*.xls[xm]")) if os.environ.get("CAPA_XL_CORPUS") else []
REFUSED = {"calamine__pass_protected.xlsx": 20, "poi__duplicate-filename.xlsx": 23, "poi__hello-world-signed.xlsx": 23}

pytestmark = pytest.mark.skipif(not FILES, reason="CAPA_XL_CORPUS names no folder with real workbooks")


def edits_for(blob: bytes) -> Patch:
    """One new cell below everything and one plain cell that is there, on the first worksheet."""
    package = open_package(blob)
    tab = next(tab for tab in package.sheets if tab.kind is SheetKind.WORKSHEET)
    row = len(WorkbookValues(blob).read(tab.name).rows) + 200
    edits = [CellEdit(tab.name, f"B{row}", "改进 <&> 措施")]
    known = plain_cell(blob, tab)
    if known:
        edits.append(CellEdit(tab.name, known, 20261122.5))
    return Patch(edits=tuple(edits))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_workbook_is_patched_and_nothing_else_changes(path):
    blob = path.read_bytes()
    if path.name in REFUSED:
        with pytest.raises(CapaError) as trouble:
            splice(blob, edits_for(blob))
        assert trouble.value.exit_code == REFUSED[path.name]
        return
    patch = edits_for(blob)
    done = splice(blob, patch)
    verify(blob, done.blob, patch)
    assert splice(done.blob, patch).blob is done.blob
    written = {(edit.sheet, edit.at): edit.value for edit in patch.edits}
    assert cells_of(done.blob) == cells_of(blob) | written
