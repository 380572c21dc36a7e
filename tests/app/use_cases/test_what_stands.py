"""What a command of several steps looks at before it writes, and says it wrote when it is refused on the way."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from capa_xl.app.shared.desk import desk_for
from capa_xl.app.shared.group_run import Group
from capa_xl.app.shared.workbook_list import listed_workbooks
from capa_xl.app.use_cases.dossier import make_dossiers
from capa_xl.app.use_cases.group_pack import group_pack
from capa_xl.app.use_cases.meeting import MeetingWanted, make_meeting
from capa_xl.app.use_cases.report import write_reports
from capa_xl.app.use_cases.slip import make_slips
from capa_xl.errors import BadTemplate, CapaError, UnsafeWrite
from capa_xl.model.as_of import AsOf
from capa_xl.model.paper_kinds import GROUP
from capa_xl.settings.secrets import Secret
from capa_xl.settings.values import PathSettings, Settings
from tests.app.desks import desk_at
from tests.app.office import DAY as OFFICE_DAY
from tests.app.office import Office, with_mail, workbook
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
ROWS = """
    编号   问题描述      措施内容  责任部门  责任人  完成期限    实际完成日期
    GJ-01  值班漏接三次  改排班    网络部    样例甲  2026-03-01
    GJ-02  磁盘告警多    扩容      系统部    样例乙  2026-03-01
"""
DERIVING = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
"""
PEOPLE = """
    姓名    部门    角色
    样例甲  网络部  员工
    样例乙  系统部  员工
    样例质  质量部  质量部负责人
"""
LOG = """
    编号   日期        记录人  类型  内容
    GJ-01  2026-05-20  样例甲  进展  已排新班表
"""


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx", DERIVING)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": ROWS, "人员部门": PEOPLE, "进展反馈": LOG}))
    return path


def own_letters(folder, text):
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "letter.txt.j2").write_text(text, "utf-8")
    return Office(Settings(paths=PathSettings(templates=folder)))


def below_a_file(folder):
    """A place where nothing can be written: what should be its folder is a file."""
    (folder / "文件").write_text("x")
    return folder / "文件"


@pytest.mark.parametrize("text", ["{% for %}", "{{ letter.nobody_has_this }}"])
def test_daily_looks_at_letter_templates_before_it_writes_anything_back(table, tmp_path, text):
    before = table.read_bytes()
    (served,) = own_letters(tmp_path / "模板", text).daily(table)
    assert (served.exit_code, served.written, table.read_bytes() == before) == (24, 0, True)
    assert "letter.txt.j2" in served.words and "回写" not in served.words
    (mended,) = Office().daily(table)
    assert mended.exit_code == 0 and mended.written, "nothing was lost"


def test_daily_that_fails_at_its_letters_says_what_it_wrote_back(table, certificates):
    before = table.read_bytes()
    settings = with_mail(1, certificates, secret=Secret("env:PW"), allowed_domains=("corp.example",))
    (served,) = Office(settings).daily(table)
    assert served.exit_code == 24 and served.written and table.read_bytes() != before
    assert served.words.startswith(f"回写 {served.written} 格；")
    (again,) = Office(settings).daily(table)
    assert (again.exit_code, again.written) == (24, 0) and "回写" not in again.words


def test_a_meeting_page_is_said_where_the_sheet_for_its_words_cant_be_written(book, tmp_path):
    wanted = MeetingWanted(paper=tmp_path / "例会.docx", minutes=below_a_file(tmp_path) / "会议记录.xlsx")
    with pytest.raises(CapaError) as refused:
        make_meeting(desk_at(book, DAY), "2026-05", wanted)
    assert (tmp_path / "例会.docx").is_file()
    assert str(refused.value).endswith(f"在这以前已写好 {tmp_path / '例会.docx'}")


@pytest.mark.parametrize(
    ("make", "first", "second"),
    [
        (lambda desk, to: make_dossiers(desk, ["GJ-01", "GJ-02"], to), "GJ-01", "GJ-02"),
        (
            lambda desk, to: write_reports(desk, ["GJ-01", "GJ-02"], to),
            "GJ-01 改进效果确认报告_草稿.docx",
            "GJ-02 改进效果确认报告_草稿.docx/x",
        ),
        (
            lambda desk, to: make_slips(desk, ("网络部", "系统部"), to),
            "填报表 网络部 2026-06-01.xlsx",
            "",
        ),
    ],
)
def test_a_run_refused_at_its_second_file_says_the_first(book, tmp_path, monkeypatch, make, first, second):
    folder = tmp_path / "出"
    folder.mkdir()
    if second.endswith("/x"):
        (folder / second).mkdir(parents=True)
    elif second:
        (folder / second).write_text("a file where the folder should be")
    else:
        refuse_second(monkeypatch)
    with pytest.raises(UnsafeWrite) as refused:
        make(desk_at(book, DAY), folder)
    assert (folder / first).exists()
    assert str(refused.value).endswith(f"在这以前已写好 {folder / first}")


def refuse_second(monkeypatch):
    from capa_xl.app.shared import slip_handing

    wrote, write = [], slip_handing.write_new

    def once(path, blob):
        if wrote:
            raise UnsafeWrite("磁盘满了")
        wrote.append(path)
        write(path, blob)

    monkeypatch.setattr(slip_handing, "write_new", once)


def test_a_refusal_before_anything_was_written_stays_as_it_is(book, tmp_path):
    with pytest.raises(UnsafeWrite) as refused:
        make_dossiers(desk_at(book, DAY), ["GJ-01"], below_a_file(tmp_path))
    assert "已写好" not in str(refused.value)


class Idle:
    """An engine that nobody may ask to work."""

    def run(self, *_args):
        raise AssertionError("a workbook was worked at before the template was looked at")


def test_a_groups_pack_looks_at_its_template_before_any_company_is_worked_at(table, tmp_path):
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / GROUP.template).write_bytes(b"no Word file")
    as_of = AsOf(OFFICE_DAY, OFFICE_DAY)
    world = Office().world()
    desk_of = partial(desk_for, as_of=as_of, world=world)
    group = Group(listed_workbooks([str(table)]), desk_of, as_of, world, Idle())
    with pytest.raises(BadTemplate):
        group_pack(group, "2026-02", tmp_path / "包", each=True, templates=tmp_path / "模板")
    assert not (tmp_path / "包").exists() and not (table.parent / ".capa_xl").exists()
