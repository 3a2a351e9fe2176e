"""Tables of practice: services, claims, principles. Rows are added; the newest of a uid counts."""

from sqlalchemy import JSON, Boolean, Integer, UniqueConstraint

from evidence.store.schema.base import table
from evidence.store.schema.column_types import Moment, column, key, link, moment, text, who

service = table(
    "service",
    "a service, as somebody left it; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    text("uid", "by which all rows of one service belong together"),
    text("name"),
    text("area", "where it works"),
    text("provider", "who runs it"),
    text("note"),
    column("is_removed", Boolean, "true where somebody took it away"),
    who("person_id"),
    moment("at"),
)

service_form = table(
    "service_form",
    "a form that was filled in about a service, as somebody left it; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    text("uid", "by which all rows of one form belong together"),
    text("service", "the uid of the service that it is about"),
    link("scheme_id", "scheme.id", "whose questions were answered"),
    text("occasion", "a day or a quarter for which it holds; empty where that does not matter"),
    text("filled_by", "who answered, in words"),
    column("answers", JSON, "question, codes, value and note of each answer"),
    column("is_complete", Boolean, "whoever filled it in was done"),
    column("is_removed", Boolean, "true where somebody took it away"),
    who("person_id"),
    moment("at"),
)

claim = table(
    "claim",
    "a claim as somebody left it, with what they say of it; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    text("uid", "by which all rows of one claim belong together"),
    text("act", "`written`, `judged`, `removed` or `returned`"),
    text("text", "what is claimed, in the review's own words"),
    column("claim", JSON, "the other fields of a synthesis.claims.claim.Claim, without its works"),
    link("cited_work_id", "work.id", "the work of the review that the source cites", nullable=True),
    text("cited", "the work that the source cites, as it names it"),
    text("cited_year", "the year that the source prints for it"),
    text("verdict", "whether the cited work supports it: a synthesis.claims.claim.ClaimVerdict"),
    text("reason", "why"),
    link("traced_work_id", "work.id", "the work of the review that was looked up", nullable=True),
    text("traced", "the work that was looked up, in words"),
    who("person_id"),
    moment("at"),
)

principle_set = table(
    "principle_set",
    "a set of principles in its versions, as somebody left it; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    text("uid", "by which all rows of one set belong together"),
    text("title"),
    column("content", JSON, "versions and pairs of a synthesis.principles PrincipleSet"),
    column("is_removed", Boolean, "true where somebody took it away"),
    who("person_id"),
    moment("at"),
)

principle_link = table(
    "principle_link",
    "that a principle is linked to something, or was parted from it; the newest of a principle and "
    "a thing counts.",
    key(),
    link("review_id", "review.id"),
    text("set_uid", "of the principle_set"),
    text("version", "of the set, by its name"),
    text("number", "of the principle within the version"),
    text("kind", "`study`, `item` or `statement`"),
    link("study_id", "study.id", "of a study", nullable=True),
    column("ids", JSON, "by which something else than a study is named"),
    text("note", "why"),
    column("is_removed", Boolean, "true where somebody parted them"),
    who("person_id"),
    moment("at"),
)

survey_link = table(
    "survey_link",
    "an invitation to answer a questionnaire without an account; nobody does where it has no "
    "survey_address.",
    key(),
    link("review_id", "review.id"),
    link("scheme_id", "scheme.id", "whose questions are asked"),
    text("title", "what respondents see first"),
    text("consent", "to what they agree before they begin"),
    text("ends_on", "the last day, in UTC, on which answers are taken; empty for no end"),
    column(
        "closed_at", Moment, "since when no answer is taken; NULL while it is open", nullable=True
    ),
    who("person_id"),
    moment("at"),
)

survey_address = table(
    "survey_address",
    "the secret address of a questionnaire; it stays with the installation that answers under it.",
    key(),
    link("survey_link_id", "survey_link.id", index=False),
    text("token", "the secret part of the address"),
    text("token_hash", "SHA-256 of the token, by which it is looked up"),
    UniqueConstraint("survey_link_id"),
    UniqueConstraint("token_hash"),
)

survey_response = table(
    "survey_response",
    "what a respondent answered; the respondent changes it until it is sent, nobody afterwards.",
    key(),
    link("survey_link_id", "survey_link.id"),
    text("key_hash", "SHA-256 of the secret by which the respondent comes back to it"),
    text("service", "the name of the service, as they gave it"),
    text("area", "where it works, as they gave it"),
    text("filled_by", "who answered, as they gave it"),
    column("answers", JSON, "question, codes, value and note of each answer"),
    column("saves", Integer, "how often it was saved, which is bounded"),
    text("sender", "from where it came, as a hash; emptied after a day"),
    column("sent_at", Moment, "when it was sent; NULL before", nullable=True),
    text("form", "the uid of the form that was made of it; empty before"),
    column("is_declined", Boolean, "true where somebody of the review put it aside"),
    moment("at", "when they agreed and began"),
    UniqueConstraint("survey_link_id", "key_hash"),
)

practice_setting = table(
    "practice_setting",
    "something that a review settled on practice; the newest of a kind counts.",
    key(),
    link("review_id", "review.id"),
    text(
        "kind", "`sufficiency`: what is called sufficient; `framework`: by which services are seen"
    ),
    column("content", JSON, "what was settled, by its kind"),
    who("person_id"),
    moment("at"),
)

provision_rating = table(
    "provision_rating",
    "how somebody rated what a service, or a kind of service in an area, provides; the newest of a "
    "thing and an aspect counts.",
    key(),
    link("review_id", "review.id"),
    text("service", "the uid of the service that is rated; empty for a kind in an area"),
    text("kind", "the id of the kind of service; empty for a service"),
    text("area", "in words; empty for a service, or for services without an area"),
    text("aspect", "`suitability` or `effectiveness`"),
    text("grade", "a synthesis.practice.rating.Grade"),
    text("reason", "why"),
    column("is_removed", Boolean, "true where somebody took it away"),
    who("person_id"),
    moment("at"),
)
