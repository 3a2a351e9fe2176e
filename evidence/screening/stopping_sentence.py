"""How much that is relevant is probably still unread, in one plain sentence."""

from evidence.screening.stopping_rules import TOO_WIDE, ReadingProgress, StoppingSettings
from evidence.screening.stopping_tests import Sample, StillUnread, still_unread


def bounded_unread(progress: ReadingProgress, settings: StoppingSettings) -> StillUnread | None:
    """How many relevant works are probably unread; None where random works cannot tell."""
    sample = progress.sample
    if not progress.unread or not sample.size:
        return None
    left = still_unread(sample, settings.confidence)
    unread = sample.among - sample.read
    too_wide = not sample.relevant and left.fewer_than > TOO_WIDE * unread
    return None if left.fewer_than > unread or too_wide else left


def in_short(progress: ReadingProgress, settings: StoppingSettings) -> str:
    """How many relevant works are probably still unread, in one plain sentence.

    It speaks by the random sample alone, and says so where that cannot tell.
    """
    if not progress.unread:
        return "All works are read; nothing relevant can be left."
    sample = progress.sample
    if not sample.size:
        return (
            "How many relevant works are still unread cannot be said: no work that was drawn at "
            f"random is read yet (those of pilots are not counted). {progress.unread:,} are unread."
        )
    left = bounded_unread(progress, settings)
    sure = f"{settings.confidence:.0%} sure"
    if left is None:
        return f"{_random_read(sample)}: too few to say how many relevant works are still unread."
    if left.fewer_than <= 1:
        return f"Probably no relevant work is still unread; {sure}."
    at_most = left.fewer_than - 1
    if left.likeliest is None:
        return (
            f"No relevant work came up at random; {sure} at most {at_most:,} "
            f"{'is' if at_most == 1 else 'are'} still unread."
        )
    works = "work is" if left.likeliest == 1 else "works are"
    about = f"about {left.likeliest:,}" if left.likeliest else "no"
    return f"Probably {about} relevant {works} still unread; {sure} at most {at_most:,}."


def _random_read(sample: Sample) -> str:
    works = "1 work was" if sample.size == 1 else f"{sample.size:,} works were"
    return f"Only {works} read at random"
