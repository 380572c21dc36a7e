"""The files of a review pack, made in memory one after another: values in, bytes out. Shared ground of `pack`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.dashboard_charts import dashboard_facts
from capa_xl.app.shared.final_papers import FinalPapers, Printed, held_up, is_left_to_follow_up, newest_report, printed
from capa_xl.app.shared.paper_files import as_draft, path_of
from capa_xl.app.shared.paper_printing import printer
from capa_xl.app.shared.paper_source import PaperSource, engine_for
from capa_xl.app.shared.photos_since import telling_photos
from capa_xl.app.shared.review_charts import review_charts
from capa_xl.model import words
from capa_xl.model.pack import PackFile, PackPast, PackState
from capa_xl.model.paper_facts import PaperHead, PlanFacts
from capa_xl.model.paper_kinds import COMPANY_KINDS, PLAN, REPORT, REVIEW, REVISION, PaperKind
from capa_xl.model.period import Period
from capa_xl.model.period_figures import PeriodFigures
from capa_xl.model.review import ChangeLine, ReviewDay
from capa_xl.policy.conformity.outside import outside_self_check
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.papers.paper_inputs import PaperInputs, errors_among
from capa_xl.policy.papers.plan_facts import plan_facts, unplanned_facts
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.papers.revision_facts import document_in_name, revision_facts
from capa_xl.policy.past_years import not_counted
from capa_xl.policy.review.for_outsiders import for_outsiders
from capa_xl.policy.review.outcome import is_of_period
from capa_xl.policy.review.review_facts import review_facts
from capa_xl.policy.review.review_number import registered_reviews, review_number
from capa_xl.reports.conformity_workbook import conformity_workbook
from capa_xl.reports.dashboard import dashboard
from capa_xl.reports.file_names import file_name, free_name
from capa_xl.reports.plan_text import draft_in_pack, plan_remarks
from capa_xl.reports.reminders_workbook import reminders_workbook

if TYPE_CHECKING:
    from capa_xl.reports.word.engine import Engine


INTERNAL = "制度执行自查表"
"""The part that outsiders don't get."""


class PackRequest(Struct, frozen=True):
    """What the pack is asked for.

    Attributes:
        review: The day that 8.2 of the input report looks ahead to.
        templates: The quality department's own templates.
        is_external: The copy for outsiders: internal pages are left out.
    """

    period: Period
    review: ReviewDay
    templates: Path | None = None
    is_external: bool = False


def pack_files(
    record: FinalPapers, request: PackRequest, figures: PeriodFigures, past: PackPast, step: Callable[[str], None]
) -> Iterator[tuple[PackFile, Printed]]:
    """Every file of the pack but the manifest, in the order of their numbers, and the paper it is.

    Args:
        record: The final papers of the workbook, and what it says.
        past: What the journal tells.
        step: Told the name of each part before it is made, for a progress bar.
    """
    engine = engine_for((kind for kind in COMPANY_KINDS if kind.pack_place), request.templates)
    shown = for_outsiders(figures) if request.is_external else figures
    making = Making(record, request, shown, engine, past)
    taken: set[str] = set()
    for name, part in (
        (REVIEW.title, _review),
        ("改进看板", _dashboard),
        (PLAN.title, _plan),
        (REPORT.title, _reports),
        (REVISION.title, _revisions),
        ("提醒与催办", _reminders),
        (INTERNAL, _conformity),
    ):
        if request.is_external and name == INTERNAL:
            continue
        step(name)
        for path, made in part(making):
            yield pack_file(free_name(path_of(made, path), taken), made.blob), made


