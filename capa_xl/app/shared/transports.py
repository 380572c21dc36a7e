"""The transport that `capa_xl.toml` asks for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from capa_xl.app.shared.desk import Desk
from capa_xl.effects.transport import Transport
from capa_xl.effects.world import World
from capa_xl.model.journal import SMTP
from capa_xl.settings.values import XOAUTH2, MailSettings

if TYPE_CHECKING:
    from capa_xl.effects.mail_smtp import SmtpTransport


def transport_for(desk: Desk) -> Transport:
    """SMTP when it is configured, else the outbox; a rehearsal only ever goes to the outbox."""
    mail = desk.settings.mail
    if mail.transport == SMTP and not desk.is_rehearsal:
        return smtp_transport(mail, desk.world)
    from capa_xl.effects.outbox import SENDER, Outbox

    return Outbox(desk.outbox, desk.as_of.on, mail.sender or SENDER)


def smtp_transport(mail: MailSettings, world: World | None = None) -> SmtpTransport:
    """The SMTP transport of the settings; nothing is connected yet and no secret read.

    Args:
        world: Where the wish to stop comes from; None: nobody asks.
    """
    from capa_xl.effects.mail_session import Server
    from capa_xl.effects.mail_smtp import SmtpTransport

    return SmtpTransport(
        Server(
            host=mail.host,
            port=mail.port_in_use,
            security=mail.security,
            user=mail.user,
            password=_password(mail),
            oauth=mail.auth == XOAUTH2,
            ca_file=mail.ca_file,
            timeout_s=mail.timeout_s,
        ),
        mail.sender,
        world.breakable if world is not None else nullcontext,
    )


def _password(mail: MailSettings) -> Callable[[], str]:
    if mail.auth == XOAUTH2:
        from capa_xl.effects.mail_oauth import access_token

        return lambda: access_token(mail.host, mail.tenant, mail.client_id, mail.secret.reveal())
    return mail.secret.reveal
