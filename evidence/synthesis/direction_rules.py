"""The rules by which directions of findings become those of studies, and these become words.

The share of 70 % is that of Boon and Thomson 2021 (doi:10.1002/jrsm.1458); what their rule leaves
open, and the words, are choices of the protocol. They are printed under every figure.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionRules:
    """How directions are read.

    Attributes:
        agree_percent: from which share of its findings on an outcome on a study has their
            direction; 51 to 100.
        count_no_change: whether findings of no change count among the 100 %, as a third direction,
            or only where a study has nothing else.
        least_studies: with fewer studies whose direction is stated, no word is used.
        consistent_percent: from which share of these studies on they are consistent.
        most_percent: from which share on it is most of them; below, they are mixed.
        people_question: id of the question that says how many people a study had, where neither
            findings nor their arms say it; empty for none.
    """

    agree_percent: int = 70
    count_no_change: bool = True
    least_studies: int = 3
    consistent_percent: int = 100
    most_percent: int = 70
    people_question: str = ""

    @property
    def of_study(self) -> str:
        """How a study's direction is decided, in words."""
        counted = (
            "counts among the findings, as a third direction"
            if self.count_no_change
            else "counts only where a study has nothing else"
        )
        return (
            f"A study has a direction on an outcome when at least {self.agree_percent}% of its "
            f"findings there agree; otherwise it is conflicting. A finding of no change {counted}; "
            "a mixed finding counts for no direction; a finding without a stated direction does "
            "not count."
        )

    @property
    def of_words(self) -> str:
        """How several studies are put into words."""
        consistent = (
            "all" if self.consistent_percent == ALL else f"at least {self.consistent_percent}%"
        )
        return (
            f"Words are used from {self.least_studies} studies with a stated direction on: "
            f"“consistent” where {consistent} of them have the same, “most” where at least "
            f"{self.most_percent}% have, else “mixed”. Conflicting studies are among them."
        )


ALL = 100
USUAL = DirectionRules()
"""Where a protocol says nothing else."""
