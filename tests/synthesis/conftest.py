from collections.abc import Callable, Mapping

import pytest

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import (
    Axis,
    Judges,
    Of,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.synthesis.studies import CodedStudy


@pytest.fixture
def finding() -> Callable[..., Finding]:
    def made(
        intervention: str = "ips",
        outcome: str = "symptoms",
        direction: Direction = Direction.BETTER,
        contrast: str = "arms",
        n: int | None = None,
    ) -> Finding:
        return Finding(
            intervention=intervention,
            outcome=outcome,
            contrast=contrast,
            direction=direction,
            n_intervention=n,
        )

    return made


@pytest.fixture
def study() -> Callable[..., CodedStudy]:
    numbers = iter(range(1, 1_000))

    def made(
        *findings: Finding, year: int | None = None, codes: Mapping[str, set[str]] | None = None
    ) -> CodedStudy:
        number = next(numbers)
        coded = {question: frozenset(options) for question, options in (codes or {}).items()}
        return CodedStudy(
            id=number, label=f"Study {number}", year=year, codes=coded, findings=findings
        )

    return made


@pytest.fixture
def scheme() -> Scheme:
    """Two levels of interventions, two questions on outcomes, one about the study."""
    work = Option(
        id="work",
        label="Work",
        options=(Option(id="ips", label="IPS"), Option(id="sheltered", label="Sheltered")),
    )
    questions = (
        Question(
            id="country",
            text="Country",
            kind=QuestionKind.MANY,
            options=(Option(id="uk", label="UK"), Option(id="us", label="US")),
        ),
        Question(
            id="intervention",
            text="Interventions",
            kind=QuestionKind.TREE,
            of=Of.FINDING,
            axis=Axis.INTERVENTION,
            options=(work, Option(id="education", label="Education")),
        ),
        Question(
            id="health",
            text="Health outcomes",
            kind=QuestionKind.ONE,
            of=Of.FINDING,
            axis=Axis.OUTCOME,
            options=(
                Option(id="symptoms", label="Symptoms"),
                Option(id="relapse", label="Relapse"),
            ),
        ),
        Question(
            id="social",
            text="Social outcomes",
            kind=QuestionKind.ONE,
            of=Of.FINDING,
            axis=Axis.OUTCOME,
            options=(Option(id="esteem", label="Self-esteem"),),
        ),
        Question(id="user-led", text="User-led", kind=QuestionKind.YES_NO),
        Question(id="size", text="People", kind=QuestionKind.NUMBER),
    )
    return Scheme(
        id="s",
        title="S",
        version="1",
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        sections=(Section(title="All", questions=questions),),
    )
