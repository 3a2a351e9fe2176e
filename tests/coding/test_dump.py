from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.coding.dump import dump
from evidence.coding.load import load
from evidence.coding.scheme import Axis, Condition, Option, Question, QuestionKind, Scheme, Section

ROOT = Path(__file__).resolve().parents[2]

IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
TEXTS = (
    st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)


@st.composite
def options(draw: st.DrawFn, ids: list[str]) -> tuple[Option, ...]:
    flat = [Option(id=i, label=draw(TEXTS), help=draw(st.just("") | TEXTS)) for i in ids]
    if len(flat) > 1 and draw(st.booleans()):
        first, *rest = flat
        return (Option(id=first.id, label=first.label, options=tuple(rest)),)
    return tuple(flat)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    ids = draw(st.lists(IDS, min_size=4, max_size=8, unique=True))
    tree = Question(
        id=ids[0],
        text=draw(TEXTS),
        kind=QuestionKind.TREE,
        axis=draw(st.sampled_from(Axis)),
        options=draw(options(ids[3:])),
        required=draw(st.booleans()),
    )
    number = Question(
        id=ids[1],
        text=draw(TEXTS),
        kind=QuestionKind.NUMBER,
        unit=draw(st.just("") | TEXTS),
        minimum=draw(st.none() | st.integers(-999, 999).map(lambda n: n / 100_000)),
        when=draw(st.none() | st.just(Condition(question=ids[0], any_of=(ids[-1],)))),
    )
    yes_no = Question(id=ids[2], text=draw(TEXTS), kind=QuestionKind.YES_NO)
    return Scheme(
        id=draw(IDS),
        title=draw(TEXTS),
        version=draw(TEXTS),
        kind="coding",
        applies_to="study",
        description=draw(st.just("") | TEXTS),
        sections=(Section(title=draw(TEXTS), questions=(tree, number, yes_no)),),
    )


@settings(max_examples=100)
@given(schemes())
def test_a_scheme_comes_back_as_it_was(scheme: Scheme) -> None:
    assert load(dump(scheme), "s.yaml") == scheme


@pytest.mark.parametrize("path", sorted((ROOT / "coding_schemes").glob("*.yaml")), ids=str)
def test_shipped_schemes_come_back_as_they_were(path: Path) -> None:
    scheme = load(path.read_text(encoding="utf-8"), path.name)
    assert load(dump(scheme), path.name) == scheme
