"""
The search.

`text_index.py` collects texts and `composed_texts.py` joins what was typed in pieces. `searcher.py` searches them:
`plain.py` as they are, `known_encodings.py` for short codings, then layer by layer (`layers.py`) what the decoders
make of them. `scan.py` turns matches into findings with their place.
"""
