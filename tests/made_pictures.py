"""The pictures in docs/pictures/, from the sample workbook: `python -m tests.made_pictures [NAME...]` makes them anew.

It needs LibreOffice, poppler (pdftoppm, pdftotext) and, for letters, chromium. A picture is one page of a file we make,
found by words that stand on it, a letter as wide as a phone or a window, or what a command says on the screen. All are
listed in `PICTURES`, `LETTERS` and `SCREENS`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter
from PIL import Image, ImageChops

from capa_xl.app.shared.due_letters import RemindOptions
from capa_xl.app.shared.numbered_papers import write_numbered
from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.pack import make_pack
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.remind import remind
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.slip import make_slips
from capa_xl.app.use_cases.templates import copy_templates
from capa_xl.effects.pdf import convert_to_pdf
from capa_xl.model.as_of import AsOf
from capa_xl.model.paper_kinds import A3, REPLY, REQUEST
from capa_xl.policy.handing_over import Handover
from capa_xl.workbook.adopting.adopted_workbook import Adopting
from tests.app.desks import desk_at
from tests.made_workbooks import sample

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the first page of a file on which these words stand.

    Attributes:
        file: Path below the folder that `make_files` fills.
        words: What all stands on the page, blanks left out, its parts between …; "" for the first page.
        width: Pixels.
        share: How much of the page is shown, from its top; 1 is all.
    """

    name: str
    file: str
    words: str = ""
    width: int = 794
    share: float = 1


ON_THE_DAY = "跟踪表_当天.xlsx"
"""The sample with TODAY() standing for `DAY`: renderers compute it afresh, and a picture knows no clock."""

HOLIDAYS = "节假日.xlsx"
"""A blank workbook's sheet with the first days of 2026 filled in."""

PICTURES = (
    Picture("overview", ON_THE_DAY, "改进计划总览", 1470),
    Picture("tracker", ON_THE_DAY, "GJ-2026-031", 1470),
    Picture("tracker_to_fill", ON_THE_DAY, "GJ-2026-044…完成证据", 1470),
    Picture("timeline", ON_THE_DAY, "在办措施时间轴", 1470),
    Picture("problems", ON_THE_DAY, "取消信息不完整", 1190),
    Picture("lists", ON_THE_DAY, "字典…来源…措施类型", 1470, share=0.45),
    Picture("holidays", HOLIDAYS, width=1190, share=0.3),
    Picture("parameters", ON_THE_DAY, "参数…提醒启用日", 1190),
    Picture("people", ON_THE_DAY, "姓名…部门…角色…邮箱", 1470, share=0.4),
    Picture("extensions", ON_THE_DAY, "原期限…新期限…理由", 1470, share=0.3),
    Picture("paper_reply", "XQ-2026-011 客户回复函.docx", share=0.62),
    Picture("adopted", "接管后.xlsx", width=1470, share=0.2),
    Picture("template", "模板/改进效果确认报告.docx", "归口部门…问题描述与影响面"),
    Picture("slip", "填报表/填报表 网络部 2026-11-22.xlsx", width=1190),
    Picture("paper_meeting", "改进例会.docx", width=1123),
    Picture("paper_handover", "工作交接单.docx"),
    Picture("paper_a3", "GJ-2026-025 重大改进一页报告.docx", width=1470),
    Picture("pack_conformity", "包/06 制度执行自查表.xlsx", width=1190),
    Picture("pack_dashboard", "包/01 改进看板.xlsx", width=1190),
    Picture("paper_plan", "包/02 运维服务能力改进计划.docx", "四、改进项目一览", 1123),
    Picture("paper_report", "GJ-2026-031 改进效果确认报告.docx"),
    Picture("paper_report_effect", "GJ-2026-031 改进效果确认报告.docx", "四、确认"),
    Picture("paper_request", "XQ-2026-018 纠正预防措施要求单.docx"),
    Picture("paper_revision", "包/04 文件修改意见单/WX-2026-012 SYS-QP-06.docx"),
    Picture("paper_review", "包/00 管理评审输入报告.docx"),
    Picture("paper_review_charts", "包/00 管理评审输入报告.docx", "4.4控制图"),
)

LETTERS = {"letter_phone": 360, "letter_desktop": 720}
"""A letter's picture → its width in pixels."""
LETTER_TO = "样例丙"
TALL = 3000
"""Pixels that no letter or screen fills."""