class Making(Struct, frozen=True):
    """What every part of the pack is made from."""

    record: FinalPapers
    request: PackRequest
    figures: PeriodFigures
    engine: Engine
    past: PackPast

    @property
    def source(self) -> PaperSource:
        """The judged workbook."""
        return self.record.source

    @property
    def inputs(self) -> PaperInputs:
        """What the facts of papers are taken from."""
        return self.source.inputs

    @property
    def company(self) -> str:
        """参数 公司名称."""
        return self.source.judged.view.procedure.company

    @property
    def on(self) -> date:
        """T."""
        return self.source.judged.view.on

    @property
    def not_counted(self) -> str:
        """Which archived years the figures lack."""
        return not_counted(self.source.judged.view)

    def paper(self, kind: PaperKind, number: str, facts: Any) -> Printed:
        """One Word paper of the pack; of a final the frozen edition, whatever the workbook says since."""
        workbook = self.source.judged.opened.path
        make = printer(self.engine, kind, workbook)
        return telling_photos(printed(self.record, kind, number, facts, make, renew=False), workbook)


_Parts = Iterator[tuple[str, Printed]]


def _review(making: Making) -> _Parts:
    given, figures = making.inputs, making.figures
    head = given.head(review_number(registered_reviews(given.view), making.request.review.on), REVIEW)
    since, changes = changes_since(making.past.before, pack_state(figures))
    charts = review_charts(joined_view(given.view), figures)
    facts = review_facts(
        given, figures, charts, head, making.request.review, since, changes, external=making.request.is_external
    )
    yield f"{REVIEW.in_pack}.docx", making.paper(REVIEW, "", facts)


def _dashboard(making: Making) -> _Parts:
    facts = dashboard_facts(making.figures, joined_view(making.source.judged.view))
    yield "01 改进看板.xlsx", Printed(dashboard(making.company, making.on, facts, making.not_counted))


def _plan(making: Making) -> _Parts:
    """The newest version of every plan whose span touches the period; a draft where the table has no plan at all."""
    plans = [facts for number in _plans(making) if (facts := plan_facts(making.inputs, number))]
    if not making.source.judged.view.plans:
        plans = [unplanned_facts(making.inputs, making.request.period)]
    for facts in plans:
        number = f" {facts.plan.number}" if len(plans) > 1 else ""
        errors = held_up(making.record, PLAN, facts.plan.number or "", facts.head.number)
        shown = as_draft(facts) if errors else facts
        name = file_name(f"{PLAN.in_pack}{number}", ".docx", draft=shown.head.is_draft)
        made = making.paper(PLAN, facts.plan.number or "", shown)
        yield name, replace(made, remarks=_on_the_plan(shown, made, len(errors)))


def _on_the_plan(facts: PlanFacts, made: Printed, errors: int) -> tuple[str, ...]:
    """Why it is a draft, and what `plan` says of it too; of a frozen one that was said when it was made."""
    if made.edition is not None and not made.is_new:
        return ()
    return (*((draft_in_pack(facts, errors),) if facts.head.is_draft else ()), *plan_remarks(facts))


def _plans(making: Making) -> Iterator[str]:
    """计划编号 of the plans whose newest version's span touches the period; an open end counts as touching."""
    period = making.request.period
    for number, versions in making.source.judged.view.plans.items():
        newest = versions[-1]
        if (newest.period_from or period.end) <= period.end and (newest.period_to or period.start) >= period.start:
            yield number


def _reports(making: Making) -> _Parts:
    """One final per action confirmed in the period; drafts never, and none while the row has open errors.

    Of 已转后续 the one that somebody wanted of the row itself is taken, none is made.
    """
    period = making.request.period
    for row in making.figures.input.actions:
        if row.confirmed_on is None or not period.start <= row.confirmed_on <= period.end:
            continue
        kept = newest_report(making.record, row.number)
        if is_left_to_follow_up(row.status, kept):
            continue
        facts = report_facts(making.source.inputs_holding(row.number), row.number)
        if facts.is_final and (kept is not None or not errors_among(facts.problems)):
            yield f"{REPORT.in_pack}/{file_name(row.number, '.docx')}", making.paper(REPORT, row.number, facts)


