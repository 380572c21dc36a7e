"""What a daily pass says and writes of letters that may have arrived, were withheld, or went."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from capa_xl.app.shared import pass_write_back
from capa_xl.app.shared.deliver import Delivery
from capa_xl.app.shared.first_steps import first_steps
from capa_xl.app.shared.last_pass import SAME, last_pass, remember_pass
from capa_xl.app.shared.pass_letters import with_delivery
from capa_xl.app.shared.served import BROKEN, SERVED, Served
from capa_xl.app.use_cases.history import verify_history
from capa_xl.app.use_cases.remind import note_received
from capa_xl.effects.files import read_file
from capa_xl.effects.journal import open_journal
from capa_xl.effects.transport import Outcome
from capa_xl.errors import UnsafeWrite, UsageError, WorkbookLocked
from capa_xl.workbook.reading.reader import read_register
from tests.app.office import DAY, Office, with_mail, workbook
from tests.effects.mail_server import letter_to, port_of, serve
from tests.ooxml.every_cell import cells_of

ASK = "以前的结果不明：样例甲 1 条 → 请问本人是否收到；收到的运行 capa-xl remind "
WITH_STATUS = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
"""


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx", WITH_STATUS)


@pytest.fixture
def port(script, certificates):
    server = serve(script, certificates.context())
    yield port_of(server)
    server.stop()


@pytest.fixture
def mailing(port, certificates):
    return Office(with_mail(port, certificates))


def served_on(office, table, days=0):
    (served,) = office.daily(table, on=DAY + timedelta(days=days))
    return served


def results(table):
    return sorted((row.recipient, row.result) for row in read_register(table.read_bytes()).ledger.records)


def interrupted(table):
    """As a run that was killed while the server had the letter leaves it: the fate `sending` stands on record."""
    with open_journal(table.parent / ".capa_xl") as conn, conn:
        conn.execute("UPDATE posting SET result = 'sending', sent_on = '', sent_at = '' WHERE recipient = '样例甲'")


def test_letters_of_unknown_fate_are_named_every_day_in_words_and_log_until_they_are_sent_again(table, mailing, script):
    script.at_data["jia@corp.example"] = ["drop"]
    first = served_on(mailing, table)
    assert (first.exit_code, first.sent) == (25, 1)
    assert "结果不明：样例甲；" in first.words
    later = [served_on(mailing, table, days) for days in (0, 0, 1)]
    assert [ASK in one.words for one in later] == [True, True, True]
    assert later[1].words.startswith(SAME)
    assert next(table.parent.rglob("*.log")).read_text("utf-8").count(ASK) == 3
    asked = mailing.remind(table, DAY + timedelta(days=1), send=True, resend_unknown=True)
    assert (asked.delivery.sent, asked.unknown) == (1, ())
    assert "结果不明" not in served_on(mailing, table, 1).words


def test_a_pass_after_a_killed_one_names_them_and_the_ledger_sheet_says_so_at_once(table, mailing):
    served_on(mailing, table)
    interrupted(table)
    again = served_on(mailing, table)
    assert (again.outcome, again.exit_code, again.sent, ASK in again.words) == (BROKEN, 25, 0, True)
    assert results(table) == [("样例甲", "结果不明"), ("样例经", "已发送")]
    later = served_on(mailing, table)
    assert (later.outcome, later.exit_code, ASK in later.words) == (SERVED, 0, True)


def test_a_sending_run_that_finds_a_killed_run_s_letter_fails_once_unless_it_is_sent_again(table, mailing):
    mailing.remind(table, send=True)
    interrupted(table)
    assert mailing.remind(table).is_clean, "a preview sends nothing, and nothing of it fails"
    first, second = mailing.remind(table, send=True), mailing.remind(table, send=True)
    assert (first.delivery.is_clean, first.is_clean, second.is_clean) == (True, False, True)
    assert first.unknown == second.unknown != ()
    interrupted(table)
    assert mailing.remind(table, send=True, resend_unknown=True).is_clean


def test_doctor_names_letters_of_unknown_fate_and_is_silent_without_any(table, mailing):
    served_on(mailing, table)
    desk = mailing.desk(table)
    assert "结果不明的提醒" not in {step.what for step in first_steps(desk)}
    interrupted(table)
    (step,) = (step for step in first_steps(desk) if step.what == "结果不明的提醒")
    assert (step.is_done, step.is_trouble) == (False, True)
    assert step.words.startswith(ASK) and str(table) in step.words


