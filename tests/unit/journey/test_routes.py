"""Where a page is."""

import pytest

from maskproof.journey.routes import is_at, route_of


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("http://a/shop?page=2", "/shop"),
        ("http://a/shop#/cart", "/shop#/cart"),
        ("http://a/#!/cart?x=1", "/#!/cart?x=1"),
        ("http://a/shop#reviews", "/shop"),
        ("http://a/shop#access_token=x", "/shop"),
    ],
)
def test_a_hash_route_is_part_of_where_a_page_is(url: str, route: str) -> None:
    """A mark within a page is not."""
    assert route_of(url) == route


@pytest.mark.parametrize(
    ("expected", "is_there"),
    [
        ("/shop", True),
        ("/shop#/cart", True),
        ("/shop?page=2#/cart", True),
        ("/shop?page=3", False),
        ("/shop#/", False),
        ("/shop/", False),
        ("/", False),
    ],
)
def test_query_and_fragment_count_where_they_are_named(expected: str, is_there: bool) -> None:  # noqa: FBT001
    """The path always counts."""
    assert is_at("http://a/shop?page=2#/cart", expected) == is_there
