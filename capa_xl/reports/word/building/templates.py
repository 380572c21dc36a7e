"""All templates by file name."""

from __future__ import annotations

from importlib import import_module

from capa_xl.model.paper_kinds import PAPER_KINDS, PaperKind
from capa_xl.reports.word.building.look import PageSection, new_document
from capa_xl.reports.word.building.template_package import settled


def templates() -> dict[str, bytes]:
    """File name → template; the same bytes every time."""
    return {kind.template: settled(new_document(kind.title, *_sections(kind))) for kind in PAPER_KINDS}


def _sections(kind: PaperKind) -> tuple[PageSection, ...]:
    """The sections of one paper: module `paper_<key>` beside this one holds them."""
    module = import_module(f"capa_xl.reports.word.building.paper_{kind.key}")
    found: tuple[PageSection, ...] = module.sections()
    return found
