"""What people do in a review, the role that it needs, and a valid call of each step that does it.

The table of docs/deploy.md is made from this one.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from evidence.citations.formats.archives import Member
from evidence.coding.answers import Answer
from evidence.coding.first_scheme.topic import TypedTopic
from evidence.coding.scheme import Take
from evidence.errors import Invalid, NotAllowed
from evidence.report.facts import ReviewFacts
from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.stopping_rules import StoppingSettings
from evidence.screening.verdicts import Verdict
from evidence.steps import jobs
from evidence.steps.accounts import access, invitations
from evidence.steps.coding import (
    brought_codings,
    bulk_coding,
    coders,
    coding,
    codings_at_once,
    copied_codings,
    desk_keys,
    desk_messages,
    scheme_drafts,
    scheme_versions,
    schemes,
    studies,
)
from evidence.steps.coding.brought_stages import Wishes
from evidence.steps.coding.bulk_coding import BulkPreview
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.coding.reconcile import reconciling, reconciling_messages
from evidence.steps.desk import Desk
from evidence.steps.practice import (
    answers_in_files,
    claims,
    frameworks,
    principles,
    ratings,
    service_forms,
    services,
    sufficiency,
    survey_links,
)
from evidence.steps.records import editing, labels, records, sources, work_columns
from evidence.steps.records.duplicates import (
    duplicate_policy,
    duplicates,
    find_duplicates,
    pair_history,
    record_pairs,
)
from evidence.steps.records.importing import imports, previews, uploads, without_preview
from evidence.steps.records.importing.imports import Choice
from evidence.steps.records.work_columns import WorkColumn
from evidence.steps.results import (
    coded_studies,
    direction_rules,
    flow_settings,
    map_marks,
    map_settings,
    map_versions,
    review_findings,
    review_overlap,
    summary_of_findings,
)
from evidence.steps.results.concluding import conclusions, strength_rules
from evidence.steps.results.protocol import protocol_versions
from evidence.steps.results.publishing import publish, reader_comments
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.steps.results.publishing.reader_comments import SentComment
from evidence.steps.results.reporting import report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.steps.results.stages import inherited_answers, stage_rules
from evidence.steps.results.theming import themes
from evidence.steps.review import about, archive, people, reasons, reviews, team
from evidence.steps.screening import (
    allocation,
    brought_decisions,
    common_queue,
    conflicts,
    decision_files,
    decisions,
    full_texts,
    held_works,
    messages,
    pilots,
    priority,
    screening_preferences,
    stage_settings,
    stopping,
)
from evidence.steps.screening.conflicts import Resolution
from evidence.steps.screening.screening_preferences import ScreeningPreferences, TextSize
from evidence.store import Role, Store
from evidence.store.accounts.invitations import Draft as Invited
from evidence.store.records.sources import SourceDraft
from evidence.store.results import review_findings as stored_findings
from evidence.store.results.reader_comments import CommentAnswer
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms
from evidence.store.screening.decisions import DISCUSSION
from evidence.store.screening.full_texts import Search
from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.certainty.grade import OPEN, CertaintyJudgement
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.claims.claim import NOT_JUDGED, Claim, ClaimJudgement, ClaimVerdict
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from evidence.synthesis.conclusions.flags import Aspect, Flag
from evidence.synthesis.conclusions.strength_rule import USUAL_RULE
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.flow.flow_settings import FlowSettings
from evidence.synthesis.map_settings import MapCell, MapSettings
from evidence.synthesis.practice.form_table import FormRow
from evidence.synthesis.practice.practice_map import PracticeJoin
from evidence.synthesis.practice.rating import Aspect as RatedAspect
from evidence.synthesis.practice.rating import Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.practice.sufficiency import AreaBase, AreaNumber, usual_rule
from evidence.synthesis.principles.links import LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)
from evidence.synthesis.review_about import ReviewAbout
from evidence.synthesis.review_overlap.covered_area import InclusionTable
from evidence.synthesis.stages.stage_rule import NO_RULE, Outcome, StageCondition, StageRule
from evidence.synthesis.stages.study_stages import Overruling, ReviewStage
from evidence.synthesis.themes.theme_tree import PieceKey, PieceKind, Theme, ThemeLevel
from tests.eppi import made_exports
from tests.steps.practice.answering import answer_by_link
from tests.steps.practice.test_services import SCHEME as SURVEY
from tests.steps.prepared import (
    COLUMNS,
    FT,
    LABEL,
    PDF,
    SETTINGS,
    SOUGHT,
    TA,
    Prepared,
    Who,
    judged,
    message,
    ris,
)

NEW_CODED_FILE = Member(
    name="coded.json",
    data=made_exports.as_bytes(
        made_exports.report(
            [made_exports.SETTING], [made_exports.reference(9, made_exports.applied(1))]
        )
    ),
)
A_JOIN = PracticeJoin(
    question="question:service-kind",
    of_studies="axis:intervention",
    pairs=(("supported-work", "ips"),),
)
NEW_FILE = Member(name="new.ris", data=ris("New"))
SOURCE = SourceDraft(name="Another source")
ENDS = Resolution(verdict=Verdict.INCLUDE, how=DISCUSSION)
NOTHING_TO_DO = BulkPreview()
LARGE = ScreeningPreferences(size=TextSize.LARGE)
MARK = {"client_id": "1", "rows": "axis:outcome", "row": "earnings", "columns": "axis:intervention",
        "column": "ips", "not_applicable": True}  # fmt: skip
CELL = MapCell.where("axis:intervention", "ips", "axis:outcome", "earnings")
WRITTEN = {"client_id": "1", "act": "write", "section": "background", "title": "Background",
           "text": "Work matters.", "before": [""]}  # fmt: skip
FINDING = ReviewFinding(uid="finding1", statement="People value support.")
STAGE_RULE = StageRule(
    alternatives=((StageCondition(question="question:stream", codes=("outcome-evaluation",)),),)
)
THEME = Theme(uid="0123456789abcdef", level=ThemeLevel.CODE, name="Pay")
OTHER_THEME = Theme(uid="fedcba9876543210", level=ThemeLevel.CODE, name="Money")
PIECES = [PieceKey(kind=kind, id=number) for kind in PieceKind for number in range(1, 90)]
PRACTICE = Support(kind=SupportKind.PRACTICE, ids=("A survey of 12 teams",))
SERVICE = Service(uid="a123456789abcdef", name="North club")
OWN_FRAMEWORK = replace(frameworks.shipped(), title="A framework of our own")
OF_PLACES = usual_rule(frameworks.shipped(), "supported-work")
PEOPLE = AreaNumber(area="Dale", number=Decimal(40000), source="Register 2026")
RATING = ProvisionRating(
    thing=RatedThing(service=SERVICE.uid),
    aspect=RatedAspect.SUITABILITY,
    grade=Grade.PARTLY,
    reason="Evenings only",
)
ASKED: list[int] = []  # the schemes that were taken for services
INVITED: list[int] = []  # links by which services are asked
ANSWERED: list[int] = []  # what was sent by them
CLAIM = Claim(uid="c123456789abcdef", text="Work helps.", source="A leaflet")
CLAIM_ROWS: list[int] = []  # the newest state of the claim that was entered last
JUDGED = ClaimJudgement(verdict=ClaimVerdict.PARTLY, reason="Of some.")
PRINCIPLES = PrincipleSet(
    uid="d123456789abcdef",
    title="Rules of the house",
    versions=(PrincipleVersion(name="1", principles=(Principle(number="1", text="Be kind"),)),),
)
LINK = PrincipleLink(
    principle=PrincipleName(version="1", number="1"),
    kind=LinkKind.ITEM,
    ids=("supported-employment-fidelity-25", "fidelity-09"),
)
CONCLUSION = Conclusion(uid="0123456789abcdef", text="Offer support.", supports=(PRACTICE,))
ON_FINDING = replace(CONCLUSION, supports=(Support(kind=SupportKind.FINDING, ids=(FINDING.uid,)),))
FINDING_GONE = Flag(
    text="“People value support.” is not there any more.",
    support=ON_FINDING.supports[0],
    aspect=Aspect.PRESENCE,
)
INCLUSIONS = InclusionTable(
    reviews=("A review",), studies=("Old 1990",), inclusions=frozenset({(0, 0)})
)
OUTCOME = SummaryKey(contrast="allocated-arms", intervention="ips", outcome="earnings")


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What a step is called with, after the desk."""

    positional: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


