"""The knowledge review behind the example, as its digest states it; other reviews have none."""

from functools import cache

import yaml

from evidence.settings import ROOT
from evidence.steps.desk import Desk
from evidence.store.review import reviews
from evidence.synthesis.practice.knowledge_review import KnowledgeReview, knowledge_review

FILE = ROOT / "data" / "founding" / "knowledge_review.yaml"


@cache
def as_its_digest_states_it() -> KnowledgeReview:
    """What comes with the program."""
    return knowledge_review(yaml.safe_load(FILE.read_text(encoding="utf-8")), FILE.name)


def of_example(desk: Desk) -> KnowledgeReview | None:
    """What stands beside the example's own records; None in any other review."""
    with desk.reading() as c:
        is_example = reviews.get(c, desk.review_id).demonstration
    return as_its_digest_states_it() if is_example else None
