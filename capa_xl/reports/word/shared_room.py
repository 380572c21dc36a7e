"""Texts that stand in one box of so many lines: each has what it needs while there is room, the longest are cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capa_xl.reports.word.table_words import cut

_INDENT = 2
"""Characters by which a paragraph's first line is indented."""


def share_room(
    texts: Mapping[str, str | None], lines: int, width: int, before: Mapping[str, int] | None = None
) -> dict[str, str]:
    """The texts by their keys, each cut to the lines that it gets; blank ones are left out.

    Args:
        texts: One paragraph each.
        lines: Lines of the box.
        width: Characters of a line.
        before: Characters that stand before a text in its paragraph.
    """
    ahead = {key: _INDENT + (before or {}).get(key, 0) for key in texts}
    plain = {key: " ".join(text.split()) for key, text in texts.items() if text and text.strip()}
    given = _lines_each([-(-(ahead[key] + len(text)) // width) for key, text in plain.items()], lines)
    most = {key: max(width * own - ahead[key], 1) for key, own in zip(plain, given, strict=True)}
    return {key: cut(text, most[key]) for key, text in plain.items()}


def _lines_each(wanted: Sequence[int], lines: int) -> list[int]:
    """One line each, then one more to whoever still wants one, in turn, while there are any."""
    given = [1] * len(wanted)
    left = lines - len(wanted)
    while left > 0 and (short := [at for at, want in enumerate(wanted) if given[at] < want]):
        for at in short[:left]:
            given[at] += 1
        left -= len(short[:left])
    return given
