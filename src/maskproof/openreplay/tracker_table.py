"""
The tracker's messages as the application's tracking module needs them.

The module's guard sends nothing that it does not know: a message of another id, or with another number of fields, ends
the recording. So its copy of the table is made from this one, for the versions of the tracker that were checked.
"""

import json
from collections.abc import Sequence

from maskproof.openreplay.messages import MESSAGES, MessageType

CHECKED_VERSIONS = ("19.0.1",)
# The header of a batch is written by the tracker's worker; `backend` is what only the server writes.
NOT_POSTED = ("header", "backend")


def tracker_table(versions: Sequence[str] = CHECKED_VERSIONS) -> str:
    """
    The file `messages.generated.json` of the tracking module: each id with its name and its fields, texts marked.

    Args:
        versions: The versions of `@openreplay/tracker` whose messages were held against the table.

    """
    posted = {str(kind.id): _line(kind) for kind in MESSAGES.values() if kind.stream not in NOT_POSTED}
    return json.dumps({"versions": list(versions), "messages": posted}, indent=1) + "\n"


def _line(kind: MessageType) -> str:
    texts = {at for at, _ in kind.string_fields}
    fields = (f"{name}:string" if at in texts else name for at, name in enumerate(kind.field_names))
    return " ".join([kind.name, *fields])
