"""The page of monitoring: quarters, what does not fit, lines, and published figures apart."""

from evidence.coding.answers import Answer
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from tests.conftest import ROOT
from tests.pages.conftest import Open, texts
from tests.steps.practice.assessed import a_service

FILE = ROOT / "coding_schemes" / "vocational-monitoring.yaml"


def report(desk: Desk, scheme_id: int, service: Service, when: str, **values: str) -> None:
    """A quarter of a service, in numbers of people."""
    answers = [Answer(question="figures-as", codes=("number",))]
    answers += [Answer(question=q.replace("_", "-"), value=v) for q, v in values.items()]
    form = ServiceForm(
        uid=services.new_uid(), service=service.uid, scheme_id=scheme_id, occasion=when,
        answers=tuple(answers), is_complete=True,
    )  # fmt: skip
    service_forms.save(desk, form)


def test_quarters_stand_as_table_and_lines_and_published_figures_apart(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("monitoring", name="Example reader")
    assert not at.exception
    assert "does not monitor services yet" in texts(at)
    assert any("922 of 1,495 (61.7%) clients" in str(f.value.to_dict()) for f in at.dataframe)
    scheme_id = schemes.add(desk, FILE.read_text(encoding="utf-8"), FILE.name)
    north = a_service(desk, "<b>*North*</b>")
    report(desk, scheme_id, north, "2026-Q1", clients="40", outcome_education="4")
    report(desk, scheme_id, north, "2026-Q3", clients="50", outcome_education="60")
    at = example_app("monitoring", name="Example reader")
    assert not at.exception
    page = " ".join(each.value for each in at.warning)
    assert "no form for 2026-Q2" in page
    assert "60 is more than the 50 clients" in page
    table = next(f.value for f in at.dataframe if "Clients" in f.value.columns)
    assert list(table["Mainstream education"]) == ["4 of 40 (10.0%)", ""]
    at.segmented_control(key="monitoring-unit").set_value("Per cent of the clients").run()
    assert not at.exception
    assert "No quarter says how many service users took part." in texts(at)
    at.session_state["monitoring-tab"] = "Published figures"
    at.run()
    assert not at.exception
    assert at.selectbox(key="monitoring-published").value == "outcome-education"
    beside = next(f.value for f in at.dataframe if "From" in f.value.columns)
    assert list(beside["Value and base"])[:2] == [
        "4 of 40 (10.0%) clients of the quarter", "289 of 1,495 (19.3%) clients",
    ]  # fmt: skip
    assert list(beside["When"])[:2] == ["2026-Q1", "2004/05"]
    at.session_state["monitoring-tab"] = "Forms"
    at.run()
    assert not at.exception
    assert "60 is more than the 50 clients" in " ".join(each.value for each in at.warning)
    assert any("Filled in by" in frame.value.columns for frame in at.dataframe)
