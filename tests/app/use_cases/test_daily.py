import json
import os
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from capa_xl.app.shared import judging, opening
from capa_xl.app.shared.alarm import next_pass
from capa_xl.app.shared.due_letters import RemindOptions
from capa_xl.app.shared.first_steps import first_steps
from capa_xl.app.shared.group_tasks import check_task
from capa_xl.app.shared.last_pass import SAME
from capa_xl.app.shared.served import exit_code, is_without_mail
from capa_xl.app.shared.workbook_list import GroupTask, Listed
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.grow import grow
from capa_xl.app.use_cases.history import verify_history
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.remind import remind
from capa_xl.cli.main import run
from capa_xl.effects.journal import copy_journal, open_journal
from capa_xl.effects.journal_written import past_runs
from capa_xl.effects.run_lock import only_run
from capa_xl.errors import SettingsError
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import columns_of
from capa_xl.model.records import FindingRow
from capa_xl.settings.values import MailSettings, Settings
from capa_xl.workbook.reading.reader import read_register
from tests.app.desks import desk_at, still_world
from tests.app.office import DAY, QUALITY, SETTINGS, TRACKER, Office, workbook

HEADER = "    编号   措施内容  责任人  责任部门  登记日期    完成期限    〔自动〕状态  〔自动〕更新时间\n"
TEN_ROWS = HEADER + "".join(
    f"    GJ-{n:02d}  换硬盘    样例甲  网络部    2026-01-05  2026-09-30\n" for n in range(1, 11)
)
NEXT_DAY, NEXT_WEEK, LATE = date(2026, 4, 1), date(2026, 4, 8), date(2026, 5, 7)


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY)


def outbox(table, on):
    return sorted(p.read_bytes() for p in (table.parent / f".capa_xl/outbox/{on}").glob("*.eml"))


def test_a_pass_reminds_once_and_a_second_pass_has_nothing_to_do(table):
    (first,) = Office().daily(table)
    (second,) = Office().daily(table)
    assert (first.outcome, first.exit_code, second.sent) == ("served", 0, 0)
    assert first.sent == len(outbox(table, DAY)) > 0


def test_a_workbook_that_is_half_there_is_served_once_it_is_whole(table):
    blob = table.read_bytes()
    table.write_bytes(blob[:1000])
    world = still_world(DAY, lambda _seconds: table.write_bytes(blob))
    (served,) = daily([table], world, lambda path: desk_at(path, DAY, world=world))
    assert (served.outcome, served.exit_code) == ("served", 0)
    assert served.sent == len(outbox(table, DAY)) > 0


def test_a_workbook_that_is_being_deleted_and_created_is_served_once_it_is_there(table):
    blob = table.read_bytes()
    table.unlink()
    world = still_world(DAY, lambda _seconds: table.write_bytes(blob))
    (served,) = daily([table], world, lambda path: desk_at(path, DAY, world=world))
    assert (served.outcome, served.exit_code) == ("served", 0)


def test_where_no_workbook_is_a_sentence_says_so_and_nothing_is_made_beside_it(table):
    table.unlink()
    before = sorted(table.parent.rglob("*"))
    world = still_world(DAY)
    (served,) = daily([table], world, lambda path: desk_at(path, DAY, world=world))
    assert (served.outcome, served.exit_code) == ("missing", 20)
    assert "找不到文件" in served.words
    assert sorted(table.parent.rglob("*")) == before


