import numpy as np
import pytest

from evidence import deduplication
from evidence.citations import formats
from evidence.citations.record import Name, Reference
from evidence.deduplication.authors import FieldLevel
from evidence.deduplication.compare import compare
from evidence.deduplication.prepare import prepare
from evidence.deduplication.reference_columns import from_references
from evidence.deduplication.volumes import number, volume
from tests.conftest import SHARED

D14 = SHARED / "cases" / "citations" / "d14_volumes.bib"


@pytest.mark.parametrize(
    ("text", "found"),
    [("61", "61"), ("061", "61"), ("4 (1)", "4"), ("Suppl. 3", "3"), ("1)", ""), ("(Jul)", "")],
)
def test_the_first_number_of_a_text(text: str, found: str) -> None:
    assert number(text) == found


@pytest.mark.parametrize(
    ("text", "whole", "digits"),
    [
        ("014", "14", "14"),
        ("II", "2", "2"),
        ("Vol. xiv", "14", "14"),
        ("Bd. IV", "4", "4"),
        ("MCMXCIX", "1999", "1999"),
        ("II/1", "2/1", "2"),
        ("IV B", "4b", "4"),
        ("VIII (Suppl. 2)", "8", "8"),
        ("1A", "1a", "1"),
        ("1-b", "1b", "1"),
        ("A12", "a12", "12"),
        ("v12", "12", "12"),
        ("35S1", "35", "35"),
        ("61 (Suppl. 1)", "61", "61"),
        ("Part A. 242", "242", "242"),
        ("C", "c", ""),
        ("Volume Two", "2", "2"),
        ("Zweiter Band", "2", "2"),
        ("North Sea", "north sea", ""),
        ("civil", "civil", ""),
        ("1)", "", ""),
        ("Suppl", "", ""),
        ("n/a", "", ""),
        ("(Jul)", "", ""),
        ("Apr 25 [Epub ahead of print]", "", ""),
        ("a set of volumes that nobody has numbered", "", ""),
        ("", "", ""),
    ],
)
def test_volumes_in_figures_letters_and_words(text: str, whole: str, digits: str) -> None:
    assert volume(text) == (whole, digits)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("II", "2", FieldLevel.SAME),
        ("second", "ii", FieldLevel.SAME),
        ("1a", "1A", FieldLevel.SAME),
        ("II", "3", FieldLevel.OTHER),
        ("1A", "1B", FieldLevel.OTHER),
        ("A", "B", FieldLevel.OTHER),
        ("North Sea", "Baltic Sea", FieldLevel.OTHER),
        ("1A", "1", FieldLevel.SOME),
        ("North Sea", "2", FieldLevel.SOME),
        ("in press", "2", FieldLevel.MISSING),
    ],
)
def test_how_volumes_compare(a: str, b: str, level: FieldLevel) -> None:
    records = prepare(from_references([Reference(volume=a), Reference(volume=b)]))

    pairs = compare(records, np.array([0]), np.array([1]))

    assert pairs.volume.tolist() == [level]


def _book(volume: str) -> Reference:
    return Reference(
        title="Gathered Essays on Tides",
        authors=(Name("Tann", "A."),),
        year=1991,
        volume=volume,
        type="book",
    )


def test_volumes_of_a_work_are_joined_by_their_number_however_it_is_written() -> None:
    volumes = ("1", "II", "2", "III", "three", "1A", "1B")

    result = deduplication.find([_book(volume) for volume in volumes], ids=range(len(volumes)))

    assert result.groups == ((1, 2), (3, 4))


@pytest.mark.skipif(not D14.exists(), reason=f"the shared cases are not in {D14.parent}")
def test_the_shared_case_of_volumes() -> None:
    records = formats.read(D14.read_bytes(), D14.name).records

    result = deduplication.find([record.reference for record in records], ids=range(4))

    assert [record.key for record in records] == ["a", "b", "c", "d"]
    assert result.groups == ((1, 2),)
