"""Templates as a word processor saves them again, and papers as one lays them out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.sample_workbook import sample_workbook
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.effects.office_fonts import installed_families, stand_ins, write_profile
from capa_xl.model.charts import Chart
from capa_xl.model.paper_facts import RequestFacts
from capa_xl.model.paper_kinds import A3, REQUEST, REVIEW, REVISION
from capa_xl.model.review import ReviewFacts
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.examples import example_report, example_request, example_revision_facts
from capa_xl.reports.word.examples_review import example_review
from capa_xl.reports.word.paper_catalogue import CONTENTS, paper_blob, reports_blob
from capa_xl.reports.word.templates_check import check_template
from tests.app.desks import desk_at
from tests.reports.word.papers import PAPERS, PROPERTIES, TEMPLATE_FILES, engine, members, template

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the PATH"),
]


def convert(folder: Path, kind: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Files by stem, converted in one call with a profile of its own and the typefaces that --pdf takes."""
    for stem, blob in files.items():
        (folder / f"{stem}.docx").write_bytes(blob)
    sources = [str(folder / f"{stem}.docx") for stem in files]
    write_profile(folder / "profile", stand_ins(installed_families() or frozenset()))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    call = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), *sources]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    suffix = kind.partition(":")[0]
    return {stem: (folder / "out" / f"{stem}.{suffix}").read_bytes() for stem in files}


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def body_text(blob: bytes) -> str:
    """The text of the body; where blanks stand is the word processor's affair."""
    xml = members(blob)["word/document.xml"].decode().replace("<w:noBreakHyphen/>", "<w:t>-</w:t>")
    pieces = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)
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


def between_long_names(facts: RequestFacts) -> RequestFacts:
    """The request with every department of thirty characters."""
    names = tuple(f"样例运维服务与数据中心基础设施保障部第{at}分部北京机房值班组" for at in (1, 2))
    assert facts.need
    need = replace(facts.need, department=names[0], receiving_department=names[1])
    action = facts.action and replace(facts.action, involved_departments=names)
    return replace(facts, need=need, action=action, inspecting_department=names[1])


def test_forms_fit_on_one_page_and_a_report_on_five(tmp_path):
    made = engine()
    report = replace(example_report(), problems=(), photos=(), unshown=())
    request = replace(example_request(), problems=())
    empty = replace(request, action=None, derived=None, steps=())
    long = {"content": "长" * 2000, "output": "长" * 2000}
    needy = replace(
        report,
        action=replace(report.action, resources="长" * 2000),
        steps=tuple(replace(report.steps[0], **long) for _ in range(4)),
    )
    found = convert(
        tmp_path,
        "pdf",
        {
            "report": reports_blob(made, (report,)),
            "needy": reports_blob(made, (needy,)),
            "request": paper_blob(made, REQUEST, request),
            "empty": paper_blob(made, REQUEST, empty),
            "long": paper_blob(made, REQUEST, between_long_names(request)),
            "long_empty": paper_blob(made, REQUEST, between_long_names(empty)),
            "revision": paper_blob(made, REVISION, replace(example_revision_facts(), problems=())),
        },
    )
    counts = {stem: pages(pdf) for stem, pdf in found.items()}
    assert counts.pop("report") in range(2, 6)
    assert counts.pop("needy") <= 12  # fifteen where 资源需求 stands in half a row and 产出 in a fifth
    assert set(counts.values()) == {1}, counts


LONG_ONES = ("measure", "problem", "cause", "reason")
OF_FIXED_LENGTH = ("kpis", "all_kpis", "conformity", "broken", "data_quality", "changes")
"""Tables that don't grow with the tracker."""


FOOT = 0.915
"""Share of a page's height at which its foot begins."""


def many(count: int) -> ReviewFacts:
    """A review of a busy period: so many rows in every table, their texts of 2,000 characters, names of 30."""
    facts, long, name = example_review(), "长" * 2000, "样例运维服务与数据中心基础设施保障部第一分部北京机房组"
    change: dict[str, Any] = {}
    for field in facts.__struct_fields__:
        value = getattr(facts, field)
        if isinstance(value, tuple) and value and isinstance(value[0], Struct) and not isinstance(value[0], Chart):
            texts = {one: long for one in value[0].__struct_fields__ if one in LONG_ONES}
            names = {one: name for one in value[0].__struct_fields__ if one == "department"}
            size = (
                len(value)
                if field in ("kpis", "all_kpis", "conformity", "broken", "data_quality", "changes")
                else count
            )
            change[field] = tuple(replace(value[0], **texts, **names) for _ in range(size))
    return replace(facts, **{**change, "agenda": facts.agenda[:6]})


