"""Texts that stand in one box of so many lines: each has what it needs while there is room, the longest are cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capa_xl.reports.word.brief_cells import in_lines_of, lines_of

_INDENT = "　　"
"""By which a paragraph's first line is indented."""


def share_room(
    texts: Mapping[str, str | None], lines: int, width: float, half_points: int, before: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The texts by their keys, each cut to the lines that it gets; blank ones are left out.

    Args:
        texts: One paragraph each.
        lines: Lines of the box.
        width: Of a line, in twentieths of a point.
        half_points: Size of the type.
        before: What stands before a text in its paragraph.
    """
    ahead = {key: _INDENT + (before or {}).get(key, "") for key in texts}
    plain = {key: " ".join(text.split()) for key, text in texts.items() if text and text.strip()}
    given = _lines_each([lines_of(ahead[key] + text, width, half_points) for key, text in plain.items()], lines)
    return {
        key: in_lines_of(text, width, half_points, own, ahead[key])
        for (key, text), own in zip(plain.items(), given, strict=True)
    }


def _lines_each(wanted: Sequence[int], lines: int) -> list[int]:
    """One line each, then one more to whoever still wants one, in turn, while there are any."""
    given = [1] * len(wanted)
    left = lines - len(wanted)
    while left > 0 and (short := [at for at, want in enumerate(wanted) if given[at] < want]):
        for at in short[:left]:
            given[at] += 1
        left -= len(short[:left])
    return given