def test_who_says_that_the_letter_came_is_asked_no_more_and_gets_none_again(table, mailing):
    served_on(mailing, table)
    interrupted(table)
    with pytest.raises(UsageError, match="「样例经」没有结果不明的提醒"):
        note_received(mailing.desk(table), ("样例甲", "样例经"))
    assert ASK in served_on(mailing, table).words
    assert note_received(mailing.desk(table), ("样例甲",)) == 1
    again = served_on(mailing, table)
    assert (again.sent, "结果不明" in again.words) == (0, False)
    assert results(table) == [("样例甲", "已发送"), ("样例经", "已发送")]
    assert mailing.remind(table, send=True, resend_unknown=True).delivery.sent == 0
    assert verify_history(mailing.desk(table)).faults == ()


def test_who_asks_for_it_again_when_it_is_due_no_more_is_asked_no_more_either(table, mailing, script):
    script.at_data["jia@corp.example"] = ["drop"]
    served_on(mailing, table)
    written = load_workbook(table)
    for sheet in written.worksheets:
        for (cell,) in sheet.iter_rows(max_col=1, max_row=10):
            if cell.value in ("编号", "GJ-01") and sheet.cell(cell.row, 2).value in ("措施内容", "换硬盘"):
                sheet.cell(cell.row, 8).value = "实际完成日期" if cell.value == "编号" else DAY
    written.save(table)
    asked = mailing.remind(table, DAY + timedelta(days=1), send=True, resend_unknown=True)
    assert (asked.delivery.sent, asked.unknown) == (0, ())
    assert "结果不明" not in served_on(mailing, table, 1).words
    assert ("样例甲", "发送失败") in results(table)


def test_what_is_sent_again_and_fails_again_is_said_of_this_run_alone(table, mailing, script):
    script.at_data["jia@corp.example"] = ["drop", "drop"]
    mailing.remind(table, send=True)
    asked = mailing.remind(table, send=True, resend_unknown=True)
    assert ([letter.recipient for letter, _ in asked.delivery.letters("unknown")], asked.unknown) == (["样例甲"], ())


def test_both_write_backs_of_a_pass_are_counted_and_said(table, mailing):
    before = cells_of(table.read_bytes())
    served = served_on(mailing, table)
    after = cells_of(table.read_bytes())
    changed = sum(before.get(at) != after.get(at) for at in before.keys() | after.keys())
    assert served.written == changed
    assert served.words.startswith(f"回写 {changed} 格（其中 {changed - 1} 个在提醒之后：提醒台账等）；")
    assert served.words.count("回写") == 1 and served.words.count("；提醒 2 封") == 1


def barred_second_time(monkeypatch, trouble):
    """The write-back of a pass goes through, and that of 提醒台账 after the letters does not."""
    real = pass_write_back.carry_out_refresh

    def carry_out(desk, first=None, command="refresh"):
        if first is None:
            raise trouble
        return real(desk, first, command)

    monkeypatch.setattr(pass_write_back, "carry_out_refresh", carry_out)


def test_a_pass_whose_ledger_sheet_finds_no_room_on_the_disk_fails_and_sends_nothing_twice(table, mailing, monkeypatch):
    barred_second_time(monkeypatch, UnsafeWrite("磁盘已满"))
    served = served_on(mailing, table)
    assert (served.outcome, served.exit_code, served.sent, served.written) == ("failed", 23, 2, 1)
    assert "提醒台账、校验结果没有回写：磁盘已满（提醒的结果已有记录，不会重发）" in served.words
    assert results(table) == []
    monkeypatch.undo()
    later = served_on(mailing, table)
    assert (later.exit_code, later.sent, later.written > 0) == (0, 0, True)
    assert [result for _, result in results(table)] == ["已发送", "已发送"]


def test_a_ledger_sheet_that_somebody_opened_meanwhile_is_late_and_said_to_be(table, mailing, monkeypatch):
    barred_second_time(monkeypatch, WorkbookLocked("有人打开"))
    served = served_on(mailing, table)
    assert (served.outcome, served.exit_code, served.sent) == ("served", 0, 2)
    assert "提醒台账、校验结果下次运行再写：有人打开" in served.words


def test_letters_that_failed_keep_their_own_code_where_the_ledger_sheet_fails_too(table, mailing, script, monkeypatch):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"]
    barred_second_time(monkeypatch, UnsafeWrite("磁盘已满"))
    served = served_on(mailing, table)
    assert (served.outcome, served.exit_code) == ("failed", 25)
    assert "提醒台账、校验结果没有回写：磁盘已满" in served.words


def test_withheld_letters_stand_in_the_ledger_sheet_at_the_end_of_their_own_pass(table, port, certificates):
    office = Office(with_mail(port, certificates, allowed_domains=("other.example",)))
    served = served_on(office, table)
    assert (served.exit_code, served.sent) == (25, 0)
    assert results(table) == [("样例甲", "拒发"), ("样例经", "拒发")]
    assert "个在提醒之后：提醒台账等" in served.words
    assert served_on(office, table).written == 0


