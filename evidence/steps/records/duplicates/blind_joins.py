"""Joining works by hand without opening votes that are blind.

A join adds the votes on both works together, and enough of them close the work for all to read.
Somebody who still has to vote could join an open work to a closed one, read, part them, and vote.
"""

from collections.abc import Collection

from evidence.errors import NotAllowed
from evidence.steps.records.duplicates.form_works import form_works
from evidence.store import Write
from evidence.store.records import records_of_works
from evidence.store.screening import decision_queries

OPENS_VOTES = (
    "Joining these would show you what a colleague said of “{title}”, of which you have said "
    "nothing yet. Nothing was joined. Decide on it first, or let somebody join them who has."
)


def form_works_blind(write: Write, record_ids: Collection[int]) -> None:
    """Form the works of these records after what a person said of them.

    Raises:
        NotAllowed: it would open a colleague's vote on a work of which the person who acts has
            said nothing. The transaction is to be given up.
    """
    c, review_id, person_id = write.connection, write.review_id, write.person_id
    memberships = records_of_works.memberships(c, review_id, record_ids)
    work_ids = {membership.work_id for membership in memberships}
    hidden = decision_queries.hidden_votes(c, review_id, person_id, work_ids)
    form_works(write, record_ids)
    opened = decision_queries.known_of(c, person_id, hidden)
    if opened:
        raise NotAllowed(OPENS_VOTES.format(title=hidden[min(opened)]))
