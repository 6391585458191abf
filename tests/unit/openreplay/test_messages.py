"""The message table is complete and agrees with the reference."""

import pytest

from maskproof.openreplay.messages import BY_NAME, MESSAGES, PRIMITIVES, URL_BASED_REWRITES

BACKEND_ONLY = {1, 3, 15, 31, 32, 33, 56, 66, 72, 74, 126, 127}


def test_the_table_holds_every_message() -> None:
    """It has the 81 ids that the tracker can emit, and those that only the backend writes (2.4)."""
    assert {kind.id for kind in MESSAGES.values() if kind.stream == "backend"} == BACKEND_ONLY
    assert len(MESSAGES) == 81 + len(BACKEND_ONLY)


def test_names_are_unique() -> None:
    """Each name belongs to one id."""
    assert len(BY_NAME) == len(MESSAGES)


def test_every_field_is_of_a_known_type() -> None:
    """All four primitives occur, and no other type (2.1)."""
    assert {field.type for kind in MESSAGES.values() for field in kind.fields} == set(PRIMITIVES)


@pytest.mark.parametrize(
    ("name", "stream", "stored"),
    [
        ("Timestamp", "player", {"dom", "devtools"}),
        ("SetNodeAttributeURLBased", "assets", {"dom"}),
        ("NetworkRequest", "devtools", {"devtools"}),
        ("ResourceTimingDeprecatedDeprecated", "player", {"devtools"}),
        ("InputChange", "analytics", set()),
        ("BatchMetadata", "header", set()),
    ],
)
def test_stream_and_file_of_a_message(name: str, stream: str, stored: set[str]) -> None:
    """The table gives the stream of a message and the files that store it."""
    kind = BY_NAME[name]
    assert (kind.stream, set(kind.stored)) == (stream, stored)


def test_rewritten_messages_lose_their_base_url() -> None:
    """The server stores an asset message without its last field (4.1)."""
    for sent, kept in URL_BASED_REWRITES.items():
        assert MESSAGES[sent].field_names == (*MESSAGES[kept].field_names, "BaseURL")


def test_string_fields_are_named_with_their_position() -> None:
    """Text fields are listed by position and name."""
    assert BY_NAME["SetInputValue"].string_fields == ((1, "Value"),)
