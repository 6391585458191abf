"""Layers keep what belongs to one text at one place of every list."""

from dataclasses import fields

from maskproof.leaks.search.decoding_layers import DecodingLayer


def test_a_text_is_open_and_likely_unless_said_otherwise() -> None:
    """The defaults are those of a plain text of depth 0."""
    layer = DecodingLayer()
    layer.add(b"text", 3, (), 0)
    assert (layer.plain, layer.is_open, layer.is_likely) == ([b""], [True], [True])


def test_the_attributes_of_a_text_stand_at_its_place() -> None:
    """Each list has one entry for each text, in order of arrival."""
    layer = DecodingLayer()
    layer.add(b"first", 0, (), 0)
    layer.add(b"second", 7, ("base64", "gzip"), 12, plain=b"c2Vjb25k", is_open=False, is_likely=False)
    assert {attribute.name: getattr(layer, attribute.name)[1] for attribute in fields(DecodingLayer)} == {
        "chunks": b"second",
        "roots": 7,
        "chains": ("base64", "gzip"),
        "offsets": 12,
        "plain": b"c2Vjb25k",
        "is_open": False,
        "is_likely": False,
    }
    assert {len(getattr(layer, attribute.name)) for attribute in fields(DecodingLayer)} == {2}


def test_texts_of_depth_0_are_numbered() -> None:
    """Their numbers are those among all texts; joined texts are unlikely to hold a digest."""
    layer = DecodingLayer.of([b"none", b"one", b"other", b"two"], [1, 3], made={2, 3})
    assert (layer.chunks, layer.roots, layer.is_likely) == ([b"one", b"two"], [1, 3], [True, False])
    assert (layer.chains, layer.offsets, layer.plain, layer.is_open) == ([()] * 2, [0, 0], [b""] * 2, [True] * 2)


def test_layers_share_nothing() -> None:
    """A text added to one layer is not in another."""
    DecodingLayer().add(b"text", 0, (), 0)
    assert DecodingLayer().chunks == []
