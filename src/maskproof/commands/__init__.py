"""The commands of `maskproof`, one module each: a module reads the options and calls what does the work."""

import argparse
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse names its public type so
