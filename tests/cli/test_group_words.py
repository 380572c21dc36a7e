"""What a group says of workbooks that were served, and its rehearsals."""

import pytest

from capa_xl.cli.main import run
from capa_xl.reports.daily_text import daily_lines
from capa_xl.reports.group_text import GroupLine, group_lines
from tests.tables import tracker_bytes

TABLE = """
    编号    问题描述      措施内容  责任人  责任部门  完成期限    〔自动〕逾期天数
    GJ-01   机房温度过高  换空调    样例甲  网络部    2020-03-02
"""
PEOPLE = [["姓名", "部门", "角色", "邮箱"], ["样例检", "质量部", "质量部负责人", "jian@sample.example"]]


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(tracker_bytes(TABLE, 人员部门=PEOPLE))
    return path


def said(capsys, *words):
    capsys.readouterr()
    run([*map(str, words)])
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "daily"])
def test_whom_no_letter_reaches_is_said_of_a_served_workbook_each_time(command, book, capsys):
    for _ in range(2):
        (line,) = [line for line in said(capsys, "group", command, book).splitlines() if line.startswith(str(book))]
        assert "收不到提醒：" in line and "样例甲（不在名单）" in line


def test_a_rehearsal_over_a_live_workbook_looks_only_and_writes_when_told_to(book, capsys):
    said(capsys, "group", "daily", book)
    before = book.read_bytes()
    words = said(capsys, "group", "daily", book, "--as-of", "2030-01-02")
    assert "这是按 2030-01-02 的预演" in words and "确要写入请加 --write" in words
    assert book.read_bytes() == before
    said(capsys, "group", "daily", book, "--as-of", "2030-01-02", "--write")
    assert book.read_bytes() != before


@pytest.mark.parametrize("command", [("daily",), ("group", "daily")])
@pytest.mark.parametrize(("as_of", "said_last"), [("2030-01-02", "预演"), (None, "没有配置邮件")])
def test_that_no_letter_left_is_explained_by_the_rehearsal_not_by_the_mail_settings(
    command, as_of, said_last, book, capsys
):
    words = said(capsys, *command, book, *(("--as-of", as_of) if as_of else ())).splitlines()[-1]
    assert [said_last in words, ("没有配置邮件" in words) == (as_of is None)] == [True, True]


@pytest.mark.parametrize(
    ("is_rehearsal", "filed", "said"),
    [
        (True, 13, "--as-of 不是今天，只是预演：13 封提醒只存入 .capa_xl/outbox，没有真正发出。"),
        (True, 0, "--as-of 不是今天，只是预演：没有存信，也没有发出。"),
        (False, 2, "没有配置邮件：2 封提醒只存入 .capa_xl/outbox，没有真正发出 → 请 IT 在 capa_xl.toml 填写 [mail]。"),
        (False, 0, "没有配置邮件：提醒只会存入 .capa_xl/outbox，不发出 → 请 IT 在 capa_xl.toml 填写 [mail]。"),
    ],
)
def test_one_sentence_says_whether_letters_left(is_rehearsal, filed, said):
    assert list(daily_lines((), without_mail=True, is_rehearsal=is_rehearsal, filed=filed)) == [said]


def test_what_nobody_serves_stands_first_and_its_first_fault_is_enough():
    fault = "没有找到工作表《改进计划跟踪表》 → 运行 capa-xl adopt"
    words = f"{fault}；" + "《甲》A4 缺少必需列「编号」（可识别别名：…）；" * 9
    lines = [
        GroupLine("a.xlsx", "failed", "读不出", None, None, None, None, 0),
        GroupLine("b.xlsx", "not_a_tracker", words, None, None, None, None, 0),
        GroupLine("c.xlsx", "not_a_tracker", words[:60], None, None, None, None, 0),
        GroupLine("d.xlsx", "served", "", 1, 0, 0, 0, 0, ("人员部门是空的",)),
    ]
    told = list(group_lines(lines, {"served": 1}, 0, 0))
    assert [line[:6] for line in told[:4]] == ["b.xlsx", "c.xlsx", "a.xlsx", "d.xlsx"]
    assert told[0] == f"b.xlsx：不是跟踪表。{fault}（全部原因：capa-xl check b.xlsx）"
    assert told[1].endswith(words[:60])


@pytest.mark.parametrize(("workbooks", "more"), [(9, ""), (10, ""), (11, "另有 1 个工作簿也有要处理的事")])
def test_ten_workbooks_are_named_and_the_rest_counted(workbooks, more):
    lines = [GroupLine(f"{n}.xlsx", "served", "", 1, 0, 0, 0, 0, ("样例甲收不到提醒",)) for n in range(workbooks)]
    told = list(group_lines(lines, {"served": workbooks}, 0, 0))
    assert sum("收不到提醒" in line for line in told) == min(workbooks, 10)
    assert any(line.startswith(more) for line in told) if more else not any("另有" in line for line in told)


def test_a_run_that_only_looks_counts_no_letters_and_names_where_the_errors_are():
    lines = [GroupLine(f"{n}.xlsx", "served", "", 1, 2, 3, n, 0) for n in range(5)]
    told = list(group_lines(lines, {"served": 5}, 0, None))
    assert told[-2] == "共 5 个工作簿：完成 5；实施逾期 10 项，环节超时 15 项，错误 10 个。"
    assert told[-1] == "错误最多的：4.xlsx 4 个、3.xlsx 3 个、2.xlsx 2 个 等 4 个工作簿 → 请运行 capa-xl check 4.xlsx"
    assert not any("错误最多" in line for line in group_lines(lines[:1], {"served": 1}, 0, 3))


@pytest.mark.parametrize(
    ("served", "last"),
    [
        (0, "没有找到工作簿：所给的 2 处都没有。"),
        (1, "共 1 个工作簿：完成 1；实施逾期 2 项，环节超时 3 项，错误 0 个；另有 2 处没有找到工作簿。"),
    ],
)
def test_a_place_without_a_workbook_is_counted_as_none(served, last):
    there = [GroupLine("a.xlsx", "served", "", 1, 2, 3, 0, 0)] * served
    nowhere = [
        GroupLine(name, "missing", f"找不到文件「{name}」", None, None, None, None, 0) for name in ("空", "b.xlsx")
    ]
    told = list(group_lines([*there, *nowhere], {"missing": 2} | ({"served": 1} if served else {}), 0, None))
    assert told == ["空：没有找到工作簿。找不到文件「空」", "b.xlsx：没有找到工作簿。找不到文件「b.xlsx」", last]
