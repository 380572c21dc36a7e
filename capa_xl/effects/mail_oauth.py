"""Access tokens for Office 365, which gives up SMTP logins by name and password; msal comes with the extra [office365].

Microsoft's days (MC786329, 27 January 2026): unchanged until the end of December 2026, then off for existing tenants
until an administrator turns it on again, not offered to new ones; the last day will be named in the last half of 2027.
"""

from __future__ import annotations

from capa_xl.errors import SettingsError
from capa_xl.model.install_hint import to_install

NO_MSAL = f'auth = "xoauth2" 需要 msal → {to_install("msal")}'

_WORLD = ("https://login.microsoftonline.com", "https://outlook.office365.com/.default")
_CHINA = ("https://login.partner.microsoftonline.cn", "https://partner.outlook.cn/.default")
"""Who gives the token, and for what: Office 365, and the one that 世纪互联 (21Vianet) runs in China."""


def access_token(host: str, tenant: str, client_id: str, secret: str) -> str:
    """A token for SMTP AUTH XOAUTH2 by client credentials.

    Args:
        host: The mail server; one of 世纪互联's (smtp.partner.outlook.cn) takes tokens of its own cloud alone.

    Raises:
        SettingsError: msal is not installed, or Microsoft refuses the application.
    """
    try:
        import msal
    except ImportError:
        raise SettingsError(NO_MSAL) from None
    login, scope = _CHINA if host.lower().endswith(".outlook.cn") else _WORLD
    application = msal.ConfidentialClientApplication(client_id, authority=f"{login}/{tenant}", client_credential=secret)
    answer = application.acquire_token_for_client(scopes=[scope])
    if "access_token" not in answer:
        refused = answer.get("error", "")
        raise SettingsError(f"Office 365 不发令牌（原文：{refused}） → 请 IT 核对 tenant、client_id 和密钥")
    return str(answer["access_token"])
