"""From paragraphs to references: match the whole document at once, resolve short forms, group the mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.model import ACCEPTED, BODY_KINDS, SEARCHED_KINDS, Mention, Paragraph, Reference
from extractors.references.hits import Hit, findings, longest
from extractors.references.levels import level_of
from extractors.references.nlp import SPANS, pipeline, words_of
from extractors.references.passage import Site
from extractors.references.short_forms import ShortForms
from extractors.text.identity import identify_reference
from extractors.text.normalization import Normalized, normalize_all
from pipeline.extract.quote import quote_text
from pipeline.ingest.language import detect_paragraphs
from pipeline.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SEPARATOR = "\n\n"
_BATCH = 200_000


@dataclass(frozen=True, slots=True)
class _Passage:
    """Paragraphs laid end to end as one normalized text, and where each of them starts in it."""

    paragraphs: tuple[Paragraph, ...]
    normalized: tuple[Normalized, ...]
    starts: tuple[int, ...]
    text: str

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """(index of the paragraph, start, end in its printed text) of a span of the normalized text."""
        index = bisect_right(self.starts, start) - 1
        low, high = self.normalized[index].source(start - self.starts[index], end - self.starts[index])
        return index, low, high


@dataclass(frozen=True, slots=True)
class _Sites:
    """Tells of each token of a passage where in the document it stands."""

    passage: _Passage
    doc: Doc

    def __call__(self, token: int) -> Site:
        paragraph = self.passage.paragraphs[bisect_right(self.passage.starts, self.doc[token].idx) - 1]
        number = paragraph.paragraph.split("(")[0]
        return Site(number, paragraph.citation, paragraph.kind, paragraph.text, paragraph.heading_path)


def _passages(paragraphs: Sequence[Paragraph]) -> Iterator[_Passage]:
    """The searched paragraphs in batches of about 200,000 characters: one tokenizer call each.

    Footnotes are searched where the settings ask for it (`GCMREFS_FOOTNOTES=true`).
    """
    kinds = SEARCHED_KINDS if Settings().footnotes else BODY_KINDS
    held: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        if paragraph.kind not in kinds or not paragraph.text:
            continue
        held.append(paragraph)
        size += len(paragraph.text)
        if size > _BATCH:
            yield _passage(held)
            held, size = [], 0
    if held:
        yield _passage(held)


def _passage(paragraphs: Sequence[Paragraph]) -> _Passage:
    normalized = normalize_all([p.text for p in paragraphs])
    starts: list[int] = []
    position = 0
    for n in normalized:
        starts.append(position)
        position += len(n.text) + len(_SEPARATOR)
    return _Passage(tuple(paragraphs), normalized, tuple(starts), _SEPARATOR.join(n.text for n in normalized))


def mentions(
    paragraphs: Sequence[Paragraph], language: str, folder: Path | None = None, *, doubtful: bool = False
) -> Iterator[tuple[Paragraph, Mention]]:
    """Every mention in reading order with its paragraph; offsets are those of the paragraph's printed text.

    `doubtful` adds, behind those of each batch, the damaged words that are like a wording but not enough to count
    (score below 90): for people to look at, never for the tables.
    """
    nlp, levels = pipeline(language, folder), words_of(language, folder).levels
    short_forms = ShortForms(words_of(language, folder))
    for passage in _passages(paragraphs):
        doc = nlp(passage.text, disable=[SPANS])
        found = findings(doc)
        hits = found.kept
        resolved = short_forms.resolve(doc, _Sites(passage, doc), passage.text)
        sure = longest([*hits, *resolved]) if resolved else hits
        for hit in [*sure, *_unsure(found.doubtful, sure)] if doubtful else sure:
            start = doc[hit.start].idx
            end = doc[hit.end - 1].idx + len(doc[hit.end - 1])
            index, low, high = passage.place(start, end)
            paragraph = passage.paragraphs[index]
            yield (
                paragraph,
                Mention(
                    start=low,
                    end=high,
                    category=hit.entry.category,
                    extractor={"exact": "phrases", "pattern": "coordination", "fuzzy": "repair"}.get(
                        hit.method, "short_forms"
                    ),
                    rule=hit.rule,
                    method=hit.method,
                    score=hit.score,
                    canonical=hit.entry.canonical,
                    section=hit.entry.section,
                    level=level_of(hit, doc, levels),
                ),
            )


def find_mentions(text: str, language: str = "en", *, lexicon: Path | None = None) -> tuple[Mention, ...]:
    """Every mention in a text, in reading order, as if it were one paragraph; `start` and `end` are offsets into it.

    `language` is a two-letter code; `lexicon` a folder of YAML files (default: the project's own). Raises LexiconError
    when a lexicon file breaks the format.

    >>> text = "regional and subregional processes, and diasporas"
    >>> [(m.category, text[m.start : m.end]) for m in find_mentions(text, "en")][-1]
    ('stakeholder.diasporas', 'diasporas')
    """
    return tuple(mention for _, mention in mentions([Paragraph(1, "¶1", "body", text)], language, lexicon))


def _rounded(score: float) -> float:
    """To one decimal, never over the bar that it did not reach."""
    return round(score, 1) if score >= ACCEPTED else min(round(score, 1), ACCEPTED - 0.1)


def _unsure(doubtful: Sequence[Hit], sure: Sequence[Hit]) -> list[Hit]:
    """Doubtful hits where nothing of their category counts already."""
    taken = {(hit.entry.category, token) for hit in sure for token in range(hit.start, hit.end)}
    return [h for h in doubtful if not any((h.entry.category, token) in taken for token in range(h.start, h.end))]


def find_references(
    paragraphs: Sequence[Paragraph],
    *,
    document: str,
    title: str = "",
    iscm: str = "",
    language: str = "",
    ocr: bool = False,
    lexicon: Path | None = None,
    doubtful: bool = False,
) -> tuple[Reference, ...]:
    """All references of a document: one for each paragraph, category and normalized wording, in reading order.

    Mentions of the same wording in one paragraph are counted in `occurrences`; place and quote are those of the first.
    `ocr` marks every reference of a recognized text in the column `extractor`. `doubtful` adds those that only people
    can decide on (see `mentions`): `Reference.is_doubtful` tells them.

    `document`, `title` and `iscm` (the issuing body) name the document in every row; `language` is a two-letter code, by
    default told by the text; `lexicon` is a folder of YAML files (default: the project's own). `start` and `end` of a
    reference are offsets into the text of its paragraph. Raises LexiconError when a lexicon file breaks the format.

    >>> paragraphs = [Paragraph(1, "7", "paragraph", "We will consult civil society and diasporas.")]
    >>> [(r.citation, r.category, r.wording) for r in find_references(paragraphs, document="d", language="en")]
    [('§7', 'stakeholder.civil_society', 'civil society'), ('§7', 'stakeholder.diasporas', 'diasporas')]
    """
    language = language or detect_paragraphs(paragraphs)
    rows: dict[str, Reference] = {}
    places: dict[str, tuple[Paragraph, list[Mention]]] = {}
    for paragraph, mention in mentions(paragraphs, language, lexicon, doubtful=doubtful):
        wording = " ".join(paragraph.text[mention.start : mention.end].split())
        key = identify_reference(document, paragraph.paragraph, mention.category, wording)
        if key in places:
            if places[key][0] is paragraph:
                places[key][1].append(mention)
            rows[key] = replace(rows[key], occurrences=rows[key].occurrences + 1)
            continue
        places[key] = (paragraph, [mention])
        regions = paragraph.regions_between(mention.start, mention.end)
        rows[key] = Reference(
            reference_id=key,
            document=document,
            title=title,
            iscm=iscm,
            language=language,
            paragraph=paragraph.paragraph,
            paragraph_row=paragraph.id,
            citation=paragraph.citation,
            heading=paragraph.heading_path[-1] if paragraph.heading_path else "",
            objective=paragraph.objective,
            category=mention.category,
            section=mention.section,
            wording=wording,
            canonical=mention.canonical,
            level=mention.level,
            quote="",
            occurrences=1,
            start=mention.start,
            end=mention.end,
            page=regions[0].page if regions else paragraph.page,
            regions=";".join(map(str, regions)),
            extractor=f"{mention.extractor} (ocr)" if ocr else mention.extractor,
            rule=mention.rule,
            method=mention.method,
            score=_rounded(mention.score),
        )
    return tuple(
        replace(row, quote=quote_text(places[key][0].text, [(m.start, m.end) for m in places[key][1]]))
        for key, row in rows.items()
    )
