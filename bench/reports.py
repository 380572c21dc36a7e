"""1,000 reports without charts: our engine against a plain docxtpl loop, same template, same data, same run.

    python bench/reports.py [COUNT]

The plain loop opens the template, renders with autoescape and saves, for every report. Every tenth report of ours is
compared with docxtpl's text, so speed isn't bought with content. Charts are timed apart.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from msgspec.structs import replace

from capa_xl.model.paper_facts import EffectFacts, ReportFacts
from capa_xl.model.paper_kinds import REPORT
from capa_xl.reports.word.context_report import report_context
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.examples import example_report
from capa_xl.reports.word.paper_catalogue import reports_blob
from capa_xl.reports.word.printable import printable

TEMPLATE = Path(__file__).parent.parent / "report_templates" / REPORT.template


def facts_of(count: int, *, charts: bool) -> list[ReportFacts]:
    """Reports that differ in number, text and owner; what a plain loop can't draw is left out but with charts."""
    one = example_report()
    effect = one.effect if charts else EffectFacts(one.effect.rows, one.effect.sentence)
    return [
        replace(
            one,
            effect=effect,
            photos=one.photos if charts else (),
            action=replace(
                one.action, number=f"GJ-2026-{at:04d}", description=f"{one.action.description}（第 {at} 项）"
            ),
        )
        for at in range(count)
    ]


def plain(template: Path, facts: ReportFacts) -> bytes:
    """What a script would do."""
    document = DocxTemplate(template)
    context: dict[str, Any] = printable(report_context((facts,)))
    document.render(context, autoescape=True)
    blob = io.BytesIO()
    document.save(blob)
    return blob.getvalue()


def timed(write: Callable[[ReportFacts], bytes], reports: Sequence[ReportFacts]) -> tuple[float, list[bytes]]:
    """Seconds for all, and every tenth file."""
    kept = []
    start = time.perf_counter()
    for at, facts in enumerate(reports):
        blob = write(facts)
        if at % 10 == 0:
            kept.append(blob)
    return time.perf_counter() - start, kept


def words_of(blob: bytes) -> str:
    """The text of a .docx without its blanks; a hyphen at which no line breaks is a hyphen."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        xml = archive.read("word/document.xml").decode()
    plain = xml.replace("<w:noBreakHyphen/>", "<w:t>-</w:t>").replace("\u2011", "-")
    words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", plain))
    return "".join(words.replace("\u2060", "").split())


def peak() -> float:
    """Peak memory of this process, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int) -> None:
    """Time, compare, print."""
    reports = facts_of(count, charts=False)
    start = time.perf_counter()
    engine = Engine.of({"report": (TEMPLATE.name, TEMPLATE.read_bytes())})
    compiled = time.perf_counter() - start
    for facts in reports[:100]:
        reports_blob(engine, (facts,))
    before = peak()
    ours, our_files = timed(lambda facts: reports_blob(engine, (facts,)), reports)
    after = peak()
    theirs, their_files = timed(lambda facts: plain(TEMPLATE, facts), reports)
    same = all(words_of(a) == words_of(b) for a, b in zip(our_files, their_files, strict=True))
    with_charts, _ = timed(lambda facts: reports_blob(engine, (facts,)), facts_of(min(count, 100), charts=True))
    print(f"reports            {count}")
    print(f"compile, once      {compiled * 1000:8.1f} ms")
    print(f"plain docxtpl      {theirs / count * 1000:8.2f} ms each")
    print(f"capa-xl            {ours / count * 1000:8.2f} ms each, 1/{theirs / ours:.1f}")
    print(f"with one chart     {with_charts / min(count, 100) * 1000:8.2f} ms each")
    print(f"memory             {before:.0f} MB after 100 reports, {after:.0f} MB after {count} more")
    print(f"same words         {'yes' if same else 'NO'}")
    if not same or ours * 6 > theirs:
        sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