def test_a_pass_writes_back_and_a_second_one_writes_nothing(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    (first,), (second,) = Office().daily(table), Office().daily(table)
    assert first.written == 20
    assert second.written == 0
    with copy_journal(tmp_path / ".capa_xl") as conn:
        assert [run.command for run in past_runs(conn, "W1")] == ["daily"]
    assert (second.words, second.counts) == ("；".join((SAME, *first.asks)), first.counts)


def test_a_pass_remembered_without_a_figure_is_looked_at_anew(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    (first,) = Office().daily(table)
    (place,) = (tmp_path / ".capa_xl").glob("pass-*.json")
    document = json.loads(place.read_text("utf-8"))
    assert document["counts"].pop("waiting") == first.counts.waiting
    place.write_text(json.dumps(document), "utf-8")
    (again,) = Office().daily(table)
    assert (again.words.startswith(SAME), again.counts) == (False, first.counts)


def test_the_letters_of_a_pass_stand_in_the_ledger_sheet_at_its_end(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    (first,) = Office().daily(table)
    served = table.read_bytes()
    ledger = read_register(served).ledger
    assert len({row.message_id for row in ledger.records}) == first.sent > 0
    assert Office().daily(table)[0].written == 0
    assert table.read_bytes() == served
    moved = tmp_path / "新电脑" / table.name
    moved.parent.mkdir()
    moved.write_bytes(served)  # without .capa_xl
    (there,) = Office().daily(moved)
    assert there.sent == 0 and there.words.startswith(f"《提醒台账》有 {len(ledger.records)} 条以前的提醒")


def test_an_older_state_folder_is_told_and_nothing_goes_twice(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    journal = tmp_path / ".capa_xl" / "journal.db"
    Office().daily(table)
    older = journal.read_bytes()
    (later,) = Office().daily(table, on=LATE)
    journal.write_bytes(older)
    told = "条台账里没有，台账只记到 "
    assert told in str(first_steps(desk_at(table, LATE)))  # of doctor
    (again,) = Office().daily(table, on=LATE)
    assert later.sent > 0 and again.sent == 0 and told in again.words
    assert told not in str(first_steps(desk_at(table, LATE)))


def test_without_mail_the_pass_says_so(table):
    assert is_without_mail(Office().daily(table))


def test_an_open_workbook_is_reminded_from_and_written_back_later(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    lock = tmp_path / "~$表.xlsx"
    lock.write_bytes(b"\x06sample")
    before = table.read_bytes()
    (served,) = Office().daily(table)
    assert (served.outcome, served.exit_code, served.written) == ("postponed", 0, 0)
    assert served.sent > 0
    assert table.read_bytes() == before
    lock.unlink()
    (later,) = Office().daily(table)
    assert (later.outcome, later.written > 0, later.sent) == ("served", True, 0)


@pytest.mark.parametrize(("barred", "said"), [("表.xlsx", "是只读文件"), ("", "」这个文件夹只读")])
def test_what_may_not_be_written_is_reminded_from_and_every_pass_says_so(tmp_path, monkeypatch, barred, said):
    """The workbook itself, or the folder in which its successor is to take its place."""
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    real = os.access
    place = table.parent.resolve() / barred
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != place and real(path, mode))
    first, second = (Office().daily(table)[0] for _ in range(2))
    assert (first.outcome, first.exit_code, second.exit_code) == ("postponed", 21, 21)
    assert first.sent > 0 and second.sent == 0 and said in second.words


def test_one_broken_workbook_does_not_stop_the_others(tmp_path):
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"not a workbook")
    good = workbook(tmp_path / "表.xlsx", 人员部门=QUALITY)
    served = Office().daily(broken, tmp_path / "没有.xlsx", good)
    assert [one.outcome for one in served] == ["failed", "missing", "served"]
    assert exit_code(served) == 20


def test_faulty_settings_of_one_workbook_do_not_stop_the_others(tmp_path):
    first, second = workbook(tmp_path / "a/表.xlsx"), workbook(tmp_path / "b/表.xlsx")
    office = Office()

    def desk_of(path):
        if path == first:
            raise SettingsError("capa_xl.toml：[mail] hots 不认识")
        return office.desk(path)

    served = daily((first, second), office.world(), desk_of)
    assert [(one.outcome, one.exit_code) for one in served] == [("failed", 24), ("served", 0)]
    assert served[0].words.startswith("capa_xl.toml")


def test_a_bug_met_in_one_workbook_is_logged_and_does_not_stop_the_others(tmp_path):
    first = workbook(tmp_path / "a/表.xlsx", TEN_ROWS)
    second = workbook(tmp_path / "b/表.xlsx", TEN_ROWS, 参数=SETTINGS.replace("W1", "W2"))
    office = Office()

    def desk_of(path):
        day = "no day, as a bug of ours would have it" if path == first else DAY
        return replace(office.desk(path), as_of=AsOf(day, DAY))

    served = daily((first, second), office.world(), desk_of)
    assert [(one.outcome, one.exit_code) for one in served] == [("failed", 1), ("served", 0)]
    assert "工具出错" in served[0].words
    assert "Traceback (most recent call last)" in (tmp_path / "a/.capa_xl/capa_xl.log").read_text("utf-8")


def test_a_table_that_lost_more_than_a_fifth_of_its_rows_gets_one_alarm_and_no_letters(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "\n".join(TEN_ROWS.splitlines()[:8]).replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    before = table.read_bytes()
    (alarm,) = Office().daily(table, on=NEXT_DAY)
    assert (alarm.outcome, alarm.exit_code, alarm.sent) == ("alarm", 20, 1)
    assert "上次（2026-03-31）有 10 行，现在只有 7 行" in alarm.words
    assert table.read_bytes() == before
    (letter,) = outbox(table, NEXT_DAY)
    assert b"To: =?utf-8?" in letter
    assert b"zhi@corp.example" in letter
    (again,) = Office().daily(table, on=NEXT_DAY)
    assert (again.outcome, again.sent) == ("alarm", 0)
    (next_week,) = Office().daily(table, on=NEXT_WEEK)
    assert (next_week.outcome, next_week.sent) == ("alarm", 1)


def test_a_fifth_of_the_rows_may_go_without_alarm(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "\n".join(TEN_ROWS.splitlines()[:9]), 人员部门=QUALITY)
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"


def _rows(*lines: int, done: int) -> str:
    """Those rows, the first of which are closed, with our column for the status."""
    rows = (
        f"    GJ-2025-{at:03}  换硬盘    样例甲  网络部    2026-04-30  {'2026-02-01' if at <= done else ''}\n"
        for at in lines
    )
    return "    编号         问题描述  责任人  责任部门  完成期限    实际完成日期  〔自动〕状态\n" + "".join(rows)


def test_rows_that_had_come_to_their_end_may_be_deleted_without_alarm_and_the_letters_go_on(tmp_path):
    """January: five of ten rows are closed and go; three open ones going as well are more than a fifth of the rest."""
    table = workbook(tmp_path / "表.xlsx", _rows(*range(1, 11), done=5), 人员部门=QUALITY)
    assert Office().daily(table)[0].outcome == "served"
    workbook(table, _rows(*range(6, 11), done=5), 人员部门=QUALITY)
    (served,) = Office().daily(table, on=NEXT_DAY)
    assert served.outcome == "served"
    assert "上次检查时有的 5 个编号现在没有了" in served.words
    workbook(table, _rows(*range(8, 11), done=5), 人员部门=QUALITY)
    assert Office().daily(table, on=NEXT_WEEK)[0].outcome == "alarm"


def test_open_rows_that_go_with_the_ended_ones_are_still_a_loss(tmp_path):
    table = workbook(tmp_path / "表.xlsx", _rows(*range(1, 11), done=5), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, _rows(*range(8, 11), done=5), 人员部门=QUALITY)
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "alarm"


def test_rows_that_ended_do_not_hide_that_those_in_hand_are_gone(tmp_path):
    """Twenty rows in hand among a hundred: four may go, the fifth is more than a fifth of them, though all are 95."""
    hundred = range(1, 101)
    table = workbook(tmp_path / "表.xlsx", _rows(*hundred, done=80), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, _rows(*hundred[:96], done=80), 人员部门=QUALITY)
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"
    workbook(table, _rows(*hundred[:92], done=80), 人员部门=QUALITY)
    (alarm,) = Office().daily(table, on=NEXT_WEEK)
    assert (alarm.outcome, alarm.exit_code) == ("alarm", 20)
    gone = "、".join(f"GJ-2025-{at:03}" for at in range(93, 97))
    assert f"有 16 行（已结束的 80 行不算），现在只有 12 行，少了五分之一以上（不见的：{gone}）" in alarm.words


def _owned(*owners: str) -> str:
    """Rows of these owners, each with a measure of its own."""
    return HEADER + "".join(
        f"    GJ-{n:02d}  换硬盘{n}    {owner}  网络部    2026-01-05  2026-09-30\n" for n, owner in enumerate(owners, 1)
    )


def test_a_column_sorted_without_its_rows_gets_one_alarm_and_no_letters(tmp_path, capsys):
    """Of six owners in order only the fourth stands beside the same work."""
    names = ("样例甲", "样例经", "样例无", "样例系", "样例质", "样例甲")
    table = workbook(tmp_path / "表.xlsx", _owned(*names), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, _owned("样例质", "样例甲", "样例甲", "样例系", "样例经", "样例无"), 人员部门=QUALITY)
    (alarm,), (again,) = Office().daily(table, on=NEXT_DAY), Office().daily(table, on=NEXT_DAY)
    assert (alarm.outcome, alarm.exit_code, alarm.sent, alarm.written, again.sent) == ("alarm", 20, 1, 0, 0)
    told = "与上次（2026-03-31）相比，5 行的 责任人 只是互相换了位置，同一行别的列没有跟着动，像是只排序了一部分列"
    assert alarm.words.startswith(told)
    assert run(["check", str(table), "--as-of", f"{NEXT_DAY}"]) == 20
    assert told in capsys.readouterr().out
    workbook(table, _owned(*names), 人员部门=QUALITY)
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"


def test_a_person_who_runs_refresh_accepts_the_columns_as_they_stand(tmp_path):
    table = workbook(tmp_path / "表.xlsx", _owned("样例甲", "样例经", "样例无", "样例系", "样例质"), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, _owned("样例质", "样例甲", "样例经", "样例无", "样例系"), 人员部门=QUALITY)
    (accepted,) = refresh(Office().desk(table, NEXT_DAY)).notes
    assert "5 行的 责任人 只是互相换了位置" in accepted and "人工运行 refresh 就算认可" in accepted
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"


def test_a_table_that_lost_a_needed_column_gets_an_alarm(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, TEN_ROWS.replace("完成期限", "什么日期"), 人员部门=QUALITY)
    (alarm,) = Office().daily(table, on=NEXT_DAY)
    assert (alarm.outcome, alarm.sent) == ("alarm", 1)
    assert "完成期限" in alarm.words


def test_the_alarm_reaches_the_quality_department_of_the_last_pass_when_the_roster_is_gone(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "\n".join(TEN_ROWS.splitlines()[:4]), 人员部门="")
    assert Office().daily(table, on=NEXT_DAY)[0].sent == 1


def test_a_pass_over_a_table_that_lost_its_settings_sheet_sends_nothing_twice(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY, 参数="")
    refresh(Office().desk(table))  # by hand: it goes on without the sheet
    (served,) = Office().daily(table)
    assert (served.outcome, served.sent) == ("served", 0)


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("参数", "提醒启用日、各项限期和提醒设置都成了默认值"),
        ("人员部门", "谁该收提醒、谁能批准都不知道了"),
    ],
)
def test_the_sheet_that_everything_is_reckoned_by_stops_the_letters_when_it_is_gone(tmp_path, name, because):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, TEN_ROWS, **{"人员部门": QUALITY, name: ""})
    judged = check_workbook(Office().desk(table))
    cure = "请改回名称，或从 .capa_xl/backups 里的备份复制回来"
    assert f"工作表《{name}》不见了（被删或改名），现在按默认值计算 → {cure}" in judged.damage
    assert next_pass(judged).stops
    (alarm,) = Office().daily(table)
    assert (alarm.outcome, alarm.exit_code, alarm.sent, alarm.written) == ("alarm", 20, 1, 0)
    gone = f"上次（2026-03-31）有内容的工作表《{name}》现在不见了（被删或改名）"
    assert alarm.words.startswith(f"{gone}，{because} → {cure}")
    accepting = f"{gone}，定时任务会因此停发提醒；人工运行 refresh 就算认可"
    assert any(note.startswith(accepting) for note in refresh(Office().desk(table)).notes)
    assert Office().daily(table)[0].outcome == "served"


def test_a_refresh_by_hand_accepts_the_smaller_table(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "\n".join(TEN_ROWS.splitlines()[:4]), 人员部门=QUALITY)
    refresh(Office().desk(table, NEXT_DAY))
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"


def test_a_refresh_by_hand_accepts_a_smaller_table_without_automatic_columns_too(tmp_path):
    plain = TEN_ROWS.replace("〔自动〕状态  〔自动〕更新时间", "")
    table = workbook(tmp_path / "表.xlsx", plain, 人员部门=QUALITY, 提醒台账="")
    Office().daily(table)
    workbook(table, "\n".join(plain.splitlines()[:4]), 人员部门=QUALITY, 提醒台账="")
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "alarm"
    refresh(Office().desk(table, NEXT_DAY))
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"


def test_a_conflict_copy_of_a_synchronising_client_is_said_every_day(table):
    assert "冲突副本" not in Office().daily(table)[0].words
    (table.parent / "表-DESKTOP-AB12CD3.xlsx").write_bytes(table.read_bytes())
    assert "表-DESKTOP-AB12CD3.xlsx" in Office().daily(table)[0].words


def test_through_a_link_nothing_is_sent_again(table, tmp_path):
    Office().daily(table)
    link = tmp_path / "桌面" / "快捷.xlsx"
    link.parent.mkdir()
    link.symlink_to(table)
    (again,) = Office().daily(link)
    assert (again.outcome, again.sent, again.written) == ("served", 0, 0)
    assert [path.name for path in link.parent.iterdir()] == ["快捷.xlsx"]


def test_the_history_of_a_workbook_without_an_id_is_verified_through_a_link_too(tmp_path):
    """Its id hangs on its name, also where the folder was moved since."""
    Office().daily(workbook(tmp_path / "旧" / "表.xlsx", 参数=""))
    book = (tmp_path / "旧").rename(tmp_path / "新") / "表.xlsx"
    link = tmp_path / "快捷.xlsx"
    link.symlink_to(book)
    assert verify_history(desk_at(link, DAY)).links == verify_history(desk_at(book, DAY)).links > 0


def test_state_that_an_earlier_version_kept_beside_a_link_is_obeyed_and_its_move_said(table, tmp_path):
    Office().daily(table)
    link = tmp_path / "桌面" / "表.xlsx"
    link.parent.mkdir()
    link.symlink_to(table)
    (table.parent / ".capa_xl").rename(link.parent / ".capa_xl")
    planned = Office().remind(link)
    assert planned.letters == ()
    (again,) = Office().daily(link)
    assert (again.outcome, again.sent) == ("served", 0)
    assert "已并入" in again.words


def test_beside_another_run_the_pass_is_postponed(table):
    with only_run(table.parent / ".capa_xl", table):
        (served,) = Office().daily(table)
    assert (served.outcome, served.exit_code, served.sent) == ("postponed", 0, 0)


def test_what_was_done_stands_in_the_log(table):
    Office().daily(table)
    lines = (table.parent / ".capa_xl/capa_xl.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("2026-03-31T08:30:00+08:00 INFO 表.xlsx：完成")


@pytest.fixture
def counted(monkeypatch):
    """How often a workbook was read into a register, and judged."""
    counts = {"read": 0, "judged": 0}

    def counting(place, name, what):
        real = getattr(place, name)

        def call(*arguments):
            counts[what] += 1
            return real(*arguments)

        monkeypatch.setattr(place, name, call)

    counting(opening, "register_of", "read")
    counting(judging, "check", "judged")
    return counts


def test_a_pass_without_letters_reads_and_judges_once_even_when_it_writes(tmp_path, counted):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    assert Office().daily(table)[0].written == 20
    assert counted == {"read": 1, "judged": 1}


def test_a_pass_over_an_open_workbook_reads_and_judges_once(tmp_path, counted):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    (tmp_path / "~$表.xlsx").write_bytes(b"")
    assert Office().daily(table)[0].outcome == "postponed"
    assert counted == {"read": 1, "judged": 1}


def test_a_pass_with_letters_reads_and_judges_again_only_to_write_the_ledger(table, counted):
    assert Office().daily(table)[0].sent > 0
    assert counted == {"read": 2, "judged": 2}


def test_a_pass_over_the_same_bytes_journal_settings_and_day_reads_and_judges_nothing(table, counted):
    (first,) = Office().daily(table)
    counted.update(read=0, judged=0)
    (second,) = Office().daily(table)
    assert (second.outcome, second.written, second.sent, second.counts) == ("served", 0, 0, first.counts)
    assert counted == {"read": 0, "judged": 0}


def another_day(table):
    return Office().daily(table, on=NEXT_DAY)


def other_settings(table):
    return Office(Settings(mail=MailSettings(max_send=7))).daily(table)


def another_journal(table):
    with open_journal(table.parent / ".capa_xl") as conn, conn:
        conn.execute("DELETE FROM posting")
    return Office().daily(table)


def other_bytes(table):
    workbook(table, TRACKER.replace("换硬盘", "换电源"), 人员部门=QUALITY)
    return Office().daily(table)


@pytest.mark.parametrize("change", [another_day, other_settings, another_journal, other_bytes])
def test_whatever_a_pass_depends_on_makes_it_look_again(table, counted, change):
    Office().daily(table)
    counted.update(read=0)
    change(table)
    assert counted["read"] > 0


def test_a_pass_that_left_something_to_retry_is_not_remembered(table, counted):
    (table.parent / f"~${table.name}").write_bytes(b"")
    Office().daily(table)
    counted.update(read=0)
    Office().daily(table)
    assert counted["read"] == 1


@pytest.mark.parametrize("on", [date(2026, 3, 30), date(2026, 4, 1), date(2026, 6, 30)])
def test_a_rehearsal_over_a_workbook_that_is_served_live_files_nothing_and_says_so(tmp_path, on):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    Office().daily(table)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".log"}
    (served,) = Office().daily(table, on=on, today=DAY)
    assert (served.outcome, served.exit_code, served.written, served.sent) == ("served", 0, 0, 0)
    assert served.words.startswith(f"这是按 {on} 的预演") and "没有写入工作簿，也没有存信" in served.words
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".log"} == before


