"""Code sets of EPPI-Reviewer can be taken as schemes."""

from pathlib import Path

import pytest

from evidence.errors import Invalid
from evidence.steps.coding import eppi_schemes, schemes
from evidence.steps.desk import Desk
from tests.conftest import SHARED
from tests.eppi.made_exports import SETTING, as_bytes, code, code_set, report

FILES = sorted([*(SHARED / "eppi").rglob("*.json"), *(SHARED / "eppi").rglob("*.html")])


def test_a_code_set_is_taken_as_a_scheme(desk: Desk) -> None:
    other = code_set("Design", code(3, "Trial"), SetId=7)
    content = as_bytes(report([SETTING, other, code_set("Empty", SetId=8)], []))
    assert eppi_schemes.is_eppi(content)
    read = eppi_schemes.read(content, "sets.json")
    assert [each.scheme.title for each in read.sets] == ["Setting", "Design"]
    assert any("“Empty”" in remark and "no codes" in remark for remark in read.remarks)
    scheme_id = schemes.add(desk, read.sets[0].yaml, "sets.json")
    assert schemes.get(desk, scheme_id).scheme == read.sets[0].scheme


def test_a_file_without_sets_says_what_to_do() -> None:
    with pytest.raises(Invalid, match="holds no code set with codes"):
        eppi_schemes.read(as_bytes(report([], [])), "Report.json")
    with pytest.raises(Invalid, match="cannot be read: the JSON breaks off"):
        eppi_schemes.read(b'{"CodeSets": [', "Report.json")
    assert not eppi_schemes.is_eppi(b"id: a-scheme\ntitle: x\n")


@pytest.mark.skipif(not FILES, reason="the shared exports are not beside the repository")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_set_of_the_shared_files_can_be_taken(path: Path) -> None:
    read = eppi_schemes.read(path.read_bytes(), path.name)
    assert not any("cannot be taken" in remark for remark in read.remarks)
