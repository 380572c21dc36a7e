"""What is wrong with an action's evidence: missing, there twice, changed after the confirmation (4.4.1, 4.5.1)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from capa_xl.model.action import Action
from capa_xl.model.conclusion import Conclusion
from capa_xl.model.evidence import EvidenceFile

_NAMED = re.compile(r"[^\s、，,；;\\/]+\.(?:docx?|xlsx?|pdf|jpe?g|png|txt|csv|zip|msg|eml)", re.IGNORECASE)


def evidence_faults(action: Action, conclusion: Conclusion | None, files: Sequence[EvidenceFile]) -> Iterator[str]:
    """Chinese sentences; none for an action that isn't completed and has no files."""
    yield from _missing(action, files)
    yield from _doubled(files)
    confirmed = conclusion.confirmed_on if conclusion else None
    for one in files:
        if confirmed is not None and one.changed_on > confirmed:
            yield f"{one.name} 在确认（{confirmed}）以后改过（{one.changed_on}）"


def _missing(action: Action, files: Sequence[EvidenceFile]) -> Iterator[str]:
    """Files that 完成证据 names and that aren't there; a completed action without a file or a word of evidence."""
    there = {one.name.rpartition("/")[2].lower() for one in files}
    named = dict.fromkeys(_NAMED.findall(action.evidence or ""))
    yield from (f"完成证据写了 {name}，文件夹里没有" for name in named if name.lower() not in there)
    if action.completed_on is not None and not files and not action.evidence:
        yield "已完成，没有证据文件，完成证据也空白"


def _doubled(files: Sequence[EvidenceFile]) -> Iterator[str]:
    by_hash: defaultdict[str, list[str]] = defaultdict(list)
    for one in files:
        by_hash[one.sha256].append(one.name)
    yield from (f"{'、'.join(names)} 内容相同" for names in by_hash.values() if len(names) > 1)
