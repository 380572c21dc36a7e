"""doctor tells the three who live with a workbook what to do next."""

import sqlite3
from contextlib import closing
from datetime import date

import openpyxl
import pytest

from capa_xl.app.shared import alarm, exchanged_columns, guard
from capa_xl.app.shared.first_steps import first_steps
from capa_xl.app.use_cases.adopt import adopt_workbook
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.model.as_of import AsOf
from capa_xl.model.levels import level_named
from capa_xl.settings.values import MailSettings, Settings
from capa_xl.workbook.adopting.adopted_workbook import Adopting
from tests.app.desks import desk_at
from tests.app.office import DAY, Office, workbook
from tests.tables import workbook_bytes

SETTINGS = [
    ["参数", "值"], ["工作簿标识", "W1"], ["公司名称", "样例公司"], ["工作簿位置", "https://pan.example/表"],
    ["质量部联系人", "样例质 8000"], ["提醒启用日", "2026-01-01"],
]  # fmt: skip
PEOPLE = [
    ["姓名", "部门", "角色", "邮箱"],
    ["样例甲", "网络部", "员工", "jia@corp.example"], ["样例经", "网络部", "部门经理", "jing@corp.example"],
    ["样例质", "质量部", "质量部负责人", "zhi@corp.example"], ["样例总", "总经办", "总经理", "zong@corp.example"],
]  # fmt: skip
HEAD = ["编号", "措施内容", "责任人", "责任部门", "登记日期", "完成期限"]
ROW = ["GJ-01", "换硬盘", "样例甲", "网络部", date(2026, 1, 5), date(2026, 4, 30)]


def looked_after(folder, people=PEOPLE, head=(*HEAD, "〔自动〕状态")):
    return workbook(folder / "表.xlsx", [head, ROW], 人员部门=people, 参数=SETTINGS)


def steps(path, on=DAY, settings=None):
    return {
        step.what: (step.who, step.is_done, step.words) for step in first_steps(desk_at(path, on, settings=settings))
    }


def test_a_new_workbook_asks_for_the_roster_the_settings_a_first_row_mail_and_a_first_run(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="W1")
    found = steps(path)
    assert [(what, who, done) for what, (who, done, _) in found.items()] == [
        ("人员部门", "质量部", False), ("参数", "质量部", False), ("登记", "责任部门", False),
        ("邮件", "管理员", False), ("每天运行", "管理员", False),
    ]  # fmt: skip
    assert found["人员部门"][2].startswith("工作表《人员部门》是空的，一封提醒也发不出去")
    assert found["参数"][2].startswith(
        "还没有填：公司名称（印在文件和信件上；各表的打印页眉另在“页面设置”里填）、工作簿位置"
    )
    assert found["登记"][2].endswith("登记第一项：编号、问题描述、登记日期、提出人、来源")
    assert f"capa-xl daily {path}" in found["每天运行"][2]


def test_a_setting_that_nobody_can_read_is_no_blank_one(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="W1")
    book = openpyxl.load_workbook(path)
    next(row for row in book["参数"].iter_rows() if row[0].value == "提醒启用日")[1].value = "去年十月"
    book.save(path)
    words = steps(path)["参数"][2]
    assert words.startswith("提醒启用日「去年十月」读不懂；还没有填：公司名称（") and words.count("提醒启用日") == 1


def test_a_folder_of_evidence_under_a_number_of_nobody_is_told_with_the_nearest_one(tmp_path):
    table = looked_after(tmp_path)
    for name in ("GJ-01", "GJ-l01", ".git"):
        (tmp_path / "证据" / name).mkdir(parents=True)
    _, is_done, words = steps(table)["证据"]
    assert (is_done, words.partition(" →")[0]) == (
        False,
        "“证据”里有 1 个文件夹不是表里的编号：GJ-l01（是不是 GJ-01？）",
    )
    (tmp_path / "证据" / "GJ-l01").rmdir()
    assert "证据" not in steps(table)


def test_a_folder_of_evidence_without_the_zeros_of_its_number_is_that_number_s_before_one_that_looks_alike(tmp_path):
    numbers = ("GJ-2026-006", "GJ-2026-056")
    table = workbook(tmp_path / "表.xlsx", [HEAD, *([number, *ROW[1:]] for number in numbers)], 人员部门=PEOPLE)
    (tmp_path / "证据" / "GJ-2026-6").mkdir(parents=True)
    assert "GJ-2026-6（是不是 GJ-2026-006？）" in steps(table)["证据"][2]


