"""How far the coders of a review agree, scheme by scheme.

Compared are complete codings that the person at the desk may see; of a study that they are coding
themselves they hear nothing, not even a number. While a pilot runs, those who edit the review see
figures of it that tell no answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.coding.agreement import words
from evidence.coding.agreement.compared import ComparedStudy, questions_left_out
from evidence.coding.agreement.disagreements import Difference, differences
from evidence.coding.agreement.measure import CoderAgreement, agreement_with_pairs
from evidence.coding.agreement.while_blind import BlindFigures, figures_while_blind
from evidence.coding.judged_findings import judged_uids
from evidence.coding.scheme import Question, Scheme
from evidence.errors import NotAllowed
from evidence.steps.coding import judged_findings, schemes
from evidence.steps.coding.codings_export import FOR_THE_TEAM
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, permission
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import compared_codings
from evidence.store.coding.compared_codings import ComparedCodings

PAIR = 2
FOR_EDITORS = (
    "How far people agree while a pilot runs is shown to those who edit the review; all see it "
    "when the pilot is over."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAgreement:
    """How far people agree who coded the same studies with one scheme.

    Attributes:
        agreed: of all who completed a study that somebody else completed, too.
        pairs: of each two of them, where they are more than two.
        sentence: for the methods of a report.
        left_out: questions that are not compared: words, and what is asked of findings.
        changed: codings that say something else since another one of their study could be read;
            compared is what they said before.
    """

    scheme: Scheme
    agreed: CoderAgreement
    pairs: tuple[CoderAgreement, ...]
    sentence: str
    left_out: tuple[Question, ...]
    changed: int = 0


@made_from(Area.CODING | Area.RESULTS)
def measure(desk: Desk, scheme_id: int, pilot_id: int | None = None) -> ReviewAgreement:
    """How far the coders agree, in all studies or in those of a pilot.

    Raises:
        NotAllowed: the person is not in the team.
        NotFound: the review has no such scheme.
    """
    scheme = schemes.get(desk, scheme_id).scheme
    with _codings(desk, scheme_id, scheme, pilot_id) as (compared, studies):
        coders, changed = compared.coders, len(compared.stood)
        agreed, pairs = agreement_with_pairs(scheme, studies, coders)
    return ReviewAgreement(
        scheme=scheme,
        agreed=agreed,
        pairs=pairs if len(coders) > PAIR else (),
        sentence=words.sentence(agreed, scheme),
        left_out=questions_left_out(scheme),
        changed=changed,
    )


@made_from(Area.CODING | Area.RESULTS)
def differing(
    desk: Desk, scheme_id: int, question: str = "", code: str = "", pilot_id: int | None = None
) -> tuple[Difference, ...]:
    """The units on which people differ: of all questions, of one, or of one of its codes.

    Raises:
        NotAllowed: the person is not in the team.
        NotFound: the review has no such scheme.
    """
    scheme = schemes.get(desk, scheme_id).scheme
    with _codings(desk, scheme_id, scheme, pilot_id) as (compared, studies):
        return tuple(
            each
            for each in differences(scheme, studies, compared.coders)
            if question in {"", each.question} and code in {"", each.code}
        )


def while_pilot_runs(desk: Desk, scheme_id: int, pilot_id: int) -> BlindFigures:
    """How far the people of a pilot agree before all are done: figures, and neither studies nor
    answers, for those who edit the review.

    Of studies that the person at the desk codes or is still to code nothing is counted.

    Raises:
        NotAllowed: the person does not edit the review.
        NotFound: the review has no such scheme.
    """
    scheme = schemes.get(desk, scheme_id).scheme
    with desk.reading() as c:
        if permission.standing(c, desk.review_id, desk.person_id).role < Role.EDITOR:
            raise NotAllowed(FOR_EDITORS)
        compared = compared_codings.compared_blind(
            c, desk.review_id, scheme_id, desk.person_id, pilot_id
        )
        return figures_while_blind(scheme, _units(desk, c, scheme, compared), compared.coders)


def figures_table(desk: Desk, scheme_id: int, pilot_id: int | None = None) -> bytes:
    """All figures as a CSV, those of pairs below those of all."""
    measured = measure(desk, scheme_id, pilot_id)
    rows = (row for each in (measured.agreed, *measured.pairs) for row in words.figure_rows(each))
    return b"".join(csv_pieces(words.FIGURES_HEAD, rows))


def differences_table(desk: Desk, scheme_id: int, pilot_id: int | None = None) -> bytes:
    """What people differ on as a CSV: study, arm, what was asked, and what each said."""
    scheme = schemes.get(desk, scheme_id).scheme
    with _codings(desk, scheme_id, scheme, pilot_id) as (compared, studies):
        coders = compared.coders
        rows = words.difference_rows(differences(scheme, studies, coders), coders)
        return b"".join(csv_pieces(words.difference_head(coders), rows))


@contextmanager
def _codings(
    desk: Desk, scheme_id: int, scheme: Scheme, pilot_id: int | None
) -> Iterator[tuple[ComparedCodings, Iterator[ComparedStudy]]]:
    """The codings, and the studies as they are read from the database."""
    with desk.reading() as c:
        if not permission.standing(c, desk.review_id, desk.person_id).belongs:
            raise NotAllowed(FOR_THE_TEAM)
        compared = compared_codings.compared(c, desk.review_id, scheme_id, desk.person_id, pilot_id)
        yield compared, _units(desk, c, scheme, compared)


def _units(
    desk: Desk, c: Connection, scheme: Scheme, compared: ComparedCodings
) -> Iterator[ComparedStudy]:
    """The studies that are compared; with a scheme that judges findings each of these that all
    judged stands where an arm does.
    """
    for study in compared.studies(c):
        if not scheme.judges_findings:
            yield study
            continue
        uids = set.intersection(*(set(judged_uids(rows)) for rows in study.rows.values()))
        labels = judged_findings.labels_of(
            c, desk.review_id, int(study.id), sorted(uids), desk.person_id
        )
        yield replace(study, arms=labels)
