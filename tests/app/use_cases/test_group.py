"""group over real processes: each workbook as by the single command, alone, whatever becomes of the others."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pebble.pool.base_pool import PoolStatus

from capa_xl.app.shared.desk import Desk, desk_for
from capa_xl.app.shared.executors import Done, Lost, Processes
from capa_xl.app.shared.group_run import Group
from capa_xl.app.shared.workbook_list import Listed, listed_workbooks
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.facts import group_facts
from capa_xl.app.use_cases.group import GroupRun, group_check, group_daily
from capa_xl.app.use_cases.group_pack import group_pack
from capa_xl.cli.documents.pass_documents import group_document
from capa_xl.effects.world import World
from capa_xl.errors import Interrupted
from capa_xl.model.as_of import SHANGHAI, AsOf
from tests.app.office import DAY, QUALITY, SETTINGS, TRACKER, workbook
from tests.effects.mail_server import PASSWORD, SENDER, USER, Script, make_certificates, port_of, serve
from tests.tables import workbook_bytes

AS_OF = AsOf(DAY, DAY)


def half_past_eight():
    from datetime import datetime
    from datetime import time as clock

    return datetime.combine(DAY, clock(8, 30), SHANGHAI)


def half_past_eight_tomorrow():
    return half_past_eight() + timedelta(days=1)


def no_sleep(seconds: float) -> None:
    """Nobody waits."""


WORLD = World(half_past_eight, no_sleep)
DESK_OF = partial(desk_for, as_of=AS_OF, world=WORLD)


@pytest.fixture(scope="module")
def engine():
    engine = Processes(2, 60.0)
    yield engine
    engine.close()


def group(engine, *places, **change) -> Group:
    listed = listed_workbooks([str(place) for place in places])
    return Group(listed=listed, as_of=AS_OF, engine=engine, **{"world": WORLD, "desk_of": DESK_OF} | change)


def tracker(folder: Path, name: str = "表.xlsx", *, identity: str = "", people: str = QUALITY) -> Path:
    settings = SETTINGS.replace("W1", identity or folder.name)
    return workbook(folder / name, TRACKER, 人员部门=people, 参数=settings)


def outcomes(run: GroupRun) -> dict[str, tuple[str, int]]:
    return {one.workbook.parent.name: (one.outcome, one.exit_code) for one in run.served}


def letters_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*.eml")}


def test_each_workbook_is_served_as_by_the_single_command(tmp_path, engine):
    for name, domain in (("甲公司", "aaaa"), ("乙公司", "bbbb")):
        tracker(tmp_path / "group" / name, people=QUALITY.replace("corp", domain))
    shutil.copytree(tmp_path / "group", tmp_path / "single")
    run = group_daily(group(engine, tmp_path / "group"))
    single = daily(sorted((tmp_path / "single").rglob("*.xlsx")), WORLD, DESK_OF)
    assert [(o.outcome, o.written, o.sent, o.counts) for o in run.served] == [
        (o.outcome, o.written, o.sent, o.counts) for o in single
    ]
    assert letters_of(tmp_path / "group") == letters_of(tmp_path / "single") != {}
    for path in sorted((tmp_path / "group").rglob("表.xlsx")):
        assert path.read_bytes() == (tmp_path / "single" / path.parent.name / path.name).read_bytes()


def test_a_second_run_sends_and_writes_nothing(tmp_path, engine):
    tracker(tmp_path / "甲"), tracker(tmp_path / "乙")
    first, second = group_daily(group(engine, tmp_path)), group_daily(group(engine, tmp_path))
    assert sum(one.sent for one in first.served) > 0
    assert [(one.outcome, one.sent, one.written) for one in second.served] == [("served", 0, 0)] * 2


def test_broken_locked_and_foreign_files_cost_only_themselves(tmp_path, engine):
    tracker(tmp_path / "1好")
    (tmp_path / "2坏").mkdir()
    (tmp_path / "2坏" / "表.xlsx").write_bytes(b"PK\x03\x04 nothing")
    locked = tracker(tmp_path / "3锁")
    (locked.parent / "~$表.xlsx").write_bytes(b"")
    (tmp_path / "4别的").mkdir()
    (tmp_path / "4别的" / "工资.xlsx").write_bytes(workbook_bytes({"工资": [["姓名", "数"], ["样例", 1]]}))
    run = group_daily(group(engine, tmp_path))
    assert outcomes(run) == {
        "1好": ("served", 0),
        "2坏": ("failed", 20),
        "3锁": ("postponed", 0),
        "4别的": ("not_a_tracker", 0),
    }
    assert run.exit_code == 20
    assert run.counts == {"failed": 1, "not_a_tracker": 1, "postponed": 1, "served": 1}
    assert [path.name for path in (tmp_path / "4别的").iterdir()] == ["工资.xlsx"]


def test_what_the_program_made_beside_a_tracker_is_no_tracker_on_any_pass(tmp_path, engine):
    book = tracker(tmp_path / "甲")
    (book.parent / "问题清单.xlsx").write_bytes(workbook_bytes({"问题清单": [["编号", "责任人"], ["GJ-1", "样例甲"]]}))
    for _ in range(2):
        run = group_daily(group(engine, tmp_path))
        assert {one.workbook.name: one.outcome for one in run.served} == {
            "表.xlsx": "served",
            "问题清单.xlsx": "not_a_tracker",
        }
        assert run.exit_code == 0


def test_a_tracker_that_lost_its_columns_is_an_alarm_and_no_stranger(tmp_path, engine):
    book = tracker(tmp_path / "甲")
    group_daily(group(engine, tmp_path))
    book.write_bytes(workbook_bytes({"改进计划跟踪表": [["编号", "备注"], ["GJ-1", "无"]]}))
    (one,) = group_daily(group(engine, tmp_path)).served
    assert (one.outcome, one.exit_code) == ("alarm", 20)


def test_a_file_named_by_itself_that_is_no_tracker_is_a_failure(tmp_path, engine):
    path = tmp_path / "工资.xlsx"
    path.write_bytes(workbook_bytes({"工资": [["姓名", "数"], ["样例", 1]]}))
    run = group_check(group(engine, path))
    assert [(one.outcome, one.exit_code) for one in run.served] == [("not_a_tracker", 20)]


def test_errors_in_one_table_hide_no_workbook_that_cannot_be_read(tmp_path, engine):
    """1, first by its path, has an error: 1. 2 is no workbook: 20, the same as for daily and pack."""
    table = [["编号", "问题描述", "责任人", "完成期限"], ["GJ-1", "漏接三次", "样例甲", "月底"]]
    (tmp_path / "1.xlsx").write_bytes(workbook_bytes({"改进计划跟踪表": table}))
    assert group_check(group(engine, tmp_path)).exit_code == 1
    (tmp_path / "2.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert group_check(group(engine, tmp_path)).exit_code == 20


def test_check_counts_and_writes_nothing(tmp_path, engine):
    path = tracker(tmp_path / "甲")
    before = path.read_bytes()
    run = group_check(group(engine, tmp_path))
    (one,) = run.served
    assert (one.outcome, one.counts.open, one.counts.overdue) == ("served", 1, 0)
    assert one.exit_code == (1 if one.errors else 0)
    assert path.read_bytes() == before
    assert list(group_document(run)) == ["as_of", "counts", "workbooks", "left", "letters", "notes", "held_back"]
    assert set(group_document(run)["workbooks"][0]) >= {
        "workbook", "outcome", "exit_code", "message", "errors", "written", "sent",
    }  # fmt: skip


def test_one_person_in_several_workbooks_gets_one_letter_recorded_in_each(tmp_path, engine):
    books = [tracker(tmp_path / name, f"{name}表.xlsx") for name in ("甲", "乙")]
    run = group_daily(group(engine, tmp_path))
    letters = letters_of(tmp_path)
    to_owner = [blob for blob in letters.values() if b"jia@corp.example" in blob]
    assert len(to_owner) == 1
    assert run.joint == 3  # 样例甲, 样例经 and 样例质
    assert [one.sent for one in run.served] == [3, 3]
    assert run.letters == group_document(run)["letters"] == len(letters) == 3
    from email import message_from_bytes, policy

    message = message_from_bytes(to_owner[0], policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    assert ("甲表.xlsx" in text, "乙表.xlsx" in text, "共 2 个工作簿" in message["Subject"]) == (True, True, True)
    assert message.get_body(("html",)).get_content().count("<body") == 1
    for book in books:
        from capa_xl.effects.journal import copy_journal

        with copy_journal(book.parent / ".capa_xl") as conn:
            ids = {row[0] for row in conn.execute("SELECT message_id FROM posting WHERE recipient = '样例甲'")}
        assert ids == {message["Message-ID"]}
    again = group_daily(group(engine, tmp_path))
    assert (sum(one.sent for one in again.served), len(letters_of(tmp_path))) == (0, len(letters))


def test_other_senders_are_not_joined(tmp_path, engine):
    for name in ("甲", "乙"):
        path = tracker(tmp_path / name)
        (path.parent / "capa_xl.toml").write_text(f'[mail]\nfrom = "capa@{len(name)}{name == "甲"}.example"\n', "utf-8")
    assert group_daily(group(engine, tmp_path)).joint == 0


def test_a_stop_leaves_the_rest_to_the_next_run(tmp_path, engine):
    for number in range(6):
        tracker(tmp_path / f"公司{number}")
    done: list[int] = []

    def step(what: str, so_far: int, of: int) -> None:
        done.append(so_far)

    stopped = group(engine, tmp_path, step=step)
    stopped = Group(stopped.listed, DESK_OF, AS_OF, World(half_past_eight, no_sleep, lambda: not done), engine, step)
    first = group_daily(stopped)
    assert 0 < len(first.served) < 6
    assert {(one.sent, one.held_back, "留待下次 3 封" in one.words) for one in first.served} == {(0, 3, True)}
    assert (first.left, first.held_back, first.letters) == (6, 3, 0)  # planned ones are left too: 3 joint letters wait
    second = group_daily(group(engine, tmp_path))
    assert (len(second.served), second.left) == (6, 0)
    assert {one.outcome for one in second.served} == {"served"}


@dataclass
class Crowd(Script):
    """A server that keeps the first letters in hand until `together` are, or a moment has passed; counts them."""

    together: int = 1
    in_hand: int = 0
    most: int = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.in_hand += 1
        self.most = max(self.most, self.in_hand)
        await self.have_been(self.together - 1, 30.0)  # as many as may come do, however busy the machine is
        await self.have_been(self.together, 1.0)
        self.together = 0
        self.in_hand -= 1
        return await super().handle_DATA(server, session, envelope)

    async def have_been(self, wanted, seconds):
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.most < min(wanted, self.together):
                    await asyncio.sleep(0.01)


def mail_settings(server, certificates, more: str) -> str:
    return f"""[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port_of(server)}