def test_settings_are_not_to_be_filled_in_a_sheet_that_is_gone(tmp_path):
    path = looked_after(tmp_path)
    Office().daily(path)
    workbook(path, [(*HEAD, "〔自动〕状态"), ROW], 人员部门=PEOPLE, 参数="")
    assert steps(path)["参数"] == (
        "质量部", False,
        "工作表《参数》不见了（被删或改名） → 请改回名称，或从 .capa_xl/backups 里的备份复制回来；"
        f"都没有的，加一张再填：capa-xl grow {path} --sheet 参数 --apply",
    )  # fmt: skip


def test_settings_that_never_were_come_with_their_sheet(tmp_path):
    path = workbook(tmp_path / "表.xlsx", [(*HEAD, "〔自动〕状态"), ROW], 人员部门=PEOPLE, 参数="")
    assert steps(path)["参数"][2].startswith("没有工作表《参数》，都按默认值计算 → 误删的请改回名称")
    plain = workbook(tmp_path / "老表.xlsx", [HEAD, ROW], 人员部门="", 参数="")
    assert steps(plain)["参数"][2] == "没有工作表《参数》，接管时会加上"


def test_a_table_to_take_over_has_one_command_for_it_and_the_rest_is_for_what_comes_of_it(tmp_path):
    found = steps(workbook(tmp_path / "老表.xlsx", [HEAD, ROW], 人员部门="", 参数="", 提醒台账=""))
    assert [what for what, (_, _, words) in found.items() if "capa-xl adopt" in words] == ["接管"]
    assert "接管时会补上" in found["人员部门"][2]
    assert f"接管以后先试一次：capa-xl daily {tmp_path / '接管后.xlsx'}" in found["每天运行"][2]


@pytest.mark.parametrize(("number", "told"), [
    ("", "制度编号、制度名称现为 YNTD-ITSS-0300《运维服务能力改进管理制度》"),
    ("YY-SP-07", "制度编号、制度名称现为 YY-SP-07《运维服务能力改进管理制度》；打印页眉不跟着《参数》变，"
                 "仍印 YNTD-ITSS-0300 的工作表请在“页面设置”里改"),
])  # fmt: skip
def test_settings_that_are_filled_still_say_which_policy_they_name(tmp_path, number, told):
    own = [["制度编号", number]] if number else []
    path = workbook(tmp_path / "表.xlsx", [(*HEAD, "〔自动〕状态"), ROW], 人员部门=PEOPLE, 参数=[*SETTINGS, *own])
    assert steps(path)["参数"] == ("质量部", True, f"公司名称、位置、联系人、提醒启用日都有；{told}")


def test_a_workbook_that_is_looked_after_has_nothing_left_but_mail(tmp_path):
    path = looked_after(tmp_path)
    Office().daily(path)
    undone = [what for what, (_, done, _) in steps(path).items() if not done]
    assert undone == ["邮件"]
    assert steps(path)["每天运行"][2] == "最近一次 2026-03-31，共运行 1 天"


@pytest.mark.parametrize(
    ("on", "done"), [(date(2026, 4, 3), True), (date(2026, 4, 6), True), (date(2026, 4, 7), False)]
)
def test_a_schedule_that_stopped_is_told_after_three_working_days(tmp_path, on, done):
    """2026-04-04 to 06 is Qingming: 04-01, 02, 03 and 07 are worked."""
    path = looked_after(tmp_path)
    Office().daily(path)
    (last,) = (step for step in first_steps(desk_at(path, on)) if step.what == "每天运行")
    assert (last.is_done, last.is_trouble) == (done, not done)


def test_a_rehearsal_is_no_run(tmp_path):
    path = looked_after(tmp_path)
    daily([path], Office().world(DAY), lambda p: desk_at(p, AsOf(date(2026, 4, 30), DAY)))
    assert not steps(path)["每天运行"][1]


def test_people_without_an_address_and_a_plain_table_are_told(tmp_path):
    path = looked_after(tmp_path, [PEOPLE[0], [*PEOPLE[1][:3], None], *PEOPLE[2:]], HEAD)
    found = steps(path)
    assert "样例甲（没有邮箱）" in found["人员部门"][2]
    assert found["接管"][2] == f"没有〔自动〕列 → capa-xl adopt {path} -o {tmp_path / '接管后.xlsx'}"


def test_somebody_without_a_department_is_told_as_check_does(tmp_path):
    """Once: 正常 人员部门：8 人, while FD25 said that nobody finds him by his department."""
    path = looked_after(tmp_path, [*PEOPLE, ["样例乙", None, "员工", "yi@corp.example"]])
    words, is_done = steps(path)["人员部门"][2], steps(path)["人员部门"][1]
    said = "B6 样例乙 的部门空着：按部门找检查人、确认人、经理和收信人时，都找不到 → 在《人员部门》填部门"
    assert (words, is_done) == (said, False)


