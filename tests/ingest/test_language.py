import pytest

from pipeline.ingest.language import agreed, by_paragraph, detect, speaks_of_migration

EN = "The Ministers thanked the employers and the trade unions for their support to the meeting."
ES = "Los Ministros agradecen a los empleadores y a los sindicatos su apoyo a la reunión."
FR = "Les ministres remercient les employeurs et les syndicats de leur appui à la réunion."
PT = "Os Ministros agradecem aos empregadores e aos sindicatos o seu apoio à reunião."
AR = "يشكر الوزراء أصحاب العمل والنقابات العمالية على دعمهم للاجتماع."
SHAPED = "ﻳﺸﻜﺮ ﺍﻟﻮﺯﺭﺍﺀ ﺍﻟﻤﻨﻈﻤﺔ ﺍﻟﺪﻭﻟﻴﺔ ﻟﻠﻬﺠﺮﺓ"
TEXTS = {"en": EN, "es": ES, "fr": FR, "pt": PT, "ar": AR}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told_by_its_text(language: str) -> None:
    assert detect(TEXTS[language]) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Forum met", "en"),
        ("Employers support labour mobility", "en"),
        ("Proceso de Lima", "es"),
        ("Declaração de Lisboa", "pt"),
    ],
)
def test_few_words_are_english_where_the_detector_hardly_tells(text: str, language: str) -> None:
    assert detect(text) == language


def test_letters_in_the_shape_of_their_place_are_letters() -> None:
    assert detect(SHAPED) == "ar"


@pytest.mark.parametrize("label", ["en-US", "EN", "fr", "pt-BR", "ar-SA", "de-DE"])
@pytest.mark.parametrize("language", TEXTS)
def test_a_label_is_believed_where_the_text_agrees(label: str, language: str) -> None:
    code = label[:2].lower()
    told = "" if code == language else f"labelled as {code}, but its text is {language}: read as {language}"
    assert agreed(label, TEXTS[language]) == (language, told)


@pytest.mark.parametrize(
    ("label", "text", "language"),
    [
        ("fr", "Processo de Lisboa", "fr"),  # too short to tell
        ("en", "Conferencia Regional sobre Migración", "en"),
        ("es", "", "es"),
        ("de-DE", "Die Minister danken den Arbeitgebern und den Gewerkschaften für ihre Hilfe bei der Tagung.", "de"),
        ("Spanish", ES, ""),  # no code
        ("zz", ES, "es"),
        ("", ES, ""),
    ],
)
def test_labels(label: str, text: str, language: str) -> None:
    assert agreed(label, text) == (language, "")


@pytest.mark.parametrize(
    ("texts", "spoken"),
    [
        ([EN, EN], "en en"),
        ([EN, ES, EN], "en es en"),
        (["1.", ES, "Acuerdan:", ES, "Fin"], "en es es es es"),
        ([EN, "Processo de Lisboa", ES], "en en es"),
        ([EN, AR, FR, PT], "en ar fr pt"),
        (["Title", "Place"], "en en"),
        ([EN, "Regional Conference on Migration (Conferencia Regional sobre Migración), the"], "en en"),
    ],
)
def test_paragraphs_have_their_own_language(texts: list[str], spoken: str) -> None:
    assert " ".join(by_paragraph(texts, "en")) == spoken


def test_a_script_tells_at_once() -> None:
    assert agreed("en", "يشكر الوزراء") == ("ar", "labelled as en, but its text is ar: read as ar")


def test_what_speaks_of_migration() -> None:
    assert speaks_of_migration(["Migration and migrants"], "en")
    assert not speaks_of_migration(["Migration of birds", "Trade"], "en")
    assert speaks_of_migration(["الهجرة", "حركة الهجرة"], "ar")
