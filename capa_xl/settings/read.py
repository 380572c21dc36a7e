"""`capa_xl.toml` and the environment → `Settings`. An unknown key is an error that names the nearest known one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from capa_xl.errors import SettingsError
from capa_xl.model.addresses import is_sound
from capa_xl.model.journal import SMTP
from capa_xl.settings.environment import environment_name, origin_of, overriding_variables, unused_variables
from capa_xl.settings.typed_value import converted
from capa_xl.settings.values import NONE, SECTIONS, XOAUTH2, MailSettings, PathSettings, Settings, keys_of

FILE_NAME = "capa_xl.toml"


def load_settings(beside: Path, config: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings in force for a workbook; a key in the environment (`CAPA_XL_MAIL_HOST`) beats the file.

    Args:
        beside: The workbook (or the folder) that `capa_xl.toml` is looked for beside.
        config: The file of `--config`; it must exist.
        environ: The environment.

    Raises:
        SettingsError: Unreadable file, unknown key, misspelt variable, wrong type, or settings that don't fit.
    """
    source = config if config is not None else _beside(beside)
    document = _parsed(source) if source is not None else {}
    name = source.name if source is not None else "环境变量"
    base = source.parent if source is not None else (beside if beside.is_dir() else beside.parent)
    _refuse_unknown(document, tuple(SECTIONS), f"{name}：[", "]")
    values: dict[str, Any] = {
        section: _section(section, document.get(section, {}), name, base, environ) for section in SECTIONS
    }
    settings = Settings(**values, source=source, overriding=overriding_variables(environ))
    settings = replace(settings, unused=unused_variables(environ, settings))
    _refuse_misfits(settings, partial(origin_of, source=name, environ=environ))
    return settings


def _beside(workbook: Path) -> Path | None:
    folder = workbook if workbook.is_dir() else workbook.parent
    candidate = folder / FILE_NAME
    return candidate if candidate.exists() else None


