"""Whatever names a work or a study is known to the code that merges, splits and removes works."""

from collections.abc import Iterable

from sqlalchemy import Column, Table

from evidence.store.schema import metadata, study, work
from evidence.store.undo_merge_split import STUDY_REFERENCES, WORK_REFERENCES


def columns_that_name(target: Table) -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table is target for key in column.foreign_keys)
    }


def names(columns: Iterable[Column[int]]) -> set[str]:
    return {f"{column.table.name}.{column.name}" for column in columns}


def test_everything_that_names_a_work_says_what_becomes_of_it() -> None:
    """A new foreign key needs a line in store/undo_merge_split.py, which undo goes through."""
    assert names(WORK_REFERENCES) == columns_that_name(work)


def test_everything_that_names_a_study_keeps_it() -> None:
    assert names(STUDY_REFERENCES) == columns_that_name(study)
