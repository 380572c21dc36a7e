"""A row closed by mistake is opened again by an entry of 更正记录, on its day and for whoever may sign it."""

from __future__ import annotations

import pytest

from capa_xl.model.journal import JournalView
from capa_xl.model.kpi import TakenBack
from capa_xl.model.records import Correction
from capa_xl.model.row_heights import lines_of
from capa_xl.policy.check import check
from capa_xl.policy.corrections import _WRITTEN_DAY, named_before
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.reports.letter_sections import entries_of
from capa_xl.workbook.blank.tracker_sheet import _WIDTHS
from tests.policy.registers import PEOPLE, closed, confirmed, day, view

N = "GJ-2026-001"


def entry(kind="撤销确认", on="2026-05-10", approver="样例质", reason="看错了数据", **others):
    return {"number": N, "kind": kind, "on": day(on), "approver": approver, "reason": reason, **others}


def status(action, *entries, on="2026-05-10", **others):
    return view(action, on=on, corrections=list(entries), people=PEOPLE, **others).derived[N].status


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("完成期限：2026-04-30，2026-05-02 完成", "2026-05-02"), ("2026/5/2完成，2026年5月4日确认", "2026-05-02"),
        ("计划完成 2026-04-20，实际完成日期 2026-05-02", "2026-05-02"), ("登记日期 2026-04-01", None),
        ("2026-13-40 完成", None), ("2026-05-11 完成", None), ("", None),
        ("2026-05-04 确认 有效", None), ("检查 2026-05-03 合格，2026-05-04 确认 有效，归档 2026年5月5日", None),
        ("2026-05-04、确认有效", None), ("2026-05-04 完成确认", None), ("应于 2026-05-04 前完成", None),
        ("2026-05-01 确认，2026-05-02 完成", "2026-05-02"), ("2026-05-02 完成 2026-05-01 确认", "2026-05-02"),
        ("确认日期 2026-05-01 实际完成日期 2026-05-02", "2026-05-02"), ("（2026-05-02）", "2026-05-02"),
        ("2026-05-04 完成；2026-05-02 完成", "2026-05-02"), ("2026-05-02 完成并确认有效", "2026-05-02"),
        ("2026-05-02 取消", "2026-05-02"), ("原于2026-05-02完成 在2026-05-01检查", "2026-05-02"),
    ],
)  # fmt: skip
def test_the_old_content_names_when_it_was_done_before(before, expected):
    """Up to the entry's own day, 10 May; a deadline, a planned day and other stages are no such days."""
    found = named_before(Correction(row=3, on=day("2026-05-10"), before=before))
    assert found == (expected and day(expected))


def test_a_long_old_content_is_read_in_one_pass():
    """Once every character was the beginning of a name of a day: a cell of 8,000 took four seconds."""
    assert _WRITTEN_DAY.match("字" * 100 + "2026-05-02") is None


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-05-09", "已关闭"), ("2026-05-10", "待效果确认"), ("2026-05-11", "待效果确认")]
)
def test_a_revoked_confirmation_counts_until_the_day_before(on, expected):
    assert status(closed(), entry(), on=on) == expected


@pytest.mark.parametrize("registered_on", [None, "2027-03-02"])
def test_a_day_of_registration_that_has_not_come_makes_no_entry_idle(registered_on):
    """FD14 says that it is read as blank; the entry was void by it."""
    seen = view(
        closed(registered_on=registered_on, completed_on="2026-03-02"),
        on="2026-06-01",
        corrections=[entry("重开", on="2026-02-10")],
    )
    (told,) = (one.message for one in check(seen).problems if one.rule == "EF15")
    assert told.startswith("更正记录没有撤销表中现在的日期：重开 2026-02-10，而 实际完成日期 2026-03-02")


def test_a_reopened_row_is_under_way_again_and_a_correction_of_a_cell_undoes_nothing():
    assert status(closed(), entry("重开")) == "实施中"
    assert status(closed(), entry("更正", field="完成证据")) == "已关闭"


@pytest.mark.parametrize(
    ("entries", "row", "said"),
    [
        ([entry()], {}, "（晚于撤销确认的 2026-05-10）"),
        ([entry()], {"confirmed_on": "2026-05-10"}, "（晚于撤销确认的 2026-05-10）"),
        ([entry(), entry(on="2026-05-12")], {"confirmed_on": "2026-05-11"}, "（晚于撤销确认的 2026-05-12）"),
        ([entry("重开", on="2026-04-07")], {"completed_on": "2026-04-08", "inspected_on": "2026-04-09"}, ""),
        ([], {"confirmed_on": None, "effect": None, "archived_on": None}, ""),
    ],
)
def test_who_confirms_again_is_told_after_which_day(entries, row, said):
    """One of that very day is taken back too: all five cells were filled and asked for again, without a reason."""
    action = {**closed(), **{key: day(value) for key, value in row.items()}}
    found = view(action, on="2026-07-15", corrections=entries, people=PEOPLE).derived[N]
    assert found.status == "待效果确认"
    assert found.next_step.endswith(said) and found.next_step.count("晚于") == (1 if said else 0)