ca_file = "{certificates.ca.as_posix()}"
user = "{USER}"
from = "{SENDER}"
{more}
"""


@pytest.mark.parametrize("allowed", [1, 2])
def test_so_many_letters_at_once_as_the_settings_allow_over_all_workbooks(tmp_path, monkeypatch, allowed):
    monkeypatch.setenv("PW", PASSWORD)
    certificates = make_certificates(tmp_path / "ca")
    script = Crowd(together=allowed + 1)  # one more than may come: it waits in vain, and would see a third
    server = serve(script, certificates.context())
    for name, domain in zip("甲乙丙丁", ("aaaa", "bbbb", "cccc", "dddd"), strict=True):
        path = tracker(tmp_path / "group" / name, people=QUALITY.replace("corp", domain))
        more = f'secret = "env:PW"\nmax_connections = {allowed}'
        (path.parent / "capa_xl.toml").write_text(mail_settings(server, certificates, more), "utf-8")
    engine = Processes(4, 60.0)
    try:
        run = group_daily(group(engine, tmp_path / "group"))
    finally:
        engine.close()
        server.stop()
    assert {one.outcome for one in run.served} == {"served"}
    assert run.letters == len(script.accepted) == 12
    assert script.most == allowed


def test_whom_one_workbook_wrote_to_today_hears_of_another_tomorrow(tmp_path, engine):
    """Three people in both; the second workbook was broken at the first run and is whole at the next of that day."""
    tracker(tmp_path / "甲")
    (tmp_path / "乙").mkdir()
    (tmp_path / "乙/表.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert group_daily(group(engine, tmp_path)).letters == 3
    tracker(tmp_path / "乙")
    again = group_daily(group(engine, tmp_path))
    (late,) = (one for one in again.served if one.workbook.parent.name == "乙")
    assert (again.letters, again.held_back, late.exit_code) == (0, 3, 0)
    assert "今天已收到另一本的一封信，明天再发" in late.words
    tomorrow = DAY + timedelta(days=1)
    world = World(half_past_eight_tomorrow, no_sleep)
    desk_of = partial(desk_for, as_of=AsOf(tomorrow, tomorrow), world=world)
    assert group_daily(group(engine, tmp_path, world=world, desk_of=desk_of)).letters == 3


def test_joint_letters_that_no_login_lets_out_are_all_counted(tmp_path):
    """Three people in both workbooks: three letters, one of which met the refusal; two were not begun."""
    certificates = make_certificates(tmp_path / "ca")
    server = serve(Script(), certificates.context())
    for name in ("甲", "乙"):
        path = tracker(tmp_path / "group" / name)
        (path.parent / "capa_xl.toml").write_text(mail_settings(server, certificates, 'secret = "file:pw"'), "utf-8")
        (path.parent / "pw").write_text("wrong", "utf-8")
    engine = Processes(1, 60.0)
    try:
        run = group_daily(group(engine, tmp_path / "group"))
    finally:
        engine.close()
        server.stop()
    assert (run.letters, run.held_back, run.exit_code) == (0, 3, 25)
    assert [one.words.count("没有发出：") for one in run.served] == [1, 1]


def killing_twice(task: tuple[str, int]) -> str:
    """Kills its own process until it was called that often."""
    place, times = task
    with Path(place).open("a+") as stream:
        stream.write("x")
        stream.seek(0)
        called = len(stream.read())
    if called < times:
        os._exit(9)
    return f"call {called}"


def hang(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def always() -> bool:
    return True


def test_a_task_whose_worker_died_is_given_to_another_and_the_others_go_on(tmp_path, engine):
    ends = list(engine.run(killing_twice, [(str(tmp_path / "a"), 3), (str(tmp_path / "b"), 1)], always))
    assert sorted(ends, key=lambda end: end.place) == [Done(0, "call 3"), Done(1, "call 1")]


def test_what_kills_every_worker_is_given_up(tmp_path, engine):
    assert list(engine.run(killing_twice, [(str(tmp_path / "a"), 99)], always)) == [Lost(0, timed_out=False)]


def test_a_task_that_hangs_is_ended_and_the_pool_lives_on():
    engine = Processes(1, 1.0)
    try:
        assert list(engine.run(hang, [600.0, 0.0], always)) == [Lost(0, timed_out=True), Done(1, 0.0)]
    finally:
        engine.close()


def break_pool(engine: Processes) -> None:
    """What half a message of a killed worker does to pebble: a thread of the pool's ends of it."""
    engine._pool._context.status = PoolStatus.ERROR


