"""The members of a .docx, read."""

from __future__ import annotations

from capa_xl.errors import CapaError
from capa_xl.ooxml.container import read_container


def unpack(blob: bytes) -> dict[str, bytes]:
    """Name → content of every member of a .docx, folders left out.

    Raises:
        ValueError: `blob` is no zip file, or a damaged one.
    """
    try:
        container = read_container(blob)
        return {member.name: container.read(member) for member in container.members if not member.is_folder}
    except CapaError as trouble:
        raise ValueError(str(trouble)) from trouble
