"""What leaves a review of its codings: studies with what was said of them, and the schemes.

Frozen values without a database: what is written to tables, and what is read back from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an export is of.

    Attributes:
        review: the title of the review.
        person: for whom it was made; what they may see is in it.
        made_at: when.
        withheld: how many complete codings of colleagues are left out, since the person is coding
            these studies.
    """

    review: str
    person: str
    made_at: datetime
    withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedScheme:
    """A version of a coding scheme, whole.

    Attributes:
        name: the scheme's own id, which all its versions have.
        number: of the version among those that the review took, counted from 1.
        version: as the scheme says it.
    """

    name: str
    number: int
    version: str
    yaml: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedReport:
    """A work that reports a study."""

    work_id: int
    title: str
    authors: str = ""
    year: int | None = None
    journal: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedArm:
    """A group of people that a study compares; `removed` where it was taken away later."""

    uid: str
    label: str
    people: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedTimePoint:
    """A time at which a study measured something; `removed` where it was taken away later."""

    uid: str
    label: str
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedAnswer:
    """What one coding says to one question, or of one of its codes, for one arm.

    Attributes:
        question: its id, without the scheme, which is that of the coding.
        code: the option's id; "" for what is said to the question itself.
        arm: the uid of the arm, or of the judged finding; "" for the whole study.
        scheme_version: number of the version that was seen.
    """

    question: str
    code: str = ""
    arm: str = ""
    chosen: bool = False
    value: str = ""
    note: str = ""
    scheme_version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFinding:
    """A finding as it was typed; `fields` by name as coding.finding_fields lists them."""

    uid: str
    fields: Mapping[str, str]
    scheme_version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedQuotation:
    """Words of a report on which an answer or a finding rests.

    Attributes:
        question, code, arm: the answer; "" where a finding rests on the words.
        finding: its uid; "" where an answer rests on them.
        part: title, abstract or file.
        document: name of the file; "" for title or abstract.
        sha256: of the file, by which it is known wherever it lies.
        page: counted from 1; 0 for title or abstract.
        start, end: places in the text of the page, the title or the abstract.
    """

    uid: str
    question: str = ""
    code: str = ""
    arm: str = ""
    finding: str = ""
    work_id: int
    part: str
    document: str = ""
    sha256: str = ""
    page: int = 0
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedCoding:
    """What one person coded of one study with one scheme.

    Attributes:
        scheme: the scheme's own id.
        coder_id: tells people of one name apart.
        state: draft or complete.
        is_agreed: what several codings of the study came to; `coder` began to reconcile them.
    """

    id: int
    scheme: str
    coder_id: int
    coder: str
    state: str
    changed_at: datetime
    completed_at: datetime | None = None
    is_agreed: bool = False
    answers: tuple[ExportedAnswer, ...] = ()
    findings: tuple[ExportedFinding, ...] = ()
    quotations: tuple[ExportedQuotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedStudy:
    """A study with all that leaves of it; `kind` is study or practice."""

    id: int
    label: str
    kind: str
    reports: tuple[ExportedReport, ...] = ()
    arms: tuple[ExportedArm, ...] = ()
    time_points: tuple[ExportedTimePoint, ...] = ()
    codings: tuple[ExportedCoding, ...] = ()

    @property
    def year(self) -> int | None:
        """Of the first report."""
        years = (report.year for report in self.reports if report.year is not None)
        return min(years, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is of each in an export."""

    studies: int = 0
    codings: int = 0
    answers: int = 0
    findings: int = 0
    quotations: int = 0
    schemes: int = 0

    def with_study(self, study: ExportedStudy) -> "Counts":
        """These counts and what a further study has."""
        return Counts(
            studies=self.studies + 1,
            codings=self.codings + len(study.codings),
            answers=self.answers + sum(len(coding.answers) for coding in study.codings),
            findings=self.findings + sum(len(coding.findings) for coding in study.codings),
            quotations=self.quotations + sum(len(coding.quotations) for coding in study.codings),
            schemes=self.schemes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that leaves."""

    about: About | None
    schemes: tuple[ExportedScheme, ...] = ()
    studies: tuple[ExportedStudy, ...] = ()

    @property
    def counts(self) -> Counts:
        """How much there is of each."""
        counts = Counts(schemes=len(self.schemes))
        for study in self.studies:
            counts = counts.with_study(study)
        return counts
