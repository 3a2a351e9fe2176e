"""Pairs of records side by side, works of several records, and what people decided."""

import html
import random

import pandas as pd
import streamlit as st

from evidence.dedupe.differences import Side, differences
from evidence.steps import duplicates
from evidence.steps.desk import Desk
from evidence.ui.keys import pressed
from evidence.ui.trouble import again, part
from evidence.ui.words import number, plain, short
from evidence.ui.work_parts import FIELDS, shown

COMPARED = (
    "title", "authors", "year", "journal", "volume", "issue", "pages", "type", "doi", "pmid",
    "abstract",
)  # fmt: skip
SAMPLE = 5  # pairs to look at before many are decided together
VERDICTS = {"same": "Same", "different": "Different", "withdrawn": "Taken back"}
STYLE = """<style>
.pair { width: 100%; border-collapse: collapse; table-layout: fixed; overflow-wrap: anywhere; }
.pair th, .pair td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); font-size: .92rem; }
.pair th:first-child { width: 6.5rem; font-weight: 600; }
.pair mark { color: inherit; background: color-mix(in srgb, #e69f00 35%, transparent);
  border-bottom: 2px solid #b36b00; border-radius: .15em; }
.pair .same { opacity: .7; } .pair .none { opacity: .55; font-style: italic; }
@media (max-width: 640px) { .pair th:first-child { width: 4.2rem; } .pair td { padding: .3rem; } }
</style>"""


@part
def pair_view(desk: Desk) -> None:
    """The next possible pair, with keys and buttons to decide it."""
    skipped: list[tuple[int, int]] = st.session_state.setdefault("skipped-pairs", [])
    pair = duplicates.possible(desk, skipped)
    if pair is None:
        if skipped:
            st.info(f"You skipped {number(len(skipped), 'pair')}.", icon=":material/skip_next:")
            if st.button("Look at them again", key="unskip"):
                skipped.clear()
                again()
        elif not duplicates.state(desk).new:
            st.success("No pair waits for a decision.", icon=":material/check_circle:")
        else:
            st.info("Nothing to decide until the new records were compared.")
        return
    said = pair.verdict.pair
    key = pressed(str(said), {"s": "same", "d": "different", "k": "skip"}, "pair-keys")
    with st.container(horizontal=True):
        same = st.button("Same `S`", type="primary", key=f"same-{said}") or key == "same"
        different = st.button("Different `D`", key=f"different-{said}") or key == "different"
        skip = st.button("Skip `K`", key=f"skip-{said}", type="tertiary") or key == "skip"
    note = st.text_input("Note", key=f"note-{said}", placeholder="Why, if it is not obvious")
    st.caption(plain(pair.why))
    st.html(comparison(pair.first, pair.second))
    if same or different:
        duplicates.decide(desk, said, "same" if same else "different", note)
        st.rerun()
    if skip:
        skipped.append(said)
        again()


@part
def together(desk: Desk) -> None:
    """Pairs with one reason, decided together after a look at some of them."""
    waiting = duplicates.waiting(desk)
    if not waiting:
        return
    reason = st.selectbox(
        "Reason",
        list(waiting),
        format_func=lambda one: f"{number(len(waiting[one]), 'pair')}: {one}",
        key="together-reason",
    )
    pairs = waiting[reason]
    sample = random.Random(len(pairs)).sample(pairs, min(SAMPLE, len(pairs)))  # noqa: S311
    ids = {record_id for pair in sample for record_id in pair}
    records = {record.id: record for record in duplicates.records_of(desk, sorted(ids))}
    for first, second in sample:
        st.html(comparison(records[first], records[second]))
    st.caption(f"These are {len(sample):,} of {number(len(pairs), 'pair')}, drawn at random.")
    looked = st.checkbox("I looked at all of them", key=f"looked-{reason}-{len(pairs)}")
    with st.container(horizontal=True):
        for verdict, label in (("same", "All are the same"), ("different", "All are different")):
            if st.button(label, disabled=not looked, key=f"all-{verdict}"):
                note = f"decided together with {len(pairs)} pairs after a look at {len(sample)}"
                duplicates.decide_all(desk, pairs, verdict, note)
                st.rerun()


