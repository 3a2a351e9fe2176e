"""Counts of a document are those of the studies that it was made of."""

import pytest

from evidence.exports import document_counts
from evidence.synthesis import study_counts
from evidence.synthesis.map_document import as_json, map_document
from tests.viewer.random_reviews import random_review


@pytest.mark.parametrize("seed", range(40))
def test_a_document_is_counted_as_its_studies_are(seed: int) -> None:
    content = random_review(seed).content
    document = map_document(content)
    ids = [study.id for study in content.studies]
    pairs = [(document_counts.by_year(document), study_counts.by_year(content.studies))]
    for dimension, columns in zip(content.dimensions, document["dimensions"], strict=True):  # type: ignore[call-overload]
        pairs.append(
            (
                document_counts.by_heading(document, columns),
                study_counts.by_option(content.studies, dimension),
            )
        )
    for ours, expected in pairs:
        lines = [frozenset(ids[at] for at in line.studies) for line in ours.lines]
        assert lines == [line.studies for line in expected.lines]
        assert [line.id for line in ours.lines] == [line.id for line in expected.lines]
        assert frozenset(ids[at] for at in ours.without) == expected.without
        assert (ours.title, ours.total) == (expected.title, expected.total)
    assert as_json(document) == as_json(map_document(content))
