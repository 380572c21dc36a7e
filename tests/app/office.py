"""A small office for tests of whole runs: a workbook, its people, a clock, and settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.due_letters import Reminded, RemindOptions
from capa_xl.app.shared.served import Served
from capa_xl.app.use_cases.daily import daily
from capa_xl.app.use_cases.remind import remind
from capa_xl.effects.world import World
from capa_xl.model.as_of import AsOf
from capa_xl.settings.secrets import Secret
from capa_xl.settings.values import MailSettings, Settings
from tests.app.desks import desk_at, still_world
from tests.effects.mail_server import PASSWORD, SENDER, USER, Certificates
from tests.tables import workbook_bytes

DAY = date(2026, 3, 31)
"""A Tuesday; one month before 2026-04-30 is 2026-03-30, a Monday."""
PEOPLE = """
    姓名    部门    角色            邮箱                     在职
    样例甲  网络部  员工            jia@corp.example         是
    样例经  网络部  部门经理        jing@corp.example        是
    样例无  系统部  员工            wu；                     是
    样例系  系统部  部门经理        xi@elsewhere.example     是
"""
QUALITY = (
    PEOPLE.rstrip()
    + """
    样例质  质量部  质量部负责人    zhi@corp.example         是
"""
)
"""The same with a quality department, which gets the weekly digest and the alarms."""
SETTINGS = """
    参数        值
    工作簿标识  W1
"""
TRACKER = """
    编号   措施内容  责任人  责任部门  登记日期    完成期限
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-04-30
"""
LEDGER = """
    工作簿标识  编号  里程碑  期限版本  次序  收件人  计划日期  发送时间  结果  方式  消息号
"""


def workbook(path: Path, tracker: str = TRACKER, **sheets: str) -> Path:
    content = {"改进计划跟踪表": tracker, "人员部门": PEOPLE, "参数": SETTINGS, "提醒台账": LEDGER} | sheets
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(workbook_bytes({name: text for name, text in content.items() if text}))
    return path


@dataclass
class Office:
    """Runs over one folder.

    Attributes:
        waits: Seconds the runs asked to wait.
    """

    settings: Settings = field(default_factory=Settings)
    waits: list[float] = field(default_factory=list)

    def world(self, on: date = DAY) -> World:
        return still_world(on, self.waits.append)

    def desk(self, path: Path, on: date = DAY, *, today: date | None = None) -> Desk:
        today = today or on
        return desk_at(path, AsOf(on, today), settings=self.settings, world=self.world(today))

    def remind(self, path: Path, on: date = DAY, *, today: date | None = None, **options) -> Reminded:
        return remind(self.desk(path, on, today=today), RemindOptions(**options))

    def daily(self, *paths: Path, on: date = DAY, today: date | None = None) -> tuple[Served, ...]:
        return daily(paths, self.world(today or on), lambda path: self.desk(path, on, today=today))


def with_mail(port: int, certificates: Certificates, **change) -> Settings:
    fields = {
        "transport": "smtp",
        "host": "127.0.0.1",
        "port": port,
        "ca_file": certificates.ca,
        "user": USER,
        "secret": Secret("env:PW", environ={"PW": PASSWORD}),
        "sender": SENDER,
        "timeout_s": 5.0,
    }
    return Settings(mail=MailSettings(**(fields | change)))


def letters_to(done: Reminded) -> list[str]:
    return sorted(letter.address for letter in done.letters)
