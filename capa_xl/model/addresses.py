"""Mail addresses as people type them: full-width signs, lists, defects, domains. Planning and sending judge alike."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[;,、\s]+")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")


WHERE_ALLOWED = "capa_xl.toml（或环境变量 CAPA_XL_MAIL_ALLOWED_DOMAINS）"
NOT_ALLOWED = "不在 allowed_domains 之内"
"""Where IT says which domains letters may go to; the variable stands over the file."""


def is_sound(address: str) -> bool:
    """True for one plain address: ASCII, one @, a domain with a dot."""
    local, at, domain = address.rpartition("@")
    return bool(at and len(local) <= 64 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain))


def sound_address(text: str) -> str:
    """The one address of a cell, full-width signs made plain (NFKC).

    Returns:
        "" for none, a defect or several (between ; ； ， , 、 and blanks): nobody guesses which was meant (FD10).
    """
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part]
    return parts[0] if len(parts) == 1 and is_sound(parts[0]) else ""


def fault_of(address: str, allowed_domains: tuple[str, ...] = ()) -> str:
    """Why no letter goes to that address, as a Chinese sentence; "" when one may.

    Args:
        allowed_domains: In lower case; a domain allows those below it; empty allows all.
    """
    if not is_sound(address):
        return f"「{address}」不是一个可用的邮箱地址 → 每人只填一个，例如 name@corp.example"
    local, _, domain = address.rpartition("@")
    lower = domain.lower()
    if allowed_domains and (route := next((sign for sign in "%!" if sign in local), "")):
        return f"「{address}」里的 {route} 会被邮件服务器改写成别的域 → 设了 allowed_domains 时不能用，请填本人的邮箱"
    if allowed_domains and not any(lower == name or lower.endswith("." + name) for name in allowed_domains):
        return f"「{address}」{NOT_ALLOWED} → 请核对邮箱，或请 IT 在 {WHERE_ALLOWED}里放行"
    return ""
