"""Loading what pages need before the first visitor comes."""

from evidence.steps import importing, reviews, screening, studies  # noqa: F401


def everything() -> None:
    """The imports above did it; readers and charts come with them."""
