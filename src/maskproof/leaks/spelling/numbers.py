"""Numbers that lost their leading zeros on the way, as digits do that become a number."""

from collections.abc import Iterator

from maskproof.leaks.spelling.forms import Around, Spelling

# Digits that are left at least; fewer are met by chance.
LEAST_DIGITS = 6
# Signs between thousands; folding has made one blank of the narrow ones.
GROUPING = rb"[,.' _]"
BEFORE = rb"(?<![0-9A-Za-z])(?<![0-9][.])"
BEHIND = rb"(?!(?:[.]0+)?[0-9A-Za-z]|[.](?!0+(?![0-9]))[0-9])"


def number_spellings(digits: str) -> Iterator[Spelling]:
    """A number without its leading zeros, whole: plain, or in groups of thousands."""
    left = digits.lstrip("0")
    if left == digits or len(left) < LEAST_DIGITS:
        return
    plain = left.encode()
    yield Spelling(left, "whole number", pattern=plain, check=Around(lambda: BEFORE + b"0*" + plain + BEHIND, 16))
    for groups in (_groups(left, 3), _groups(left, 2)):
        yield _grouped(left, groups)


def _grouped(left: str, groups: list[bytes]) -> Spelling:
    same = b"(?P<sign>" + GROUPING + b")" + b"(?P=sign)".join(groups[1:])
    whole = rb"(?<![0-9A-Za-z])(?<![0-9][,.'_])" + groups[0] + same + rb"(?![0-9A-Za-z]|(?P=sign)[0-9])"
    return Spelling(left, "whole number", pattern=GROUPING.join(groups), check=Around(lambda: whole, 4))


def _groups(digits: str, size: int) -> list[bytes]:
    """The last three digits, and groups of a size before them: thousands, or lakhs and crores of India."""
    rest, last = digits[:-3], digits[-3:]
    head = len(rest) % size
    groups = [rest[:head], *(rest[at : at + size] for at in range(head, len(rest), size)), last]
    return [group.encode() for group in groups if group]
