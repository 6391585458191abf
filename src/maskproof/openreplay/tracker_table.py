"""
The tracker's messages as the application's tracking module needs them.

The module's guard sends nothing that it does not know: a message of another id, or with another number of fields, ends
the recording. So its copy of the table is made from this one, for the versions of the tracker that were checked.
"""

import json
from collections.abc import Sequence

from maskproof.openreplay.messages import MESSAGES, MessageType

# Each is guarded in `tests/integration/module/test_trackers.py`; older ones post messages of other shapes.
CHECKED_VERSIONS = ("17.2.11", "18.0.0", "18.2.0", "19.0.0", "19.0.1")
# The header of a batch is written by the tracker's worker; `backend` is what only the server writes.
NOT_POSTED = ("header", "backend")


def tracker_table(versions: Sequence[str] = CHECKED_VERSIONS) -> str:
    """
    The file `messages.generated.json` of the tracking module.

    Each id has its name, how many fields a message has, and the places of its texts: `"SetNodeData 2 Data@2"`. What no
    checked version sends any more is left out: it would be refused.

    Args:
        versions: The versions of `@openreplay/tracker` whose messages were held against the table.

    """
    posted = {str(kind.id): _line(kind) for kind in MESSAGES.values() if is_posted(kind)}
    return json.dumps({"versions": list(versions), "messages": posted}, indent=1) + "\n"


def _line(kind: MessageType) -> str:
    return " ".join([kind.name, str(len(kind.fields)), *(f"{name}@{at + 1}" for at, name in kind.string_fields)])


def is_posted(kind: MessageType) -> bool:
    """Whether a page of a checked version posts this message."""
    return kind.stream not in NOT_POSTED and "Deprecated" not in kind.name
