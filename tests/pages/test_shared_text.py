"""Boxes that several people write in: no redraw takes away what is being typed in one of them."""

import pytest

from tests.pages.conftest import Open

BOXES = (
    "Title",
    "Question",
    "Inclusion criteria",
    "Reasons for exclusion",
    "Terms that speak for inclusion",
    "Terms that speak for exclusion",
)


@pytest.mark.parametrize("written", BOXES)
def test_a_redraw_sets_no_box_in_which_somebody_may_be_typing(
    empty_app: Open, written: str
) -> None:
    """The browser throws away what it has not sent yet of a box that the server sets."""
    at = empty_app(review=None)
    boxes = {one.label: one for one in (*at.text_input, *at.text_area)}
    boxes[written].set_value("Gardens").run()
    drawn = {one.label: one for one in (*at.text_input, *at.text_area)}
    assert set(BOXES) <= set(drawn)
    assert [label for label in BOXES if drawn[label].proto.set_value] == []
    assert drawn[written].value == "Gardens"
