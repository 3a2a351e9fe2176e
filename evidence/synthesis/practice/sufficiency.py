"""What a review calls sufficient, of each kind of service: its own rule, or what a framework
suggests.

A framework suggests levels and calls nothing enough; where provision begins to be sufficient, which
caseload is held against, and how many people and clinical teams an area has are settings of the
review, each with its source. A kind without a rule of the review has the one that the framework
suggests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from evidence.synthesis.practice.framework import Base, Counted, Framework, SuggestedLevel
from evidence.synthesis.practice.service import area_key


@dataclass(frozen=True, slots=True, kw_only=True)
class SufficiencyRule:
    """From where on services of a kind are sufficient in an area.

    Attributes:
        kind: the id of the option by which forms name it.
        level: from `least` on provision is sufficient; more than `most` is told.
        source: where the level comes from, or why it was chosen.
        caseload: the highest caseload of one specialist; None where none is looked at.
        caseload_source: by which version of the model, or why.
    """

    kind: str
    level: SuggestedLevel
    source: str
    caseload: Decimal | None = None
    caseload_source: str = ""

    @property
    def words(self) -> str:
        """The rule, such as `1 post per team; caseload up to 25 (2006: a guide)`."""
        if self.caseload is None:
            return self.level.words
        bound = f"caseload up to {self.caseload} ({self.caseload_source})"
        return f"{self.level.words}; {bound}"


class AreaBase(StrEnum):
    """What of an area levels are held for."""

    PEOPLE = "population"
    TEAMS = "clinical teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaNumber:
    """How many people or clinical teams an area has, as the review settled it."""

    of: AreaBase = AreaBase.PEOPLE
    area: str
    number: Decimal
    source: str

    @property
    def words(self) -> str:
        """The number with its source."""
        return f"{self.number:,f} ({self.source}; settled by the review)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SufficiencyRules:
    """What the review settled; kinds and areas that are not named have the usual rule.

    Attributes:
        rules: of kinds of service, each once.
        numbers: of people or teams of areas, of each area each once.
    """

    rules: tuple[SufficiencyRule, ...] = ()
    numbers: tuple[AreaNumber, ...] = ()

    def rule(self, framework: Framework, kind: str) -> SufficiencyRule:
        """The rule that holds for a kind of service of the framework."""
        own = next((each for each in self.rules if each.kind == kind), None)
        return own or usual_rule(framework, kind)

    @property
    def areas(self) -> tuple[str, ...]:
        """Those of which a number is settled."""
        return tuple({area_key(each.area): each.area for each in self.numbers}.values())

    def number_of(self, of: AreaBase, area: str) -> AreaNumber | None:
        """How many the review says that an area has; capitals make no other area."""
        wanted = of, area_key(area)
        return next((each for each in self.numbers if _key(each) == wanted), None)

    def with_rule(self, rule: SufficiencyRule, usual: SufficiencyRule) -> "SufficiencyRules":
        """These with one more rule, or without one of that kind where it is the usual one."""
        others = [each for each in self.rules if each.kind != rule.kind]
        kept = others if rule == usual else [*others, rule]
        ordered = tuple(sorted(kept, key=lambda each: each.kind))
        return SufficiencyRules(rules=ordered, numbers=self.numbers)

    def with_number(self, of: AreaBase, area: str, number: AreaNumber | None) -> "SufficiencyRules":
        """These with a number of an area, or without it."""
        others = [each for each in self.numbers if _key(each) != (of, area_key(area))]
        kept = others if number is None else [*others, number]
        return SufficiencyRules(rules=self.rules, numbers=tuple(sorted(kept, key=_order)))


def _key(number: AreaNumber) -> tuple[AreaBase, str]:
    return number.of, area_key(number.area)


def _order(number: AreaNumber) -> tuple[int, str]:
    return list(AreaBase).index(number.of), area_key(number.area)


USUAL = SufficiencyRules()
"""The review settled nothing: all is as the framework suggests."""


def usual_rule(framework: Framework, kind: str) -> SufficiencyRule:
    """What the framework suggests; raises StopIteration where it has no such kind."""
    of_kind = next(each for each in framework.services if each.kind == kind)
    limit = framework.caseloads[0] if of_kind.is_caseload_bounded and framework.caseloads else None
    return SufficiencyRule(
        kind=kind,
        level=of_kind.level,
        source=f"{framework.source}: {framework.place}",
        caseload=limit.most if limit else None,
        caseload_source=f"{limit.version}: {limit.source}" if limit else "",
    )


def changes(framework: Framework, before: SufficiencyRules, after: SufficiencyRules) -> list[str]:
    """What became of rules and populations between two states, in words."""
    names = {each.kind: each.name for each in framework.services}
    kinds = dict.fromkeys(each.kind for each in (*before.rules, *after.rules))
    told = []
    for kind in kinds:
        old = next((each for each in before.rules if each.kind == kind), None)
        new = next((each for each in after.rules if each.kind == kind), None)
        if old != new:
            now = f"{new.words} ({new.source})" if new else "as the framework suggests"
            told.append(f"{names.get(kind, kind)}: {now}")
    settled = {_key(each): each.area for each in (*before.numbers, *after.numbers)}
    for (of, _), area in settled.items():
        was, now_is = before.number_of(of, area), after.number_of(of, area)
        if was != now_is:
            told.append(f"{of} of {area}: {now_is.words if now_is else 'as forms give it'}")
    return told


_KEPT = {AreaBase.PEOPLE: ("populations", "people"), AreaBase.TEAMS: ("teams", "teams")}
"""Under which key a database has the numbers, and how a number is called there."""


def rules_as_json(rules: SufficiencyRules) -> dict[str, Any]:
    """Rules as a database keeps them."""
    return {
        "kinds": [
            {
                "kind": each.kind,
                "of": each.level.of.value,
                "per": each.level.per.value,
                "least": f"{each.level.least}",
                "most": None if each.level.most is None else f"{each.level.most}",
                "source": each.source,
                "caseload": None if each.caseload is None else f"{each.caseload}",
                "caseload_source": each.caseload_source,
            }
            for each in rules.rules
        ],
        **{
            key: [
                {"area": each.area, name: f"{each.number}", "source": each.source}
                for each in rules.numbers
                if each.of is of
            ]
            for of, (key, name) in _KEPT.items()
        },
    }


def rules_from_json(kept: Mapping[str, Any]) -> SufficiencyRules:
    """Rules from what `rules_as_json` gave; raises an error where it is something else."""
    return SufficiencyRules(
        rules=tuple(_rule(each) for each in _rows(kept, "kinds")),
        numbers=tuple(
            AreaNumber(
                of=of,
                area=str(each["area"]),
                number=_amount(each[name]),
                source=str(each.get("source", "")),
            )
            for of, (key, name) in _KEPT.items()
            for each in _rows(kept, key)
        ),
    )


def _rows(kept: Mapping[str, Any], key: str) -> Iterable[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = kept.get(key, ())
    return rows


def _rule(row: Mapping[str, Any]) -> SufficiencyRule:
    most, caseload = row.get("most"), row.get("caseload")
    return SufficiencyRule(
        kind=str(row["kind"]),
        level=SuggestedLevel(
            of=Counted(row["of"]),
            per=Base(row["per"]),
            least=_amount(row["least"]),
            most=None if most is None else _amount(most),
        ),
        source=str(row.get("source", "")),
        caseload=None if caseload is None else _amount(caseload),
        caseload_source=str(row.get("caseload_source", "")),
    )


def _amount(kept: str) -> Decimal:
    """A number by which provision can be counted."""
    amount = Decimal(kept)
    if amount.is_finite() and amount > 0:
        return amount
    raise ValueError(f"{kept} is no number above 0")