def test_what_check_says_of_cells_of_the_roster_is_told_and_not_twice(tmp_path):
    """Once FD25 alone: a wrong address of who isn't waited for, a lent one, a leave without a deputy weren't."""
    head = [*PEOPLE[0], "代理人", "代理起"]
    rows = [[*row, None, None] for row in PEOPLE[1:]]
    rows[0][3] = None  # told as one whom no letter reaches
    more = [["样例经", "质量部", "员工", None, None, None], ["样例乙", "网络部", "员工", "x@", None, date(2026, 5, 1)]]
    words = steps(looked_after(tmp_path, [head, *rows, *more]))["人员部门"][2]
    first, *faults = words.split("；")
    assert first == "1 人收不到提醒：样例甲（没有邮箱） → 请在《人员部门》填写"
    assert [fault.split("」")[0] for fault in faults if fault[0] in "DE"] == [
        "D7 「样例乙",
        "D6 「样例经",
        "E7 「样例乙",
    ]


def test_where_mail_is_set_up_the_first_try_is_of_tomorrow_for_today_would_send(tmp_path):
    path, settings = looked_after(tmp_path), Settings(mail=MailSettings(transport="smtp", host="x"))
    words = {step.what: step.words for step in first_steps(desk_at(path, DAY, settings=settings))}["每天运行"]
    trial = f"capa-xl daily {path} --as-of 2026-04-01"
    assert words.startswith(f"还没有运行过 → 先试一次（明天的日期，不发信）：{trial}；再定时：")


