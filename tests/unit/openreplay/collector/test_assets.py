"""Addresses and styles are stored as the server's sink stores them."""

import pytest

from maskproof.openreplay.collector.assets import STORE, stored_address, stored_style

BASE = "https://shop.example/users/a%40example.com/order?ref=1"
PAGE = "https://shop.example/users/a%40example.com"


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("pic.png", f"{PAGE}/pic.png"),
        ("/pic.png?x=1#y", "https://shop.example/pic.png?x=1#y"),
        ("//cdn.example/pic.png", "https://cdn.example/pic.png"),
        (" f.woff2 ", f"{STORE}/https%213A%212F%212Fshop.example%212Fusers%212Fa%212540example.com%212Ff.woff2.7"),
        ("/a b.css", f"{STORE}/https%213A%212F%212Fshop.example%212Fa+b.css.7"),
        ("/x.css?m=a@b.example", f"{STORE}/https%213A%212F%212Fshop.example%212Fx.css%213Fm%213Da%2140b.example.7"),
        ("data:text/css,.x{}", "data:text/css,.x{}"),
        ("#part", "#part"),
        ("", ""),
        ("https://[broken/x.css", "https://[broken/x.css"),
    ],
)
def test_an_address_is_resolved_or_points_at_the_store(address: str, stored: str) -> None:
    """Style sheets and fonts are in the store; everything else is where it was."""
    assert stored_address(address, BASE, 7) == stored


@pytest.mark.parametrize(
    ("style", "stored"),
    [
        ("a{background:url('b.png')}", f"a{{background:url('{PAGE}/b.png')}}"),
        ("a{background:url( b.png )}", f"a{{background:url({PAGE}/b.png)}}"),
        ('@import "/x.png"; b{}', '@import "https://shop.example/x.png"; b{}'),
        ("a:hover, b:focus{}", "a.-openreplay-hover, b.-openreplay-focus{}"),
        ("a{fill:url(#id)} b{c:url()}", "a{fill:url(#id)} b{c:url()}"),
        ("a{color:red}", "a{color:red}"),
    ],
)
def test_every_address_of_a_style_is_rewritten(style: str, stored: str) -> None:
    """Quoted or not, in a rule or in an import; states of the pointer become classes."""
    assert stored_style(style, BASE, 7) == stored