def overlap_tables(desk: Desk) -> None:
    """Which source found what alone, and what each two found together."""
    names, found = duplicates.overlap_of_sources(desk)
    rows = [
        {"Source": names[s.source], "Works": s.works, "Found here only": s.alone}
        for s in found.shares
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Works of each source")
    st.caption("Works that both sources found; each source with itself gives all of its works.")
    heads = [f"{number_}. {names[s.source]}" for number_, s in enumerate(found.shares, 1)]
    cells = [[found.both(a.source, b.source) for b in found.shares] for a in found.shares]
    table = pd.DataFrame(cells, index=pd.Index(heads, name="Source"), columns=heads)
    st.dataframe(table, alt="Overlap of sources")


def comparison(first: duplicates.RecordOfWork, second: duplicates.RecordOfWork) -> str:
    """Two records as an HTML table in which differing words are marked; all text is escaped."""
    places = (f"{record.source} ({record.file}, line {record.line})" for record in (first, second))
    heads = "".join(f"<th scope='col'>{html.escape(place)}</th>" for place in places)
    rows = "".join(_row(name, first, second) for name in COMPARED)
    return f"{STYLE}<table class='pair'><thead><tr><th></th>{heads}</tr></thead>{rows}</table>"


def _row(name: str, first: duplicates.RecordOfWork, second: duplicates.RecordOfWork) -> str:
    one, other = shown(first.reference, name), shown(second.reference, name)
    if not one and not other:
        return ""
    kind = "same" if one == other else ""
    cells = f"<td>{_marked(one, other)}</td><td>{_marked(other, one)}</td>"
    return f"<tr class='{kind}'><th scope='row'>{FIELDS[name]}</th>{cells}</tr>"


def _marked(value: str, other: str) -> str:
    if not value:
        return "<span class='none'>not given</span>"
    if not other:
        return html.escape(value)
    return " ".join(
        html.escape(piece.text)
        if piece.side is Side.BOTH
        else f"<mark>{html.escape(piece.text)}</mark>"
        for piece in differences(value, other)
        if piece.side is not Side.RIGHT
    )


def join_card(desk: Desk, join: duplicates.Join) -> None:
    """A work of several records: why they are together, and a way to split one off."""
    title = short(join.records[0].reference.title or "(no title)")
    with st.expander(
        f"{plain(title)} · {number(len(join.records), 'record')}", icon=":material/join_inner:"
    ):
        for why in join.why:
            st.caption(plain(why))
        for record in join.records:
            left, right = st.columns([5, 1], vertical_alignment="center")
            reference = record.reference
            about = f"{shown(reference, 'authors')} ({reference.year or 'no year'}). "
            about += f"{reference.title.rstrip('.')}. "
            about += f"{reference.journal} {reference.volume} {reference.pages}"
            left.markdown(plain(about))
            left.caption(plain(f"{record.source} · {record.file}, line {record.line}"))
            if right.button("Split off", key=f"split-{record.id}", width="stretch"):
                duplicates.split_off(desk, record.id)
                st.rerun()


def decided_pairs(desk: Desk) -> None:
    """What people said, newest first, to take back."""
    history = duplicates.history(desk)
    if not history:
        st.caption("Nobody decided a pair yet.")
        return
    ids = {record_id for verdict in history for record_id in verdict.pair}
    titles = {r.id: r.reference.title for r in duplicates.records_of(desk, sorted(ids))}
    newest: set[tuple[int, int]] = set()
    for index, said in enumerate(history):
        left, right = st.columns([5, 1], vertical_alignment="center")
        note = f" — {plain(said.note)}" if said.note else ""
        left.markdown(f"**{VERDICTS[said.verdict]}**{note}")
        left.caption(
            f"{plain(short(titles[said.record_a]))} / {plain(short(titles[said.record_b]))} · "
            f"{plain(said.person or '')}, {said.at:%Y-%m-%d %H:%M} UTC"
        )
        counts = said.pair not in newest and said.verdict != "withdrawn"
        newest.add(said.pair)
        if counts and right.button("Take back", key=f"back-{index}", width="stretch"):
            duplicates.decide(desk, said.pair, "withdrawn")
            st.rerun()
