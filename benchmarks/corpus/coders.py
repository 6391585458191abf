"""
Encoders that are not our own: Node.js (`coders.mjs`), the standard library, and lzstring.

A coder has a name (the class in the table of recall), what it takes and gives, and whether its output is found anywhere
in a text or only as a whole token, field or body.
"""

import base64
import binascii
import html.entities
import json
import quopri
import subprocess
import urllib.parse
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from lzstring import LZString

from maskproof.machine.node import node

SCRIPT = Path(__file__).with_name("coders.mjs")
ASCII_NAMES = {chr(point): name for name, point in html.entities.name2codepoint.items()} | {
    "@": "commat", ".": "period", ",": "comma", "_": "lowbar", "+": "plus", "(": "lpar", ")": "rpar",
    "!": "excl", "#": "num", "%": "percnt", "*": "ast", "?": "quest", ":": "colon", "/": "sol", "\n": "NewLine",
}  # fmt: skip


class Node:
    """A running Node.js that encodes and hashes; for each piece of data one line goes in and one comes out."""

    def __enter__(self) -> Self:
        """Start it."""
        self._process = subprocess.Popen([node(), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it by closing its input."""
        self._process.communicate()

    def __call__(self, op: str, data: bytes) -> bytes:
        """
        Encode or hash data.

        Args:
            op: Name of the operation in `coders.mjs`, e.g. `base64` or `hash:md5`.
            data: The input.

        Raises:
            RuntimeError: The process was not started with pipes.

        """
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process was started without its pipes")
        line = json.dumps({"op": op, "data": base64.b64encode(data).decode()})
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        return base64.b64decode(self._process.stdout.readline())


@dataclass(frozen=True, slots=True)
class Coder:
    """
    One encoder.

    Attributes:
        name: Class in the printed table.
        run: The encoder.
        needs: What it takes: `bytes` is anything, `text` is UTF-8. The others are UTF-8 with a restriction: `lower` is
            in lower case, `bmp` is in the basic plane, `html` has no characters that HTML replaces, `unescaped` has
            only characters that JSON does not escape.
        gives: What its output is: `text` may be part of any text; `token` is text without blanks or quotes; `binary`
            is found in bodies only.
        whole: Whether its output is found only as a whole field, body, parameter or delimited token.

    """

    name: str
    run: Callable[[bytes], bytes]
    needs: str
    gives: str
    whole: bool = False


def _quoted(data: bytes) -> bytes:
    """Quoted-printable in text mode, or in binary mode if text mode would change line ends."""
    text = quopri.encodestring(data, quotetabs=True)
    return text if quopri.decodestring(text) == data else binascii.b2a_qp(data, quotetabs=True, istext=False)


def coders(node_op: Node) -> list[Coder]:
    """Every coder there is."""

    def by_node(op: str) -> Callable[[bytes], bytes]:
        return lambda data: node_op(op, data)

    return [
        Coder("percent", by_node("percent"), "text", "token"),
        Coder("percent", by_node("percent-all"), "bytes", "token"),
        Coder("percent", lambda data: urllib.parse.quote_plus(data).encode(), "bytes", "token"),
        Coder("percent", lambda data: urllib.parse.quote(data).lower().encode(), "lower", "token"),
        Coder("percent %u", by_node("js-escape"), "text", "token"),
        Coder("html named", lambda data: _named(data.decode()).encode(), "text", "text"),
        Coder("html decimal", by_node("html-decimal"), "html", "token"),
        Coder("html hex", by_node("html-hex"), "html", "token"),
        Coder("html hex", by_node("html-hex-padded"), "html", "token"),
        Coder("json", by_node("json"), "text", "text"),
        Coder("json", lambda data: json.dumps(data.decode(), ensure_ascii=True).encode(), "text", "text"),
        Coder("javascript", by_node("js-u"), "text", "text"),
        Coder("javascript", by_node("js-u-upper"), "text", "text"),
        Coder("javascript", by_node("js-u-braces"), "text", "text"),
        Coder("javascript", by_node("js-x"), "text", "text"),
        Coder("quoted-printable", _quoted, "bytes", "text"),
        Coder("quoted-printable", lambda data: b"".join(b"=%02X" % byte for byte in data), "bytes", "text"),
        Coder("base16", by_node("base16"), "bytes", "token"),
        Coder("base16", by_node("base16-upper"), "bytes", "token"),
        Coder("base16", lambda data: data.hex(":").encode(), "bytes", "token"),
        Coder("base32", by_node("base32"), "bytes", "token"),
        Coder("base32", by_node("base32-unpadded"), "bytes", "token"),
        Coder("base32", lambda data: base64.b32encode(data).lower().rstrip(b"="), "bytes", "token"),
        Coder("base64", by_node("base64"), "bytes", "token"),
        Coder("base64", by_node("base64url"), "bytes", "token"),
        Coder("base64", by_node("base64-unpadded"), "bytes", "token"),
        Coder("base64", base64.encodebytes, "bytes", "text"),
        Coder("utf-16", by_node("utf-16le"), "text", "binary"),
        Coder("utf-16", by_node("utf-16be"), "text", "binary"),
        Coder("utf-16", by_node("utf-16le-bom"), "text", "binary"),
        Coder("gzip", by_node("gzip"), "bytes", "binary"),
        Coder("zlib", by_node("zlib"), "bytes", "binary"),
        Coder("zlib", by_node("zlib-best"), "bytes", "binary"),
        Coder("zlib", by_node("zlib-fast"), "bytes", "binary"),
        Coder("zlib", lambda data: zlib.compress(data, 6), "bytes", "binary"),
        Coder("zstd", by_node("zstd"), "bytes", "binary"),
        Coder("jwt", by_node("jwt"), "unescaped", "token"),
        Coder("base58", by_node("base58"), "bytes", "token", whole=True),
        Coder("base85", base64.b85encode, "bytes", "text", whole=True),
        Coder("z85", by_node("z85"), "bytes", "text", whole=True),
        Coder("ascii85", base64.a85encode, "bytes", "text", whole=True),
        Coder("ascii85", lambda data: base64.a85encode(data, adobe=True), "bytes", "text", whole=True),
        Coder("deflate", by_node("deflate"), "bytes", "binary", whole=True),
        Coder("brotli", by_node("brotli"), "bytes", "binary", whole=True),
        Coder("lz-string", lambda data: LZString.compressToBase64(data.decode()).encode(), "bmp", "token", whole=True),
        Coder("lz-string", lambda data: LZString.compressToEncodedURIComponent(data.decode()).encode(), "bmp", "token",
              whole=True),
        Coder("lz-string", lambda data: LZString.compressToUTF16(data.decode()).encode(), "bmp", "text", whole=True),
        Coder("lz-string", _lz_bytes, "bmp", "binary", whole=True),
    ]  # fmt: skip


def _named(text: str) -> str:
    """The text with named entities where there is a name, other characters unchanged."""
    return "".join(f"&{ASCII_NAMES[letter]};" if letter in ASCII_NAMES else letter for letter in text)


def _lz_bytes(data: bytes) -> bytes:
    """Same as `compressToUint8Array`: the code units of `compress`, each as two bytes, high byte first."""
    return b"".join(ord(unit).to_bytes(2, "big") for unit in LZString.compress(data.decode()))
