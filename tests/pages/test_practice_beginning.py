"""Pages of practice without a service begin with one click, and say what the documents name."""

import pytest

from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import service_forms, services
from evidence.steps.practice.named_services import named_services
from tests.pages.conftest import Open, texts
from tests.pages.test_pages import button


def test_the_example_names_the_services_of_its_documents_and_adds_them_with_one_click(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("services", name="Example reader")
    assert not at.exception
    (named,) = (each.value for each in at.markdown if "Broadening Horizons" in each.value)
    assert "Sheffield Care Trust: Led by service users" in named
    assert named.count("paragraph") == named.count("\n- **") + 1 == len(named_services())
    assert services.listing(desk) == {}
    at = button(at, f"Add {len(named_services())} services to the review")
    assert not at.exception
    assert tuple(services.listing(desk).values()) == named_services()
    assert service_forms.listing(desk) == {}  # nothing is said for them
    assert "Named in the source documents" not in texts(at)


@pytest.mark.parametrize(
    ("page", "name", "scheme"),
    [
        ("survey", "Vocational services", "vocational-services"),
        ("framework", "Vocational services", "vocational-services"),
        ("fidelity", "Supported Employment Fidelity Scale", "supported-employment-fidelity-25"),
        ("monitoring", "Vocational outcomes of a quarter", "vocational-monitoring"),
    ],
)
def test_an_empty_page_of_practice_begins_with_one_click(
    example_app: Open, desk: Desk, page: str, name: str, scheme: str
) -> None:
    at = button(example_app(page, name="Example reader"), f"Begin with “{name}”")
    assert not at.exception
    assert scheme in {taken.scheme.id for taken in schemes.of_services(desk)}
    assert at.tabs or page == "framework"
    at = example_app(page, name="Somebody who only reads")
    assert not at.exception
