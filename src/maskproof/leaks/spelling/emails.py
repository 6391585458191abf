"""The ways to write an e-mail address: with a tag or without, as its provider treats it, with its domain in ASCII."""

import re
from collections.abc import Iterator

import idna

from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.forms import Around, Spelling
from maskproof.leaks.spelling.names import identifies

GMAIL = ("gmail.com", "googlemail.com")
# Providers that take what stands behind a hyphen for a tag, too.
HYPHEN_TAGS = re.compile(r"(?:yahoo|ymail|rocketmail)\.", re.IGNORECASE)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\(.)")
# No part of a longer mailbox stands before, and no longer domain behind.
ALONE_BEFORE, ALONE_BEHIND = rb"(?<![0-9A-Za-z._%+'\x80-\xff-])", rb"(?![0-9A-Za-z]|[.-][0-9A-Za-z])"
TAG = rb"(?:[+][0-9A-Za-z._+=-]{1,64})"


def canonical_addresses(text: str) -> list[str]:
    """
    An address as sign-up services and providers store it, in lower case.

    Without its tag; for Gmail without dots, under both domains; with its domain in Unicode and in ASCII.
    """
    local, _, domain = text.lower().rpartition("@")
    mailbox = _unquoted(local)
    base = _without_tag(mailbox, domain)
    mailboxes = [mailbox, base]
    domains = [domain, *_other_domains(domain)]
    if domain in GMAIL:
        mailboxes += [base.replace(".", ""), mailbox.replace(".", "")]
        domains = [domain, *(other for other in GMAIL if other != domain)]
    every = dict.fromkeys(f"{one}@{other}" for other in domains for one in mailboxes)
    return [address for address in every if address != text.lower()]


def email_spellings(text: str) -> Iterator[Spelling]:
    """Every form of an address, beyond the address itself."""
    local, _, domain = text.rpartition("@")
    mailbox = _unquoted(local)
    base = _without_tag(mailbox, domain.lower())
    for one in dict.fromkeys((mailbox, base)):
        if identifies(one):
            yield Spelling(one, "mailbox", "partial")
    for other in (domain.lower(), *_other_domains(domain.lower())):
        yield _address(base, other)
    for other in _other_domains(domain.lower()):
        yield Spelling(f"{mailbox}@{other}", "internationalised domain")


def _address(base: str, domain: str) -> Spelling:
    """One pattern for a mailbox with any tag or none, and with any dots where its provider ignores them."""
    if domain in GMAIL:
        box = rb"\.?".join(_literal(letter) for letter in base if letter != ".")
        host = b"(?:" + b"|".join(map(_literal, GMAIL)) + b")"
        form = "canonical address"
    else:
        box, host, form = _literal(base), _literal(domain), "canonical address"
    tag = TAG + b"?"
    if HYPHEN_TAGS.match(domain):
        tag = rb"(?:[+-][0-9A-Za-z._+=-]{1,64})?"
    pattern = b'"?' + box + tag + b'"?@' + host
    return Spelling(f"{base}@{domain}", form, pattern=pattern,
                    check=Around(lambda: ALONE_BEFORE + pattern + ALONE_BEHIND, 72))  # fmt: skip


def _literal(text: str) -> bytes:
    return (
        re.escape(fold(text)).encode() if text.isascii() else b"".join(b"\\x%02x" % one for one in fold(text).encode())
    )


def _unquoted(local: str) -> str:
    quoted = QUOTED.fullmatch(local)
    return ESCAPED.sub(r"\1", quoted[1]) if quoted else local


def _without_tag(mailbox: str, domain: str) -> str:
    base = mailbox.partition("+")[0] or mailbox
    return (base.partition("-")[0] or base) if HYPHEN_TAGS.match(domain) else base


def _other_domains(domain: str) -> list[str]:
    """A domain in Unicode, or in ASCII, if it is no plain one."""
    try:
        ascii_form = idna.encode(domain, uts46=True).decode()
        unicode_form = idna.decode(domain, uts46=True)
    except idna.IDNAError:
        return []
    return [form for form in dict.fromkeys((ascii_form, unicode_form)) if form != domain]