def test_a_pool_that_broke_is_replaced_and_what_was_in_hand_is_done_again():
    engine = Processes(2, 60.0)
    try:
        ends = engine.run(hang, [0.0, 3.0, 0.0, 0.0], always)
        first = next(ends)
        break_pool(engine)
        assert sorted([first, *ends], key=lambda end: end.place) == [
            Done(place, 3.0 * (place == 1)) for place in range(4)
        ]
        break_pool(engine)
        assert list(engine.run(hang, [0.0], always)) == [Done(0, 0.0)]
    finally:
        engine.close()


def test_folders_and_patterns_are_expanded_once_and_sorted(tmp_path):
    a, b = tracker(tmp_path / "a"), tracker(tmp_path / "b")
    (a.parent / "~$表.xlsx").write_bytes(b"")
    (a.parent / ".capa_xl" / "backups").mkdir(parents=True)
    (a.parent / ".capa_xl" / "backups" / "旧.xlsx").write_bytes(b"")
    (tmp_path / "包").mkdir()
    (tmp_path / "包" / "manifest.json").write_bytes(b"{}")
    (tmp_path / "包" / "01 改进看板.xlsx").write_bytes(b"")
    assert listed_workbooks([str(tmp_path), str(tmp_path / "*" / "*.xlsx"), str(b)]) == (
        Listed(a, is_named=False),
        Listed(b, is_named=True),
    )


