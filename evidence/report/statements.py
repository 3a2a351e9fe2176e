"""What a sentence of the report is made of: its words, and the studies behind them."""

from dataclasses import dataclass

from evidence.synthesis.studies import CodedStudy

_ENDINGS = (("ies", "y"), ("ses", "sis"), ("s", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence, or several that belong together.

    Attributes:
        text: without a space at its ends; empty where there is nothing to say.
        studies: ids of those that it rests on, in the order of the report.
    """

    text: str
    studies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyGroup:
    """Studies of which a sentence speaks.

    Attributes:
        noun: as the author calls several of them, such as `outcome studies`.
        noun_of_one: the same for one.
    """

    studies: tuple[CodedStudy, ...]
    noun: str = "studies"
    noun_of_one: str = "study"

    @property
    def total(self) -> int:
        """How many there are: the base of every share."""
        return len(self.studies)

    @property
    def ids(self) -> tuple[int, ...]:
        """Their ids, in the order of the report."""
        return tuple(study.id for study in self.studies)

    def named(self, total: int) -> str:
        """The noun for so many."""
        return self.noun_of_one if total == 1 else self.noun


def noun_of_one(noun: str) -> str:
    """What one of several things is called: `outcome study` of `outcome studies`.

    An author who knows better writes both, as `case series/case series`.
    """
    for several, one in _ENDINGS:
        if noun.endswith(several):
            return noun.removesuffix(several) + one
    return noun
