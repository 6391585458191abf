"""The suite: the checks of one form, those of a whole run, and how their outcomes become results."""
