import os
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from capa_xl.app.use_cases.doctor import NEEDED, OPTIONAL, State, _fonts, _mail, doctor, examine, examine_mail
from capa_xl.settings.secrets import Secret
from capa_xl.settings.values import MailSettings, PathSettings, Settings
from tests.app.desks import desk_at
from tests.app.office import DAY, SETTINGS, TRACKER, Office, with_mail, workbook
from tests.effects.mail_server import SENDER, Script, make_certificates, port_of, serve


@pytest.fixture
def server(tmp_path):
    certificates, script = make_certificates(tmp_path / "ca"), Script()
    running = serve(script, certificates.context())
    yield port_of(running), certificates, script
    running.stop()


def test_nothing_needed_is_missing_here(tmp_path):
    assert [finding for finding in examine(tmp_path, Settings()) if finding.state is State.BAD] == []


def distributions(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_-]", line)[0].lower() for line in requirements if "sys_platform" not in line}


def test_what_is_looked_for_is_what_pyproject_requires():
    """`tzdata` is left out: it is required on Windows alone, and is data."""
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    given = packages_distributions()
    assert {given[name][0].lower() for name in NEEDED} == distributions(project["dependencies"])
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    assert OPTIONAL.keys() == distributions(optional)


def test_a_folder_is_tried_by_a_real_file_that_goes_again(tmp_path, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    (found,) = [finding for finding in examine(tmp_path, Settings()) if finding.state is State.BAD]
    assert "不能写（磁盘已满）" in found.words
    assert list(tmp_path.iterdir()) == []


def bad(desk):
    return {finding.what: finding.words for finding in doctor(desk) if finding.state is State.BAD}


def test_copies_beside_the_workbook_are_named_by_name_or_by_what_they_hold_and_no_other_file_is(tmp_path):
    """The same id and a row: a copy. Another id, an archive's rows of its own, or none to be read: no copy."""
    table = workbook(tmp_path / "表.xlsx")
    copies = ("表 (1).xlsx", "表 - 副本.xlsx", "副本 表.xlsx", "表-DESKTOP-AB12CD3.xlsx")
    for name in copies:
        (tmp_path / name).write_bytes(table.read_bytes())
    workbook(tmp_path / "表 - 乙.xlsx", 参数=SETTINGS.replace("W1", "W2"))
    workbook(tmp_path / "表-上年.xlsx", TRACKER.replace("GJ-01  换硬盘", "GX-09  换主板"))
    (tmp_path / "表 - 丙.xlsx").write_bytes(b"no workbook")
    words = [one.words for one in doctor(desk_at(table, DAY)) if one.what == "副本"]
    (served,) = Office().daily(table)
    for said in ("".join(words), served.words):
        assert [name for name in copies if name not in said] == []
        assert not any(name in said for name in ("表 - 乙.xlsx", "表-上年.xlsx", "表 - 丙.xlsx"))
    (other,) = Office().daily(tmp_path / "表 (1).xlsx")
    assert "旁边的「" in other.words and "表.xlsx" in other.words


def test_a_variable_named_as_ours_that_nothing_uses_is_told(tmp_path):
    (told,) = (one for one in examine(tmp_path, Settings(unused=("CAPA_XL_COLOUR",))) if one.what == "环境变量")
    assert (told.state, "没有用到 CAPA_XL_COLOUR" in told.words) == (State.OPTIONAL, True)


def test_a_variable_that_stands_over_the_file_is_told(tmp_path):
    found = examine(tmp_path, Settings(overriding=("CAPA_XL_MAIL_HOST", "CAPA_XL_LOCK_WAIT_MINUTES")))
    (told,) = (one for one in found if one.what == "环境变量")
    assert (told.state, told.words) == (State.GOOD, "先于设置文件：CAPA_XL_MAIL_HOST、CAPA_XL_LOCK_WAIT_MINUTES")


def test_what_the_daily_pass_will_need_is_looked_at(tmp_path, certificates):
    table = workbook(tmp_path / "表.xlsx")
    (tmp_path / "模板/letters").mkdir(parents=True)
    (tmp_path / "模板/letters/letter.txt.j2").write_text("{% for %}", "utf-8")
    (tmp_path / "不是证书.pem").write_text("x")
    mail = with_mail(1, certificates, chat=(Secret("env:NOT_SET"),), ca_file=tmp_path / "不是证书.pem").mail
    found = bad(desk_at(table, DAY, settings=Settings(mail=mail, paths=PathSettings(templates=tmp_path / "模板"))))
    assert "secret「env:NOT_SET」里没有内容" in found["群机器人"]
    assert "letter.txt.j2" in found["信件模板"]
    assert "不是证书.pem」里没有证书" in found["邮件"]


def test_a_settings_file_with_a_hidden_ending_is_named(tmp_path):
    table = workbook(tmp_path / "表.xlsx")
    assert "设置文件" not in bad(desk_at(table, DAY))
    (tmp_path / "capa_xl.toml.txt").touch()
    assert "capa_xl.toml.txt" in bad(desk_at(table, DAY))["设置文件"]


def test_a_pass_whose_write_back_was_barred_is_a_run_and_what_bars_it_is_named(tmp_path, monkeypatch):
    table = workbook(tmp_path / "表.xlsx", TRACKER.replace("完成期限", "完成期限    〔自动〕状态"))
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != table.resolve() and real(path, mode))
    assert Office().daily(table)[0].sent > 0
    found = bad(desk_at(table, DAY))
    assert "是只读文件" in found["回写"]
    assert found["管理员·每天运行"].startswith(f"最近一次 {DAY}，推迟回写（退出码 21）：没有回写：")


