"""Templates as a word processor saves them again, and papers as one lays them out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from capa_xl.model.paper_kinds import REQUEST, REVISION
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.examples import example_report, example_request, example_revision_facts
from capa_xl.reports.word.paper_catalogue import CONTENTS, paper_blob, reports_blob
from capa_xl.reports.word.templates_check import check_template
from tests.reports.word.papers import PAPERS, PROPERTIES, TEMPLATE_FILES, engine, members, template

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH"),
]


def convert(folder: Path, kind: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Files by stem, converted in one call with a profile of its own."""
    for stem, blob in files.items():
        (folder / f"{stem}.docx").write_bytes(blob)
    sources = [str(folder / f"{stem}.docx") for stem in files]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    call = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), *sources]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    suffix = kind.partition(":")[0]
    return {stem: (folder / "out" / f"{stem}.{suffix}").read_bytes() for stem in files}


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def body_text(blob: bytes) -> str:
    """The text of the body; where blanks stand is the word processor's affair."""
    pieces = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", members(blob)["word/document.xml"].decode())
    return "".join("".join(pieces).split())


def test_a_template_saved_again_by_libreoffice_has_no_fault_and_prints_the_same_words(tmp_path):
    saved = convert(tmp_path, "docx:MS Word 2007 XML", {paper: template(paper) for paper in PAPERS})
    for paper, blob in saved.items():
        assert check_template(paper, TEMPLATE_FILES[paper], blob) == ()
        again = Engine.of({paper: (TEMPLATE_FILES[paper], blob)})
        context = CONTENTS[paper].example_context()
        printed, first = (made.render(paper, context, PROPERTIES) for made in (again, engine(paper)))
        docx.Document(io.BytesIO(printed))
        assert body_text(printed) == body_text(first)


def test_forms_fit_on_one_page_and_a_report_on_five(tmp_path):
    made = engine()
    report, request = replace(example_report(), problems=()), replace(example_request(), problems=())
    empty = replace(request, action=None, derived=None, steps=())
    found = convert(
        tmp_path,
        "pdf",
        {
            "report": reports_blob(made, (report,)),
            "request": paper_blob(made, REQUEST, request),
            "empty": paper_blob(made, REQUEST, empty),
            "revision": paper_blob(made, REVISION, replace(example_revision_facts(), problems=())),
        },
    )
    counts = {stem: pages(pdf) for stem, pdf in found.items()}
    assert counts["request"] == counts["empty"] == counts["revision"] == 1
    assert 2 <= counts["report"] <= 5
