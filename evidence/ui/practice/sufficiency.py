"""The rules by which provision is called sufficient, to read and, for editors, to change."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

import streamlit as st

from evidence.coding.answers import without_separators
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.practice import sufficiency as steps
from evidence.steps.practice.provision import LocalProvision
from evidence.steps.practice.provision_tables import rule_table
from evidence.synthesis.practice.framework import Base, Counted, Framework, SuggestedLevel
from evidence.synthesis.practice.sufficiency import (
    AreaBase,
    AreaNumber,
    SufficiencyRule,
    usual_rule,
)
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.pictures import table_with_csv
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import plain

ABOUT = (
    "From which level on services of a kind are called sufficient in an area. What the framework "
    "suggests holds until editors of the review settle something else; each number has its source."
)
NUMBERS = {AreaBase.PEOPLE: "Adults", AreaBase.TEAMS: "Clinical teams"}
NO_LIMIT, ANOTHER = "No caseload is looked at", "Another, as given below"


def sufficiency_view(desk: Desk, local: LocalProvision, *, may_change: bool) -> None:
    """All rules, what editors do with them, and what was changed when."""
    st.caption(ABOUT)
    table_with_csv(rule_table(local), "What is sufficient", "sufficiency")
    st.caption(plain(local.when_set))
    if may_change:
        with st.expander("Change the rule of a kind of service", icon=":material/gavel:"):
            _change_rule(desk, local)
        with st.expander("Settle how many people an area has", icon=":material/groups:"):
            _change_number(desk, local, AreaBase.PEOPLE)
        with st.expander("Settle how many clinical teams an area has", icon=":material/groups_3:"):
            _change_number(desk, local, AreaBase.TEAMS)
    else:
        st.caption("Editors of the review change them.")
    _history(desk)


def _change_rule(desk: Desk, local: LocalProvision) -> None:
    names = {each.kind: each.name for each in local.framework.services}
    kind = st.selectbox(
        "Kind of service", list(names), format_func=names.__getitem__, key="sufficiency-kind"
    )
    if kind is None:
        return
    usual = usual_rule(local.framework, kind)
    now = local.rules.rule(local.framework, kind)
    choice = choice_under_way(f"sufficiency-{desk.review_id}-{kind}", now)
    key = f"sufficiency-{desk.review_id}-{kind}-{choice.turn}"
    with st.form(key, border=False):
        level, source = _level(choice.before, key)
        caseload, version = "", ""
        if usual.caseload is not None:
            caseload, version = _caseload(local.framework, choice.before, key)
        keep_box, usual_box = st.columns([1, 3])
        is_sent = keep_box.form_submit_button("Keep the rule", type="primary")
        is_usual = usual_box.form_submit_button("As the framework suggests")
    if is_usual and attempt(steps.change, desk, usual, choice.before):
        choice.begin_anew(usual)
        rerun()
    if is_sent and attempt(
        _keep, desk, choice.before, level=level, source=source, caseload=caseload, version=version
    ):
        choice.begin_anew(steps.current(desk).rule(local.framework, kind))
        rerun()


def _level(before: SufficiencyRule, key: str) -> tuple[tuple[str, str, str, str], str]:
    of_box, per_box, least_box, most_box = st.columns(4)
    counted, bases = [each.value for each in Counted], [each.value for each in Base]
    of = of_box.selectbox(
        "What counts", counted, counted.index(before.level.of.value), key=f"{key}-of"
    )
    per = per_box.selectbox(
        "For each",
        bases,
        bases.index(before.level.per.value),
        format_func=lambda each: f"{each} people" if each == Base.PEOPLE.value else each,
        key=f"{key}-per",
    )
    least = least_box.text_input("Sufficient from", f"{before.level.least}", key=f"{key}-least")
    most = most_box.text_input(
        "Up to (may be empty)",
        "" if before.level.most is None else f"{before.level.most}",
        key=f"{key}-most",
        help="More than this is told beside the number; it stays sufficient.",
    )
    source = st.text_input(
        "Source of the level, or why it was chosen",
        before.source,
        max_chars=steps.LONGEST_SOURCE,
        key=f"{key}-source",
    )
    return (of or "", per or "", least, most), source


def _caseload(framework: Framework, before: SufficiencyRule, key: str) -> tuple[str, str]:
    """The highest caseload with its source, both as typed; empty where none is looked at."""
    versions = {f"{each.version}: {each.source}": each for each in framework.caseloads}
    options = [*versions, ANOTHER, NO_LIMIT]
    is_known = before.caseload_source in versions
    is_known = is_known and versions[before.caseload_source].most == before.caseload
    now = before.caseload_source if is_known else ANOTHER
    now = NO_LIMIT if before.caseload is None else now
    chosen = st.selectbox(
        "Highest caseload of a specialist, by version of the model",
        options,
        options.index(now),
        format_func=lambda each: versions[each].words if each in versions else each,
        key=f"{key}-caseload",
    )
    number_box, source_box = st.columns([1, 3])
    is_own = now == ANOTHER
    own = number_box.text_input(
        "Another caseload",
        f"{before.caseload}" if is_own else "",
        key=f"{key}-own",
    )
    source = source_box.text_input(
        "Its source, or why it was chosen",
        before.caseload_source if is_own else "",
        max_chars=steps.LONGEST_SOURCE,
        key=f"{key}-own-source",
    )
    if chosen in versions:
        return f"{versions[chosen].most}", chosen
    return ("", "") if chosen == NO_LIMIT else (own or "0", source)


def _keep(
    desk: Desk,
    before: SufficiencyRule,
    *,
    level: tuple[str, str, str, str],
    source: str,
    caseload: str,
    version: str,
) -> None:
    of, per, least, most = level
    rule = replace(
        before,
        level=SuggestedLevel(
            of=Counted(of),
            per=Base(per),
            least=_number("Sufficient from", least),
            most=_number("Up to", most) if most.strip() else None,
        ),
        source=source,
        caseload=_number("The caseload", caseload) if caseload else None,
        caseload_source=version,
    )
    steps.change(desk, rule, before)


def _change_number(desk: Desk, local: LocalProvision, of: AreaBase) -> None:
    """How many people or teams an area has; also of an area in which no service is yet."""
    key = f"sufficiency-{of.name.lower()}"
    areas = dict.fromkeys([*(e.area for e in local.provisions if e.area), *local.rules.areas])
    area = st.selectbox(
        "Area",
        list(areas),
        key=f"{key}-area",
        accept_new_options=True,
        placeholder="Choose an area, or type another",
    )
    if not area:
        return
    now = local.rules.number_of(of, area)
    choice = choice_under_way(f"{key}-{desk.review_id}-{area}", now)
    key = f"{key}-{desk.review_id}-{area}-{choice.turn}"
    with st.form(key, border=False):
        number_box, source_box = st.columns([1, 3])
        typed = number_box.text_input(
            NUMBERS[of], f"{choice.before.number:f}" if choice.before else "", key=f"{key}-number"
        )
        source = source_box.text_input(
            "Source with its year",
            choice.before.source if choice.before else "",
            max_chars=steps.LONGEST_SOURCE,
            key=f"{key}-source",
        )
        st.caption("It counts before what forms give; empty, what forms give counts again.")
        is_sent = st.form_submit_button("Keep the number", type="primary")
    if is_sent and attempt(_keep_number, desk, of, area, (typed, source), choice.before):
        choice.begin_anew(steps.current(desk).number_of(of, area))
        rerun()


def _keep_number(
    desk: Desk, of: AreaBase, area: str, typed: tuple[str, str], before: AreaNumber | None
) -> None:
    given, (text, source) = None, typed
    if text.strip():
        number = _number(f"The {of} of an area", without_separators(text))
        given = AreaNumber(of=of, area=area, number=number, source=source)
    steps.set_number(desk, of, area, given, before)


def _number(what: str, typed: str) -> Decimal:
    try:
        return Decimal(typed.strip())
    except InvalidOperation:
        raise Invalid(f"{what} should be a number, not “{typed[:20]}”.") from None


def _history(desk: Desk) -> None:
    history = steps.history(desk)
    if not history:
        return
    with st.expander(f"What was changed ({len(history):,})", icon=":material/history:"):
        for each in history:
            what = "; ".join(each.changes) or "nothing that shows now"
            st.markdown(plain(f"{each.at:%Y-%m-%d}, {each.person}: {what}"))