def test_the_desk_that_a_worker_makes_reads_the_settings_there(tmp_path):
    path = tracker(tmp_path)
    (tmp_path / "capa_xl.toml").write_text('[paths]\nstate = "elsewhere"\n', encoding="utf-8")
    assert isinstance(DESK_OF(path), Desk)
    assert DESK_OF(path).state == tmp_path / "elsewhere"


def test_a_copy_is_counted_once_and_named_by_check_daily_and_facts(tmp_path, engine):
    table = tracker(tmp_path / "g/甲公司")
    tracker(tmp_path / "g/乙公司", people=QUALITY.replace("corp", "bbbb"))
    shutil.copytree(tmp_path / "g", tmp_path / "alone")
    shutil.copy(table, tmp_path / "g/甲公司 - 副本.xlsx")
    for do in (group_check, group_daily):
        run = do(group(engine, tmp_path / "g"))
        assert (run.counts, run.left) == ({"copy": 1, "served": 2}, 0)
        assert [one.workbook.name for one in run.served if one.outcome == "copy"] == ["甲公司 - 副本.xlsx"]
    assert (run.letters, run.exit_code) == (group_daily(group(engine, tmp_path / "alone")).letters, 0)
    assert letters_of(tmp_path / "g") == letters_of(tmp_path / "alone") != {}
    facts = group_facts(group(engine, tmp_path / "g"))
    assert (len(facts.rows), [one.workbook.name for one in facts.left_out]) == (2, ["甲公司 - 副本.xlsx"])


