"""Days in sentences read 2026年11月23日, in the columns of a list 2026-11-23: in every letter and every Word paper.

People's own words and what check says of a cell stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from msgspec import structs

from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.shared.paper_source import paper_source
from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.report import write_reports
from capa_xl.model.journal import FAILED, SMTP, JournalView, Posting
from capa_xl.model.letter import WELCOME, JournalKey, Letter
from capa_xl.model.long_days import with_long_days
from capa_xl.model.paper_kinds import A3, EXCEPTIONS, REPLY, REQUEST
from capa_xl.policy.check import check
from capa_xl.policy.displaced import Displaced
from capa_xl.policy.handing_over import Handover
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.reports.alarm_text import DISPLACED, MISSING, Alarm, alarm_letters
from capa_xl.reports.joint_letter import joint_letter
from capa_xl.reports.letters import compose
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.sample.content import sample_content
from tests.app.desks import desk_at
from tests.made_workbooks import refreshed
from tests.policy.test_every_surface import BOOKS
from tests.reports.test_letters import LETTERHEAD, TEMPLATES

MONDAY = date(2026, 11, 23)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WRITTEN = re.compile(r"「[^「」]*」|“[^“”]*”|(?:QKSM|JJ)-\d{4}-\d\d-\d\d")
_LIMIT_OF_A_CARD = re.compile(r"^  \S+：\d{4}-\d\d-\d\d(?: \d\d:\d\d)?(?= · |$)")
_ENTRY = re.compile(r"(?:[A-Z]+-\d{4}-\d+ )?\d{4}-\d\d-\d\d")
"""A line of a column: the day stands first, or behind the number alone."""
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
_MARKS = re.compile("[，。；：→]")
FAILED_AT = Posting(
    JournalKey("W-1", "GJ-07", "O1", "2026-06-01", "0", "样例工"), FAILED, date(2026, 7, 6), None, "", SMTP, ""
)


def days_in(text: str, own: frozenset[str] = frozenset()) -> list[str]:
    """The days among our own words."""
    for words in own:
        text = text.replace(words, "")
    return DAY.findall(_WRITTEN.sub("", text))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("原期限 2026-01-09 已过", "原期限2026年1月9日已过"),
        ("须在 2026-07-08 10:30 以前响应", "须在2026年7月8日 10:30 以前响应"),
        ("完成期限「2026-01-09」早于 2026-02-01", "完成期限「2026-01-09」早于2026年2月1日"),
        *((kept, kept) for kept in (
            "请写成年-月-日，例如“2026-03-31”", "运行 capa-xl year-end 表.xlsx --before 2027-01-01 --apply，再看",
            "见 周报 2026-11-23.xlsx", "QKSM-2026-11-23",
        )),
    ],
)  # fmt: skip
def test_what_is_written_or_to_be_typed_stays(written, said):
    assert with_long_days(written) == said


@pytest.fixture(scope="module", params=BOOKS, ids=list(BOOKS))
def view(request):
    return BOOKS[request.param]()


def letters_of(view) -> tuple[Letter, ...]:
    """What everybody is to hear that day, as if nothing but one letter had gone before, with the week's lists."""
    past = JournalView("W-1", (FAILED_AT,))
    plan = plan_reminders(view, past, check(view).problems, [("样例工", "没有邮箱")])
    letters = compose((*plan.duties, *plan.capped), past, TEMPLATES, LETTERHEAD, plan.weekly)
    (first, *_) = letters
    welcome = [structs.replace(one, key=structs.replace(one.key, occurrence=WELCOME)) for one in first.duties]
    head = structs.replace(LETTERHEAD, reminders_from=date(2026, 7, 1))
    return (
        *letters,
        *compose(welcome, past, TEMPLATES, head),
        joint_letter([("甲公司", first), ("乙公司", letters[1])]),
    )


