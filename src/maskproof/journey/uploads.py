"""Files that a journey uploads: named as the fixture says, with contents made up here."""

import json
import struct
import zlib
from base64 import b64encode
from mimetypes import guess_type
from xml.sax.saxutils import escape

from playwright.sync_api import FilePayload, Locator

IS_FILE_INPUT = "(element) => element.localName === 'input' && element.type === 'file'"
DROP = """
(element, files) => {
  const dataTransfer = new DataTransfer();
  for (const { name, mimeType, text } of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name, { type: mimeType }));
  }
  for (const type of ['dragenter', 'dragover', 'drop']) {
    element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer }));
  }
}
"""
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
EMPTY = "An empty file"


def file_of(name: str, words: str = "") -> FilePayload:
    """
    A small file that programs can open.

    Args:
        name: Its name; the extension says what it is.
        words: What a file of text says.

    """
    kind = name.rpartition(".")[2]
    return FilePayload(
        name=name, mimeType=guess_type(name)[0] or "application/octet-stream", buffer=_content(kind, words or EMPTY)
    )


def upload(element: Locator, files: list[FilePayload], *, is_dropped: bool) -> None:
    """
    Choose files as a person does.

    Args:
        element: An input for files, or what opens the browser's dialog; or what files are dropped on.
        files: The files.
        is_dropped: Whether they are dropped on the element.

    Raises:
        playwright.sync_api.Error: No dialog opens within the deadline.

    """
    if is_dropped:
        element.evaluate(DROP, [_plain(file) for file in files])
    elif element.evaluate(IS_FILE_INPUT):
        element.set_input_files(files)
    else:
        with element.page.expect_file_chooser() as opened:
            element.click()
        opened.value.set_files(files)


def _plain(file: FilePayload) -> dict[str, str]:
    return {"name": file["name"], "mimeType": file["mimeType"], "text": b64encode(file["buffer"]).decode()}


def _content(kind: str, words: str) -> bytes:
    made = {"png": _png, "gif": lambda: GIF, "pdf": _pdf}
    if kind in made:
        return made[kind]()
    quoted = words.replace('"', '""')
    texts = {
        "json": json.dumps({"text": words}),
        "csv": f'text\n"{quoted}"\n',
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{escape(words)}</text></svg>',
    }
    return texts.get(kind, f"{words}\n").encode()


def _png() -> bytes:
    """A picture of one white pixel."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00\xff")), (b"IEND", b""))
    return PNG_HEAD + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _pdf() -> bytes:
    """A document of one empty page."""
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    text, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(text))
        text += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return f"{text}{end}startxref\n{len(text)}\n%%EOF\n".encode()
