"""Forms are read part by part and parameter by parameter, each with its name."""

import base64
import gzip
import quopri
import random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.leaks.growth import growth

from maskproof.leaks.budget import Budget
from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.openreplay.primitives import DecodeError

# Several blocks: only the block that is cut is lost.
TEXT = b'{"a": "in the body"}' + random.Random(1).randbytes(300_000)  # noqa: S311 - no secret
PACKED = {"gzip": gzip.compress(TEXT, mtime=0), "zstd": zstandard.ZstdCompressor().compress(TEXT)}
BOUNDARY = "----WebKitFormBoundaryAbc123"


def multipart(*parts: tuple[str, bytes]) -> bytes:
    """A body of parts, each given by its header lines and its bytes."""
    body = b"".join(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + data + b"\r\n" for head, data in parts)
    return body + f"--{BOUNDARY}--\r\n".encode()


def texts(data: bytes, content_type: str = "") -> dict[str, str | bytes]:
    """Read a body; returns its texts by field."""
    contents = Contents(Budget(1 << 20))
    read_body(data, content_type, Location("x", "request", "body"), contents)
    return {text.field: text.text for text in contents.texts}


@pytest.mark.parametrize("content_type", ["", f"multipart/form-data; boundary={BOUNDARY}"], ids=["untyped", "typed"])
def test_parts_have_their_names(content_type: str) -> None:
    """The boundary is that of the type, or of the first line."""
    body = multipart(
        ('Content-Disposition: form-data; name="mail"', b"ann"),
        ("content-disposition: form-data; name=note", b"x\r\ny"),
    )
    found = texts(body, content_type)
    assert (found["body.mail"], found["body.note"]) == (b"ann", b"x\r\ny")


@pytest.mark.parametrize(
    ("coding", "encode"),
    [("base64", base64.encodebytes), ("quoted-printable", quopri.encodestring), ("binary", bytes), ("8bit", bytes)],
)
def test_parts_are_read_without_their_transfer_encoding(coding: str, encode: type[bytes]) -> None:
    """The text of a part is its decoded body."""
    data = "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n = x".encode()
    body = multipart((f'Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: {coding}', encode(data)))
    assert bytes(texts(body)["body.a"]).rstrip(b"\n") == data  # type: ignore[arg-type]


def test_headers_of_a_part_are_texts() -> None:
    """A file name in a header may hold a value."""
    body = multipart(('Content-Disposition: form-data; name="f"; filename="ann.txt"', b"text"))
    assert "ann.txt" in str(texts(body)["body.f.Content-Disposition"])


def test_a_part_is_read_by_its_content() -> None:
    """JSON in a part has fields of its own."""
    body = multipart(('Content-Disposition: form-data; name="data"\r\nContent-Type: application/json', b'{"a": "b"}'))
    assert texts(body)["body.data.0.a"] == "b"


def test_bytes_of_a_part_come_through_unchanged() -> None:
    """All byte values and all kinds of line ends are kept."""
    data = bytes(range(256)) + b"\r\r\n\n"
    assert texts(multipart(('Content-Disposition: form-data; name="a"', data)))["body.a"] == data


def test_a_cut_body_is_an_error() -> None:
    """Without the last boundary, the last part may be cut."""
    with pytest.raises(DecodeError, match="last boundary"):
        texts(multipart(('Content-Disposition: form-data; name="a"', b"text"))[:-10])


def test_a_broken_body_is_salvaged() -> None:
    """The parts that are there are read, and the fault is listed."""
    contents = Contents(Budget(1 << 20), salvage=True)
    body = multipart(('Content-Disposition: form-data; name="a"', b"text"))[:-10]
    read_body(body, "", Location("x"), contents)
    assert {text.field for text in contents.texts} >= {"a"}
    assert contents.unscanned == ["x, byte 0: multipart body does not come to its last boundary"]


