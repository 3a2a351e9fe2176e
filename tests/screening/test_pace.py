"""How quickly people go."""

from datetime import timedelta

import pytest

from evidence.screening.pace import per_hour, time_left


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([10.0] * 5, 360),
        ([10.0] * 4, None),  # too few to say anything
        ([0.0] * 9, None),  # nobody measured
        ([20.0] * 9 + [7200.0], 36000 / (9 * 20 + 300)),  # a lunch counts as five minutes
        ([-1.0, *[10.0] * 5], 360),
        ([], None),
    ],
)
def test_records_per_hour(seconds: list[float], expected: float | None) -> None:
    assert per_hour(seconds) == (None if expected is None else pytest.approx(expected))


def test_time_left_is_known_only_with_a_pace() -> None:
    assert time_left(90, 60.0) == timedelta(hours=1.5)
    assert time_left(90, None) is None
