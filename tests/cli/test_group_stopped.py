"""Ctrl-C and the cap of a run over real SMTP: what waits is counted, named, and goes with the next run, once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.app.office import workbook
from tests.effects.mail_server import Script, port_of, serve

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGINT is sent to another process")
TRACKER = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-02-27
"""
"""Overdue on whatever day the test is run: one letter to 样例甲, one to 样例经."""
PEOPLE = """
    姓名    部门    角色            邮箱                     在职
    样例甲  网络部  员工            jia@{0}.example          是
    样例经  网络部  部门经理        jing@{0}.example         是
"""


@dataclass
class Slow(Script):
    """Tells when it holds the first letter, and keeps it until it may go on."""

    holds: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.holds.set()
        while not self.goes_on.is_set():
            await asyncio.sleep(0.01)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def script():
    return Slow()


@pytest.fixture
def port(script):
    server = serve(script, None, auth=False)
    yield port_of(server)
    script.goes_on.set()
    server.stop()


def table(folder: Path, port: int, domain: str = "corp", **mail) -> Path:
    path = workbook(
        folder / "表.xlsx", TRACKER, 人员部门=PEOPLE.format(domain), 参数=f"参数 值\n工作簿标识 {folder.name}"
    )
    fields = {"transport": '"smtp"', "host": '"127.0.0.1"', "port": port, "security": '"none"', "max_connections": 1}
    lines = "".join(f"{key} = {value}\n" for key, value in (fields | mail).items())
    (folder / "capa_xl.toml").write_text(f'[mail]\nfrom = "capa@corp.example"\n{lines}', "utf-8")
    return path


def started(*words: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "capa_xl", *map(str, words)]
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ)


def ended(run: subprocess.Popen) -> tuple[int, str]:
    out, err = run.communicate(timeout=60)
    assert "Traceback" not in err
    return run.returncode, out


def done(*words: object) -> tuple[int, str]:
    return ended(started(*words))


def stopped(script: Slow, *words: object) -> tuple[int, str]:
    """A run that is sent SIGINT while the server holds its first letter."""
    run = started(*words)
    assert script.holds.wait(30)
    run.send_signal(signal.SIGINT)
    assert "正在停止" in run.stderr.readline()
    script.goes_on.set()
    return ended(run)


def figures(out: str) -> list[tuple[int, int]]:
    return [(one["sent"], one["held_back"]) for one in json.loads(out)["workbooks"]]


def accepted(script: Script) -> list[str]:
    return sorted(address for address, _ in script.accepted)


def test_a_group_stopped_while_sending_says_whose_letters_wait_and_the_next_run_sends_each_once(tmp_path, port, script):
    """Three workbooks of two letters, one after another: the first mailbox is finished, 2 + 2 letters wait."""
    for name in ("a", "b", "c"):
        table(tmp_path / name, port, name)
    code, out = stopped(script, "group", "daily", tmp_path, "--workers", 1, "--json")
    document = json.loads(out)
    assert (code, document["left"], document["letters"], document["held_back"]) == (130, 2, 2, 4)
    assert figures(out) == [(2, 0), (0, 2), (0, 2)]
    assert ["留待下次 2 封" in one["message"] for one in document["workbooks"]] == [False, True, True]
    code, out = done("group", "daily", tmp_path, "--workers", 1, "--json")
    assert (code, json.loads(out)["left"], figures(out)) == (0, 0, [(0, 0), (2, 0), (2, 0)])
    assert accepted(script) == sorted(f"{who}@{name}.example" for name in "abc" for who in ("jia", "jing"))


def test_a_stopped_group_says_it_in_words(tmp_path, port, script):
    books = [table(tmp_path / name, port, name) for name in ("a", "b")]
    code, out = stopped(script, "group", "daily", tmp_path, "--workers", 1)
    assert code == 130
    assert f"{books[1]}：留待下次 2 封" in out
    assert f"{books[0]}：留待下次" not in out
    assert "留待下次共 2 封，没有发出" in out
    assert out.splitlines()[-1] == "已按要求停止：还有 1 个没有处理完 → 再运行一次，从停下的地方继续。"
    assert "留待下次 2 封" in next((tmp_path / "b").rglob("*.log")).read_text("utf-8")


