"""
Commands that need a target: `verify`, `up`, `overhead`, `doctor` and `setup`.

A module with the name of a command reads its options. `run`, `examine` and `prepare` do the work of `verify`,
`doctor` and `setup`.
"""
