"""Every column of every published file: its meaning and its heading."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.translation import gettext, gettext_noop

COLUMNS: Mapping[str, tuple[str, str]] = {
    "document": (gettext_noop("Document"), gettext_noop("short name of the document")),
    "title": (gettext_noop("Title"), gettext_noop("title of the document")),
    "iscm": (gettext_noop("ISCM"), gettext_noop("the inter-State consultation mechanism that issued the document")),
    "role": (
        gettext_noop("Role"),
        gettext_noop("what the document is: instrument, outcome, account, speech, report, analysis or draft"),
    ),
    "work": (gettext_noop("Work"), gettext_noop("what was adopted or said once; its documents are copies of it")),
    "url": (gettext_noop("Source"), gettext_noop("address of the document, with the page where it is a PDF")),
    "language": (gettext_noop("Language"), gettext_noop("language of the document")),
    "section": (gettext_noop("Section"), gettext_noop("section of the analysis")),
    "category": (gettext_noop("Category id"), gettext_noop("stable id of the category")),
    "label": (gettext_noop("Category"), gettext_noop("what kind of actor or reference it is")),
    "subsection": (
        gettext_noop("Listed under"),
        gettext_noop("the name, wording or category that the quotes are listed under"),
    ),
    "wording": (gettext_noop("Reference / wording"), gettext_noop("the words of the document, as printed there")),
    "canonical": (
        gettext_noop("Name"),
        gettext_noop("the entity that the wording stands for; empty where the text leaves it open"),
    ),
    "paragraph": (gettext_noop("Paragraph id"), gettext_noop("official number of the paragraph")),
    "citation": (gettext_noop("Cited as"), gettext_noop("official number of the paragraph, as cited")),
    "paragraphs": (gettext_noop("Paragraph"), gettext_noop("official numbers of the paragraphs with this wording")),
    "objective": (
        gettext_noop("Objective"),
        gettext_noop("objective of the Global Compact that the paragraph belongs to"),
    ),
    "objectives": (
        gettext_noop("Objectives"),
        gettext_noop("objectives of the Global Compact that these paragraphs belong to"),
    ),
    "documents": (gettext_noop("Documents"), gettext_noop("in how many documents this wording occurs")),
    "count": (
        gettext_noop("References"),
        gettext_noop("number of references: a wording counts once for each paragraph"),
    ),
    "mentions": (gettext_noop("Mentions"), gettext_noop("number of times the words occur")),
    "quote": (
        gettext_noop("Quote"),
        gettext_noop("the sentence around the wording, which is bold; ... marks words left out"),
    ),
    "page": (gettext_noop("Page"), gettext_noop("page of the document, where it has pages")),
    "footnote": (
        gettext_noop("Footnote"),
        gettext_noop("how to cite the row, in the form of the United Nations Editorial Manual"),
    ),
    "new_in_run": (
        gettext_noop("New"),
        gettext_noop("yes = the run published before did not have the row; no in a first run"),
    ),
    "status": (
        gettext_noop("Status"),
        gettext_noop("machine = found by a rule; accepted, edited, added = decided by an analyst"),
    ),
    "note": (gettext_noop("Mark"), gettext_noop("✓ accepted by an analyst, ✎ edited or added by an analyst")),
    "self": (gettext_noop("Own name"), gettext_noop("self = the ISCM that issued the document names itself")),
    "paragraph_count": (gettext_noop("Paragraphs"), gettext_noop("paragraphs of the document")),
    "with_references": (gettext_noop("With references"), gettext_noop("paragraphs with at least one reference")),
    "reviewed": (gettext_noop("Reviewed"), gettext_noop("references that an analyst accepted, edited or added")),
    "rejected": (gettext_noop("Rejected"), gettext_noop("references that an analyst rejected; they are in no table")),
    "total": (gettext_noop("Total"), gettext_noop("sum of the row")),
    "elsewhere": (gettext_noop("Elsewhere"), gettext_noop("paragraphs that belong to no objective")),
    "short": (gettext_noop("ISCM"), gettext_noop("short name of the ISCM")),
    "acronym": (gettext_noop("Acronym"), gettext_noop("acronym of the ISCM")),
    "type": (
        gettext_noop("Type"),
        gettext_noop("regional consultative process, interregional forum or global process"),
    ),
    "region": (gettext_noop("Region"), gettext_noop("region or regions that the ISCM joins")),
    "annex5": (gettext_noop("In Annex 5"), gettext_noop("yes = listed in the ISCM Review 2019, Annex 5")),
    "position": (
        gettext_noop("Position"),
        gettext_noop("what the document is: declaration, statement, recommendations, action plan, ..."),
    ),
    "meeting": (gettext_noop("Meeting"), gettext_noop("meeting of the ISCM, in the words of the document")),
    "place": (
        gettext_noop("Place"),
        gettext_noop("place of the meeting, in the words of the document; empty where it does not say"),
    ),
    "held": (gettext_noop("Held"), gettext_noop("when the meeting was held, in the words of the document")),
    "date": (gettext_noop("Date"), gettext_noop("date of the document")),
    "compact": (
        gettext_noop("Global Compact"),
        gettext_noop("paragraphs that name the Global Compact for Migration; empty where none does"),
    ),
    "basis": (
        gettext_noop("Basis"),
        gettext_noop("explicit = named in words, structural = under its heading, implied = about its subject"),
    ),
    "kind": (
        gettext_noop("Kind"),
        gettext_noop("theme, element, guiding principle or objective of the Global Compact"),
    ),
    "number": (gettext_noop("No."), gettext_noop("its number (letter of an element)")),
    "name": (gettext_noop("Theme, principle or objective"), gettext_noop("its title")),
    "question": (gettext_noop("Question"), gettext_noop("question of the questionnaire")),
    "question_number": (gettext_noop("No."), gettext_noop("number of the question in the questionnaire")),
    "answer": (
        gettext_noop("Answer"),
        gettext_noop("yes, partly or no only with a quote; not stated = no text of the corpus says"),
    ),
    "detail": (
        gettext_noop("In words"),
        gettext_noop("what the answer is where it is more than yes or no: a meeting, an address, numbers, a name"),
    ),
    "said_by": (
        gettext_noop("Said by"),
        gettext_noop("the ISCM itself, its account, an analysis or another document that names the ISCM"),
    ),
    "further": (gettext_noop("Further"), gettext_noop("number of further passages that answer")),
    "state": (
        gettext_noop("State"),
        gettext_noop("a Member State or observer of the United Nations, by its English name"),
    ),
    "source": (gettext_noop("Named by"), gettext_noop("the mechanism whose document it is, else the document")),
    "source_kind": (gettext_noop("Kind of source"), gettext_noop("mechanism or document")),
    "target": (gettext_noop("Names"), gettext_noop("the body that is named")),
    "target_kind": (gettext_noop("Kind of body"), gettext_noop("mechanism, organization, process or State")),
    "partner": (gettext_noop("Partner category"), gettext_noop("category of partners")),
    "relation": (
        gettext_noop("Relation"),
        gettext_noop("secretariat, funded, hosted, observer, invited, in partnership, in cooperation or acts with"),
    ),
    "area": (gettext_noop("Area of focus"), gettext_noop("area of focus of the ISCM")),
    "sdg": (
        gettext_noop("SDG"),
        gettext_noop("Sustainable Development Goal or target; empty where no source gives one"),
    ),
    "theme": (gettext_noop("Theme"), gettext_noop("theme of the Global Compact")),
    "origin": (gettext_noop("Source"), gettext_noop("the publication that states the fact")),
    "printed": (gettext_noop("Printed"), gettext_noop("what the published analysis prints")),
    "found": (gettext_noop("Found"), gettext_noop("what the text was found to say")),
    "only_printed": (gettext_noop("Only printed"), gettext_noop("printed, but not found in the text")),
    "only_found": (gettext_noop("Only found"), gettext_noop("found in the text, but not printed")),
    "where": (gettext_noop("Where"), gettext_noop("paragraphs of the analysed text")),
    "outcome": (
        gettext_noop("Outcome document"),
        gettext_noop("the documents of the mechanism's meeting that are held against those before"),
    ),
    "before": (
        gettext_noop("Held against"),
        gettext_noop("the outcome documents before, with their date; empty for the first and for undated ones"),
    ),
    "change": (
        gettext_noop("Change"),
        gettext_noop(
            "new, resumed (an earlier date has it, not the one before), kept, dropped; first and undated: held against none"
        ),
    ),
    "taken_before": (
        gettext_noop("Last taken up in"),
        gettext_noop("the latest earlier outcome documents that take it up; empty for the first time"),
    ),
    "year": (gettext_noop("Year"), gettext_noop("year of the document; no date where it has none")),
    "documents_read": (
        gettext_noop("Documents read"),
        gettext_noop("outcome documents of the corpus that were read for this row (N)"),
    ),
    "scope": (
        gettext_noop("Scope"),
        gettext_noop("whose documents were read: all, those of a type, a region or a mechanism"),
    ),
    "scope_name": (gettext_noop("Of"), gettext_noop("the type, region or mechanism")),
    "taken_up_by": (
        gettext_noop("Taken up by"),
        gettext_noop("mechanisms of the corpus whose outcome documents take it up; nobody"),
    ),
    "told_in": (gettext_noop("Told in"), gettext_noop("reports and accounts of the scope that take it up")),
    "outcomes": (gettext_noop("Read"), gettext_noop("the outcome documents that were read")),
    "list": (gettext_noop("Printed list"), gettext_noop("the list of the published analysis")),
    "item": (
        gettext_noop("Item"),
        gettext_noop(
            "what the list says something of: an element, an area, a mechanism, a theme, principle or objective"
        ),
    ),
    "verdict": (
        gettext_noop("Verdict"),
        gettext_noop(
            "agrees, differs, only printed (no text was found to say it), only found (the list does not print it)"
        ),
    ),
    "found_document": (
        gettext_noop("Found in"),
        gettext_noop("document that was found to say it; lexicon = a fact of the lexicon"),
    ),
    "found_citation": (
        gettext_noop("Found: cited as"),
        gettext_noop("official number of the paragraph that was found to say it"),
    ),
    "found_paragraph": (gettext_noop("Found: paragraph id"), gettext_noop("its id")),
    "found_quote": (gettext_noop("Found: quote"), gettext_noop("the passage that was found to say it")),
    "found_url": (gettext_noop("Found: source"), gettext_noop("its address")),
    "ground": (
        gettext_noop("Known as versions by"),
        gettext_noop("one work, or same body and date where enough paragraphs are pairs"),
    ),
    "other_language": (gettext_noop("Other language"), gettext_noop("language of the other version")),
    "other_document": (gettext_noop("Other document"), gettext_noop("the other version")),
    "other_citation": (gettext_noop("Other: cited as"), gettext_noop("official number of the paragraph there")),
    "other_paragraph": (gettext_noop("Other: paragraph id"), gettext_noop("its id")),
    "other_quote": (gettext_noop("Other: quote"), gettext_noop("how it begins, or the sentence in question")),
    "other_url": (gettext_noop("Other: source"), gettext_noop("its address")),
    "how": (
        gettext_noop("Alike in"),
        gettext_noop("what both paragraphs share: number, names, numbers, months, words that begin alike"),
    ),
    "rank": (gettext_noop("Rank"), gettext_noop("place in the document, best first")),
    "objective_title": (
        gettext_noop("Objective"),
        gettext_noop("the objective or objectives that the paragraph belongs to"),
    ),
    "level": (gettext_noop("Level"), gettext_noop("regional or global: where mechanisms would act")),
    "action": (gettext_noop("Action"), gettext_noop("the paragraph, with the words that speak of engagement bold")),
    "part": (
        gettext_noop("Part"),
        gettext_noop("part of the document that the paragraph stands in, where it stands under no objective"),
    ),
    "roles": (gettext_noop("Role of ISCMs"), gettext_noop("what mechanisms could do, the strongest first")),
    "engagement": (
        gettext_noop("Possible engagement of ISCMs"),
        gettext_noop("suggestion built from roles, focus and what the text names"),
    ),
    "focus": (gettext_noop("Area of focus"), gettext_noop("subjects of the paragraph that mechanisms work on")),
    "mechanisms": (
        gettext_noop("ISCMs with this focus"),
        gettext_noop("mechanisms whose focus, as the lexicon has it, fits"),
    ),
    "objective_basis": (
        gettext_noop("Objective known from"),
        gettext_noop("structural: the heading above; explicit: named; implied: what the sentence itself is about"),
    ),
    "evidence": (
        gettext_noop("Evidence of their focus"),
        gettext_noop(
            "for each of these mechanisms what it works on, and who says so: the lexicon, and passages of its own documents"
        ),
    ),
    "score": (gettext_noop("Score"), gettext_noop("what the rank rests on")),
    "iscms": (gettext_noop("ISCMs"), gettext_noop("number of mechanisms with an entry in this row")),
    "all": (gettext_noop("In common"), gettext_noop("all = every mechanism with documents in the corpus has it")),
    "issued": (
        gettext_noop("Own documents"),
        gettext_noop("number of documents of the corpus that the mechanism issued"),
    ),
    "stated_in": (
        gettext_noop("Stated in"),
        gettext_noop("where the document says what it is: heading, title or text"),
    ),
    "recommendation": (
        gettext_noop("Recommendation / actionable commitment"),
        gettext_noop("what is recommended or committed to"),
    ),
    "means": (gettext_noop("Means of implementation"), gettext_noop("phrases that say by what means")),
    "partnerships": (
        gettext_noop("Partnerships"),
        gettext_noop("actors that the sentence or the printed cell names, in its words"),
    ),
    "partners": (gettext_noop("Partners by name or category"), gettext_noop("the same by name, else by category")),
    "force": (gettext_noop("Force"), gettext_noop("commitment or recommendation, by its words")),
    "lead": (gettext_noop("Leading words"), gettext_noop("the words above a list that its items follow from")),
    "commitment_id": (gettext_noop("Commitment id"), gettext_noop("stable id of the commitment")),
    "verb": (
        gettext_noop("Verb"),
        gettext_noop(
            "the words that decide, commit or ask, as printed; those of the list's leading words for its items"
        ),
    ),
    "actor": (gettext_noop("Actor"), gettext_noop("who decides, commits or asks, in the words of the document")),
    "addressee": (gettext_noop("Addressee"), gettext_noop("who is asked, in the words of the document")),
    "deadline": (gettext_noop("Deadline"), gettext_noop("by when, as printed")),
    "due": (gettext_noop("Due"), gettext_noop("the same as a year, month or day, where it is one")),
    "standing": (
        gettext_noop("Standing"),
        gettext_noop(
            "new, repeated (in nearly the same words) or dropped, against the mechanism's other documents in the language; "
            "empty where there are none"
        ),
    ),
    "earlier": (
        gettext_noop("Earlier"),
        gettext_noop("the earlier document that it repeats, with the paragraph, or that does not have it"),
    ),
    "later": (gettext_noop("Later"), gettext_noop("the next document, which dropped it")),
    "iscm_count": (gettext_noop("ISCMs"), gettext_noop("references to ISCMs")),
    "igo_count": (gettext_noop("IGOs"), gettext_noop("references to IGOs")),
    "stakeholder_count": (gettext_noop("Stakeholders"), gettext_noop("references to non-State stakeholders")),
    "other_count": (gettext_noop("Other"), gettext_noop("other references")),
}
"""Column of a table -> (printed header, explanation)."""


MEANINGS: Mapping[tuple[str, str], str] = {
    (
        "commitments",
        "force",
    ): gettext_noop(
        "decide, adopt, commit, affirm, recommend, request, urge, invite, encourage or note, by the first verb"
    ),
    ("commitments", "objectives"): gettext_noop("objectives of the Global Compact that the sentence is about"),
    ("commitments", "quote"): gettext_noop("the whole sentence or list item"),
    ("counts_by_category", "total"): gettext_noop("references in all documents"),
    ("entry_points", "part"): gettext_noop("title, commitment or action: what part of an objective the paragraph is"),
    ("entry_points", "objective"): gettext_noop("number of the objective, where the paragraph belongs to a single one"),
    ("iscm_areas_of_focus", "basis"): gettext_noop(
        "printed = in the source, text = named in the mechanism's documents, or both"
    ),
    ("iscm_areas_of_focus", "further"): gettext_noop("number of further passages that name the area"),
    ("iscm_areas_of_focus", "iscm"): gettext_noop("name of the mechanism"),
    ("iscm_partnerships", "iscm"): gettext_noop("name of the mechanism"),
    ("iscm_partnerships", "said_by"): gettext_noop("itself, its account of a meeting, or others"),
    ("iscm_positions", "said_by"): gettext_noop("itself, its account of a meeting, or others"),
    ("iscm_documents", "said_by"): gettext_noop("itself, its account of a meeting, or others"),
    ("iscm_partnerships_by_category", "label"): gettext_noop("category of partners"),
    ("iscm_profile", "compact"): gettext_noop("whether the passage names the Global Compact"),
    ("iscm_profile", "iscm"): gettext_noop("name of the mechanism"),
    ("iscm_profile_overview", "iscms"): gettext_noop("number of mechanisms whose documents state it"),
    ("iscm_profile_overview", "label"): gettext_noop("question of the questionnaire"),
    ("who_names_whom", "count"): gettext_noop("number of paragraphs of the document"),
    ("who_names_whom", "said_by"): gettext_noop("the ISCM itself, its account, or others"),
    (
        "who_names_whom",
        "relation",
    ): gettext_noop("a relation of partners; member, participant or observer of States; criticizes; else names"),
    ("iscm_states", "iscm"): gettext_noop("name of the mechanism"),
    ("iscm_states", "relation"): gettext_noop("what the list says of its States: member, participant or observer"),
    ("iscm_states", "date"): gettext_noop("date of the latest document that lists it so"),
    ("iscm_states", "further"): gettext_noop("number of further lists that name it"),
    ("iscm_themes_principles_objectives", "count"): gettext_noop("number of paragraphs"),
    ("iscm_themes_principles_objectives", "paragraphs"): gettext_noop("the paragraphs, by document"),
    ("iscm_themes_principles_objectives_in_common", "label"): gettext_noop(
        "theme, element, guiding principle or objective"
    ),
    ("iscms_by_type_and_region", "iscm"): gettext_noop("name of the mechanism"),
    ("iscms_by_type_and_region", "count"): gettext_noop("references to the mechanism in documents of others"),
    (
        "recommendations",
        "basis",
    ): gettext_noop("table = a row of the document's own table, sentence = by itself, list = below leading words"),
    ("translations", "score"): gettext_noop("0 to 100: how much of what a translation keeps both share"),
    ("translation_differences", "kind"): gettext_noop("reference, objective, principle or theme"),
    ("translation_differences", "name"): gettext_noop(
        "the body or category that is named, or the title of what it is about"
    ),
    ("translation_differences", "basis"): gettext_noop(
        "of an objective, principle or theme: explicit, structural or implied"
    ),
    ("translation_differences", "wording"): gettext_noop("the words that name it"),
    ("stakeholders_by_objective_differences", "found"): gettext_noop(
        "objectives of the analysed text that name the stakeholder"
    ),
    ("stakeholders_by_objective_differences", "printed"): gettext_noop("objectives that the analysis prints"),
    ("stakeholders_by_objective_differences", "where"): gettext_noop(
        "paragraphs of the objectives that are only found"
    ),
}
"""(table, column) -> explanation, where a table means something else by a column than `COLUMNS` says."""


def label_column(column: str) -> str:
    """Return what people call a column of any table.

    >>> label_column("sdg_target_x")
    'Sdg target x'
    """
    known = COLUMNS.get(column)
    return gettext(known[0]) if known else column.replace("_", " ").capitalize()


def meaning(table: str, column: str) -> str:
    """Return what a column of a table holds; "" for one that is named after a document, mechanism or objective."""
    return gettext(MEANINGS.get((table, column)) or COLUMNS.get(column, ("", ""))[1])
