"""The page of the framework: what is suggested, and beside it what areas have, in words."""

from streamlit.testing.v1 import AppTest

from evidence.coding.answers import Answer
from evidence.exports.picture_files import table_csv
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.practice.provision import local_provision
from evidence.steps.practice.provision_tables import (
    comparison_table,
    provision_grid,
    provision_table,
)
from evidence.synthesis.practice.rating import Grade
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.ui.shell.wording import plain
from tests.conftest import ROOT
from tests.pages.conftest import Open, texts
from tests.steps.practice.assessed import a_service

SCHEME = ROOT / "coding_schemes" / "vocational-services.yaml"
RATED = ("", "clinical-vocational-lead", "dale <i>x</i>")
HOSTILE = "<b>*South*</b> $x$ =1+1"


def test_areas_stand_beside_the_framework_and_gaps_are_marked(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("framework", name="Example reader")
    assert not at.exception
    assert "No service has a complete form" in texts(at) or "No scheme of this review" in texts(at)
    scheme_id = schemes.add(desk, SCHEME.read_text(encoding="utf-8"), SCHEME.name)
    service = a_service(desk, HOSTILE, area="Dale <i>x</i>")
    a_service(desk, "Silent one", area="Dale")
    answers = (
        Answer(question="service-kind", codes=("supported-work",)),
        Answer(question="service-places", value="9"),
        Answer(question="service-indicators", codes=("sign-social-firms",)),
        Answer(question="service-population", value="100000", note="Census <script>"),
    )
    form = ServiceForm(
        uid=services.new_uid(),
        service=service.uid,
        scheme_id=scheme_id,
        answers=answers,
        is_complete=True,
    )
    service_forms.save(desk, form)
    assert local_provision(desk).gaps == 5
    at = example_app("framework", name="Example reader")
    assert not at.exception
    told = texts(at)
    assert "▼ less than the rule asks for" in told
    assert "9 places for 100,000 adults" in told
    assert "✗ none reported" in told
    assert "Silent one" in told
    assert "population not given" not in told
    assert plain("Dale <i>x</i>") in [each.value for each in at.subheader]
    assert plain("Census <script>") in told
    assert (
        table_csv(provision_table(local_provision(desk))).decode("utf-8-sig").count("<script>") == 1
    )
    grid = provision_grid(local_provision(desk))
    assert set(grid.rows[0]) == {"Dale", "… nobody answered"}
    assert "nobody answered, so what is missing there is not known" in told
    assert grid.rows[1][0] == "Dale <i>x</i>"
    assert dict(zip(grid.head, grid.rows[1], strict=True))[
        "Supported work (social enterprises and firms)"
    ] == ("▼ less than the rule asks for")
    assert provision_table(local_provision(desk)).head[2] == "Comparison"
    assert "services are rated on the page Services" in told
    at.radio(key=f"rating-{desk.review_id}-{RATED}-suitability-0-grade").set_value(Grade.POOR)
    at.text_area(key=f"rating-{desk.review_id}-{RATED}-suitability-0-reason").set_value("<i>Far")
    _press(at, "Keep the rating")
    assert not at.exception
    assert plain("suitability poor") in texts(at)
    assert plain("<i>Far") in texts(at)
    at.segmented_control(key="framework-view").set_value("What is sufficient").run()
    at.selectbox(key="sufficiency-kind").set_value("supported-work").run()
    key = f"sufficiency-{desk.review_id}-supported-work-0"
    at.text_input(key=f"{key}-least").set_value("9")
    at.text_input(key=f"{key}-source").set_value("Board *2026*")
    _press(at, "Keep the rule")
    assert not at.exception
    assert plain("9 to 15 places per 100,000 (Board *2026*)") in texts(at)
    assert local_provision(desk).gaps == 4
    for view in ("Links and signs", "The framework", "A complete service", "Parties and products"):
        at.segmented_control(key="framework-view").set_value(view).run()
        assert not at.exception
    (row,) = (e for e in comparison_table(local_provision(desk)).rows if e[1] == "✓ met")
    assert row[4] == "Performance indicators"
    assert str(row[2]).endswith("employed in local social firms")
    assert row[5:] == (HOSTILE, "", "")


def _press(at: AppTest, label: str) -> None:
    """Press a button by its label."""
    next(each for each in at.button if each.label == label).click().run()
