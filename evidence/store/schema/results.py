"""Tables of how a review shows its map; what the map shows, is counted from the codings."""

from sqlalchemy import JSON, Boolean, Float, Index, Integer, LargeBinary, UniqueConstraint

from evidence.store.schema.base import table
from evidence.store.schema.column_types import (
    CleanText,
    Moment,
    column,
    key,
    link,
    moment,
    text,
    who,
)

map_setting = table(
    "map_setting",
    "how the map of a review tells gaps and what its about page says; the newest counts.",
    key(),
    link("review_id", "review.id"),
    column("settings", JSON, "the fields of a synthesis.map_settings.MapSettings"),
    who("person_id"),
    moment("at"),
)

map_cell_mark = table(
    "map_cell_mark",
    "that somebody marked a cell of the map as not applicable, or took that back; the newest of a "
    "cell counts.",
    key(),
    link("review_id", "review.id"),
    text("first_dimension", "whose heading crosses the other one, in alphabetical order"),
    text("first_heading"),
    text("second_dimension"),
    text("second_heading"),
    column("not_applicable", Boolean, "false where it was taken back"),
    text("note", "why"),
    who("person_id"),
    moment("at"),
)

result_rule = table(
    "result_rule",
    "a rule of the protocol by which results are read; the newest of a kind counts.",
    key(),
    link("review_id", "review.id"),
    text("kind", "what it is about, such as directions"),
    column("rules", JSON, "the fields of a synthesis.direction_rules.DirectionRules"),
    who("person_id"),
    moment("at"),
)

certainty_judgement = table(
    "certainty_judgement",
    "how certain somebody judged what was found on an outcome to be; the newest of an outcome "
    "counts.",
    key(),
    link("review_id", "review.id"),
    text("contrast", "id of its option on the axis of contrasts"),
    text("intervention", "id of its option on the axis of interventions"),
    text("outcome", "id of its option on the axis of outcomes"),
    column("judgement", JSON, "the fields of a synthesis.certainty.grade.CertaintyJudgement"),
    who("person_id"),
    moment("at"),
)

review_finding = table(
    "review_finding",
    "what a review found of views or process, in words, and how far people rely on it, as somebody "
    "said; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    text("uid", "by which all rows of one finding belong together"),
    text("statement", "what was found"),
    column("judgement", JSON, "as synthesis.certainty.cerqual.judgement_json gives it"),
    column("is_removed", Boolean, "true where somebody took the finding away"),
    who("person_id"),
    moment("at"),
)

review_finding_study = table(
    "review_finding_study",
    "that a row of review_finding rests on a study.",
    key(),
    link("finding_id", "review_finding.id"),
    link("study_id", "study.id"),
    UniqueConstraint("finding_id", "study_id"),
)

included_study = table(
    "included_study",
    "that a review among the studies includes a primary study, as somebody said; the newest of a "
    "review and a citation counts.",
    key(),
    link("review_id", "review.id"),
    column("act", Integer, "all rows of one act have its number, from 1, within the review"),
    link("including_id", "study.id", "the review that includes it"),
    text("citation", "how the list of the review names the primary study"),
    text("match", "`open`, `study` or `elsewhere`: whether somebody said which study it is"),
    link("primary_id", "study.id", "the study that it is, where it is one", nullable=True),
    text("file", "by which it was brought in; empty where it was entered by hand"),
    column("is_included", Boolean, "false where it was taken back"),
    who("person_id"),
    moment("at"),
)

stage_overruling = table(
    "stage_overruling",
    "that somebody let a study go on to a stage behind the map, or stay, whatever the rule says; "
    "the newest of a study and a stage counts.",
    key(),
    link("review_id", "review.id"),
    link("study_id", "study.id"),
    text("stage", "`in-depth` or `sound`"),
    text("outcome", "`goes on` or `stays`; empty where the rule holds again"),
    text("reason", "why"),
    who("person_id"),
    moment("at"),
)

