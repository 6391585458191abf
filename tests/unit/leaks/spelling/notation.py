"""What the tests of notations share: whether a text holds a value."""

from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.spelling.values import Value
from maskproof.secrets import Secret


def wrong(
    category: str, text: str, held: tuple[str, ...], others: tuple[str, ...], regions: tuple[str, ...] = ()
) -> list[str]:
    """
    What a search gets wrong: `missed N` for a text that holds the value, `taken N` for one that does not.

    Args:
        category: Category of the value.
        text: The value.
        held: Texts that hold it.
        others: Texts that do not.
        regions: Countries of its number.

    """
    value = Value("value", category, Secret(text, category=category, value_id="value"), regions)
    searcher = Searcher([value])
    missed = [f"missed {place}" for place, one in enumerate(held) if not searcher.scan_text(one)]
    return missed + [f"taken {place}" for place, one in enumerate(others) if searcher.scan_text(one)]
