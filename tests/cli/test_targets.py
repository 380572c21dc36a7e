"""Every -o, --output, --report, --summary of every command: what can't be right is refused, and nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import click
import docx
import openpyxl
import pytest

from capa_xl.cli.main import COMMANDS, program, run
from capa_xl.cli.targets import NewFile, NewFolder, NewText
from tests.tables import workbook_bytes

TRACKER = "编号         问题描述      责任人  完成期限\nGJ-2026-001  值班漏接三次  样例甲  2026-07-01"
FILES = {
    "check --report": ["check", "表.xlsx", "--report", "{}"],
    "facts -o": ["facts", "表.xlsx", "-o", "{}"],
    "group check --summary": ["group", "check", "表.xlsx", "--summary", "{}"],
    "adopt -o": ["adopt", "表.xlsx", "-o", "{}", "--no-input"],
    "patch -o": ["patch", "表.xlsx", "--edits", "改.json", "-o", "{}"],
}
FOLDERS = {
    "report -o": ["report", "表.xlsx", "--all", "-o", "{}"],
    "plan -o": ["plan", "表.xlsx", "-o", "{}"],
    "request -o": ["request", "表.xlsx", "-o", "{}"],
    "revision -o": ["revision", "表.xlsx", "GJ-2026-001", "-o", "{}"],
    "a3 -o": ["a3", "表.xlsx", "GJ-2026-001", "-o", "{}"],
    "pack -o": ["pack", "表.xlsx", "--period", "2026Q2", "-o", "{}"],
    "analyse -o": ["analyse", "表.xlsx", "-o", "{}"],
    "slip -o": ["slip", "表.xlsx", "--all", "-o", "{}"],
    "desktop -o": ["desktop", "表.xlsx", "-o", "{}"],
    "group pack -o": ["group", "pack", "表.xlsx", "--period", "2026Q2", "-o", "{}"],
    "demo": ["demo", "{}"],
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("表.xlsx").write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    Path("改.json").write_text('[{"sheet": "改进计划跟踪表", "cell": "B2", "value": "x"}]', "utf-8")
    Path("夹").mkdir()
    Path("文字").write_text("不是文件夹", "utf-8")
    for name in ("假.xlsx", "假.xlsm", "假.docx", "假.csv", "假.parquet"):
        Path(name).write_bytes(b"\x00\x01 not one")
    return tmp_path


def refused(folder, command, target, capsys):
    """What is said; the exit code is 2 and every file is as it was."""
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    code = run([*(word.format(target) for word in command), "--as-of", "2026-06-01"])
    assert code == 2
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    return capsys.readouterr().err


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
@pytest.mark.parametrize("target", ["结果.doc", "结果.xls", "结果.pdf", "结果", "结果.txt", "新/结果.xlsb"])
def test_a_file_of_another_ending_is_refused(command, target, folder, capsys):
    assert "扩展名应" in refused(folder, command, target, capsys)


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_a_folder_is_no_file(command, folder, capsys):
    assert "「夹」是文件夹 → 请写文件名" in refused(folder, command, "夹", capsys)


@pytest.mark.parametrize("command", FOLDERS.values(), ids=FOLDERS)
@pytest.mark.parametrize("target", ["结果.doc", "结果.xlsx", "结果.pdf", "结果.zip", "结果.wps"])
def test_what_looks_like_a_file_is_no_folder(command, target, folder, capsys):
    said = refused(folder, command, target, capsys)
    assert "像是文件名，这里要写文件夹" in said or "扩展名应是 .docx" in said


@pytest.mark.parametrize("command", FOLDERS.values(), ids=FOLDERS)
def test_a_file_is_no_folder(command, folder, capsys):
    assert "「文字」是文件，这里要写文件夹；没有动它" in refused(folder, command, "文字", capsys)


@pytest.mark.parametrize(
    ("command", "target"),
    [
        *((FILES[name], "假.xlsx") for name in ("check --report", "group check --summary", "adopt -o", "patch -o")),
        (FILES["facts -o"], "假.csv"), (FILES["facts -o"], "假.parquet"), (FOLDERS["report -o"], "假.docx"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_under_the_right_name_is_never_replaced(command, target, folder, capsys):
    assert f"「{target}」已经存在，而且不是" in refused(folder, command, target, capsys)


@pytest.mark.parametrize("sheet", ["改进计划跟踪表", "整改台账", "工资"])
@pytest.mark.parametrize("name", ["check --report", "group check --summary"])
def test_a_list_is_never_written_over_a_workbook_of_somebodys(name, sheet, folder, capsys):
    (folder / "别的.xlsx").write_bytes(workbook_bytes({sheet: TRACKER}))
    assert "是别的工作簿，没有改动它" in refused(folder, FILES[name], "别的.xlsx", capsys)


LISTS = [["check", "表.xlsx", "--report"], ["group", "check", "表.xlsx", "--summary"]]


@pytest.mark.parametrize("call", LISTS)
def test_an_older_list_is_replaced(call, folder, capsys):
    call = [*call, "清单.xlsx", "--as-of", "2026-06-01"]
    assert [run(call), run(call)] == [0, 0]
    assert openpyxl.load_workbook(BytesIO(Path("清单.xlsx").read_bytes())).sheetnames


@pytest.mark.parametrize(
    ("call", "lies"),
    [
        (FOLDERS["plan -o"], "论文_草稿.docx"),
        (FOLDERS["plan -o"], "论文_草稿_预演.docx"),
        (["meeting", "表.xlsx", "--period", "2026-05", "-o", "{}"], "论文.docx"),
    ],
)
def test_a_paper_is_never_written_over_a_document_of_somebodys(call, lies, folder, capsys):
    docx.Document().save(folder / lies)
    assert f"「{lies}」是别的 Word 文件，没有动它" in refused(folder, call, "论文.docx", capsys)


def test_an_older_draft_is_replaced(folder):
    call = ["plan", "表.xlsx", "-o", "计划.docx", "--as-of"]
    assert run([*call, "2026-06-01"]) == 0
    first = Path("计划_草稿_预演.docx").read_bytes()
    assert run([*call, "2026-06-02"]) == 0
    assert Path("计划_草稿_预演.docx").read_bytes() != first


@pytest.mark.parametrize("call", [["meeting", "表.xlsx", "--period", "2026-05"], ["plan", "表.xlsx"]])
def test_the_same_call_twice_is_no_fault_of_the_file_that_it_made(call, folder):
    assert [run([*call, "-o", "纸_草稿.docx", "--as-of", "2026-06-01"]) for _ in range(2)] == [0, 0]


def test_a_list_is_not_written_over_one_of_another_kind(folder, capsys):
    assert run([*LISTS[0], "清单.xlsx"]) == 0
    assert "是别的工作簿" in refused(folder, FILES["group check --summary"], "清单.xlsx", capsys)


@pytest.mark.parametrize(("source", "target"), [("a.xlsm", "b.xlsx"), ("a.xlsx", "b.xlsm"), ("a.xlsx", "b.xltx")])
def test_a_patched_copy_keeps_the_ending_of_its_source(source, target, folder, capsys):
    Path(source).write_bytes(Path("表.xlsx").read_bytes())
    said = refused(folder, ["patch", source, "--edits", "改.json", "-o", "{}"], target, capsys)
    assert f"「{target}」的扩展名应与原文件相同，没有写任何文件 → 请写成 b{Path(source).suffix}" in said


def test_a_schedule_never_replaces_what_is_no_text(folder, capsys):
    for target in ("表.xlsx", "假.csv", "夹"):
        said = refused(folder, ["schedule", "表.xlsx", "--print", "cron", "-o", "{}"], target, capsys)
        assert "没有动它" in said or "是文件夹" in said
    assert [run(["schedule", "表.xlsx", "--print", "windows", "-o", "任务.xml"]) for _ in range(2)] == [0, 0]


def test_every_option_that_names_something_to_write_is_of_these_kinds():
    """A new command's -o is caught here."""
    found = [program.get_command(click.Context(program), name) for name in COMMANDS]
    commands = [c for one in found for c in (one.commands.values() if isinstance(one, click.Group) else (one,))]
    written = {"-o", "--output", "--report", "--summary"}
    kinds = [type(param.type) for command in commands for param in command.params if written & set(param.opts)]
    assert len(kinds) >= 14
    assert set(kinds) == {NewFile, NewFolder, NewText}


