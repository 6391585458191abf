"""Pairs of code units: JavaScript writes a character beyond the basic plane as two."""


def paired(text: str) -> str:
    """Surrogates as the characters that they mean; one without the other as what stands for no character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