def test_a_folder_in_which_nothing_can_be_written_bars_the_workbook_in_it(tmp_path, monkeypatch):
    table, real = workbook(tmp_path / "表.xlsx"), os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path.resolve() and real(path, mode))
    assert "这个文件夹只读" in bad(desk_at(table, DAY))["回写"]


def test_a_lock_that_somebody_forgot_is_told_every_day_and_named(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TRACKER.replace("完成期限", "完成期限    〔自动〕状态"))
    lock = tmp_path / "~$表.xlsx"
    lock.write_bytes(b"\x06sample")
    assert Office().daily(table)[0].exit_code == 0
    os.utime(lock, (0, 0))
    assert [Office().daily(table)[0].exit_code for _ in range(2)] == [21, 21]
    found = bad(desk_at(table, DAY))
    assert "锁文件「~$表.xlsx」已超过 24 小时" in found["回写"]
    assert "还没有运行过" not in found["管理员·每天运行"]


def test_a_pass_whose_letters_did_not_leave_is_told_until_one_goes_well(tmp_path, server):
    port, certificates, _ = server
    table = workbook(tmp_path / "表.xlsx")
    wrong = with_mail(port, certificates, secret=Secret("env:PW", environ={"PW": "wrong"}))
    Office(wrong).daily(table)
    told = bad(desk_at(table, DAY, settings=wrong))["管理员·每天运行"]
    assert "未完成（退出码 25）" in told and "没有发出：样例经、样例甲" in told and "不接受登录" in told
    right = with_mail(port, certificates)
    Office(right).daily(table)
    assert "管理员·每天运行" not in bad(desk_at(table, DAY, settings=right))


@pytest.mark.parametrize("name", ["journal.db", "capa_xl.log", "outbox", "backups"])
def test_what_the_state_folder_holds_is_tried_too_and_left_as_it_is(name, tmp_path, monkeypatch):
    """The folder is open to all, and what lies in it belongs to the account that tried it first."""
    table = workbook(tmp_path / "表.xlsx")
    Office().daily(table)
    place = tmp_path / ".capa_xl" / name
    assert place.exists() and examined(table) == {}
    opening, making = Path.open, os.open

    def refusing(path):
        if place in (Path(path), Path(path).parent):
            raise PermissionError(13, "Permission denied", str(path))

    def opened(path, *given, **more):
        refusing(path)
        return opening(path, *given, **more)

    def made(path, *given, **more):
        refusing(path)
        return making(path, *given, **more)

    before = place.read_bytes() if place.is_file() else sorted(place.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        patched.setattr(os, "open", made)
        found = examined(table)
    assert found["状态文件夹"].startswith(f"「{place}」不能写（没有权限） → ")
    assert before == (place.read_bytes() if place.is_file() else sorted(place.iterdir()))


def examined(table):
    return {one.what: one.words for one in examine(table, Settings()) if one.state is State.BAD}


def test_a_damaged_journal_is_found(tmp_path):
    (tmp_path / ".capa_xl").mkdir()
    (tmp_path / ".capa_xl/journal.db").write_bytes(b"?" * 3000)
    assert [f.what for f in examine(tmp_path, Settings()) if f.state is State.BAD] == ["状态文件夹"]


def test_a_damaged_journal_is_explained_once(tmp_path):
    path = workbook(tmp_path / "表.xlsx")
    (tmp_path / ".capa_xl").mkdir()
    (tmp_path / ".capa_xl" / "journal.db").write_bytes(b"no database" * 100)
    words = [one.words for one in doctor(desk_at(path, DAY)) if "台账" in one.words or "原因见" in one.words]
    assert ["已损坏" in one for one in words] == [True, False]
    assert words[1] == "读不了，原因见“状态文件夹”一行"


def test_mail_is_tried_and_nothing_is_sent(server):
    port, certificates, script = server
    finding = examine_mail(with_mail(port, certificates))
    assert finding.state is State.GOOD
    assert "没有发送任何邮件" in finding.words
    assert (script.accepted, script.seen["RCPT"]) == ([], 0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("553 5.7.1 not owned", "服务器不接受发件人（原文：553 5.7.1 not owned） → from 应是登录的那个邮箱"),
        ("530 5.7.0 log in first", "530 表示要先登录"),
        ("451 4.3.0 later", "服务器暂时不收（原文：451 4.3.0 later）"),
    ],
)  # fmt: skip
def test_a_refused_sender_is_known_before_the_morning(server, answer, said):
    port, certificates, script = server
    script.at_mail = [answer]
    finding = examine_mail(with_mail(port, certificates))
    assert finding.state is State.BAD
    assert said in finding.words
    assert (script.accepted, script.seen["RCPT"], script.seen["RSET"]) == ([], 0, 1)