def args(*positional: Any, **named: Any) -> Arguments:
    """Arguments as a call writes them."""
    return Arguments(positional=positional, named=named)


@dataclass(frozen=True)
class Call:
    """A valid call of a step.

    Attributes:
        first: what the owner does before, where the prepared review is not enough.
        variant: tells several calls of one step apart.
    """

    step: Callable[..., Any]
    arguments: Arguments | Callable[[Prepared], Arguments] = Arguments()
    first: Callable[[Desk], object] | None = None
    variant: str = ""

    def make(self, store: Store, at: Prepared) -> object:
        """Call the step at the desk of the acting person; refused messages are refusals, too."""
        arguments = self.arguments if isinstance(self.arguments, Arguments) else self.arguments(at)
        result = self.step(at.desk(store), *arguments.positional, **arguments.named)
        outcomes = messages.Outcome | desk_messages.Outcome | scheme_drafts.Outcome
        if isinstance(result, outcomes) and result.refused:
            raise NotAllowed(" ".join(result.refused.values()))
        return result

    @property
    def name(self) -> str:
        """Where the step stands."""
        return f"{self.step.__module__}.{self.step.__qualname__}"


@dataclass(frozen=True)
class Act:
    """Something people do, the least role that may, and all steps by which it is done."""

    words: str
    role: Role
    calls: tuple[Call, ...]


def apply(kind: str, work_id: Callable[[Prepared], int], variant: str = "", **values: Any) -> Call:
    """A message of the screening page."""
    return Call(
        messages.apply,
        lambda at: args(message(kind, work_id(at), **values)),
        variant=f"{kind} {variant}".strip(),
    )


def typed(kind: str, **values: Any) -> Call:
    """A message of the coding desk."""

    def arguments(at: Prepared) -> Arguments:
        ids = {"study_id": at.draft_id, "scheme_id": at.scheme_id, "version_id": at.version_id}
        return args([{"client_id": "typed", "kind": kind, "before": "", **ids, **values}])

    return Call(desk_messages.apply, arguments, variant=kind)


def adds_a_finding(owner: Desk) -> None:
    """Let the owner have written a finding of the review."""
    with owner.writing(Role.EDITOR) as w:
        stored_findings.put(w, FINDING)


def takes_a_finding_away(owner: Desk) -> None:
    """Let the owner have written a finding of the review, and taken it away."""
    adds_a_finding(owner)
    review_findings.remove(owner, FINDING)


def adds_a_theme(owner: Desk) -> None:
    """Let the owner have added a code."""
    themes.add(owner, THEME)


