"""Single fields of numbers: as typed, or remembered as a fault."""

import pytest

from evidence.coding.typed_numbers import FieldFault, TypedNumbers, count_of


@pytest.mark.parametrize(
    ("typed", "people"),
    [("143", 143), (" 1,200 ", 1200), ("1 200", 1200), ("", None), ("about 50", None),
     ("12.5", None), ("-3", None), ("٣", None), ("9" * 10, None)],
)  # fmt: skip
def test_people_are_counted_where_a_whole_number_was_typed(typed: str, people: int | None) -> None:
    assert count_of(typed) == people
    read = TypedNumbers({"n_intervention": typed})
    assert read.count("n_intervention") == people
    assert [fault.field for fault in read.faults] == ["n_intervention"] * bool(
        typed and people is None
    )


@pytest.mark.parametrize(
    ("typed", "level"),
    [("95", 0.95), ("95 %", 0.95), ("95%", 0.95), ("0.95", 0.95), (" 99 ", 0.99), ("", 0.95)],
)
def test_a_level_may_be_typed_in_per_cent_or_not(typed: str, level: float) -> None:
    read = TypedNumbers({"numbers.level": typed})
    assert read.level("numbers.level") == pytest.approx(level)
    assert read.faults == []


def test_what_cannot_be_read_is_remembered_with_its_field() -> None:
    read = TypedNumbers({"numbers.sd1": "about 3", "numbers.n1": "2.5", "printed.p": "small"})
    assert read.number("numbers.sd1") is None
    assert read.people("numbers.n1") is None
    assert read.p("printed.p") is None
    assert [fault.field for fault in read.faults] == ["numbers.sd1", "numbers.n1", "printed.p"]
    assert not any(fault.is_missing for fault in read.faults)
    assert "about 3" in read.faults[0].sentence


def test_a_word_is_one_of_the_choices() -> None:
    read = TypedNumbers({"adjusted": "yes", "numbers.scores": "final scores"})
    assert read.word("adjusted", {"yes": True, "no": False}) is True
    assert read.word("benefit", {"higher": 1}) is None
    assert read.faults == []
    assert read.word("numbers.scores", {"final": 1, "change": 2}) is None
    (fault,) = read.faults
    assert fault.sentence == "“final scores” is none of the choices; they are final, change."


def test_what_is_missing_is_no_mistake() -> None:
    read = TypedNumbers({})
    assert read.needed("numbers.mean1", "The mean") is None
    assert read.faults == [
        FieldFault(
            field="numbers.mean1",
            sentence="The mean is missing, so no effect is computed.",
            is_missing=True,
        )
    ]
