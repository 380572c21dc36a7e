"""revision: 文件修改意见单, one per document (4.5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from capa_xl.app.papers import engine_for, paper_source, write_paper
from capa_xl.app.revision_facts import revision_facts
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.paper_run import PaperRun, WrittenPaper
from capa_xl.model.papers import RevisionFacts
from capa_xl.reports.names import file_name


def write_revisions(
    workbook: Path,
    numbers: Sequence[str],
    folder: Path,
    as_of: AsOf,
    *,
    every: bool = False,
    templates: Path | None = None,
    state: Path | None = None,
) -> PaperRun:
    """Write one paper per document of these actions.

    Args:
        every: All actions with a row in 文件修订.

    Raises:
        UsageError: An action has no document to revise at T.
        BadTemplate: The template can't be used.
    """
    from capa_xl.reports.word.papers import revision_paper

    source = paper_source(workbook, as_of, state)
    chosen = list(source.judged.situation.revisions) if every else list(dict.fromkeys(numbers))
    if not chosen and not every:
        raise UsageError("没有给出编号 → 请写改进编号，或用 --all 生成全部文件修改意见单")
    engine = engine_for(("revision",), templates)
    written = []
    for number in chosen:
        papers = revision_facts(source, number)
        if not papers:
            raise UsageError(f"《文件修订》表中没有「{number}」的行 → 请先在《文件修订》表登记，或核对编号")
        for one in papers:
            path = folder / revision_name(one)
            write_paper(path, revision_paper(engine, one))
            written.append(WrittenPaper(path, number, one.head.number, one.head.is_draft))
    return PaperRun(tuple(written))


def revision_name(facts: RevisionFacts) -> str:
    """编号 and document: GJ-2026-012 SYS-QP-06 文件修改意见单.docx."""
    row = facts.rows[-1]
    document = row.document_number or row.document_name or ""
    return file_name(f"{row.number} {document} 文件修改意见单", ".docx", draft=facts.head.is_draft)
