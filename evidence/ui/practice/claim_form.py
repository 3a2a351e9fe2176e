"""The forms by which editors enter a claim, and say whether what it cites supports it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import claims as steps
from evidence.steps.practice.claims import (
    LONGEST_CLAIM,
    LONGEST_FIELD,
    MOST_FIGURES,
    ClaimLine,
    new_uid,
)
from evidence.steps.records import records
from evidence.store.records.filters import Filter
from evidence.synthesis.claims.claim import (
    Claim,
    ClaimJudgement,
    ClaimKind,
    ClaimVerdict,
    NamedWork,
)
from evidence.synthesis.claims.figures import PERCENT, Figure, FigureRole
from evidence.synthesis.reasons import LONGEST_REASON
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.under_way import ChoiceUnderWay, choice_under_way
from evidence.ui.shell.wording import plain, short

MORE_ROWS = 2  # empty rows for further figures
MOST_WORKS = 25  # found by words
NO_WORK = 0  # no work has this id
ROLES = {
    FigureRole.STATED: "On its own",
    FigureRole.PART: "Part of a total",
    FigureRole.TOTAL: "The total",
}
OF_FIGURES = (
    "Each figure has what it counts (write it alike in all claims, since by it the same figure is "
    "recognised), its value (a number or a range, if need be after “at least”, “over”, “up to”, "
    "“less than” or “about”) and its unit. Of whom a percentage is must be said."
)
CITED_WORK = "Choose the cited work, where the review has it"
MORE_FIGURES = "More of the figure (of how many, group, role), and further figures"
MORE = "More of the claim: kind of evidence, people, years, about whom, compared with what"


def new_claim(desk: Desk) -> None:
    """A form for a claim that nobody has entered yet."""
    with st.expander("Enter a claim", icon=":material/add:"):
        blank = Claim(uid=new_uid(), text="")
        choice = choice_under_way(f"claim-new-{desk.review_id}", blank)
        stated = _fields(desk, choice.before, f"claim-new-{desk.review_id}-{choice.turn}", "Add")
        if stated is not None and attempt(steps.add, desk, stated):
            choice.begin_anew(Claim(uid=new_uid(), text=""))
            st.session_state["claim-to-judge"] = stated.uid
            rerun()


def claim_form(desk: Desk, lines: Sequence[ClaimLine]) -> None:
    """A form for one claim; what is typed stays until it is kept or given up."""
    with st.expander("Change a claim, or take it away", icon=":material/edit:"):
        line = _chosen(lines, "claim-chosen")
        if line is None:
            return
        uid = line.claim.uid
        choice = choice_under_way(f"claim-form-{desk.review_id}-{uid}", line.claim)
        _tell_changed(choice, line, line.claim, f"claim-anew-{uid}")
        key = f"claim-{desk.review_id}-{uid}-{choice.turn}"
        stated = _fields(desk, choice.before, key, "Keep")
        if stated is not None and attempt(steps.change, desk, stated, choice.before):
            choice.begin_anew(_now(desk, uid, stated))
            rerun()
        goes = st.button("Take this claim away", key=f"claim-remove-{uid}")
        if goes and attempt(steps.remove, desk, line.claim):
            rerun()


def judgement_form(desk: Desk, lines: Sequence[ClaimLine]) -> None:
    """A form to say whether the work that a claim cites supports it."""
    with st.expander("Does the cited work support it?", icon=":material/fact_check:"):
        line = _chosen(lines, "claim-to-judge")
        if line is None:
            return
        uid, now = line.claim.uid, line.judgement
        st.caption(plain(f"Claimed in {line.claim.where}. Cites {line.cited or 'nothing'}."))
        choice = choice_under_way(f"judgement-{desk.review_id}-{uid}", now)
        _tell_changed(choice, line, now, f"judgement-anew-{uid}")
        before = choice.before
        key = f"judgement-{desk.review_id}-{uid}-{choice.turn}"
        work = _work(desk, "The work that you looked up", before.traced.work, f"{key}-work")
        with st.form(key, border=False):
            verdicts = list(ClaimVerdict)
            verdict = st.radio(
                "The cited work",
                verdicts,
                verdicts.index(before.verdict),
                format_func=lambda each: VERDICT_CHOICES[each],
                key=f"{key}-verdict",
            )
            reason = st.text_area(
                "Why", before.reason, max_chars=LONGEST_REASON, key=f"{key}-reason",
                placeholder="What the work says, in your own words, and where.",
            )  # fmt: skip
            traced = st.text_input(
                "What you looked up, where it is no work of the review",
                before.traced.citation,
                max_chars=LONGEST_FIELD,
                key=f"{key}-traced",
            )
            is_sent = st.form_submit_button("Keep the judgement", type="primary")
        said = ClaimJudgement(
            verdict=verdict or before.verdict,
            reason=reason,
            traced=NamedWork(work=work, citation=traced),
        )
        if is_sent and attempt(steps.judge, desk, line.claim, said, before):
            lines_now = {each.claim.uid: each for each in steps.register(desk)}
            choice.begin_anew(lines_now[uid].judgement if uid in lines_now else said)
            rerun()


VERDICT_CHOICES = {
    ClaimVerdict.SUPPORTS: "supports it",
    ClaimVerdict.PARTLY: "supports it partly",
    ClaimVerdict.DOES_NOT: "does not support it",
    ClaimVerdict.CANNOT_TELL: "was looked up, and it cannot be told",
    ClaimVerdict.NOT_LOOKED_UP: "was not looked up",
}


def _chosen(lines: Sequence[ClaimLine], key: str) -> ClaimLine | None:
    by_uid = {line.claim.uid: line for line in lines}
    uid = st.selectbox(
        "Claim", list(by_uid), format_func=lambda each: short(by_uid[each].claim.text), key=key
    )
    return by_uid.get(uid)


def _tell_changed(
    choice: ChoiceUnderWay[Claim] | ChoiceUnderWay[ClaimJudgement],
    line: ClaimLine,
    now: Claim | ClaimJudgement,
    key: str,
) -> None:
    if choice.before == now:
        return
    st.warning(
        plain(f"{line.state.person} changed this since you began: {short(line.claim.text)}"),
        icon=":material/group:",
    )
    if st.button("Begin with what stands now", key=key):
        choice.begin_anew(now)  # type: ignore[arg-type]
        rerun()


def _now(desk: Desk, uid: str, stated: Claim) -> Claim:
    return next((e.claim for e in steps.register(desk) if e.claim.uid == uid), stated)


def _fields(desk: Desk, before: Claim, key: str, act: str) -> Claim | None:
    """A form with what a claim is, first what everybody needs; None until it is sent."""
    with st.expander(CITED_WORK, expanded=before.cited.work is not None):
        work = _work(desk, "The cited work", before.cited.work, f"{key}-work")
    with st.form(key, border=False):
        text = st.text_area(
            "What is claimed, in your own words",
            before.text,
            max_chars=LONGEST_CLAIM,
            key=f"{key}-text",
        )
        source_box, place_box = st.columns(2)
        source = source_box.text_input("Claimed in", before.source, key=f"{key}-source")
        place = place_box.text_input(
            "Where in it", before.place, placeholder="Page, section, paragraph", key=f"{key}-place"
        )
        cited = st.text_input(
            "What it cites, as it is printed there",
            before.cited.citation,
            help="May stay empty where the cited work is chosen above.",
            key=f"{key}-cited",
        )
        stated = replace(
            before,
            text=text,
            source=source,
            place=place,
            cited=NamedWork(work=work, citation=cited, year=before.cited.year),
            figures=_figures(before.figures, key),
        )
        with st.expander(MORE, expanded=_has_more(before)):
            stated = _more(stated, key)
        return stated if st.form_submit_button(act, type="primary") else None


def _has_more(stated: Claim) -> bool:
    """Whether anything stands below the fields that everybody needs."""
    words = (stated.year, stated.population, stated.comparator, stated.source_year)
    return any((*words, stated.cited.year, stated.people, stated.kind is not ClaimKind.RESEARCH))


def _more(before: Claim, key: str) -> Claim:
    """What only some claims need."""
    kind_box, people_box, when_box = st.columns(3)
    kinds = list(ClaimKind)
    kind = kind_box.selectbox(
        "Kind of evidence",
        kinds,
        kinds.index(before.kind),
        format_func=lambda each: each.value.capitalize(),
        key=f"{key}-kind",
    )
    people = people_box.number_input(
        "About how many people", 1, None, before.people, 1, key=f"{key}-people"
    )
    year = when_box.text_input("Year of the figures", before.year, key=f"{key}-year")
    who_box, against_box = st.columns(2)
    population = who_box.text_input("About whom", before.population, key=f"{key}-population")
    comparator = against_box.text_input("Compared with", before.comparator, key=f"{key}-comparator")
    source_box, cited_box = st.columns(2)
    source_year = source_box.text_input(
        "Year of what it is claimed in", before.source_year, key=f"{key}-source-year"
    )
    cited_year = cited_box.text_input(
        "Year printed for what it cites", before.cited.year, key=f"{key}-cited-year"
    )
    return replace(
        before,
        kind=kind or before.kind,
        people=people,
        year=year,
        population=population,
        comparator=comparator,
        source_year=source_year,
        cited=replace(before.cited, year=cited_year),
    )


def _figures(before: Sequence[Figure], key: str) -> tuple[Figure, ...]:
    """What everybody says of the first figure; below it the rest of it, and further figures."""
    st.markdown("**Figures**")
    st.caption(OF_FIGURES)
    blank = Figure(measure="", value="")
    known = [*before, *(blank for _ in range(MORE_ROWS))][: max(len(before), MOST_FIGURES)]
    first = _counted(known[0], 0, key)
    has_more = len(before) > 1 or any(
        each.group or each.base_number or each.role is not FigureRole.STATED for each in before
    )
    with st.expander(MORE_FIGURES, expanded=has_more):
        figures = [_rest(first, 0, key)]
        for at, now in enumerate(known[1:], start=1):
            with st.container(border=True):
                figures.append(_rest(_counted(now, at, key), at, key))
    return tuple(each for each in figures if each is not None)


def _counted(before: Figure, at: int, key: str) -> Figure:
    """What a figure counts, and of whom it is."""
    nth, key = f"figure {at + 1}", f"{key}-figure-{at}"
    boxes = st.columns([4, 2, 2, 3])
    return replace(
        before,
        measure=boxes[0].text_input(
            f"What {nth} counts", before.measure, key=f"{key}-measure", placeholder="found work"
        ),
        value=boxes[1].text_input(f"Value of {nth}", before.value, key=f"{key}-value"),
        unit=boxes[2].text_input(f"Unit of {nth}", before.unit, key=f"{key}-unit"),
        base=boxes[3].text_input(f"Of whom {nth} is", before.base, key=f"{key}-base"),
    )


def _rest(before: Figure, at: int, key: str) -> Figure | None:
    """The other fields of a figure; None where nothing at all is said of it."""
    nth, key = f"figure {at + 1}", f"{key}-figure-{at}"
    number_box, group_box, role_box = st.columns(3)
    base_number = number_box.number_input(
        f"Of how many {nth} is", 1, None, before.base_number, 1, key=f"{key}-base-number"
    )
    group = group_box.text_input(f"Group of {nth}", before.group, key=f"{key}-group")
    roles = list(FigureRole)
    role = role_box.selectbox(
        f"Role of {nth}",
        roles,
        roles.index(before.role),
        format_func=ROLES.__getitem__,
        key=f"{key}-role",
    )
    if not any((before.measure, before.value, group, before.base, base_number)):
        return None
    return replace(
        before,
        unit=before.unit if before.value or before.unit != PERCENT else "",
        group=group,
        base_number=base_number,
        role=role or before.role,
    )


def _work(desk: Desk, what: str, before: int | None, key: str) -> int | None:
    """Choose a work of the review by words of it; None for none of them."""
    words_box, work_box = st.columns([2, 3])
    words = words_box.text_input(
        "Find it in the review", placeholder="Words of its title or authors", key=f"{key}-words"
    )
    found = records.page(desk, Filter(words=words), 0, MOST_WORKS) if words.strip() else []
    ids = [each.id for each in found]
    options = list(dict.fromkeys([NO_WORK, *([before] if before is not None else []), *ids]))
    labels = steps.work_words(desk, options[1:])
    labels[NO_WORK] = "None of the works of the review"
    chosen = work_box.selectbox(
        what,
        options,
        int(before is not None),
        format_func=lambda each: short(labels.get(each, "A work that is not here any more"), 120),
        key=f"{key}-chosen",
    )
    return chosen or None
