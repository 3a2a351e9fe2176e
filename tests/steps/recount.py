"""A second count of what a report says, by SQL and plain Python from the tables of the database.

Nothing here is the report's own: neither its queries nor its counting nor its words for numbers. It
knows the example's scheme by the ids of its questions, and has labels and headings from its YAML.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

import yaml
from sqlalchemy import Connection, text

# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
# fmt: on
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 20 + 10 * number for number, word in enumerate(_TENS)},
    **{
        f"{ten}-{one}": 20 + 10 * number + of_ten
        for number, ten in enumerate(_TENS)
        for of_ten, one in enumerate(_ONES[1:10], start=1)
    },
    "no": 0,
    "none": 0,
    "neither": 0,
    "both": 2,
}
_FOUND = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+(?:-[a-z]+)?")
_ENOUGH = 3
_AGREE = 0.7


def numbers_in(sentence: str) -> list[float]:
    """All numbers of a sentence, in figures or words, outside of the names of codes."""
    plain = re.sub(r"“[^”]*”", " ", sentence).casefold()
    words = [each.strip(",") for each in _FOUND.findall(plain)]
    return [
        float(word.replace(",", "")) if word[0].isdigit() else float(_NUMBERS[word])
        for word in words
        if word[0].isdigit() or word in _NUMBERS
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A code of a question, and the codes above it."""

    label: str
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """One review of the example's scheme, counted again.

    Attributes:
        scheme: as its YAML has it.
        codings: the coding that counts of each study that counts.
    """

    c: Connection
    review_id: int
    scheme: Mapping[str, Any]
    codings: Mapping[int, int]

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query on this review."""
        found = self.c.execute(text(sql), {"review": self.review_id, **values})
        return [tuple(row) for row in found]

    # Studies

    def with_included_report(self) -> list[int]:
        """Ids of the studies with a report that is included."""
        return sorted({study for study, _ in self._included_reports()})

    def years(self) -> dict[int, int]:
        """The year of the first included report of each study that has one with a year."""
        found: dict[int, int] = {}
        for study, year in self._included_reports():
            if year is not None and study in self.codings:
                found[study] = min(year, found.get(study, year))
        return found

    def with_several_reports(self) -> int:
        """How many studies have more than one included report."""
        reports = Counter(study for study, _ in self._included_reports() if study in self.codings)
        return sum(number > 1 for number in reports.values())

    def _included_reports(self) -> list[tuple[Any, ...]]:
        """Study and year of each."""
        return self.rows(
            "SELECT sw.study_id, w.year FROM study_work sw JOIN work w ON w.id = sw.work_id "
            "WHERE w.review_id = :review AND w.merged_into IS NULL "
            "AND w.title_abstract = 'include' AND w.full_text = 'include'"
        )

    def people(self) -> list[int]:
        """How many people took part, smallest first, of the studies where that is coded."""
        return sorted(int(value) for _, _, value in self._answers("participants") if value)

    def span(self) -> list[float]:
        """How many studies say it, the smallest, largest and median number, and their sum."""
        people = self.people()
        return [len(people), min(people), max(people), median(people), sum(people)]

    # Codes

    def options(self, question: str) -> dict[str, Option]:
        """The codes of a question in the order of the scheme."""
        asked = next(
            each
            for section in self.scheme["sections"]
            for each in section["questions"]
            if each["id"] == question
        )
        return dict(_options(asked["options"], ()))

    def codes(self, question: str) -> dict[int, set[str]]:
        """The codes of each study that counts, and what is above them."""
        options = self.options(question)
        found: dict[int, set[str]] = {}
        for study, code, _ in self._answers(question):
            if code in options:
                found.setdefault(study, set()).update((code, *options[code].above))
        return found

    def table(self, question: str) -> list[tuple[str, str, str]]:
        """The lines of a table of studies by code: label, studies, and their share of all."""
        total = len(self.codings)
        codes = self.codes(question)
        numbers = Counter(code for of_study in codes.values() for code in of_study)
        lines = [(o.label, numbers[c]) for c, o in self.options(question).items() if numbers[c]]
        lines += [("Not coded", total - len(codes))] * (len(codes) < total)
        return [(label, str(n), f"{100 * n / total:.0f}%") for label, n in lines]

    def main(self, question: str) -> list[tuple[str, int]]:
        """Label and studies of each main code that has a study, the largest first."""
        codes = self.codes(question).values()
        lines = [
            (option.label, sum(code in each for each in codes))
            for code, option in self.options(question).items()
            if not option.above
        ]
        return sorted(((each, n) for each, n in lines if n), key=lambda line: -line[1])

    def _answers(self, question: str) -> list[tuple[int, str, str]]:
        studies = {coding: study for study, coding in self.codings.items()}
        sql = (
            "SELECT coding_id, code, value FROM answer WHERE question = :question AND (chosen OR "
            "value <> '')"
        )
        rows = self.rows(sql, question=question)
        return [(studies[c], code, value.strip()) for c, code, value in rows if c in studies]

    # Findings

    def findings(self) -> list[tuple[int, Mapping[str, Any]]]:
        """Each finding of a coding that counts, with its study."""
        studies = {coding: study for study, coding in self.codings.items()}
        rows = self.rows("SELECT coding_id, fields FROM finding WHERE removed_at IS NULL")
        return [
            (studies[coding], json.loads(fields) if isinstance(fields, str) else fields)
            for coding, fields in rows
            if coding in studies
        ]

    def directions(self, contrast: str) -> dict[tuple[str, str], list[str]]:
        """Directions of studies by main intervention and outcome, by the usual rules."""
        interventions = self.options("intervention")
        gathered: dict[tuple[str, str], dict[int, list[str]]] = {}
        for study, finding in self.findings():
            if finding["contrast"] == contrast:
                code = finding["intervention"]
                main = (*interventions[code].above, code)[0]
                pair = gathered.setdefault((main, finding["outcome"]), {})
                pair.setdefault(study, []).append(finding["direction"])
        return {pair: [of_study(d) for d in each.values()] for pair, each in gathered.items()}

    def enough_and_few(self, contrast: str) -> tuple[int, int, int]:
        """Pairs in which enough studies state a direction for a word, fewer do, and none does."""
        stated = [
            sum(direction != "not stated" for direction in each)
            for each in self.directions(contrast).values()
        ]
        enough, none = sum(n >= _ENOUGH for n in stated), stated.count(0)
        return enough, len(stated) - enough - none, none

    def cells_without_study(self) -> tuple[int, int]:
        """Cells of the map by main codes, and how many of them have no study."""
        of_outcomes = ("non-vocational-outcomes", "vocational-outcomes")
        columns = sum(len(self.options(each)) for each in of_outcomes)
        interventions = self.options("intervention")
        main = [code for code, option in interventions.items() if not option.above]
        filled = {
            ((*interventions[f["intervention"]].above, f["intervention"])[0], f["outcome"])
            for _, f in self.findings()
        }
        return len(main) * columns, len(main) * columns - len(filled)


def recount(c: Connection, review_id: int) -> Recount:
    """What is to be counted: complete codings, of studies with a report that is included."""
    values = {"review": review_id}
    newest = (
        "SELECT v.scheme_id, v.yaml FROM scheme_version v JOIN scheme s ON s.id = v.scheme_id "
        "WHERE s.review_id = :review ORDER BY s.id, v.id"
    )
    versions = [tuple(row) for row in c.execute(text(newest), values)]
    first = versions[0][0]
    written = [each for scheme_id, each in versions if scheme_id == first][-1]
    scheme = yaml.load(written, yaml.BaseLoader)  # noqa: S506 - makes only texts
    codings = (
        "SELECT study_id, id FROM coding WHERE scheme_id = :scheme AND state = 'complete' "
        "ORDER BY is_agreed"
    )
    complete = {row[0]: row[1] for row in c.execute(text(codings), {"scheme": first})}
    known = Recount(c=c, review_id=review_id, scheme=scheme, codings=complete)
    counted = {s: complete[s] for s in known.with_included_report() if s in complete}
    return Recount(c=c, review_id=review_id, scheme=scheme, codings=counted)


def _options(options: list[Any], above: tuple[str, ...]) -> Iterator[tuple[str, Option]]:
    for option in options:
        yield option["id"], Option(label=option["label"], above=above)
        yield from _options(option.get("options") or [], (*above, option["id"]))


def of_study(directions: list[str]) -> str:
    """One direction of several findings; mixed ones count for none of them."""
    stated = [each for each in directions if each != "not stated"]
    if not stated:
        return "not stated"
    word, number = Counter(stated).most_common(1)[0]
    return word if number >= _AGREE * len(stated) and word != "mixed" else "conflicting"
