"""What IT decides, as frozen values: one class per table of `capa_xl.toml`, one field per key.

The classes *are* the reference: every field is noted with its key, its meaning in Chinese and an example, and
`docs/settings.md` is made from them.
"""

from pathlib import Path
from typing import Annotated

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.field_notes import notes_of
from capa_xl.model.journal import OUTBOX, SMTP
from capa_xl.settings.secrets import NO_SECRET, Secret

STARTTLS, SSL, NONE = "starttls", "ssl", "none"
PASSWORD, XOAUTH2 = "password", "xoauth2"


class FileKey(Struct, frozen=True):
    """One key of the file.

    Attributes:
        note: Its meaning in Chinese.
        key: Its name in the file; "" where that is the field's.
        choices: The words allowed; () for any.
        least, most: The numbers allowed, both of them too.
        example: As it stands in the file; "" for none.
        field: Set by `keys_of`.
    """

    note: str
    key: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    field: str = ""
    least: float = 0
    most: float = 1_000_000


def keys_of(section: type[Struct]) -> tuple[FileKey, ...]:
    """The keys of a section in order, each with its name in the file and its field."""
    return tuple(replace(key, key=key.key or field, field=field) for field, key in notes_of(section, FileKey))


class MailSettings(Struct, frozen=True):
    """[mail]: how reminders leave the house. Without it they are filed as .eml in the outbox folder."""

    transport: Annotated[
        str, FileKey("发送方式：outbox 只存成 .eml 文件，smtp 真正发出", choices=(OUTBOX, SMTP), example='"smtp"')
    ] = OUTBOX
    host: Annotated[str, FileKey("邮件服务器地址", example='"smtp.qiye.example"')] = ""
    port: Annotated[
        int, FileKey("端口；0 为随 security：ssl 465，starttls 587，none 25", example="465", most=65535)
    ] = 0
    security: Annotated[
        str, FileKey("加密方式；none 只允许本机中继（127.0.0.1）", choices=(STARTTLS, SSL, NONE), example='"ssl"')
    ] = STARTTLS
    ca_file: Annotated[Path | None, FileKey("内部 CA 证书（PEM）；不填用系统证书", example='"ca.pem"')] = None
    user: Annotated[str, FileKey("登录名；不填则不登录", example='"capa@corp.example"')] = ""
    secret: Annotated[
        Secret,
        FileKey(
            "密码或授权码放在哪里：env:变量名、file:文件、keyring:服务/用户；不能直接写密码",
            example='"env:CAPA_XL_SMTP_PASSWORD"',
        ),
    ] = NO_SECRET
    auth: Annotated[
        str, FileKey("登录方法；xoauth2 用于 Office 365（需 [office365] 组件）", choices=(PASSWORD, XOAUTH2))
    ] = PASSWORD
    tenant: Annotated[str, FileKey("xoauth2：Office 365 租户", example='"corp.example"')] = ""
    client_id: Annotated[str, FileKey("xoauth2：应用程序（客户端）ID")] = ""
    sender: Annotated[str, FileKey("发件人，一个地址", key="from", example='"质量部 <capa@corp.example>"')] = ""
    allowed_domains: Annotated[
        tuple[str, ...],
        FileKey("只发往这些域；不填为不限，其余地址拒发：点名，记入台账，退出码 25", example='["corp.example"]'),
    ] = ()
    timeout_s: Annotated[float, FileKey("每一步等待服务器的秒数", example="30", least=0.1, most=3600)] = 30.0
    max_send: Annotated[int, FileKey("一次运行最多发多少封邮件，其余下次再发；0 为不限", example="200")] = 200
    max_connections: Annotated[
        int, FileKey("group 同时最多几个发信连接（全部工作簿合计）", example="4", least=1, most=100)
    ] = 4
    chat: Annotated[
        tuple[Secret, ...],
        FileKey(
            "每周汇总另发到群机器人（需 [chat] 组件）；地址同样放在 env:、file:、keyring: 里",
            example='["env:CAPA_XL_CHAT_URL"]',
        ),
    ] = ()

    @property
    def port_in_use(self) -> int:
        """The port given, else the usual one of the security."""
        return self.port or {SSL: 465, STARTTLS: 587, NONE: 25}[self.security]


class ScheduleSettings(Struct, frozen=True):
    """[schedule]: when the daily pass runs in `capa-xl schedule`, and whom it pings."""

    at: Annotated[str, FileKey("每天几点（Asia/Shanghai），几次用逗号隔开", example='"08:00,12:00,17:30"')] = "08:30"
    ping_url: Annotated[
        str, FileKey("开始、结束、失败时访问的监控网址；访问失败只警告", example='"https://ping.example/capa"')
    ] = ""


class PathSettings(Struct, frozen=True):
    """[paths]: folders, relative to the settings file."""

    state: Annotated[
        Path | None, FileKey("状态文件夹（台账、备份、发件箱、日志）；不填为工作簿旁的 .capa_xl", example='".capa_xl"')
    ] = None
    templates: Annotated[Path | None, FileKey("质量部自己的 Word 和信件模板；不填用自带的", example='"模板"')] = None


class LockSettings(Struct, frozen=True):
    """[lock]: how long to wait for a workbook somebody has open."""

    wait_minutes: Annotated[float, FileKey("工作簿被打开时最多等几分钟", example="10", most=1440)] = 0.0


class Settings(Struct, frozen=True):
    """All of `capa_xl.toml`; an absent file means these defaults.

    Attributes:
        source: The file it came from; None when there is none.
        unused: Environment variables named as ours that nothing in it uses.
        overriding: Those whose values stand over the file's.
    """

    mail: MailSettings = field(default_factory=MailSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    paths: PathSettings = field(default_factory=PathSettings)
    lock: LockSettings = field(default_factory=LockSettings)
    source: Path | None = None
    unused: tuple[str, ...] = ()
    overriding: tuple[str, ...] = ()


SECTIONS: dict[str, type[Struct]] = {
    "mail": MailSettings,
    "schedule": ScheduleSettings,
    "paths": PathSettings,
    "lock": LockSettings,
}
