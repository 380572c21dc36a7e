"""A real LibreOffice holds the workbook open and saves it while capa-xl runs: `python -m tests.faults.office`.

First as it comes, with its lock file; then with its lock files switched off, as on shares that lose them: it saves
again and again into refreshes, and none may end with an older save than stood there before.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from capa_xl.app.use_cases.refresh import refresh
from capa_xl.effects.world import World
from capa_xl.errors import CapaError
from capa_xl.model.as_of import SHANGHAI
from tests.app.desks import desk_at
from tests.app.office import QUALITY, SETTINGS
from tests.faults.scenarios import TRACKER
from tests.tables import workbook_bytes

ROOT = Path(__file__).parents[2]
SAVES = 100
_LONG_S = 120.0
_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Hold()
  On Error GoTo Failed
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden"
  args(0).Value = True
  doc = StarDesktop.loadComponentFromURL(&quot;@BOOK@&quot;, "_blank", 0, args())
  Wait @PAUSE@
  For at = 1 To @SAVES@
    doc.Sheets.getByIndex(0).getCellRangeByName("B2").String = "LO-" &amp; at &amp; "-"
    doc.store()
    Wait @PAUSE@
  Next
  doc.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open ConvertFromURL(&quot;@BOOK@.error&quot;) For Output As #1
  Print #1, Error$ &amp; " in line " &amp; Erl
  Close #1
  StarDesktop.terminate()
End Sub
</script:module>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
_UNLOCKED = "".join(
    f'<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="{name}" oor:op="fuse"><value>false</value>'
    "</prop></item>"
    for name in ("UseLocking", "UseDocumentSystemFileLocking", "UseDocumentOOoLockFile")
)


def main() -> int:
    if shutil.which("soffice") is None:
        print("skipped: no LibreOffice here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return _held(Path(folder) / "held") + _colliding(Path(folder) / "colliding")


def _held(folder: Path) -> int:
    """It has the workbook open, with its lock file."""
    book, office = _opened_by_libreoffice(folder, saves=1, pause_ms=8000, locks=True)
    before = book.read_bytes()
    code, words = _run("refresh", book)
    untouched = book.read_bytes() == before
    print(f"held open: refresh ends with {code}: {words}; workbook untouched: {untouched}")
    waited, _ = _run("refresh", book, "--wait", "2")
    office.wait(_LONG_S)
    again, _ = _run("refresh", book)
    verified, _ = _run("history", book, "--verify")
    kept = _marks(book) == {1}
    print(f"refresh --wait 2 ends with {waited}; its save is in the workbook: {kept}; once more: {again}; "
          f"history --verify: {verified}")  # fmt: skip
    return 0 if (code, untouched, waited, kept, again, verified) == (21, True, 0, True, 0, 0) else 1


def _colliding(folder: Path) -> int:
    """It has no lock file, and saves again and again: no refresh may end with an older save than stood there before."""
    book, office = _opened_by_libreoffice(folder, saves=SAVES, pause_ms=250, locks=False)
    ended: Counter[int] = Counter()
    newest, backwards = 0, 0
    while office.poll() is None:
        newest = max(newest, *_marks(book), 0)
        ended[_refreshed(book, 1 + ended.total() % 28)] += 1
        backwards += max(_marks(book), default=newest) < newest
    _refreshed(book, 28)
    last = _marks(book) == {SAVES}
    print(f"{SAVES} saves of LibreOffice against {ended.total()} refreshes {dict(ended)}: {backwards} ended with an "
          f"older save than stood there before, the last one stands in the workbook: {last}")  # fmt: skip
    return 0 if last and not backwards else 1


def _refreshed(book: Path, day: int) -> int:
    """A refresh on a day of its own, so that it has something to write; its exit code."""
    world = World(lambda: datetime.now(SHANGHAI), time.sleep)
    try:
        refresh(desk_at(book, date(2026, 5, day), world=world))
    except CapaError as refusal:
        return refusal.exit_code
    return 0


def _opened_by_libreoffice(folder: Path, *, saves: int, pause_ms: int, locks: bool) -> tuple[Path, subprocess.Popen]:
    profile, book = folder / "profile", folder / "表.xlsx"
    basic = profile / "user" / "basic"
    folder.mkdir()
    start = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, timeout=_LONG_S, check=False)
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY)
    macro = _MACRO.replace("@PAUSE@", str(pause_ms)).replace("@SAVES@", str(saves)).replace("@BOOK@", book.as_uri())
    (basic / "Standard" / "Module1.xba").write_text(macro)
    if not locks:
        place = profile / "user" / "registrymodifications.xcu"
        place.write_text(place.read_text("utf-8").replace("</oor:items>", f"{_UNLOCKED}</oor:items>"), "utf-8")
    book.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER, "人员部门": QUALITY, "参数": SETTINGS}))
    _run("refresh", book)
    office = subprocess.Popen(
        [*start, "macro:///Standard.Module1.Hold"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + _LONG_S
    while office.poll() is None and time.monotonic() < until and not _is_open(book, locks=locks):
        time.sleep(0.1)
    return book, office


def _is_open(book: Path, *, locks: bool) -> bool:
    return book.with_name(f".~lock.{book.name}#").exists() if locks else bool(_marks(book))


def _marks(path: Path) -> set[int]:
    """The numbers of the saves that a workbook shows."""
    try:
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as book:
            xml = b"".join(book.read(name) for name in book.namelist() if "sheet" in name or "sharedStrings" in name)
    except (OSError, zipfile.BadZipFile):
        return set()
    return {int(number) for number in re.findall(rb"LO-(\d+)-", xml)}


def _run(*words: object) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-m", "capa_xl", *map(str, words)]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, (done.stderr.strip().splitlines() or [""])[0]


if __name__ == "__main__":
    sys.exit(main())