SCREENS = {
    "screen_first_day": ("doctor 改进计划跟踪表.xlsx", 1000),
    "screen_opened": ("refresh 打开着.xlsx --as-of 2026-11-22", 1000),
    "screen_adopt": ("adopt 老表.xlsx -o 新表.xlsx", 1000),
    "screen_year_end": (
        "year-end 改进计划跟踪表.xlsx --before 2026-09-01 -o 改进计划跟踪表_2026上.xlsx --as-of 2026-11-22",
        1000,
    ),
    "screen_daily": ("daily 改进计划跟踪表.xlsx --as-of 2026-11-22 --write", 1000),
    "screen_restored": ("refresh 恢复/改进计划跟踪表.xlsx --as-of 2026-11-23 --write", 1000),
    "screen_group": ("group check 各公司 --as-of 2026-11-22", 1000),
}
"""A screen's picture → the call, and its width in pixels."""
BLANK = "第一天"
"""The folder of the blank workbook, which has the name that the manual gives it."""
FOLDERS = {"screen_first_day": BLANK}
"""A screen's picture → the folder its call is made in, where that isn't the one of the sample."""
SCREEN = """<meta charset="utf-8"><body style="margin:0;background:#fff"><pre style="margin:16px;color:#1f2937;
font:15px/1.5 'Noto Sans Mono CJK SC',monospace;white-space:pre-wrap">$ {}</pre>"""
OLD_TABLE = (
    ("序号", "存在问题", "整改措施", "责任部门", "负责人", "整改期限", "完成时间", "检查结果", "备注"),
    (1, "巡检记录缺签字", "补签并复核十月的记录", "网络部", "样例工", date(2026, 11, 10), date(2026, 11, 9), "合格"),
    (2, "备件清单与实物不符", "重新盘点，更新清单", "网络部", "样例网", date(2026, 11, 18), None, None, "等仓库"),
    (3, "工单超时没有升级", "增加超时自动升级", "服务台", "样例甲", date(2026, 12, 20)),
)
"""A table as companies keep them; one heading, 检查结果, has to be asked about."""
OFFICE_LOCK = bytes([6]) + "样例工".encode("gbk").ljust(54) + bytes([3, 0]) + "样例工".encode("utf-16-le").ljust(108)
"""The file that Excel lays beside a workbook that 样例工 has open."""
ANSWER = {"检查结果": "检查结论"}


def make_files(folder: Path) -> None:
    """Everything that is pictured: the sample's pack of 2026Q4, and papers of single actions."""
    workbook = folder / "改进计划跟踪表.xlsx"
    workbook.write_bytes(sample())
    (folder / ON_THE_DAY).write_bytes(_on_the_day(sample()))
    desk = desk_at(workbook, AsOf(DAY, DAY))
    make_pack(desk, "2026Q4", folder / "包")
    write_reports(desk, ["GJ-2026-031"], folder)
    write_numbered(REQUEST, desk, ["XQ-2026-018"], folder)
    write_numbered(REPLY, desk, ["XQ-2026-011"], folder)
    write_numbered(A3, desk, ["GJ-2026-025"], folder)
    make_slips(desk, ("网络部",), folder / "填报表")
    make_meeting(desk, "2026-11", MeetingWanted(paper=folder / "改进例会.docx"))
    hand_over(desk, Handover("样例工", "样例检", DAY), paper=folder / "工作交接单.docx")
    copy_templates(folder / "模板")
    blank = folder / BLANK / "改进计划跟踪表.xlsx"
    blank.parent.mkdir()
    new_workbook(blank, sample=False, as_of=DAY, workbook_id="SAMPLE")
    (folder / "打开着.xlsx").write_bytes(sample())
    (folder / "~$打开着.xlsx").write_bytes(OFFICE_LOCK)
    _adopt(folder)
    _fill_holidays(blank, folder / HOLIDAYS)
    _restore(folder / "恢复")
    _make_group(folder / "各公司")


def _fill_holidays(blank: Path, target: Path) -> None:
    """That sheet alone, with days of rest and of work."""
    book = openpyxl.load_workbook(blank)
    sheet = book["节假日"]
    for name in book.sheetnames:
        if name != sheet.title:
            del book[name]
    for row, (day, kind) in enumerate(((1, "休"), (2, "休"), (3, "休"), (4, "班")), start=2):
        for place, value in enumerate((date(2026, 1, day), kind, "元旦" if kind == "休" else "元旦调休"), start=1):
            sheet.cell(row, place)._style = copy(sheet.column_dimensions["ABC"[place - 1]]._style)
            sheet.cell(row, place).value = value
    book.save(target)


def _restore(folder: Path) -> None:
    """A workbook written on two days, and the backup of before the second day copied over it."""
    folder.mkdir()
    workbook = folder / "改进计划跟踪表.xlsx"
    workbook.write_bytes(sample())
    refresh(desk_at(workbook, AsOf(DAY, DAY)))
    before = workbook.read_bytes()
    refresh(desk_at(workbook, AsOf(DAY + timedelta(1), DAY + timedelta(1))))
    workbook.write_bytes(before)


