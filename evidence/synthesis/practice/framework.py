"""A commissioning framework: which kinds of service an area should have, and how much of each.

The one that comes with the program is Table 1 of the commissioning guidance of the Department of
Health, the Department for Work and Pensions and CSIP (2006), with the elements of a complete
service and the products for three parties of Finding and Keeping Work (summary version), sections
4 and 6. A review can bring its own from a file. A framework joins services by the ids of questions
and options of the scheme that they answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ROWS: Mapping[str, str] = {
    "features": "Key features",
    "providers": "Providers",
    "linkages": "Key linkages",
    "provision": "Level of provision",
    "people": "Number of people served",
    "indicators": "Performance indicators",
}
"""The rows of the framework: the key in the file, and the head."""

COMPARED = ("linkages", "indicators")
"""Rows whose texts can be held against what services answer."""

PRODUCTS: Mapping[str, str] = {
    "learning": "Learning",
    "information": "Information",
    "support": "Support",
}
"""The columns of the matrix of parties by products."""


class Counted(StrEnum):
    """What a level counts."""

    POSTS = "posts"
    PLACES = "places"
    SERVICES = "services"


class Base(StrEnum):
    """For what a level holds."""

    TEAM = "team"
    AREA = "area"
    PEOPLE = "100,000"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedLevel:
    """How much there should be.

    Attributes:
        least: from which on provision is called enough.
        most: the upper end of what is suggested; None where there is none.
    """

    of: Counted
    per: Base
    least: Decimal
    most: Decimal | None = None

    @property
    def words(self) -> str:
        """The level, such as `10 to 15 places per 100,000`."""
        amount = f"{self.least}" if self.most is None else f"{self.least} to {self.most}"
        noun = self.of.value[:-1] if amount == "1" else self.of.value
        return f"{amount} {noun} per {self.per.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkService:
    """A kind of service, which is a column of the framework.

    Attributes:
        kind: the id of the option by which forms name it.
        rows: what stands in each of `ROWS`; empty where the source has nothing.
        is_caseload_bounded: specialists have a suggested caseload.
    """

    kind: str
    name: str
    rows: Mapping[str, tuple[str, ...]]
    level: SuggestedLevel
    is_caseload_bounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadLimit:
    """The highest caseload of one specialist, by a version of the model."""

    version: str
    most: Decimal
    source: str

    @property
    def words(self) -> str:
        """The limit with its version and source."""
        return f"up to {self.most} ({self.version}: {self.source})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkComparison:
    """By which answers a service is as a text of the framework suggests; our reading.

    Attributes:
        text: as it stands in the rows of `COMPARED`, of whichever kinds of service; an agreement;
            or what helps a party, as `PartyProducts.text` writes it.
        answers: ids of options, any of which says so.
        question: the id of the question whose number says so; empty where options do.
        least: from which number on.
    """

    text: str
    answers: tuple[str, ...] = ()
    question: str = ""
    least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceElement:
    """Something that a complete service has.

    Attributes:
        answers: ids of options, any of which says that a service has it; our reading.
    """

    name: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyProducts:
    """What helps one of the parties.

    Attributes:
        answer: the id of the option by which forms say that a service supports it.
        products: by the keys of `PRODUCTS`.
    """

    name: str
    answer: str
    products: Mapping[str, tuple[str, ...]]

    def text(self, column: str) -> str:
        """By which a comparison names products of a column, such as `The employer: learning`."""
        return f"{self.name}: {column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkQuestions:
    """Which questions of a scheme give what is held against a framework, by their ids.

    Attributes:
        kind: which kinds of service it is; without an answer nothing of a form counts.
        posts: whole-time posts of specialists.
        teams: that the service serves.
        caseload: of one specialist.
        population: of the area; its note has the source.
        area: for services that have none themselves.
    """

    kind: str = "service-kind"
    posts: str = "service-specialists"
    teams: str = "service-teams"
    caseload: str = "service-caseload"
    places: str = "service-places"
    population: str = "service-population"
    area: str = "service-area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """What should be there in an area.

    Attributes:
        place: where in the source it stands.
        comparisons: of texts of its rows with answers.
        complete_source: of the elements and agreements; empty where there are none.
        agreements: what organisations of an area should have settled among them.
        products_source: of the products; empty where there are none.
        asked: by which questions forms are read.
    """

    title: str
    source: str
    place: str
    services: tuple[FrameworkService, ...]
    caseloads: tuple[CaseloadLimit, ...] = ()
    comparisons: tuple[FrameworkComparison, ...] = ()
    complete_source: str = ""
    complete_place: str = ""
    elements: tuple[ServiceElement, ...] = ()
    agreements: tuple[str, ...] = ()
    products_source: str = ""
    products_place: str = ""
    parties: tuple[PartyProducts, ...] = ()
    asked: FrameworkQuestions = FrameworkQuestions()

    @property
    def kinds_with_posts(self) -> frozenset[str]:
        """Ids of the kinds whose posts a form gives in one question."""
        return frozenset(e.kind for e in self.services if e.level.of is Counted.POSTS)

    @property
    def answers(self) -> frozenset[str]:
        """Ids of all options by which it is joined to forms."""
        kinds = (each.kind for each in self.services)
        answers = (
            *(answer for each in self.elements for answer in each.answers),
            *(answer for each in self.comparisons for answer in each.answers),
        )
        return frozenset((*kinds, *answers, *(each.answer for each in self.parties)))

    @property
    def numbers_asked(self) -> frozenset[str]:
        """Ids of the questions whose numbers are held against its texts."""
        return frozenset(each.question for each in self.comparisons if each.question)
