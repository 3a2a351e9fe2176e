"""Numbers of the report on practice are counted a second time, from the rows of the database."""

import json
from collections import Counter
from typing import Any

from sqlalchemy import text

from evidence.coding.answers import Answer
from evidence.report.live_content import NotLive, ReportTable
from evidence.report.live_tokens import live_token
from evidence.report.statements import Statement
from evidence.report.usual_sections import usual_sections
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.results import report
from evidence.steps.results.report_facts import facts
from evidence.steps.results.report_pictures import picture
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT
from tests.steps.practice.assessed import a_service, assess, take_scale

ON_PRACTICE = ("practice", "fidelity", "monitoring")
SURVEY, QUARTERS = "vocational-services", "vocational-monitoring"


def take(desk: Desk, name: str) -> int:
    path = ROOT / "coding_schemes" / f"{name}.yaml"
    return schemes.add(desk, path.read_text("utf-8"), path.name)


def fill(desk: Desk, scheme_id: int, service: Service, day: str, *answers: Answer) -> None:
    form = ServiceForm(
        uid=services.new_uid(), service=service.uid, scheme_id=scheme_id, occasion=day,
        answers=answers, is_complete=True,
    )  # fmt: skip
    service_forms.save(desk, form)


def kinds(*codes: str) -> Answer:
    return Answer(question="service-kind", codes=codes)


def number(question: str, value: int) -> Answer:
    return Answer(question=question, value=str(value))


def a_quarter(desk: Desk, scheme_id: int, service: Service, day: str, clients: int) -> None:
    scheme = schemes.get(desk, scheme_id).scheme
    given = {"clients": number("clients", clients)}
    given["figures-as"] = Answer(question="figures-as", codes=("number",))
    for question in scheme.questions:
        if question.id.startswith("outcome-"):
            given[question.id] = number(question.id, clients // 10)
    given["users-took-part"] = number("users-took-part", clients // 8)
    fill(desk, scheme_id, service, day, *given.values())


def rows(desk: Desk, scheme_id: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The newest row of each form as it is kept: service, day, answers by question."""
    sql = (
        "SELECT service, occasion, answers FROM service_form f WHERE scheme_id = :scheme AND "
        "id = (SELECT max(id) FROM service_form g WHERE g.uid = f.uid) ORDER BY id"
    )
    with desk.reading() as c:
        found = list(c.execute(text(sql), {"scheme": scheme_id}))
    parsed = [(s, d, json.loads(a) if isinstance(a, str) else a) for s, d, a in found]
    return [(s, d, {each["question"]: each for each in a}) for s, d, a in parsed]


def table(made: report.FilledReport, name: str) -> ReportTable:
    content = made.report.live[name]
    assert isinstance(content, ReportTable)
    return content


def test_a_second_count_gives_the_numbers_on_practice(desk: Desk) -> None:
    assert not {each.key for each in usual_sections(facts(desk))} & set(ON_PRACTICE)
    survey, scale, quarters = take(desk, SURVEY), take_scale(desk), take(desk, QUARTERS)
    north, south = a_service(desk, "North, of Dale", "Dale"), a_service(desk, "South")
    fill(desk, survey, north, "2025-01-01", kinds("local-forum"))
    fill(desk, survey, north, "2026-01-01", kinds("local-forum", "supported-work"))
    fill(desk, survey, south, "2026-01-01", kinds("supported-work"))
    items = [each.id for each in schemes.get(desk, scale).scheme.questions]
    for day, score in (("2025-03-01", "score-3"), ("2026-03-01", "score-5")):
        assess(desk, scale, north, day, dict.fromkeys(items, score), who="Planted")
    for who, score in (("Planted", "score-3"), ("Planted too", "score-5")):
        assess(desk, scale, south, "2026-05-01", dict.fromkeys(items, score), who=who)
    a_quarter(desk, quarters, south, "2026-Q1", 40)
    a_quarter(desk, quarters, south, "2026-Q2", 50)

    made = report.filled(desk)
    assert set(ON_PRACTICE) <= {each.key for each in made.report.sections}
    assert not [c.why for c in made.report.live.values() if isinstance(c, NotLive)]

    newest = {service: answers for service, _, answers in rows(desk, survey)}
    told = Counter(code for each in newest.values() for code in each["service-kind"]["codes"])
    kind = table(made, "practice-answers").rows[0]
    assert kind.cells[1] == f"{len(newest)} of {len(newest)}"
    said = dict(part.rsplit(": ", 1) for part in kind.cells[2].split("; "))
    by_code = schemes.get(desk, survey).scheme.question("service-kind")
    assert by_code
    assert {by_code.label(code): str(n) for code, n in told.items()} == {
        label: n for label, n in said.items() if n != "0"
    }
    listed = table(made, "services")
    forms = [len(each.cells[3].split("; ")) for each in listed.rows]
    assert sum(forms) == sum(len(rows(desk, each)) for each in (survey, scale, quarters))
    asked = made.report.live["services-asked"]
    assert isinstance(asked, Statement)
    assert asked.text == (
        "The review has two services in one area; 2 of 2 answered the survey of practice "
        "(three complete forms of it in all)."
    )
    assert len(rows(desk, survey)) == 3

    sums = [
        sum(int(each["codes"][0].rsplit("-", 1)[-1]) for each in answers.values())
        for _, _, answers in rows(desk, scale)
    ]
    last, two = table(made, "fidelity").rows
    assert (last.cells[3], sums) == (str(sums[1]), [75, 125, 75, 125])
    assert two.cells[3] == f"assessor 1: {sums[2]}; assessor 2: {sums[3]}"
    assert "Planted" not in repr(made.report)
    assert "Planted" not in "".join(
        p for each in made.pictures.values() for p in each.draw("light")
    )
    known = made.facts
    drawn = picture(known, live_token(f"fidelity-figure for service={north.uid}"))
    total = drawn.table.head.index("Total")
    assert [row[total] for row in drawn.table.rows] == sums[:2]
    assert f"fidelity-figure for service={north.uid}" in made.pictures

    clients = [int(a["clients"]["value"]) for _, _, a in rows(desk, quarters)]
    assert [int(row.cells[2]) for row in table(made, "monitoring").rows] == clients
    drawn = picture(known, live_token("monitoring-figure"))
    assert [row[2] for row in drawn.table.rows] == clients
    users = [int(a["users-took-part"]["value"]) for _, _, a in rows(desk, quarters)]
    drawn = made.pictures["monitoring-took-part"]
    assert [row[2] for row in drawn.table.rows] == users
    drawn = made.pictures[
        f"monitoring-published for service={south.uid}, outcome=outcome-voluntary"
    ]
    words = [row[3] for row in drawn.table.rows]
    assert words == [
        "4 of 40 (10.0%) clients of the quarter",
        "5 of 50 (10.0%) clients of the quarter",
        *(each.words for each in known.published if each.outcome == "outcome-voluntary"),
    ]
