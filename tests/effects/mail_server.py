"""A scripted mail server with STARTTLS and AUTH, and a test CA; every letter it accepted is on record."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import ssl
from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from capa_xl.model.letter import Letter

USER, PASSWORD, TOKEN = "capa@corp.example", "right-horse", "token-1"
SENDER = "质量部 <capa@corp.example>"


def letter_to(address: str, message_id: str = "", **change) -> Letter:
    fields = {
        "recipient": "样例甲",
        "address": address,
        "subject": "实施逾期 10 天：GJ-2026-001 等 2 项",
        "message_id": message_id or f"<{address.replace('@', '.')}@capa-xl.example>",
        "duties": (),
        "informed_also": (),
        "text": "您好：\n.单独一行的点\n",
        "html": "<p>您好</p>",
        "calendar": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    }
    return Letter(**(fields | change))


@dataclass
class Script:
    """What the server does, per recipient: a list of answers used up one by one, "" for acceptance.

    Attributes:
        at_rcpt, at_data: Address → answers; `drop` closes the connection there.
        at_mail: Answers to MAIL FROM; `silence` keeps the other side waiting, `drop` as above.
        accepted: (address, message bytes) in the order of acceptance.
        seen: How often each verb came.
    """

    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_data: dict[str, list[str]] = field(default_factory=dict)
    at_mail: list[str] = field(default_factory=list)
    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    seen: Counter = field(default_factory=Counter)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.seen["EHLO"] += 1
        session.host_name = hostname
        return responses

    async def handle_NOOP(self, server, session, envelope, arg):  # noqa: N802
        self.seen["NOOP"] += 1
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        self.seen["MAIL"] += 1
        if self.at_mail:
            answer = self.at_mail.pop(0)
            if answer == "silence":
                await asyncio.sleep(2)
            if answer == "drop":
                server.transport.close()
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RSET(self, server, session, envelope):  # noqa: N802
        self.seen["RSET"] += 1
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.seen["RCPT"] += 1
        answer = _next(self.at_rcpt, address)
        if answer == "drop":
            server.transport.close()
            return "421 bye"
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        address = envelope.rcpt_tos[0]
        answer = _next(self.at_data, address)
        if answer in ("drop", "accept and drop"):
            if answer == "accept and drop":
                self.accepted.append((address, envelope.original_content))
            server.transport.close()
            return "421 bye"
        if not answer:
            self.accepted.append((address, envelope.original_content))
        return answer or "250 OK"

    async def auth_XOAUTH2(self, server, args):  # noqa: N802
        """Office 365's dialogue: the token in one line; a wrong one is answered by 334 and then 535."""
        from base64 import b64decode

        said = b64decode(args[1]).decode()
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        await server.challenge_auth("eyJzdGF0dXMiOiI0MDEifQ==", encode_to_b64=False)
        return AuthResult(success=False, handled=False)


def _next(script: dict[str, list[str]], address: str) -> str:
    answers = script.get(address, [])
    return answers.pop(0) if answers else ""


def _authenticate(server, session, envelope, mechanism, data) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


class _Server(Controller):
    def __init__(
        self, script: Script, tls: ssl.SSLContext | None, *, auth: bool, implicit: bool, port: int = 0
    ) -> None:
        self._options = {
            "tls_context": None if implicit else tls,
            "require_starttls": tls is not None and not implicit,
            "auth_required": auth,
            "auth_require_tls": tls is not None and not implicit,
            "authenticator": _authenticate if auth else None,
        }
        super().__init__(script, "127.0.0.1", port, ssl_context=tls if implicit else None, ready_timeout=10)

    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="mail.corp.example", **self._options)


def serve(script: Script, tls: ssl.SSLContext | None, *, auth: bool = True, implicit: bool = False, port: int = 0):
    """A running server on a port of 127.0.0.1; stop it with `.stop()`, find it with `port_of`."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    server = _Server(script, tls, auth=auth, implicit=implicit, port=port)
    _start(server)
    return server


def _start(server: _Server) -> None:
    import threading

    ready = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(server.loop)
        server.server = server.loop.run_until_complete(server._create_server())
        server.loop.call_soon(ready.set)
        server.loop.run_forever()
        server.loop.close()

    server._thread = threading.Thread(target=run, daemon=True)
    server._thread.start()
    if not ready.wait(10):
        raise TimeoutError


def port_of(server: Controller) -> int:
    return server.server.sockets[0].getsockname()[1]


@dataclass(frozen=True)
class Certificates:
    """PEM files of a test CA and of a server certificate for 127.0.0.1 that it signed."""

    ca: Path
    chain: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.chain)
        return context


def make_certificates(folder: Path, address: str = "127.0.0.1") -> Certificates:
    folder.mkdir(parents=True, exist_ok=True)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sample Test CA")])
    ca = _certificate(ca_name, ca_name, ca_key, ca_key, x509.BasicConstraints(ca=True, path_length=None))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.corp.example")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    own = _certificate(name, ca_name, key, ca_key, alternative)
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + own.public_bytes(serialization.Encoding.PEM)
    )
    return Certificates(folder / "ca.pem", folder / "server.pem")


def _certificate(subject, issuer, key, signer, extension) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if isinstance(extension, x509.BasicConstraints):
        builder = builder.add_extension(_ca_usage(), critical=True)
    return builder.sign(signer, hashes.SHA256())


def _ca_usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
