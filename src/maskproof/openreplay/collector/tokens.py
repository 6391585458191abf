"""Ids and tokens in the form of the real server: flake ids, ingest tokens, JWTs of the API (1.3, 5.2)."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

import base58

from maskproof.clock import now_ms

FLAKE_EPOCH_MS = 1_550_000_000_000
SHARD = 1
GRACE_MS = 30_000
JWT_LIFE_S = 86_400
JWT_IAT_SLACK_S = 1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PARTS = 4
_JWT_PARTS = 3


class FlakeIds:
    """Makes session ids: milliseconds, shard and sequence in one 64-bit number."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """An id that is larger than all previous ones."""
        fresh = (now_ms() - FLAKE_EPOCH_MS) << 24 | SHARD << 8
        self._last = max(fresh, self._last + 1)
        return self._last


def flake_ms(session_id: int) -> int:
    """The time at which a session id was made, in ms since 1970."""
    return (session_id >> 24) + FLAKE_EPOCH_MS


@dataclass(frozen=True, slots=True)
class IngestToken:
    """The content of an ingest token: session id, delay, and end of validity in ms since 1970."""

    session_id: int
    delay: int
    expires_ms: int

    @property
    def expired(self) -> bool:
        """Whether it has expired."""
        return now_ms() > self.expires_ms

    @property
    def long_expired(self) -> bool:
        """Whether it expired more than 30 s ago."""
        return now_ms() > self.expires_ms + GRACE_MS


class Tokenizer:
    """Makes and checks ingest tokens: three base-36 numbers and their HMAC in base 58."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def compose(self, token: IngestToken) -> str:
        """A token as text."""
        text = ".".join(_base36(number) for number in (token.session_id, token.delay, token.expires_ms))
        return f"{text}.{self._sign(text)}"

    def parse(self, text: str) -> IngestToken | None:
        """The content of a token; None if it was not signed here."""
        parts = text.split(".")
        if len(parts) != _PARTS or not hmac.compare_digest(self._sign(".".join(parts[:3])).encode(), parts[3].encode()):
            return None
        return IngestToken(*(int(part, 36) for part in parts[:3]))

    def _sign(self, text: str) -> str:
        digest = hmac.new(self._secret, text.encode(), hashlib.sha256).digest()
        return base58.b58encode(digest).decode()


class JwtIssuer:
    """Makes and checks the tokens of the API. A new log-in ends the previous tokens."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(64)
        self._issued_s = 0

    def issue(self) -> str:
        """Make the token of a new log-in."""
        self._issued_s = int(time.time())
        claims = {
            "userId": 1,
            "tenantId": 1,
            "exp": self._issued_s + JWT_LIFE_S,
            "iss": "OpenReplay-oss",
            "iat": self._issued_s,
            "aud": "front:OpenReplay",
        }
        text = f"{_segment({'alg': 'HS512', 'typ': 'JWT'})}.{_segment(claims)}"
        return f"{text}.{self._sign(text)}"

    def accepts(self, token: str) -> bool:
        """Whether a token was signed here, has not expired, and belongs to the newest log-in."""
        text, _, signature = token.rpartition(".")
        if token.count(".") != _JWT_PARTS - 1 or not hmac.compare_digest(self._sign(text).encode(), signature.encode()):
            return False
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text.split(".")[1] + "=="))
        return bool(claims["exp"] > time.time() and abs(claims["iat"] - self._issued_s) <= JWT_IAT_SLACK_S)

    def _sign(self, text: str) -> str:
        return _unpadded(hmac.new(self._secret, text.encode(), hashlib.sha512).digest())


def _base36(number: int) -> str:
    sign, number = "-" if number < 0 else "", abs(number)
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return sign + digits


def _segment(value: object) -> str:
    return _unpadded(json.dumps(value, separators=(",", ":")).encode())


def _unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
