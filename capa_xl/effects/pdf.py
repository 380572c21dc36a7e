"""Word and Excel → PDF through LibreOffice: one call for many files, a profile of its own, a time limit."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from capa_xl.effects.office_fonts import installed_families, stand_ins, write_profile
from capa_xl.errors import UnsafeWrite, UsageError

SECONDS_PER_FILE = 20
SECONDS_TO_START = 60
_MADE_AT = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}")
_IDENTIFIER = re.compile(rb"([</])[0-9A-F]{32}(?=[>\s])")


def find_office() -> str | None:
    """The LibreOffice on this machine: on the PATH, or on Windows where its installer puts it; None without one."""
    return shutil.which("soffice") or shutil.which("libreoffice") or _installed_on_windows()


def _installed_on_windows() -> str | None:
    if os.name != "nt":
        return None
    from capa_xl.effects.windows import registered_office

    return office_below(registered_office(), os.environ)


def office_below(registered: Path | None, environment: Mapping[str, str]) -> str | None:
    """LibreOffice's own program on Windows, whose installer changes no PATH.

    Args:
        registered: Its program folder as the installer wrote it to the registry; asked first.
        environment: The variables that say where programs are installed; 64 bits before 32.
    """
    roots = (environment.get(name) for name in ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"))
    places = (registered, *(Path(root) / "LibreOffice" / "program" for root in roots if root))
    return next((str(place / "soffice.exe") for place in places if place and (place / "soffice.exe").is_file()), None)


def convert_to_pdf(folder: Path, names: tuple[str, ...], on: date | None = None) -> tuple[str, ...]:
    """Make a PDF beside each .docx or .xlsx; gives their paths relative to the folder.

    宋体 and its like print in a serif, 黑体 in a sans, where this machine lacks them.

    Args:
        on: The day that stands in the PDF as the one it was made on, so that the same papers give the same bytes; None
            leaves the moment that LibreOffice wrote.

    Raises:
        UsageError: There is no LibreOffice on this machine.
        UnsafeWrite: It took too long, or made no file.
    """
    office = find_office()
    if office is None:
        raise UsageError("本机没有 LibreOffice，不能生成 PDF → 请安装 LibreOffice，或去掉 --pdf")
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "pdf"
        sources = _numbered(folder, names, Path(scratch) / "sources")
        profile = Path(scratch) / "profile"
        write_profile(profile, stand_ins(installed_families() or frozenset()))
        _run(office, sources, made, profile)
        return tuple(_moved(made / f"{at}.pdf", folder, name, on) for at, name in enumerate(names))


def _numbered(folder: Path, names: tuple[str, ...], scratch: Path) -> list[str]:
    """Copies under plain names: two papers of different folders may have the same name."""
    scratch.mkdir()
    suffixes = (Path(name).suffix for name in names)
    return [
        str(shutil.copyfile(folder / name, scratch / f"{at}{suffix}"))
        for at, (name, suffix) in enumerate(zip(names, suffixes, strict=True))
    ]


def _run(office: str, sources: list[str], made: Path, profile: Path) -> None:
    own = f"-env:UserInstallation={profile.as_uri()}"
    call = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(made)]
    limit = SECONDS_TO_START + SECONDS_PER_FILE * len(sources)
    try:
        subprocess.run([*call, *sources], capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as trouble:
        raise UnsafeWrite(f"LibreOffice 在 {limit} 秒内没有完成转换 → 请再运行一次，或去掉 --pdf") from trouble


def made_on(blob: bytes, on: date) -> bytes:
    """The PDF as made at the first moment of that day, its identifier drawn from what it says.

    LibreOffice writes the moment into /CreationDate and draws /ID and /DocChecksum from it. All are as long as before,
    so that no offset in the file moves; of another program's PDF, which has others, nothing is touched.
    """
    dated = _MADE_AT.sub(rb"\g<1>%s" % f"{on:%Y%m%d}000000".encode(), blob)
    said, trailer, ends = dated.rpartition(b"trailer")
    if not trailer:
        return dated
    mark = hashlib.sha256(said).hexdigest()[:32].upper().encode()
    return said + trailer + _IDENTIFIER.sub(rb"\g<1>%s" % mark, ends)


def _moved(pdf: Path, folder: Path, name: str, on: date | None) -> str:
    if not pdf.is_file():
        raise UnsafeWrite(f"LibreOffice 没有生成「{name}」的 PDF → 请打开该文件核对，或去掉 --pdf")
    target = str(Path(name).with_suffix(".pdf"))
    blob = pdf.read_bytes()  # moved, it would stay as private on Windows as the temporary folder is
    (folder / target).write_bytes(made_on(blob, on) if on else blob)
    return target
