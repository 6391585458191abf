"""Hash functions, not the detector's own where others exist, and the ways in which digests are written."""

import base64
import hashlib
from collections.abc import Callable

import blake3
from Crypto.Hash import MD2, MD4

from benchmarks.corpus.coders import Node

BY_NODE = {
    "md5": "md5", "sha-1": "sha1", "sha-224": "sha224", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512",
    "sha-512/224": "sha512-224", "sha-512/256": "sha512-256", "sha3-224": "sha3-224", "sha3-256": "sha3-256",
    "sha3-384": "sha3-384", "sha3-512": "sha3-512", "ripemd-160": "ripemd160", "blake2b": "blake2b512",
}  # fmt: skip
Hash = Callable[[bytes], bytes]


def hashes(node_op: Node) -> dict[str, Hash]:
    """Every hash function by name."""

    def by_node(op: str) -> Hash:
        return lambda data: node_op(op, data)

    return {
        **{name: by_node(f"hash:{op}") for name, op in BY_NODE.items()},
        "blake2b-256": lambda data: hashlib.blake2b(data, digest_size=32).digest(),
        "md2": lambda data: MD2.new(data).digest(),  # noqa: S303 - what is looked for
        "md4": lambda data: MD4.new(data).digest(),  # noqa: S303 - what is looked for
        "blake3": lambda data: blake3.blake3(data).digest(),
        "murmur3-128": by_node("murmur3-128"),
        "murmur3 half": lambda data: node_op("murmur3-128", data)[:8],
        "murmur3 other half": lambda data: node_op("murmur3-128", data)[8:],
    }


WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "hex": lambda digest: digest.hex().encode(),
    "HEX": lambda digest: digest.hex().upper().encode(),
    "base64": base64.b64encode,
    "base64url": lambda digest: base64.urlsafe_b64encode(digest).rstrip(b"="),
    "base32": base64.b32encode,
    "0x": lambda digest: b"0x" + digest.hex().encode(),
    "base85": base64.b85encode,
}
# How a value is written before it is hashed.
BEFORE: dict[str, Callable[[str], bytes]] = {
    "raw": str.encode,
    "lower": lambda text: text.lower().encode(),
    "trimmed lower": lambda text: text.strip().lower().encode(),
    "upper": lambda text: text.upper().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "hex": lambda text: text.encode().hex().encode(),
}


def before_by_kind(kind: str, value: str) -> dict[str, bytes]:
    """
    Further ways to write a value before it is hashed.

    Args:
        kind: The kind of the value, as in personas.
        value: The value in its original spelling.

    Returns:
        The input of the hash, by the name of the way.

    """
    digits = "".join(filter(str.isdigit, value))
    if kind == "phone":
        national = digits if len(digits) <= 10 else digits[2:]
        code = "1" if len(digits) <= 10 else "49"
        return {
            "digits": digits.encode(),
            "E.164": f"+{code}{national}".encode(),
            "with code": (code + national).encode(),
        }
    if kind in {"ssn", "card_number"}:
        return {"digits": digits.encode()}
    if kind == "date_of_birth":
        year, month, day = value.split("-")
        return {"compact": f"{year}{month}{day}".encode(), "us": f"{month}/{day}/{year}".encode()}
    if kind == "full_name":
        first, last = value.split(" ")
        return {"joined": (first + last).lower().encode()}
    return {}