def _make_group(folder: Path) -> None:
    """Two companies, and a table beside them that is nobody's tracker."""
    for company in ("样例甲公司", "样例乙公司"):
        (folder / company).mkdir(parents=True)
    (folder / "样例甲公司" / "改进计划跟踪表.xlsx").write_bytes(sample())
    new_workbook(folder / "样例乙公司" / "改进计划跟踪表.xlsx", sample=False, as_of=DAY, workbook_id="SAMPLE-B")
    with xlsxwriter.Workbook(folder / "样例甲公司" / "备件清单.xlsx") as book:
        book.add_worksheet("备件").write_row(0, 0, ("名称", "数量"))


def _adopt(folder: Path) -> None:
    old, new = folder / "老表.xlsx", folder / "接管后.xlsx"
    with xlsxwriter.Workbook(old) as book:
        sheet, day = book.add_worksheet("整改台账"), book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, len(OLD_TABLE) - 1, 12)
        sheet.set_margins(left=0.2, right=0.2, top=0.3)
        for place, width in enumerate((5, 22, 22, 10, 8, 12, 12, 10, 8)):
            sheet.set_column(place, place, width)
        for number, row in enumerate(OLD_TABLE):
            for place, value in enumerate(row):
                sheet.write(number, place, value, day if isinstance(value, date) else None)
    adopt_workbook(old, new, Adopting(ANSWER, "", DAY))
    refresh(desk_at(new, AsOf(DAY, DAY)))


def _on_the_day(blob: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(blob)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            day = f"DATE({DAY.year},{DAY.month},{DAY.day})".encode()
            content = source.read(name)
            target.writestr(name, content.replace(b"TODAY()", day) if name.startswith("xl/worksheets/") else content)
    return stream.getvalue()


def make(names: list[str]) -> None:
    """Make these pictures, or all of them."""
    chosen = [picture for picture in PICTURES if not names or picture.name in names]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_files(folder)
        files = tuple(dict.fromkeys(picture.file for picture in chosen))
        pdfs = dict(zip(files, convert_to_pdf(folder, files), strict=True)) if files else {}
        for picture in chosen:
            _draw(folder / pdfs[picture.file], picture)
        for name in LETTERS:
            if not names or name in names:
                _draw_letter(folder, name)
        for name in SCREENS:
            if not names or name in names:
                _draw_screen(folder, name)


def _draw(pdf: Path, picture: Picture) -> None:
    page = str(_page(pdf, picture.words))
    size = ["-scale-to-x", str(picture.width), "-scale-to-y", "-1"]
    call = ["pdftoppm", "-png", "-singlefile", "-f", page, "-l", page, *size, str(pdf), str(FOLDER / picture.name)]
    subprocess.run(call, check=True)
    if picture.share < 1:
        with Image.open(FOLDER / f"{picture.name}.png") as page:
            upper = page.crop((0, 0, page.width, round(page.height * picture.share)))
        upper.save(FOLDER / f"{picture.name}.png", optimize=True)


def _draw_letter(folder: Path, name: str) -> None:
    """The letter of the day in a browser of that width, cut where the letter ends."""
    due = remind(desk_at(folder / "改进计划跟踪表.xlsx", AsOf(DAY, DAY)), RemindOptions())
    (html,) = (letter.html for letter in due.letters if letter.recipient == LETTER_TO)
    _shoot(folder, name, html, LETTERS[name])


def _draw_screen(folder: Path, name: str) -> None:
    """What the command says, in that folder and by that interpreter, whose own paths nobody needs to see."""
    call, width = SCREENS[name]
    command = [sys.executable, "-m", "capa_xl", *call.split()]
    own = folder / FOLDERS.get(name, "")
    said = subprocess.run(command, cwd=own, capture_output=True, text=True, check=False)
    text = f"capa-xl {call}\n{said.stdout}{said.stderr}".replace(f"{own}/", "").replace(sys.executable, "python")
    _shoot(folder, name, SCREEN.format(escape(text)), width)


def _shoot(folder: Path, name: str, html: str, width: int) -> None:
    """A page in a browser of that width, cut where it ends."""
    page, shot = folder / "page.html", folder / "page.png"
    page.write_text(html, encoding="utf-8")
    size = [f"--window-size={width},{TALL}", "--hide-scrollbars", f"--screenshot={shot}"]
    call = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *size, page.as_uri()]
    subprocess.run(call, check=True, capture_output=True)
    with Image.open(shot) as picture:
        ground = Image.new(picture.mode, picture.size, picture.getpixel((0, picture.height - 1)))
        *_, bottom = ImageChops.difference(picture, ground).getbbox() or (picture.height,)
        picture.crop((0, 0, picture.width, min(bottom + 20, picture.height))).save(
            FOLDER / f"{name}.png", optimize=True
        )


def _page(pdf: Path, words: str) -> int:
    """The first page that says so, counted from 1.

    Raises:
        LookupError: No page does.
    """
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    for number, page in enumerate(text.split("\f"), start=1):
        if all(part in "".join(page.split()) for part in words.split("…")):
            return number
    raise LookupError(f"{words} stands on no page of {pdf.name}")


if __name__ == "__main__":
    make(sys.argv[1:])
