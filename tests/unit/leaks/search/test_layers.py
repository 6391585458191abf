"""Layers keep what belongs together at one place of every list."""

from dataclasses import fields

from maskproof.leaks.search.layers import Layer


def test_a_text_is_open_and_likely_unless_said_otherwise() -> None:
    """As plain texts of depth 0 are."""
    layer = Layer()
    layer.add(b"text", 3, (), 0)
    assert (layer.plain, layer.is_open, layer.is_likely) == ([b""], [True], [True])


def test_what_is_said_of_a_text_stands_at_its_place() -> None:
    """Each list has one entry a text, in the order in which they came."""
    layer = Layer()
    layer.add(b"first", 0, (), 0)
    layer.add(b"second", 7, ("base64", "gzip"), 12, plain=b"c2Vjb25k", is_open=False, is_likely=False)
    assert {one.name: getattr(layer, one.name)[1] for one in fields(Layer)} == {
        "chunks": b"second",
        "roots": 7,
        "chains": ("base64", "gzip"),
        "offsets": 12,
        "plain": b"c2Vjb25k",
        "is_open": False,
        "is_likely": False,
    }
    assert {len(getattr(layer, one.name)) for one in fields(Layer)} == {2}


def test_texts_of_depth_0_are_numbered() -> None:
    """As they are among all; those that were put together of others are unlikely to hold a digest."""
    layer = Layer.of([b"none", b"one", b"other", b"two"], [1, 3], made={2, 3})
    assert (layer.chunks, layer.roots, layer.is_likely) == ([b"one", b"two"], [1, 3], [True, False])
    assert (layer.chains, layer.offsets, layer.plain, layer.is_open) == ([()] * 2, [0, 0], [b""] * 2, [True] * 2)


def test_layers_share_nothing() -> None:
    """What is added to one is not in another."""
    Layer().add(b"text", 0, (), 0)
    assert Layer().chunks == []
