"""Practice on the command line: what it prints as JSON, what it writes and what it brings in."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evidence.cli import app
from evidence.cli.reviews import find_own_review
from evidence.exports.map_file import document_of
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import principles, ratings, service_forms, services
from evidence.steps.review import membership, people
from evidence.store import Store
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from tests.conftest import ROOT
from tests.steps.practice.assessed import assess, take_scale
from tests.steps.prepared import example_database

SCHEMES = ROOT / "coding_schemes"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The command line's own review, with schemes about services."""
    database = f"sqlite:///{tmp_path / 'cli.db'}"
    monkeypatch.setenv("WAYMARK_DATABASE", database)
    assert run("review", "new", "Practice").exit_code == 0
    desk = find_own_review(Store.open(database), "Practice")
    for name in ("vocational-services", "vocational-monitoring"):
        path = SCHEMES / f"{name}.yaml"
        schemes.add(desk, path.read_text(encoding="utf-8"), path.name)
    return desk


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told(*arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.output)


def test_answers_come_in_from_a_file_and_are_compared(desk: Desk, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text(
        "Name;Area;service-kind;service-places;service-population\n"
        "North;Dale;Supported work;9;100000\n"
        "South;Dale;nonsense;1;\n",
        encoding="utf-8",
    )
    command = ("practice", "answers", "Practice", "--scheme", "vocational-services")
    nameless = run(*command, "--in", answers)
    assert nameless.exit_code == 1
    assert "which column has the name" in nameless.output
    result = run(*command, "--in", answers, "--column", "Name=Service", "--json")
    brought = json.loads(result.output)
    assert result.exit_code == 1  # something could not be read
    assert (brought["forms"], brought["services"], brought["known"]) == (2, 2, 0)
    assert any("nonsense" in each for each in brought["faults"])
    again = told(*command, "--in", answers, "--column", "Name=Service")
    assert (again["forms"], again["services"], again["known"]) == (0, 0, 2)
    out = tmp_path / "all.csv"
    listed = told(*command, "--out", out)
    assert listed["file"] == str(out)
    assert [each["forms"] for each in listed["schemes"]] == [2, 0]
    with out.open(encoding="utf-8-sig", newline="") as handle:
        assert [row["Service"] for row in csv.DictReader(handle)] == ["North", "South"]
    (north, _) = services.listing(desk).values()
    rating = ProvisionRating(
        thing=RatedThing(service=north.uid),
        aspect=Aspect.SUITABILITY,
        grade=Grade.GOOD,
        reason="Open late",
    )
    ratings.rate(desk, rating, None)
    found = told("practice", "provision", "Practice", "--out", tmp_path / "provision.csv")
    (kind,) = (each for each in found["kinds"] if each["services"])
    assert (kind["area"], kind["provision"]) == ("Dale", "less than the rule asks for")
    assert kind["rule"] == "10 to 15 places per 100,000"
    assert kind["ratings"][0]["grade"] == "good"
    assert found["silent"] == ["South"]
    assert {each["comparison"] for each in found["links_and_signs"]} == {"not said"}
    assert "Local businesses" in run("practice", "provision", "Practice").output
    assert "Open late" in (tmp_path / "provision.csv").read_text(encoding="utf-8-sig")
    shown = told("practice", "services", "Practice")["services"]
    assert [(each["name"], each["forms"], len(each["ratings"])) for each in shown] == [
        ("North", 1, 1),
        ("South", 1, 0),
    ]
    assert "North" in run("practice", "services", "Practice").output


def test_fidelity_and_monitoring_have_their_numbers(desk: Desk, tmp_path: Path) -> None:
    scheme_id = take_scale(desk)
    service = Service(uid=services.new_uid(), name="North")
    services.add(desk, service)
    items = schemes.get(desk, scheme_id).scheme.questions
    assess(desk, scheme_id, service, "2026-03-01", {q.id: q.options[3].id for q in items})
    (scale,) = told("practice", "fidelity", "Practice", "--out", tmp_path / "r.svg")["scales"]
    assert (scale["lowest"], scale["highest"], scale["items"]) == (25, 125, 25)
    (one,) = scale["assessments"]
    assert (one["service"], one["total"], one["band"]) == ("North", 100, "good")
    assert "<svg" in (tmp_path / "r.svg").read_text(encoding="utf-8")
    assert "North" in run("practice", "fidelity", "Practice").output
    quarter = tmp_path / "quarter.csv"
    quarter.write_text(
        "Service,When,clients,figures-as,outcome-paid-work,outcome-education\n"
        "North,2026-Q1,40,Numbers of people,10,50\n",
        encoding="utf-8",
    )
    command = ("practice", "answers", "Practice", "--scheme", "vocational-monitoring")
    assert told(*command, "--in", quarter, "--drafts")["forms"] == 1
    (found,) = told("practice", "monitoring", "Practice")["schemes"]
    (report,) = found["quarters"]
    assert (report["quarter"], report["clients"], report["complete"]) == ("2026-Q1", 40, False)
    assert run("practice", "monitoring", "Practice").exit_code == int(bool(report["problems"]))
    assert service_forms.listing(desk)


def test_words_and_plans_are_told_where_there_are_none_and_where_there_are(
    desk: Desk, tmp_path: Path
) -> None:
    (offered,) = principles.offered()
    principles.add(desk, offered.principles)
    (given,) = told("practice", "principles", "Practice", "--out", tmp_path / "p.csv")["sets"]
    assert [len(version["principles"]) for version in given["versions"]] == [7, 8]
    assert [each["grade"] for each in given["versions"][0]["principles"]].count("strong") == 3
    assert given["versions"][1]["principles"][0]["grade"] is None
    assert (tmp_path / "p.csv").exists()
    assert told("practice", "claims", "Practice") == {"claims": [], "conflicts": []}
    stages = told("stages", "Practice")["stages"]
    assert [(each["stage"], each["is_set"]) for each in stages] == [
        ("in-depth", False),
        ("sound", False),
    ]
    assert "no rule" in run("stages", "Practice").output
    plan = told("protocol", "Practice")
    assert plan["protocol"]["title"] == "Practice"
    assert (plan["versions"], plan["waves"]) == ([], [])
    assert run("protocol", "Practice").exit_code == 0


def test_services_stand_in_the_file_of_a_map_only_as_far_as_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "map.db").write_bytes(example_database())
    database = f"sqlite:///{tmp_path / 'map.db'}"
    monkeypatch.setenv("WAYMARK_DATABASE", database)
    store = Store.open(database)
    person = people.named(store, "Command line")
    desk = Desk(store=store, review_id=1, person_id=person.id)
    membership.join(desk)
    path = SCHEMES / "vocational-services.yaml"
    schemes.add(desk, path.read_text(encoding="utf-8"), path.name)
    store.close()
    answers = tmp_path / "answers.csv"
    answers.write_text("Service,Area,service-kind\nNorthern club,Dale,Supported work\n", "utf-8")
    command = ("practice", "answers", "1", "--scheme", "vocational-services", "--in", answers)
    assert run(*command).exit_code == 0
    out = tmp_path / "map.html"
    for asked, has_part, has_name in (
        ((), False, False),
        (("--services", "unnamed"), True, False),
        (("--services", "named"), True, True),
    ):
        assert run("map", "1", "--out", out, *asked).exit_code == 0
        document = document_of(out.read_bytes())
        assert ("practice" in document) == has_part, asked
        assert ("Northern club" in json.dumps(document)) == has_name, asked
    refused = run("map", "1", "--services", "named")
    assert (refused.exit_code, "name it with --out" in refused.output) == (1, True)
