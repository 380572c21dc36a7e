"""The texts that make the operating system run `capa-xl daily`: printed for IT, never installed by us."""

from __future__ import annotations

import shlex
from xml.sax.saxutils import escape

from msgspec import Struct


class DailyCall(Struct, frozen=True):
    """What the scheduler shall run.

    Attributes:
        program: Absolute path of the executable.
        arguments: Everything behind it: `daily`, workbooks, `--config`.
        folder: Working directory, absolute.
        times: Times of day in Asia/Shanghai: 08:30.
        user: The account it runs as; "" leaves a place to fill.
        secret: Where the settings say that the mail password lies, env:NAME; "" for no mail. Never the password.
    """

    program: str
    arguments: tuple[str, ...]
    folder: str
    times: tuple[str, ...]
    user: str = ""
    secret: str = ""


def systemd_units(call: DailyCall) -> str:
    """A oneshot service and a timer that catches up after the machine was off."""
    words = " ".join(_systemd_word(word) for word in (call.program, *call.arguments))
    on_calendar = "\n".join(f"OnCalendar=*-*-* {at}:00 Asia/Shanghai" for at in call.times)
    return f"""\
# /etc/systemd/system/capa-xl.service
[Unit]
Description=capa-xl：改进计划跟踪表每日校验、刷新、提醒
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
# 用能读写工作簿的普通账号，不要用 root
User={call.user.replace("%", "%%") or "请填写账号"}
WorkingDirectory={call.folder.replace("%", "%%")}
ExecStart={words}
# {_password_for_systemd(call.secret)}
EnvironmentFile=-/etc/capa-xl.env

# /etc/systemd/system/capa-xl.timer
[Unit]
Description=capa-xl：每天 {"、".join(call.times)}（北京时间）

[Timer]
{on_calendar}
Persistent=true

[Install]
WantedBy=timers.target

# 启用：systemctl daemon-reload && systemctl enable --now capa-xl.timer
"""


def cron_line(call: DailyCall) -> str:
    """A crontab; cron misses a day when the machine was off, the next pass catches up."""
    command = f"cd {shlex.quote(call.folder)} && {shlex.join((call.program, *call.arguments))}"
    command = command.replace("%", r"\%")  # cron cuts the line at a bare one
    clocks = (map(int, at.split(":")) for at in call.times)
    lines = "\n".join(f"{minute} {hour} * * * {command}" for hour, minute in clocks)
    return f"""\
# crontab -e{f" -u {call.user}" if call.user else ""}（用能读写工作簿的普通账号；关机错过的一天由下一次补上）
# 不认识 CRON_TZ 的 cron（Debian、Ubuntu 自带的）按电脑的时区运行：电脑须用北京时间，或改用 systemd
# {_password_for_cron(call.secret)}
CRON_TZ=Asia/Shanghai
{lines}
"""


def windows_task(call: DailyCall) -> str:
    """A task for `schtasks /create /xml`: nobody need be logged on, a missed start is made up for, on battery too.

    Run with a password it has the account's network rights (a share needs them) and shows no window.
    """
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<!-- {_how_to_install(call)} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>capa-xl：改进计划跟踪表每日校验、刷新、提醒</Description></RegistrationInfo>
  <Triggers>
{"".join(map(_trigger, call.times))}\
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{escape(call.user or _ACCOUNT)}</UserId>
      <LogonType>Password</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(call.program)}</Command>
      <Arguments>{escape(" ".join(_windows_word(word) for word in call.arguments))}</Arguments>
      <WorkingDirectory>{escape(call.folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def _trigger(at: str) -> str:
    return f"""\
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{at}:00+08:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
"""


_ACCOUNT = "域\\账号"

UNITS = {"systemd": systemd_units, "cron": cron_line, "windows": windows_task}
"""What `capa-xl schedule --print` prints."""


def _how_to_install(call: DailyCall) -> str:
    """The comment of the task; XML allows no two hyphens in it."""
    lines = (
        "用 -o capa-xl.xml 存成文件（UTF-16），再以管理员身份运行下一行，它会问这个账号的 Windows 密码；",
        "无人登录时也能运行，不出现窗口：",
        f"schtasks /create /tn capa-xl /xml capa-xl.xml /ru {call.user or _ACCOUNT} /rp *",
        "工作簿在服务器上请用 UNC 路径（\\\\服务器\\共享\\…），不要用映射的盘符：任务里没有映射的盘。",
        _password_for_windows(call.secret),
    )
    return escape("\n     ".join(lines).replace("--", "- -"))


def _password_for_systemd(secret: str) -> str:
    scheme, _, place = secret.partition(":")
    if scheme == "file":
        return f"邮箱密码在文件 {place}：只让上面的账号可读（chmod 600）"
    if scheme == "keyring":
        return "系统服务打不开钥匙串：请把 [mail] secret 改成 file:文件（chmod 600）"
    name = place or "CAPA_XL_SMTP_PASSWORD"
    return f"邮箱密码：下面的文件里写 {name}=…，只让 root 可读（chmod 600）；或 [mail] secret 用 file:文件"


def _password_for_cron(secret: str) -> str:
    scheme, _, place = secret.partition(":")
    if scheme == "file":
        return f"邮箱密码在文件 {place}：只让运行的账号可读（chmod 600）"
    return "邮箱密码：cron 读不到登录时的环境变量和钥匙串，请把 [mail] secret 写成 file:文件（chmod 600）"


def _password_for_windows(secret: str) -> str:
    scheme, _, place = secret.partition(":")
    if scheme == "file":
        return f"邮箱密码在文件 {place}：在它的“安全”页里只留运行任务的账号可读。"
    if scheme == "keyring":
        service, _, user = place.partition("/")
        return f"邮箱密码在凭据管理器：用运行任务的账号登录一次，运行 keyring set {service} {user}。"
    return "邮箱密码：[mail] secret 用 keyring:服务/用户（以该账号登录一次，运行 keyring set），或 file:文件。"


def _systemd_word(word: str) -> str:
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if any(char.isspace() or char in "\"'\\;" for char in word) else safe


def _windows_word(word: str) -> str:
    """Quoted as CommandLineToArgvW reads it: no backslash may stand before the closing quote."""
    if word and not any(char in ' \t"' for char in word):
        return word
    tail = len(word) - len(word.rstrip("\\"))
    return '"' + word.replace('"', '\\"') + "\\" * tail + '"'
