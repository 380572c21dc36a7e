"""What a library, a server or the system says in its own language stands behind a Chinese sentence, marked 原文."""

from __future__ import annotations

import re
from pathlib import Path

import capa_xl

_BARE = re.compile(r"（\{(?:str\()?(?:clean\(|trouble|words|code|english|dent\b)[^}]*\}")
_OURS = {
    "effects/journal.py",  # {dent}: a Chinese sentence of the decoder
    "model/milestones.py",  # the code of a milestone
    "reports/word/package_safety.py",  # the person's own template
}
"""Where the name stands for a sentence of our own."""


def test_no_message_quotes_foreign_words_without_saying_so():
    root = Path(capa_xl.__file__).parent
    found = [
        f"{path.relative_to(root)}:{number} {line.strip()}"
        for path in sorted(root.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if _BARE.search(line)
    ]
    assert [line for line in found if line.partition(":")[0] not in _OURS] == []
