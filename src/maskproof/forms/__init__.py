"""Form fixtures: what a journey is, and what of it is PII."""

from maskproof.forms.load import load_form, load_forms
from maskproof.forms.model import Field, FormFixture, Step

__all__ = ["Field", "FormFixture", "Step", "load_form", "load_forms"]
