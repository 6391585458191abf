"""No decoder reads foreign text again and again: four times the text takes about four times the time."""

import base64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from tests.unit.leaks.growth import growth

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding import lz
from maskproof.leaks.decoding.base_runs import jwt_payloads
from maskproof.leaks.decoding.coding_signs import hints_in
from maskproof.leaks.decoding.escapes import find_escaped, html_decoded
from maskproof.leaks.decoding.interleaved_codings import find_spread
from maskproof.leaks.decoding.packed import Unpacker
from maskproof.leaks.decoding.run_decoder import RunDecoder
from maskproof.leaks.decoding.whole_token_codings import tokens_of
from maskproof.leaks.rare import lz_shapes

BAR = 9
Decode = Callable[[bytes], Iterator[Any]]


def _spread(data: bytes) -> Iterator[Any]:
    return find_spread(Buffer([data]), hints_in(data))


def _escaped(data: bytes) -> Iterator[Any]:
    return find_escaped(Buffer([data]), hints_in(data))


def _runs(data: bytes) -> Iterator[Any]:
    return RunDecoder().find(Buffer([data]), hints_in(data), [0], set())


def _packed(data: bytes) -> Iterator[Any]:
    return Unpacker(Budget()).find_packed(Buffer([data]))


STRING64 = b'"' + base64.b64encode(b"The quick brown fox jumps over it. " * 3) + b'",'


@pytest.mark.parametrize(
    ("decode", "begin", "unit", "size"),
    [
        (jwt_payloads, b"", b"eyJ-", 1 << 16),
        (jwt_payloads, b"", b"eyJ.eyJ", 1 << 16),
        (_runs, b"", b"eyJhbGciOiJIUzI1NiJ9.", 1 << 15),
        (_runs, b"", STRING64, 1 << 17),
        (_spread, b"", b"\xff\xfea\x00", 1 << 14),
        (_spread, b"", b"[1", 1 << 17),
        (_escaped, b"", b'"\\"', 1 << 15),
        (_packed, b"", b"\x1f\x8b\x08", 1 << 16),
        (_packed, b"", b"\x1f\x8b\x08\x08 abcdefgh", 1 << 17),
        (tokens_of, b"</", b">aB1", 1 << 16),
        (tokens_of, b"CDATA[]]>", b"CDATA[aB", 1 << 16),
        (lz_shapes.of_fields, b"", "CDATA[éé".encode(), 1 << 16),
        (lz_shapes.of_fields, b"", "<!--é".encode(), 1 << 16),
        (lz_shapes.of_fields, b"", "<!--é\x01".encode(), 1 << 16),
    ],
)
def test_decoders_take_linear_time(decode: Decode, begin: bytes, unit: bytes, size: int) -> None:
    """These shapes once took the square of their length."""

    def work(length: int) -> Sequence[Any]:
        return list(decode(begin + unit * (length // len(unit))))

    assert growth(work, size) < BAR


def test_a_reference_of_thousands_of_digits_is_read() -> None:
    """Python converts no such number; it is no character, and zeros before one change nothing."""
    assert html_decoded(b"&#" + b"1" * 10_000 + b";") == "\ufffd".encode()
    assert html_decoded(b"&#" + b"0" * 10_000 + b"65;") == b"A"


def test_lz_string_of_too_much_text_ends() -> None:
    """What unpacks grows with the square of the stream: it is given up, and never taken for nothing."""
    bits = "00" + f"{ord('a'):08b}"[::-1] + _codes(5000)
    with pytest.raises(OverBudget, match="characters of LZ-string"):
        lz.decompressed(bits)


def _codes(count: int) -> str:
    """Codes each of which stands for the word that it makes, which is one letter longer than the one before."""
    out, known, width, room = [], 4, 3, 4
    for _ in range(count):
        out.append(f"{known:0{width}b}"[::-1])
        known += 1
        room -= 1
        if not room:
            room, width = 1 << width, width + 1
    return "".join(out)
