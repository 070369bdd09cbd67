"""Codes of the data that pages show as words: they stay as they are in every file, and are translated where people read them."""

from pipeline.translation import gettext_noop

METHODS_AND_BASES = (
    *(gettext_noop("exact"), gettext_noop("pattern"), gettext_noop("fuzzy"), gettext_noop("resolved")),
    *(gettext_noop("explicit"), gettext_noop("structural"), gettext_noop("implied")),
)
ROLES_AND_KINDS = (
    *(gettext_noop("instrument"), gettext_noop("outcome"), gettext_noop("account"), gettext_noop("speech")),
    *(gettext_noop("report"), gettext_noop("analysis"), gettext_noop("draft"), gettext_noop("resolution")),
    *(gettext_noop("declaration"), gettext_noop("communique"), gettext_noop("plan"), gettext_noop("position")),
    *(gettext_noop("highlights"), gettext_noop("other")),
)
COUNTED = (
    *(gettext_noop("documents"), gettext_noop("paragraphs"), gettext_noop("references"), gettext_noop("objectives")),
    *(gettext_noop("pages"), gettext_noop("decisions")),
)
PARAGRAPH_KINDS = (gettext_noop("body"), gettext_noop("heading"), gettext_noop("title"), gettext_noop("footnote"))
CHANGES = (
    *(gettext_noop("gained"), gettext_noop("lost"), gettext_noop("changed"), gettext_noop("new"), gettext_noop("gone")),
    *(gettext_noop("reread"), gettext_noop("orphaned"), gettext_noop("reset")),
    *(gettext_noop("references gained"), gettext_noop("references lost"), gettext_noop("references changed")),
    *(gettext_noop("documents new"), gettext_noop("documents gone"), gettext_noop("documents changed")),
    *(gettext_noop("documents reread"), gettext_noop("paragraphs changed"), gettext_noop("paragraphs new")),
    *(gettext_noop("paragraphs gone"), gettext_noop("decisions orphaned"), gettext_noop("decisions reset")),
)
ACTIONS = (gettext_noop("accept"), gettext_noop("reject"), gettext_noop("edit"), gettext_noop("add"))
FORCES = (
    *(gettext_noop("decide"), gettext_noop("adopt"), gettext_noop("commit"), gettext_noop("affirm")),
    *(gettext_noop("recommend"), gettext_noop("request"), gettext_noop("urge"), gettext_noop("invite")),
    *(gettext_noop("encourage"), gettext_noop("note"), gettext_noop("commitment"), gettext_noop("recommendation")),
)
STATUSES_OF_ROWS = (gettext_noop("machine"), gettext_noop("edited"))
VERDICTS = (
    *(gettext_noop("ok"), gettext_noop("wrong_paragraph"), gettext_noop("wording_differs"), gettext_noop("not_found")),
    gettext_noop("debatable"),
)
STATUSES = (gettext_noop("complete"), gettext_noop("failed"), gettext_noop("running"), gettext_noop("interrupted"))
KINDS_OF_POSITIONS = (
    *(gettext_noop("Declaration"), gettext_noop("Communiqué"), gettext_noop("Statement")),
    *(gettext_noop("Recommendations"), gettext_noop("Action plan or strategy"), gettext_noop("Conclusions")),
    gettext_noop("Contribution"),
)
RELATIONS = (
    *(gettext_noop("secretariat"), gettext_noop("funded"), gettext_noop("hosted"), gettext_noop("observer")),
    *(gettext_noop("invited"), gettext_noop("in partnership"), gettext_noop("in cooperation")),
    gettext_noop("acts with"),
)
KINDS_OF_PARTNERS = (
    *(gettext_noop("Other ISCMs"), gettext_noop("Intergovernmental organizations")),
    *(gettext_noop("United Nations regional commissions"), gettext_noop("Regional (economic) organizations")),
    gettext_noop("Non-governmental and civil society organizations"),
)
ANSWERS = (gettext_noop("Yes"), gettext_noop("Partly"), gettext_noop("No"), gettext_noop("Not stated"))
