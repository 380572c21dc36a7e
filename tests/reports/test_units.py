import xml.etree.ElementTree as ET

from msgspec.structs import replace

from capa_xl.reports.units import DailyCall, cron_line, systemd_units, windows_task

CALL = DailyCall("/opt/capa xl/bin/capa-xl", ("daily", "/srv/质量 部/100%/跟踪表.xlsx"), "/srv/质量 部", ("08:05",))
NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def test_the_timer_catches_up_and_runs_on_shanghai_time():
    text = systemd_units(CALL)
    assert "OnCalendar=*-*-* 08:05:00 Asia/Shanghai" in text
    assert "Persistent=true" in text
    assert "Type=oneshot" in text


def test_what_a_system_lists_of_it_is_chinese():
    said = [line.partition("=")[2] for line in systemd_units(CALL).splitlines() if line.startswith("Description=")]
    assert said == ["capa-xl：改进计划跟踪表每日校验、刷新、提醒", "capa-xl：每天 08:05（北京时间）"]
    assert f"<Description>{said[0]}</Description>" in windows_task(CALL)


def test_blanks_and_percent_signs_survive_systemd():
    assert 'ExecStart="/opt/capa xl/bin/capa-xl" daily "/srv/质量 部/100%%/跟踪表.xlsx"' in systemd_units(CALL)


def test_blanks_and_percent_signs_survive_cron():
    text = cron_line(CALL)
    assert "CRON_TZ=Asia/Shanghai" in text
    assert r"5 8 * * * cd '/srv/质量 部' && '/opt/capa xl/bin/capa-xl' daily '/srv/质量 部/100\%/跟踪表.xlsx'" in text


def test_no_percent_sign_stands_bare_in_a_line_of_cron_wherever_it_comes_from():
    call = DailyCall(
        "/opt/50%/capa-xl", ("daily", "/srv/100%/表.xlsx", "--config", "/etc/5%.toml"), "/srv/100%", ("08:05",)
    )
    (line,) = [line for line in cron_line(call).splitlines() if " * * * " in line]
    assert line.startswith(r"5 8 * * * cd /srv/100\% && /opt/50\%/capa-xl daily ")
    assert line.count("%") == line.count(r"\%") == 4


def test_a_percent_sign_survives_in_every_place_of_the_systemd_unit():
    call = DailyCall("/opt/50%/capa-xl", ("daily", "/srv/100%/表.xlsx"), "/srv/100%", ("08:05",))
    text = systemd_units(call)
    assert "ExecStart=/opt/50%%/capa-xl daily /srv/100%%/表.xlsx" in text
    assert "WorkingDirectory=/srv/100%%" in text


def test_the_windows_task_is_xml_that_starts_when_available_and_on_battery():
    call = DailyCall(
        r"C:\Program Files\capa-xl.exe", ("daily", r"\\srv\质量 & 部\表.xlsx"), r"\\srv\质量 & 部", ("08:30",)
    )
    task = ET.fromstring(windows_task(call).split("?>", 1)[1])
    found = {element.tag.removeprefix(NAMESPACE): element.text for element in task.iter()}
    assert found["StartWhenAvailable"] == "true"
    assert found["DisallowStartIfOnBatteries"] == found["StopIfGoingOnBatteries"] == "false"
    assert found["Command"] == r"C:\Program Files\capa-xl.exe"
    assert found["Arguments"] == r'daily "\\srv\质量 & 部\表.xlsx"'
    assert found["StartBoundary"] == "2026-01-01T08:30:00+08:00"


def test_several_times_a_day_are_several_lines_of_one_timer_table_or_task():
    call = replace(CALL, times=("08:00", "17:30"))
    assert "OnCalendar=*-*-* 08:00:00 Asia/Shanghai\nOnCalendar=*-*-* 17:30:00 Asia/Shanghai\n" in systemd_units(call)
    assert "每天 08:00、17:30（北京时间）" in systemd_units(call)
    assert [line[:12] for line in cron_line(call).splitlines() if " * * * cd " in line] == [
        "0 8 * * * cd",
        "30 17 * * * ",
    ]
    task = ET.fromstring(windows_task(call).split("?>", 1)[1])
    starts = [element.text for element in task.iter() if element.tag.endswith("StartBoundary")]
    assert starts == ["2026-01-01T08:00:00+08:00", "2026-01-01T17:30:00+08:00"]
    assert len(task.findall(f".//{NAMESPACE}CalendarTrigger")) == 2


def test_every_unit_names_its_account_and_where_the_password_lies():
    call = replace(CALL, user="capa", secret="file:/etc/capa.pw")
    assert "User=capa\n" in systemd_units(call)
    assert "crontab -e -u capa" in cron_line(call)
    for text in (systemd_units(call), cron_line(call), windows_task(call)):
        assert "邮箱密码在文件 /etc/capa.pw" in text


def test_a_keyring_serves_on_windows_only_and_the_environment_not_for_cron():
    call = replace(CALL, secret="keyring:capa-xl/capa@corp.example")
    assert "系统服务打不开钥匙串" in systemd_units(call)
    assert "keyring set capa-xl capa@corp.example" in windows_task(call)
    assert "cron 读不到" in cron_line(replace(CALL, secret="env:PW"))
    assert "PW=…" in systemd_units(replace(CALL, secret="env:PW"))


def test_the_windows_task_runs_when_nobody_is_logged_on_and_its_comment_is_xml_whatever_the_name():
    task = ET.fromstring(windows_task(replace(CALL, user="CORP\\svc--capa & co")).split("?>", 1)[1])
    found = {element.tag.removeprefix(NAMESPACE): element.text for element in task.iter()}
    assert (found["LogonType"], found["RunLevel"]) == ("Password", "LeastPrivilege")
    assert found["UserId"] == "CORP\\svc--capa & co"