def test_a_file_that_is_no_workbook_is_one_step(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(b"")
    (step,) = first_steps(desk_at(tmp_path / "表.xlsx", DAY))
    assert (step.what, step.is_done, step.is_trouble) == ("工作簿", False, True)
    (tmp_path / "表.xlsx").write_bytes(workbook_bytes({"别的": [["午餐", "价格"], ["面条", 12]]}))
    (step,) = first_steps(desk_at(tmp_path / "表.xlsx", DAY))
    assert (step.what, step.is_trouble) == ("工作簿", False)


def test_a_refresh_is_no_daily_run(tmp_path):
    path = looked_after(tmp_path)
    refresh(desk_at(path, DAY))
    assert not steps(path)["每天运行"][1]
    assert steps(path)["每天运行"][2].startswith("还没有运行过")
    Office().daily(path)
    assert steps(path)["每天运行"][2] == "最近一次 2026-03-31，共运行 1 天"


def test_the_passes_of_an_earlier_version_count_as_they_did(tmp_path):
    path = looked_after(tmp_path)
    Office().daily(path)
    with closing(sqlite3.connect(tmp_path / ".capa_xl/journal.db")) as conn, conn:
        conn.execute("UPDATE run SET command = 'refresh'")
    assert steps(path)["每天运行"][2] == "最近一次 2026-03-31，共运行 1 天"


def test_letters_that_a_guard_stops_are_told_with_the_way_to_go_on(tmp_path):
    path, rows = looked_after(tmp_path), [[f"GJ-{at:02d}", *ROW[1:]] for at in range(1, 11)]
    head = (*HEAD, "〔自动〕状态")
    workbook(path, [head, *rows], 人员部门=PEOPLE, 参数=SETTINGS)
    Office().daily(path)
    workbook(path, [head, *rows[:8]], 人员部门=PEOPLE, 参数=SETTINGS)
    assert "提醒停发" not in steps(path)
    workbook(path, [head, *rows[:7]], 人员部门=PEOPLE, 参数=SETTINGS)
    found = steps(path, date(2026, 4, 1))
    who, is_done, words = found["提醒停发"]
    assert (who, is_done) == ("质量部", False)
    assert words.startswith("上次（2026-03-31）有 10 行，现在只有 7 行") and words.endswith(f"capa-xl refresh {path}")
    assert found["每天运行"][1:] == (False, "今天没有完整运行过，原因见“提醒停发”一行")


def test_what_stops_the_letters_is_looked_for_once(tmp_path, monkeypatch):
    head, rows = (*HEAD, "〔自动〕状态"), [[f"GJ-{at:02d}", *ROW[1:]] for at in range(1, 6)]
    path = workbook(tmp_path / "表.xlsx", [head, *rows], 人员部门=PEOPLE, 参数=SETTINGS)
    Office().daily(path)
    asked = []
    for where, name in ((alarm, "gone_since"), (guard, "present_numbers"), (exchanged_columns, "present_numbers")):
        monkeypatch.setattr(where, name, counted(getattr(where, name), asked))
    assert "提醒停发" not in steps(path)
    assert asked == ["gone_since"]
    workbook(path, [head, *rows[:3]], 人员部门=PEOPLE, 参数=SETTINGS)
    assert "提醒停发" in steps(path)
    assert asked[1:] == ["gone_since", "present_numbers"]


def counted(function, asked):
    def told(*given):
        asked.append(function.__name__)
        return function(*given)

    return told


def test_a_year_whose_holidays_are_missing_is_told(tmp_path):
    later = [*ROW[:5], date(2027, 3, 1)]
    path = workbook(tmp_path / "表.xlsx", [(*HEAD, "〔自动〕状态"), later], 人员部门=PEOPLE, 参数=SETTINGS)
    who, is_done, words = steps(path)["节假日"]
    assert (who, is_done) == ("质量部", False)
    assert words.startswith("2027 年没有节假日安排") and words.endswith("请在《节假日》登记 2027 年的休和班")


def mail_step(path, tried=None, **mail):
    settings = Settings(mail=MailSettings(transport="smtp", host="mail.example", **mail))
    (step,) = (step for step in first_steps(desk_at(path, DAY, settings=settings), tried) if step.what == "邮件")
    return step


def test_mail_is_only_well_where_the_server_was_not_refused_and_somebody_may_be_written_to(tmp_path):
    path = looked_after(tmp_path)
    assert mail_step(path).is_done and "试连：capa-xl doctor --mail" in mail_step(path).words
    assert mail_step(path, tried=True).words == "已配置；试连成功"
    assert mail_step(path, tried=False).is_trouble
    assert mail_step(path, allowed_domains=("corp.example",)).is_done
    barred = mail_step(path, allowed_domains=("other.example",))
    assert (barred.is_trouble, "一封提醒也发不出去" in barred.words) == (True, True)
    mute = mail_step(workbook(tmp_path / "空.xlsx", [(*HEAD, "〔自动〕状态"), ROW], 人员部门="", 参数=SETTINGS))
    assert (mute.is_trouble, mute.words.startswith("《人员部门》里没有一个可用的邮箱")) == (True, True)


def test_doctor_and_check_count_the_same_errors(tmp_path):
    """A deadline moved without an extension is known from the record alone (DO08)."""
    head, row = (*HEAD, "批准人", "批准日期", "批准结论", "〔自动〕状态"), [*ROW, "样例总", date(2026, 1, 6), "同意"]
    path = workbook(tmp_path / "表.xlsx", [head, row], 人员部门=PEOPLE, 参数=SETTINGS)
    assert not check_workbook(desk_at(path, DAY)).checked.counts["error"]
    Office().daily(path)
    row[5] = date(2026, 6, 30)
    workbook(path, [head, row], 人员部门=PEOPLE, 参数=SETTINGS)
    found = check_workbook(desk_at(path, DAY)).checked
    assert [problem.rule for problem in found.problems if problem.severity == "error"] == ["DO08"]
    assert steps(path)["登记"][2].startswith("1 项，1 个错误")


# --- the company above the printed pages -------------------------------------------------------------------


def named_later(path, company, headers=None):
    """Somebody fills 公司名称, and sets the headers of these sheets."""
    book = openpyxl.load_workbook(path)
    sheet = book["参数"]
    next(row for row in sheet.iter_rows() if row[0].value == "公司名称")[1].value = company
    for name, text in (headers or {}).items():
        book[name].oddHeader.left.text = text
    book.save(path)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_sheets_that_print_without_the_company_are_named(tmp_path):
    """A workbook made without --company and filled later kept an empty upper left, and nothing said a word."""
    path = tmp_path / "表.xlsx"
    new_workbook(path, sample=False, as_of=DAY, workbook_id="W1", level=level_named("台账"))
    assert "打印页眉" not in steps(path)
    named_later(path, "样例 A&B 公司")
    who, done, words = steps(path)["打印页眉"]
    assert (who, done) == ("质量部", False)
    assert words.startswith("打印页眉里没有公司名称「样例 A&B 公司」：全部 3 张工作表 → 请在每张的“页面布局")
    named_later(path, "样例 A&B 公司", {"参数": "样例 A&&B 公司", "人员部门": "样例 A&&B 公司"})
    assert "：《改进计划跟踪表》 → 请在" in steps(path)["打印页眉"][2]
    named_later(path, "样例 A&B 公司", {"改进计划跟踪表": "样例 A&&B 公司"})
    assert "打印页眉" not in steps(path)
    named_later(path, "改了名的公司")
    assert "没有公司名称「改了名的公司」：全部 3 张" in steps(path)["打印页眉"][2]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_header_of_somebodys_own_table_is_theirs(tmp_path):
    source, path = tmp_path / "老表.xlsx", tmp_path / "新表.xlsx"
    source.write_bytes(workbook_bytes({"台账": [HEAD, ROW]}))
    adopt_workbook(source, path, Adopting({}, "W1", DAY, company="样例公司"))
    assert "打印页眉" not in steps(path)
    named_later(path, "样例公司", {"总览": None, "台账": "本部门"})
    assert "：《总览》 → 请在" in steps(path)["打印页眉"][2]
