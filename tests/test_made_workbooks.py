from io import BytesIO
from zipfile import ZipFile

import pytest

from tests import made_workbooks


def _members(blob: bytes) -> dict[str, bytes]:
    """Content by name: compressed bytes differ between builds of zlib."""
    with ZipFile(BytesIO(blob)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("name", "made"), [(made_workbooks.BLANK, made_workbooks.blank), (made_workbooks.SAMPLE, made_workbooks.sample)]
)
def test_the_workbooks_in_the_repo_are_what_the_code_makes(name, made):
    """Stale? `make workbooks` writes them afresh."""
    kept, fresh = _members((made_workbooks.FOLDER / name).read_bytes()), _members(made())
    assert [part for part in {**kept, **fresh} if kept.get(part) != fresh.get(part)] == []
