"""What a mail server's answer means, and how it is said in Chinese."""

from __future__ import annotations

import re
import ssl

from capa_xl.effects.mail_veil import Veil
from capa_xl.model.cut_text import cut_text

_NOTHING_TO_HIDE = Veil()


class RunStopped(Exception):
    """No letter can go in this run; the words are a Chinese sentence."""


class TryAgain(Exception):
    """The server is not there or not ready just now; worth another try after a pause."""


NO_STARTTLS = '服务器不提供 STARTTLS，不加密不发送 → 请改 security = "ssl"、port = 465，或请 IT 开启 STARTTLS'
NO_AUTH = "服务器不提供登录 → 请核对 host、port 和 security；本机中继请删除 user"
PASSWORD_NOT_ASCII = "密码或授权码含中文或全角字符，邮件服务器不认 → 请核对 secret"


def clean(words: bytes | str, veil: Veil = _NOTHING_TO_HIDE) -> str:
    """A server's words on one line, at most 200 characters, without our credentials."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return cut_text(veil.over(re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()), 200)


def login_refused(code: int, words: str, *, is_token: bool = False) -> str:
    """The sentence for a refused login (535 and its kin), by a password or by a token of Office 365."""
    if is_token:
        return (
            f"Office 365 不接受这个应用代 user 登录（原文：{code} {words}） → 请 IT 核对：SMTP.SendAsApp "
            "已经管理员同意，New-ServicePrincipal 用的是“企业应用程序”里的对象 ID，邮箱没有停用 SMTP AUTH；"
            "刚授权的等半小时再试"
        )
    return (
        f"邮件服务器不接受登录（原文：{code} {words}） → QQ、163 和企业邮箱要用授权码，不是登录密码，"
        '并用 port = 465、security = "ssl"；Office 365 用 auth = "xoauth2"'
    )


def bad_certificate(host: str, trouble: ssl.SSLError) -> str:
    """The sentence for a certificate that can't be trusted, or for no TLS where TLS was to be."""
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return (
            f"「{host}」的证书不可信（原文：{clean(trouble.verify_message)}） → 请核对 host；"
            "内部证书请用 ca_file 指定内部 CA，不要关掉检查"
        )
    return (
        f"与「{host}」不能建立加密连接（原文：{clean(trouble.reason or str(trouble))}） → "
        "请核对 port 和 security：465 用 ssl，587 用 starttls"
    )


def refusal(code: int, words: str) -> str:
    """The sentence for one refused letter."""
    if is_relay(words):
        return f"服务器不肯转发到这个域（原文：{code} {words}） → 请 IT 允许本机转发，或在 [mail] 里登录"
    if is_over_limit(words):
        return (
            f"发信账号超过了限额（原文：{code} {words}） → 请 IT 核对发信账号的限额，或把 max_send 改小；下次运行会再发"
        )
    if is_full(words):
        return f"收件人的邮箱满了（原文：{code} {words}） → 请本人清理；下次运行会再发"
    if is_too_large(words):
        return (
            f"信太大，服务器不收（原文：{code} {words}） → "
            "请邮件管理员放宽一封信的大小；《参数》随信附填报表 是“是”的可改为“否”；下次运行会再发"
        )
    if is_spam(words):
        return f"服务器当作垃圾邮件（原文：{code} {words}） → 邮箱没有错，请邮件管理员放行发件人；下次运行会再发"
    if code >= 500 and names_the_address(words):
        return f"服务器拒收（原文：{code} {words}） → 请核对邮箱"
    if code >= 500:
        return f"服务器不收这封信（原文：{code} {words}） → 请邮件管理员按原文查原因；下次运行会再发"
    return f"服务器暂时不收（原文：{code} {words}） → 下次运行会再发"


def is_relay(words: str) -> bool:
    """True where the server won't carry mail for us at all: no fault of the address."""
    return re.search(r"relay", words, re.IGNORECASE) is not None


