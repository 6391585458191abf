"""Masking rules: how PII is treated. What PII is, only form fixtures say."""

from maskproof.rules.compile import compile_rules, rules_version, write_compiled
from maskproof.rules.load import load_rules
from maskproof.rules.model import Rule

__all__ = ["Rule", "compile_rules", "load_rules", "rules_version", "write_compiled"]
