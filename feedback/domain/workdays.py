"""Days in Swedish: how a date is written, which days are worked, and which part of the year suits a job."""

from datetime import date, timedelta
from functools import cache

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
# First and last (month, day) when a job can be done. A season that ends before it begins passes New Year.
SEASONS: dict[str, tuple[tuple[tuple[int, int], tuple[int, int]], ...]] = {
    "snow-free": (((4, 15), (10, 31)),),
    "winter": (((11, 15), (3, 31)),),
    "dark": (((9, 15), (3, 31)),),
    "school-term": (((8, 20), (12, 18)), ((1, 10), (6, 8))),
    "before-new-year": (((11, 10), (12, 20)),),
    "new-year": (((12, 1), (1, 7)),),
}


def swedish_date(day: date) -> str:
    """A date as it stands in running text: "den 1 mars 2027"."""
    return f"den {day.day} {MONTHS[day.month - 1]} {day.year}"


def working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while day.weekday() >= 5 or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """The same day of the month some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def period(earliest: date, weeks: int, season: str | None = None) -> tuple[date, date]:
    """The first working period of so many weeks, inside the season where one is named.

    A season shorter than the work is used whole. Raises KeyError for a season that is not in SEASONS.
    """
    length = timedelta(weeks=weeks)
    if season is None:
        return working_day(earliest), working_day(earliest + length)
    for opens, closes in _windows(earliest.year - 1, season):
        start = max(earliest, opens)
        if start + length <= closes:
            return working_day(start), working_day(start + length)
        if start == opens:
            return working_day(start), working_day(closes)
    raise AssertionError("a season comes back every year")


def _windows(year: int, season: str) -> list[tuple[date, date]]:
    windows = []
    for opened in range(year, year + 4):
        for opens, closes in SEASONS[season]:
            windows.append((date(opened, *opens), date(opened + (closes < opens), *closes)))
    return sorted(windows)


@cache
def _holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    moving = (easter + timedelta(days=offset) for offset in (-2, 1, 39))
    midsummer_eve = next(date(year, 6, day) for day in range(19, 26) if date(year, 6, day).weekday() == 4)
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    return frozenset([*moving, midsummer_eve, *(date(year, month, day) for month, day in fixed)])


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm printed by Meeus, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