KINDS = {
    "说明": (b"no workbook at all", "not_a_tracker", 20),
    "网页": (b"<!DOCTYPE html><html>login</html>", "not_a_tracker", 20),
    "文档": (b"%PDF-1.7 ...", "not_a_tracker", 20),
    "半本": (b"PK\x03\x04 nothing", "failed", 20),
    "空": (b"", "failed", 20),
    "乱": (b"\x00\x93\x00\x11" * 9, "failed", 20),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_under_a_workbooks_name_is_one_judgement_for_every_command(kind, tmp_path, engine):
    blob, outcome, code = KINDS[kind]
    tracker(tmp_path / "g" / "好")
    path = tmp_path / "g" / f"{kind}.xlsx"
    path.write_bytes(blob)
    runs = [do(group(engine, tmp_path / "g")) for do in (group_check, group_daily)]
    packed = group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "包")
    facts = group_facts(group(engine, tmp_path / "g"))
    for served in (*(run.served for run in runs), packed.served, facts.missing):
        assert [(o.outcome, o.exit_code) for o in served if o.workbook == path] == [(outcome, code)]
    assert (packed.exit_code, facts.exit_code, len(facts.rows)) == (20, 20, 1)


def test_a_text_file_that_was_named_is_no_tracker_whatever_its_ending(tmp_path, engine):
    (tmp_path / "说明.txt").write_text("每天早上运行")
    for do in (group_check, group_daily):
        assert [(o.outcome, o.exit_code) for o in do(group(engine, tmp_path / "说明.txt")).served] == [
            ("not_a_tracker", 20)
        ]


