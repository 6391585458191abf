"""
Tables of the pattern-based detection: which numbers are issued, and which values belong to nobody.

Test cards are published by payment processors, test IBANs by standards bodies and banks. Phone numbers for films and
books are 555-01xx in North America, and those that Ofcom keeps free in the United Kingdom.
"""

import re

# Issuer ranges: first digits, how many those are, lengths. Left out are Visa's 13 digits, which are those of barcodes
# and of no card any more, and the 17 to 19 digits of few cards and of every 64-bit id.
ISSUERS: tuple[tuple[range, int, tuple[int, ...]], ...] = (
    (range(4, 5), 1, (16,)),
    (range(51, 56), 2, (16,)),
    (range(2221, 2721), 4, (16,)),
    (range(34, 35), 2, (15,)),
    (range(37, 38), 2, (15,)),
    (range(6011, 6012), 4, (16,)),
    (range(644, 650), 3, (16,)),
    (range(65, 66), 2, (16,)),
    (range(300, 306), 3, (14,)),
    (range(36, 37), 2, (14,)),
    (range(38, 40), 2, (14,)),
    (range(3528, 3590), 4, (16,)),
    (range(62, 63), 2, (16,)),
    (range(2200, 2205), 4, (16,)),
    (range(5018, 5019), 4, (16,)),
    (range(6304, 6305), 4, (16,)),
    (range(6759, 6760), 4, (16,)),
    (range(6761, 6764), 4, (16,)),
)
# Numbers that processors publish for tests; 424242 and 400000 are issuer numbers of test systems only.
TEST_ISSUERS = ("424242", "400000", "411111", "555555", "222300", "520082", "510510")
TEST_CARDS = frozenset(
    {
        "4012888888881881", "4000056655665556", "4444333322221111", "4917610000000000", "5454545454545454",
        "5200828282828210", "378282246310005", "371449635398431", "378734493671000", "6011111111111117",
        "6011000990139424", "3530111333300000", "3566002020360505", "30569309025904", "38520000023237",
        "36227206271667", "6200000000000005", "6555900000604105",
    }
)  # fmt: skip
# Printed in advertisements and sample forms, and so never issued again.
TEST_SSNS = frozenset({"078051120", "219099999", "457555462", "123456789"})
TEST_IBANS = frozenset(
    {
        "GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606", "GB33BUKB20201555555555",
        "NL91ABNA0417164300", "ES9121000418450200051332", "CH9300762011623852957", "AT611904300234573201",
        "IT60X0542811101000000123456",
    }
)  # fmt: skip
TEST_PHONES = re.compile(
    r"1\d{3}55501\d\d"
    r"|44(?:1(?:1[3-8]|[2-6]1)4960|1914980|2079460|2896496|2920180|1632960|7700900|8081570|9098790|3069990)\d{3}"
)
TEST_DOMAINS = re.compile(r"(?:^|\.)example\.[a-z]+$")
TEST_TOP_LEVELS = frozenset({"example", "test", "invalid", "localhost", "local"})
# File endings that look like the end of a domain: `logo@2x.png`.
FILE_ENDINGS = frozenset(
    {
        "avif", "bmp", "cjs", "css", "csv", "gif", "gz", "html", "ico", "jpeg", "jpg", "js", "json", "jsx", "less",
        "map", "md", "mjs", "mp3", "mp4", "pdf", "php", "png", "scss", "svg", "ts", "tsx", "ttf", "txt", "vue",
        "wasm", "webm", "webp", "woff", "xml", "yaml", "yml",
    }
)  # fmt: skip
# Mailboxes of an organisation are nobody's name; the last three are users of version control.
ROLES = frozenset(
    {
        "abuse", "admin", "billing", "contact", "donotreply", "feedback", "hello", "help", "hostmaster", "info",
        "jobs", "legal", "mailer-daemon", "marketing", "no-reply", "noreply", "office", "postmaster", "press",
        "privacy", "root", "sales", "security", "service", "support", "team", "webmaster", "git", "hg", "svn",
    }
)  # fmt: skip
