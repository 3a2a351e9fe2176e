"""A knowledge review as its digest states it: wording by cell, findings, recommendations.

Nothing here is a record of the review that shows it: no study is counted, and no cell has a number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evidence.errors import Invalid

INTERPRETATION = "Our interpretation, the digest does not say on what this rests"
OF_CLAIM = f"{INTERPRETATION}. Published figures: the claim that is named here."
NO_NUMBERS = (
    "How far an outcome improves, in the categories of the digest. It does not say how many "
    "studies stand behind a cell, so no number is shown; an empty cell means that it "
    "says nothing, not that nothing was studied."
)


class Wording(StrEnum):
    """How a digest speaks of the effects on an outcome."""

    CONSISTENT = "consistent"
    MOST = "most"
    INCONSISTENT = "inconsistent"


WORDING_WORDS = {
    Wording.CONSISTENT: "Seems consistent",
    Wording.MOST: "In most studies",
    Wording.INCONSISTENT: "Inconsistent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedCell:
    """What is said of one intervention and one outcome."""

    intervention: str
    outcome: str
    wording: Wording
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedMatrix:
    """Interventions by outcomes, in categories of wording, without numbers.

    Attributes:
        interventions, outcomes: names by their ids, in order.
        where: document and place.
    """

    interventions: Mapping[str, str]
    outcomes: Mapping[str, str]
    cells: tuple[WordedCell, ...]
    where: str

    @property
    def head(self) -> tuple[str, ...]:
        """Above the columns of `rows`."""
        return ("Outcome", *self.interventions.values())

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A row for each outcome: its name, then what is said of each intervention."""
        words = {
            (each.intervention, each.outcome): WORDING_WORDS[each.wording] for each in self.cells
        }
        return tuple(
            (name, *(words.get((column, row), "") for column in self.interventions))
            for row, name in self.outcomes.items()
        )

    def notes(self) -> tuple[str, ...]:
        """What is noted of cells, each with its place."""
        return tuple(
            f"{self.interventions[each.intervention]}, {self.outcomes[each.outcome].lower()}: "
            f"{each.note}."
            for each in self.cells
            if each.note
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFinding:
    """What a document finds, in our own words.

    Attributes:
        part: of the knowledge review, such as `practice survey`.
        where: document and place.
    """

    name: str
    part: str
    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRecommendation:
    """What a document recommends, in our own words.

    Attributes:
        traces: on what it can be read to rest, in words; each an interpretation of ours.
        traced_to: where the documents say this, once each.
        claims: names of claims on which it can be read to rest as well.
    """

    text: str
    audience: str
    where: str
    traces: tuple[str, ...] = ()
    traced_to: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """With where it stands."""
        return f"{self.text} ({self.where})"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Its traces without saying of each that it is an interpretation."""
        return tuple(each.removeprefix(f"{INTERPRETATION}. ") for each in self.traces)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTable:
    """A table of a document, which is no part of the knowledge review.

    Attributes:
        where: document and place.
        note: what readers must know of it.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    where: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReview:
    """All that is taken over of a knowledge review, beside its figures, which are claims.

    Attributes:
        documents: their titles, by the short names with which places begin.
        tables: of other documents.
    """

    documents: Mapping[str, str]
    matrix: WordedMatrix
    findings: tuple[StatedFinding, ...]
    recommendations: tuple[StatedRecommendation, ...]
    tables: tuple[StatedTable, ...] = ()

    def short(self, title: str) -> str:
        """The short name of a document; the title of one that is not among them."""
        return next((s for s, each in self.documents.items() if each == title), title)


def knowledge_review(content: Mapping[str, Any], name: str) -> KnowledgeReview:
    """Read what the file says.

    Raises:
        Invalid: an entry lacks what it needs, or names what is not there; with the file.
    """
    try:
        return _read(content)
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise Invalid(f"{name}: an entry lacks, or does not know, {problem}.") from None


def _read(content: Mapping[str, Any]) -> KnowledgeReview:
    documents = {name: str(each["short"]) for name, each in content["documents"].items()}
    matrix = _matrix(content["matrix"], documents)
    findings = tuple(
        StatedFinding(
            name=each["name"],
            part=each["part"],
            text=each["text"],
            where=_where(each, documents),
        )
        for each in content["findings"]
    )
    by_name = {each.name: each for each in findings}
    return KnowledgeReview(
        documents={each["short"]: each["title"] for each in content["documents"].values()},
        matrix=matrix,
        findings=findings,
        recommendations=tuple(
            StatedRecommendation(
                text=each["text"],
                audience=each["audience"],
                where=_where(each, documents),
                traces=(
                    *(_trace(by_name[n].part, by_name[n].text) for n in each.get("rests_on", ())),
                    *(
                        _trace("outcome studies", _of_cell(c, matrix))
                        for c in each.get("cells", ())
                    ),
                    *(OF_CLAIM for _ in each.get("claims", ())),
                ),
                traced_to=tuple(
                    dict.fromkeys(
                        (
                            *(by_name[n].where for n in each.get("rests_on", ())),
                            *(matrix.where for _ in each.get("cells", ())),
                        )
                    )
                ),
                claims=tuple(each.get("claims", ())),
            )
            for each in content["recommendations"]
        ),
        tables=tuple(map(_table, content.get("tables", ()))),
    )


def _table(entry: Mapping[str, Any]) -> StatedTable:
    head, rows = tuple(entry["head"]), tuple(map(tuple, entry["rows"]))
    if any(len(row) != len(head) for row in rows):
        raise ValueError("why a row is not as wide as its head")
    return StatedTable(
        title=entry["title"],
        head=head,
        rows=rows,
        where=f"{entry['source']}, {entry['place']}",
        note=entry["note"],
    )


def _matrix(entry: Mapping[str, Any], documents: Mapping[str, str]) -> WordedMatrix:
    cells = tuple(
        WordedCell(
            intervention=each["intervention"],
            outcome=each["outcome"],
            wording=Wording(each["wording"]),
            note=each.get("note") or "",
        )
        for each in entry["cells"]
    )
    places = [(each.intervention, each.outcome) for each in cells]
    _require_known([row for row, _ in places], entry["interventions"])
    _require_known([column for _, column in places], entry["outcomes"])
    if len(set(places)) < len(places):
        raise ValueError("why a cell stands twice")
    return WordedMatrix(
        interventions=entry["interventions"],
        outcomes=entry["outcomes"],
        cells=cells,
        where=_where(entry, documents),
    )


def _require_known(names: Sequence[str], known: Mapping[str, str]) -> None:
    for name in names:
        if name not in known:
            raise KeyError(name)


def _of_cell(place: str, matrix: WordedMatrix) -> str:
    row, column = place.split()
    (cell,) = (e for e in matrix.cells if (e.intervention, e.outcome) == (row, column))
    words = WORDING_WORDS[cell.wording].lower()
    return f"{matrix.interventions[row]}, {matrix.outcomes[column].lower()}: improvement {words}."


def _trace(part: str, words: str) -> str:
    return f"{INTERPRETATION}. {part.capitalize()}: {words}"


def _where(entry: Mapping[str, Any], documents: Mapping[str, str]) -> str:
    return f"{documents[entry['source']]}, {entry['place']}"
