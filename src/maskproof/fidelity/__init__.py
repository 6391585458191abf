"""Whether everything that is not PII is still recorded."""

from maskproof.fidelity.check import check_fidelity

__all__ = ["check_fidelity"]
