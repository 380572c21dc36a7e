"""The review of the old year after its rows were archived: the facts of every paper are those of before."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from capa_xl.app.shared.company_figures import company_figures
from capa_xl.app.shared.dashboard_charts import dashboard_facts
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.pack_figures import figures_of
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.shared.review_charts import review_charts
from capa_xl.app.shared.run_record import see_and_record
from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.model.as_of import AsOf
from capa_xl.model.paper_kinds import REVIEW
from capa_xl.model.period import parse_period
from capa_xl.model.review import ReviewDay
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.papers.plan_facts import plan_facts
from capa_xl.policy.papers.revision_facts import revision_facts
from capa_xl.policy.review.review_facts import review_facts
from tests.app.desks import desk_at, still_world

DAY, BEFORE, QUARTER = date(2027, 1, 5), date(2027, 1, 1), parse_period("2026Q4")
THEN = AsOf(date(2026, 5, 20), DAY)
GONE = 42
"""Rows of the sample that ended before the new year."""
REVISED = "GJ-2026-012"
"""Closed in the quarter with a revised document."""


class Papers:
    """The facts of the papers at a moment."""

    def __init__(self, book):
        self.source = paper_source(desk_at(book, DAY))
        given, self.figures = self.source.inputs, figures_of(self.source, QUARTER)
        joined = joined_view(given.view)
        charts, on = review_charts(joined, self.figures), ReviewDay(date(2027, 1, 6), is_assumed=True)
        self.review = review_facts(given, self.figures, charts, given.head("评", REVIEW), on, "", ())
        self.dashboard = dashboard_facts(self.figures, joined)
        versions = [(number, row.version) for number, rows in given.view.plans.items() for row in rows]
        self.plans = {one: plan_facts(given, *one) for one in versions}
        self.revisions = {n: revision_facts(self.source.inputs_holding(n), n) for n in joined.revisions}
        self.company = company_figures(paper_source(desk_at(book, THEN)), "甲/表.xlsx", parse_period("2026-05"))
        self.conformity = {line.id: line for line in self.figures.conformity}


@pytest.fixture(scope="module")
def moments(tmp_path_factory):
    """Before the end of the year and after it; a run had seen the workbook before."""
    book = tmp_path_factory.mktemp("year") / "表.xlsx"
    book.write_bytes(sample_workbook(DAY))
    opened = open_tracker(desk_at(book, DAY))
    with journal_of(opened, writing=True) as journal:
        see_and_record(journal, opened, still_world(DAY).now())
    before = Papers(book)
    year = end_year(desk_at(book, DAY), BEFORE, book.parent / "归档.xlsx", apply=True).year
    assert len(year.going) == GONE
    return before, Papers(book)


def alike(value):
    """A fact without the workbook's fingerprint and without the order of its rows: archived ones come first."""
    if isinstance(value, msgspec.Struct):
        keys = (key for key in value.__struct_fields__ if key not in {"fingerprint", "journal_head"})
        return type(value).__name__, *((key, alike(getattr(value, key))) for key in keys)
    if isinstance(value, dict):
        return {key: alike(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return sorted(repr(alike(one)) for one in value)
    return sorted(value.split("、")) if isinstance(value, str) and "、" in value else value


def test_every_section_of_the_review_lists_what_it_listed(moments):
    before, after = moments
    for key in before.review.__struct_fields__:
        assert alike(getattr(after.review, key)) == alike(getattr(before.review, key)), key
    assert ("GJ-2025-072", "已关闭") in {(line.number, line.status) for line in after.review.earlier}
    assert {"GJ-2026-012", "GJ-2026-025"} <= {line.number for line in after.review.major}


def test_the_dashboard_the_plans_and_the_papers_of_revisions_say_what_they_said(moments):
    before, after = moments
    assert alike(after.dashboard) == alike(before.dashboard)
    assert alike(after.plans) == alike(before.plans)
    assert REVISED in after.revisions
    assert alike(after.revisions) == alike(before.revisions)


def test_the_self_check_counts_archived_rows_and_says_where_their_cells_are(moments):
    before, after = moments
    for key, line in before.conformity.items():
        now = after.conformity[key]
        assert (key, now.words, now.note, sorted(now.rows)) == (key, line.words, line.note, sorted(line.rows))
        assert sorted(now.base) == sorted(line.base)
    hit = after.conformity["R62"]  # 实施一定周期后确认
    assert hit.rows == ("GJ-2025-072", "GJ-2026-023")
    assert all("「归档.xlsx」" in reason for reason in hit.reasons)


def test_a_group_of_an_earlier_day_lists_what_was_open_then_and_is_archived_now(moments):
    """On 20 May two of the rows that went waited longer than they may; one of them was to be decided on."""
    before, after = (moment.company for moment in moments)
    assert {REVISED, "GJ-2026-005"} <= {item.number for item in after.waiting}
    assert REVISED in {item.number for item in after.agenda}
    for key in ("late", "waiting", "agenda", "tally", "most_frequent", "kpis"):
        assert alike(getattr(after, key)) == alike(getattr(before, key)), key
    assert after.problems["error"] == before.problems["error"]
    assert {after.file_of(number) for number in (REVISED, "GJ-2026-005")} == {"甲/归档.xlsx"}
