"""Names of keys."""

import pytest

from maskproof.forms.keys import key_fault


@pytest.mark.parametrize(
    "key", ["a", "?", "+", "Control+A", "Control++", "Shift+Control+ArrowLeft", "F12", "Space", "Digit1", "Shift"]
)
def test_keys_and_combinations_can_be_pressed(key: str) -> None:
    """A sign stands for itself, other keys for their names."""
    assert key_fault(key) == ""


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("Ctrl+A", "Ctrl is no modifier"),
        ("enter", "there is no key 'enter'"),
        ("F13", "there is no key 'F13'"),
        ("Control+Foo", "there is no key 'Foo'"),
        ("+A", r"\+ is no modifier"),
        ("A+B", "A is no modifier"),
    ],
)
def test_what_no_keyboard_has_is_named(key: str, fault: str) -> None:
    """So is the part of a combination that is wrong."""
    assert key_fault(key).startswith(fault.replace("\\", ""))
