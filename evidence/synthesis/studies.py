"""A coded study as synthesis sees it, whatever store, file or page it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.coding.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStudy:
    """One study with its agreed coding.

    Attributes:
        id: of the study, not of one of the works that report it.
        label: as people cite it, for example "Burns 2009".
        year: of the study's first report.
        codes: option ids by question id, for the questions about the study.
        arms: by uid of an arm, how many people it had, as typed; empty where nobody said.
    """

    id: int
    label: str
    year: int | None
    codes: Mapping[str, frozenset[str]]
    findings: tuple[Finding, ...] = ()
    arms: Mapping[str, str] = field(default_factory=dict)