protocol_version = table(
    "protocol_version",
    "the protocol of a review as it stood one day, never changed since.",
    key(),
    link("review_id", "review.id", index=False),
    column("number", Integer, "from 1, within the review, without gaps"),
    text("dated", "the day from which it holds, as people say it"),
    text("note", "what changed, and why"),
    column("content", JSON, "the fields of a synthesis.protocol.protocol.Protocol"),
    who("person_id"),
    moment("at"),
    UniqueConstraint("review_id", "number"),
)

map_version = table(
    "map_version",
    "a version of the map of a review: its whole document as it stood then, never changed since.",
    key(),
    link("review_id", "review.id", index=False),
    column("number", Integer, "from 1, within the review, without gaps"),
    text("note", "what the version is for"),
    who("person_id"),
    moment("at"),
    column("studies", Integer, "how many are on it"),
    text("searched_to", "the date of the last search, as its about page has it"),
    text("digest", "the `version` of the document (docs/decisions/map.md)"),
    column(
        "scheme_ids", JSON, "the coding schemes whose codes are on it, the one of results first"
    ),
    column("document", LargeBinary, "with all its texts, JSON, compressed with zlib"),
    UniqueConstraint("review_id", "number"),
)

report_edit = table(
    "report_edit",
    "how somebody left a section of the report; the newest of a section counts, and a section "
    "without any is as the program has it.",
    key(),
    link("review_id", "review.id", index=False),
    text("section", "by which all rows of one section belong together"),
    column("title", CleanText, "NULL where it is the usual one", nullable=True),
    column("text", CleanText, "Markdown with live parts; NULL as for the title", nullable=True),
    column("position", Float, "of the section; NULL at its usual place", nullable=True),
    column("is_removed", Boolean, "true where somebody took the section out of the report"),
    text("mark", "of the act that wrote title and text; empty where they are the usual ones"),
    column("part_values", JSON, "what its live parts said when they were written or seen"),
    column("client_ids", JSON, "of the acts that made the row, made in the browser, newest last"),
    who("person_id"),
    moment("began_at", "of the first of these acts"),
    moment("at", "of the last of these acts"),
    Index("ix_report_edit_section", "review_id", "section", "id"),
)

conclusion = table(
    "conclusion",
    "a conclusion or a recommendation as somebody left it; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    text("uid", "by which all rows of one statement belong together"),
    text("text", "what is concluded or recommended"),
    text("kind", "`conclusion` or `recommendation`"),
    text("audience", "for whom it is"),
    text("strength", "a level of the review's rule; empty where none is given"),
    text("reason", "why it has this strength"),
    text("act", "`written`, `seen`, `removed` or `returned`"),
    column("seen", JSON, "the sentences that somebody saw, of what had changed below it"),
    who("person_id"),
    moment("at"),
)

conclusion_support = table(
    "conclusion_support",
    "that a row of conclusion rests on something.",
    key(),
    link("conclusion_id", "conclusion.id"),
    text("kind", "such as `study` or `outcome`, as synthesis.conclusions.conclusion lists them"),
    link("study_id", "study.id", "of a study", nullable=True),
    column("ids", JSON, "by which something else than a study is named"),
    text("label", "what people called it"),
    column("marks", JSON, "how it stood when somebody last looked"),
)

theme = table(
    "theme",
    "a code or a theme of what people say, as somebody left it; the newest of a uid counts.",
    key(),
    link("review_id", "review.id"),
    column("act", Integer, "all rows of one act have its number, from 1, within the review"),
    text("uid", "by which all rows of one theme belong together"),
    text("level", "`code`, `descriptive` or `analytical`"),
    text("name"),
    text("note", "what it means"),
    text("parent", "the uid of the theme it stands under; empty for none"),
    text("merged_into", "the uid of the theme that has its pieces now; empty for none"),
    column("is_removed", Boolean, "true where somebody took it away"),
    who("person_id"),
    moment("at"),
)

