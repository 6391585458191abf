"""Surrogate pairs: JavaScript writes a character beyond the basic plane as two code units."""


def paired(text: str) -> str:
    """Text with each surrogate pair as its character, and a surrogate alone as the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