def _parsed(source: Path) -> dict[str, Any]:
    if source.exists() and not source.is_file():
        raise SettingsError(f"设置文件「{source}」不是普通文件（文件夹、管道或设备） → 请写出文件名")
    import tomllib  # many workbooks have no settings file beside them

    try:
        return tomllib.loads(source.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"找不到设置文件「{source}」 → 请检查 --config") from None
    except OSError as trouble:
        raise SettingsError(
            f"设置文件「{source}」读不出来（原文：{trouble.strerror or trouble}） → 请检查权限"
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(f"设置文件「{source.name}」不是 UTF-8 → 请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"设置文件「{source.name}」写法有误{_place(fault)} → {_cure(fault)}") from None


_CURES = {
    "table declaration": "一节的名字写成 [mail]，两边都要方括号",
    "after a key": "一行写成 名称 = 值，中间要有等号",
    "Unescaped": "路径用 /，或每个 \\ 写两次",
    "overwrite": "同一个名称只写一次",
}
"""Part of the parser's words → what to do; for all else what it most often is."""


def _cure(fault: ValueError) -> str:
    return next((cure for words, cure in _CURES.items() if words in str(fault)), "字符串要加英文引号，路径用 /")


def _place(fault: ValueError) -> str:
    found = re.search(r"line (\d+)", str(fault))
    return f"：第 {found[1]} 行" if found else ""


def _section(section: str, table: Any, source: str, base: Path, environ: Mapping[str, str]) -> Any:
    if not isinstance(table, dict):
        raise SettingsError(f"{source}：{section} 应是一节 → 请写成 [{section}]")
    record = SECTIONS[section]
    known = {key.key: key for key in keys_of(record)}
    _refuse_unknown(table, tuple(known), f"{source}：[{section}] ", "")
    values = {
        key.field: converted(record, key, table[name], f"{source}：[{section}] {name}", base, environ)
        for name, key in known.items()
        if name in table
    }
    return record(**(values | _from_environment(section, base, environ)))


def _from_environment(section: str, base: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    record = SECTIONS[section]
    named = {environment_name(section, key): key for key in keys_of(record)}
    return {
        key.field: converted(record, key, environ[name], f"环境变量 {name}", base, environ)
        for name, key in named.items()
        if name in environ
    }


_PASSWORD = re.compile(r"pass(w|_|$)|pwd|密码|口令|授权码", re.IGNORECASE)
"""What a key is called that was meant to hold a password."""
_NO_PASSWORD = (
    "密码不写在这里 → 请删除这一行，改写 "
    'secret = "env:CAPA_XL_SMTP_PASSWORD"（写密码放在哪里：env:变量名、file:文件 或 keyring:服务/用户）'
)
_ALIKE = 0.7
"""How like a known name (0–1) another one is that was meant for it."""


def _refuse_unknown(table: Mapping[str, Any], known: tuple[str, ...], before: str, after: str) -> None:
    for key in table:
        if key not in known:
            if "secret" in known and _PASSWORD.search(key):
                raise SettingsError(f"{before}{key}{after} 不认识，{_NO_PASSWORD}")
            near = _nearest(key, known)
            fix = f"是不是 {near}？" if near else f"可用：{'、'.join(known)}"
            raise SettingsError(f"{before}{key}{after} 不认识 → {fix}")


def _nearest(key: str, known: tuple[str, ...]) -> str:
    """The name that was meant: spelt nearly so, else a part of the other (smtp_host, timeout); "" for none."""
    from difflib import get_close_matches  # only a mistyped key needs it

    parts = [name for name in known if key and (name in key or key in name)]
    return next(iter([*get_close_matches(key, known, n=1, cutoff=_ALIKE), *parts]), "")


_Origin = Callable[..., str]
"""(section, *keys) → how a message about them begins: `origin_of` for this file and environment."""


def _refuse_misfits(settings: Settings, origin: _Origin) -> None:
    schedule, sender = settings.schedule, settings.mail.sender
    if not times_of_day(schedule.at):
        raise SettingsError(bad_time(f"{origin('schedule', 'at')}at", schedule.at))
    if schedule.ping_url and not re.match(r"https?://[^/\s]", schedule.ping_url):
        where = origin("schedule", "ping_url")
        raise SettingsError(f"{where}ping_url「{schedule.ping_url}」不是网址 → 请以 https:// 开头")
    if sender and (fault := _sender_fault(sender)):
        raise SettingsError(f"{origin('mail', 'from')}from「{sender}」{fault} → 例如 质量部 <capa@corp.example>")
    _refuse_bad_places(settings.paths, origin)
    if settings.mail.transport == SMTP:
        _refuse_bad_server(settings.mail, origin)


def _refuse_bad_places(paths: PathSettings, origin: _Origin) -> None:
    if paths.templates is not None and not paths.templates.is_dir():
        where = origin("paths", "templates")
        raise SettingsError(f"{where}templates：找不到文件夹「{paths.templates}」 → 请核对名字")
    if paths.state is not None and (
        file := next((p for p in (paths.state, *paths.state.parents) if p.is_file()), None)
    ):
        raise SettingsError(f"{origin('paths', 'state')}state：「{file}」是文件，不是文件夹 → 请写一个文件夹")


def _sender_fault(sender: str) -> str:
    """What is wrong with a sender; "" for one address, with or without a name before it."""
    from email.utils import getaddresses  # brings half the network library; most runs have no sender

    found = getaddresses([sender])
    if len(found) > 1 and any(is_sound(address) for _, address in found):
        return "不止一个地址"
    return "" if len(found) == 1 and is_sound(found[0][1]) else "不是邮箱"


def times_of_day(at: str) -> tuple[str, ...]:
    """The times of day of 08:30 or 08:00,12:00,17:30 in their order; () where one of them is none."""
    times = [time.strip() for time in re.split("[,，、]", at)]
    is_sound = all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time) for time in times)
    return tuple(sorted(set(times))) if is_sound else ()


def bad_time(where: str, at: str) -> str:
    """The sentence that refuses what is no time of day, wherever it was said."""
    return f"{where}「{at}」不是时刻 → 请写成 08:30，一天几次写成 08:00,12:00,17:30"


def _refuse_bad_server(mail: MailSettings, origin: _Origin) -> None:
    if lacking := [name for name, value in (("host", mail.host), ("from", mail.sender)) if not value]:
        where = origin("mail", "transport", *lacking)
        raise SettingsError(f'{where}transport = "smtp" 还要 {" 和 ".join(lacking)} → 请补上')
    if mail.security == NONE and not _is_loopback(mail.host):
        where = origin("mail", "security", "host")
        fault = f'security = "none" 只允许本机（127.0.0.1），host 是「{mail.host}」'
        raise SettingsError(f"{where}{fault} → 请核对 host，或把 security 改为 starttls 或 ssl")
    if not mail.user.isascii():
        raise SettingsError(
            f"{origin('mail', 'user')}user「{mail.user}」含中文或全角字符，邮件服务器不认 → 请核对登录名"
        )
    if mail.user and not mail.secret:
        where = origin("mail", "user", "secret")
        raise SettingsError(f'{where}有 user 没有 secret → 例如 secret = "env:CAPA_XL_SMTP_PASSWORD"')
    if mail.auth == XOAUTH2 and not (mail.user and mail.tenant and mail.client_id):
        where = origin("mail", "auth", "user", "tenant", "client_id")
        raise SettingsError(f'{where}auth = "xoauth2" 还要 user、tenant 和 client_id → 请补上')


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