theme_piece = table(
    "theme_piece",
    "that a quotation, a note or a finding of a study, or what a service wrote, stands under a "
    "theme, or was taken from there; the newest of a theme and a piece counts.",
    key(),
    link("review_id", "review.id"),
    column("act", Integer, "as in theme"),
    text("theme", "its uid"),
    link("study_id", "study.id", "of a piece of a study", nullable=True),
    link("quotation_id", "quotation.id", "what it is, where it is a quotation", nullable=True),
    link("answer_id", "answer.id", "whose note it is, where it is a note", nullable=True),
    link("finding_id", "finding.id", "what it is, where it is a finding", nullable=True),
    link(
        "service_form_id",
        "service_form.id",
        "in which a service wrote it, as the form stood when it was placed",
        nullable=True,
    ),
    text("question", "of the form that it answers"),
    text("part", "of what a service wrote: `answer` or `note`"),
    column("is_removed", Boolean, "true where somebody took it from the theme"),
    who("person_id"),
    moment("at"),
)

publication = table(
    "publication",
    "what people without an account read of a review; nobody does where it has no public_address.",
    key(),
    link("review_id", "review.id"),
    text("ends_on", "the last day, in UTC, on which it is read; empty for no end"),
    column(
        "withdrawn_at", Moment, "since when nobody reads it; NULL while it stands", nullable=True
    ),
    column("takes_comments", Boolean, "whether readers can write comments"),
    who("person_id"),
    moment("at"),
)

public_address = table(
    "public_address",
    "the secret address of a publication; it stays with the installation that answers under it.",
    key(),
    link("publication_id", "publication.id", index=False),
    text("token", "the secret part of the address"),
    text("token_hash", "SHA-256 of the token, by which a page is looked up"),
    UniqueConstraint("publication_id"),
    UniqueConstraint("token_hash"),
)

publication_version = table(
    "publication_version",
    "what stood under a public address from one day on, never changed since.",
    key(),
    link("publication_id", "publication.id", index=False),
    column("number", Integer, "from 1, within the publication, without gaps"),
    text("title"),
    column("words", JSON, "what stands around its parts, such as licence and citation"),
    column("chosen", JSON, "the fields of a steps.results.publishing.publish.PublicChoice"),
    who("person_id"),
    moment("at"),
    UniqueConstraint("publication_id", "number"),
)

publication_file = table(
    "publication_file",
    "a finished part of a published version, byte for byte as readers get it.",
    key(),
    link("version_id", "publication_version.id", index=False),
    text("part", "`map`, `report`, or `subjects`: what a comment can be about, as JSON"),
    text("digest", "SHA-256 of the bytes"),
    text("policy", "its policy of content; empty where it is no page"),
    column("size", Integer, "how many bytes it has when unpacked"),
    column("content", LargeBinary, "compressed with gzip"),
    UniqueConstraint("version_id", "part"),
)

reader_comment = table(
    "reader_comment",
    "what a reader of a public page wrote.",
    key(),
    link("publication_id", "publication.id"),
    column("version", Integer, "number of the version that was read"),
    text("subject", "what it is about: `page`, or a kind and a key such as `study-12`"),
    text("subject_words", "the same as people read it"),
    text("name", "of the reader, or initials, as they gave it"),
    text("comment", "plain text"),
    text("sender", "from where it came, as a hash; emptied after a day"),
    moment("at"),
)

comment_answer = table(
    "comment_answer",
    "how the authors left a comment of a reader; the newest counts, and a comment without any "
    "waits to be read.",
    key(),
    link("comment_id", "reader_comment.id"),
    text("state", "`waiting`, `accepted` or `hidden`"),
    text("answer", "shown to readers once it is accepted"),
    text("changed", "what changed because of it"),
    who("person_id"),
    moment("at"),
)
