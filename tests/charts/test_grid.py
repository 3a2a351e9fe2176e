import pytest

from evidence.charts.grid import LABEL_SIZE, Head, lay_out
from evidence.charts.labels import widest, wrapped

ROWS = [
    Head(label="User Employment Programme: public services as exemplar employers", least=44),
    Head(label="Peer support", least=44),
]
COLUMNS = [
    Head(label=label, least=64)
    for label in (
        "Self-esteem",
        "Ability to cope with the stress of studying",
        "Hospital stays and rehospitalisation",
        "Retaining employment",
    )
]


@pytest.mark.parametrize("room", [300, 400, 700, 1400])
def test_labels_of_rows_have_their_room(room: float) -> None:
    grid = lay_out(ROWS, COLUMNS, room)
    for number, row in enumerate(ROWS):
        block = wrapped(row.label, grid.label_room, LABEL_SIZE)
        assert widest(block, LABEL_SIZE) < grid.margin_left
        assert len(block) * LABEL_SIZE <= grid.row_height(number)


@pytest.mark.parametrize("room", [300, 400, 700, 1400])
def test_columns_never_get_narrower_than_they_must_be(room: float) -> None:
    grid = lay_out(ROWS, COLUMNS, room)
    assert grid.column >= 64
    assert grid.width == grid.column * len(COLUMNS)


def test_heads_stand_upright_where_there_is_room_and_lean_where_not() -> None:
    assert not lay_out(ROWS, COLUMNS, 1400).leaning
    narrow = lay_out(ROWS, COLUMNS, 400)
    assert narrow.leaning
    assert narrow.margin_right > lay_out(ROWS, COLUMNS, 1400).margin_right


def test_few_columns_do_not_become_boards() -> None:
    assert lay_out(ROWS, COLUMNS[:1], 1400).column <= 180


def test_the_middles_lie_between_the_edges() -> None:
    grid = lay_out(ROWS, COLUMNS, 700)
    assert grid.edges[0] < grid.y(0) < grid.edges[1] < grid.y(1) < grid.height
    assert grid.x(0) == grid.column / 2


def test_no_rows_and_no_columns_still_have_a_place() -> None:
    grid = lay_out([], [], 400)
    assert (grid.width, grid.height) == (0, 0)
    assert grid.margin_left + grid.margin_right >= 400
