"""What becomes of somebody's works when they leave a team, in words."""

from evidence.steps.review.team import Departure
from evidence.ui.shell.wording import number, plain


def departure_words(departure: Departure, name: str) -> str:
    """What stands, what goes back, and what is decided by it."""
    sentences = [f"{number(departure.decided, 'decision')} of {plain(name)} will stand."]
    if departure.held:
        held = number(departure.held, "work that they hold goes", "works that they hold go")
        sentences.append(f"{held} back to the others.")
    if departure.unread:
        sentences.append(
            f"{number(departure.unread, 'work')} of these wait for nobody then, because people "
            "read only what is assigned to them: assign them anew."
        )
    if departure.closed:
        works = number(departure.closed, "work of a pilot waits", "works of pilots wait")
        sentences.append(
            f"{works} for them alone: without them it is decided what these come to, and all can "
            "see what was said."
        )
    sentences.append("They can be taken back at any time.")
    return " ".join(sentences)
