"""What became of the archived papers: which are gone, and which no longer say what the row says (AR05, AR06)."""

from __future__ import annotations

from pathlib import Path

from capa_xl.effects.archive_files import archived_file, can_look_up, docx_bytes
from capa_xl.model.action import Action
from capa_xl.model.figures import ArchivedPapers
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.archiving import looks_like_a_path


def archived_papers(view: RegisterView, folder: Path) -> ArchivedPapers:
    """Every 归档位置 that names a file, looked up relative to the workbook's folder."""
    found: dict[str, bool] = {}
    stale: dict[str, str] = {}
    for action in view.actions:
        location = action.archive_location
        if location is None or not looks_like_a_path(location) or not can_look_up(location):
            continue
        path = archived_file(folder, location)
        found[location] = path is not None
        if path is not None and _says_something_else(view, action, path):
            stale[action.number] = location
    return ArchivedPapers(found, stale)


def _says_something_else(view: RegisterView, action: Action, path: Path) -> bool:
    from capa_xl.policy.papers.paper_inputs import row_hash  # the facts of all papers: a fifth of a refresh's imports
    from capa_xl.reports.word.properties import content_hashes

    blob = docx_bytes(path)
    printed = content_hashes(blob).get(action.number) if blob is not None else None
    return printed is not None and printed != row_hash(view, action)
