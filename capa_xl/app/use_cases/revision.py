"""revision: 文件修改意见单, one per document (4.5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.paper_files import Paper, write_each
from capa_xl.app.shared.paper_source import PaperSource, engine_for, paper_source
from capa_xl.app.shared.revision_facts import revision_facts
from capa_xl.errors import UsageError
from capa_xl.model.paper_facts import RevisionFacts
from capa_xl.model.paper_run import PaperRun


def write_revisions(desk: Desk, numbers: Sequence[str], output: Path, *, every: bool = False) -> PaperRun:
    """Write one paper per document of these actions.

    Args:
        numbers: None given: like `every`.
        output: A folder, or for one document the .docx itself.
        every: All actions with a row in 文件修订.

    Raises:
        UsageError: An action has no document to revise at T, or `output` is one file for several documents.
        BadTemplate: The template can't be used.
    """
    from capa_xl.reports.word.paper_catalogue import revision_paper

    source = paper_source(desk)
    view = source.judged.view
    chosen = list(view.revisions) if every or not numbers else list(dict.fromkeys(numbers))
    papers = [Paper(number, revision_stem(one), one) for number in chosen for one in _papers(source, number)]
    engine = engine_for(("revision",), desk.templates)
    return PaperRun(write_each(output, papers, lambda one: revision_paper(engine, one)))


def _papers(source: PaperSource, number: str) -> tuple[RevisionFacts, ...]:
    papers = revision_facts(source, number)
    if not papers:
        raise UsageError(f"《文件修订》表中没有「{number}」的行 → 请先在《文件修订》表登记，或核对编号")
    return papers


def revision_stem(facts: RevisionFacts) -> str:
    """编号 and document: GJ-2026-012 SYS-QP-06 文件修改意见单."""
    row = facts.rows[-1]
    document = row.document_number or row.document_name or ""
    return f"{row.number} {document} 文件修改意见单"