def is_over_limit(words: str) -> bool:
    """True where the sending account used up what it may send: no fault of the address."""
    return re.search(r"\b5\.4\.5\b|sending (quota|limit)|send(ing)? limit exceeded", words, re.IGNORECASE) is not None


def is_full(words: str) -> bool:
    """True where the mailbox is there and holds no more: the next day may find room."""
    return re.search(r"\b[45]\.2\.2\b|mailbox (is )?full|over quota", words, re.IGNORECASE) is not None


def is_too_large(words: str) -> bool:
    """True where the letter has more bytes than the server takes: no fault of the address."""
    return re.search(r"\b5\.(3\.4|2\.3)\b|too (large|big|long)|size exceed|MI:SIZ", words, re.IGNORECASE) is not None


def is_spam(words: str) -> bool:
    """True where the server distrusts the letter, its sender or our address: no fault of the recipient's."""
    distrust = r"spam|junk|virus|black ?list|block ?list|\bblocked\b|\bcontent\b|\b(SPF|DKIM|DMARC)\b|DT:S[PU]M"
    return re.search(distrust, words, re.IGNORECASE) is not None


def names_the_address(words: str) -> bool:
    """True where the words themselves blame the recipient's address."""
    return re.search(r"\b5\.1\.\d|user|recipient|mailbox|account|用户|收件人", words, re.IGNORECASE) is not None


def is_of_the_address(words: str) -> bool:
    """True where a refused recipient is the fault of the address: nothing is gained by trying it daily."""
    others = (is_relay, is_over_limit, is_full, is_too_large, is_spam)
    return not any(is_other(words) for is_other in others)


def address_refused(address: str, code: int, words: str) -> str:
    """The sentence for a refused RCPT TO: it names the address, so that a corrected one is tried at once."""
    return f"服务器拒收 {address}（原文：{code} {words}） → 请在《人员部门》核对邮箱；改了立即再发，没改的每周试一次"


def sender_refused(code: int, words: str) -> str:
    """The sentence for a refused MAIL FROM: it would be the same for every letter."""
    return f"服务器不接受发件人（原文：{code} {words}） → from 应是登录的那个邮箱；530 表示要先登录（user、secret）"


def not_there(host: str, port: int, words: str, *, is_plain: bool = False) -> str:
    """The sentence for a server that can't be reached.

    Args:
        is_plain: We waited for its greeting without TLS: one that wants TLS first, on 465, says nothing to that.
    """
    tls = '，465 端口要写 security = "ssl"' if is_plain and re.search(r"timed out|closed", words) else ""
    return f"连不上邮件服务器「{host}:{port}」（原文：{words}） → 请核对 host、port 和网络{tls}；下次运行会再发"


def fell_silent(trouble: Exception, timeout_s: float, veil: Veil = _NOTHING_TO_HIDE) -> str:
    """How a server that had answered before went away: it kept us waiting, or it hung up."""
    words = clean(str(trouble), veil)
    what = f" {timeout_s:g} 秒没有答复" if "timed out" in words else "断开了连接"
    return f"{what}（原文：{words}）"


def broken_off(host: str, port: int, came: str, doing: str, how: str) -> str:
    """The sentence for a server that is there and went away in the middle: host and network aren't at fault.

    Args:
        came: How far it came: 连上了, 已登录.
        doing: What it was asked for then.
        how: `fell_silent`.
    """
    return (
        f"邮件服务器「{host}:{port}」{came}，{doing}时{how} → "
        "请稍后再试；总是这样的，请 IT 查看邮件服务器，它只是慢的把 [mail] timeout_s 改大"
    )


def fate_unknown(words: str) -> str:
    """The sentence for a connection lost after DATA."""
    return (
        f"信已交出，但没收到服务器的答复（原文：{words}），对方可能已收到 → 请问收件人；"
        "要重发请用 remind --send --resend-unknown"
    )
