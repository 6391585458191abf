"""
Texts that no single message holds: typed key by key, or spread over neighbouring text nodes.

Every node and field has a history of values; single characters that come one a message are put together.
"""

from collections.abc import Iterator

from maskproof.leaks.texts import Text
from maskproof.openreplay.session import SessionView, StringField

SINGLE = 2
KEYS_AT_LEAST = 5
SPREAD = "composed"


def composed_texts(view: SessionView) -> Iterator[Text]:
    """What several messages of a session say together."""
    for (message, field), keys in _keys(view).items():
        if len(keys) >= KEYS_AT_LEAST:
            joined = "".join(one.text for one in keys)
            yield Text(keys[0].source, message, field, joined, keys[0], keys[0].offset)
    for one in view.spread_texts():
        yield Text(SPREAD, "SetNodeData", "Data", one.text, one)


def _keys(view: SessionView) -> dict[tuple[str, str], list[StringField]]:
    """Texts of one or two characters, by message and field, in order."""
    found: dict[tuple[str, str], list[StringField]] = {}
    for one in view.strings:
        if len(one.text) <= SINGLE:
            found.setdefault((one.message, one.field), []).append(one)
    return found
