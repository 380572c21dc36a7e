"""A fully filled context of every paper, by paper key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capa_xl.reports.word.context_plan import plan_context
from capa_xl.reports.word.context_report import report_context
from capa_xl.reports.word.context_request import request_context
from capa_xl.reports.word.context_review import review_context
from capa_xl.reports.word.context_revision import revision_context
from capa_xl.reports.word.examples import example_report, example_request, example_revision_facts
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.examples_review import example_review


def example_contexts() -> Mapping[str, dict[str, Any]]:
    """Paper key → context with something in every list."""
    return {
        "report": report_context((example_report(),)),
        "plan": plan_context(example_plan()),
        "request": request_context(example_request()),
        "revision": revision_context(example_revision_facts()),
        "review": review_context(example_review()),
    }
