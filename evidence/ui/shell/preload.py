"""Loading what pages need before the first visitor comes."""

from evidence.steps.coding import studies  # noqa: F401
from evidence.steps.records.importing import imports  # noqa: F401
from evidence.steps.review import reviews  # noqa: F401
from evidence.steps.screening import screening_page  # noqa: F401


def everything() -> None:
    """The imports above did it; readers and charts come with them."""
