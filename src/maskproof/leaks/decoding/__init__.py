"""
Finds signs of an encoding and undoes it.

`coding_signs.py` says where anything may be encoded, and `run_decoder.py` decodes the runs that show a sign. Each
family of codings has a module: `base_runs` (base16 to base64), `escapes` (percent, HTML, JSON), `whole_token_codings`
(base58, base85, LZ-string), `packed` (compressed data), `interleaved_codings` (UTF-16, lists of bytes). `extras.py` is
where a search adds the codings of `rare/`.
"""
