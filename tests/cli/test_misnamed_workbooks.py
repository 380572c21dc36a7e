"""One sentence for a file whose name and content differ, whatever the command; nothing is written."""

from pathlib import Path

import pytest

from capa_xl.cli.main import run
from tests.tables import tracker_bytes

TABLE = "编号   措施内容  责任人  完成期限\nGJ-01  换电源    样例甲  2026-06-30"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)
RENAME = "「表.xls」的内容是 Excel 工作簿（.xlsx），扩展名却不是 → 请把文件改名为「表.xlsx」，再用新文件名"
SAVE_AS = "另存为“Excel 工作簿（*.xlsx）”，再用新文件运行"
CALLS = [
    ["check", "{book}"], ["check", "--apply", "{book}"], ["refresh", "{book}"], ["refresh", "--check", "{book}"],
    ["remind", "{book}"], ["daily", "{book}"], ["todo", "{book}", "样例甲"], ["history", "{book}"],
    ["analyse", "{book}"], ["slip", "{book}", "--all", "-o", "填报"],
    ["adopt", "{book}", "-o", "新.xlsx"], ["adopt", "{book}", "-o", "新.xls"], ["adopt", "-o", "新.xls", "{book}"],
    ["adopt", "{book}", "-o", "新.xlsm"], ["group", "check", "{book}"], ["group", "daily", "{book}"],
    ["pack", "{book}", "--period", "2026Q2", "-o", "包"],
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "blob", "said"),
    [("表.xls", None, RENAME), ("表.xls", OLE, SAVE_AS), ("表.xlsx", OLE, SAVE_AS), ("表.xls", b"<html>", SAVE_AS)],
)
def test_every_command_says_the_same(call, name, blob, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(blob or tracker_bytes(TABLE))
    assert run([word.format(book=name) for word in call]) in (20, 1)
    out, err = capsys.readouterr()
    assert said in out + err
    assert [path.name for path in tmp_path.iterdir() if path.name != ".capa_xl"] == [name]


def test_a_folder_with_an_old_table_says_so_and_fails_nobody(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("旧表.xls").write_bytes(OLE)
    Path("表.xlsx").write_bytes(tracker_bytes(TABLE))
    code = run(["group", "daily", ".", "--as-of", "2026-06-01"])
    out, err = capsys.readouterr()
    assert code == 0
    assert "旧表.xls：未完成。「旧表.xls」是旧版 Excel 97-2003 格式" in out + err


def test_a_slip_that_came_back_as_an_old_table_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("表.xlsx").write_bytes(tracker_bytes(TABLE))
    Path("回").mkdir()
    Path("回/网络部.xls").write_bytes(OLE)
    run(["collect", "表.xlsx", "回"])
    out, err = capsys.readouterr()
    assert "网络部.xls" in out + err and SAVE_AS in out + err
