"""What IT decides, as frozen values: one class per table of `capa_xl.toml`, one field per key.

The classes *are* the reference: every field carries its key, its meaning in Chinese and an example, and
`docs/settings.md` is made from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from capa_xl.model.journal import OUTBOX, SMTP
from capa_xl.settings.secrets import NO_SECRET, Secret

STARTTLS, SSL, NONE = "starttls", "ssl", "none"
PASSWORD, XOAUTH2 = "password", "xoauth2"


def setting(default: Any, note: str, *, key: str = "", choices: tuple[str, ...] = (), example: str = "") -> Any:
    """A field that carries its Chinese meaning; `key` where the TOML key is no Python name."""
    return field(default=default, metadata={"note": note, "key": key, "choices": choices, "example": example})


@dataclass(frozen=True, slots=True)
class MailSettings:
    """[mail]: how reminders leave the house. Without it they are filed as .eml in the outbox folder."""

    transport: str = setting(
        OUTBOX, "发送方式：outbox 只存成 .eml 文件，smtp 真正发出", choices=(OUTBOX, SMTP), example='"smtp"'
    )
    host: str = setting("", "邮件服务器地址", example='"smtp.qiye.example"')
    port: int = setting(0, "端口；0 为随 security：ssl 465，starttls 587，none 25", example="465")
    security: str = setting(
        STARTTLS, "加密方式；none 只允许本机中继（127.0.0.1）", choices=(STARTTLS, SSL, NONE), example='"ssl"'
    )
    ca_file: Path | None = setting(None, "内部 CA 证书（PEM）；不填用系统证书", example='"ca.pem"')
    user: str = setting("", "登录名；不填则不登录", example='"capa@corp.example"')
    secret: Secret = setting(
        NO_SECRET,
        "密码或授权码放在哪里：env:变量名、file:文件、keyring:服务/用户；不能直接写密码",
        example='"env:CAPA_XL_SMTP_PASSWORD"',
    )
    auth: str = setting(
        PASSWORD, "登录方法；xoauth2 用于 Office 365（需 [office365] 组件）", choices=(PASSWORD, XOAUTH2)
    )
    tenant: str = setting("", "xoauth2：Office 365 租户", example='"corp.example"')
    client_id: str = setting("", "xoauth2：应用程序(客户端) ID")
    sender: str = setting("", "发件人，一个地址", key="from", example='"质量部 <capa@corp.example>"')
    allowed_domains: tuple[str, ...] = setting(
        (), "只发往这些域；不填为不限，其余地址列入 refused", example='["corp.example"]'
    )
    timeout_s: float = setting(30.0, "每一步等待服务器的秒数", example="30")
    max_send: int = setting(200, "一次运行最多发多少封邮件，其余下次再发；0 为不限", example="200")
    max_connections: int = setting(4, "group 同时最多几个发信连接（全部工作簿合计）", example="4")
    chat: tuple[Secret, ...] = setting(
        (),
        "每周汇总另发到群机器人（需 [chat] 组件）；地址同样放在 env:、file:、keyring: 里",
        example='["env:CAPA_XL_CHAT_URL"]',
    )

    @property
    def port_in_use(self) -> int:
        """The port given, else the usual one of the security."""
        return self.port or {SSL: 465, STARTTLS: 587, NONE: 25}[self.security]


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """[schedule]: when the daily pass runs in `capa-xl schedule`, and whom it pings."""

    at: str = setting("08:30", "每天几点（Asia/Shanghai）", example='"08:30"')
    ping_url: str = setting(
        "", "开始、结束、失败时访问的监控网址；访问失败只警告", example='"https://ping.example/capa"'
    )


@dataclass(frozen=True, slots=True)
class PathSettings:
    """[paths]: folders, relative to the settings file."""

    state: Path | None = setting(
        None, "状态文件夹（台账、备份、发件箱、日志）；不填为工作簿旁的 .capa_xl", example='".capa_xl"'
    )
    templates: Path | None = setting(None, "质量部自己的 Word 和邮件模板；不填用自带的", example='"模板"')


@dataclass(frozen=True, slots=True)
class LockSettings:
    """[lock]: how long to wait for a workbook somebody has open."""

    wait_minutes: float = setting(0.0, "工作簿被打开时最多等几分钟", example="10")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `capa_xl.toml`; an absent file means these defaults.

    Attributes:
        source: The file it came from; None when there is none.
    """

    mail: MailSettings = field(default_factory=MailSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    paths: PathSettings = field(default_factory=PathSettings)
    lock: LockSettings = field(default_factory=LockSettings)
    source: Path | None = None


SECTIONS: dict[str, type] = {
    "mail": MailSettings,
    "schedule": ScheduleSettings,
    "paths": PathSettings,
    "lock": LockSettings,
}
