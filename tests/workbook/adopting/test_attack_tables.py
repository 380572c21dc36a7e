"""Tables of an attack: none of their headings is taken for what it is not, no word is proposed without a ground."""

from __future__ import annotations

import re
from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt, survey_adoption
from capa_xl.workbook.reading.reader import read_register
from tests.workbook.adopting.attack_tables import ATTACK, OVER
from tests.workbook.adopting.test_fresh_tables import made, unasked

DAY = date(2026, 11, 28)
OVER_STATUSES = {"已关闭", "已取消"}


def strange(table, found):
    """What is taken for a field that its heading can't mean."""
    may = {re.sub(r"\s", "", header): fields for header, fields in table.may.items()}
    taken = {re.sub(r"\s", "", one.header): one.field for one in found.mapped}
    return {header: field for header, field in taken.items() if field not in may.get(header, ())}


@pytest.mark.parametrize("name", ATTACK)
def test_nothing_is_taken_in_silence_for_what_it_is_not(name):
    assert strange(ATTACK[name], adopt(made(ATTACK[name]), Adopting({}, "a1", DAY))[1]) == {}


@pytest.mark.parametrize("name", ATTACK)
def test_once_answered_every_row_is_late_over_or_set_aside_as_by_hand(name):
    table, blob = ATTACK[name], made(ATTACK[name])
    wish = unasked(Adopting({}, "a1", DAY), lambda tried: survey_adoption(blob, tried), table.said)
    new, found = adopt(blob, wish)
    assert strange(table, found) == {}
    register = read_register(new)
    assert (len(register.tracker.records), len(register.quarantined)) == (table.tracked, table.set_aside)
    derived = view_register(register, AsOf(DAY, DAY)).derived
    assert [number for number, one in derived.items() if "Y1" in one.overdue] == list(table.late)
    assert {number for number, one in derived.items() if one.status in OVER_STATUSES} == OVER[name]
