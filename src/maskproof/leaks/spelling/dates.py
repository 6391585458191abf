"""
The ways to write a day: numbers in any order, months in words, weeks, and the instants of its midnight.

Months in words are too many to search for. The year is searched for, and what stands around it decides.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from maskproof.leaks.spelling.calendar_words import calendar_words
from maskproof.leaks.spelling.calendars import PERSIAN_MONTHS, eras_of, other_years, persian_date
from maskproof.leaks.spelling.forms import NO_LETTER_BEFORE, Around, Check, Spelling, alternatives

# Numbers of a date without leading zeros need a separator to be read as a date.
BETWEEN_SHORT_NUMBERS = rb"[./\-]"
BETWEEN_NUMBERS = rb"[^0-9A-Za-z\x00]{1,8}"
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
# Offsets from UTC in minutes that some zone had since 1950 (IANA time zone database).
WHOLE_HOURS = range(-12 * 60, 14 * 60 + 1, 60)
PARTS_OF_HOURS = (
    -690, -630, -570, -510, -270, -225, -210, -150, -44, 150, 165, 210, 270, 330, 340, 345, 390, 440, 450, 510, 525,
    570, 630, 690, 765, 825,
)  # fmt: skip
OFFSETS = (*WHOLE_HOURS, *PARTS_OF_HOURS)
# A number of one digit at most.
ONE_DIGIT = 9
# Digits that a number of seconds has at least; shorter ones are met by chance.
LEAST_SECONDS = 8
# Longest abbreviation of a month in ASCII; a longer name may have an ending.
ABBREVIATED = 3
# Prepositions that are one word with the month, in Hebrew, Arabic and Khmer.
PREFIXES = frozenset({"ב", "م", "ម"})
NO_DIGIT_BEFORE, NO_DIGIT_BEHIND = rb"(?<![0-9])", rb"(?![0-9])"
# Behind an instant in UTC: the end, or a word for UTC, but no other zone.
IN_UTC = rb"(?: ?(?:Z|UTC|GMT|[+-]00:?00)(?![0-9A-Za-z])|(?! ?[+-][0-9])(?![0-9A-Za-z:.]))"


def date_spellings(day: date) -> Iterator[Spelling]:
    """Every form of a day."""
    yield from _numeric(day)
    yield from _with_month(day)
    yield from _weeks(day)
    yield from _instants(day)


def _numeric(day: date) -> Iterator[Spelling]:
    form = "numeric date"
    for pattern in ("%Y%m%d", "%d%m%Y", "%m%d%Y"):
        yield Spelling(day.strftime(pattern), form)
    for year in (day.year, *other_years(day)):
        for parts in ((day.day, day.month, year), (day.month, day.day, year), (year, day.month, day.day)):
            yield _of_numbers(parts)
    yield _of_numbers(persian_date(day))
    for text in (f"{day:%m/%d/%y}", f"{day:%d/%m/%y}", f"{day:%y/%m/%d}"):
        yield Spelling(text, form, between=BETWEEN_SHORT_NUMBERS)
    for year in dict.fromkeys(year % 100 for year in (day.year, *other_years(day))):
        yield _short_years(day, year)
    for name, year in eras_of(day):
        yield Spelling(f"{name}{year}.{day.month}.{day.day}", form, pattern=_of_era(day, name, year), is_bounded=True)


def _of_numbers(parts: tuple[int, int, int]) -> Spelling:
    """Three numbers with separators, each with or without a leading zero."""
    pattern = BETWEEN_NUMBERS.join(b"0?%d" % part if part < 100 else b"%d" % part for part in parts)  # noqa: PLR2004
    return Spelling("/".join(map(str, parts)), "numeric date", pattern=pattern, is_bounded=True)


def _of_era(day: date, name: str, year: int) -> bytes:
    signs = "年月日" if not name.isascii() else "../"
    return (f"{name} ?0?{year}(?:{signs[0]}|[./-])0?{day.month}(?:{signs[1]}|[./-])0?{day.day}").encode()


def _short_years(day: date, year: int) -> Spelling:
    """A year of two digits, other numbers with or without zeros: one kind of separator, and nothing that goes on."""
    numbers = {"d": b"0?%d" % day.day, "m": b"0?%d" % day.month, "y": b"%02d" % year}
    ways = [
        b"%b(?P<%b>[/-])%b(?P=%b)%b" % (numbers[one], order.encode(), numbers[two], order.encode(), numbers[three])
        for order in ("dmy", "mdy", "ymd")
        for one, two, three in [tuple(order)]
    ]
    ways += [b"[.] ?".join((b"%d" % day.day, b"%02d" % day.month, numbers["y"]))]
    ways += [
        b"[.] ".join((numbers[one], numbers[two], numbers[three])) for one, two, three in (tuple("dmy"), tuple("ymd"))
    ]
    if day.day > ONE_DIGIT or day.month > ONE_DIGIT:  # 5.3.87 is a version more often than a date
        ways.append(b"[.]".join((b"%d" % day.day, b"%d" % day.month, numbers["y"])))
    whole = rb"(?<![0-9A-Za-z/.-])(?:%b)(?![0-9A-Za-z]|[/.-][0-9A-Za-z])" % b"|".join(ways)
    anchor = b"|".join(b"[./-] ?".join(numbers[part] for part in order) for order in ("dmy", "mdy", "ymd"))
    return Spelling(f"{day.day}/{day.month}/{year}", "numeric date", pattern=anchor, check=Around(lambda: whole, 4))


def _with_month(day: date) -> Iterator[Spelling]:
    form = "date with a month"
    years = {f"{day.year}", *map(str, other_years(day))}
    for year in sorted(years):
        yield Spelling(year, form, pattern=year.encode(), check=_near_day(day, year))
    short = f"{day.year % 100:02}"
    anchor = rb"%d[^0-9\x00]{1,40}%b" % (day.day, short.encode())
    yield Spelling(f"{day.day} {day:%b} {short}", form, pattern=anchor, check=Around(lambda: _in_words(day, short), 48))
    persian = f"{persian_date(day)[0]}"
    yield Spelling(persian, form, pattern=persian.encode(), check=Around(lambda: _in_persian_words(day)))


def _near_day(day: date, year: str) -> Check:
    """The months are read only where the day and a letter stand near the year: most years stand in other texts."""
    number = rb"(?<![0-9])0?%d(?![0-9])" % day.day
    far = rb"[^\x00]{1,48}?"
    near = Around(lambda: b"%b%b%b|%b%b%b" % (year.encode(), far, number, number, far, year.encode()))
    words = Around(lambda: _in_words(day, year))
    return lambda data, start, end: words(data, start, end) if near(data, start, end) else None


def _in_words(day: date, year: str) -> bytes:
    """A pattern for a day, a month in words and a year, in the orders of CLDR."""
    words = calendar_words()
    names = words.months[day.month - 1]
    return _ordered(names, words.between, day.day, year)


def _in_persian_words(day: date) -> bytes:
    year, month, number = persian_date(day)
    return _ordered(frozenset({PERSIAN_MONTHS[month - 1]}), frozenset(), number, str(year))


def _ordered(names: frozenset[str], between: frozenset[str], number: int, year: str) -> bytes:
    numbered = {name for name in names if name[-1].isdigit()}
    full = {name for name in names - numbered if len(name) > ABBREVIATED or not name.isascii()}
    # A full name may have an ending of its language: a case, in Finnish or Basque.
    ways = [
        alternatives(some) + ending
        for some, ending in (
            (full, rb"[a-z]{0,4}(?![a-z])"),
            (numbered, rb"(?![0-9])"),
            (names - numbered, rb"(?![a-z])"),
        )
        if some
    ]
    month = rb"(?<![a-z])(?:%b)" % b"|".join(ways)
    gap = rb"(?:[^0-9A-Za-z\x00\x80-\xff]|\xe2\x80.|\xd8\x8c|\xe3\x80\x81|%b(?![a-z])){0,6}" % alternatives(
        {*between, *PREFIXES}
    )
    day = NO_DIGIT_BEFORE + b"0?%d" % number + NO_DIGIT_BEHIND
    is_short = len(year) == 2  # noqa: PLR2004 - digits
    years = NO_DIGIT_BEFORE + (b"'?" if is_short else b"") + year.encode() + NO_DIGIT_BEHIND
    orders = [(day, month, years), (month, day, years)]
    if not is_short:
        orders += [(years, month, day), (years, day, month)]
    return b"|".join(gap.join(order) for order in orders)


def _weeks(day: date) -> Iterator[Spelling]:
    form = "week or day of year"
    year, week, weekday = day.isocalendar()
    yield Spelling(f"{year}W{week:02}{weekday}", form, between=rb"-?", has_loose_changes=True, is_bounded=True)
    yield Spelling(f"{year}-W{week:02}-{weekday}", form, between=rb"-", is_bounded=True)
    number = f"{day:%Y-%j}".encode()
    alone = rb"(?<![0-9A-Za-z-])" + number + rb"(?![0-9A-Za-z]|-[0-9])"
    yield Spelling(f"{day:%Y-%j}", form, pattern=number, check=Around(lambda: alone, 2))


def _instants(day: date) -> Iterator[Spelling]:
    """Midnight of the day in every zone: in UTC it is mostly a time of the day before."""
    form = "local midnight"
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    instants = sorted(midnight - timedelta(minutes=offset) for offset in OFFSETS)
    for instant in instants:
        seconds = int(instant.timestamp())
        if len(f"{abs(seconds)}") >= LEAST_SECONDS:
            yield Spelling(f"{seconds}", form, is_bounded=True)
        if len(f"{abs(seconds)}") >= LEAST_SECONDS - 3:
            yield Spelling(f"{seconds}000", form, is_bounded=True)
    before = [instant for instant in instants if instant.date() < day]
    eve = day - timedelta(days=1)
    times = b"|".join(f"{instant:%H:?%M}".encode() for instant in before)
    clock = rb"(?:%b)(?::?00(?:[.,]0+)?)?" % times + IN_UTC
    iso = NO_LETTER_BEFORE + f"{eve:%Y-?%m-?%d}".encode() + rb"[T ]" + clock
    for pattern in (f"{eve:%Y-%m-%d}[T ]", f"{eve:%Y%m%d}T"):
        yield Spelling(f"{eve}", form, pattern=pattern.encode(), check=Around(lambda: iso, 24))
    mail = f"{eve:%d %b %Y}".encode()
    yield Spelling(
        f"{eve}", form, pattern=mail + b" ", check=Around(lambda: NO_LETTER_BEFORE + mail + b" " + clock, 24)
    )