@pytest.mark.parametrize("name", PACKED)
def test_a_cut_packed_part_is_salvaged(name: str) -> None:
    """The part that unpacks is read and the fault listed; without salvage it is an error."""
    body = multipart(('Content-Disposition: form-data; name="a"', PACKED[name][:-3]))
    with pytest.raises(DecodeError, match="end within"):
        texts(body)
    contents = Contents(Budget(1 << 20), salvage=True)
    read_body(body, "", Location("x"), contents)
    assert any("in the body" in str(text.text) for text in contents.texts)
    assert len(contents.unscanned) == 1


@pytest.mark.parametrize("content_type", ["", "application/x-www-form-urlencoded; charset=UTF-8"])
def test_parameters_have_their_names(content_type: str) -> None:
    """Parameters are decoded, with plus as space; empty ones are left out."""
    assert texts(b"mail=ann%40x&note=a+b&empty=", content_type) == {
        "body.mail": "ann@x",
        "body.(name)": "empty",
        "body.note": "a b",
    }


@pytest.mark.parametrize("data", [b"just a text", b"a = b", b"<a href=b>", b"=", b"a=b c=d"])
def test_other_text_is_no_form(data: bytes) -> None:
    """Text with an equals sign in it is still text."""
    assert texts(data) == {}


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"]),
)
def test_fuzz_any_bytes_are_read_or_refused(data: bytes, content_type: str) -> None:
    """No body crashes its reader."""
    contents = Contents(Budget(1 << 20), salvage=True)
    read_body(data, content_type, Location("x"), contents)
    assert all(text.text for text in contents.texts)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_fuzz_a_changed_form_is_read_or_refused(place: int, byte: int) -> None:
    """A changed form never crashes the reader."""
    body = bytearray(
        multipart(('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64', b"YWJj"))
    )
    body[place % len(body)] = byte
    contents = Contents(Budget(1 << 20), salvage=True)
    read_body(bytes(body), "", Location("x"), contents)
    assert all(text.text for text in contents.texts)


def nested(depth: int) -> bytes:
    """Multipart bodies within each other."""
    head = b"--b%d\r\ncontent-disposition: form-data; name=a\r\ncontent-type: multipart/mixed; boundary=b%d\r\n\r\n"
    ends = b"".join(b"--b%d--\r\n" % number for number in reversed(range(depth)))
    return b"".join(head % (number, number + 1) for number in range(depth)) + b"--b%d--\r\n" % depth + ends


def test_parts_within_parts_are_read() -> None:
    """A part may be multipart itself; its parts stand below its name."""
    inner = multipart(('Content-Disposition: form-data; name="b"', b"found")).replace(BOUNDARY.encode(), b"inner")
    body = multipart(
        ('Content-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=inner', inner)
    )
    assert texts(body)["body.a.b"] == b"found"


@pytest.mark.parametrize(
    "body",
    [nested(3000), b"POST / HTTP/1.1\r\n\r\n" * 3000],
    ids=["multipart", "requests"],
)
def test_a_nest_of_bodies_ends(body: bytes) -> None:
    """However deep it is, it is a fault of the file, and not of the program."""
    contents = Contents(Budget(1 << 20), salvage=True)
    read_body(body, "", Location("x"), contents)
    assert "bodies within bodies" in " ".join(contents.unscanned)
    with pytest.raises(DecodeError):
        read_body(body, "", Location("x"), Contents(Budget(1 << 20)))


@pytest.mark.parametrize("unit", [b"; a=b", b';"', b'; name*0="x"'])
@pytest.mark.parametrize("header", [b"content-disposition: form-data", b"content-type: multipart/mixed"])
def test_headers_take_linear_time(header: bytes, unit: bytes) -> None:
    """Parameters of a header that is too long are not read; the header is a text all the same."""

    def work(size: int) -> None:
        head = b"--x\r\ncontent-disposition: form-data\r\n" + header + unit * (size // len(unit))
        read_body(head + b"\r\n\r\nbody\r\n--x--\r\n", "", Location("x"), Contents(Budget(1 << 24)))

    assert growth(work, 1 << 17) < 9
