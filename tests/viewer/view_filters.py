"""The filters of a view from the raw studies: searches and what changed among them."""

from evidence.synthesis.map_document import MapContent, texts_of, words_of
from evidence.synthesis.map_filters import Filters, filters_of
from evidence.synthesis.map_search.search_terms import CodeNames
from evidence.synthesis.map_search.searches import read_searches, studies_found
from evidence.synthesis.map_view import MapView
from tests.viewer.random_reviews import RandomReview


def view_filters(review: RandomReview, view: MapView) -> Filters:
    """What a view asks of studies and findings."""
    content = review.content
    found = _searched(content, view)
    return filters_of(view, content.dimensions, words_of(content), found, review.changes)


def _searched(content: MapContent, view: MapView) -> frozenset[int] | None:
    """The studies that the search of the view finds; None where none is shown."""
    if view.search is None:
        return None
    searches = read_searches(view.searches, CodeNames(content.dimensions))
    found = studies_found(searches, content.studies, content.dimensions, texts_of(content))
    return found[view.search - 1]