def adds_two_themes(owner: Desk) -> None:
    """Let the owner have added two codes."""
    adds_a_theme(owner)
    themes.add(owner, OTHER_THEME)


def places_a_piece(owner: Desk) -> None:
    """Let the owner have added a code with something under it."""
    adds_a_theme(owner)
    first = min(themes.board(owner).pieces, key=lambda key: key.id)
    themes.place(owner, THEME.uid, [first])


IN_DEPTH: dict[str, int] = {}
"""What `begins_in_depth` made, for the call after it."""
IN_DEPTH_SCHEME = """\
id: in-depth
title: In depth
version: "1"
purpose: coding
judges: study
sections:
  - title: All
    questions:
      - id: stream
        text: Which streams?
        kind: many of
        options:
          - {id: outcome-evaluation, label: Outcome evaluation}
          - {id: process-evaluation, label: Process evaluation}
"""


def begins_in_depth(owner: Desk) -> None:
    """Let the owner have taken a scheme that asks something that the map asks, too."""
    IN_DEPTH["scheme"] = schemes.add(owner, IN_DEPTH_SCHEME, "in-depth.yaml")
    found = coded_studies.load(owner)
    for study in found.studies if found else ():
        with suppress(Invalid, NotAllowed):
            inherited_answers.preview(owner, IN_DEPTH["scheme"], study.id)
            IN_DEPTH["study"] = study.id  # the last one, as a reviewer has begun the first


def sets_a_stage(owner: Desk) -> None:
    """Let the owner have set which studies go on to the in-depth review."""
    stage_rules.change(owner, ReviewStage.IN_DEPTH, STAGE_RULE, NO_RULE)


def overrules_a_stage(owner: Desk) -> None:
    """Let the owner have let every study go on by hand."""
    sets_a_stage(owner)
    for study in studies.listing(owner):
        stage_rules.overrule(owner, study.id, ReviewStage.IN_DEPTH, Outcome.GOES_ON, "by hand")


def adds_a_service(owner: Desk) -> None:
    """Let the owner have added a service."""
    services.add(owner, SERVICE)


def rates_a_service(owner: Desk) -> None:
    """Let the owner have added a service, and rated it."""
    adds_a_service(owner)
    ratings.rate(owner, RATING, None)


def takes_a_service_away(owner: Desk) -> None:
    """Let the owner have added a service, and taken it away."""
    adds_a_service(owner)
    services.remove(owner, SERVICE)


def adds_a_claim(owner: Desk) -> None:
    """Let the owner have entered a claim."""
    claims.add(owner, CLAIM)
    CLAIM_ROWS.append(claims.history(owner)[0].number)


def adds_principles(owner: Desk) -> None:
    """Let the owner have entered principles."""
    principles.add(owner, PRINCIPLES)


def takes_principles_away(owner: Desk) -> None:
    """Let the owner have entered principles, and taken them away."""
    adds_principles(owner)
    principles.remove(owner, PRINCIPLES)


def asks_services(owner: Desk) -> None:
    """Let the owner have a service, and a scheme that asks about services."""
    adds_a_service(owner)
    ASKED.append(schemes.add(owner, SURVEY, "survey.yaml"))


def fills_a_form_in(owner: Desk) -> None:
    """Let the owner have filled in a form about a service."""
    asks_services(owner)
    service_forms.save(owner, form())


def takes_a_form_away(owner: Desk) -> None:
    """Let the owner have filled in a form about a service, and taken it away."""
    fills_a_form_in(owner)
    service_forms.remove(owner, form())


def invites(owner: Desk) -> None:
    """Let the owner ask services by a link."""
    asks_services(owner)
    survey_links.invite(owner, ASKED[-1], "A survey", "We ask.")
    INVITED.append(survey_links.listing(owner)[0].id)


def is_answered(owner: Desk) -> None:
    """Let somebody have answered by a link of the owner."""
    invites(owner)
    answer_by_link(owner, (Answer(question="kind", codes=("club",)),))
    ANSWERED.append(survey_links.responses(owner)[-1].id)


def form() -> ServiceForm:
    """A form of the scheme that was taken last for services."""
    answers = (Answer(question="kind", codes=("club",)),)
    return ServiceForm(uid="1" * 16, service=SERVICE.uid, scheme_id=ASKED[-1], answers=answers)


def concludes(owner: Desk) -> None:
    """Let the owner have written a statement."""
    conclusions.add(owner, CONCLUSION)


def concludes_from_a_finding_that_goes(owner: Desk) -> None:
    """Let the owner have written a statement, and have taken away what it rests on."""
    adds_a_finding(owner)
    conclusions.add(owner, ON_FINDING)
    review_findings.remove(owner, FINDING)


def takes_a_statement_away(owner: Desk) -> None:
    """Let the owner have written a statement, and taken it away."""
    concludes(owner)
    conclusions.remove(owner, CONCLUSION)


def publishes(owner: Desk) -> None:
    """Let the owner have published the map, which is made sooner than the report."""
    publish.publish(owner, PublicChoice(report=False))


def comments(owner: Desk) -> None:
    """Let a reader have commented on what the owner published."""
    publishes(owner)
    token = publish.page(owner, 1).publication.token
    sent = SentComment(about="page", name="A reader", comment="What of farms?")
    reader_comments.send(owner.store, token, sent, "192.0.2.1")


def withdraws(owner: Desk) -> None:
    """Let the owner have published the map, and withdrawn it."""
    publishes(owner)
    publish.withdraw(owner, 1)


