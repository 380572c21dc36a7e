"""The texts that make the operating system run `capa-xl daily`: printed for IT, never installed by us."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class DailyCall:
    """What the scheduler shall run.

    Attributes:
        program: Absolute path of the executable.
        arguments: Everything behind it: `daily`, workbooks, `--config`.
        folder: Working directory, absolute.
        at: Time of day in Asia/Shanghai, 08:30.
    """

    program: str
    arguments: tuple[str, ...]
    folder: str
    at: str


def systemd_units(call: DailyCall) -> str:
    """A oneshot service and a timer that catches up after the machine was off."""
    words = " ".join(_systemd_word(word) for word in (call.program, *call.arguments))
    return f"""\
# /etc/systemd/system/capa-xl.service
[Unit]
Description=capa-xl: daily pass over the 改进计划跟踪表
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={call.folder.replace("%", "%%")}
ExecStart={words}
# 邮箱授权码放在只有本服务能读的文件里：CAPA_XL_SMTP_PASSWORD=…
EnvironmentFile=-/etc/capa-xl.env

# /etc/systemd/system/capa-xl.timer
[Unit]
Description=capa-xl daily at {call.at} Asia/Shanghai

[Timer]
OnCalendar=*-*-* {call.at}:00 Asia/Shanghai
Persistent=true

[Install]
WantedBy=timers.target

# 启用：systemctl daemon-reload && systemctl enable --now capa-xl.timer
"""


def cron_line(call: DailyCall) -> str:
    """A crontab; cron misses a day when the machine was off, the next pass catches up."""
    hour, minute = call.at.split(":")
    words = shlex.join((call.program, *call.arguments)).replace("%", r"\%")
    return f"""\
# crontab -e（机器须用北京时间；关机错过的一天由下一次补上）
CRON_TZ=Asia/Shanghai
{int(minute)} {int(hour)} * * * cd {shlex.quote(call.folder)} && {words}
"""


def windows_task(call: DailyCall) -> str:
    """A task for `schtasks /create /xml`: starts when a start was missed, on battery too."""
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<!-- 存为 capa-xl.xml（UTF-16），再运行：schtasks /create /tn capa-xl /xml capa-xl.xml
     工作簿在服务器上请用 UNC 路径（\\\\服务器\\共享\\…），不要用映射的盘符。 -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>capa-xl：每日校验、刷新、提醒</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{call.at}:00+08:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(call.program)}</Command>
      <Arguments>{escape(" ".join(_windows_word(word) for word in call.arguments))}</Arguments>
      <WorkingDirectory>{escape(call.folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


UNITS = {"systemd": systemd_units, "cron": cron_line, "windows": windows_task}
"""What `capa-xl schedule --print` prints."""


def _systemd_word(word: str) -> str:
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if any(char.isspace() or char in "\"'\\;" for char in word) else safe


def _windows_word(word: str) -> str:
    """Quoted as CommandLineToArgvW reads it: no backslash may stand before the closing quote."""
    if word and not any(char in ' \t"' for char in word):
        return word
    tail = len(word) - len(word.rstrip("\\"))
    return '"' + word.replace('"', '\\"') + "\\" * tail + '"'
