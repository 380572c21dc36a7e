"""Everything 文件修改意见单 says, one value per document of an action."""

from __future__ import annotations

from itertools import groupby

from capa_xl.errors import UsageError
from capa_xl.model.absent_sheets import no_rows
from capa_xl.model.cut_text import cut_text
from capa_xl.model.paper_facts import NO_NUMBER, RevisionFacts
from capa_xl.model.paper_kinds import REVISION
from capa_xl.model.records import Revision
from capa_xl.policy.papers.paper_inputs import NumberedPaper, PaperInputs, errors_among, missing_cells
from capa_xl.policy.past_years import archived, refuse_archived
from capa_xl.policy.role_words import departments_of_deeds, held_roles

_DOCUMENTS_PROCESS = "体系文件"
MOST_OF_A_DOCUMENT = 24
"""Characters of 文件号 in the name of a file: a code has room, a sentence is cut."""


def revision_facts(given: PaperInputs, number: str) -> tuple[RevisionFacts, ...]:
    """The papers of one action, one per document in sheet order; () without a row in 文件修订."""
    rows = given.view.revisions.get(number, ())
    ordered = sorted(rows, key=lambda row: (_first_row(rows, row), row.row))
    documents = [tuple(group) for _, group in groupby(ordered, key=_document)]
    return tuple(_facts(given, number, group, index, len(documents)) for index, group in enumerate(documents, start=1))


def _first_row(rows: tuple[Revision, ...], row: Revision) -> int:
    return min(other.row for other in rows if _document(other) == _document(row))


def _document(row: Revision) -> str:
    return row.document_number or row.document_name or ""


def _facts(given: PaperInputs, number: str, rows: tuple[Revision, ...], index: int, count: int) -> RevisionFacts:
    view = given.view
    last, action = rows[-1], view.by_number.get(number)
    own = given.numbers.of_action("WX", number)
    paper_number = f"{own}-{index}" if count > 1 and own != NO_NUMBER else own
    wanted = ("document_name", "proposal", "proposed_by", "proposed_on")
    missing = missing_cells(last, wanted, view.register, view.register.revisions)
    conclusion = view.derived[action.number].conclusion if action else None
    on = last.proposed_on or view.on
    proposer = view.roster.department_of(last.proposed_by, on) if last.proposed_by else None
    owner = view.roster.owner_of_process(_DOCUMENTS_PROCESS)
    problems = errors_among(given.problems_of(frozenset({number})))
    return RevisionFacts(
        head=given.head(paper_number, REVISION, missing=missing),
        rows=rows,
        action=action,
        conclusion=conclusion,
        proposing_department=proposer or "",
        owning_department=owner or "",
        roles=held_roles(
            view.roster,
            [
                (last.approver, last.approved_on),
                (last.proposed_by, last.proposed_on),
                *([(conclusion.confirmer, conclusion.confirmed_on)] if conclusion else []),
            ],
            departments_of_deeds(action, view.derived[action.number]) if action else (),
        ),
        problems=problems if missing else (),
    )


def _papers(given: PaperInputs, number: str) -> list[tuple[str, RevisionFacts]]:
    papers = revision_facts(given, number)
    if not papers:
        if number not in given.view.by_number:
            refuse_archived(given.view, number)
        cure = "请先在《文件修订》表登记，或核对编号"
        raise UsageError(no_rows(given.view.register, "文件修订", f"「{number}」的行", cure, given.lost_sheets))
    return [(_stem(facts), facts) for facts in papers]


def _stem(facts: RevisionFacts) -> str:
    """编号 and document: GJ-2026-012 SYS-QP-06 文件修改意见单."""
    row = facts.rows[-1]
    return f"{row.number} {document_in_name(row.document_number or row.document_name)} {REVISION.title}"


def document_in_name(written: str | None) -> str:
    """文件号 or 文件名称 as the name of a file has it: of a sentence only its beginning."""
    return cut_text(written or "", MOST_OF_A_DOCUMENT).rstrip("…")


def _archived(given: PaperInputs) -> dict[str, str]:
    """编号 of the archived actions whose documents were revised → the archive."""
    return {one.action.number: one.year for one in archived(given.view) if one.view.revisions.get(one.action.number)}


PAPER = NumberedPaper(
    REVISION, lambda given: list(given.view.revisions), _papers, rows_of="文件修订", archived=_archived
)
