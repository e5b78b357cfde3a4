from pathlib import Path

import pytest

from answer.messages_es import MESSAGES
from answer.pipeline import Assistant
from answer.reply import Abstention, Answer, Language, Reason
from answer.routes import Route
from answer.spanish import english_parts, is_spanish

SPANISH = """
    ¿Cuáles son los cinco principios?
    cuales son los requisitos para solicitar la subvencion
    que es la libertad condicional
    Quien dirige el comite de victimas
    cuanto cuesta el programa por persona
    como se mide el bienestar de la comunidad
    donde esta la oficina del fiscal
    Necesito saber cuando vence el plazo para las organizaciones
    que dice la guia sobre los jovenes de Santa Cruz
    y para los jovenes?
    Las victimas deben recibir ayuda en su idioma?
    ¿Y en Stockton?
    Compare los servicios para las víctimas en Kern y Napa
    Qué servicios legales ofrece Casa de Esperanza
    Has visto los programas para las víctimas
"""
ENGLISH = """
    What are the five principles?
    list the 5 principles
    Los Angeles county trauma prevention
    who runs the Los Angeles office of violence prevention
    What did El Monte and La Mesa do?
    Does San Jose have a plan en route?
    my son de facto guardian
    No
    La Puente budget
    Los Gatos police
    How many people in Las Vegas took part?
    Is Barrios Unidos a partner
    e.g. grants
    A la carte services
    Is Del Norte County a participant?
    Compare Del Norte and El Dorado counties
    Who runs Casa de Esperanza para la Familia?
    Is Por La Vida a partner?
"""
_DATA = Path(__file__).parents[2] / "answer" / "data" / "spanish.txt"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("question", lines(SPANISH))
def test_spanish_is_seen_with_and_without_accents(question: str) -> None:
    assert is_spanish(question)


@pytest.mark.parametrize("question", lines(ENGLISH))
def test_english_is_not_taken_for_spanish(question: str) -> None:
    assert not is_spanish(question)


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("¿Quién puede solicitar la subvención?", "who can may apply request grant"),
        ("libertad condicional", "parole"),
        ("LIBERTADES CONDICIONALES", "parole"),
        ("la junta de supervisores de Santa Cruz", "board of supervisors Santa Cruz"),
        ("la colonización de Marte en 2031", "colonization Marte 2031"),
        ("", ""),
    ],
)
def test_words_and_phrases_become_english_and_names_stay(spanish: str, english: str) -> None:
    assert " ".join(english_parts(spanish)) == english


def test_the_glossary_has_each_entry_once_and_in_the_form_that_is_read() -> None:
    entries = [
        line for line in _DATA.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    assert all(line.count(" = ") == 1 and line == line.strip() for line in entries)
    keys = [line.split(" = ")[0] for line in entries]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_a_question_in_spanish_finds_the_english_page(assistant: Assistant) -> None:
    reply = assistant.answer_question("¿Cuáles son los cinco principios?")
    assert isinstance(reply, Answer)
    assert reply.language is Language.SPANISH
    assert "The Blueprint rests on five principles" in reply.statements[0].text


def test_a_refusal_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    reply = assistant.answer_question("¿Cómo consiguen su cola los cometas?")
    assert isinstance(reply, Abstention)
    assert reply.message in (MESSAGES[Reason.NOT_COVERED], MESSAGES[Reason.UNKNOWN_WORDS])
    assert assistant.answer_question("How do comets get their tails?").language is Language.ENGLISH


def test_every_refusal_but_that_of_an_emergency_is_there_in_spanish() -> None:
    assert set(MESSAGES) == {*Reason, *Route} - {Route.DANGER}  # that one is in both languages


def test_what_is_asked_again_is_searched_in_the_language_that_it_was_asked_in(
    assistant: Assistant,
) -> None:
    asked = "¿Cuáles son los cinco principios?"
    first = assistant.answer_question(asked)
    again = assistant.answer_question("which page is that on?", [asked])
    assert isinstance(first, Answer)
    assert isinstance(again, Answer)
    assert again.statements == first.statements
