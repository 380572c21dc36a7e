"""report: effectiveness reports of one, several or all actions (4.5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from capa_xl.app.shared.carried_over import refuse_carried_over, without_carried_over
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.final_papers import final_papers, is_left_to_follow_up, newest_report, rehearsed
from capa_xl.app.shared.paper_files import Paper, place_beside, refusals, rehearsal_path, write_each, write_judged
from capa_xl.app.shared.paper_printing import printer, with_photos
from capa_xl.app.shared.paper_source import (
    PaperSource,
    engine_for,
    names_a_file,
    paper_path,
    paper_source,
    refuse_all_beside_numbers,
    write_paper,
)
from capa_xl.app.shared.papers_in_archives import left_in_archives
from capa_xl.errors import UsageError
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.model.paper_kinds import REPORT
from capa_xl.model.paper_run import PaperRun, WrittenPaper
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.past_years import archived, not_counted
from capa_xl.policy.unknown_numbers import refuse_unknown


def write_reports(
    desk: Desk,
    numbers: Sequence[str],
    output: Path,
    *,
    every: bool = False,
    draft: bool = False,
    with_findings: bool = False,
    one_file: bool = False,
) -> PaperRun:
    """Write the reports; a draft where facts are missing, a final where they are complete and no error is open.

    Args:
        numbers: 编号 of the actions; none with `every`.
        output: A folder, or the .docx itself: several reports then stand in it one after the other.
        every: All actions that are completed, of 已转后续 those whose own report was wanted before; of an archived year
            none that lives on.
        draft: Drafts only, also of complete actions.
        with_findings: Finals in spite of open errors, with those printed as 附注.
        one_file: All in one file, each beginning a page.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        UsageError: A 编号 isn't in the table at T, or lives on in another, or some are given with `every`.
        BadTemplate: The template can't be used.
    """
    refuse_all_beside_numbers(numbers, every=every)
    source = paper_source(desk)
    if every:
        chosen, left_out = without_carried_over(source, _completed(source), REPORT.command, output)
        elsewhere = (*left_out, *left_in_archives(REPORT.command, _archived(source), desk, output))
    else:
        chosen, elsewhere = _known(source, numbers), ()
        refuse_carried_over(source, chosen)
    facts = [report_facts(source.inputs, number, draft=draft) for number in chosen]
    papers = [Paper(one.action.number, f"{one.action.number} {REPORT.title}", one) for one in facts]
    refused = refusals(source.inputs, papers)
    write = partial(_written, source, output, one_file=one_file)
    written, left = write_judged(papers, refused, write, with_findings=with_findings)
    nothing, remarks = ("", elsewhere) if papers else ("；".join(elsewhere), ())
    return PaperRun(REPORT, written, left, not_counted(source.judged.view), nothing, remarks=remarks)


def _written(
    source: PaperSource, output: Path, papers: Sequence[Paper[ReportFacts]], *, one_file: bool
) -> tuple[WrittenPaper, ...]:
    from capa_xl.reports.word.paper_catalogue import reports_blob

    if not papers:
        return ()
    desk = source.judged.opened.desk
    engine = engine_for((REPORT,), desk.templates)
    if one_file or (len(papers) > 1 and names_a_file(output)):
        facts = [rehearsed(source, REPORT, one.facts) for one in papers]
        draft = any(one.head.is_draft for one in facts)
        path = paper_path(output, f"{REPORT.title} {facts[0].action.number} 等{len(facts)}份", draft=draft)
        path = rehearsal_path(path) if any(one.head.is_rehearsal for one in facts) else path
        blob = reports_blob(engine, [with_photos(one, desk.workbook) for one in facts])
        path = path if draft else place_beside(path, blob)
        write_paper(path, blob)
        return tuple(_entry(path, one) for one in facts)
    return write_each(source, REPORT, output, papers, printer(engine, REPORT, desk.workbook))


def _entry(path: Path, facts: ReportFacts) -> WrittenPaper:
    head = facts.head
    return WrittenPaper(
        path,
        facts.action.number,
        head.number,
        head.is_draft,
        head.missing,
        note=head.no_final,
        is_rehearsal=head.is_rehearsal,
    )


def _completed(source: PaperSource) -> list[str]:
    """The 编号 that are `_reported`."""
    view = source.judged.view
    return _reported(source, ((action, view.derived[action.number].status) for action in view.actions if action.number))


def _archived(source: PaperSource) -> dict[str, str]:
    """编号 of the archived actions that are `_reported` → the archive."""
    gone = tuple(archived(source.judged.view))
    reported = set(_reported(source, ((one.action, one.derived.status) for one in gone)))
    return {one.action.number: one.year for one in gone if one.action.number in reported}


def _reported(source: PaperSource, rows: Iterable[tuple[Action, str]]) -> list[str]:
    """Of actions with their status the completed ones: not the cancelled, nor those whose report is the follow-up's."""
    papers = final_papers(source)
    completed = ((action.number, status) for action, status in rows if action.completed_on)
    alive = ((number, status) for number, status in completed if status != words.CANCELLED)
    return [number for number, status in alive if not is_left_to_follow_up(status, newest_report(papers, number))]


def _known(source: PaperSource, numbers: Sequence[str]) -> list[str]:
    view = source.judged.view
    unknown = [number for number in numbers if number not in view.by_number]
    if unknown:
        refuse_unknown(view, unknown[0])
    if not numbers:
        raise UsageError("没有给出编号 → 请写一个或几个编号，或用 --all 生成全部已完成措施的报告")
    return list(dict.fromkeys(numbers))
