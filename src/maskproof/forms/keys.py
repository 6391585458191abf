"""Names of keys, as Playwright takes them."""

import re

MODIFIERS = frozenset({"Alt", "AltGraph", "Control", "ControlOrMeta", "Meta", "Shift"})
# A letter or sign stands for itself. The other names are those of the web platform (KeyboardEvent's key and code).
NAMED = re.compile(
    r"Alt(Left|Right)?|AltGraph|Arrow(Down|Left|Right|Up)|AudioVolume(Down|Mute|Up)|Back(quote|slash|space)"
    r"|Bracket(Left|Right)|CapsLock|Clear|Comma|ContextMenu|Control(Left|Right|OrMeta)?|Delete|Digit[0-9]|End|Enter"
    r"|Equal|Escape|F([1-9]|1[0-2])|Home|Insert|Key[A-Z]|Media(PlayPause|TrackNext|TrackPrevious)|Meta(Left|Right)?"
    r"|Minus|NumLock|Numpad([0-9]|Add|Decimal|Divide|Enter|Multiply|Subtract)|Page(Down|Up)|Pause|Period|PrintScreen"
    r"|Quote|ScrollLock|Semicolon|Shift(Left|Right)?|Slash|Space|Tab"
)


def key_fault(key: str) -> str:
    """What is wrong with a key or a combination of keys such as `Control+A`; empty if it can be pressed."""
    *modifiers, last = [*key[:-1].split("+")[:-1], key[-1:]] if key.endswith("+") else key.split("+")
    wrong = [name for name in modifiers if name not in MODIFIERS]
    if wrong:
        return f"{wrong[0] or '+'} is no modifier: expected one of {', '.join(sorted(MODIFIERS))}"
    if len(last) != 1 and not NAMED.fullmatch(last):
        return f"there is no key {last!r}"
    return ""
