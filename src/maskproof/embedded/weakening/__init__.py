"""
Weakens an application from outside, so that the suite can show that it notices: its build is copied and changed.

The application itself has no switch that turns privacy off. Scripts here run in each page before the application does,
and the compiled masking rules in its files are replaced on the way to the browser.
"""

from maskproof.embedded.weakening.build import WEAKENINGS, weakened
from maskproof.embedded.weakening.rules import replaced_rules, without_rule

__all__ = ["WEAKENINGS", "replaced_rules", "weakened", "without_rule"]
