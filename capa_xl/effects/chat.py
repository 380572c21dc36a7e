"""Company chat robots for the weekly digest, through apprise (extra [chat]); figures only, no personal data."""

from __future__ import annotations

from typing import Final

from capa_xl.errors import SettingsError

ROBOTS: Final = ("wecombot", "dingtalk", "feishu")


def refuse_strangers(url: str) -> None:
    """Let only the robots of 企业微信, 钉钉 and 飞书 pass; `wecom://` is a third party's relay.

    Raises:
        SettingsError: Another scheme. The address, which holds the robot's key, is not repeated.
    """
    scheme = url.partition("://")[0].lower()
    if scheme == "wecom":
        raise SettingsError("群机器人 wecom:// 会经过第三方转发，不能用 → 企业微信请用 wecombot://")
    if scheme not in ROBOTS:
        known = "、".join(f"{name}://" for name in ROBOTS)
        raise SettingsError(f"群机器人地址不认识 → 可用：{known}")


def post_to_robot(url: str, title: str, text: str) -> bool:
    """Post a text to one robot; False when the robot didn't take it.

    Raises:
        SettingsError: A foreign scheme, a malformed address, or apprise is not installed.
    """
    refuse_strangers(url)
    try:
        import apprise
    except ImportError:
        raise SettingsError("群机器人需要 apprise → pip install capa-xl[chat]") from None
    robot = apprise.Apprise()
    if not robot.add(url):
        raise SettingsError("群机器人地址写法有误 → 例如 wecombot://密钥")
    return bool(robot.notify(title=title, body=text))
