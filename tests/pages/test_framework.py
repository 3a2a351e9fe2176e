"""The page of the framework: what is suggested, and beside it what areas have, in words."""

from evidence.coding.answers import Answer
from evidence.exports.picture_files import table_csv
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.practice.provision import local_provision
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.ui.practice.framework import provision_table
from evidence.ui.shell.wording import plain
from tests.conftest import ROOT
from tests.pages.conftest import Open, texts
from tests.steps.practice.assessed import a_service

SCHEME = ROOT / "coding_schemes" / "vocational-services.yaml"
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
    assert "▼ less than suggested" in told
    assert "9 places for 100,000 adults" in told
    assert "✗ none reported" in told
    assert "Silent one" in told
    assert "population not given" not in told
    assert plain("Dale <i>x</i>") in [each.value for each in at.subheader]
    assert plain("Census <script>") in told
    assert (
        table_csv(provision_table(local_provision(desk))).decode("utf-8-sig").count("<script>") == 1
    )
    for view in ("The framework", "A complete service", "Parties and products"):
        at.segmented_control(key="framework-view").set_value(view).run()
        assert not at.exception
