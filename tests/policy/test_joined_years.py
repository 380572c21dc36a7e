"""The rows of archived years beside those of the workbook: listed once, found by references, judged where they are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.errors import UsageError
from capa_xl.model import words
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import JournalView
from capa_xl.model.pages import row_on
from capa_xl.model.period import parse_period
from capa_xl.model.problem import Hit, Remark, Severity
from capa_xl.model.register import PastYear
from capa_xl.policy.check import check
from capa_xl.policy.conformity.matrix import conformity_of
from capa_xl.policy.conformity.parts import ArchivedRows
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.overview import overview_of
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.papers.plan_facts import unplanned_facts
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.papers.revision_facts import PAPER as REVISIONS
from capa_xl.policy.past_kpi import with_archived_actions, with_archived_problems
from capa_xl.policy.past_years import archived, not_counted, refuse_archived, rows_by_year
from capa_xl.policy.review.outcome import document_lines, earlier_decisions, resource_lines
from capa_xl.policy.rules.links import sources_looked_at
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.tally import tally_of
from capa_xl.policy.viewing import view_register
from tests.policy.registers import ALL, closed, confirmed, day, register, running, without

T, OLD, NEW = "2027-01-05", "GJ-2026-001", "GJ-2026-002"
REVISION = {"number": OLD, "document_name": "告警规程", "revised_on": "2026-05-01"}
DECISION = {
    "number": "GLPS-01",
    "decision": "改路由",
    "tracker_numbers": (OLD,),
    "conclusion": "同意",
    "on": "2026-03-02",
}


def after_year_end(*, on=T, columns=ALL, page=0, old=None, **others):
    """One closed row in the archive, one that runs in the workbook."""
    past = register(old or closed(source="内部审核"), running(number=NEW), columns=columns, revisions=[REVISION])
    if page:
        rows = tuple(replace(one, row=row_on(page, one.row)) for one in past.tracker.records)
        past = replace(past, tracker=replace(past.tracker, records=rows))
    now = replace(register(running(number=NEW), **others), past=(PastYear("归档.xlsx", past),))
    return view_register(now, AsOf(day(on), day(T)))


def test_an_archived_action_comes_first_once_with_its_status_and_its_rows():
    view = after_year_end()
    joined = joined_view(view)
    assert [(a.number, d.status) for a, d in joined.pairs] == [(OLD, "已关闭"), (NEW, "实施中")]
    assert [row.document_name for row in joined.revisions[OLD]] == ["告警规程"]
    assert not list(archived(joined))
    given = PaperInputs(view, (), None, "", lambda _: None)
    assert REVISIONS.archived(given) == {OLD: "归档.xlsx"}  # printed there, and named with the command
    assert joined_view(joined) is joined
    assert joined.register is view.register


def test_a_row_left_behind_when_its_action_was_moved_away_counts_once_as_in_its_archive():
    """XR05 says that it reaches nothing; what is written of an action that is still here does."""
    left = {**REVISION, "document_name": "告警规程（留下的）"}
    view = after_year_end(revisions=[left, {**left, "number": NEW}])
    joined = joined_view(view)
    assert [row.document_name for row in joined.revisions[OLD]] == ["告警规程"]
    assert [line.number for line in document_lines(joined, parse_period("2026"))] == [OLD, NEW]
    counted = with_archived_actions(kpi_input_of(view, (), ()), view, None)
    assert sorted(one.number for one in counted.revisions) == [OLD, NEW]
    assert [one.rule for one in check(view).problems if one.number == OLD] == ["XR05"]


def test_of_two_archives_that_have_a_row_the_later_tells_of_it():
    """It ended before the first was made and stayed; what became of it since stands in the second alone."""
    first = register(closed(completed_on="2026-02-20"), closed(number="GJ-2025-009"), columns=ALL)
    second = register(closed(completed_on="2026-03-04"), running(number=NEW), columns=ALL)
    years = (PastYear("一.xlsx", first), PastYear("二.xlsx", second))
    view = view_register(replace(register(running(number=NEW)), past=years), AsOf(day(T), day(T)))
    assert [(one.year, one.action.number, one.action.completed_on) for one in archived(view)] == [
        ("一.xlsx", "GJ-2025-009", day("2026-03-02")),
        ("二.xlsx", OLD, day("2026-03-04")),
    ]
    reopened = register(running(number=OLD), columns=ALL)  # and open when the second was made: it lived on, and is gone
    years = (PastYear("一.xlsx", first), PastYear("二.xlsx", reopened))
    view = view_register(replace(register(running(number=NEW)), past=years), AsOf(day(T), day(T)))
    assert [one.action.number for one in archived(view)] == ["GJ-2025-009"]


def test_a_row_of_the_second_archive_may_name_one_of_the_first_or_of_the_workbook():
    """Once: archived a year later than what it names, it named nothing any more, and R33 was 待整改."""
    first = register(closed(), columns=ALL)
    second = register(closed(number=NEW, previous_numbers=(OLD,), follow_ups=("GJ-2027-001", "GJ-99")), columns=ALL)
    years = (PastYear("一.xlsx", first), PastYear("二.xlsx", second))
    view = view_register(replace(register(running(number="GJ-2027-001")), past=years), AsOf(day(T), day(T)))
    told = [one.message for one in with_archived_problems((), view) if one.rule == "XR05"]
    assert told == ["改进计划跟踪表引用的编号 GJ-99 不存在（后续编号）"]


def test_a_row_that_went_to_an_archive_nobody_can_read_is_not_taken_from_an_older_one():
    """It ended before the first was made and stayed, and was put right since: what the first says of it is no more."""
    first = register(closed(completed_on="2026-02-20"), closed(number="GJ-2025-009"), columns=ALL)
    now = replace(register(running(number=NEW)), past=(PastYear("一.xlsx", first),))
    lost = (Remark("WB15", Hit("参数", "B9", facts={"v": "二.xlsx", "why": "没有这个文件"})),)
    view = view_register(replace(now, away={OLD: "二.xlsx"}, remarks=lost), AsOf(day(T), day(T)))
    assert [one.action.number for one in archived(view)] == ["GJ-2025-009"]
    assert not_counted(view).endswith(f"没有计入引用、复发和指标（台账记下的有 {OLD}）")
    with pytest.raises(UsageError, match=f"编号「{OLD}」已归档在读不到的上年工作簿「二.xlsx」里 → 先把归档放回"):
        refuse_archived(view, OLD)
    judged = line_of(view, "R57", JournalView(numbers=frozenset({OLD, "GJ-2025-009", NEW})))
    assert judged.base == ("GJ-2025-009", NEW)


def test_on_a_day_before_it_ended_an_archived_action_is_open():
    joined = joined_view(after_year_end(on="2026-02-02"))
    assert [(a.number, d.status) for a, d in joined.pairs] == [(OLD, "实施中"), (NEW, "实施中")]
    assert tally_of(joined).open == 2


def test_a_row_of_a_sheet_that_only_the_archive_has_keeps_its_line():
    joined = joined_view(after_year_end(page=1))
    assert [action.row for action in joined.actions] == [2, 2]
    assert all(joined.register.tracker.line(action.row) for action in joined.actions)


def test_a_decision_finds_its_row_in_the_archive_and_what_was_not_read_is_no_verdict():
    def status(view):
        (line,) = earlier_decisions(view)
        return line.status

    view = after_year_end(decisions=[DECISION])
    assert status(joined_view(view)) == "已关闭"
    lost = replace(view.register, past=(), remarks=(Remark("WB15", Hit("参数", "B9", facts={"v": "归档.xlsx"})),))
    gone = view_register(lost, view.as_of)
    assert status(joined_view(gone)) == "结论同意，未查到（上年工作簿「归档.xlsx」读不到）"
    nowhere = view_register(replace(lost, remarks=()), view.as_of)
    assert status(joined_view(nowhere)) == "结论同意，台账无此编号"


def test_a_section_whose_only_rows_went_to_the_archive_lists_them_as_before():
    """一至十二: 文件修订 and 进展反馈 are the ones whose rows go with their action (the manual: 与归档以前相同)."""
    asked = {"number": OLD, "on": "2026-04-20", "kind": "资源申请", "content": "加一台备机"}
    past = register(closed(), running(number=NEW), revisions=[REVISION], progress=[asked])
    now = replace(register(running(number=NEW), revisions=[], progress=[]), past=(PastYear("归档.xlsx", past),))
    quarter = parse_period("2026Q2")

    def listed(seen):
        documents, resources = document_lines(seen, quarter), resource_lines(seen, quarter)
        return [(one.number, one.document) for one in documents or ()], [
            (one.number, one.reason) for one in resources or ()
        ]

    before = view_register(past, AsOf(day("2026-12-31"), day("2026-12-31")))
    after = joined_view(view_register(now, AsOf(day(T), day(T))))
    assert listed(before) == ([(OLD, "告警规程")], [(OLD, "加一台备机")])
    assert listed(after) == listed(before)


def test_a_source_that_only_an_archived_row_speaks_of_was_looked_at():
    view = after_year_end()
    alone = view_register(replace(view.register, past=()), view.as_of)
    seen, without_it = (sources_looked_at(RuleInputs(v), day("2026-01-01"), day("2026-12-31")) for v in (view, alone))
    (name,) = seen - without_it
    assert "内部审核" in words.POLICY_SOURCES[name]


def test_a_draft_plan_of_an_earlier_day_lists_archived_rows_with_their_errors_in_their_own_workbook():
    view = after_year_end(on="2026-02-02", old=closed(cause=None))
    found = unplanned_facts(PaperInputs(view, (), None, "ab" * 32, lambda _: None))
    assert [item.action.number for item in (*found.corrective, *found.preventive)] == [OLD, NEW]
    told = {(one.rule, one.number, one.sheet) for one in found.problems}
    assert told == {("PL07", OLD, "「归档.xlsx」改进计划跟踪表")}


def test_a_row_registered_after_the_day_asked_about_is_archived_and_not_gone():
    given = RuleInputs(after_year_end(on="2026-01-02"), journal=JournalView(numbers=frozenset({OLD, NEW, "GJ-0"})))
    assert given.archived == {OLD: "归档.xlsx"}
    assert given.vanished == {"GJ-0"}


def test_a_new_row_with_the_number_of_an_archived_action_is_an_error_that_names_the_archive():
    def said(**cells):
        past = register(closed(), running(number=NEW))
        now = replace(register(running(number=OLD, **cells), running(number=NEW)), past=(PastYear("归档.xlsx", past),))
        found = check(view_register(now, AsOf(day(T), day(T)))).problems
        return [(one.severity, one.cell, one.message, one.fix) for one in found if one.rule == "FD02"]

    assert said(description="门禁卡没有按月核对") == [
        (
            Severity.ERROR,
            "A2",
            f"编号 {OLD} 重复（归档在「归档.xlsx」改进计划跟踪表!A2 的是另一项）",
            "给其中的行改用新的编号；改本表这一行，归档的不动",
        )
    ]
    assert said(description=closed().get("description")) == []


def test_a_report_names_the_repeat_and_the_follow_up_that_were_archived_before_it():
    past = register(closed(previous_numbers=(NEW,)), running(number=NEW))
    now = replace(register(running(number=NEW, follow_ups=(OLD, "GJ-0"))), past=(PastYear("归档.xlsx", past),))
    given = PaperInputs(view_register(now, AsOf(day(T), day(T))), (), None, "ab" * 32, lambda _: None)
    facts = report_facts(given, NEW)
    assert facts.recurrences == (OLD,)
    assert [one.number for one in facts.follow_ups] == [OLD]


def test_the_months_of_the_overview_count_what_was_archived_since():
    """Both were registered in January; one is closed since its document was revised on 1 May, and archived."""
    seen = overview_of(after_year_end(), ())
    flow = {month.first: (month.new, month.closed, sum(month.phases)) for month in seen.flow}
    assert (seen.open_before, sum(new for new, *_ in flow.values()), sum(one[1] for one in flow.values())) == (2, 0, 1)
    assert flow[day("2026-04-01")] == (0, 0, 2) and flow[day("2026-05-01")] == (0, 1, 1)


def line_of(view, requirement, journal=None, **unread):
    whole = joined_view(view)
    parts = [
        ArchivedRows(
            year, own, RuleInputs(past, journal, whole=whole), replace(check(past, journal, whole=whole), **unread)
        )
        for year, past, own in rows_by_year(view)
    ]
    found = conformity_of(RuleInputs(view, journal), check(view, journal), parts)
    return next(one for one in found if one.id == requirement)


def test_the_self_check_counts_an_archived_row_and_says_what_its_archive_lacks():
    kept = line_of(after_year_end(), "R54")  # 完成期限和责任人
    assert (kept.words, kept.base, kept.note) == ("满足 2/2", (OLD, NEW), "")
    for view, unread in ((after_year_end(columns=without("due_on")), {}), (after_year_end(), {"unjudged": 1})):
        lacking = line_of(view, "R54", **unread)
        assert (lacking.words, lacking.base) == ("满足 1/1", (NEW,))
        assert lacking.note.startswith("另有 1 项已归档在「归档.xlsx」，那里缺少")
    none_left = replace(after_year_end(columns=without("due_on")), pairs=(), actions=())
    alone = line_of(none_left, "R54")
    assert (alone.words, alone.note.startswith("1 项已归档在「归档.xlsx」，那里缺少")) == ("未判定", True)


@pytest.mark.parametrize("is_archived", [False, True])
def test_the_objects_of_a_requirement_stand_in_the_order_of_their_numbers_before_and_after_year_end(is_archived):
    needs = [{"number": number, "evaluation": "采纳"} for number in ("XQ-10", "XQ-9")]
    rows = running(number=NEW, need_number="XQ-10"), closed(need_number="XQ-9")
    now = register(*rows[: 1 if is_archived else 2], needs=needs)
    past = (PastYear("归档.xlsx", register(*rows, needs=needs)),) if is_archived else ()
    line = line_of(view_register(replace(now, past=past), AsOf(day(T), day(T))), "R10")
    assert line.base == (OLD, NEW, "XQ-9", "XQ-10")


@pytest.mark.parametrize("is_left", [False, True])
def test_what_the_workbook_in_use_lacks_is_said_whether_or_not_a_row_is_left_in_it(is_left):
    fewer = without("started_on")
    past, rest = register(closed(), running(number=NEW), columns=fewer), register(running(number=NEW), columns=fewer)
    view = view_register(replace(rest, past=(PastYear("归档.xlsx", past),)), AsOf(day(T), day(T)))
    line = line_of(view if is_left else replace(view, pairs=(), actions=()), "R23")
    assert line.words == "未判定：缺少开始日期"
    assert line.note == "1 项已归档在「归档.xlsx」，那里缺少开始日期，未判定"


def test_what_the_kpis_count_of_two_archives_stands_in_their_order_as_in_every_list():
    years = (PastYear("一.xlsx", register(closed())), PastYear("二.xlsx", register(closed(number=NEW))))
    view = view_register(replace(register(running(number="GJ-2026-003")), past=years), AsOf(day(T), day(T)))
    counted = with_archived_actions(kpi_input_of(view, (), ()), view, None)
    assert [one.number for one in counted.actions] == [a.number for a in joined_view(view).actions]


def test_what_was_changed_after_the_approval_of_an_archived_row_is_still_counted():
    journal = JournalView(numbers=frozenset({OLD, NEW}), approved={OLD: ("原来批准的措施", "")})
    line = line_of(after_year_end(), "R57", journal)  # 批准后的内容变更可追溯
    assert (line.words, line.rows, sorted(line.base)) == ("待整改 1/2", (OLD,), [OLD, NEW])
    kept = line_of(after_year_end(), "R57", replace(journal, numbers=frozenset({NEW}), approved={}))
    assert kept.words == "满足 2/2"


PARTLY = confirmed(effect="部分有效", follow_ups=(NEW,))
CANCELLED = {"cancelled_on": "2026-12-20", "cancel_reason": "不再需要", "cancel_approver": "样例甲"}
AGAIN = running(number="GJ-2026-003", registered_on="2026-12-22", previous_numbers=(OLD,), is_repeat=True)
SIGNED = {"number": OLD, "note": "可以接受", "signed_by": "样例质", "on": "2026-12-30"}
HERE, THERE = "改进计划跟踪表", "「归档.xlsx」改进计划跟踪表"
ANSWER = "归档的一行不再改动：要重新处理的另立一项，前次编号写它；已经另立的、不用再处理的，写《例外说明》"


def since(*rows, old, excuses=(), **others):
    """One row went to the archive while NEW ran on; these are in use now."""
    past = register(old, running(number=NEW), excuses=())
    now = replace(register(*rows, excuses=excuses, **others), past=(PastYear("归档.xlsx", past),))
    return view_register(now, AsOf(day(T), day(T)))


def told(view, *rules):
    return [(p.rule, p.severity.value, p.sheet, p.number, p.fix) for p in check(view).problems if p.rule in rules]


@pytest.mark.parametrize(
    ("rows", "excuses", "severity", "words"),
    [
        ([running(number=NEW)], [], None, "满足 1/1"),
        ([running(number=NEW, **CANCELLED)], [], "error", "待整改 1/1"),
        ([running(number=NEW, **CANCELLED), AGAIN], [], None, "满足 1/1"),
        ([running(number=NEW, **CANCELLED), {**AGAIN, **CANCELLED}], [], "error", "待整改 1/1"),
        ([running(number=NEW, **CANCELLED)], [{**SIGNED, "rule": "EF05"}], "info", "待整改 1/1（其中 1 项有情况说明）"),
    ],
)
def test_a_follow_up_that_is_cancelled_is_held_against_the_archived_row_that_named_it(rows, excuses, severity, words):
    view = since(*rows, old=PARTLY, excuses=excuses)
    fix = "例外说明已签字，不用再处理" if severity == "info" else ANSWER
    assert told(view, "EF05") == ([("EF05", severity, THERE, OLD, fix)] if severity else [])
    assert line_of(view, "R64").words == words


def test_a_problem_that_comes_back_is_held_against_the_archived_row_that_had_cured_it():
    view = since(running(number=NEW), AGAIN, old=closed())
    assert told(view, "EF07") == [("EF07", "warning", THERE, OLD, ANSWER)]
    line = line_of(view, "R64")
    (reason,) = line.reasons
    assert (line.words, line.rows) == ("待整改 1/1", (OLD,))
    assert reason.startswith("确认有效后又发生同类问题：GJ-2026-003（EF07 「归档.xlsx」")
    assert [p.rule for p in with_archived_problems(check(view).problems, view) if p.number == OLD].count("EF07") == 1
    assert told(since(running(number=NEW), {**AGAIN, **CANCELLED}, old=closed()), "EF07") == []


@pytest.mark.parametrize(
    ("signer", "words"), [("样例质", "待整改 1/1（其中 1 项有情况说明）"), ("样例工", "待整改 1/1")]
)
def test_an_exception_that_is_signed_later_counts_for_an_archived_row(signer, words):
    late = closed(archived_on="2026-06-10")  # due on 21 April
    view = since(running(number=NEW), old=late, excuses=[{**SIGNED, "rule": "AR08", "signed_by": signer}])
    assert line_of(view, "R70").words == words
    assert [one[:2] for one in told(view, "FD19")] == ([] if signer == "样例质" else [("FD19", "warning")])


def test_what_came_of_a_row_in_use_may_be_archived():
    """Its follow-up, the same problem again, the earlier one of its kind, and the row that has its 报告编号."""
    kind = {"process": "事件", "category": "流程", "cause_category": ("流程",)}
    old = closed(registered_on="2026-03-10", previous_numbers=(NEW,), **kind)
    partly = since(confirmed(number=NEW, effect="部分有效", follow_ups=(OLD,)), old=old)
    assert (partly.derived[NEW].status, told(partly, "EF05")) == ("已转后续", [])
    rest = {"needs_revision": None, "report_number": "GJBG-001"}
    view = since(confirmed(number=NEW, **rest), running(number="GJ-4", registered_on="2026-05-01", **kind), old=old)
    assert [one[:4] for one in told(view, "EF07", "PL10", "AR09") if one[3] != OLD] == [
        ("EF07", "warning", HERE, NEW),
        ("AR09", "warning", HERE, NEW),
        ("PL10", "warning", HERE, "GJ-4"),
    ]


def test_the_same_problem_again_counts_where_it_went_to_a_later_archive():
    again = closed(number=NEW, registered_on="2026-05-04", previous_numbers=(OLD,))
    years = (PastYear("一.xlsx", register(closed())), PastYear("二.xlsx", register(again)))
    view = view_register(replace(register(running(number="GJ-3")), past=years), AsOf(day(T), day(T)))
    counted = with_archived_actions(kpi_input_of(view, (), ()), view, None)
    assert {one.number: one.recurred_as for one in counted.actions if one.recurred_as} == {OLD: (NEW,)}
    assert line_of(view, "R64").rows == (OLD,)
