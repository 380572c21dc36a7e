"""历次检查: what a later inspection wrote over, from the journal's changes."""

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.policy.past_inspections import failed_of_the_note, past_inspections
from tests.policy.changes import change

NOW = Action(
    row=2, number="GJ-01", inspector="样例甲", inspected_on=date(2026, 5, 20), inspection="合格",
    inspection_note="复验通过",
)  # fmt: skip
END = date(2026, 6, 1)


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


@pytest.mark.parametrize("note", ["复测 20 次，无延迟", None])
def test_an_edit_that_no_run_has_seen_is_put_into_no_earlier_inspection(note):
    """Once a final gave the failed inspection the words written after the second one, an hour before the next run."""
    kept = (*FAILED_BEFORE[:7],)  # the words of the failure stood beside 合格 when a run last saw them
    assert told(replace(NOW, inspection_note=note), kept) == [
        ("样例检", "2026-05-11", "不合格", "缺验证记录", "2026-05-21")
    ]
    written = replace(NOW, completed_on=date(2026, 5, 18), inspection_note=note)
    assert failed_of_the_note(written, kept, END) is None


AGAIN = replace(NOW, completed_on=date(2026, 5, 18), inspection_note="缺验证记录")
"""Failed on 05-11, completed again on 05-18, passed on 05-20 with the words of the failure."""


@pytest.mark.parametrize(
    ("action", "notes", "expected"),
    [
        (AGAIN, (), "2026-05-11"),
        (AGAIN, (change("检查情况", "缺", "缺验证记录", "2026-05-14"),), "2026-05-11"),  # added by who failed it
        (AGAIN, (change("检查情况", "缺", "缺验证记录", "2026-05-19"),), "None"),  # written before the verdict
        (AGAIN, (change("检查情况", "缺", "缺验证记录", "2026-05-25"),), "None"),  # put right afterwards
        (replace(AGAIN, inspection_note=None), (), "None"),
        (replace(AGAIN, inspection="不合格"), (), "None"),
    ],
)
def test_a_note_of_the_failed_inspection_is_known_until_it_is_written_anew(action, notes, expected):
    changes = sorted((*FAILED_BEFORE[:7], *notes), key=lambda one: one.seen_on)
    assert str(failed_of_the_note(action, changes, END)) == expected


def test_the_words_of_an_inspection_that_passed_are_no_words_of_the_failure_after_a_third_one():
    """Reopened and completed again in June: what stands there was written in May, beside 合格."""
    third = replace(AGAIN, completed_on=date(2026, 6, 10), inspected_on=date(2026, 6, 11))
    changes = (*FAILED_BEFORE, change("检查日期", "2026-05-20", "2026-06-11", "2026-06-12"))
    assert failed_of_the_note(third, changes, date(2026, 6, 30)) is None
    kept = (*FAILED_BEFORE[:7], change("检查日期", "2026-05-20", "2026-06-11", "2026-06-12"))
    assert str(failed_of_the_note(third, kept, date(2026, 6, 30))) == "2026-05-11"


def test_where_nothing_failed_before_or_no_run_saw_it_nobody_asks_for_another_note():
    assert failed_of_the_note(AGAIN, (), END) is None
    assert failed_of_the_note(AGAIN, (change("检查日期", "2026-05-19", "2026-05-20", "2026-05-21"),), END) is None
    assert failed_of_the_note(AGAIN, FAILED_BEFORE[:7], date(2026, 5, 20)) is None
