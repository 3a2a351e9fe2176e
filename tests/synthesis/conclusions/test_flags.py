"""A statement is flagged exactly where what it rests on stands otherwise than somebody saw it."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.certainty.grade import Certainty
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from evidence.synthesis.conclusions.flags import (
    INCLUDED,
    NO_SUPPORT,
    NO_SUPPORT_YET,
    NOT_INCLUDED,
    Aspect,
    Flag,
    KeptSupport,
    Standing,
    flags_of,
    marks_of,
    seen,
    studies_behind,
)
from evidence.synthesis.conclusions.strength_rule import USUAL_RULE
from evidence.synthesis.conclusions.studies_mark import (
    NOT_KNOWN,
    exchange_words,
    renumbered,
    studies_mark,
)

DRAKE = Support(kind=SupportKind.STUDY, ids=("1",))
HOPE = Support(kind=SupportKind.OUTCOME, ids=("arms", "ips", "hope"))
SAID = Conclusion(uid="a", text="Offer support.", supports=(DRAKE, HOPE))
INCLUDED_STUDY = Standing(
    label="Drake 1996",
    studies=(1,),
    marks={Aspect.INCLUSION: INCLUDED, Aspect.CODING: "2026-01-01"},
)
OUTCOME = Standing(
    label="Hope: IPS",
    studies=(1, 2),
    certainty=Certainty.LOW,
    marks={Aspect.CERTAINTY: "low", Aspect.CODING: "2026-01-01", Aspect.STUDIES: "2"},
    dated={Aspect.CODING: {"Drake 1996": "2026-01-01", "Bond 2001": "2025-12-01"}},
)
NOW = {DRAKE: INCLUDED_STUDY, HOPE: OUTCOME}


def kept(now: Mapping[Support, Standing]) -> dict[Support, KeptSupport]:
    return {
        support: KeptSupport(support=support, label=standing.label, marks=marks_of(standing))
        for support, standing in now.items()
    }


def flags(now: Mapping[Support, Standing], said: Conclusion = SAID) -> list[Flag]:
    return list(flags_of(said, kept(NOW), now, USUAL_RULE))


def marked(standing: Standing, aspect: Aspect, mark: str) -> Standing:
    return replace(standing, marks={**standing.marks, aspect: mark})


def test_nothing_is_flagged_where_nothing_changed() -> None:
    assert flags(NOW) == []
    assert studies_behind(SAID, NOW) == (1, 2)


def test_each_change_is_told_with_what_changed() -> None:
    excluded = marked(INCLUDED_STUDY, Aspect.INCLUSION, NOT_INCLUDED)
    (flag,) = flags(NOW | {DRAKE: excluded})
    assert (flag.text, flag.support) == ("Drake 1996 is no longer included.", DRAKE)
    newer = {"Drake 1996": "2026-01-01", "Bond 2001": "2026-02-01"}
    coded = replace(marked(OUTCOME, Aspect.CODING, "2026-02-01"), dated={Aspect.CODING: newer})
    (flag,) = flags(NOW | {HOPE: coded})
    assert flag.text == "Hope: IPS (Bond 2001): the coding that counts changed."
    judged = marked(OUTCOME, Aspect.CERTAINTY, "very low")
    (flag,) = flags(NOW | {HOPE: judged})
    assert flag.text == "Hope: IPS: certainty was low and is very low now."


def test_a_study_that_was_exchanged_for_another_is_flagged_with_who_came_and_who_went() -> None:
    names = {1: "Drake 1996", 2: "Bond 2001", 3: "Killackey 2008"}
    before, after = (
        replace(marked(OUTCOME, Aspect.STUDIES, studies_mark(ids)), names=names)
        for ids in ((1, 2), (1, 3))
    )
    (flag,) = flags_of(SAID, kept(NOW | {HOPE: before}), NOW | {HOPE: after}, USUAL_RULE)
    assert flag.text == (
        "Hope: IPS: behind it stand as many studies as before (2), but not the same ones. "
        "Came: Killackey 2008. Went: Bond 2001."
    )
    assert flag.exchanged == {2, 3}


def test_a_number_of_studies_that_was_kept_before_their_names_is_compared_as_a_number() -> None:
    two, three = (marked(OUTCOME, Aspect.STUDIES, studies_mark(range(n))) for n in (2, 3))
    assert not flags(NOW | {HOPE: two})  # NOW has the number alone
    (flag,) = flags(NOW | {HOPE: three})
    assert flag.text == f"Hope: IPS: studies behind it were 2 and are 3 now.{NOT_KNOWN}"


def test_a_mark_goes_along_into_another_installation_and_names_what_stayed_behind() -> None:
    mark = renumbered(studies_mark((1, 2)), lambda study: {1: 7}.get(study, -study))
    assert renumbered("2", int) == "2"
    assert exchange_words(mark, studies_mark((7, 8)), {7: "A", 8: "B"}) == (
        " Came: B. Went: one that is gone."
    )


def test_what_is_gone_is_named_by_what_it_was_called() -> None:
    (flag,) = flags({DRAKE: INCLUDED_STUDY})
    assert flag.text == "Hope: IPS is not there any more."


def test_labels_with_braces_are_told_as_they_are() -> None:
    odd = replace(marked(OUTCOME, Aspect.CERTAINTY, "high"), label="{after} {label}")
    (flag,) = flags(NOW | {HOPE: odd})
    assert flag.text.startswith("{after} {label}: certainty was low")


def test_a_statement_that_rests_on_nothing_that_stands_says_so() -> None:
    excluded = marked(INCLUDED_STUDY, Aspect.INCLUSION, NOT_INCLUDED)
    assert flags(NOW, replace(SAID, supports=()))[0].text == NO_SUPPORT_YET
    assert flags({DRAKE: excluded})[0].text == NO_SUPPORT
    assert NO_SUPPORT not in {flag.text for flag in flags({HOPE: OUTCOME})}
    other = Support(kind=SupportKind.STATEMENT, ids=("b",))
    below = {other: Standing(label="“b”", marks={}, is_supported=False)}
    assert flags(below, replace(SAID, supports=(other,)))[0].text == NO_SUPPORT


aspects = st.sampled_from([each for each in Aspect if each is not Aspect.PRESENCE])
standing_of = st.builds(
    Standing,
    label=st.text(max_size=5),
    marks=st.dictionaries(aspects, st.sampled_from("abc")),
)
worlds = st.dictionaries(st.sampled_from([DRAKE, HOPE]), standing_of)


@given(worlds, worlds)
def test_seeing_all_ends_all_changes_and_they_never_end_without(
    before: dict[Support, Standing], after: dict[Support, Standing]
) -> None:
    said = replace(SAID, supports=tuple(before))
    marks = kept(before)
    told = [f for f in flags_of(said, marks, after, USUAL_RULE) if f.support]
    assert told == [f for f in flags_of(said, marks, after, USUAL_RULE) if f.support]
    gone = {f.support for f in told if f.aspect is Aspect.PRESENCE}
    assert gone == set(before) - set(after)
    looked = {
        support: seen(
            each,
            after.get(support),
            frozenset(f.aspect for f in told if f.support == support and f.aspect),
        )
        for support, each in marks.items()
    }
    assert not [f for f in flags_of(said, looked, after, USUAL_RULE) if f.support]
    back = [f for f in flags_of(said, looked, before, USUAL_RULE) if f.support]
    assert {f.support for f in back} == {f.support for f in told}


@given(worlds, worlds, aspects)
def test_seeing_one_change_ends_that_one_alone(
    before: dict[Support, Standing], after: dict[Support, Standing], aspect: Aspect
) -> None:
    said = replace(SAID, supports=tuple(before))
    told = [f for f in flags_of(said, kept(before), after, USUAL_RULE) if f.support]
    marks = {
        support: seen(each, after.get(support), frozenset({aspect}))
        for support, each in kept(before).items()
    }
    left = [f for f in flags_of(said, marks, after, USUAL_RULE) if f.support]
    assert [f.text for f in left] == [f.text for f in told if f.aspect is not aspect]
