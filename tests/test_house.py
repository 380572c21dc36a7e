"""The size of the house stays what docs/architecture.md promises, and that page names files that are there."""

import re

from tests.house import ROOT, measured

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_functions_fit_one_glance_and_no_floor_is_a_quarter_of_the_house():
    house = measured(ROOT)
    middle, decile, longest = house.sizes
    assert middle <= 6
    assert decile <= 14
    assert longest <= 60, house.functions[-3:]
    assert max(house.floors.values()) <= house.lines / 4
    assert house.circles == 0


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:capa_xl|tests|docs|report_templates)/[\w/.\-]+)`", PAGE))
    assert len(named) > 25
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
