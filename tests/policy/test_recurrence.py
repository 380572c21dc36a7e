import pytest

from capa_xl.policy.recurrence import recurrences
from tests.policy.registers import planned, view

SAME = {"process": "事件", "category": "处理超时", "cause_category": ("法", "人")}
TEXT = "客户系统夜间告警无人响应，共 3 次"


def found(*actions):
    return [(one.number, one.earlier, one.basis) for one in recurrences(view(*actions, on="2026-12-01"))]


def action(number, registered_on, text, **values):
    return planned(number=number, registered_on=registered_on, description=text, **values)


def test_what_a_person_linked_comes_first_whatever_the_words():
    rows = (
        action("GJ-1", "2026-01-05", "甲事" * 6),
        action("GJ-2", "2026-02-05", "乙物" * 6, previous_numbers=("GJ-1",)),
    )
    assert found(*rows) == [("GJ-2", "GJ-1", "前次编号")]


@pytest.mark.parametrize(("later", "expected"), [("2026-01-05", 1), ("2027-01-05", 1), ("2027-01-06", 0)])
def test_the_same_key_within_a_year_is_a_repeat(later, expected):
    rows = action("GJ-1", "2026-01-05", "甲事" * 6, **SAME), action("GJ-2", later, "乙物" * 6, **SAME)
    assert len(recurrences(view(*rows, on="2027-12-01"))) == expected


def test_a_key_with_a_blank_in_it_is_no_key():
    rows = [
        action(f"GJ-{n}", "2026-01-05", text * 6, process="事件", category="处理超时")
        for n, text in ((1, "甲事"), (2, "乙物"))
    ]
    assert found(*rows) == []


def test_words_alike_are_only_suggested_and_say_how_much():
    rows = action("GJ-1", "2026-01-05", TEXT), action("GJ-2", "2026-03-05", TEXT.replace("3 次", "5 次"))
    (one,) = recurrences(view(*rows, on="2026-12-01"))
    assert (one.number, one.earlier, one.basis, one.days_between) == ("GJ-2", "GJ-1", "描述相似", 59)
    assert 0.6 <= one.similarity < 1
    assert found(rows[0], action("GJ-3", "2026-03-05", "备件台账与实物不符 12 种")) == []


def test_one_pair_is_told_once_by_its_surest_basis():
    rows = (
        action("GJ-1", "2026-01-05", TEXT, **SAME),
        action("GJ-2", "2026-02-05", TEXT, **SAME, previous_numbers=("GJ-1",)),
    )
    assert found(*rows) == [("GJ-2", "GJ-1", "前次编号")]


def test_cancelled_rows_repeat_nothing():
    rows = action("GJ-1", "2026-01-05", TEXT, cancelled_on="2026-01-09"), action("GJ-2", "2026-03-05", TEXT)
    assert found(*rows) == []


def test_no_pair_above_the_share_is_missed_by_looking_at_rare_pairs_only():
    words = ["告警", "无人", "响应", "夜间", "客户", "系统", "备件", "台账", "不符", "巡检", "缺页", "超时"]
    texts = ["".join(words[(n * step + k) % 12] for k in range(6)) for n in range(12) for step in (1, 2)]
    rows = [action(f"GJ-{at:02d}", "2026-01-05", text) for at, text in enumerate(texts)]

    def pairs(text):
        return {text[at : at + 2] for at in range(len(text) - 1)}

    alike = {
        (f"GJ-{b:02d}", f"GJ-{a:02d}")
        for a, one in enumerate(texts)
        for b, other in enumerate(texts)
        if a < b and len(pairs(one) & pairs(other)) / len(pairs(one) | pairs(other)) >= 0.6
    }
    assert {(number, earlier) for number, earlier, _ in found(*rows)} == alike
    assert alike
