"""What stays here leaves nothing behind in a document, and the rest is as if it had never been."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.synthesis.map_address import from_address
from evidence.synthesis.map_document import ALL_TEXTS, LongTexts, map_document
from evidence.synthesis.map_view import default_view
from evidence.synthesis.public_map import (
    document_dimensions,
    without_dimensions,
    without_studies,
    without_texts,
)
from tests.viewer.random_reviews import random_review

REVIEW_OR_ONGOING = 3
SEEDS = st.integers(0, 500)


@settings(max_examples=30)
@given(
    seed=SEEDS,
    texts=st.builds(
        LongTexts, abstracts=st.booleans(), quotations=st.booleans(), notes=st.booleans()
    ),
)
def test_a_document_without_texts_is_the_one_that_was_made_without(
    seed: int, texts: LongTexts
) -> None:
    content = random_review(seed).content
    assert without_texts(map_document(content), texts) == map_document(content, texts)
    assert without_texts(map_document(content), ALL_TEXTS) == map_document(content)


@settings(max_examples=30)
@given(seed=SEEDS, chosen=st.sets(st.integers(0, 29)))
def test_a_document_without_studies_is_the_one_that_was_made_without(
    seed: int, chosen: set[int]
) -> None:
    content = random_review(seed).content
    hidden = {study.id for at, study in enumerate(content.studies) if at in chosen}
    left = tuple(study for study in content.studies if study.id not in hidden)
    document: dict[str, Any] = without_studies(map_document(content), hidden)
    view = content.view if content.view.study not in hidden else replace(content.view, study=None)
    made: dict[str, Any] = map_document(replace(content, studies=left, view=view))
    for part in ("dimensions", "studies", "findings", "view", "gaps"):
        assert document[part] == made[part]
    assert (
        document.get("notes", {"study": []})["study"] == made.get("notes", {"study": []})["study"]
    )
    assert document["strays"] in ([], made["strays"])  # a count that tells of what is hidden goes


@settings(max_examples=30)
@given(seed=SEEDS, number=st.integers(0, 12))
def test_a_dimension_that_stays_out_leaves_no_trace_but_what_a_review_is(
    seed: int, number: int
) -> None:
    whole: dict[str, Any] = map_document(random_review(seed).content)
    ids = [dimension["id"] for dimension in whole["dimensions"]]
    hidden = {ids[number % len(ids)]}
    document: dict[str, Any] = without_dimensions(whole, hidden)
    assert [each["id"] for each in document["dimensions"]] == [i for i in ids if i not in hidden]
    for before, now in zip(whole["studies"]["roles"], document["studies"]["roles"], strict=True):
        assert now & before == now  # nothing new is said, and reviews stay reviews
        assert now & REVIEW_OR_ONGOING == before & REVIEW_OR_ONGOING
    assert document["studies"] | {"roles": []} == whole["studies"] | {"roles": []}
    assert all(stray[0] not in hidden for stray in document["strays"])
    assert not hidden & {i for mark in document["gaps"]["not_applicable"] for i in mark[::2]}
    assert without_dimensions(whole, set()) == whole


@pytest.mark.parametrize("seed", range(20))
def test_the_dimensions_of_a_document_read_addresses_as_those_it_was_made_from(seed: int) -> None:
    review = random_review(seed)
    content, document = review.content, map_document(review.content)
    dimensions, ids = document_dimensions(document), {study.id for study in content.studies}
    assert default_view(dimensions) == default_view(content.dimensions)
    address = str(document["view"])
    assert from_address(address, dimensions, ids) == from_address(address, content.dimensions, ids)
