import pytest

from evidence.deduplication.locators import issue, pages, without_version


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("221-8", ("", 221, 228)),
        ("2422--2427", ("", 2422, 2427)),
        ("R575-R582", ("r", 575, 582)),
        ("e43268", ("e", 43268, 0)),
        ("550A", ("a", 550, 0)),
        ("pp. 3-4", ("", 3, 4)),
        ("97-104; discussion 104-6", ("", 97, 104)),
        ("Jan-32", ("", 1, 32)),
        ("Jan-123456789012345678901234567890", ("", 0, 0)),  # too large for an array
        ("15-May", ("", 15, 5)),
        ("Suppl-12", ("", 0, 0)),
        ("2.05031E+15", ("", 0, 0)),
        ("N.PAG", ("", 0, 0)),
        ("no pagination", ("", 0, 0)),
        ("May-June", ("", 0, 0)),
        ("123456789012345678901234567890", ("", 0, 0)),
        ("", ("", 0, 0)),
    ],
)
def test_pages(text: str, found: tuple[str, int, int]) -> None:
    assert pages(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("3", "3"), ("SUPPL. 3", "s3"), ("S3", "s3"), ("4 Suppl 1", "s4"), ("Suppl", "s"), ("", "")],
)
def test_issues(text: str, found: str) -> None:
    assert issue(text) == found


def test_versions_of_one_review_share_their_doi_without_version() -> None:
    assert without_version("10.1002/14651858.cd1.pub2") == without_version("10.1002/14651858.cd1")
