"""What a report has behind its text: the list of its proofs, and the pictures of its evidence folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from capa_xl.model.evidence import Photo
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.reports.word.context_words import (
    MOST_OF_A_SHORT_TEXT,
)
from capa_xl.reports.word.table_words import (
    cut,
    in_table,
)

UNSHOWN = "未能显示："
_MARK = 8
_EVIDENCE_PIECES = str.maketrans({"、": "\n", "；": "\n", ";": "\n"})


def attachment_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    """What 完成证据 names; who handed it in stands nowhere, so that stays blank for the pen (A4)."""
    pieces = (facts.action.evidence or "").translate(_EVIDENCE_PIECES).split("\n")
    names = [piece.strip() for piece in pieces if piece.strip()]
    return [in_table({"index": index, "name": name, "owner": None}) for index, name in enumerate(names, start=1)]


def photo_row(photos: Sequence[Photo]) -> dict[str, Any]:
    """Two beside each other; the last row may have one."""
    return {"left": _photo(photos[0]), "right": _photo(photos[1] if len(photos) > 1 else None)}


def _photo(photo: Photo | None) -> dict[str, Any]:
    if photo is None:
        return {"picture": None, "name": None, "mark": None}
    return {"picture": photo, "name": cut(photo.name, MOST_OF_A_SHORT_TEXT), "mark": photo_mark(photo.sha256)}


def unshown_sentence(facts: ReportFacts) -> str:
    """What of the folder isn't shown, and why."""
    named = "、".join(f"{one.name}（{one.reason}）" for one in facts.unshown)
    more = f"{beyond_sentence(facts.more_photos)}，见 证据/{facts.action.number}。" if facts.more_photos else ""
    return (f"{UNSHOWN}{named}。" if named else "") + more


def beyond_sentence(count: int) -> str:
    """How many photos the report has no room for."""
    return f"另有 {count} 张照片"


def photo_mark(sha256: str) -> str:
    """What stands under a photo: the first of its hash."""
    return sha256[:_MARK]
