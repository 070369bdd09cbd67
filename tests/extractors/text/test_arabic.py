"""Arabic: loose spelling and particles hide no name, and every span is that of the printed text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Paragraph
from extractors.references.nlp import pipeline
from extractors.text.arabic import fold, forms, split, words
from extractors.text.normalization import normalize
from pipeline.extract.references import find_references, mentions
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs

KNOWN = words(["جامعة الدول العربية", "عملية التشاور", "منظمة العمل الدولية", "وكالات الأمم المتحدة"])
ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىـًٌٍَُِّْ ،؛.0123456789()-", max_size=80)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("لعملية", ("ل", "عمليه")),
        ("بجامعة", ("ب", "جامعه")),
        ("ومنظمة", ("و", "منظمه")),
        ("للمنظمة", ("المنظمه",)),
        ("وللمنظمة", ("و", "المنظمه")),
        ("والقطاع", ("و", "القطاع")),
        ("وبالتعاون", ("و", "ب", "التعاون")),
        ("فالدول", ("ف", "الدول")),
        ("ووكالات", ("و", "وكالات")),
        ("ولجامعة", ("و", "ل", "جامعه")),
        ("وكالات", ("وكالات",)),
        ("ولاية", ("ولايه",)),
        ("بلدية", ("بلديه",)),
        ("لجنة", ("لجنه",)),
        ("فريق", ("فريق",)),
        ("بالي", ("بالي",)),
    ],
)
def test_particles_are_cut_off_known_words_only(word: str, parts: tuple[str, ...]) -> None:
    assert split(fold(word), KNOWN) == parts


@pytest.mark.parametrize(
    ("text", "wording", "category"),
    [
        ("عقد اجتماع بجامعة الدول العربية أمس", "جامعة الدول العربية", "igo.regional_organization"),
        ("وجهت الشكر للمنظمة الدولية للهجرة", "للمنظمة الدولية للهجرة", "other.iom"),
        ("وتعمل ومنظمة العمل الدولية معا", "منظمة العمل الدولية", "igo.un_system"),
        ("الاجتماع الثامن لعملية التشاور العربية الإقليمية", "عملية التشاور العربية الإقليمية", "iscm.named"),
        ("تقرير للجنة الاقتصادية والاجتماعية لغربي آسيا", "للجنة الاقتصادية والاجتماعية لغربي آسيا", "igo.un_regional_commission"),
        ("مفوضية الإتحاد الافريقى", "مفوضية الإتحاد الافريقى", "igo.regional_organization"),
        ("دور المُجتمع المدنـــي", "المُجتمع المدنـــي", "stakeholder.civil_society"),
        ("وبالقطاع الخاص", "القطاع الخاص", "stakeholder.private_sector"),
        ("المنظمات الدولية والإقليمية", "المنظمات الدولية والإقليمية", "igo.regional_organization"),
        ("السلطات الوطنية والمحلية", "السلطات الوطنية والمحلية", "stakeholder.local_communities"),
        ("التعاون الثنائي والإقليمي والدولي", "التعاون الثنائي والإقليمي والدولي", "other.cooperation_dialogue"),
        ("اجتماع الـ ARCP في القاهرة", "ARCP", "iscm.named"),
    ],
)  # fmt: skip
def test_names_are_found_as_they_are_printed(text: str, wording: str, category: str) -> None:
    paragraph = Paragraph(order=1, paragraph="1", kind="paragraph", text=text)
    assert (category, wording) in [(m.category, text[m.start : m.end]) for _, m in mentions([paragraph], "ar")]


def test_spelling_after_a_swallowed_article() -> None:
    assert forms("اللجنة الإحصائية") == ("للجنة الإحصائية",)
    assert forms("الجامعة العربية") == ()


@settings(deadline=None)
@given(ARABIC)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(ARABIC)
def test_tokens_lie_on_the_text(text: str) -> None:
    plain = normalize(text).text
    doc = pipeline("ar").tokenizer(plain)
    assert len(doc.text) == len(plain)
    for token in doc:
        assert fold(plain[token.idx : token.idx + len(token)])[1:] == token.text[1:]


@settings(deadline=None)
@given(st.text(alphabet="ولبكفاملجنة", max_size=14))
def test_parts_add_up_to_the_word(word: str) -> None:
    folded = fold(word)
    assert sum(map(len, split(folded, KNOWN))) == len(folded)


@settings(deadline=None)
@given(ARABIC)
def test_normalized_text_leads_back_to_what_was_printed(text: str) -> None:
    normalized = normalize(text)
    for place, sign in enumerate(normalized.text):
        start, end = normalized.source(place, place + 1)
        assert sign == " " or sign in normalize(text[start:end]).text


def test_a_real_account() -> None:
    corpus = os.environ.get("GCMREFS_CORPUS")
    if not corpus:
        pytest.skip("needs real documents: set GCMREFS_CORPUS to their folder")
    path = Path(corpus) / "iscm" / "arcp-8th-meeting-2022.ar.txt"
    found = find_references(split_paragraphs(read_document(path)), document="arcp", title="", language="ar")
    assert {(r.paragraph, r.category, r.wording) for r in found} >= {
        ("¶1", "iscm.named", "عملية التشاور العربية الإقليمية حول الهجرة واللجوء"),
        ("¶1", "iscm.named", "اجتماعات التشاور الإقليمية حول الهجرة"),
        ("¶1", "igo.regional_organization", "جامعة الدول العربية"),
        ("¶2", "igo.regional_organization", "جامعة الدول العربية"),
        ("¶2", "other.imrf", "المنتدى الأول لاستعراض الهجرة الدولية"),
        ("¶2", "stakeholder.diasporas", "الجاليات"),
        ("¶3", "other.imrf", "المنتدى الأول لاستعراض الهجرة الدولية"),
    }
    assert not [r for r in found if r.category == "igo.un_system"]