def test_while_no_mailbox_is_let_through_every_pass_fails_letters_due_or_not(tmp_path, port, certificates):
    quiet = workbook(tmp_path / "表.xlsx", WITH_STATUS.replace("2026-04-30", "2027-04-30"))
    office = Office(with_mail(port, certificates, allowed_domains=("other.example",)))
    assert [served_on(office, quiet).exit_code for _ in range(2)] == [25, 25]


def test_doctor_names_whom_the_server_refuses_and_why(table, mailing, script):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"]
    served_on(mailing, table)
    for day in (DAY, DAY + timedelta(days=6), DAY + timedelta(days=7)):  # the week is over: still nobody took a letter
        (people,) = (step for step in first_steps(mailing.desk(table, day)) if step.what == "人员部门")
        assert not people.is_done and "样例甲：服务器拒收 jia@corp.example" in people.words
        assert f"{DAY + timedelta(days=7)} 再试" in people.words
        assert people.words.count("jia@corp.example") == 1  # LG02 says it of the same cell, for each of its reminders


def test_letters_that_failed_stand_in_the_ledger_sheet_at_the_end_of_their_own_pass(table, mailing, script):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"]
    assert served_on(mailing, table).exit_code == 25
    assert results(table) == [("样例甲", "服务器拒收"), ("样例经", "已发送")]


def test_the_letters_of_several_deliveries_are_one_count_and_a_trouble_is_said_once(tmp_path):
    letter = letter_to("jia@corp.example")
    taken = Delivery(((letter, Outcome("sent", "")),))
    failed = Delivery(((letter, Outcome("failed", "服务器不收")),))
    served = Served(tmp_path, SERVED, 0, ("提醒 1 封的说明；没有发出：不是人名",), first=("回写推迟到下次",))
    for delivery in (taken, taken, failed, taken, failed):
        served = with_delivery(served, delivery)
    counted = ("回写推迟到下次", "提醒 3 封，邮件服务器已收下", f"没有发出：{letter.recipient}")
    assert served.words == "；".join((*counted, "提醒 1 封的说明；没有发出：不是人名", "服务器不收"))
    assert (served.sent, served.unsent, served.unsure) == (3, (letter.recipient,), ())


@pytest.mark.parametrize(
    ("sent", "transport", "told"),
    [(2, "smtp", "提醒 2 封，邮件服务器已收下"), (2, "outbox", "提醒 2 封，只存入发件箱"), (0, "smtp", "提醒 0 封")],
)
def test_where_the_letters_are_is_said_with_their_count(sent, transport, told):
    assert Served(Path(), SERVED, 0, sent=sent, transport=transport, tells_letters=True).words == told


def test_letters_beyond_the_cap_go_with_the_next_passes_of_the_same_day(table, port, certificates, script):
    office = Office(with_mail(port, certificates, max_send=1))
    first, second, third = [served_on(office, table) for _ in range(3)]
    assert (first.sent, "留待下次 1 封" in first.words, first.to_retry) == (1, True, True)
    assert (second.sent, "留待下次" in second.words) == (1, False)
    assert third.words.startswith(SAME)
    assert sorted(address for address, _ in script.accepted) == ["jia@corp.example", "jing@corp.example"]


def test_a_save_during_a_pass_is_looked_at_by_the_next_one(table, mailing):
    served_on(mailing, table)
    served, desk = served_on(mailing, table), mailing.desk(table)
    workbook(table, WITH_STATUS.replace("换硬盘", "换内存"))
    remember_pass(desk, served)
    assert last_pass(desk, read_file(table)[1]) is None
    assert not served_on(mailing, table).words.startswith(SAME)
    assert served_on(mailing, table).words.startswith(SAME)


def test_a_pass_after_which_something_waits_is_not_remembered(table, mailing):
    served_on(mailing, table)
    served, desk = served_on(mailing, table), mailing.desk(table)
    for to_retry in (True, False):
        (note,) = desk.state.glob("pass-*.json")
        note.unlink()
        remember_pass(desk, replace(served, to_retry=to_retry))
        assert note.exists() is not to_retry
        note.touch()


def test_a_fault_of_our_own_before_a_letter_is_handed_over_leaves_no_unknown_fate(table, port, certificates, script):
    """A wait of 0 s makes a socket that waits for nothing: no server is reached."""
    broken = served_on(Office(with_mail(port, certificates, timeout_s=0.0)), table)
    assert (broken.exit_code, "工具出错" in broken.words, script.accepted) == (1, True, [])
    later = served_on(Office(with_mail(port, certificates)), table)
    assert (later.exit_code, later.sent) == (0, 2)
    assert sorted(address for address, _ in script.accepted) == ["jia@corp.example", "jing@corp.example"]
