"""adopt: an existing table taken over into a new file; the source stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from capa_xl.effects.files import read_file, write_new
from capa_xl.errors import UsageError
from capa_xl.model.adoption import Adoption
from capa_xl.workbook.adopting.adopt import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register, require_tracker


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopt did."""

    source: Path
    target: Path
    found: Adoption

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`; its keys are a contract (architecture.md)."""
        found = self.found
        return {
            "source": str(self.source),
            "target": str(self.target),
            "sheet": found.sheet,
            "header_row": found.header_row,
            "mapped": [{"header": m.header, "cell": m.cell, "field": m.field, "score": m.score} for m in found.mapped],
            "unmapped": list(found.unmapped),
            "added": list(found.added),
            "ask": [{"header": a.header, "cell": a.cell, "candidates": list(a.candidates)} for a in found.ask],
        }


def adopt_workbook(source: Path, target: Path, *, answers: Mapping[str, str], workbook_id: str, as_of: date) -> Adopted:
    """Write the adopted workbook where nothing lies yet.

    Args:
        answers: Heading → canonical header, "" for none of ours.
        workbook_id: 工作簿标识, for a workbook that has none.
        as_of: 提醒启用日: nothing older is reminded of.

    Raises:
        UsageError: Something lies at the target, its name has another ending, or an answer doesn't fit.
        UnreadableWorkbook: No workbook, or no table in it that looks like a tracker.
        UnsafeWrite: It can't be taken over without risking something; nothing is written.
    """
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} 已经存在，没有改动它。请换一个文件名，或先把它移走")
    if target.suffix.lower() != source.suffix.lower():
        raise UsageError(f"「{target.name}」的扩展名应与原文件相同，请写成 {target.stem}{source.suffix}")
    blob, _ = read_file(source)
    new, found = adopt(blob, Adopting(answers, workbook_id, as_of))
    require_tracker(read_register(new))
    write_new(target, new)
    return Adopted(source, target, found)
