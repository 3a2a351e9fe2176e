"""Files with decisions that were brought in: what waits for whom, and how a file is taken back."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from evidence.screening.brought_in import Obstacle, Settled
from evidence.steps.desk import Desk
from evidence.steps.review import membership, people
from evidence.steps.screening import brought_decisions
from evidence.steps.screening.brought_decisions import BroughtFile, UndoPreview
from evidence.steps.screening.brought_votes import Outcome
from evidence.steps.screening.taken_back_from import TakenBack, taken_back_from
from evidence.store import Role
from evidence.store.screening.brought_decisions import Part
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt, show_errors
from evidence.ui.shell.wording import STAGES, VERDICTS, file_name, number, plain, short

COLUMNS = {
    Settled.OWN: "Own",
    Settled.CONFIRMED: "Confirmed",
    Settled.VOUCHED: "Vouched for",
    Settled.SUPERSEDED: "Decided here",
    Settled.WAITING: "Waiting",
    Settled.DECLINED: "Declined",
}
SHOWN = 500
REASONS_SHOWN = 10
NOTICE = "brought-notice"


def own_parts(desk: Desk) -> None:
    """What files have under the name of the person at the desk, to confirm or to decline."""
    notice = st.session_state.pop(NOTICE, None)
    if notice:
        st.success(notice, icon=":material/check_circle:")
    for taken in taken_back_from(desk):
        _taken_from_person(taken)
    for brought in brought_decisions.files(desk):
        if brought.file.undone_at is None:
            for part in brought.parts:
                if part.person_id == desk.person_id:
                    _own_part(desk, brought, part)


def _taken_from_person(taken: TakenBack) -> None:
    """That somebody else took decisions of the person at the desk back, until it was read."""
    read = f"taken-read-{taken.file_id}"
    if st.session_state.get(read):
        return
    with st.container(border=True, key=f"taken-from-{taken.file_id}"):
        st.info(
            f"{plain(taken.by)} took the file {file_name(taken.name)} back as a whole on "
            f"{taken.at:%Y-%m-%d %H:%M}. With it "
            f"{number(taken.count, 'decision of yours was', 'decisions of yours were')} taken "
            "back; they count no more. If they should, decide anew, or ask for the file again.",
            icon=":material/undo:",
        )
        if st.button("I have read this", key=f"taken-button-{taken.file_id}"):
            st.session_state[read] = True
            st.rerun()


def waiting_hint(desk: Desk) -> None:
    """That files have decisions under the name of the person at the desk, with the way there."""
    waiting = brought_decisions.count_waiting(desk)
    if waiting:
        st.info(
            f"Colleagues brought {number(waiting, 'decision')} under your name from other tools. "
            "They count for nothing until you confirm them.",
            icon=":material/move_to_inbox:",
        )
        menu.link("decisions", "Look at them")


def files_list(desk: Desk) -> None:
    """Every file that was brought in, with counts by person, and ways to go on with it."""
    st.write(
        "Every file with decisions that somebody brought in. What it has of others counts for "
        "nothing until they confirm it on this page; nobody else is told what it says. A file can "
        "be taken back as a whole by whoever brought it, and by the owner of the review."
    )
    brought_files = brought_decisions.files(desk)
    if not brought_files:
        st.caption("No file with decisions was brought into this review yet.")
    role = membership.standing(desk).role
    for brought in brought_files:
        with st.container(border=True, key=f"brought-{brought.file.id}"):
            _file(desk, brought, role)


def outcome_words(outcome: Outcome) -> str:
    """What became of decisions of a file, in sentences."""
    sentences = [f"{number(outcome.added, 'decision')} from the file {_count_verb(outcome.added)}."]
    if outcome.superseded:
        sentences.append(
            f"{number(outcome.superseded, 'work')} had been decided here already; that stands."
        )
    if outcome.obstacles or outcome.refused:
        sentences.append(f"Still waiting: {waiting_words(outcome.obstacles, outcome.refused)}.")
    if outcome.without_reason:
        sentences.append(lost_reason_words(outcome.without_reason))
    return " ".join(sentences)


def waiting_words(obstacles: Mapping[Obstacle, int], refused: tuple[str, ...] = ()) -> str:
    """Why decisions of a file wait, with how many."""
    words = [f"{number(count, 'work')} {obstacle.value}" for obstacle, count in obstacles.items()]
    return "; ".join([*words, *(plain(why).rstrip(".") for why in refused[:3])])


def lost_reason_words(without_reason: tuple[str, ...]) -> str:
    """Which decisions came without a reason that their file names, in sentences."""
    count = len(without_reason)
    told = " ".join(plain(sentence) for sentence in without_reason[:3])
    return f"{number(count, 'decision')} came without a reason of the file. {told}"


def _count_verb(count: int) -> str:
    return "counts now" if count == 1 else "count now"


def _own_part(desk: Desk, brought: BroughtFile, part: Part) -> None:
    waiting = part.counts.get(Settled.WAITING, 0)
    vouched = part.counts.get(Settled.VOUCHED, 0)
    if not waiting and not vouched:
        return
    file = brought.file
    is_bringer = file.person_id == desk.person_id
    who = "You" if is_bringer else plain(file.person)
    with st.container(border=True, key=f"own-part-{file.id}"):
        name = f"{file_name(file.name)} ({plain(file.tool)}) on {file.at:%Y-%m-%d}"
        if waiting:
            st.markdown(
                f"**{who} brought {number(waiting, 'decision')} under your name** from {name}. "
                "They count for nothing until you confirm them."
            )
        if vouched:
            st.markdown(
                f"The owner of the review said that {number(vouched, 'decision')} of {name} "
                f"{'is' if vouched == 1 else 'are'} yours; so they count. If they are not, take "
                "them back."
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            if waiting and st.button("Confirm all", type="primary", key=f"confirm-{file.id}"):
                with show_errors():
                    outcome = brought_decisions.confirm(desk, file.id)
                    _say_and_rerun(outcome_words(outcome))
            label = "Decline" if waiting else "They are not mine"
            if st.button(label, key=f"decline-{file.id}"):
                with show_errors():
                    declined = brought_decisions.decline(desk, file.id)
                    nothing = "Nothing of that file counts under your name."
                    _say_and_rerun(" ".join([nothing, *opened_words(declined.opened)]))
            look = st.toggle("Look at them", key=f"look-{file.id}")
        if look:
            _rows(desk, file.id)


def _rows(desk: Desk, file_id: int) -> None:
    rows = brought_decisions.own(desk, file_id, (Settled.WAITING, Settled.VOUCHED))
    table = [
        {
            "Verdict": VERDICTS[row.verdict],
            "Title": short(row.title, 120),
            "Stage": STAGES[row.stage],
            "Reasons": "; ".join(row.reasons),
            "Note": row.note,
            "Decided": row.decided_at,
        }
        for row in rows[:SHOWN]
    ]
    st.dataframe(
        pd.DataFrame(table),
        hide_index=True,
        alt="What the file says that you decided",
    )
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(rows):,} are shown.")


def _file(desk: Desk, brought: BroughtFile, role: Role) -> None:
    file = brought.file
    st.markdown(
        f"**{file_name(file.name)}** · {plain(file.tool) or 'labels only'} · brought by "
        f"{plain(file.person)} on {file.at:%Y-%m-%d %H:%M}"
    )
    if file.undone_at is not None:
        st.caption(
            f"Taken back as a whole by {plain(file.undone_by)} on {file.undone_at:%Y-%m-%d %H:%M}."
        )
        return
    _counts(brought)
    may_lead = role >= Role.REVIEWER and (role is Role.OWNER or file.person_id == desk.person_id)
    waiting = [part for part in brought.parts if part.counts.get(Settled.WAITING)]
    for part in waiting if may_lead else ():
        if part.person_id is None:
            _nobodys(desk, brought, part)
    with st.container(horizontal=True):
        declined = sum(
            part.counts.get(Settled.DECLINED, 0)
            for part in brought.parts
            if part.person_id == desk.person_id
        )
        if declined:
            _wait_again(desk, brought)
        for part in waiting if role is Role.OWNER else ():
            if part.person_id not in {None, desk.person_id}:
                _vouch(desk, brought, part)
        if may_lead:
            _undo(desk, brought)


def _counts(brought: BroughtFile) -> None:
    used = [
        settled for settled in COLUMNS if any(part.counts.get(settled) for part in brought.parts)
    ]
    rows = [
        {"Whose": part.name if part.person_id else f"{part.name or 'not said'} (nobody yet)"}
        | {COLUMNS[settled]: part.counts.get(settled, 0) for settled in used}
        for part in brought.parts
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Decisions of the file by person")


def _wait_again(desk: Desk, brought: BroughtFile) -> None:
    key = f"again-{brought.file.id}"
    if st.button("Let what I declined wait again", key=key) and attempt(
        brought_decisions.wait_again, desk, brought.file.id
    ):
        _say_and_rerun("They wait at the top of the page again.")


def _vouch(desk: Desk, brought: BroughtFile, part: Part) -> None:
    name = plain(part.name)
    key = f"{brought.file.id}-{part.person_id}"
    with st.popover(f"Say that this is {name}'s …", key=f"vouch-{key}"):
        st.write(
            f"If you know that {name} decided what this file says, it can count without {name}. "
            "Works that a colleague has judged and that are still open stay out, so that nothing "
            "is shown that should not be; so do works that you have still to judge, and what "
            f"{name} decided here. {name} sees on this page that you said so and can take it back."
        )
        yes = st.button(f"Yes, it is {name}'s", key=f"vouch-yes-{key}")
        if yes and part.person_id is not None:
            with show_errors():
                outcome = brought_decisions.vouch(desk, brought.file.id, part.person_id)
                _say_and_rerun(outcome_words(outcome))


def _nobodys(desk: Desk, brought: BroughtFile, part: Part) -> None:
    file = brought.file
    key = f"{file.id}-{part.name}"
    known = people.known(desk)
    names = [person.name for person in known]
    if file.person_id != desk.person_id:
        own_name = next(p.name for p in known if p.id == desk.person_id)
        names.remove(own_name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            f"Who is “{plain(part.name) or 'not said'}”?",
            names,
            index=None,
            placeholder="Choose a person, or write a name",
            accept_new_options=True,
            key=f"give-{key}",
        )
        is_given = st.button("It is this person", key=f"give-yes-{key}", disabled=not name)
        is_dropped = st.button("Drop these decisions", key=f"drop-{key}")
    if is_given and name and attempt(brought_decisions.give, desk, file.id, part.name, name):
        _say_and_rerun(f"They wait for {plain(name)} now.")
    if is_dropped and attempt(brought_decisions.drop, desk, file.id, part.name):
        _say_and_rerun("They are left aside.")


def _undo(desk: Desk, brought: BroughtFile) -> None:
    file = brought.file
    box = st.popover("Undo the whole file …", key=f"undo-box-{file.id}", on_change="rerun")
    if not box.open:
        return
    with box:
        preview = brought_decisions.undo_preview(desk, file.id)
        st.write(undo_words(preview))
        if st.button("Yes, take it back", key=f"undo-file-{file.id}", type="primary"):
            with show_errors():
                preview = brought_decisions.undo(desk, file.id)
                _say_and_rerun(f"{file_name(file.name)}: {undone_words(preview)}")


def undo_words(preview: UndoPreview) -> str:
    """What taking a file back would do, in sentences."""
    sentences = [f"Will be taken back: {_taken(preview)}."]
    if preview.waiting:
        waiting = number(
            preview.waiting, "decision that still waits goes", "decisions that still wait go"
        )
        sentences.append(f"{waiting} with the file.")
    if preview.reasons_out:
        sentences.append(
            f"{_reasons(preview.reasons_out)} will leave the review's list again: the file brought "
            "it there, and nothing else rests on it."
        )
    return " ".join([*sentences, *_staying(preview), *opened_words(preview.opened)])


def opened_words(count: int) -> list[str]:
    """That works are open again, and what their readers may know of them."""
    if not count:
        return []
    works = number(count, "work opens again that was", "works open again that were")
    return [
        f"{works} decided, so everybody could see what was said. Whoever reads it next may know."
    ]


def undone_words(preview: UndoPreview) -> str:
    """What taking a file back has done, in sentences."""
    sentences = [f"Taken back: {_taken(preview)}."]
    if preview.reasons_out:
        sentences.append(f"{_reasons(preview.reasons_out)} left the review's list again.")
    return " ".join([*sentences, *_staying(preview), *opened_words(preview.opened)])


def _reasons(labels: Sequence[str]) -> str:
    """Reasons for exclusion by name, at the beginning of a sentence."""
    listed = "; ".join(f"“{plain(short(label, 80))}”" for label in labels[:REASONS_SHOWN])
    more = len(labels) - REASONS_SHOWN
    kind = "Reason" if len(labels) == 1 else "Reasons"
    return f"{kind} for exclusion {listed}" + (f" and {more:,} more" if more > 0 else "")


def _taken(preview: UndoPreview) -> str:
    parts = [
        f"{number(count, 'decision')} of {plain(who)}" for who, count in preview.taken_back.items()
    ]
    if preview.labels:
        parts.append(number(preview.labels, "label"))
    return ", ".join(parts) or "no decision"


def _staying(preview: UndoPreview) -> list[str]:
    """What stays, and why."""
    return [
        f"{number(count, 'decision')} of {plain(who)} stay, because they decided anew here since."
        for who, count in preview.superseded.items()
    ] + [
        f"{_reasons(labels)}, brought by the file, "
        f"{'stays' if len(labels) == 1 else 'stay'} in the review's list: {why}."
        for labels, why in (
            (preview.reasons_used, "other decisions, or a merged reason, rest on it"),
            (preview.reasons_left, "only an editor can take it out, on the page Reviews"),
        )
        if labels
    ]


def _say_and_rerun(notice: str) -> None:
    st.session_state[NOTICE] = notice
    st.rerun()
