"""Hostile files and unlucky hours: what comes in stays whole, and nothing goes in silence."""

import csv
import io
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from evidence.coding.yaml_reader import MAX_CHARACTERS
from evidence.errors import Invalid, NotFound
from evidence.screening.verdicts import Stage
from evidence.settings import Settings
from evidence.steps.coding import brought_codings, brought_stages, codings_export, schemes, studies
from evidence.steps.coding.brought_codings import BroughtReport
from evidence.steps.coding.brought_stages import ReadCodings, Wishes
from evidence.steps.coding.codings_export import Form
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, previews, uploads
from tests.eppi.made_exports import (
    applied,
    as_bytes,
    code,
    code_set,
    outcome,
    reference,
    report,
)
from tests.eppi.test_hostile_exports import tower
from tests.steps.coding.test_brought_codings import SETTING, TWO, numbers, take

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "</script><script>alert(1)")


def test_a_set_without_codes_and_one_too_deep_keep_no_coding_out(desk: Desk) -> None:
    sets = [code_set("Empty", SetId=1), code_set("Deep", tower(30), SetId=2), SETTING]
    coded = reference(1, applied(1), Outcomes=[outcome(7)])
    file = take(desk, as_bytes(report(sets, [coded])))
    seen = brought_codings.look(desk, file, Wishes())
    assert [each.title for each in seen.sets] == ["Deep", "Setting"]
    assert any("no codes" in each.sentence for each in seen.account.left_out)
    done = brought_codings.bring(desk, file, Wishes())
    assert (done.counts.studies, len(schemes.taken(desk))) == (1, 2)


def test_a_set_that_can_be_no_scheme_is_refused_when_it_is_looked_at(desk: Desk) -> None:
    endless = [code(number, f"{number} " + "n" * 280) for number in range(1, MAX_CHARACTERS // 250)]
    file = take(desk, as_bytes(report([code_set("Endless", *endless)], [reference(1, applied(1))])))
    for act in (brought_codings.look, brought_codings.bring):
        with pytest.raises(Invalid, match=r"“Endless” cannot be a coding scheme.*longer than"):
            act(desk, file, Wishes())
    assert numbers(desk)["scheme"] == 0


def test_formulas_and_scripts_in_texts_leave_as_text(desk: Desk) -> None:
    tree = code(10, "Place", "Not selectable (no checkbox)", code(1, FORMULAS[0]))
    coded = [
        reference(number, applied(1, text, 5, text), Title=text, ShortTitle=text)
        for number, text in enumerate(FORMULAS, 1)
    ]
    brought_codings.bring(
        desk, take(desk, as_bytes(report([code_set("=S", tree)], coded))), Wishes()
    )
    assert len(studies.listing(desk)) == len(FORMULAS)
    with zipfile.ZipFile(io.BytesIO(codings_export.build(desk, Form.CSV_FILES))) as files:
        cells = [
            cell
            for name in files.namelist()
            if name.endswith(".csv")
            for row in csv.reader(io.StringIO(files.read(name).decode("utf-8-sig")))
            for cell in row
        ]
    assert any("1+1" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))] == []


def test_one_file_that_two_bring_at_once_comes_in_once(desk: Desk) -> None:
    file = take(desk, as_bytes(TWO))
    at_once = Barrier(3)

    def bring() -> BroughtReport | Invalid:
        at_once.wait()
        try:
            return brought_codings.bring(desk, file, Wishes())
        except Invalid as error:
            return error

    with ThreadPoolExecutor(3) as pool:
        results = [each.result() for each in [pool.submit(bring) for _ in range(3)]]
    refused = [each for each in results if isinstance(each, Invalid)]
    assert len(refused) == 2
    assert all("brought in already" in str(each) for each in refused)
    assert (numbers(desk)["study"], len(brought_codings.brought(desk))) == (2, 1)


def test_the_same_file_twice_is_kept_once_and_other_bytes_change_nothing(desk: Desk) -> None:
    brought_codings.bring(desk, take(desk, as_bytes(TWO)), Wishes())
    before = numbers(desk)
    for name, more, is_new in (("again.json", b"", False), ("blank.json", b"\n", True)):
        preview_id = uploads.add(desk, name, as_bytes(TWO) + more, Settings(), wait=True)
        (preview,) = previews.listing(desk)
        assert preview.earlier_import is not None
        assert imports.keep_coding(desk, preview_id) is is_new
    file = brought_codings.files(desk)[-1].id
    assert brought_codings.look(desk, file, Wishes()).stay == 2
    assert brought_codings.bring(desk, file, Wishes()).counts.stayed == 2
    assert numbers(desk) == before


def test_a_file_whose_import_was_undone_meanwhile_is_not_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = take(desk, as_bytes(TWO))
    read = brought_stages.read

    def read_and_lose(at: Desk, file_id: int, stages: Mapping[int, Stage]) -> ReadCodings:
        found = read(at, file_id, stages)
        imports.undo(at, found.file.file_id)
        return found

    monkeypatch.setattr(brought_stages, "read", read_and_lose)
    with pytest.raises(NotFound):
        brought_codings.bring(desk, file, Wishes())
    assert numbers(desk)["study"] == 0