def invites_a_person(owner: Desk) -> None:
    """Let the owner invite somebody."""
    invitations.invite(owner, Invited(for_whom="Somebody new"))


def lists_a_study(owner: Desk) -> None:
    """Let the owner say that every study includes a primary study."""
    for study in studies.listing(owner):
        review_overlap.add(owner, study.id, citations=["Old 1990"])


def keeps_versions(owner: Desk) -> None:
    """Let the owner keep a new version of each scheme, so that there is an earlier one."""
    for each in schemes.taken(owner):
        newer = replace(each.scheme, title="Another title")
        scheme_versions.keep(owner, newer, each.id, each.version.id)


def drop_changes(owner: Desk) -> None:
    """Let everybody who may change the first scheme have dropped changes of it."""
    taken = schemes.taken(owner)[0]
    for who in (Who.OWNER, Who.EDITOR):
        desk = replace(owner, person_id=people.named(owner.store, who.value).id)
        said = {"client_id": "1", "scheme_id": taken.id, "act": "field", "field": "title"}
        assert not scheme_drafts.apply(desk, [said | {"value": "Another"}]).refused
        scheme_drafts.begin_from(desk, taken.id, taken.version.id)


def likely_first(owner: Desk) -> None:
    """Let what is likely relevant come first."""
    before = stage_settings.current(owner, TA)
    stage_settings.change(owner, TA, replace(before, order=Order.PRIORITY), before)


def reconciled(study_id: int, scheme_id: int, kind: str, **values: Any) -> dict[str, Any]:
    """A message of the reconciling page."""
    ids = {"study_id": study_id, "scheme_id": scheme_id}
    return {"client_id": f"{kind} {values}"[:80], "kind": kind, **ids, **values}


def reconciles(owner: Desk) -> None:
    """Let the owner choose everything in the only study that two people coded."""
    taken = coding.in_use(owner, None)
    (study,) = reconciling.listing(owner, taken.id)
    both = reconciling.sheet(owner, study.study_id, taken.id)
    of = [both.codings[0].id]
    chosen: list[dict[str, Any]] = [
        {"kind": "answer", "question": item.compared.question, "arm": item.compared.arm,
         "sources": of}
        for item in both.items
    ]  # fmt: skip
    members = [[list(member) for member in one.group.members] for one in both.findings]
    chosen += [{"kind": "finding", "members": each, "taken": each[0]} for each in members]
    sent = [
        reconciled(study.study_id, taken.id, **each) | {"client_id": f"n{number}"}
        for number, each in enumerate(chosen)
    ]
    outcome = reconciling_messages.apply(owner, sent)
    assert (outcome.refused, outcome.clashes) == ({}, {})


def takes_works(owner: Desk) -> None:
    """Let the owner hold works."""
    common_queue.begin(owner, TA)


def rule_of(at: Prepared) -> str:
    """A rule that has something to say of the review."""
    return next(iter(at.evaluation.advice))


