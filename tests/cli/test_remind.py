import json
from datetime import date, datetime, time

import pytest
from msgspec import structs

from capa_xl.app.shared import deliver
from capa_xl.cli import options
from capa_xl.cli.main import run
from capa_xl.model.as_of import SHANGHAI
from capa_xl.reports.remind_text import RemindWords, remind_account
from tests.app.office import DAY, TRACKER, workbook
from tests.effects.mail_server import letter_to

AS_OF = ["--as-of", "2026-03-31"]


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx", TRACKER)


def said(capsys, *arguments) -> tuple[int, str, str]:
    code = run([str(word) for word in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_json_is_one_document_and_ascii(table, capsys):
    code, out, _ = said(capsys, "remind", table, *AS_OF, "--json")
    document = json.loads(out)
    assert (code, out.isascii(), len(document["letters"])) == (0, True, 2)
    assert {"as_of", "sent", "already_sent", "already_filed", "unreachable", "refused", "letters"} <= set(document)
    assert document["letters"][0]["items"][0] == {
        "number": "GJ-01",
        "milestone": "M1",
        "milestone_name": "提前一个月提醒",
        "due_on": "2026-04-30",
        "planned_on": "2026-03-30",
        "late": True,
    }


def test_the_last_line_says_how_to_send(table, capsys):
    code, out, _ = said(capsys, "remind", table, *AS_OF)
    assert (code, out.splitlines()[-1]) == (0, "没有发送。确认无误后加 --send（不是今天：只存发件箱，标为预演）。")


def test_a_rehearsal_says_where_its_letters_lie(table, capsys):
    code, out, _ = said(capsys, "remind", table, *AS_OF, "--send")
    assert code == 0
    assert out.splitlines()[-1].endswith("outbox/2026-03-31（预演）。")
    assert "存入发件箱 2 封" in out


def test_a_letter_in_the_outbox_reminded_nobody_yet(table, capsys):
    """参数 has no mail server: both letters are files, and nobody was told anything."""
    said(capsys, "remind", table, *AS_OF, "--send")
    _, out, _ = said(capsys, "remind", table, *AS_OF)
    assert "应发 0 封，已生成信件、未发送 2 条。" in out
    assert "已提醒过" not in out


def test_the_forecast_names_days_and_people(table, capsys):
    code, out, _ = said(capsys, "remind", table, "--as-of", "2026-03-29", "--until", "2026-03-31")
    assert code == 0
    assert "2026-03-30：2 封" in out
    assert "样例甲：GJ-01 提前一个月提醒" in out


def test_the_forecast_says_which_month_ahead_reminder_is_late(table, capsys):
    """Planned on Monday 2026-03-30: the day itself, and the day after."""
    for day, mark in (("2026-03-30", ""), ("2026-03-31", "（补发）")):
        _, out, _ = said(capsys, "remind", table, "--as-of", day, "--until", day)
        assert f"样例甲：GJ-01 提前一个月提醒{mark}\n" in out


def test_the_forecast_as_json_lists_the_days(table, capsys):
    _, out, _ = said(capsys, "remind", table, "--as-of", "2026-03-29", "--until", "2026-03-31", "--json")
    assert [day["on"] for day in json.loads(out)["days"]] == ["2026-03-30"]


@pytest.mark.parametrize("words", [["--until", "2026-05-01", "--send"], ["--until", "2026-01-01"], ["--max-send", "0"]])
def test_words_that_do_not_fit_together_are_wrong_usage(table, capsys, words):
    code, _, err = said(capsys, "remind", table, *AS_OF, *words)
    assert code == 2
    assert err


def test_faulty_settings_are_exit_24(table, capsys):
    (table.parent / "capa_xl.toml").write_text("[mail]\nhots = 1\n", encoding="utf-8")
    code, _, err = said(capsys, "remind", table, *AS_OF)
    assert (code, "是不是 host" in err) == (24, True)


def test_mail_that_can_not_be_sent_is_exit_25(table, capsys, monkeypatch):
    monkeypatch.setattr(deliver, "PAUSES", ())
    monkeypatch.setattr(options, "now", lambda: datetime.combine(DAY, time(8, 30), SHANGHAI))
    (table.parent / "capa_xl.toml").write_text(
        '[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = 1\nfrom = "capa@corp.example"\nsecurity = "none"\n',
        encoding="utf-8",
    )
    code, out, _ = said(capsys, "remind", table, "--send")
    assert code == 25
    assert "连不上" in out


def test_a_table_without_needed_columns_is_exit_20(tmp_path, capsys):
    code, _, err = said(capsys, "remind", workbook(tmp_path / "表.xlsx", TRACKER.replace("完成期限", "什么日期")))
    assert (code, "完成期限" in err) == (20, True)


@pytest.mark.parametrize(
    ("until", "years"),
    [("2026-12-31", []), ("2027-01-01", ["2027"]), ("2028-12-31", ["2027", "2028"])],
)
def test_a_forecast_names_every_year_it_touches_whose_days_off_nobody_knows(table, capsys, until, years):
    _, out, _ = said(capsys, "remind", table, *AS_OF, "--until", until)
    assert [line[3:7] for line in out.splitlines() if line.startswith("注意：")] == years


def test_the_log_names_the_counts_and_everybody_who_was_not_served_and_each_reason_once(table, monkeypatch):
    names = [f"样例{name}" for name in "甲乙丙丁戊己庚辛壬癸"]
    letters = tuple(letter_to(f"{place}@corp.example", recipient=name) for place, name in enumerate(names))
    fields = dict.fromkeys(field.name for field in structs.fields(RemindWords))
    given = {"as_of": date(2026, 3, 31), "letters": letters, "sent": 1, "already_sent": 0, "already_filed": 0}
    given |= {"failed": tuple((letter, "550 不收") for letter in letters[:8]), "unsent": tuple(names[:8])}
    given |= {"unknown": ((letters[8], "断线"),), "unreachable": (), "refused": ("样例子",), "unknown_before": ()}
    said = RemindWords(**fields | given | {"withheld": 1, "warnings": (), "stopped": "", "held_back": 0})
    assert remind_account(said) == (
        "2026-03-31 应发 11 封，已发 1 封，拒发 1 封，已提醒过 0 条；没有发出："
        + "、".join(names[:8])
        + "；结果不明：样例壬；550 不收；断线；拒发：样例子"
    )


def test_the_log_has_the_account_of_a_run_that_sends(table, capsys):
    said(capsys, "remind", table, *AS_OF, "--send")
    log = (table.parent / ".capa_xl/capa_xl.log").read_text("utf-8")
    assert log.rstrip().endswith(
        "remind 完成（预演，按 2026-03-31 计算）。2026-03-31 应发 2 封，存入发件箱 2 封，已提醒过 0 条"
    )
