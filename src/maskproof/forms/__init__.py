"""Form fixtures: the journeys through forms, and which of their values are PII."""

from maskproof.forms.load import load_form, load_forms
from maskproof.forms.model import Field, FormFixture, Step

__all__ = ["Field", "FormFixture", "Step", "load_form", "load_forms"]
