"""Printing a paper; 改进效果确认报告 with the photos that lie among the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from capa_xl.effects.evidence_files import PhotoFile, photo_places, read_photo
from capa_xl.model.evidence import Photo, UnshownPhoto
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.model.paper_kinds import REPORT, PaperKind

if TYPE_CHECKING:
    from capa_xl.reports.word.engine import Engine

MOST_PHOTOS = 24
"""Twelve a page; the others stay in the folder and are counted."""


def printer(engine: Engine, kind: PaperKind, workbook: Path) -> Callable[[Any], bytes]:
    """Facts of a kind → the paper."""
    from capa_xl.reports.word.paper_catalogue import paper_blob

    if kind is REPORT:
        return lambda facts: paper_blob(engine, kind, with_photos(facts, workbook))
    return partial(paper_blob, engine, kind)


def with_photos(facts: ReportFacts, workbook: Path) -> ReportFacts:
    """The facts with the photos of 证据/编号; those that can't be shown are named."""
    places = photo_places(workbook, facts.action.number)
    made = tuple(_shown(places[:MOST_PHOTOS]))
    return replace(
        facts,
        photos=tuple(one for one in made if isinstance(one, Photo)),
        unshown=tuple(one for one in made if isinstance(one, UnshownPhoto)),
        more_photos=len(places) - len(made),
    )


def _shown(places: tuple[tuple[str, Path], ...]) -> Iterator[Photo | UnshownPhoto]:
    """One after another: a photo may have 40 MB, and only its small picture is kept."""
    return (shown(read_photo(name, path)) for name, path in places)


def shown(file: PhotoFile) -> Photo | UnshownPhoto:
    """The photo made small, or why it can't be shown."""
    if file.blob is None:
        return UnshownPhoto(file.name, file.reason)
    from capa_xl.reports.word.thumbnails import UnfitPhoto, thumbnail

    try:
        jpeg, width, height = thumbnail(file.blob)
    except UnfitPhoto as trouble:
        return UnshownPhoto(file.name, str(trouble))
    return Photo(file.name, file.sha256, jpeg, width, height)
