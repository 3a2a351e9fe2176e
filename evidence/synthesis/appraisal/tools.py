"""The domains of published tools by name, for files that number them.

Only names are here; what each judgement asks for stands in the tools themselves.
"""

from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.appraisal.judgements import Domain


class Tool(StrEnum):
    """A tool whose domains are known."""

    ROB_2 = "rob2"
    ROBINS_I = "robins-i"
    AMSTAR_2 = "amstar2"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTool:
    """What a tool calls its domains.

    Attributes:
        title: with its year, since tools change.
        its_own: words that only this tool has among those with as many domains; by them a file
            without the name of its tool is recognised.
    """

    title: str
    domains: tuple[Domain, ...]
    its_own: frozenset[str]


TOOLS = {
    Tool.ROB_2: KnownTool(
        title="Risk of bias in randomised trials (RoB 2, 2019)",
        domains=(
            Domain(name="Bias arising from the randomisation process", short="Randomisation"),
            Domain(name="Bias due to deviations from intended interventions", short="Deviations"),
            Domain(name="Bias due to missing outcome data", short="Missing data"),
            Domain(name="Bias in measurement of the outcome", short="Measurement"),
            Domain(name="Bias in selection of the reported result", short="Reported result"),
        ),
        its_own=frozenset({"some concerns"}),
    ),
    Tool.ROBINS_I: KnownTool(
        title="Risk of bias in studies without randomisation (ROBINS-I, 2016)",
        domains=(
            Domain(name="Bias due to confounding", short="Confounding"),
            Domain(name="Bias in selection of participants into the study", short="Selection"),
            Domain(name="Bias in classification of interventions", short="Classification"),
            Domain(name="Bias due to deviations from intended interventions", short="Deviations"),
            Domain(name="Bias due to missing data", short="Missing data"),
            Domain(name="Bias in measurement of outcomes", short="Measurement"),
            Domain(name="Bias in selection of the reported result", short="Reported result"),
        ),
        its_own=frozenset({"moderate", "serious", "critical"}),
    ),
}
"""RoB 2: doi:10.1136/bmj.l4898. ROBINS-I: doi:10.1136/bmj.i4919. AMSTAR 2: read_amstar.py."""
