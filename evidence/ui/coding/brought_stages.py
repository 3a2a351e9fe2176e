"""What is asked and told of screening sets of a file whose coding comes in."""

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.coding import brought_stages
from evidence.steps.coding.brought_stages import StagesTaken, Wishes
from evidence.steps.desk import Desk
from evidence.steps.screening.brought_decisions import UndoPreview
from evidence.steps.screening.decision_files import ImportReport
from evidence.store.records.coded_files import CodedFile
from evidence.ui.screening.brought_files import lost_reason_words, waiting_words
from evidence.ui.screening.decision_files import report_parts
from evidence.ui.shell.cache import cached
from evidence.ui.shell.wording import STAGES, number, plain, short

SCHEME = "A coding scheme"
CHOICES = {SCHEME: None, **{f"Decisions: {STAGES[stage].lower()}": stage for stage in Stage}}
REASONS_SHOWN = 300  # characters of the reasons that are named


def ask(desk: Desk, file: CodedFile) -> tuple[tuple[int, Stage], ...]:
    """Which screening sets of a file shall be stages; without a word none."""
    stages: list[tuple[int, Stage]] = []
    with st.spinner("Looking for screening sets …"):
        sets = cached(brought_stages.sets_to_screen_by, desk, file.id)
    for each in sets:
        includes = number(len(each.includes), "code that includes", "codes that include")
        excludes = number(len(each.excludes), "that excludes", "that exclude")
        chosen = st.selectbox(
            f"What shall the screening set “{plain(short(each.name, 80))}” become? It has "
            f"{includes} and {excludes}.",
            list(CHOICES),
            key=f"stage-{file.id}-{each.number}",
            help="As decisions, codes that include are inclusions, and names of codes that exclude "
            "are reasons for exclusion; no scheme is made of the set. What another person decided "
            "waits until they confirm it on Decisions.",
        )
        stage = CHOICES[chosen]
        if stage is not None:
            stages.append((each.number, stage))
    return tuple(stages)


def preview_lines(taken: StagesTaken, wishes: Wishes) -> list[str]:
    """What becomes of the decisions of a file, each as a line of Markdown."""
    if not taken.stages:
        return []
    lines: list[str] = []
    for each in taken.stages:
        words = f"{each.includes:,} included, {each.excludes:,} excluded"
        if each.contradicting:
            words += f", {each.contradicting:,} both, so that neither counts"
        if each.missing:
            words += f"; {each.missing:,} have no record here and are left out"
        lines.append(f"Decisions at {STAGES[each.stage].lower()}: {words}")
    if wishes.coder and not wishes.is_agreed:
        whose = f"They wait for {plain(wishes.coder)}, and count for nothing until then"
    else:
        whose = "They become your decisions; what you decided here stays"
    lines.append(whose)
    if taken.new_reasons:
        named = plain(short("; ".join(taken.new_reasons), REASONS_SHOWN))
        count = number(len(taken.new_reasons), "reason")
        lines.append(f"{count} for exclusion will be added to the review: {named}")
    if taken.renamed_reasons:
        pairs = "; ".join(f"“{label}” counts as “{here}”" for label, here in taken.renamed_reasons)
        lines.append(
            "Reasons that were renamed or merged here: " + plain(short(pairs, REASONS_SHOWN))
        )
    return lines


def report(done: ImportReport) -> None:
    """What became of the decisions of a file."""
    st.success(f"Screening: {'; '.join(report_parts(done))}.", icon=":material/check_circle:")
    if done.obstacles or done.refused:
        why = waiting_words(done.obstacles, done.refused)
        st.info(f"Of yours, some wait on Decisions: {why}.", icon=":material/hourglass_empty:")
    if done.without_reason:
        st.info(lost_reason_words(done.without_reason), icon=":material/label_off:")


def undo_lines(back: UndoPreview) -> list[str]:
    """What taking the decisions of a coding back does, in sentences."""
    lines = [
        f"{number(count, 'decision')} of {plain(name)} will be taken back."
        for name, count in back.taken_back.items()
    ]
    if back.superseded:
        lines.append(f"{sum(back.superseded.values()):,} stay, since they were made anew here.")
    if back.waiting:
        lines.append(f"{number(back.waiting, 'decision waits', 'decisions wait')} no more.")
    if back.opened:
        lines.append(f"{number(back.opened, 'work')} will be open again.")
    for reasons, words in (
        (back.reasons_out, "leave the review's list"),
        ((*back.reasons_used, *back.reasons_left), "stay in the review's list"),
    ):
        if reasons:
            named = plain(short("; ".join(reasons), REASONS_SHOWN))
            lines.append(f"These reasons for exclusion {words}: {named}.")
    return lines
