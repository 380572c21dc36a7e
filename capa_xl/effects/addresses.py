"""The last look at a mail address before a letter goes: defects, and domains that are not allowed."""

from __future__ import annotations

from capa_xl.model.addresses import is_sound


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
        return f"「{address}」不在 allowed_domains 之内 → 请核对邮箱，或请 IT 在 capa_xl.toml 里放行"
    return ""