@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_a_file_in_a_folder_that_is_not_there_is_refused_before_anything_is_done(command, folder, capsys):
    target = "没有/结果.csv" if command[0] == "facts" else "没有/结果.xlsx"
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert run([*(word.format(target) for word in command), "--as-of", "2026-06-01"]) == 23
    said = capsys.readouterr()
    assert said.err.startswith(f"不能写入「{target}」：没有这个文件夹") and said.out == ""
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("command", FOLDERS.values(), ids=FOLDERS)
def test_a_folder_below_a_file_is_refused_before_anything_is_done(command, folder, capsys):
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    target = Path("文字/新/夹")
    assert run([*(word.format(target) for word in command), "--as-of", "2026-06-01"]) == 23
    said = capsys.readouterr()
    assert said.err.startswith(f"不能写入「{target}」：路径中有一段不是文件夹") and said.out == ""
    after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "capa_xl.log"}
    assert after == before


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is POSIX's")
@pytest.mark.parametrize(
    ("command", "target", "report", "told"),
    [
        (["check", "表.xlsx", "--report"], "清单.xlsx", "表.xlsx", False),
        (["group", "check", "表.xlsx", "--workers", "1", "--summary"], "汇总.xlsx", "共 1 个工作簿", True),
    ],
)
def test_where_writing_fails_at_the_end_the_report_is_printed_all_the_same(folder, command, target, report, told):
    """The disk takes a small file and no large one."""
    call = [sys.executable, "-m", "capa_xl", *command, target, "--as-of", "2026-06-01"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(sys.path)}
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))"
    script = f"import os, resource; {limit}; os.execv({call[0]!r}, {call!r})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    assert (done.returncode, report in done.stdout, "汇总没有写成" in done.stdout) == (23, True, told), done
    assert f"不能写入「{target}」" in done.stderr
    assert not Path(target).exists()


def test_a_packed_pack_is_to_be_unpacked_first(tmp_path, capsys):
    packed = tmp_path / "资料包.zip"
    packed.write_bytes(b"PK")
    assert run(["archive", str(packed)]) == 2
    assert f"「{packed}」是压缩包 → 先解压到一个文件夹，再核对那个文件夹" in capsys.readouterr().err.replace("\n", "")