@pytest.mark.parametrize("on", ["2026-03-02", "2026-03-04", "2026-03-20", "2026-04-08"])
def test_what_rests_on_a_completion_that_was_taken_back_counts_no_more(on):
    """Done on 2 March, inspected on the 5th, confirmed on 7 April; a completion after the entry brings all back."""
    assert status(closed(), entry("重开", on=on)) == "实施中"
    rounds = [{"number": N, "round": 1, "effect": "有效", "confirmer": "样例甲", "confirmed_on": day("2026-05-01")}]
    assert status(closed(), entry("重开", on=on), confirmations=rounds) == "实施中"
    anew = {key: day("2026-04-09") for key in ("completed_on", "inspected_on", "confirmed_on")}
    assert status(closed(**anew), entry("重开", on=on)) == "已关闭"


def test_a_row_cancelled_by_mistake_is_opened_again():
    assert status(confirmed(cancelled_on=day("2026-05-01")), entry("重开")) == "实施中"
    assert status(confirmed(cancelled_on=day("2026-05-01")), entry()) == "已取消"


@pytest.mark.parametrize(("again", "expected"), [("2026-05-10", "待效果确认"), ("2026-05-11", "已关闭")])
def test_a_confirmation_dated_after_the_entry_counts(again, expected):
    row = closed(confirmed_on=day(again), archived_on=day(again))
    assert status(row, entry(), on="2026-05-20") == expected


def test_a_round_of_the_confirmation_is_revoked_too():
    first = {"number": N, "round": 1, "effect": "有效", "confirmer": "样例甲", "confirmed_on": day("2026-04-20")}
    row = closed(effect=None, confirmed_on=None, archived_on=None)
    assert status(row, entry(), confirmations=[first]) == "待效果确认"
    later = {**first, "round": 2, "confirmed_on": day("2026-05-11")}
    assert status(row, entry(), confirmations=[first, later], on="2026-05-11") != "待效果确认"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"approver": "样例总"}, "待效果确认"),
        ({"approver": "样例工"}, "已关闭"),
        ({"approver": "样例网"}, "已关闭"),
        ({"approver": None}, "已关闭"),
        ({"reason": None}, "已关闭"),
        ({"kind": None}, "已关闭"),
        ({"number": "GJ-2026-009"}, "已关闭"),
    ],
)
def test_only_a_complete_entry_of_somebody_who_may_sign_counts(change, expected):
    assert status(closed(), entry() | change) == expected


def test_an_owner_takes_back_neither_the_row_s_confirmation_nor_one_of_its_rounds():
    """样例质 may sign, but not for the row that is his: EF15 says so, and neither place counts it."""
    first = {"number": N, "round": 1, "effect": "有效", "confirmer": "样例甲", "confirmed_on": day("2026-04-20")}
    in_the_row = closed(owners=("样例质",))
    in_a_round = closed(owners=("样例质",), effect=None, confirmed_on=None, archived_on=None)
    assert status(in_the_row, entry()) == status(in_the_row) == "已关闭"
    assert status(in_a_round, entry(), confirmations=[first]) == status(in_a_round, confirmations=[first])
    assert status(in_a_round, entry(approver="样例总"), confirmations=[first]) == "待效果确认"


def test_while_the_roster_names_nobody_who_may_sign_any_name_but_an_owners_will_do():
    people = [person for person in PEOPLE if person["name"] not in ("样例总", "样例质")]
    shown = view(closed(), on="2026-05-10", corrections=[entry(approver="样例网")], people=people)
    assert shown.derived[N].status == "待效果确认"
    shown = view(closed(), on="2026-05-10", corrections=[entry(approver="样例工")], people=people)
    assert shown.derived[N].status == "已关闭"


def test_an_empty_sheet_changes_nothing():
    assert status(closed()) == "已关闭"


ASKS = "先申请延期：《延期记录》编号、申请日期、申请人、原期限、新期限、理由，批准后改完成期限；完成措施，"


def hint(action, *extensions, **others):
    seen = view(action, on="2026-05-12", corrections=[entry("重开")], people=PEOPLE, extensions=extensions, **others)
    return seen.derived[N].next_step


def asked_on(on, **values):
    return {"number": N, "asked_on": day(on), "old_due_on": day("2026-05-08"), "new_due_on": day("2026-06-30"),
            "reason": "重开", **values}  # fmt: skip


def test_a_row_begun_anew_says_after_which_day_its_completion_counts():
    """The old completion stands in the cell still."""
    later = closed(due_on=day("2026-06-30"))
    assert hint(later).endswith("（晚于重开的 2026-05-10）")


