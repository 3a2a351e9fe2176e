"""Services that the source documents name stand there, and no other review is offered them."""

import re

import pytest
import yaml

from evidence.steps.desk import Desk
from evidence.steps.practice import named_services, services
from tests.conftest import SHARED

CONTENT = yaml.safe_load(named_services.FILE.read_text("utf-8"))
SEEDS = SHARED / "seeds"


def test_other_reviews_are_offered_no_service(desk: Desk) -> None:
    assert named_services.not_added(desk) == ()


def test_services_have_a_uid_of_their_own_each_and_can_be_added(desk: Desk) -> None:
    named = named_services.named_services()
    assert len({each.uid for each in named}) == len(named) == len(CONTENT["services"])
    services.add(desk, *named)
    services.add(desk, *named)  # sent twice
    assert tuple(services.listing(desk).values()) == named


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not here")
@pytest.mark.parametrize("each", CONTENT["services"], ids=lambda each: each["name"])
def test_what_is_said_of_a_service_stands_at_its_place(each: dict[str, str]) -> None:
    (path,) = SEEDS.glob(f"{CONTENT['documents'][each['source']]['seed']}_*")
    words = path.read_text(encoding="utf-8")
    if each["place"].startswith("Box below paragraph "):
        at = int(each["place"].removeprefix("Box below paragraph "))
        words = words[words.index(f"\n{at}. ") :]
        words = words[: words.index(f"\n{at + 1}. ")]
    found = set(re.findall(r"\w+", words.casefold()))
    for part in (each["area"], each["provider"]):
        ours = set(re.findall(r"\w+", part.casefold())) - {"and", "with", "other", "organisations"}
        assert ours <= found, part
    assert set(re.findall(r"\d+", each["said"])) <= found
    assert not [run for run in runs(each["said"]) if run in runs(words)]


def runs(text: str) -> set[tuple[str, ...]]:
    """Each run of ten words."""
    words = re.findall(r"[\w%']+", text.casefold())
    return {tuple(words[at : at + 10]) for at in range(len(words) - 9)}
