"""Live parts are read as they are written, and a slip is told."""

import pytest

from evidence.report.live_tokens import Choice, LiveToken, live_token


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("countries", LiveToken(id="countries", name="countries")),
        (
            "  countries   of stream = outcome ",
            LiveToken(
                id="countries of stream = outcome",
                name="countries",
                of=(("stream", "outcome"),),
            ),
        ),
        (
            "counts by axis:outcome of a=b, country=United States as outcome studies",
            LiveToken(
                id="counts by axis:outcome of a=b, country=United States as outcome studies",
                name="counts",
                by="axis:outcome",
                of=(("a", "b"), ("country", "United States")),
                noun="outcome studies",
            ),
        ),
        (
            "directions of a=help for work for intervention = ips, contrast=c as trials",
            LiveToken(
                id="directions of a=help for work for intervention = ips, contrast=c as trials",
                name="directions",
                of=(("a", "help for work"),),
                choices=((Choice.INTERVENTION, "ips"), (Choice.CONTRAST, "c")),
                noun="trials",
            ),
        ),
    ],
)
def test_a_live_part_is_read_aloud(text: str, token: LiveToken) -> None:
    assert live_token(text) == token


@pytest.mark.parametrize(
    "text", ["", "Countries", "countries by", "2 studies", "a=b", "countries of x"]
)
def test_a_slip_is_told(text: str) -> None:
    token = live_token(text)
    assert token.fault or token.name == "countries"
    if text == "countries of x":
        assert "question=code" in token.fault


def test_a_slip_after_for_is_told() -> None:
    assert "names no choice" in live_token("forest for outcome=a, b").fault
    assert "“colour” cannot be chosen" in live_token("forest for outcome=a, colour=b").fault


def test_a_live_part_is_written_as_it_was_read() -> None:
    token = live_token("years of a=b")
    assert live_token(token.written.removeprefix("{{").removesuffix("}}")) == token