def test_a_rehearsal_over_a_workbook_that_was_never_served_files_its_letters_as_before(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS.replace("2026-09-30", "2026-04-30"), 人员部门=QUALITY)
    (served,) = Office().daily(table, on=date(2026, 4, 1), today=DAY)
    assert served.sent == len(outbox(table, date(2026, 4, 1))) > 0


WITH_CONCLUSIONS = TEN_ROWS.replace("〔自动〕状态", "批准结论  备注  〔自动〕状态")
LOST = [line.replace("2026-09-30", "2026-09-30  同意") for line in WITH_CONCLUSIONS.splitlines(keepends=True)]


def test_a_column_that_was_filled_and_is_lost_stops_the_letters_with_one_alarm(tmp_path):
    table = workbook(tmp_path / "表.xlsx", "".join(LOST), 人员部门=QUALITY)
    assert Office().daily(table)[0].outcome == "served"
    workbook(table, "".join(LOST).replace("批准结论", "意见"), 人员部门=QUALITY)
    (first,), (second,) = Office().daily(table), Office().daily(table)
    assert (first.outcome, first.exit_code, first.written) == ("alarm", 20, 0)
    assert first.words.startswith(
        "上次（2026-03-31）有的列 批准结论（填了 10 行）现在没有了（不认识的列：G1「意见」），靠它判断的"
    )
    assert "今天不发提醒、不回写，告警质量部 1 封，只存入发件箱" in first.words
    assert "同样的告警已在 " in second.words and second.sent == 0


