"""历次检查: what a later inspection wrote over, from the journal's changes."""

from datetime import date

from capa_xl.model.action import Action
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.past_inspections import past_inspections

NOW = Action(
    row=2, number="GJ-01", inspector="样例甲", inspected_on=date(2026, 5, 20), inspection="合格",
    inspection_note="复验通过",
)  # fmt: skip
END = date(2026, 6, 1)


def change(field, before, after, seen_on):
    return FieldChange("GJ-01", field, before, after, date.fromisoformat(seen_on))


FAILED_BEFORE = (
    change("检查人", "", "样例检", "2026-05-12"),
    change("检查日期", "", "2026-05-11", "2026-05-12"),
    change("检查结论", "", "不合格", "2026-05-12"),
    change("检查情况", "", "缺验证记录", "2026-05-12"),
    change("检查人", "样例检", "样例甲", "2026-05-21"),
    change("检查日期", "2026-05-11", "2026-05-20", "2026-05-21"),
    change("检查结论", "不合格", "合格", "2026-05-21"),
    change("检查情况", "缺验证记录", "复验通过", "2026-05-21"),
)


def told(action, changes, on=END):
    return [
        (one.inspector, str(one.on), one.result, one.note, str(one.overwritten_on))
        for one in past_inspections(action, changes, on)
    ]


def test_the_inspection_that_failed_is_kept_when_the_next_one_is_written_over_it():
    assert told(NOW, FAILED_BEFORE) == [("样例检", "2026-05-11", "不合格", "缺验证记录", "2026-05-21")]


def test_every_round_is_kept_in_order():
    third = Action(row=2, number="GJ-01", inspector="样例甲", inspected_on=date(2026, 5, 27), inspection="合格")
    changes = (
        *FAILED_BEFORE[:7],
        change("检查日期", "2026-05-20", "2026-05-27", "2026-05-28"),
    )
    assert [(on, result) for _, on, result, *_ in told(third, changes)] == [
        ("2026-05-11", "不合格"), ("2026-05-20", "合格"),
    ]  # fmt: skip


def test_a_first_inspection_a_new_note_and_another_name_are_no_rounds():
    assert told(NOW, FAILED_BEFORE[:4]) == []
    assert told(NOW, (change("检查情况", "抽查", "复验通过", "2026-05-21"),)) == []
    assert told(NOW, (change("检查人", "样例检", "样例甲", "2026-05-21"),)) == []


def test_a_day_that_was_cleared_first_is_kept_too():
    cleared = (
        change("检查日期", "2026-05-11", "", "2026-05-13"), change("检查结论", "不合格", "", "2026-05-13"),
        change("检查日期", "", "2026-05-20", "2026-05-21"), change("检查结论", "", "合格", "2026-05-21"),
    )  # fmt: skip
    assert [(on, result, until) for _, on, result, _, until in told(NOW, cleared)] == [
        ("2026-05-11", "不合格", "2026-05-13")
    ]


def test_what_a_run_saw_after_the_day_is_not_told():
    assert told(NOW, FAILED_BEFORE, date(2026, 5, 20)) == []


def test_a_day_without_a_verdict_and_a_verdict_without_a_day_are_no_rounds():
    day = (change("检查日期", "2026-05-11", "2026-05-20", "2026-05-21"), change("检查结论", "", "合格", "2026-05-21"))
    verdict = (change("检查日期", "", "2026-05-20", "2026-05-21"), change("检查结论", "不合格", "合格", "2026-05-21"))
    assert told(NOW, day) == told(NOW, verdict) == []
