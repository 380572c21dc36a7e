"""plan: 运维服务能力改进计划 (4.1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from capa_xl.app.shared.carried_over import refuse_archived_year
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_files import Paper, as_draft, refusals, write_each, write_judged
from capa_xl.app.shared.paper_printing import printer
from capa_xl.app.shared.paper_source import engine_for, paper_source
from capa_xl.errors import UsageError
from capa_xl.model.absent_sheets import no_rows
from capa_xl.model.paper_facts import PlanFacts
from capa_xl.model.paper_kinds import PLAN
from capa_xl.model.paper_run import PaperRun, WrittenPaper
from capa_xl.policy.papers.plan_facts import newest_plan, plan_facts, unplanned_facts
from capa_xl.policy.past_years import not_counted
from capa_xl.reports.plan_text import plan_remarks


def write_plan(
    desk: Desk,
    output: Path,
    *,
    number: str | None = None,
    version: str | None = None,
    draft: bool = False,
    with_findings: bool = False,
) -> PaperRun:
    """Write the plan; a draft, and named so, while its version isn't approved.

    Args:
        output: The .docx to write, or the folder it goes to.
        number: 计划编号; None: the plan whose period began last, or a draft over the open actions where there is none.
        version: Version; None: the newest one at T.
        draft: A draft only, also of an approved version.
        with_findings: A final in spite of open errors of its own row, with those printed as 附注. Errors of the actions
            that it lists don't keep an approved version a draft: it is the record of what was approved.

    Raises:
        UsageError: The table has no such plan, or the workbook is an archived year.
        BadTemplate: The template can't be used.
    """
    from capa_xl.reports.word.paper_catalogue import older_template

    source = paper_source(desk)
    refuse_archived_year(source)
    wanted = number or newest_plan(source.judged.view)
    facts = plan_facts(source.inputs, wanted, version) if wanted else unplanned_facts(source.inputs)
    if facts is None:
        asked = " ".join(piece for piece in (wanted, version) if piece)
        cure = "请在《计划》表登记一行，或核对计划编号和版本"
        raise UsageError(no_rows(source.judged.view.register, "计划", f"「{asked}」", cure, source.inputs.lost_sheets))
    told = f"计划版本 {facts.plan.version}" if facts.plan.version else ""
    paper = Paper(wanted or "", f"{facts.head.number} {PLAN.title}", as_draft(facts) if draft else facts, told)
    engine = engine_for((PLAN,), desk.templates)
    make = printer(engine, PLAN, desk.workbook)

    def write(papers: Sequence[Paper[PlanFacts]]) -> tuple[WrittenPaper, ...]:
        return write_each(source, PLAN, output, papers, make)

    refused = refusals(source.inputs, (paper,))
    written, left = write_judged((paper,), refused, write, with_findings=with_findings)
    return PaperRun(
        PLAN,
        written,
        left,
        not_counted(source.judged.view),
        template=older_template(engine, PLAN) if written else "",
        remarks=tuple(plan_remarks(facts)) if written else (),
    )
