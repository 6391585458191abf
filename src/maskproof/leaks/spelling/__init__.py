"""
The ways to write one value.

`values.py` has the values, and `value_shapes.py` says what each is. `variants.py` makes the forms that people and
programs write, `spellings.py` the exact bytes that are encoded or hashed, and `folding.py` the form in which texts are
compared.
"""