def test_a_tracker_that_became_a_text_file_is_a_failure_of_the_daily_pass(tmp_path, engine):
    path = tracker(tmp_path)
    group_daily(group(engine, tmp_path))
    path.write_text("the share wants you to log in")
    assert outcomes(group_daily(group(engine, tmp_path))) == {tmp_path.name: ("failed", 20)}


def test_a_sound_workbook_of_another_kind_in_a_folder_is_named_and_no_failure_for_any_command(tmp_path, engine):
    tracker(tmp_path / "g" / "好")
    (tmp_path / "g" / "工资.xlsx").write_bytes(workbook_bytes({"工资": [["姓名", "数"], ["样例", 1]]}))
    runs = [do(group(engine, tmp_path / "g")) for do in (group_check, group_daily)]
    packed = group_pack(group(engine, tmp_path / "g"), "2026Q1", tmp_path / "包")
    facts = group_facts(group(engine, tmp_path / "g"))
    for served in (*(run.served for run in runs), packed.served, facts.missing):
        assert [o.outcome for o in served if o.workbook.name == "工资.xlsx"] == ["not_a_tracker"]
    assert [packed.exit_code, facts.exit_code, *(run.exit_code for run in runs)] == [0, 0, 0, 0]


def test_an_empty_folder_a_pattern_and_a_missing_file_each_cost_only_themselves(tmp_path, engine):
    tracker(tmp_path / "好")
    (tmp_path / "空").mkdir()
    places = [tmp_path / name for name in ("好", "空", "x*.xlsx", "没有.xlsx")]
    runs = [do(group(engine, *places)) for do in (group_check, group_daily)]
    packed = group_pack(group(engine, *places), "2026Q1", tmp_path / "包")
    for served in (*(run.served for run in runs), packed.served):
        assert {o.workbook.name: (o.outcome, o.exit_code) for o in served} == {
            "表.xlsx": ("served", 0),
            "空": ("missing", 20),
            "x*.xlsx": ("missing", 20),
            "没有.xlsx": ("missing", 20),
        }
    assert [run.exit_code for run in runs] == [20, 20]
    assert {one.workbook for one in packed.figures.left_out} == {"空", "x*.xlsx", "没有.xlsx"}
    facts = group_facts(group(engine, *places))
    assert (len(facts.rows), facts.exit_code, facts.is_empty_handed) == (1, 20, False)
    assert {one.workbook.name for one in (*facts.missing, *facts.left_out)} == {"空", "x*.xlsx", "没有.xlsx"}


def test_facts_of_a_stopped_run_are_not_written(tmp_path, engine):
    tracker(tmp_path)
    stopped = World(half_past_eight, no_sleep, lambda: False)
    with pytest.raises(Interrupted, match="已中断：1 个工作簿还没有读，没有写文件"):
        group_facts(group(engine, tmp_path, world=stopped))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_what_is_no_plain_file_has_one_reason_for_every_command_and_leaves_no_trace(tmp_path, engine):
    os.mkfifo(tmp_path / "表.xlsx")
    (tmp_path / "夹.xlsx").mkdir()
    reasons = {"表.xlsx": "不是普通文件（管道或设备）", "夹.xlsx": "是文件夹", "没有.xlsx": "找不到文件"}
    for name, reason in reasons.items():
        path = tmp_path / name
        single = daily([path], WORLD, DESK_OF)
        groups = [] if path.is_dir() else [do(group(engine, path)).served for do in (group_check, group_daily)]
        for (one,) in (single, *groups):
            outcome = "missing" if reason == "找不到文件" else "failed"
            assert (one.outcome, one.exit_code, reason in one.words) == (outcome, 20, True), one.words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["夹.xlsx", "表.xlsx"]