def _revisions(making: Making) -> _Parts:
    """One paper per document of the period (`is_of_period`)."""
    taken: set[str] = set()
    for number in joined_view(making.source.judged.view).revisions:
        for facts in revision_facts(making.source.inputs_holding(number), number):
            if any(is_of_period(row, facts.action, making.request.period) for row in facts.rows):
                stem = f"{facts.head.number} {document_in_name(facts.rows[0].document_number)}"
                name = free_name(file_name(stem, ".docx", draft=facts.head.is_draft), taken)
                made = making.paper(REVISION, number, facts)
                yield f"{REVISION.in_pack}/{name}", replace(made, remarks=_lacking(facts.head))


def _lacking(head: PaperHead) -> tuple[str, ...]:
    """What a draft lacks."""
    return (f"草稿，定稿前还缺 {'、'.join(head.missing)}",) if head.is_draft and head.missing else ()


def _reminders(making: Making) -> _Parts:
    journal = making.source.journal
    postings = (*journal.attempts, *journal.postings) if journal else ()
    given = making.figures.input
    duties = None if "reminded" in given.not_in_use else given.reminders
    lead, history = making.source.judged.view.procedure.first_reminder, making.past.history
    span, lacking = making.request.period, making.not_counted
    blob = reminders_workbook(making.company, span, making.on, postings, duties, lead, history, lacking)
    yield "05 提醒与催办.xlsx", Printed(blob)


def _conformity(making: Making) -> _Parts:
    policy = making.source.judged.view.procedure.policy
    outside = outside_self_check(making.source.judged.view)
    blob = conformity_workbook(
        making.company, policy, making.on, making.figures.conformity, making.not_counted, outside
    )
    yield "06 制度执行自查表.xlsx", Printed(blob)


def pack_state(figures: PeriodFigures) -> PackState:
    """What this pack says of every action."""
    states = {
        action.number: (action.status, action.due_on.isoformat() if action.due_on else "", action.effect)
        for action in figures.input.actions
    }
    return PackState(figures.period.name, figures.period.end, figures.input.as_of, states)


def changes_since(before: PackState | None, now: PackState) -> tuple[str, tuple[ChangeLine, ...]]:
    """Pack compared with, by period and day, and what changed: 新增, how it ended, 期限变更, 结论变更; ("", ()) first.

    What is new may have ended too. A first deadline and a first conclusion change none: nothing stood there that
    somebody would have to move.
    """
    if before is None:
        return "", ()
    old = before.actions
    ends = (("关闭", words.CLOSED), ("取消", words.CANCELLED), ("转后续", words.SUPERSEDED))
    both = [(number, old[number], state) for number, state in now.actions.items() if number in old]
    return f"{before.period}，数据截至 {before.as_of}", (
        ChangeLine("新增", tuple(number for number in now.actions if number not in old)),
        *(ChangeLine(kind, tuple(_come_to(status, old, now.actions))) for kind, status in ends),
        ChangeLine("期限变更", tuple(n for n, was, state in both if was[1] not in ("", state[1]))),
        ChangeLine("结论变更", tuple(n for n, was, state in both if was[2] not in ("", state[2]))),
    )


def _come_to(status: str, old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What has that status and had it not, new ones too."""
    return (number for number, state in new.items() if state[0] == status and old.get(number, ("",))[0] != status)


def pack_file(path: str, blob: bytes) -> PackFile:
    """One file with its hashes."""
    return PackFile(path, blob, hashlib.sha256(blob).hexdigest(), said_hash(path, blob))


def said_hash(path: str, blob: bytes) -> str:
    """Hash of what a file says: of the unpacked members of a .docx or .xlsx, and of workbooks in it, else its bytes."""
    if not path.endswith((".docx", ".xlsx")):
        return hashlib.sha256(blob).hexdigest()
    total = hashlib.sha256()
    with ZipFile(BytesIO(blob)) as package:
        for name in sorted(package.namelist()):
            total.update(name.encode() + b"\0" + bytes.fromhex(said_hash(name, package.read(name))))
    return total.hexdigest()
