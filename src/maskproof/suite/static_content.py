"""
What of a recording is the application's own: the texts of the files that it serves to everybody.

A reader of the evidence looks for what belongs to a person. What stands word for word in a document, a script or a
style sheet that the application gives to anybody who asks, without a log-in, belongs to nobody.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from maskproof.openreplay.session import SessionView
from maskproof.suite.app_files import AppFiles

SCRIPTS = (".js", ".mjs", ".css")
# A text of a script or a document as a whole: a literal, or what stands between two tags.
WHOLE = re.compile(r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|>([^<>]*)<""")
WORD = re.compile(r"[\w-]+")
# A text of so many characters is found within a literal or a rule too: no value of a person is there by chance.
LONG = 12
# Fields that hold names of the document's language, which scripts write without quotation marks and in any case.
NAMES = frozenset({("CreateElementNode", "Tag"), ("SetNodeAttribute", "Name")})


class StaticContent:
    """
    The texts of an application's files.

    Args:
        texts: The files.

    """

    def __init__(self, texts: Iterable[str]) -> None:
        files = list(texts)
        self._all = "\n".join(map(_plain, files))
        self._whole = frozenset(_plain(text) for file in files for text in _literals(file))
        self._words = frozenset(word.lower() for file in files for word in WORD.findall(file))

    def holds(self, message: str, field: str, text: str) -> bool:
        """
        Whether a recorded text is the application's own.

        Args:
            message: The tracker's message that it came in.
            field: Its field.
            text: What was recorded.

        """
        plain = _plain(text)
        if (message, field) in NAMES and plain.lower() in self._words:
            return True
        return plain in self._whole or (len(plain) >= LONG and plain in self._all)


def static_content(view: SessionView, files: AppFiles) -> StaticContent:
    """
    The texts of the files of the application that a session's pages loaded.

    Args:
        view: The session, which names the pages and what they loaded.
        files: Reads them.

    """
    pages = {str(fields["URL"]).partition("#")[0].partition("?")[0] for fields in view.fields("SetPageLocation")}
    loaded = {string.text for string in view.strings if string.message == "ResourceTiming"}
    scripts = {address for address in loaded if urlsplit(address).path.endswith(SCRIPTS)}
    return StaticContent(files.text_of(address) for address in sorted(pages | scripts))


def _literals(file: str) -> Iterator[str]:
    return (next(group for group in found.groups() if group is not None) for found in WHOLE.finditer(file))


def _plain(text: str) -> str:
    """A text with each run of white space as one blank."""
    return " ".join(text.split())