@pytest.mark.parametrize(("column", "code"), [("批准结论", 20), ("备注", 0)])
def test_check_and_the_daily_pass_are_of_one_mind_about_a_column_that_is_gone(tmp_path, column, code, capsys):
    table = workbook(tmp_path / "表.xlsx", "".join(LOST), 人员部门=QUALITY)
    Office().daily(table)
    before = check_code(table)
    workbook(table, "".join(LOST).replace(column, "怪列"), 人员部门=QUALITY)
    assert (check_code(table), Office().daily(table)[0].exit_code) == (code or before, code)
    assert "怪列" in capsys.readouterr().out


def check_code(table):
    return run(["check", str(table), "--as-of", f"{DAY}"])


def test_a_column_that_was_never_filled_may_go(tmp_path):
    table = workbook(tmp_path / "表.xlsx", "".join(LOST), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "".join(LOST).replace("备注", "附注二"), 人员部门=QUALITY)
    (served,) = Office().daily(table)
    assert served.outcome == "served"
    assert served.words.startswith("上次检查时有的列 备注 现在没有了（不认识的列：H1「附注二」）")


def test_a_person_who_runs_refresh_lets_the_column_go(tmp_path):
    table = workbook(tmp_path / "表.xlsx", "".join(LOST), 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "".join(LOST).replace("批准结论", "意见"), 人员部门=QUALITY)
    assert Office().daily(table)[0].outcome == "alarm"
    accepting = (
        "上次（2026-03-31）有的列 批准结论（填了 10 行）现在没有了（不认识的列：G1「意见」），定时任务会因此停发提醒；"
        "人工运行 refresh 就算认可，它此后照现在的内容提醒，不再为此停发 → 不是有意的，请先恢复，再运行一次 refresh"
    )
    assert accepting in refresh(Office().desk(table), check_only=True).notes
    assert accepting in refresh(Office().desk(table)).notes
    assert refresh(Office().desk(table)).notes == ()
    assert Office().daily(table)[0].outcome == "served"