def test_joint_letters_that_a_stop_left_are_one_letter_and_wait_in_each_of_their_workbooks(tmp_path, port, script):
    """样例甲 and 样例经 stand in both: one joint letter is in hand, the other waits for both workbooks."""
    for name in ("a", "b"):
        table(tmp_path / name, port)
    code, out = stopped(script, "group", "daily", tmp_path, "--workers", 1, "--json")
    document = json.loads(out)
    assert (code, document["left"], document["letters"], document["held_back"]) == (130, 2, 1, 1)
    assert figures(out) == [(1, 1), (1, 1)]
    code, out = done("group", "daily", tmp_path, "--workers", 1, "--json")
    assert (code, json.loads(out)["letters"], figures(out)) == (0, 1, [(1, 0), (1, 0)])
    assert accepted(script) == ["jia@corp.example", "jing@corp.example"]


def test_a_single_daily_stopped_while_sending_ends_with_130_and_the_next_one_goes_on(tmp_path, port, script):
    first, second = table(tmp_path / "a", port, "a"), table(tmp_path / "b", port, "b")
    code, out = stopped(script, "daily", first, second)
    assert code == 130
    assert "提醒 1 封，邮件服务器已收下；留待下次 1 封" in out
    assert (
        out.splitlines()[-1] == "已按要求停止：还有 1 个工作簿没有处理、1 封信没有发出 → 再运行一次，从停下的地方继续。"
    )
    code, out = done("daily", first, second, "--json")
    assert (code, json.loads(out)["left"], figures(out)) == (0, 0, [(1, 0), (2, 0)])


def test_a_stop_when_the_last_letter_is_in_hand_leaves_nothing_and_is_a_whole_run(tmp_path, port, script):
    people = PEOPLE.format("a").rstrip().rpartition("\n")[0]  # without 样例经
    path = table(tmp_path / "a", port, "a")
    workbook(path, TRACKER, 人员部门=people, 参数="参数 值\n工作簿标识 a")
    code, out = stopped(script, "daily", path, "--json")
    assert (code, json.loads(out)["left"], figures(out)) == (0, 0, [(1, 0)])


def test_remind_that_was_stopped_with_letters_left_ends_with_130(tmp_path, port, script):
    code, out = stopped(script, "remind", table(tmp_path / "a", port), "--send")
    assert (code, "留待下次 1 封" in out, accepted(script)) == (130, True, ["jia@corp.example"])


CAPS = [(1, [1, 1, 1, 1]), (3, [3, 1, 0]), (4, [4, 0]), (5, [4, 0]), (0, [4, 0])]


@pytest.mark.parametrize(("cap", "runs"), CAPS)
@pytest.mark.parametrize("command", ["group daily", "daily"])
def test_the_cap_is_one_for_the_whole_run_and_the_rest_goes_with_the_next_ones(
    command, cap, runs, tmp_path, port, script
):
    """Two workbooks of two letters: the day before the cap is met, on it, and beyond."""
    script.goes_on.set()
    books = [table(tmp_path / name, port, name, max_send=cap) for name in ("a", "b")]
    left = 4
    for sent in runs:
        code, out = done(*command.split(), *books, "--json")
        left -= sent
        assert (code, sum(n for n, _ in figures(out)), sum(n for _, n in figures(out))) == (0, sent, left)
        assert json.loads(out)["left"] == 0
    assert len(set(accepted(script))) == len(script.accepted) == 4


def test_a_joint_letter_counts_once_and_the_least_cap_of_its_workbooks_counts(tmp_path, port, script):
    """样例甲's and 样例经's letters speak of both workbooks: caps 9 and 1 let one go a run."""
    script.goes_on.set()
    for name, cap in (("a", 9), ("b", 1)):
        table(tmp_path / name, port, max_send=cap)
    code, out = done("group", "daily", tmp_path, "--json")
    document = json.loads(out)
    assert (code, document["letters"], document["held_back"], document["left"]) == (0, 1, 1, 0)
    assert figures(out) == [(1, 1), (1, 1)]
    code, out = done("group", "daily", tmp_path)
    assert (code, "提醒 1 封" in out, "留待下次" in out) == (0, True, False)
    assert accepted(script) == ["jia@corp.example", "jing@corp.example"]


def test_after_a_group_daily_with_joint_letters_daily_counts_them_nowhere_twice(tmp_path, port, script):
    script.goes_on.set()
    books = [table(tmp_path / name, port) for name in ("a", "b")]
    _, out = done("group", "daily", tmp_path, "--json")
    assert [one["message"].count("提醒 2 封") for one in json.loads(out)["workbooks"]] == [1, 1]
    assert [one["message"].count("封") for one in json.loads(out)["workbooks"]] == [1, 1]
    for book in books:
        _, out = done("daily", book, "--json")
        (one,) = json.loads(out)["workbooks"]
        assert (one["sent"], one["message"].count("封") <= 1) == (0, True)
