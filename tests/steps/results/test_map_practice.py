"""Services stand beside the studies of a map by their newest complete forms, never among them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid
from evidence.exports.map_file import document_of as document_in
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import frameworks, map_practice, ratings, service_forms, services
from evidence.steps.results import map_document, map_file, map_settings, map_versions
from evidence.steps.results.map_file import MapWishes
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.store.results import publications
from evidence.synthesis.map_document import as_json
from evidence.synthesis.map_document import map_document as document_of
from evidence.synthesis.map_settings import MapSettings
from evidence.synthesis.practice.practice_map import PracticeJoin
from evidence.synthesis.practice.practice_view import AREA, SERVICE
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.public_map import PublicServices
from tests.conftest import ROOT
from tests.steps.coding.test_coding import finding
from tests.steps.practice.assessed import a_service
from tests.steps.results.test_map_document import code, study_ids
from tests.steps.results.test_map_file import document as file_document

__all__ = ["study_ids"]

SCHEME = ROOT / "coding_schemes" / "vocational-services.yaml"
HOSTILE = '</script><img src=x onerror="alert(1)">'
JOIN = PracticeJoin(
    question="question:service-kind",
    of_studies="axis:intervention",
    pairs=(("employment-specialists", "ips"),),
)


def content(desk: Desk) -> dict[str, Any]:
    """The document of the map with all its studies."""
    made = map_document.content(desk, map_document.wanted(desk))
    assert made is not None
    document: dict[str, Any] = json.loads(as_json(document_of(made)))
    return document


def fill_in(
    desk: Desk, service: Service, *kinds: str, when: str = "2026-01-01", is_complete: bool = True
) -> None:
    """A form that says of which kinds a service is."""
    (asking,) = schemes.of_services(desk)
    form = ServiceForm(
        uid=services.new_uid(), service=service.uid, scheme_id=asking.id, occasion=when,
        answers=(Answer(question="service-kind", codes=kinds),), is_complete=is_complete,
    )  # fmt: skip
    service_forms.save(desk, form)


@pytest.fixture
def coded(desk: Desk, study_ids: list[int]) -> list[int]:
    code(desk, study_ids[0], finding())
    code(desk, study_ids[1], finding())
    return study_ids


@pytest.fixture
def asked(desk: Desk, coded: list[int]) -> list[Service]:
    """Two services, the first of a hostile name, of which the newer form counts."""
    schemes.add(desk, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    north, south = a_service(desk, HOSTILE, area="Dale"), a_service(desk, "South", area="DALE ")
    a_service(desk, "Silent")
    fill_in(desk, north, "employment-specialists", when="2026-02-01")
    fill_in(desk, north, "supported-work", when="2025-12-31")
    fill_in(desk, north, "local-forum", when="2026-03-01", is_complete=False)
    fill_in(desk, south, "employment-specialists", "supported-work")
    return [north, south]


def test_without_a_form_the_document_is_as_it_was(desk: Desk, coded: list[int]) -> None:
    before = content(desk)
    schemes.add(desk, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    north = a_service(desk, "North")
    assert map_document.wanted(desk).practice == ()
    assert content(desk) == before
    fill_in(desk, north, "supported-work", is_complete=False)
    assert content(desk) == before


def test_services_stand_in_a_part_of_their_own(
    desk: Desk, coded: list[int], asked: list[Service]
) -> None:
    shown = content(desk)
    assert sorted(shown["studies"]["id"]) == sorted(coded)
    assert shown["caption"].startswith("Rests on 2 of 2 studies")
    practice = shown["practice"]
    assert practice["caption"].endswith("1 more without a complete form.")
    assert practice["services"]["label"] == [HOSTILE, "South"]
    assert set(practice["services"]["area"]) == {"Dale"}
    by_id = {each["id"]: each for each in practice["dimensions"]}
    kinds = by_id["question:service-kind"]
    answered = [[kinds["headings"]["id"][at] for at in codes] for codes in kinds["codes"]]
    assert answered == [["employment-specialists"], ["employment-specialists", "supported-work"]]
    assert by_id[AREA]["headings"]["id"] == ["Dale"]
    assert by_id[SERVICE]["headings"]["id"] == [each.uid for each in asked]
    assert {mark[1] for mark in practice["provision"]["marks"]} == {"Dale"}
    assert {tuple(mark[:3]) for mark in practice["provision"]["marks"]} >= {
        ("local-forum", "Dale", "none reported")
    }


def test_what_services_say_anew_is_on_the_map_at_once(desk: Desk, asked: list[Service]) -> None:
    before = map_document.wanted(desk)
    fill_in(desk, asked[1], "local-forum", when="2026-05-01")
    assert map_document.wanted(desk) != before
    thing = RatedThing(kind="local-forum", area="dale")
    rated = ProvisionRating(
        thing=thing, aspect=Aspect.SUITABILITY, grade=Grade.PARTLY, reason="far away"
    )
    ratings.rate(desk, rated, None)
    (mark,) = (m for m in content(desk)["practice"]["provision"]["marks"] if m[0] == "local-forum")
    assert mark[4] == [["suitability: partly", "far away"]]


def test_joins_are_stated_checked_and_kept_with_what_they_name(
    desk: Desk, asked: list[Service]
) -> None:
    choices = map_practice.join_choices(desk)
    assert AREA not in {each.id for each in choices.questions}
    assert "axis:intervention" in {each.id for each in choices.of_studies}
    gone = replace(JOIN, pairs=(*JOIN.pairs, ("retired", "ips")))
    map_settings.change_joins(desk, (gone,), ())
    map_settings.change(desk, MapSettings(few=1), MapSettings())
    (join,) = content(desk)["practice"]["joins"]
    assert join["pairs"] == [["employment-specialists", "ips"]]
    for joins, seen, told in (
        ((JOIN, JOIN), (gone,), "once"),
        ((replace(JOIN, pairs=()),), (gone,), "at least one"),
        ((JOIN,), (), "meanwhile"),
    ):
        with pytest.raises(Invalid, match=told):
            map_settings.change_joins(desk, joins, seen)
    assert map_settings.current(desk) == MapSettings(few=1, joins=(gone,))


def test_readers_get_services_only_as_far_as_authors_say(desk: Desk, asked: list[Service]) -> None:
    map_settings.change_joins(desk, (JOIN,), ())
    assert "practice" not in file_document(desk)
    unnamed = file_document(desk, services=PublicServices.UNNAMED)
    words = json.dumps(unnamed["practice"])
    assert all(secret not in words for each in asked for secret in (each.name, each.uid))
    assert sorted(unnamed["practice"]["services"]["label"]) == ["Service 1", "Service 2"]
    assert unnamed["practice"]["joins"]
    made = map_file.make(
        desk,
        map_document.wanted(desk),
        MapWishes(services=PublicServices.NAMED, without=("axis:intervention",)),
    )
    assert HOSTILE.encode() not in made.data
    named = file_document(desk, services=PublicServices.NAMED, without=("axis:intervention",))
    assert named["practice"]["services"]["label"] == [HOSTILE, "South"]
    assert named["practice"]["joins"] == []


def test_a_view_of_services_is_readable_only_where_they_are(
    desk: Desk, asked: list[Service]
) -> None:
    view = "rows=axis%3Aintervention&columns=axis%3Aoutcome&page=practice&show=services"
    map_settings.change(desk, MapSettings(view=view), MapSettings())
    assert content(desk)["view"] == view
    assert "practice" not in file_document(desk)["view"]
    assert file_document(desk, services=PublicServices.UNNAMED)["view"] == view
    with pytest.raises(Invalid, match="no services"):
        file_document(desk, view=view)


def test_a_version_has_services_as_they_were_and_publishes_none_unasked(
    desk: Desk, asked: list[Service]
) -> None:
    map_versions.freeze(desk)
    fill_in(desk, asked[1], "local-forum", when="2026-05-01")
    assert map_versions.freeze(desk).number == 2
    with pytest.raises(Invalid, match="Nothing on the map changed"):
        map_versions.freeze(desk)
    first, second = (
        map_versions.shown(desk, map_versions.seen(desk, number)).document for number in (1, 2)
    )
    assert first["practice"] != second["practice"]
    assert first["studies"] == second["studies"]
    for given, has in ((PublicServices.NONE, False), (PublicServices.UNNAMED, True)):
        choice = PublicChoice(report=False, map_version=1, services=given)
        (page,) = (f for f in publish.snapshot(desk, choice).files if f.part == publish.MAP)
        made = document_in(publications.content_of(page))
        assert ("practice" in made) == has
        assert asked[1].uid not in json.dumps(made)


def test_the_map_reads_services_by_the_questions_of_ones_own_framework(
    desk: Desk, coded: list[int]
) -> None:
    words = SCHEME.read_text(encoding="utf-8")
    renamed = words.replace("service-kind", "my-kind").replace("id: service-area", "id: my-area")
    schemes.add(desk, renamed, "mine.yaml")
    shipped = frameworks.shipped()
    own = replace(shipped, asked=replace(shipped.asked, kind="my-kind", area="my-area"))
    frameworks.change(desk, own, shipped)
    (asking,) = schemes.questionnaires(desk)
    north, silent = a_service(desk, "North"), a_service(desk, "Silent", area="Vale")
    for when, area in (("2026-01-01", "Dale"), ("2026-02-01", "")):
        answers = [Answer(question="my-kind", codes=("local-forum",))]
        answers += [Answer(question="my-area", value=area)] if area else []
        form = ServiceForm(
            uid=services.new_uid(), service=north.uid, scheme_id=asking.id, occasion=when,
            answers=tuple(answers), is_complete=True,
        )  # fmt: skip
        service_forms.save(desk, form)
    practice = content(desk)["practice"]
    assert practice["kinds"] == "question:my-kind"
    assert practice["services"]["area"] == ["Dale"]
    (areas,) = (each for each in practice["dimensions"] if each["id"] == AREA)
    assert areas["headings"]["id"] == ["Dale", "Vale"]
    marks = {
        (kind, area): (verdict, why)
        for kind, area, verdict, why, _ in practice["provision"]["marks"]
    }
    assert marks["local-forum", "Dale"][0] == "sufficient by the rule"
    assert marks["local-forum", "Vale"][0] == "nobody answered"
    assert f"no complete form of {silent.name}" in marks["local-forum", "Vale"][1]


def test_an_option_that_was_merged_stays_on_the_map(desk: Desk, asked: list[Service]) -> None:
    (asking,) = schemes.questionnaires(desk)
    words = SCHEME.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"')
    words = words.replace(
        "id: supported-work\n", "id: firm\n            replaces: [supported-work]\n"
    )
    schemes.add(
        desk,
        words.replace("any_of: [supported-work]", "any_of: [firm]"),
        SCHEME.name,
        asking.version.id,
    )
    practice = content(desk)["practice"]
    (kinds,) = (each for each in practice["dimensions"] if each["id"] == practice["kinds"])
    firm = kinds["headings"]["id"].index("firm")
    assert [firm in codes for codes in kinds["codes"]] == [False, True]
    verdicts = {kind: verdict for kind, _, verdict, _, _ in practice["provision"]["marks"]}
    assert verdicts["firm"] == "cannot be told"
    assert "supported-work" not in verdicts
    assert asking.scheme.is_questionnaire


def test_a_scheme_of_the_purpose_practice_is_a_questionnaire_whatever_it_judges(
    desk: Desk, coded: list[int]
) -> None:
    words = SCHEME.read_text(encoding="utf-8").replace("judges: practice\n", "judges: study\n")
    schemes.add(desk, words, SCHEME.name)
    assert [each.scheme.is_about_services for each in schemes.questionnaires(desk)] == [True]
    fill_in(desk, a_service(desk, "North"), "local-forum")
    assert content(desk)["practice"]["services"]["label"] == ["North"]
