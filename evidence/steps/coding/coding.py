"""Coding studies with a scheme: answers about the study, and its findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evidence.coding.answers import Answer, answer_faults, missing_answers
from evidence.coding.findings import (
    Finding,
    finding_faults,
    hints,
)
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Question, Scheme
from evidence.errors import Invalid, NotFound
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.coding import codings, studies
from evidence.store.coding.codings import Coding, StoredFinding
from evidence.store.coding.studies import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFile:
    """A scheme in the folder of schemes; `fault` says why it cannot be used."""

    file: str
    yaml: str
    scheme: Scheme | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingSheet:
    """One person's coding of one study, ready to be filled in.

    Attributes:
        missing: required questions that are asked and open; empty when it can be completed.
        hints: what does not fit together.
    """

    study: Study
    scheme: Scheme
    coding: Coding | None
    others: tuple[Coding, ...]
    missing: tuple[Question, ...]
    hints: tuple[str, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers so far."""
        return self.coding.answers if self.coding else ()

    @property
    def findings(self) -> tuple[StoredFinding, ...]:
        """All findings so far."""
        return self.coding.findings if self.coding else ()

    @property
    def complete(self) -> bool:
        """Whether this person marked the coding complete."""
        return self.coding is not None and self.coding.state == "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingProgress:
    """How far the coding of a study is.

    Attributes:
        own_state: of the coding by the person at the desk: open, draft or complete.
        coders: all who began to code it.
    """

    study: Study
    own_state: str
    coders: tuple[str, ...]


def scheme_files(settings: Settings) -> list[SchemeFile]:
    """The schemes that lie ready, by file name."""
    return [_read_file(path) for path in sorted(Path(settings.schemes).glob("*.y*ml"))]


def add_scheme(desk: Desk, yaml: str, name: str) -> int:
    """Code the review with this scheme from now on; raises InvalidScheme with every fault."""
    scheme = read(yaml, name)
    with desk.writing(Role.EDITOR, areas=Area.CODING | Area.RESULTS) as w:
        return codings.add_scheme(w, scheme.id, scheme.version, yaml)


def scheme_of(desk: Desk) -> tuple[int, Scheme] | None:
    """The scheme that the review codes with: the one taken last."""
    with desk.reading() as c:
        schemes = codings.schemes(c, desk.review_id)
    return (schemes[-1].id, read(schemes[-1].yaml, schemes[-1].name)) if schemes else None


@lru_cache(maxsize=32)
def read(yaml: str, name: str) -> Scheme:
    """A scheme from its text; reading is pure, so the same text is read once."""
    return load(yaml, name)


def progress(desk: Desk) -> list[CodingProgress]:
    """Every study with how far its coding is."""
    scheme = scheme_of(desk)
    if scheme is None:
        return []
    with desk.reading() as c:
        states = codings.states(c, desk.review_id, scheme[0])
        return [
            CodingProgress(
                study=study,
                own_state=states.get((study.id, desk.person_id), ("open", ""))[0],
                coders=tuple(name for (id_, _), (_, name) in states.items() if id_ == study.id),
            )
            for study in studies.listing(c, desk.review_id)
        ]


def sheet(desk: Desk, study_id: int) -> CodingSheet:
    """The coding of a study by the person at the desk."""
    scheme_id, scheme = _scheme_in_use(desk)
    with desk.reading() as c:
        study = studies.get(c, desk.review_id, study_id)
        listed = codings.of_scheme(c, desk.review_id, scheme_id, study_id=study_id)
    own = next((coding for coding in listed if coding.person_id == desk.person_id), None)
    answers = own.answers if own else ()
    findings = [stored.finding for stored in own.findings] if own else []
    return CodingSheet(
        study=study,
        scheme=scheme,
        coding=own,
        others=tuple(coding for coding in listed if coding is not own),
        missing=missing_answers(scheme, answers),
        hints=hints(scheme, answers, findings),
    )


def set_answer(desk: Desk, study_id: int, new: Answer) -> None:
    """Keep an answer; raises Invalid with what is wrong with it."""
    scheme_id, scheme = _scheme_in_use(desk)
    question = scheme.question(new.question)
    if question is None:
        raise Invalid(f"The scheme has no question {new.question}.")
    _refuse(answer_faults(question, new))
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        codings.put_answer(w, codings.start(w, study_id, scheme_id), new)


def put_finding(desk: Desk, study_id: int, new: Finding, finding_id: int | None = None) -> int:
    """Keep a finding; raises Invalid with what is wrong with it."""
    scheme_id, scheme = _scheme_in_use(desk)
    own = sheet(desk, study_id)
    _refuse(finding_faults(new, scheme, own.answers))
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        return codings.put_finding(w, codings.start(w, study_id, scheme_id), new, finding_id)


def remove_finding(desk: Desk, study_id: int, finding_id: int) -> None:
    """Take a finding away."""
    scheme_id, _ = _scheme_in_use(desk)
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        codings.remove_finding(w, codings.start(w, study_id, scheme_id), finding_id)


def complete(desk: Desk, study_id: int) -> None:
    """Mark the coding complete, so that maps and tables rest on it."""
    desk.require(Role.REVIEWER)
    own = sheet(desk, study_id)
    if own.missing:
        open_ = ", ".join(f"“{question.text}”" for question in own.missing)
        raise Invalid(f"Before the coding is complete, please answer: {open_}.")
    _set_state(desk, study_id, "complete")


def reopen(desk: Desk, study_id: int) -> None:
    """Make the coding a draft again."""
    _set_state(desk, study_id, "draft")


def _set_state(desk: Desk, study_id: int, state: str) -> None:
    scheme_id, _ = _scheme_in_use(desk)
    with desk.writing(Role.REVIEWER, areas=Area.CODING) as w:
        codings.set_state(w, codings.start(w, study_id, scheme_id), state)


def _scheme_in_use(desk: Desk) -> tuple[int, Scheme]:
    scheme = scheme_of(desk)
    if scheme is None:
        raise NotFound("coding scheme in this review yet; take one on the page", "Coding")
    return scheme


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise Invalid(" ".join(faults))


def _read_file(path: Path) -> SchemeFile:
    yaml = path.read_text(encoding="utf-8")
    try:
        return SchemeFile(file=path.name, yaml=yaml, scheme=read(yaml, path.name))
    except Invalid as error:
        return SchemeFile(file=path.name, yaml=yaml, scheme=None, fault=str(error))