ACTS = (
    Act(
        "Bring records in, undo an import, describe a source",
        Role.EDITOR,
        (
            Call(uploads.add, args("new.ris", ris("New"), SETTINGS)),
            Call(uploads.add_all, args("new.ris", ris("New"), SETTINGS)),
            Call(uploads.add_text, args(ris("New").decode(), SETTINGS)),
            Call(uploads.read_again, lambda at: args(at.table, COLUMNS, SETTINGS)),
            Call(previews.drop, lambda at: args(at.preview)),
            Call(imports.import_files, lambda at: args([Choice(at.preview, SOURCE)])),
            Call(imports.import_as_one_source, lambda at: args([Choice(at.preview, SOURCE)])),
            Call(without_preview.import_at_once, args([NEW_FILE], SOURCE, SETTINGS)),
            Call(imports.keep_coding, lambda at: args(at.coded_preview)),
            Call(imports.undo, lambda at: args(at.file_id)),
            Call(imports.undo_untouched, lambda at: args(at.file_id)),
            Call(sources.change, lambda at: args(at.source_id, SOURCE)),
            Call(sources.add_without_records, args(SOURCE)),
        ),
    ),
    Act(
        "Compare all records, choose which kinds of publication are kept apart",
        Role.EDITOR,
        (
            Call(duplicate_policy.change, args(["protocol"])),
            Call(find_duplicates.compare),
            Call(duplicates.run),
            Call(duplicates.start),
            Call(jobs.begin, args("duplicates", Role.EDITOR), variant="editor"),
            Call(jobs.cancel, lambda at: args(at.job_id)),
        ),
    ),
    Act(
        "Answer pairs of records, part records, take answers back",
        Role.REVIEWER,
        (
            Call(record_pairs.answer, lambda at: args(at.pair, "same")),
            Call(record_pairs.answer_all, lambda at: args([at.pair], "same")),
            Call(record_pairs.decide, lambda at: args(at.pair, "different")),
            Call(record_pairs.mark_same, lambda at: args(*at.open_ids[:2])),
            Call(record_pairs.split_off, lambda at: args(at.merged_record_id)),
            Call(pair_history.withdraw, lambda at: args([at.verdict_id])),
            Call(pair_history.withdraw_act, lambda at: args(at.act_id)),
        ),
    ),
    Act(
        "Write a missing abstract, choose whose value stands, label works",
        Role.REVIEWER,
        (
            apply("abstract", lambda at: at.open_ids[0], value="An abstract."),
            apply("abstract", lambda at: at.edited_id, value="", variant="cleared"),
            Call(editing.clear, lambda at: args(at.edited_id, "abstract")),
            Call(
                records.prefer_record,
                lambda at: args(at.merged_id, "title", at.merged_record_id),
            ),
            apply("label", lambda at: at.open_ids[0], label=LABEL, on=True),
            Call(labels.drop_unused),
            Call(labels.rename, lambda at: args(at.label_id, "Other name")),
        ),
    ),
    Act(
        "Screen, take and give back works, end conflicts, choose own keys, colours and columns",
        Role.REVIEWER,
        (
            Call(common_queue.begin, args(TA)),
            Call(
                held_works.release,
                lambda at: args(TA, at.person_ids[at.who]),
                variant="own",
            ),
            apply("decision", lambda at: at.open_ids[0], verdict="include"),
            apply("skip", lambda at: at.waiting_id),
            Call(decisions.decide, lambda at: args([judged(at.open_ids[0], Verdict.EXCLUDE)])),
            Call(conflicts.resolve, lambda at: args(TA, at.disputed_id, ENDS)),
            Call(conflicts.reopen, lambda at: args(TA, at.resolved_id)),
            Call(screening_preferences.change, args(LARGE)),
            Call(desk_keys.change, args({"note": "m"})),
            Call(work_columns.keep, args([WorkColumn.DOI])),
            Call(priority.learn, args(wait=True), first=likely_first),
            Call(jobs.begin, args("ranking", Role.REVIEWER), variant="reviewer"),
        ),
    ),
    Act(
        "Add and remove full texts, note where the search for one stands",
        Role.REVIEWER,
        (
            Call(full_texts.add, lambda at: args(at.sought_id, "a.pdf", PDF + b" new")),
            Call(full_texts.file_by_name, args([(f"{SOUGHT}.pdf", PDF + b" new")])),
            Call(full_texts.remove, lambda at: args(at.document_id)),
            Call(full_texts.bring_back, lambda at: args(at.removed_document_id)),
            Call(full_texts.set_search, lambda at: args(at.sought_id, Search.ASKED, "By mail")),
            Call(
                full_texts.set_search,
                lambda at: args(at.sought_id, Search.NOT_RETRIEVED, "No answer"),
                variant="given up",
            ),
            Call(
                full_texts.set_search,
                lambda at: args(at.given_up_id, Search.SOUGHT, "Once more"),
                variant="sought again",
            ),
        ),
    ),
    Act(
        "Bring in decisions that were made elsewhere, confirm or decline own ones, take back a "
        "file that one brought (the owner: any file)",
        Role.REVIEWER,
        (
            Call(
                decision_files.bring,
                lambda at: args(at.decision_file, {"eva": "Somebody new"}, stage=TA),
            ),
            Call(brought_decisions.confirm, lambda at: args(at.waiting_file_id)),
            Call(brought_decisions.decline, lambda at: args(at.waiting_file_id)),
            Call(brought_decisions.wait_again, lambda at: args(at.declined_file_id)),
            Call(
                brought_decisions.give,
                lambda at: args(at.brought_file_id, "nobody", "Somebody new"),
            ),
            Call(brought_decisions.drop, lambda at: args(at.brought_file_id, "nobody")),
            Call(brought_decisions.undo, lambda at: args(at.brought_file_id)),
        ),
    ),
    Act(
        "Say that a file with decisions is somebody's, who need not confirm them then",
        Role.OWNER,
        (
            Call(
                brought_decisions.vouch,
                lambda at: args(at.waiting_file_id, at.person_ids[Who.REVIEWER]),
            ),
        ),
    ),
    Act(
        "Change the review: question, criteria, reasons, terms",
        Role.EDITOR,
        (
            Call(
                reviews.change,
                args(Draft(title="Another title"), ["Another reason"], Terms()),
            ),
            Call(reasons.replace, args(["Another reason"])),
            Call(reasons.rename, lambda at: args(at.reason_id, "In other words")),
            Call(reasons.merge, lambda at: args(at.reason_id, at.other_reason_id)),
        ),
    ),
    Act(
        "Take people into the team and out of it",
        Role.EDITOR,
        (
            Call(team.add, args("Somebody new")),
            Call(team.take_back, lambda at: args(at.person_ids[Who.REMOVED])),
            Call(team.take_out, lambda at: args(at.person_ids[Who.READER])),
        ),
    ),
    Act(
        "Invite people, change their roles, say who ends conflicts; on a server for teams, take "
        "people out, too",
        Role.OWNER,
        (
            Call(invitations.invite, args(Invited(for_whom="Somebody new"))),
            Call(invitations.withdraw, args(1), first=invites_a_person),
            Call(access.change_role, lambda at: args(at.person_ids[Who.READER], Role.REVIEWER)),
            Call(
                access.change_arbiter,
                lambda at: args(at.person_ids[Who.REVIEWER], is_arbiter=True),
            ),
        ),
    ),
    Act(
        "Say how a stage is screened, give works out, release what others hold, begin and end "
        "pilots, end reading",
        Role.EDITOR,
        (
            Call(
                stage_settings.change,
                args(FT, StageSettings(voices=2), StageSettings()),
            ),
            Call(allocation.divide, lambda at: args(TA, {at.person_ids[Who.EDITOR]: 1.0})),
            Call(
                allocation.assign,
                lambda at: args(TA, at.person_ids[Who.REVIEWER], ids=at.open_ids),
            ),
            Call(
                held_works.release,
                lambda at: args(TA, at.person_ids[Who.OWNER]),
                first=takes_works,
                variant="of others",
            ),
            Call(allocation.unassign, lambda at: args(TA, [at.person_ids[Who.EDITOR]])),
            Call(
                pilots.begin,
                lambda at: args(TA, [at.person_ids[Who.EDITOR], at.person_ids[Who.REVIEWER]], 2),
            ),
            Call(pilots.end, lambda at: args(TA, at.pilot_id)),
            Call(
                stopping.choose_rule,
                lambda at: args(at.evaluation, rule_of(at), StoppingSettings(), "Agreed"),
            ),
        ),
    ),
    Act(
        "Take a coding scheme",
        Role.EDITOR,
        (
            Call(
                schemes.add,
                lambda at: args(at.other_scheme, "my.yaml"),
            ),
            Call(
                schemes.choose_rule,
                lambda at: args(at.weight_id, "weight-d", Take.MEDIAN),
            ),
            Call(
                scheme_versions.keep,
                lambda at: args(at.changed_scheme, at.scheme_id, at.version_id),
            ),
            Call(
                scheme_drafts.apply,
                lambda at: args(
                    [
                        {
                            "client_id": "1",
                            "scheme_id": at.scheme_id,
                            "act": "field",
                            "field": "title",
                            "value": "Another title",
                        }
                    ]
                ),
            ),
            Call(
                scheme_drafts.begin_from,
                lambda at: args(at.scheme_id, at.version_id),
                keeps_versions,
            ),
            Call(scheme_drafts.bring_back, lambda at: args(at.scheme_id), drop_changes),
            Call(begun_schemes.begin, args(TypedTopic(title="School meals"))),
            Call(
                begun_schemes.take,
                lambda at: args(at.begun.scheme, at.begun.id, at.begun.version.id),
            ),
            Call(begun_schemes.discard, lambda at: args(at.begun.id)),
        ),
    ),
    Act(
        "Bring in the coding of a file of EPPI-Reviewer as one's own or as agreed, take it back",
        Role.EDITOR,
        (
            Call(brought_codings.bring, lambda at: args(at.coded_file_id, Wishes())),
            Call(
                brought_codings.bring,
                lambda at: args(at.coded_file_id, Wishes(is_agreed=True)),
                variant="agreed",
            ),
            Call(brought_codings.start, lambda at: args(at.coded_file_id, Wishes())),
            Call(codings_at_once.keep_file, args(NEW_CODED_FILE, SETTINGS)),
            Call(brought_codings.undo, lambda at: args(at.brought_coding_id)),
        ),
    ),
    Act(
        "Bring in the coding of a file of EPPI-Reviewer under another person's name",
        Role.OWNER,
        (
            Call(
                brought_codings.bring,
                lambda at: args(at.coded_file_id, Wishes(coder="Somebody new")),
                variant="of another",
            ),
            Call(
                brought_codings.start,
                lambda at: args(at.coded_file_id, Wishes(coder="Somebody new")),
                variant="of another",
            ),
        ),
    ),
    Act(
        "Say how many people code a study, give studies to people, hold pilots of coding",
        Role.EDITOR,
        (
            Call(coders.change, lambda at: args(at.weight_id, 100, 0)),
            Call(
                coders.give,
                lambda at: args(at.weight_id, at.person_ids[Who.EDITOR], [at.study_id]),
            ),
            Call(
                coders.take_back,
                lambda at: args(at.weight_id, at.person_ids[Who.EDITOR], [at.study_id]),
            ),
            Call(
                coders.take_back_open,
                lambda at: args(at.weight_id, [at.person_ids[Who.EDITOR]]),
            ),
            Call(coders.divide, lambda at: args(at.weight_id, {at.person_ids[Who.EDITOR]: 1})),
            Call(
                coders.begin_pilot,
                lambda at: args(
                    at.weight_id, [at.person_ids[Who.EDITOR], at.person_ids[Who.REVIEWER]], 1
                ),
            ),
            Call(coders.end_pilot, lambda at: args(at.weight_id, at.coding_pilot_id)),
        ),
    ),
    Act(
        "Say how the map tells gaps, what its about page says, which cells are not applicable",
        Role.EDITOR,
        (
            Call(map_settings.change, args(MapSettings(few=2), MapSettings())),
            Call(map_settings.change_joins, args((A_JOIN,), ())),
            Call(map_settings.mark_cell, args(CELL, not_applicable=True)),
            Call(map_marks.apply, args([MARK])),
        ),
    ),
    Act(
        "Set the rules by which directions of effects are read",
        Role.EDITOR,
        (Call(direction_rules.change, args(DirectionRules(least_studies=6), DirectionRules())),),
    ),
    Act(
        "Choose the flow diagram, and enter numbers of an earlier version",
        Role.EDITOR,
        (Call(flow_settings.change, args(FlowSettings(previous_studies=3), FlowSettings())),),
    ),
    Act(
        "Judge how certain findings are",
        Role.EDITOR,
        (Call(summary_of_findings.judge, args(OUTCOME, CertaintyJudgement(raised=1), OPEN)),),
    ),
    Act(
        "Write findings of views and process, and judge how far one can rely on them",
        Role.EDITOR,
        (
            Call(review_findings.add, args("People value support.")),
            Call(
                review_findings.change,
                args(replace(FINDING, reason="why"), FINDING),
                first=adds_a_finding,
            ),
            Call(review_findings.remove, args(FINDING), first=adds_a_finding),
            Call(review_findings.bring_back, args(FINDING.uid), first=takes_a_finding_away),
        ),
    ),
    Act(
        "Build codes and themes of what people say",
        Role.EDITOR,
        (
            Call(themes.add, args(THEME)),
            Call(themes.change, args(replace(THEME, name="Wages"), THEME), first=adds_a_theme),
            Call(themes.merge, args(THEME, OTHER_THEME), first=adds_two_themes),
            Call(themes.remove, args(THEME), first=adds_a_theme),
            Call(
                themes.place,
                args(THEME.uid, PIECES, there=False),
                first=places_a_piece,
            ),
            Call(themes.undo, args(1), first=adds_a_theme),
        ),
    ),
    Act(
        "Add, change and take away services",
        Role.EDITOR,
        (
            Call(services.add, args(SERVICE)),
            Call(
                services.change,
                args(replace(SERVICE, area="North"), SERVICE),
                first=adds_a_service,
            ),
            Call(services.remove, args(SERVICE), first=adds_a_service),
            Call(services.bring_back, args(SERVICE.uid), first=takes_a_service_away),
        ),
    ),
    Act(
        "Settle the framework and what is sufficient",
        Role.EDITOR,
        (
            Call(frameworks.change, args(OWN_FRAMEWORK, frameworks.shipped())),
            Call(
                sufficiency.change,
                args(replace(OF_PLACES, source="The board"), OF_PLACES),
            ),
            Call(sufficiency.set_number, args(AreaBase.PEOPLE, "Dale", PEOPLE, None)),
        ),
    ),
    Act(
        "Rate suitability and effectiveness",
        Role.REVIEWER,
        (
            Call(ratings.rate, args(RATING, None), first=adds_a_service),
            Call(ratings.take_back, args(RATING), first=rates_a_service),
        ),
    ),
    Act(
        "Ask services by a link",
        Role.EDITOR,
        (
            Call(
                survey_links.invite,
                lambda _: args(ASKED[-1], "A survey", "We ask."),
                first=asks_services,
            ),
            Call(
                survey_links.change,
                lambda _: args(INVITED[-1], ends_on="", is_closed=True),
                first=invites,
            ),
        ),
    ),
    Act(
        "Fill in forms about services",
        Role.REVIEWER,
        (
            Call(service_forms.save, lambda _: args(form()), first=asks_services),
            Call(
                answers_in_files.bring_in,
                lambda _: args((FormRow(line=2, service=SERVICE, form=form()),), are_complete=True),
                first=asks_services,
            ),
            Call(
                survey_links.take_in,
                lambda _: args(ANSWERED[-1], SERVICE.uid),
                first=is_answered,
            ),
            Call(survey_links.put_aside, lambda _: args(ANSWERED[-1]), first=is_answered),
            Call(service_forms.remove, lambda _: args(form()), first=fills_a_form_in),
            Call(service_forms.bring_back, lambda _: args("1" * 16), first=takes_a_form_away),
        ),
    ),
    Act(
        "Enter published claims, and say whether the cited work supports them",
        Role.EDITOR,
        (
            Call(claims.add, args(CLAIM)),
            Call(claims.add_all, args([(CLAIM, NOT_JUDGED)])),
            Call(claims.change, args(replace(CLAIM, text="Work pays."), CLAIM), first=adds_a_claim),
            Call(claims.judge, args(CLAIM, JUDGED, NOT_JUDGED), first=adds_a_claim),
            Call(claims.remove, args(CLAIM), first=adds_a_claim),
            Call(claims.undo, lambda _: args(CLAIM.uid, CLAIM_ROWS[-1]), first=adds_a_claim),
        ),
    ),
    Act(
        "Enter principles, and link them to studies, items of scales and statements",
        Role.EDITOR,
        (
            Call(principles.add, args(PRINCIPLES)),
            Call(
                principles.change,
                args(replace(PRINCIPLES, title="House rules"), PRINCIPLES),
                first=adds_principles,
            ),
            Call(principles.remove, args(PRINCIPLES), first=adds_principles),
            Call(principles.bring_back, args(PRINCIPLES.uid), first=takes_principles_away),
            Call(principles.link, args(PRINCIPLES.uid, [LINK], ()), first=adds_principles),
        ),
    ),
    Act(
        "Write conclusions and recommendations, see what changed below them",
        Role.EDITOR,
        (
            Call(conclusions.add, args(CONCLUSION)),
            Call(
                conclusions.change,
                args(replace(CONCLUSION, text="Offer more."), CONCLUSION),
                first=concludes,
            ),
            Call(
                conclusions.mark_seen,
                args(ON_FINDING, (FINDING_GONE,)),
                first=concludes_from_a_finding_that_goes,
            ),
            Call(conclusions.remove, args(CONCLUSION), first=concludes),
            Call(conclusions.bring_back, args(CONCLUSION.uid), first=takes_a_statement_away),
            Call(strength_rules.change_typed, args("good\nbad", USUAL_RULE, is_bounded=False)),
            Call(strength_rules.change, args(replace(USUAL_RULE, is_bounded=True), USUAL_RULE)),
        ),
    ),
    Act(
        "Set which studies go on from the map, and decide otherwise for one study",
        Role.EDITOR,
        (
            Call(stage_rules.change, args(ReviewStage.IN_DEPTH, STAGE_RULE, NO_RULE)),
            Call(
                stage_rules.overrule,
                lambda at: args(at.study_id, ReviewStage.IN_DEPTH, Outcome.STAYS, "other people"),
                first=sets_a_stage,
            ),
            Call(
                stage_rules.follow_rule,
                lambda at: args(
                    at.study_id,
                    ReviewStage.IN_DEPTH,
                    Overruling(
                        study_id=at.study_id,
                        stage=ReviewStage.IN_DEPTH,
                        outcome=Outcome.GOES_ON,
                        reason="by hand",
                    ),
                ),
                first=overrules_a_stage,
            ),
        ),
    ),
    Act(
        "Write the report",
        Role.EDITOR,
        (
            Call(
                report_text.apply,
                args([WRITTEN], lambda: FilledParts(facts=ReviewFacts(title="A review"))),
            ),
        ),
    ),
    Act(
        "Take an archive of the whole review (when all is decided and coded, editors, too)",
        Role.OWNER,
        (Call(archive.save, lambda _: args(Path(mkdtemp()) / "review.zip")),),
    ),
    Act(
        "Say who made the review, under which licence, and what else repositories ask",
        Role.EDITOR,
        (Call(about.change, args(ReviewAbout(contact="desk@example.org"))),),
    ),
    Act(
        "Freeze the protocol as a version, say to which wave a search belongs",
        Role.EDITOR,
        (
            Call(protocol_versions.freeze, args("2006-05-01", "The first version")),
            Call(sources.choose_wave, lambda at: args(at.source_id, 2, None)),
        ),
    ),
    Act(
        "Freeze the map as a version",
        Role.EDITOR,
        (Call(map_versions.freeze, args("The first version")),),
    ),
    Act(
        "Publish the map and the report, withdraw what was published",
        Role.EDITOR,
        (
            Call(publish.publish, args(PublicChoice(report=False))),
            Call(publish.withdraw, args(1), first=publishes),
            Call(publish.put_back, args(1), first=withdraws),
            Call(publish.end_on, args(1, date(2027, 3, 31)), first=publishes),
            Call(publish.take_comments, args(1, wanted=False), first=publishes),
        ),
    ),
    Act(
        "Read, answer, accept and hide comments of readers",
        Role.EDITOR,
        (Call(reader_comments.answer, args([1], CommentAnswer()), first=comments),),
    ),
    Act(
        "Reconcile codings of a study",
        Role.REVIEWER,
        (
            Call(
                reconciling_messages.apply,
                lambda at: args([reconciled(at.complete_id, at.scheme_id, "agreeing")]),
            ),
            Call(
                reconciling.complete,
                lambda at: args(at.complete_id, at.scheme_id),
                first=reconciles,
            ),
            Call(
                reconciling.reopen,
                lambda at: args(at.complete_id, at.scheme_id),
                first=reconciles,
            ),
        ),
    ),
    Act(
        "Say which primary studies reviews include",
        Role.REVIEWER,
        (
            Call(review_overlap.add, lambda at: args(at.study_id, [at.draft_id], ["Old 1990"])),
            Call(
                review_overlap.bring_in,
                lambda at: args(INCLUSIONS, {"A review": at.study_id}, "list.csv"),
            ),
            Call(review_overlap.confirm, args({"Old 1990": None}), first=lists_a_study),
            Call(
                review_overlap.take_back,
                lambda at: args(at.study_id, ["Old 1990"]),
                first=lists_a_study,
            ),
            Call(review_overlap.undo, args(1), first=lists_a_study),
        ),
    ),
    Act(
        "Link reports to studies, code studies",
        Role.REVIEWER,
        (
            Call(studies.create, lambda at: args([at.free_ids[0]], "A new study")),
            Call(studies.create_each, lambda at: args(at.free_ids)),
            Call(studies.link, lambda at: args(at.study_id, [at.free_ids[0]])),
            Call(studies.unlink, lambda at: args(at.study_id, at.report_id)),
            Call(studies.rename, lambda at: args(at.study_id, "Another label")),
            typed("answer", question="linked-trial", field="note", after="A note"),
            typed("finding", uid="finding1", field="note", after="A note"),
            typed("arm", uid="arm00001", field="label", after="An arm"),
            typed("time_point", uid="time0001", field="label", after="After a year"),
            typed("state", after="complete"),
            Call(bulk_coding.put_code, lambda at: args(at.bulk, NOTHING_TO_DO)),
            Call(
                copied_codings.copy_coding,
                lambda at: args(at.scheme_id, at.complete_id, at.draft_id),
            ),
            Call(
                inherited_answers.take_over,
                lambda _at: args(IN_DEPTH["scheme"], IN_DEPTH["study"]),
                first=begins_in_depth,
            ),
            Call(bulk_coding.undo_act, lambda at: args(at.coding_act)),
            Call(coding.set_answer, lambda at: args(at.study_id, at.answer)),
            Call(coding.set_answers, lambda at: args(at.study_id, [at.answer])),
            Call(coding.put_finding, lambda at: args(at.draft_id, at.finding)),
            Call(coding.add_findings, lambda at: args(at.draft_id, [at.finding])),
            Call(coding.remove_finding, lambda at: args(at.draft_id, at.finding_id)),
            Call(coding.complete, lambda at: args(at.draft_id)),
            Call(coding.reopen, lambda at: args(at.complete_id)),
        ),
    ),
)


def matrix() -> str:
    """The acts as a table for people."""
    lines = [
        "| what people do | reader | reviewer | editor, owner |",
        "|---|---|---|---|",
        "| Look at everything, take files away | yes | yes | yes |",
    ]
    for act in ACTS:
        may = "yes" if act.role is Role.REVIEWER else "no"
        leads = "the owner" if act.role is Role.OWNER else "yes"
        lines.append(f"| {act.words} | no | {may} | {leads} |")
    return "\n".join(lines)