def test_whoever_sends_letters_by_hand_is_told_what_that_accepts(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY)
    Office().daily(table)
    workbook(table, "\n".join(TEN_ROWS.splitlines()[:4]), 人员部门=QUALITY)
    (accepted,) = remind(Office().desk(table, NEXT_DAY), RemindOptions(send=True)).warnings
    assert accepted.startswith("上次（2026-03-31）有 10 行，现在只有 3 行，少了五分之一以上，定时任务会因此停发提醒；")
    assert "人工运行 remind --send 就算认可" in accepted
    assert Office().daily(table, on=NEXT_DAY)[0].outcome == "served"


FINDINGS = "  ".join(col.header for col in columns_of(FindingRow))


def test_a_sheet_that_the_tool_writes_and_that_is_gone_is_told_with_its_command_and_stops_nothing(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TEN_ROWS, 人员部门=QUALITY, 校验结果=FINDINGS)
    Office().daily(table)
    workbook(table, TEN_ROWS, 人员部门=QUALITY, 提醒台账="")
    gone = "工具写的工作表《校验结果》《提醒台账》不见了（被删或改名），不再更新"
    cure = " → 要加回的，运行 capa-xl grow {} --sheet 校验结果 --sheet 提醒台账 --apply"
    told = gone + cure.format("本工作簿")
    assert check_workbook(Office().desk(table)).damage == (told,)
    assert [s.words for s in first_steps(Office().desk(table)) if s.what == "工作表"] == [gone + cure.format(table)]
    (served,) = Office().daily(table)
    assert (served.outcome, served.exit_code) == ("served", 0) and gone in served.words
    assert grow(Office().desk(table), sheets=("校验结果", "提醒台账"), apply=True).written
    assert not [told for told in check_workbook(Office().desk(table)).damage if "工具写的" in told]


def test_a_status_word_that_nobody_knows_is_asked_about_by_every_list_of_workbooks(tmp_path):
    """On the screen of a group, of a workbook that was served, only that is said which asks for something."""
    path = workbook(tmp_path / "表.xlsx", OWN_STATUS)
    office = Office()
    of_group = check_task(GroupTask(Listed(path, is_named=True), office.desk))
    for served in (of_group, *office.daily(path), *office.daily(path)):
        assert [one.partition("，")[0] for one in served.asks if "挂账" in one] == ["1 行的状态词不认识"]
        assert "挂账（" in served.words


OWN_STATUS = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限    状态
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30  挂账
"""
