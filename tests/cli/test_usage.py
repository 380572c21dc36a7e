"""Wrong usage is answered in Chinese, with exit code 2."""

from __future__ import annotations

import re

import pytest

from capa_xl.cli.main import run
from capa_xl.cli.wrapping import columns_of


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少「工作簿」"),
        (["year-end", "{book}"], "没有指明归档什么 → 归档已结束的行：capa-xl year-end"),
        (["year-end", "{book}", "-o", "归档.xlsx"], "缺少 --before（哪一天以前结束的归档） → "),
        (["year-end", "{book}", "--before", "2027-01-01"], "缺少 -o（归档文件） → "),
        (
            ["year-end", "{book}", "--before", "2027-01-01", "--moved", "归档.xlsx"],
            "--moved 不能和 --before、-o 同用 → ",
        ),
        (["facts", "{book}"], "缺少 -o（写到这个文件）。例：capa-xl facts {book} -o 文件.csv"),
        (["plan", "{book}"], "缺少 -o（写到这个文件夹）。例：capa-xl plan {book} -o 文件夹"),
        (
            ["meeting", "{book}", "-o", "{folder}/会.docx"],
            "缺少 --period（例会说的那一期：2026-10、2026Q4、2026H2、2026，或 起日..止日）。"
            "例：capa-xl meeting {book} --period 2026Q4",
        ),
        (["frob"], "没有命令「frob」"),
        (["chekc"], "是否指 check？"),
        (["check", "{book}", "--jsn"], "是否指 --json？"),
        (["check", "{book}", "--as-of"], "选项「--as-of」后面要写一个值"),
        (["check", "{book}", "--json=1"], "选项「--json」不接受值"),
        (["check", "{book}", "--as-of", "2026-13-01"], "「2026-13-01」不是日期：没有这一天 → 请写成年-月-日，例如"),
        (["check", "{book}", "--as-of", "下周五"], "「下周五」不是日期 → 请写成年-月-日，例如"),
        (["check", "{book}", "--as-of", "2101-01-01"], "「2101-01-01」不在 2000–2100 年以内 → 请核对年份"),
        (["remind", "{book}", "--as-of", "2026-11-30", "--until", "2029-12-01"], "超过三年 → 最多推算到 2029-11-30"),
        (["remind", "{book}", "--as-of", "2026-11-30", "--until", "2026-11-29"], "2026-11-30 → 写这一天或以后的日期"),
        (["history", "{book}", "--from", "2026-12-01", "--to", "2026-11-30"], "早于 --from 2026-12-01 → "),
        (["rules", "R30"], "没有规则「R30」 → 这是《制度执行自查表》的行：capa-xl check 本工作簿 --conformity"),
        (["rules", "R74"], "没有规则「R74」 → 规则编号像 AP03，一类像 AP，"),
        (["rules", "ZZ"], "规则编号像 AP03，一类像 AP，全部规则见 capa-xl rules"),
        (["check", "{book}", "more"], "多写了「more」 → 请删除；路径里有空格的，前后加引号"),
        (["check"], "缺少「工作簿」 → 例：capa-xl check 改进计划跟踪表.xlsx\n"),
        (["--as-of", "2026-01-01", "check", "{book}"], "「--as-of」前面没有命令 → 选项写在命令后面，例如 "),
        (["check", "nowhere.xlsx"], "找不到文件或文件夹「nowhere.xlsx」 → 请核对路径"),
        (["check", "{folder}"], "是文件夹，这里要写文件"),
        (["archive", "{book}"], "是文件，这里要写文件夹"),
        (["refresh", "{book}", "--wait", "soon"], "「soon」不是数字"),
        (["refresh", "{book}", "--wait", "-1"], "太小，至少是 0"),
        (["schedule", "{book}", "--print", "dos"], "「dos」不在可选的值内：systemd、cron、windows。"),
        (["refresh", "{book}", "--wait", "-1"], "「-1」太小"),
        (["check", "{folder}"], "「{folder}」是文件夹"),
        (["demo", "{book}"], "「文件夹」的值不对"),
        (["report", "{book}", "GJ-1", "--all", "-o", "{folder}"], "编号「GJ-1」和 --all 不能同用"),
        (["request", "{book}", "GJ-1", "--all", "-o", "{folder}"], "编号「GJ-1」和 --all 不能同用"),
    ],
)
def test_wrong_usage_is_answered_in_chinese(arguments, said, tmp_path, capsys):
    book = tmp_path / "跟踪表.xlsx"
    book.write_bytes(b"")
    assert run([word.format(book=book, folder=tmp_path) for word in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said.format(book=book, folder=tmp_path) in err
    assert not re.search(r"\b(valid|requires|range|option|argument|exist)\b", err, re.IGNORECASE)


def test_facts_of_no_workbook_write_no_file(tmp_path, capsys):
    (tmp_path / "坏.xlsx").write_bytes(b"")
    assert run(["facts", str(tmp_path / "坏.xlsx"), "-o", str(tmp_path / "x.csv")]) == 20
    assert "一本也没有读出来，没有写 " in capsys.readouterr().out
    assert not (tmp_path / "x.csv").exists()


def test_edits_that_are_no_json_say_where(tmp_path, capsys):
    (tmp_path / "e.json").write_text('[{"sheet": "表",\n', encoding="utf-8")
    (tmp_path / "表.xlsx").write_bytes(b"")
    assert run(["patch", str(tmp_path / "表.xlsx"), "--edits", str(tmp_path / "e.json"), "-o", "o.xlsx"]) == 2
    said = capsys.readouterr().err
    assert "修改清单不是正确的 JSON：错在第 2 行第 1 个字符 → 请写成 [ 每一项 ]" in said
    assert "Expecting" not in said


def test_a_windows_path_is_said_as_it_was_typed(capsys):
    assert run(["check", r"C:\没有\表.xlsx"]) == 2
    assert r"找不到文件或文件夹「C:\没有\表.xlsx」 → 请核对路径" in capsys.readouterr().err


def test_a_workbook_that_may_not_be_read_is_no_fault_of_the_call_of_an_unattended_pass(tmp_path, monkeypatch):
    (tmp_path / "表.xlsx").write_bytes(b"")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert run(["daily", str(tmp_path / "表.xlsx")]) == 20
    assert run(["check", str(tmp_path / "表.xlsx")]) == 2


def test_who_may_only_read_is_told_what_needs_no_writing(tmp_path, capsys):
    from tests.app.office import workbook

    (tmp_path / ".capa_xl").write_text("no folder")
    assert run(["refresh", str(workbook(tmp_path / "表.xlsx"))]) == 23
    said = capsys.readouterr().err
    assert (
        "台账、信件、备份都存在这里，请检查权限和磁盘空间，或在 capa_xl.toml 的 [paths] state 写一个能写的文件夹；"
        in said
    )
    assert "只有读取权限的，可用 check、todo、refresh --check、" in said


@pytest.mark.parametrize("columns", ["60", "100"])
def test_a_help_fits_its_terminal(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", columns)
    assert run(["check", "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(columns_of, lines)) <= int(columns)
    assert any("--as-of" in line for line in lines)


@pytest.mark.parametrize("columns", ["80", "100"])
@pytest.mark.parametrize("command", ["report", "meeting", "group"])
def test_what_is_said_of_options_and_commands_stands_in_one_column(command, columns, monkeypatch, capsys):
    """By the columns of a terminal, where a Chinese character takes two."""
    monkeypatch.setenv("COLUMNS", columns)
    assert run([command, "--help"]) == 0
    for part in capsys.readouterr().out.split("\n\n"):
        heading, *lines = part.splitlines()
        if heading in ("选项：", "命令："):
            beginnings = (re.match(r"  \S.*?  +(?=\S)|    +(?=\S)", line) for line in lines)
            assert len({columns_of(found[0]) for found in beginnings if found}) == 1


@pytest.mark.parametrize("command", [["daily"], ["group", "daily"], ["refresh"]])
def test_the_help_says_that_a_day_that_is_today_is_no_rehearsal(command, capsys):
    run([*command, "--help"])
    assert "写今天的不是预演" in "".join(capsys.readouterr().out.split())