def test_a_review_with_every_table_full_stays_readable_and_500_rows_take_no_more_pages_than_60(tmp_path):
    """Texts of 2,000 characters, departments of 28; a plain year is held to twelve pages below."""
    made = engine()
    files = {str(count): paper_blob(made, REVIEW, many(count)) for count in (60, 500)}
    found = {stem: page_texts(pdf, tmp_path) for stem, pdf in convert(tmp_path, "pdf", files).items()}
    for texts in found.values():
        before = next(at for at, text in enumerate(texts) if "附录A" in text)
        assert before < 18 and len(texts) <= before + 3
    assert len(found["60"]) == len(found["500"])


def test_the_review_of_the_sample_has_at_most_twelve_pages_before_its_annex(tmp_path):
    """75 actions, four control charts.

    The plan's last upright page, before its wide ones, may end a little sooner, and that before a report's signatures,
    which stand on one page with its attachments.
    """
    (tmp_path / "跟踪表.xlsx").write_bytes(sample_workbook(date(2026, 11, 22)))
    folder = make_pack(desk_at(tmp_path / "跟踪表.xlsx", date(2026, 11, 22)), "2026Q4", tmp_path / "包").directory
    review = (folder / f"{REVIEW.in_pack}.docx").read_bytes()
    plan = next(folder.glob("02 *.docx")).read_bytes()
    report = replace(example_report(), photos=(), unshown=())
    files = {"评审": review, "计划": plan, "报告": reports_blob(engine(), (report,))}
    found = convert(tmp_path, "pdf", files)
    texts = page_texts(found["评审"], tmp_path)
    assert next(at for at, text in enumerate(texts) if "附录A" in text) <= 12
    assert len(texts) <= 15
    reached = {stem: lowest_words(pdf, tmp_path)[:-1] for stem, pdf in found.items()}
    assert all(one >= 0.6 for pages_of in reached.values() for one in pages_of), reached
    assert all(one >= 2 / 3 for one in (*reached["评审"], *reached["报告"][:-1], *reached["计划"][2:])), reached


def lowest_words(pdf: bytes, folder: Path) -> list[float]:
    """How far down the body of each page the words reach, as a share of the height; the foot isn't counted."""
    (folder / "pages.pdf").write_bytes(pdf)
    call = ["pdftotext", "-bbox", str(folder / "pages.pdf"), "-"]
    pages_of = subprocess.run(call, check=True, capture_output=True).stdout.decode().split("<page ")[1:]
    found = []
    for page in pages_of:
        whole = float(re.search(r'height="([\d.]+)"', page)[1])
        ends = [float(end) / whole for end in re.findall(r'yMax="([\d.]+)"', page)]
        found.append(max(end for end in ends if end < FOOT))
    return found


@pytest.mark.parametrize(("decisions", "goes_on"), [(1, True), (3, False), (4, False)])
def test_page_one_of_the_review_holds_the_figures_and_up_to_four_decisions(tmp_path, decisions, goes_on):
    """What follows begins there where decisions leave it half empty."""
    facts = replace(example_review(), agenda=(example_review().agenda * 2)[:decisions])
    first = page_texts(convert(tmp_path, "pdf", {"评审": paper_blob(engine(), REVIEW, facts)})["评审"], tmp_path)[0]
    assert "提请管理评审决策事项" in first and first.count("☐同意建议") == decisions
    assert ("一、以往管理评审措施的状况" in first) == goes_on


def page_texts(pdf: bytes, folder: Path) -> list[str]:
    """The words of each page, blanks left out."""
    (folder / "pages.pdf").write_bytes(pdf)
    call = ["pdftotext", str(folder / "pages.pdf"), "-"]
    text = subprocess.run(call, check=True, capture_output=True).stdout.decode()
    return ["".join(page.split()) for page in text.split("\f")][:-1]


def test_a_major_action_stays_on_one_a3_page_whatever_its_texts(tmp_path):
    facts = example_report()
    keys = ("description", "impact", "containment", "current_state", "goal", "cause", "main_cause", "measure")
    long = replace(facts.action, **dict.fromkeys(keys, "长" * 2000))
    files = {
        "plain": paper_blob(engine(), A3, facts),
        "long": paper_blob(engine(), A3, replace(facts, action=long, steps=facts.steps[:1] * 12)),
    }
    for pdf in convert(tmp_path, "pdf", files).values():
        (text,) = page_texts(pdf, tmp_path)
        assert all(word in text for word in ("一、背景", "四、原因", "五、措施", "六、时间轴", "八、巩固", "批准"))
