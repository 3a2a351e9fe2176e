"""What a review says of itself: entered once, read by the map, the report and the archive."""

from dataclasses import asdict

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.review import about
from evidence.store.review.about import AboutChange
from evidence.synthesis.review_about import ReviewAbout, faults_of

LONGEST_TEXT = 10_000  # letters
LONGEST_LINE = 500
MOST_LINES = 500  # authors, or keywords
CHANGED_MEANWHILE = (
    "Somebody else changed this while you were writing. What you wrote is still here: look at what "
    "it says now, then save again."
)


def current(desk: Desk) -> ReviewAbout:
    """What the review says of itself now."""
    with desk.reading() as c:
        return about.current(c, desk.review_id)


def history(desk: Desk) -> list[AboutChange]:
    """What was entered, newest first."""
    with desk.reading() as c:
        return about.history(c, desk.review_id)


def change(desk: Desk, new: ReviewAbout, *, shown: ReviewAbout | None = None) -> None:
    """Let the review say this of itself; what it said before stays in the history.

    Args:
        desk: of an editor.
        new: what was entered.
        shown: what the person saw before; None takes any.

    Raises:
        Invalid: somebody changed it meanwhile, a text is too long, or an author's line is wrong.
    """
    _check(new)
    with desk.writing(Role.EDITOR) as w:
        now = about.current(w.connection, w.review_id)
        if shown is not None and shown != now:
            raise Invalid(CHANGED_MEANWHILE)
        if new != now:
            about.change(w, new)


def _check(new: ReviewAbout) -> None:
    for fault in faults_of(new):
        raise Invalid(fault)
    lines = [author.name for author in new.authors], new.keywords
    if any(len(each) > MOST_LINES for each in lines):
        raise Invalid(f"Please enter at most {MOST_LINES} authors and {MOST_LINES} keywords.")
    if any(len(line) > LONGEST_LINE for each in lines for line in each):
        raise Invalid(f"An author or keyword has more than {LONGEST_LINE} letters.")
    texts = [value for value in asdict(new).values() if isinstance(value, str)]
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise Invalid(f"A text has more than {LONGEST_TEXT:,} letters; please shorten it.")
