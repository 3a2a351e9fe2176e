from pathlib import Path

import pytest

from benchmarks.priority import sets_in


def test_only_reviews_that_were_screened_are_sets(tmp_path: Path) -> None:
    head = "record_id,title,abstract,label_included\n"
    (tmp_path / "garden.csv").write_text(head, encoding="utf-8-sig")
    (tmp_path / "quoted.csv").write_text(
        '"record_id","title","abstract","label_included","keywords"\n', encoding="utf-8"
    )
    (tmp_path / "asreview_elas_u4.csv").write_text("name,seed,n,relevant,atd\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(head, encoding="utf-8")

    assert [path.stem for path in sets_in(tmp_path)] == ["garden", "quoted"]
    assert [path.stem for path in sets_in(tmp_path, ["garden"])] == ["garden"]


def test_a_folder_without_sets_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="No sets"):
        sets_in(tmp_path)
