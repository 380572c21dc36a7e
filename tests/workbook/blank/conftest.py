from datetime import date

import pytest

from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content


@pytest.fixture(scope="session")
def blank() -> bytes:
    return build_workbook(blank_content("T-1"), as_of=date(2026, 11, 22))
