"""The findings of a study, for a scheme that judges them: which there are, and their names."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from evidence.coding.judged_findings import JudgedFinding, Stands, finding_label
from evidence.coding.scheme import Scheme
from evidence.steps.coding import schemes
from evidence.steps.coding.schemes import TakenScheme
from evidence.store import Connection
from evidence.store.coding import arms, judged_findings
from evidence.store.coding import schemes as stored_schemes
from evidence.store.coding.codings import StoredFinding
from evidence.store.coding.judged_findings import Origin

UNSEEN = "A finding of another coding"
NO_SUCH = "The study has no such finding for you to judge, so this was not kept; reload the page."


def coded_with(connection: Connection, review_id: int) -> TakenScheme | None:
    """The scheme with which the findings of a review are coded, on which its results rest."""
    newest = stored_schemes.newest(connection, review_id)
    return schemes.first_for_coding([schemes.taken_version(version) for version in newest])


def of_study(
    connection: Connection,
    review_id: int,
    study_id: int,
    person_id: int,
    judged: Collection[str],
) -> tuple[JudgedFinding, ...]:
    """The findings that a person can judge, in their order, then those that they judged before.

    Args:
        connection: to the database.
        review_id: of the review.
        study_id: of the study.
        person_id: who judges.
        judged: uids of findings of which something is said already.
    """
    taken = coded_with(connection, review_id)
    if taken is None:
        return ()
    offered = judged_findings.offered(connection, review_id, taken.id, study_id, person_id)
    there = {one.uid for one in offered}
    others = [uid for uid in judged if uid not in there]
    before = judged_findings.named(connection, study_id, others, person_id)
    times = {point.uid: point.label for point in arms.time_points_of(connection, study_id)}
    listed = [*offered, *(before[uid] for uid in judged if uid in before)]
    known = [_judged(one, number, taken.scheme, times) for number, one in enumerate(listed, 1)]
    origins = judged_findings.origins(connection, study_id, [one.uid for one in listed])
    counting = next((origins[one.uid] for one in offered if one.uid in origins), None)
    if counting is not None:
        became = judged_findings.became(connection, counting) if counting.is_agreed else {}
        known = [_standing(one, counting, there, origins, became, person_id) for one in known]
    lost = (uid for uid in others if uid not in before)
    return (*known, *(JudgedFinding(uid=uid, label=UNSEEN, removed=True) for uid in lost))


def _standing(
    one: JudgedFinding,
    counting: Origin,
    there: Collection[str],
    origins: Mapping[str, Origin],
    became: Mapping[str, str],
    person_id: int,
) -> JudgedFinding:
    """A finding with whether it counts, beside the coding of which findings are offered."""
    if one.uid in there:
        return replace(one, stands=Stands.AGREED if counting.is_agreed else Stands.PLAIN)
    if not counting.is_agreed and counting.person_id == person_id:
        return one  # others are judged again when it is known which coding counts
    origin = origins.get(one.uid)
    own = origin is not None and origin.person_id == person_id and not origin.is_agreed
    to = became.get(one.uid, "")
    stands = Stands.OWN if own else Stands.OTHER
    return replace(one, stands=stands, became=to if own and to in there else "")


def why_not(connection: Connection, review_id: int, study_id: int, person_id: int, uid: str) -> str:
    """Why nothing can be said of a finding; "" where the person can judge it.

    A finding of their own stays open to them when another coding counts: what they said of it and
    moved to the agreed finding can be put back.
    """
    taken = coded_with(connection, review_id)
    if taken is not None:
        offered = judged_findings.offered(connection, review_id, taken.id, study_id, person_id)
        if any(one.uid == uid for one in offered):
            return ""
    found = judged_findings.named(connection, study_id, [uid], person_id).get(uid)
    origin = judged_findings.origins(connection, study_id, [uid]).get(uid)
    own = origin is not None and origin.person_id == person_id and not origin.is_agreed
    return "" if own and found is not None and not found.removed else NO_SUCH


def labels_of(
    connection: Connection, review_id: int, study_id: int, uids: Collection[str], person_id: int
) -> dict[str, str]:
    """How findings of a study are called, by uid, for a person; those of a coding that must not
    reach them have no name.
    """
    taken = coded_with(connection, review_id)
    found = judged_findings.named(connection, study_id, uids, person_id)
    times = {point.uid: point.label for point in arms.time_points_of(connection, study_id)}
    return {
        uid: _judged(found[uid], number, taken.scheme, times).label
        if taken and uid in found
        else UNSEEN
        for number, uid in enumerate(uids, 1)
    }


def _judged(
    stored: StoredFinding, number: int, scheme: Scheme, times: dict[str, str]
) -> JudgedFinding:
    label = finding_label(stored.fields, scheme, times, number)
    return JudgedFinding(uid=stored.uid, label=label, removed=stored.removed)
