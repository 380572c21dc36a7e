"""What `--all` leaves out because its rows went to an archived year: the papers are made there. Shared ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.model.command_line import to_paste
from capa_xl.model.cut_text import cut_list

_MOST_NUMBERS = 10


def left_in_archives(
    command: str, archived: Mapping[str, str], desk: Desk, output: Path, *, of_needs: bool = False
) -> Iterator[str]:
    """A sentence an archive: what it has of all, and the command that makes it.

    Args:
        command: How the papers are made.
        archived: Number → name of the archive.
        output: Where they were to go.
        of_needs: The rows themselves stay and only their actions went: `--all` of the archive would print others too.
    """
    for archive in dict.fromkeys(archived.values()):
        gone = [number for number, place in archived.items() if place == archive]
        named = cut_list(gone, _MOST_NUMBERS, "份" if of_needs else "项")
        asked = gone if of_needs else ("--all",)
        made = to_paste(command, desk.workbook.parent / archive, *asked, "-o", output)
        yield f"{named}{' 的措施' if of_needs else ' '}已归档在「{archive}」，没有做 → 请对它运行：{made}"
