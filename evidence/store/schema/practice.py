"""Tables of services as they are in practice; rows are added, and the newest of a uid counts."""

from sqlalchemy import JSON, Boolean

from evidence.store.schema.base import table
from evidence.store.schema.column_types import column, key, link, moment, text, who

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
