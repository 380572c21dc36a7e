"""Papers as LibreOffice lays them out, the same bytes once in a process: tests of several files ask for one pack."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from capa_xl.effects.pdf import convert_to_pdf

_made: dict[tuple[str, str], bytes] = {}
"""Kind and sum of a file → its PDF, which shows neither the file's name nor its folder."""


def laid_out(folder: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """As :func:`convert_to_pdf`, of which it asks only what it was not asked before."""
    keys = {name: _key(folder / name) for name in names}
    new = tuple({key: name for name, key in keys.items() if key not in _made}.values())
    for name, pdf in zip(new, convert_to_pdf(folder, new) if new else (), strict=True):
        _made[keys[name]] = (folder / pdf).read_bytes()
    pdfs = {name: str(Path(name).with_suffix(".pdf")) for name in names}
    for name, pdf in pdfs.items():
        (folder / pdf).write_bytes(_made[keys[name]])
    return tuple(pdfs.values())


def _key(path: Path) -> tuple[str, str]:
    return path.suffix, sha256(path.read_bytes()).hexdigest()
