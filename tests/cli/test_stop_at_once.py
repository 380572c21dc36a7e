"""A mail server that hangs or refuses for now, and somebody presses Ctrl-C: real sockets, a real SIGINT, real time."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.app.office import workbook
from tests.effects.mail_server import Script, port_of, serve

AT_ONCE_S = 2.0
"""From the signal to the end of the process; an interpreter's leave among it."""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGINT is sent to another process")


def sending(folder: Path, port: int, timeout_s: int = 30) -> subprocess.Popen:
    """`remind --send` of the small office over that server, in a process of its own."""
    table = workbook(folder / "表.xlsx", TRACKER)
    config = f'[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    config += f"timeout_s = {timeout_s}\n"
    (folder / "capa_xl.toml").write_text(config + 'from = "capa@corp.example"\n', "utf-8")
    command = [sys.executable, "-m", "capa_xl", "remind", str(table), "--send"]
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ)


def interrupted(run: subprocess.Popen) -> tuple[float, int, str]:
    """Press Ctrl-C: (seconds until it ended, exit code, what it printed)."""
    pressed = time.monotonic()
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=20)
    return time.monotonic() - pressed, run.returncode, out + err


TRACKER = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-02-27
"""
"""Overdue on whatever day the test is run."""


def test_a_server_that_hangs_is_left_at_once_and_the_letter_is_sent_another_day(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        run = sending(tmp_path, hanging.getsockname()[1])
        connection, _ = hanging.accept()
        with connection:
            took, code, said = interrupted(run)
    assert took < AT_ONCE_S
    assert code == 130
    assert "已停止发送：已按要求停止，这封信没有交出 → 下次运行会再发" in said


def test_while_a_server_refuses_for_now_the_run_says_that_it_tries_again_and_ctrl_c_ends_the_pause(tmp_path):
    script = Script(at_rcpt={"jing@corp.example": ["450 4.2.1 busy"] * 9, "jia@corp.example": ["450 4.2.1 busy"] * 9})
    server = serve(script, None, auth=False)
    try:
        run = sending(tmp_path, port_of(server))
        first, second = run.stderr.readline(), run.stderr.readline()
        took, code, _ = interrupted(run)
    finally:
        server.stop()
    assert (
        first.strip() == "服务器暂时不收（原文：450 4.2.1 busy）；2 封信 2 秒后再试（第 2 次，共 5 次；按 Ctrl+C 停止）"
    )
    assert (
        second.strip()
        == "服务器暂时不收（原文：450 4.2.1 busy）；2 封信 10 秒后再试（第 3 次，共 5 次；按 Ctrl+C 停止）"
    )
    assert took < AT_ONCE_S
    assert (code, script.accepted) == (130, [])


def takes_a_letter_and_falls_silent(server: socket.socket) -> socket.socket:
    """Speak SMTP up to the message, read it, and never answer it; the connection stays open."""
    connection, _ = server.accept()
    talk = connection.makefile("rwb")
    talk.write(b"220 here\r\n")
    talk.flush()
    while line := talk.readline():
        is_data = line.upper().startswith(b"DATA")
        talk.write(b"354 go on\r\n" if is_data else b"250 ok\r\n")
        talk.flush()
        if is_data:
            break
    while talk.readline() != b".\r\n":
        pass
    return connection


def test_a_letter_that_was_handed_over_is_waited_for_and_the_person_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        run = sending(tmp_path, server.getsockname()[1], timeout_s=3)
        with takes_a_letter_and_falls_silent(server):
            took, code, said = interrupted(run)
    assert took < 3 + AT_ONCE_S
    assert code == 130
    assert said.count("正在停止：先做完手中的一步") == 1
    assert "结果不明：" in said
