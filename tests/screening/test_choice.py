import pytest

from benchmarks.priority import Run
from benchmarks.priority_choice import (
    ASREVIEW,
    BASE,
    CANDIDATES,
    PATIENCE,
    best,
    changed,
    left_out,
    name_of,
    read_asreview,
)
from evidence.screening import features, model, simulation


def reached(atd: float, wss95: float = 0.5) -> Run:
    return Run(atd=atd, loss=atd, wss95=wss95, recall10=0, wall=1, cpu=1)


def test_a_set_has_no_say_in_what_it_judges() -> None:
    """One set where b does ten times better decides for b, but not about itself."""
    runs = {
        "a": {"one": reached(0.10), "two": reached(0.10), "odd": reached(0.50)},
        "b": {"one": reached(0.12), "two": reached(0.12), "odd": reached(0.05)},
    }

    assert best(runs, ["one", "two", "odd"]) == "b"
    assert left_out(runs, ["one", "two", "odd"]) == {"one": "b", "two": "b", "odd": "a"}


def test_a_hard_set_counts_no_more_than_an_easy_one() -> None:
    runs = {
        "a": {"easy": reached(0.02), "hard": reached(0.40)},
        "b": {"easy": reached(0.03), "hard": reached(0.38)},
    }

    assert best(runs, ["easy", "hard"]) == "a"


def test_both_figures_count() -> None:
    assert best({"a": {"s": reached(0.1, 0.5)}, "b": {"s": reached(0.1, 0.6)}}, ["s"]) == "b"


def test_a_candidate_is_in_force_only_while_it_is_tried() -> None:
    before = model.STRENGTH, features.LETTERS, simulation.PATIENCE

    with changed({"LETTERS": 0.5}, PATIENCE):
        assert features.LETTERS == 0.5
        assert BASE["STRENGTH"][1] == model.STRENGTH
        assert simulation.PATIENCE == PATIENCE

    assert before == (model.STRENGTH, features.LETTERS, simulation.PATIENCE)


def test_the_order_has_the_numbers_of_a_candidate() -> None:
    """Whoever changes a constant of the order adds it to the table that it is chosen from."""
    in_force = {name: getattr(module, name) for name, (module, _) in BASE.items()}
    of_candidates = [
        {name: candidate.get(name, value) for name, (_, value) in BASE.items()}
        for candidate in CANDIDATES
    ]

    assert in_force in of_candidates
    assert len({name_of(candidate) for candidate in CANDIDATES}) == len(CANDIDATES)


def test_the_figures_of_asreview_are_those_in_the_docs() -> None:
    groups, runs = read_asreview(ASREVIEW)

    assert sorted(groups.values()) == ["first"] * 14 + ["later"] * 12
    mean = sum(run.atd for run in runs.values()) / len(runs)
    assert mean == pytest.approx(0.1204, abs=5e-5)
