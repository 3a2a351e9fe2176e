"""What a team counts as a duplicate: which kinds are kept apart, who chose that, what to report."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicate_policy
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import plain

HELP = {
    "part": "Part 1 and part 2, or phase II and phase III, with otherwise the same title",
    "erratum": "The article and its erratum or corrigendum",
    "comment": "The article and a comment or editorial on it",
    "reply": "The article or a letter, and the authors' reply",
    "retraction": "The article and the notice that retracts it",
    "update": "A review and its later version, for example in the Cochrane Library",
    "protocol": "The protocol and the results",
    "preprint": "The preprint and the article in a journal",
    "conference-abstract": "The abstract of a conference and the full paper",
}


@fragment
def apart_form(desk: Desk) -> None:
    """Choose which kinds are kept apart; the next run follows the choice."""
    policy = duplicate_policy.current(desk)
    st.write(
        "Pairs that look alike but are of these kinds stay two works. Take a mark away to let the "
        "rules judge such pairs like any others. Decisions of people stand either way."
    )
    boxes = [
        name
        for name, label in duplicate_policy.KINDS.items()
        if st.checkbox(
            label[0].upper() + label[1:],
            name in policy.kinds,
            help=HELP[name],
            key=f"apart-{name}-{len(policy.history)}",
        )
    ]
    pressed = st.button(
        "Keep this choice", disabled=set(boxes) == policy.kinds, key="keep-apart", type="primary"
    )
    if pressed and attempt(duplicate_policy.change, desk, boxes):
        st.toast("Kept. Compare again, so that the rules follow it.", icon=":material/tune:")
        st.rerun()
    for change in policy.history[:10]:
        what = duplicate_policy.sentence(change.kinds)
        st.caption(f"{plain(change.person)}, {change.at:%Y-%m-%d %H:%M} UTC: {plain(what)}")


def report(desk: Desk) -> None:
    """Sentences for a report, to copy."""
    st.markdown("**For your report**")
    st.code(cached(duplicate_policy.report, desk), language=None, wrap_lines=True)