def test_an_accepted_sender_is_taken_back(server):
    port, certificates, script = server
    assert "发件人可用" in examine_mail(with_mail(port, certificates)).words
    assert (script.seen["MAIL"], script.seen["RSET"]) == (1, 1)


def test_a_refused_login_is_explained(server):
    port, certificates, _ = server
    settings = with_mail(port, certificates, secret=Secret("env:PW", environ={"PW": "wrong"}))
    finding = examine_mail(settings)
    assert finding.state is State.BAD
    assert "授权码" in finding.words
    assert "wrong" not in finding.words


def test_an_absent_secret_is_said(server):
    port, certificates, _ = server
    finding = examine_mail(with_mail(port, certificates, secret=Secret("env:NONE")))
    assert "env:NONE" in finding.words


def test_a_secret_without_a_user_is_said_to_be_idle():
    mail = MailSettings(transport="smtp", host="mail.corp.example", secret=Secret("env:NOPE"))
    found = _mail(Settings(mail=mail))
    assert (found.state, found.words.partition(" → ")[0]) == (
        State.OPTIONAL, "mail.corp.example，不登录：写了 secret，没有写 user，密码没有用到",
    )  # fmt: skip


def test_without_mail_settings_there_is_nothing_to_try():
    assert examine_mail(Settings()).state is State.BAD


def test_fonts_that_nothing_stands_in_for_are_named():
    found = _fonts(frozenset({"SimSun", "DejaVu Sans"}))
    assert found.state is State.OPTIONAL
    assert "缺少 仿宋、楷体、黑体、微软雅黑、等线" in found.words and "请安装" in found.words
    assert "没有检查" in _fonts(None).words


def test_fonts_that_stand_in_are_named_beside_what_they_replace():
    both = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})
    assert "宋体、仿宋、楷体、Times New Roman 用 Noto Serif CJK SC" in _fonts(both).words
    assert (
        _fonts(frozenset({"宋体", "仿宋", "楷体", "黑体", "微软雅黑", "等线", "Times New Roman", "Arial"})).words
        == "齐全"
    )


def test_what_is_wrong_with_mail_is_the_only_word_about_it(tmp_path):
    path = workbook(tmp_path / "表.xlsx")
    barred = Settings(mail=MailSettings(transport="smtp", host="127.0.0.1", allowed_domains=("other.example",)))
    found = doctor(desk_at(path, DAY, settings=barred))
    assert [one.state for one in found if "邮件" in one.what] == [State.BAD]
    dead = Settings(mail=MailSettings(transport="smtp", host="127.0.0.1", port=1, security="none", sender=SENDER))
    found = doctor(desk_at(path, DAY, settings=dead), tries_mail=True)
    assert [(one.what, one.state) for one in found if "邮件" in one.what] == [
        ("邮件服务器", State.BAD),
        ("管理员·邮件", State.BAD),
    ]


def test_a_fault_of_the_mail_settings_is_said_beside_another_and_once(tmp_path):
    path, place = workbook(tmp_path / "表.xlsx"), tmp_path / "mail.secret"
    place.write_text("x")
    place.chmod(0o644)
    mail = {"transport": "smtp", "host": "127.0.0.1", "port": 1, "security": "none", "sender": SENDER, "user": "u"}

    def said(reference: str) -> str:
        settings = Settings(mail=MailSettings(**mail, secret=Secret(reference), allowed_domains=("other.example",)))
        found = doctor(desk_at(path, DAY, settings=settings), tries_mail=True)
        return "\n".join(one.words for one in found if one.state is State.BAD)

    assert "不放行" in said(f"file:{place}") and said(f"file:{place}").count("chmod 600") == 1
    assert said("env:NONE").count("env:NONE") == 1
