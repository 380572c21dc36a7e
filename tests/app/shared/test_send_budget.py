"""How many letters of which workbook a run may send."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.app.shared.send_budget import SendBudget
from capa_xl.model.as_of import AsOf
from capa_xl.settings.values import MailSettings, Settings
from tests.app.desks import desk_at

DAY = date(2026, 11, 22)


def desk(tmp_path, cap, transport="smtp", as_of=DAY):
    mail = MailSettings(transport=transport, max_send=cap)
    return desk_at(tmp_path / "表.xlsx", AsOf(as_of, DAY), settings=Settings(mail=mail))


@pytest.mark.parametrize(("cap", "given"), [(0, [2, 2]), (1, [1, 0]), (2, [2, 0]), (3, [2, 1]), (4, [2, 2])])
def test_two_workbooks_share_one_cap(tmp_path, cap, given):
    budget = SendBudget()
    assert [budget.give((desk(tmp_path, cap),), 2) for _ in range(2)] == given


def test_each_workbook_goes_as_long_as_the_run_is_below_its_own_cap(tmp_path):
    budget = SendBudget()
    assert [budget.give((desk(tmp_path, cap),), 2) for cap in (3, 1, 3, 0, 9)] == [2, 0, 1, 2, 2]


def test_of_a_joint_letter_the_least_cap_counts_and_none_is_no_cap(tmp_path):
    budget = SendBudget()
    both = (desk(tmp_path, 1), desk(tmp_path, 0))
    assert [budget.give(both, 1) for _ in range(2)] == [1, 0]


def test_files_of_an_outbox_and_rehearsals_have_no_cap_and_spend_none(tmp_path):
    budget = SendBudget()
    filed, rehearsed = desk(tmp_path, 1, "outbox"), desk(tmp_path, 1, as_of=date(2027, 1, 1))
    assert [budget.give((one,), 5) for one in (filed, rehearsed)] == [5, 5]
    assert budget.give((desk(tmp_path, 1),), 5) == 1