def test_no_line_of_a_letter(view):
    letters = letters_of(view)
    titles = frozenset(text[:20] for a in view.actions for text in (a.description, a.measure) if text)
    said = {line for one in letters for line in one.text.splitlines()}
    headings = {line.partition("（")[0] for line in said if line.startswith("== ")}
    assert len(headings) >= 8 and any("每周汇总（全表）" in line for line in said)
    assert [line for line in said if days_in(_LIMIT_OF_A_CARD.sub("", line), titles)] == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(MISSING, "上次（2026-11-20）有 33 行，现在只有 16 行"), (DISPLACED, Displaced(("责任人",), 9, MONDAY).what)],
)
def test_no_line_of_an_alarm(state, sentence):
    alarm = Alarm("W-1", "表 2026-11-23.xlsx", "rows", sentence, "2026-W48", MONDAY, state)
    (letter,) = alarm_letters(alarm, (("样例质", "zhi@corp.example"),))
    assert days_in(letter.text.replace(alarm.workbook, "")) == []
    assert "年11月23日" in letter.text and alarm.workbook in letter.text


def paragraphs(path: Path) -> Iterator[tuple[str, bool]]:
    """The lines of a paper, and whether each stands in a table."""
    root = docx.Document(str(path)).element.body
    for paragraph in root.iter(f"{{{root.nsmap['w']}}}p"):
        in_table = any(one.tag.endswith("}tc") for one in paragraph.iterancestors())
        text = "".join(_text(one) for one in paragraph.iter())
        yield from ((line.strip(), in_table) for line in text.splitlines())


def _text(element: Any) -> str:
    kind = element.tag.rpartition("}")[2]
    return {"t": element.text or "", "noBreakHyphen": "-", "br": "\n"}.get(kind, "")


def without_days(value: Any) -> Any:
    """What somebody wrote, without the days in it; a cell that is a day stays one."""
    return DAY.sub("某日", value) if isinstance(value, str) and not _A_DAY.fullmatch(value) else value


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Every paper of the sample, whose people write no days into their texts."""
    folder = tmp_path_factory.mktemp("papers")
    content = {
        name: tuple({key: without_days(value) for key, value in row.items()} for row in rows)
        for name, rows in sample_content(date(2026, 11, 22)).items()
    }
    book = folder / "表.xlsx"
    book.write_bytes(refreshed(build_workbook(content, as_of=MONDAY), MONDAY))
    desk = desk_at(book, MONDAY)
    make_pack(desk, "2026Q4", folder / "包")
    write_reports(desk, ["GJ-2026-004", "GJ-2026-012", "GJ-2026-024"], folder / "report", draft=True)
    for kind in (A3, EXCEPTIONS, REPLY, REQUEST):
        write_numbered(kind, desk, [], folder / kind.key, every=True)
    make_meeting(desk, "2026-11", MeetingWanted(paper=folder / "meeting"))
    hand_over(desk, Handover("样例甲", "样例乙", date(2026, 12, 5)), paper=folder / "handover")
    return folder


def test_no_sentence_of_a_paper(folder):
    checked = paper_source(desk_at(folder / "表.xlsx", MONDAY)).judged.checked
    heads = {_together(problem.message.partition("（情况说明")[0]) for problem in checked.problems}
    said = {
        (path.stem, line): in_table
        for path in sorted(folder.rglob("*.docx"))
        for line, in_table in paragraphs(path)
        if not any(_together(line).startswith(head) for head in heads)
    }
    assert {path.stem[:2] for path in folder.rglob("*.docx")} >= {"00", "02", "工作", "情况", "改进"}
    assert [paper_line for paper_line, in_table in said.items() if _is_found(paper_line[1], in_table)] == []


def _together(line: str) -> str:
    return "".join(line.split())


def _is_found(line: str, in_table: bool) -> bool:
    is_of_a_list = in_table and (_ENTRY.match(line) or not _MARKS.search(line))
    return bool(days_in(line)) and not is_of_a_list