def test_what_was_undone_is_kept_in_the_entry_before_it_is_written_over():
    """Once nobody asked: done anew as the hints say, the final report printed that the entry had taken back nothing."""
    row, keep = closed(due_on=day("2026-06-30"), effect="无效"), "先由质量部补《更正记录》原内容；"

    def told(*entries):
        seen = view(row, on="2026-05-12", corrections=list(entries), people=PEOPLE)
        problems = [one for one in check(seen).problems if one.rule == "EF15"]
        return seen.derived[N].next_step.startswith(keep), [(one.severity.value, one.message) for one in problems]

    confirmed = "确认日期 2026-04-07、归档日期 2026-04-10、效果结论 无效"
    said = "更正记录的原内容空白，而重做时会改写："
    assert told(entry("重开")) == (
        True, [("info", f"{said}实际完成日期 2026-03-02、检查日期 2026-03-05、{confirmed}")]
    )  # fmt: skip
    assert told(entry()) == (True, [("info", f"{said}{confirmed}")])
    assert told(entry(before="2026-04-07 无效")) == (False, [])


def test_a_reopened_row_whose_deadline_is_over_is_asked_for_another_until_one_is_asked_for():
    over = closed(due_on=day("2026-05-08"))
    assert hint(over).startswith(ASKS) and lines_of(hint(over), _WIDTHS["next_step"] - 1) == 2
    assert hint(
        over, asked_on("2026-05-04", approval="同意", approver="样例甲", approved_on=day("2026-05-04"))
    ).startswith(ASKS)
    assert "先申请延期" not in hint(over, asked_on("2026-05-11"))
    assert hint(
        over, asked_on("2026-05-11", approval="不同意", approver="样例甲", approved_on=day("2026-05-12"))
    ).startswith(ASKS)
    assert "先申请延期" not in hint(closed(due_on=day("2026-05-11")))
    assert "先申请延期" not in view(closed(due_on=day("2026-05-08")), on="2026-05-12").derived[N].next_step


def taken_back(row, *entries):
    seen = view(row, on="2026-05-20", corrections=list(entries), people=PEOPLE)
    return kpi_input_of(seen, ()).actions[0].taken_back


def back(on="2026-05-10", done_on=None, *, is_overwritten=False):
    return TakenBack(day(on), day(done_on) if done_on else None, is_overwritten)


@pytest.mark.parametrize(
    ("kind", "due_on", "said"),
    [
        ("重开", "2026-03-31", "实施逾期 42 天（按旧期限，2026-05-10 重开）"),
        ("重开", "2026-05-10", "实施逾期 2 天（按旧期限，2026-05-10 重开）"),
        ("重开", "2026-05-11", "实施逾期 1 天"),
        ("撤销确认", "2026-05-11", "确认超时 26 天（按旧期限，2026-05-10 撤销确认）"),
    ],
)
def test_what_was_taken_back_when_its_deadline_was_over_says_so_beside_its_days(kind, due_on, said):
    late = view(closed(due_on=day(due_on)), on="2026-05-12", corrections=[entry(kind)], people=PEOPLE)
    assert late.derived[N].overdue_phrase == said
    assert late.derived[N].overdue_briefly == said.replace("按旧期限，2026-05-10 ", "")


def test_whoever_hears_of_it_reads_of_the_old_deadline_as_its_owner_does():
    late = view(closed(due_on=day("2026-04-10")), on="2026-05-12", corrections=[entry("重开")], people=PEOPLE)
    duties = plan_reminders(late, JournalView("W-1"), ()).duties
    told = {(duty.key.recipient, entry.day_words) for duty in duties for entry in entries_of([duty])}
    assert told == {(name, "实施逾期 32 天（按旧期限，2026年5月10日重开）") for name in ("样例工", "样例甲")}


def test_how_long_a_reopened_row_had_been_done_is_known_to_what_looks_back():
    row = closed(completed_on=day("2026-03-20"))
    assert taken_back(row, entry("重开")) == (back(done_on="2026-03-20"),)
    twice = taken_back(row, entry("重开"), entry("重开", on="2026-05-12"))
    assert twice == (back(done_on="2026-03-20"), back("2026-05-12"))
    assert taken_back(row, entry("更正", field="完成证据")) == taken_back(row) == ()
    assert taken_back(row, entry("重开", on="2026-05-21")) == taken_back(row, entry("重开", approver="样例工")) == ()


def test_a_row_whose_confirmation_was_taken_back_is_named_and_was_done_all_the_while():
    assert taken_back(closed(completed_on=day("2026-03-20")), entry()) == (back(),)


def test_a_row_that_was_done_anew_has_lost_the_day_it_had_been_done_before():
    """重开 of 10 May takes back what is dated to that day; the cell holds a later one, the day before is gone."""
    for completed_on, lost in (("2026-05-10", False), ("2026-05-11", True)):
        ((found),) = taken_back(closed(completed_on=day(completed_on)), entry("重开"))
        assert (found.on, found.done_on, found.is_overwritten) == (day("2026-05-10"), None, lost)


def test_a_row_that_was_cancelled_by_mistake_was_not_late_until_it_was_reopened():
    row = confirmed(cancelled_on=day("2026-05-01"), completed_on=None)
    assert taken_back(row, entry("重开")) == (back(done_on="2026-05-01"),)
