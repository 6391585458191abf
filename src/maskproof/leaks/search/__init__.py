"""
The search.

`text_index.py` collects texts, and `composed_texts.py` joins values that were typed in pieces. `searcher.py` searches
the texts: `plain.py` as they are, `known_encodings.py` for short codings, then the output of the decoders, layer by
layer (`decoding_layers.py`). `scan.py` turns matches into findings with a place.
"""
