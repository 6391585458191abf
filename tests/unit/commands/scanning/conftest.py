"""The values file of the detector's tests, for the commands that read one."""

from tests.unit.leaks.conftest import values

__all__ = ["values"]
