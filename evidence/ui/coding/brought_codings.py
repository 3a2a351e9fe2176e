"""The part of the page Import where the coding of a file of EPPI-Reviewer comes in."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.eppi.account import Account, Part
from evidence.steps.coding import brought_codings
from evidence.steps.coding.brought_codings import BroughtPreview, BroughtReport
from evidence.steps.coding.brought_schemes import SetTaken
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports
from evidence.steps.review import membership, people, team
from evidence.store import Role
from evidence.store.coding.brought_codings import Brought
from evidence.store.records.coded_files import CodedFile
from evidence.ui.coding import brought_stages
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt, fragment, show_errors
from evidence.ui.shell.wording import file_name, number, plain, short

ME, AGREED, OTHER = "I coded", "Several people agreed on it", "Somebody else coded"
SETTLED = (
    "What was agreed counts at once, also of studies that two people are asked to code and nobody "
    "has begun. All can read it but those who code the study, or to whom it is given and who have "
    "not completed it."
)
SENTENCES_SHOWN = 30  # of what was left out or mended
COUNTED = (
    ("studies", ("new study", "new studies")),
    ("codings", ("coding",)),
    ("answers", ("answer",)),
    ("findings", ("finding",)),
    ("quotations", ("quotation",)),
    ("stayed", ("coding that stayed as it was", "codings that stayed as they were")),
)
LABELS_SHOWN = 5  # of studies that stay
PARTS = {
    Part.REFERENCES: "References",
    Part.SETS: "Sets of codes",
    Part.CODES: "Codes",
    Part.APPLIED: "Codes that were applied",
    Part.NOTES: "Notes",
    Part.QUOTATIONS: "Highlighted words",
    Part.ARMS: "Arms",
    Part.OUTCOMES: "Outcomes",
}


def codings_of_files(desk: Desk) -> None:
    """Files that hold coding, what would come in, and what did, with a way back."""
    files = brought_codings.files(desk)
    if not files:
        return
    st.header("Codings of files")
    report: BroughtReport | None = st.session_state.pop(_key(desk, "report"), None)
    if report:
        _report(report)
    job = brought_codings.newest_job(desk)
    if job is not None and job.going:
        _going(desk)
        return
    if job is not None and job.message:
        st.error(plain(job.message), icon=":material/warning:")
    standing = [each for each in brought_codings.brought(desk) if each.undone_at is None]
    for file in files:
        with st.container(border=True, key=f"coded-file-{file.id}"):
            _file(desk, file, [each for each in standing if each.coded_file_id == file.id])


def _key(desk: Desk, name: str) -> str:
    return f"brought-{name}-{desk.review_id}"


def _file(desk: Desk, file: CodedFile, standing: Sequence[Brought]) -> None:
    st.markdown(f"**{file_name(file.name)}**")
    for each in standing:
        _standing(desk, file, each)
    box = st.expander(
        "Bring its coding in" + (" for another coder" if standing else ""),
        icon=":material/move_to_inbox:",
        key=f"bring-{file.id}",
        on_change="rerun",
    )
    if box.open:
        with box, show_errors():
            _bring(desk, file)


def _standing(desk: Desk, file: CodedFile, each: Brought) -> None:
    """A coding that came in, and the way back."""
    text_box, button_box = st.columns([4, 1], vertical_alignment="center")
    whose = "what was agreed" if each.is_agreed else f"the coding of {plain(each.person)}"
    came = [number(count, *words) for name, words in COUNTED if (count := each.counts.get(name, 0))]
    text_box.caption(
        f"Brought in as {whose} by {plain(each.by)}, {each.at:%Y-%m-%d %H:%M} UTC: "
        f"{', '.join(came) or 'nothing new'}"
    )
    box = button_box.popover(
        "Undo …", width="stretch", key=f"undo-coding-{each.id}", on_change="rerun"
    )
    if not box.open:
        return
    with box, show_errors():
        back = brought_codings.look_at_undo(desk, each.id)
        st.markdown(
            f"Take back {number(back.codings, 'coding')}, "
            f"{number(back.studies, 'study', 'studies')} and {number(back.reopened, 'inclusion')}?"
        )
        if back.schemes:
            named = ", ".join(f"**{plain(short(each))}**" for each in back.schemes)
            what = "A scheme goes" if len(back.schemes) == 1 else "Schemes go"
            st.markdown(f"{what} with them: {named}")
        if back.screening:
            st.markdown(
                "\n".join(f"- {line}" for line in brought_stages.undo_lines(back.screening))
            )
        if back.stay:
            named = "; ".join(short(label, 60) for label in back.stay[:LABELS_SHOWN])
            others = len(back.stay) - LABELS_SHOWN
            more = f" and {others:,} more" if others > 0 else ""
            st.caption(f"Somebody has worked on these since, so they stay: {plain(named)}{more}")
        too = st.checkbox(
            "Remove the references on which nobody worked as well",
            key=f"undo-references-{each.id}",
        )
        yes = st.button("Yes, take this coding back", key=f"undo-coding-yes-{each.id}")
        if yes and attempt(brought_codings.undo, desk, each.id):
            if too:
                imports.undo_untouched(desk, file.file_id)
            st.session_state.pop(_key(desk, f"seen-{each.coded_file_id}"), None)
            st.toast("The coding was taken back.", icon=":material/undo:")
            st.rerun()


def _bring(desk: Desk, file: CodedFile) -> None:
    wishes = _wishes(desk, file)
    if wishes is None:
        return
    seen_key = _key(desk, f"seen-{file.id}")
    if st.button("Show what comes in", key=f"look-coding-{file.id}"):
        with st.spinner("Reading the coding …"):
            seen = brought_codings.look(desk, file.id, wishes)
        st.session_state[seen_key] = wishes, seen
    kept: tuple[Wishes, BroughtPreview] | None = st.session_state.get(seen_key)
    if kept is None or kept[0] != wishes:
        return
    _preview(kept[1], wishes)
    if kept[1].refused:
        for why in kept[1].refused:
            st.error(plain(why), icon=":material/block:")
        return
    if wishes.is_agreed:
        st.caption(SETTLED)
    if not st.button("Bring this coding in", type="primary", key=f"bring-coding-{file.id}"):
        return
    with st.spinner("Bringing the coding in …"):
        report = brought_codings.start(desk, file.id, wishes, kept[1].sets)
    st.session_state.pop(seen_key, None)
    st.session_state[_key(desk, "report")] = report
    st.rerun()


@fragment(every=1.0)
def _going(desk: Desk) -> None:
    """How far a large coding is; the page is drawn anew once it is done."""
    job = brought_codings.newest_job(desk)
    if job is None or not job.going:
        st.rerun()
    st.progress(min(job.done, 1.0), text=plain(job.doing or "Waiting to begin …"))


def _wishes(desk: Desk, file: CodedFile) -> Wishes | None:
    """Who coded and how it shall count; None while a name is missing."""
    role = membership.standing(desk).role
    ways = [ME, AGREED, *([OTHER] if role >= Role.OWNER else [])]
    way = st.radio(
        "Who coded this? The file does not say it.",
        ways,
        horizontal=True,
        key=f"who-coded-{file.id}",
        help="Only the owner of a review can bring a coding in under another person's name. "
        "Each coding says who brought it, and from which file.",
    )
    coder = ""
    if way == OTHER:
        names = [name for id_, name in team.names(desk).items() if id_ != desk.person_id]
        coder = (
            st.selectbox(
                "Their name",
                names,
                index=None,
                accept_new_options=True,
                placeholder="Choose a person, or type a name",
                key=f"coder-{file.id}",
            )
            or ""
        ).strip()[: people.LONGEST_NAME]
        if not coder:
            return None
    complete = st.checkbox(
        "The coding is complete", value=True, key=f"complete-{file.id}",
        help="EPPI-Reviewer exports what was completed. What is complete counts on maps.",
    )  # fmt: skip
    include = st.checkbox(
        "Include the works on which nobody has decided yet", value=True,
        key=f"include-{file.id}",
        help="Only studies whose reports are included count. The decisions are yours, and their "
        "history says where they come from.",
    )  # fmt: skip
    flags = st.checkbox(
        "Exclude works with the flag E or D on which nobody has decided yet",
        key=f"flags-{file.id}",
        help="EPPI-Reviewer flags references as excluded or deleted, also without a decision of a "
        "person. Left alone, flags change nothing.",
    )
    stages = brought_stages.ask(desk, file)
    return Wishes(
        coder=coder,
        is_agreed=way == AGREED,
        is_complete=bool(complete),
        include=bool(include),
        heed_flags=bool(flags),
        stages=stages,
    )


def _preview(seen: BroughtPreview, wishes: Wishes) -> None:
    _account(seen.account)
    highlights = seen.account.kept[Part.QUOTATIONS]
    if highlights != seen.passages:
        st.caption(
            f"Words that were highlighted for one code can be several passages: "
            f"{quotation_words(highlights, seen.passages)}."
        )
    for each in seen.sets:
        st.markdown(f"- Scheme **{plain(short(each.title))}**: {_set_words(each)}")
    new = number(seen.studies, "new study", "new studies")
    coded = number(seen.coded, "reference")
    included = number(seen.included, "work")
    lines = [
        f"{coded} with coding: {new}, {seen.joined:,} join one that is here",
        f"{included} will be included; {seen.decided:,} were decided on here and stay as they are",
    ]
    if seen.flagged:
        lines.append(f"{number(seen.flagged, 'work')} with the flag E or D are open here")
    if seen.missing:
        lines.append(f"{seen.missing:,} have no record here, so their coding is left out")
    if seen.stay:
        lines.append(f"{number(seen.stay, 'coding')} that are here already stay as they are")
    if seen.filled:
        lines.append(
            f"{number(seen.filled, 'coding')} that you have begun are filled in where they say "
            "nothing; what you said stays"
        )
    lines += brought_stages.preview_lines(seen.stages, wishes)
    st.markdown("\n".join(f"- {line}" for line in lines))
    sentences = [f"Left out ({each.number:,}): {each.sentence}" for each in seen.account.left_out]
    sentences += [f"Read otherwise ({each.number:,}): {each.sentence}" for each in seen.repairs]
    if sentences:
        with st.expander(f"{number(len(sentences), 'remark')} on what the file says"):
            st.markdown("\n".join(f"- {plain(each)}" for each in sentences[:SENTENCES_SHOWN]))


def _account(account: Account) -> None:
    told = account.told
    rows = [
        {"": words, "In the file": account.held[part], "Kept": account.kept[part],
         "Left out": told[part]}
        for part, words in PARTS.items()
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="What the file holds")


def quotation_words(highlights: int, quotations: int) -> str:
    """Quotations, and of how many highlights they are, where one has several passages."""
    words = number(quotations, "quotation")
    return words if highlights == quotations else f"{words} of {number(highlights, 'highlight')}"


def _set_words(each: SetTaken) -> str:
    if each.is_new:
        return "new here"
    if each.differences:
        return f"a new version of the one that is here, with {number(each.differences, 'change')}"
    return "the review has it; it stays as it is now"


def _report(report: BroughtReport) -> None:
    counts = report.counts
    st.success(
        f"{number(counts.codings, 'coding')} came in: {number(counts.answers, 'answer')}, "
        f"{number(counts.findings, 'finding')}, "
        f"{quotation_words(counts.highlights, counts.quotations)}; "
        f"{number(counts.studies, 'new study', 'new studies')}, "
        f"{number(report.included, 'work')} included"
        + (f", {report.excluded:,} excluded by their flag." if report.excluded else "."),
        icon=":material/check_circle:",
    )
    if report.screening:
        brought_stages.report(report.screening)
    told = []
    if counts.stayed:
        told.append(f"{number(counts.stayed, 'coding')} that were here stayed as they are.")
    if counts.differing:
        told.append(
            f"{number(counts.differing, 'answer')} stayed as you had given them; the file says "
            "something else."
        )
    if report.not_asked:
        others = number(report.not_asked, "work")
        told.append(f"{others} were given to others to read and were not decided.")
    if report.missing:
        told.append(f"{number(report.missing, 'reference')} had no record here.")
    if told:
        st.info(" ".join(told), icon=":material/info:")
    menu.link("studies", "See the studies")
