"""How far two people agree whose codings or decisions stand in files, without a review.

The files come in halves: those of the first person, then those of the second in the same order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from evidence.coding.agreement.compared import TWO_CODERS, ComparedStudy
from evidence.coding.agreement.disagreements import Difference, differences
from evidence.coding.agreement.measure import CoderAgreement, agreement
from evidence.coding.agreement.words import sentence
from evidence.coding.scheme import Scheme
from evidence.eppi.double_coding import double_coding
from evidence.eppi.export import Export
from evidence.eppi.json_text import may_be_eppi
from evidence.eppi.read_export import Unreadable, read_export
from evidence.errors import Invalid
from evidence.steps.screening.double_screening import double_screening

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementOfFiles:
    """How far the two people agree.

    Attributes:
        pairs: the names of the files that belong together.
        sentence: for the methods of a report.
        remarks: what should be known beside the figures.
        left_out: what a file holds and is not compared.
    """

    scheme: Scheme
    studies: Sequence[ComparedStudy]
    pairs: Sequence[tuple[str, str]]
    agreed: CoderAgreement
    sentence: str
    remarks: Sequence[str]
    left_out: Sequence[str]

    def differences(self) -> Iterator[Difference]:
        """What they differ on."""
        return differences(self.scheme, self.studies, TWO_CODERS)


def agreement_of_files(paths: Sequence[Path]) -> AgreementOfFiles:
    """Compare the files of two people.

    Args:
        paths: an even number; exports of EPPI-Reviewer, or files with screening decisions.

    Raises:
        Invalid: an odd number, kinds that cannot be compared, or a file that cannot be used.
    """
    if not paths or len(paths) % 2:
        raise Invalid(
            f"{len(paths)} files were named; name an even number: first those of one coder, then "
            "those of the other in the same order."
        )
    contents = [(path.name, path.read_bytes()) for path in paths]
    coded = [may_be_eppi(content) for _, content in contents]
    if any(coded) and not all(coded):
        name = contents[coded.index(False)][0]
        raise Invalid(
            f"{name} is no export of EPPI-Reviewer, and others are; compare files of one kind."
        )
    compared = (
        double_coding(_halves([_export(*each) for each in contents]))
        if all(coded)
        else double_screening(_halves(contents))
    )
    agreed = agreement(compared.scheme, compared.studies, TWO_CODERS)
    return AgreementOfFiles(
        scheme=compared.scheme,
        studies=compared.studies,
        pairs=[(first.name, second.name) for first, second in _halves(paths)],
        agreed=agreed,
        sentence=sentence(agreed, compared.scheme),
        remarks=(*_same(contents), *compared.remarks),
        left_out=compared.left_out,
    )


def _halves(whole: Sequence[T]) -> list[tuple[T, T]]:
    """Each of the first half with its fellow of the second."""
    half = len(whole) // 2
    return list(zip(whole[:half], whole[half:], strict=True))


def _export(name: str, content: bytes) -> Export:
    export = read_export(content, name)
    if isinstance(export, Unreadable):
        raise Invalid(
            f"{name} cannot be read: {export.reason}. Export the coding report from EPPI-Reviewer "
            "again, as JSON."
        )
    return export


def _same(contents: Sequence[tuple[str, bytes]]) -> Iterator[str]:
    """A word where a file stands against itself, as by a slip of the order."""
    for (name, content), (other, others) in _halves(contents):
        if content == others:
            yield f"{name} and {other} are the same file, so the figures say nothing of two people."
