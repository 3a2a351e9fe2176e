"""Dates as exact as the source gives them: `2006`, `2006-03` or `2006-03-14`."""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator

_YEARS = r"1[4-9]\d\d|2[01]\d\d"
_NUMERIC = re.compile(
    rf"(?<!\d)({_YEARS})[-/.](\d{{1,2}})(?!\d)(?:[-/.](\d{{1,2}})(?!\d))?", re.ASCII
)
_COMPACT = re.compile(rf"(?<!\d)({_YEARS})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(
    rf"(?<![\d./-])(?:(\d{{1,2}})([-/.])\s?)?(\d{{1,2}})[-/.]\s?({_YEARS})(?!\d)", re.ASCII
)
_EAST_ASIAN = re.compile(
    rf"(?<!\d)({_YEARS})\s?[年년](?:\s?(\d{{1,2}})\s?[月월](?:\s?(\d{{1,2}})\s?[日일])?)?",
    re.ASCII,
)
_YEAR = re.compile(rf"(?<!\d)({_YEARS})(?!\d)", re.ASCII)

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
# The words for each month in the languages of databases and publishers.
_WORDS_OF_MONTHS = """
    jan january januar janner janvier janv enero ene janeiro gennaio gen genn januari ianuarie
    gener styczen stycznia sty leden ledna ocak tammikuu январь января янв;
    feb february februar feber fevrier fevr fev febrero fevereiro febbraio febbr februari
    februarie febrer luty lutego lut unor unora subat helmikuu февраль февраля фев;
    mar march marz maerz mrz mars marzo marco maart mrt marts martie marc marzec marca brezen
    brezna marcius mart maaliskuu март марта мар;
    apr april avril avr abril abr aprile aprilie kwiecien kwietnia kwi duben dubna aprilis
    nisan huhtikuu апрель апреля апр;
    may mai mayo maio maggio magg mag mei maj maja maig kveten kvetna majus mayıs toukokuu май
    мая;
    jun june juni juin junio junho giugno giu iunie juny czerwiec czerwca cze cerven cervna
    junius haziran kesakuu июнь июня;
    jul july juli juillet juil julio julho luglio lug iulie juliol lipiec lipca lip cervenec
    cervence julius temmuz heinakuu июль июля;
    aug august aout agosto ago augustus augusti agost sierpien sierpnia sie srpen srpna
    augusztus agustos elokuu август августа авг;
    sep sept september septembre septiembre setiembre set setembro settembre sett septembrie
    setembre wrzesien wrzesnia wrz zari szeptember eylul syyskuu сентябрь сентября сен сент;
    oct october oktober okt octobre octubre outubro out ottobre ott octombrie pazdziernik
    pazdziernika paz rijen rijna ekim lokakuu октябрь октября окт;
    nov november novembre noviembre novembro noiembrie listopad listopada listopadu lis kasım
    marraskuu ноябрь ноября ноя;
    dec december dezember dez decembre diciembre dic dezembro dicembre desember desembre
    decembrie grudzien grudnia gru prosinec prosince aralık joulukuu декабрь декабря дек
"""


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


_MONTH_OF_WORD = {
    _without_accents(word): number
    for number, words in enumerate(_WORDS_OF_MONTHS.split(";"), 1)
    for word in words.split()
}
# Any of these words, in a text without accents and capitals.
MONTH_PATTERN = "|".join(sorted(_MONTH_OF_WORD, key=len, reverse=True))
_WORD = re.compile(r"[^\W\d_]{3,12}")
_DAY_AFTER = re.compile(r"[\s.,/-]{1,3}(\d{1,2})(?:st|nd|rd|th)?(?![\d-])", re.ASCII)
_DAY_BEFORE = re.compile(
    r"(?<![\d-])(\d{1,2})(?:st|nd|rd|th|er|º|°)?[\s.,/-]{1,3}(?:(?:de|of|den|d')\s{1,3})?$"
)
_RANGE_OFMONTHS = 2

_LAST_MONTH = 12
_DAYS_OF_ALL = 28  # which every month has


def date(texts: Iterable[str]) -> str:
    """The most exact date that the texts give together, empty where none holds a year.

    The first text with a year decides the year. A later text may add month and day if it is of
    the same year or has none, as where `PY` is 2010 and `DA` is "OCT 21".
    """
    best = ""
    for text in texts:
        if text == best:
            continue
        if len(best) == len("2006-03-14"):
            break
        candidate = _date(text.strip(), best)
        if not best or (candidate[:4] == best[:4] and len(candidate) > len(best)):
            best = candidate
    return best


def year(text: str) -> int | None:
    """The year of a date in normal form, or the first year in a text."""
    if text[:4].isdecimal() and text[4:5] in {"", "-"}:
        return int(text[:4])
    match = _YEAR.search(text)
    return int(match[0]) if match else None


def without_doubt(text: str) -> str:
    """The text, or its year alone where day and month stand in numbers and may be exchanged."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if not match or match[2] != "/" or match[1] == match[3]:
        return text
    return match[4] if max(int(match[1]), int(match[3])) <= _LAST_MONTH else text


def _date(text: str, earlier: str) -> str:
    """A date from one text; `earlier` lends its year to a text that has none."""
    if len(text) == len("2006") and text.isdigit():
        return text if _YEAR.fullmatch(text) else ""
    if numeric := _numeric(text):
        return numeric
    year_match = _YEAR.search(text)
    year_text = year_match[0] if year_match else earlier[:4]
    if not year_text:
        return ""
    months = list(_months(text))
    if not months or len({number for number, _, _ in months}) >= _RANGE_OFMONTHS:
        return year_text  # "Jul-Sep" is no month
    number, start, end = months[0]
    return _iso(year_text, number, _day(text, start, end))


def _numeric(text: str) -> str:
    """A date in numbers: its year first, or its day ("17.01.2014"), or its month ("01/2014").

    Where a day may be a month, too, it is a day.
    """
    if year_first := _NUMERIC.match(text):  # as most are
        return _iso(year_first[1], int(year_first[2]), int(year_first[3] or 0))
    year_first = _NUMERIC.search(text) or _COMPACT.search(text) or _EAST_ASIAN.search(text)
    day_first = _DAY_FIRST.search(text)
    if day_first and not (year_first and year_first.start() < day_first.start(4)):
        day, month = int(day_first[1] or 0), int(day_first[3])
        if month > _LAST_MONTH and day_first[2] != ".":
            day, month = month, day  # as in the United States
        return _iso(day_first[4], month, day)
    if year_first:
        return _iso(year_first[1], int(year_first[2] or 0), int(year_first[3] or 0))
    return ""


def _months(text: str) -> Iterator[tuple[int, int, int]]:
    """The months that a text names, as number, start and end."""
    for word in _WORD.finditer(text):
        if number := _MONTH_OF_WORD.get(_without_accents(word[0])):
            yield number, word.start(), word.end()


def _day(text: str, start: int, end: int) -> int:
    """The day behind or before a month that stands there."""
    near = _DAY_AFTER.match(text, end) or _DAY_BEFORE.search(text[max(0, start - 20) : start])
    return int(near[1]) if near else 0


def _iso(year: str, month: int, day: int) -> str:
    if not 1 <= month <= _LAST_MONTH:
        return year
    if not 1 <= day <= _DAYS_OF_ALL and not 1 <= day <= calendar.monthrange(int(year), month)[1]:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"
