"""What the review found of views and process, with the confidence that people have in it."""

import secrets
from dataclasses import replace

from evidence.citations.text import visible
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role, Write
from evidence.store.area_versions import NOTHING
from evidence.store.coding import studies
from evidence.store.results import review_findings
from evidence.store.results.review_findings import FindingChange
from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.reasons import LONGEST_REASON

LONGEST_STATEMENT = 3000  # characters
MOST_FINDINGS = 200
AREAS = NOTHING  # no area's answers change: findings are asked for each time
MEANWHILE = (
    "Somebody else changed this finding meanwhile, so nothing was kept. Reload the page to see it, "
    "then try again."
)


def current(desk: Desk) -> dict[str, FindingChange]:
    """The findings as they stand, by uid, with who changed each last and when."""
    with desk.reading() as c:
        return review_findings.current(c, desk.review_id)


def history(desk: Desk) -> list[FindingChange]:
    """All changes, newest first."""
    with desk.reading() as c:
        return review_findings.history(c, desk.review_id)


def labels(desk: Desk) -> dict[int, str]:
    """The studies that a finding can rest on, by id."""
    with desk.reading() as c:
        return studies.labels(c, desk.review_id)


def add(desk: Desk, statement: str) -> str:
    """Add a finding of which nothing is judged yet; gives its uid."""
    finding = ReviewFinding(uid=secrets.token_hex(8), statement=visible(statement))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        _check(w, finding)
        if len(review_findings.current(w.connection, desk.review_id)) >= MOST_FINDINGS:
            raise Invalid(f"A review can have up to {MOST_FINDINGS} findings of this kind.")
        review_findings.put(w, finding)
    return finding.uid


def change(desk: Desk, finding: ReviewFinding, before: ReviewFinding) -> None:
    """Say anew what was found, on which studies it rests and how far one relies on it.

    What is open may stay open.

    Args:
        desk: of an editor.
        finding: as it is to be.
        before: as the person saw it when they began.

    Raises:
        Invalid: somebody else changed it meanwhile, or it cannot be.
    """
    finding = replace(finding, statement=visible(finding.statement))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        _require_unchanged(w, before)
        _check(w, finding)
        if finding != before:
            review_findings.put(w, finding)


def remove(desk: Desk, before: ReviewFinding) -> None:
    """Take a finding away; what it said stays in the history.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        _require_unchanged(w, before)
        review_findings.remove(w, before)


def bring_back(desk: Desk, uid: str) -> None:
    """Let a finding that was taken away say what it said last.

    Raises:
        Invalid: it was not taken away.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        newest = next(
            (
                each
                for each in review_findings.history(w.connection, desk.review_id)
                if each.finding.uid == uid
            ),
            None,
        )
        if newest is None or not newest.is_removed:
            raise Invalid("This finding was not taken away; reload the page.")
        review_findings.put(w, newest.finding)


def _require_unchanged(write: Write, before: ReviewFinding) -> None:
    now = review_findings.current(write.connection, write.review_id).get(before.uid)
    if now is None or now.finding != before:
        raise Invalid(MEANWHILE)


def _check(write: Write, finding: ReviewFinding) -> None:
    if not finding.statement:
        raise Invalid("Write what was found, in a sentence or two.")
    if len(finding.statement) > LONGEST_STATEMENT:
        raise Invalid(
            f"A finding can have up to {LONGEST_STATEMENT:,} characters; this one has "
            f"{len(finding.statement):,}."
        )
    reasons = [concern.reason for concern in finding.components.values()]
    if max(map(len, (*reasons, finding.reason))) > LONGEST_REASON:
        raise Invalid(f"A reason can have up to {LONGEST_REASON:,} characters; shorten it.")
    known = studies.labels(write.connection, write.review_id)
    if len(set(finding.study_ids)) < len(finding.study_ids) or not known.keys() >= set(
        finding.study_ids
    ):
        raise Invalid("A study that was chosen is not there any more; reload the page.")
