"""What the parts of a source line mean together: volume, issue, pages and date."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evidence.citations import dates
from evidence.citations.formats.source_tokens import Kind, Token, is_date

_ISSUE = re.compile(
    r"\d{1,4}[a-z]?(?:\s?[-/–]\s?\d{1,4}[a-z]?)?"
    r"|(?:\d{1,4}\s?)?(?:suppl|supl|pt|part|spec)[\w .]{0,20}",
    re.IGNORECASE,
)
_PAGES = re.compile(r"[a-z]{0,4}\d{1,6}[a-z]?(?:\s?[-–]\s?[a-z]{0,4}\d{1,6}[a-z]?)?", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{1,6})\s?[-–]\s?(\d{1,6})")
_NO_PAGES = re.compile(
    r"no pag|var\.?\s?pag|unpag|\d+ ref|in press|ahead|online|print|e-?pub|n\.? ?pag", re.IGNORECASE
)
_OF_ARTICLES = re.compile(r"e[a-z]*\d|[a-z]{2,}\d", re.IGNORECASE)  # e33, CD001234
_WITH_YEAR = re.compile(r"(\d{1,3})/(1[5-9]\d\d|20\d\d)")  # 3/2010 is the third issue of 2010
_PAGES_LIKE_DATE = re.compile(r"\d{4}\s?-\s?(\d{1,2})")  # 1521-7 may be pages or a month
_LAST_MONTH = 12
_IN_NUMBERS = re.compile(r"\d{4}(?: \d\d){1,2}")
_MOST_OF_ISSUES = 60  # a number in brackets that may be an issue's; above it is a page
_LONGEST_RANGE = 3  # of issues
_TWO = 2


@dataclass(slots=True)
class Parts:
    """The parts of a line, as far as it was read.

    Attributes:
        has_extent: whether it says how many pages there are, or that there are none.
        spare: numbers whose meaning the others show.
    """

    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    has_extent: bool = False
    spare: list[str] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        """Whether they tell where a work stands, so that what follows may be a remark."""
        if self.date:
            return bool(self.volume or self.pages or self.issue or self.has_extent)
        where = self.pages or self.issue or self.has_extent
        return bool((self.volume and where) or (self.issue and self.pages))


def read_parts(tokens: Sequence[Token], date: str = "") -> Parts | None:
    """What all parts of a line mean; None if one of them makes no sense there.

    Args:
        tokens: from the first number, date or bracket on.
        date: where it stood before.
    """
    reader = _Reader(tokens, Parts(date=date))
    for at, token in enumerate(tokens):
        if token.kind in {Kind.WORD, Kind.NOTE}:
            if not reader.may_end(at):
                return None
            break
        if not reader.take(at, token):
            return None
    return reader.parts()


class _Reader:
    """Takes the parts one by one."""

    def __init__(self, tokens: Sequence[Token], parts: Parts) -> None:
        self._tokens = tokens
        self._parts = parts
        self._date_in_brackets = False
        self._alone: dict[Kind, Callable[[str], bool]] = {
            Kind.EXTENT: self._take_extent,
            Kind.OWN_PAGES: self._take_own_pages,
            Kind.OTHER_DATE: self._take_other_date,
            Kind.ISSUE: self._take_issue,
            Kind.SUPPLEMENT: self._take_supplement,
        }
        self._with_neighbours: dict[Kind, Callable[[int, str], bool]] = {
            Kind.DATE: self._take_date,
            Kind.YEAR: self._take_year,
            Kind.VOLUME: self._take_volume,
            Kind.PAGES: self._take_pages,
            Kind.ARTICLE: self._take_pages,
            Kind.RANGE: self._take_range,
            Kind.NUMBER: self._take_number,
            Kind.BRACKET: self._take_bracket,
        }

    def take(self, at: int, token: Token) -> bool:
        """One more part; whether it makes sense here."""
        if take := self._alone.get(token.kind):
            return take(token.value)
        if take_at := self._with_neighbours.get(token.kind):
            return take_at(at, token.value)
        return True  # a mark, or an aside

    def may_end(self, at: int) -> bool:
        """Whether a remark may begin here: behind a mark, when nothing is missing any more."""
        before = self._tokens[at - 1] if at else None
        if before is None or before.text == ":":
            return False
        is_note = self._tokens[at].kind is Kind.NOTE
        if not is_note and before.kind not in {Kind.MARK, Kind.EXTENT, Kind.BRACKET}:
            return False
        if not self._parts.pages and self._follows(at, {Kind.PAGES, Kind.OWN_PAGES}):
            return False
        only_date = bool(self._parts.date) and (is_note or before.text == ".")
        return self._parts.is_enough or only_date

    def parts(self) -> Parts | None:
        """All parts, if the numbers that were spared have a meaning now."""
        parts, spare = self._parts, self._parts.spare
        if len(spare) == 1 and not parts.pages:
            parts.pages = spare[0]
        elif len(spare) == _TWO and not (parts.pages or parts.issue):
            parts.issue, parts.pages = spare
        elif len(spare) == 1 and not parts.issue:
            parts.issue = spare[0]
        elif spare:
            return None
        return parts if parts.date or parts.is_enough else None

    def _follows(self, at: int, kinds: set[Kind]) -> bool:
        return any(token.kind in kinds for token in self._tokens[at + 1 :])

    def _mark_before(self, at: int) -> str:
        before = self._tokens[at - 1] if at else None
        return before.text if before and before.kind is Kind.MARK else ""

    def _bracket_behind(self, at: int) -> str:
        behind = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        return behind.value if behind and behind.kind is Kind.BRACKET else ""

    def _colon_behind(self, at: int) -> bool:
        """Whether a colon follows, with pages behind it."""
        kinds = [token.kind for token in self._tokens[at + 1 : at + 3]]
        return (
            len(kinds) == _TWO
            and self._tokens[at + 1].text == ":"
            and kinds[1] in {Kind.RANGE, Kind.NUMBER, Kind.PAGES}
        )

    def _add_date(self, text: str) -> bool:
        date = dates.date([text.replace(" ", "-") if _IN_NUMBERS.fullmatch(text) else text])
        if not self._parts.date or date.startswith(self._parts.date):
            self._parts.date = date
        return date[:4] == self._parts.date[:4]

    def _add_pages(self, at: int, value: str) -> bool:
        parts = self._parts
        if not parts.pages:
            parts.pages = value
        elif self._mark_before(at) in {",", ";"} and parts.pages != value:
            parts.pages = f"{parts.pages}, {value}"
        return True

    def _take_extent(self, _: str) -> bool:
        self._parts.has_extent = True
        return True

    def _take_own_pages(self, value: str) -> bool:
        self._parts.pages = value
        return True

    def _take_other_date(self, value: str) -> bool:
        self._add_date(value)
        return True

    def _take_volume(self, at: int, value: str) -> bool:
        if self._mark_before(at) == ":" and self._parts.volume:
            return self._add_pages(at, self._tokens[at].text)  # V4 is a page
        if self._parts.volume not in {"", value}:
            return False
        self._parts.volume = value
        return True

    def _take_issue(self, value: str) -> bool:
        if with_year := _WITH_YEAR.fullmatch(value):
            value = with_year[1]
            self._add_date(with_year[2])
        if self._parts.issue not in {"", value}:
            return False
        self._parts.issue = value
        return True

    def _take_supplement(self, value: str) -> bool:
        self._parts.issue = f"{self._parts.issue} {value}".strip()
        return True

    def _take_pages(self, at: int, value: str) -> bool:
        return self._add_pages(at, value) if not self._parts.pages else True

    def _take_date(self, at: int, value: str) -> bool:
        """A date, or pages that look like one: 1521-7 behind a colon, 1521-27 anywhere."""
        parts = self._parts
        pages = _PAGES_LIKE_DATE.fullmatch(value)
        behind_colon = self._mark_before(at) == ":" and (parts.volume or parts.date)
        if pages and not parts.pages and (behind_colon or int(pages[1]) > _LAST_MONTH):
            return self._add_pages(at, value)
        return self._add_date(value)

    def _take_year(self, at: int, value: str) -> bool:
        if self._mark_before(at) == ":" and self._parts.volume:
            return self._add_pages(at, value)
        bracket = self._bracket_behind(at)
        if not self._parts.volume and _ISSUE.fullmatch(bracket) and not is_date(bracket):
            self._parts.volume = value  # volumes of some journals are years
        return self._add_date(value)

    def _take_range(self, at: int, value: str) -> bool:
        parts = self._parts
        is_volume = self._colon_behind(at) or _ISSUE.fullmatch(self._bracket_behind(at))
        if is_volume and not (parts.volume or parts.pages):
            parts.volume = value
            return True
        if parts.pages and self._mark_before(at) not in {",", ";"}:
            return False
        return self._add_pages(at, value)

    def _take_number(self, at: int, value: str) -> bool:
        parts = self._parts
        mark = self._mark_before(at)
        if with_year := _WITH_YEAR.fullmatch(value):
            return self._take_issue(with_year[0])
        if mark == ":" and (parts.volume or parts.date):
            if parts.volume and not parts.issue and _PAGES.fullmatch(self._bracket_behind(at)):
                return self._take_issue(value)  # Embase: 3:3 (152-160)
            return not parts.pages and self._add_pages(at, value)
        if parts.pages:
            return mark == "," and self._add_pages(at, value)
        if _OF_ARTICLES.match(value):
            return self._add_pages(at, value)
        if not parts.volume:
            parts.volume = value
        else:
            parts.spare.append(value)
        return mark != "." or not parts.spare

    def _take_bracket(self, at: int, value: str) -> bool:
        parts = self._parts
        is_where = parts.volume and parts.date and not parts.pages
        if is_date(value) and not (is_where and _PAGES_LIKE_DATE.fullmatch(value)):
            self._date_in_brackets = True
            return self._add_date(value)
        if not (parts.volume or parts.date or parts.pages):
            if _ISSUE.fullmatch(value) and self._follows(at, {Kind.PAGES, Kind.RANGE}):
                return self._take_issue(value)  # of a journal without volumes
            return False
        if not value or _NO_PAGES.match(value):
            parts.has_extent = True
        elif _PAGES.fullmatch(value) and not parts.pages and self._holds_pages(at, value):
            parts.pages = value
        elif parts.volume and not parts.issue:
            parts.issue = value
        return True

    def _holds_pages(self, at: int, value: str) -> bool:
        """Whether a number or a range in brackets is pages, and not the issue."""
        if self._parts.issue:
            return True
        kinds = {Kind.PAGES, Kind.RANGE, Kind.ARTICLE}
        if self._colon_behind(at) or self._follows(at, kinds):
            return False
        digits = _DIGITS.fullmatch(value)
        if self._date_in_brackets or digits is None:
            return self._date_in_brackets
        first, last = int(digits[1]), int(digits[2])
        return first > _MOST_OF_ISSUES or abs(last - first) >= _LONGEST_RANGE
