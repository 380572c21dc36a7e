"""revision: 文件修改意见单, one per document (4.5.3)."""

from __future__ import annotations

from capa_xl.app.shared.numbered_papers import NumberedPaper
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.errors import UsageError
from capa_xl.model.paper_facts import RevisionFacts
from capa_xl.model.paper_kinds import REVISION
from capa_xl.policy.papers.revision_facts import revision_facts


def _papers(source: PaperSource, number: str) -> list[tuple[str, RevisionFacts]]:
    papers = revision_facts(source.inputs, number)
    if not papers:
        raise UsageError(f"《文件修订》表中没有「{number}」的行 → 请先在《文件修订》表登记，或核对编号")
    return [(revision_stem(facts), facts) for facts in papers]


def revision_stem(facts: RevisionFacts) -> str:
    """编号 and document: GJ-2026-012 SYS-QP-06 文件修改意见单."""
    row = facts.rows[-1]
    document = row.document_number or row.document_name or ""
    return f"{row.number} {document} {REVISION.title}"


PAPER = NumberedPaper(
    REVISION,
    "生成文件修改意见单（4.5.3），一个文件一页。",
    "文件修订表中的全部文件（不写编号时也是）。",
    lambda source: list(source.judged.view.revisions),
    _papers,
)
