"""文件修改意见单 (4.5.3): the rows of one document → the words of the template."""

from __future__ import annotations

from typing import Any

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.paper_facts import RevisionFacts
from capa_xl.model.paper_kinds import REVISION
from capa_xl.reports.word.context_words import boxes, cells, head_words, listed, problem_rows, with_role
from capa_xl.reports.word.examples import example_revision_facts
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.table_words import MOST_IN_A_RECORD, cut, in_form

_CLASSES = ("技术文件", "管理文件")


def revision_context(facts: RevisionFacts) -> dict[str, Any]:
    """The context of one paper; what belongs to the document as a whole is taken from its last row.

    The action's texts are cut like those of any form; what a document is to say stands whole.
    """
    last = facts.rows[-1]
    action = facts.action or Action(row=0, number=last.number or "")
    conclusion = facts.conclusion
    signed = _confirmation(facts)
    chosen = f"{last.document_class}文件" if last.document_class else None
    shown = cells(last)
    return {
        "head": head_words(facts.head, REVISION.title),
        "action": in_form(cells(action)) | signed,
        "boxes": {
            "effect": boxes(conclusion.effect if conclusion else action.effect, words.EFFECTS),
            "document_class": boxes(chosen, _CLASSES),
            "approval": boxes(last.approval, words.APPROVALS),
        },
        "proposal": {
            "department": facts.proposing_department,
            "by": with_role(facts.roles, last.proposed_by, last.proposed_on),
            "on": last.proposed_on,
        },
        "document": {
            "number": shown["document_number"],
            "name": shown["document_name"],
            "old_version": shown["old_version"],
            "clauses": cut(listed(dict.fromkeys(row.clause for row in facts.rows if row.clause))),
            "department": facts.owning_department,
        },
        "rows": [
            {
                "clause": cut(row.clause or ""),
                "current": None,
                "proposal": row.proposal,
                "is_long": len(row.proposal or "") > MOST_IN_A_RECORD,
                "reason": None,
            }
            for row in facts.rows
        ],
        "approval": {
            "by": with_role(facts.roles, last.approver, last.approved_on),
            "on": last.approved_on,
            "reason": last.refusal_reason,
        },
        "result": {
            "reviser": last.reviser,
            "due_on": last.due_on,
            "revised_on": last.revised_on,
            "new_version": shown["new_version"],
        },
        "problems": problem_rows(facts.problems),
    }


def _confirmation(facts: RevisionFacts) -> dict[str, Any]:
    found = facts.conclusion
    if found is None:
        return {}
    return {
        "confirmer": with_role(facts.roles, found.confirmer, found.confirmed_on),
        "confirmed_on": found.confirmed_on,
    }


CONTENT = PaperContent(REVISION, revision_context, example_revision_facts)
