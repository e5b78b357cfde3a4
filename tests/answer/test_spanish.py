from pathlib import Path

import pytest
from spellchecker import SpellChecker

from answer.messages_es import MESSAGES, TITLES
from answer.pipeline import Assistant
from answer.reply import Abstention, Answer, Language, Reason
from answer.routes import Route
from answer.spanish import are_spanish, is_spanish, translated, without_ordinals
from answer.spanish_forms import feminines, plurals, verb_forms

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
    salud mental
    violencia domestica
    los cinco principios
    lista de espera
    indocumentados
    fianza
    programas para jovenes
    dame los 5 principios
    hola, que puedes hacer?
    ADA y metadona
    metas de probation en Santa Cruz
    SALUD MENTAL
    q es el blueprint
    kiero saber ke es seguridad compartida
    me secuestraron anoche
    se metieron a mi casa
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
    Del Norte County
    Los Angeles trauma centers
    San Francisco and La Mesa police
    Casa de Esperanza shelter
    Vida program
    final plan
    criminal tribunal
    no guideline for San Diego?
    and in English?
    soy products
    he has a key
    Familia center budget
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
    ("asked", "languages"),
    [
        (["¿Qué es la fianza?", "y en Stockton?"], [True, True]),
        (["¿Qué es la fianza?", "Stockton?", "y la prop 36"], [True, True, True]),
        (["¿Qué es la fianza?", "and in Stockton?"], [True, False]),
        (["¿Qué es la fianza?", "Stockton police budget"], [True, False]),
        (["What is bail?", "Stockton?"], [False, False]),
        ([], []),
    ],
)
def test_a_short_follow_up_is_in_the_language_of_what_it_follows(
    asked: list[str], languages: list[bool]
) -> None:
    assert are_spanish(asked) == languages


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("¿Quién puede solicitar la subvención?", "who can may apply request grant"),
        ("libertad condicional", "parole"),
        ("LIBERTADES CONDICIONALES", "parole"),
        ("la junta de supervisores de Santa Cruz", "board of supervisors Santa Cruz"),
        ("la colonización de Marte en 2031", "colonization Marte 2031"),
        ("¿Cuánto cuesta?", "how much cost"),
        ("la deportación", "deportation"),
        ("refugios", "shelter"),
        ("la criminalidad", "crime"),
        ("¿Qué comida dan?", "what food give"),
        ("se publicó", "published"),
        ("al público", "public"),
        ("¿Me puede decir qué es la fianza, por favor?", "what is bail"),
        ("el cuarto principio", "fourth principle"),
        ("treinta y seis", "thirty-six 36"),
        ("Barrios Unidos", "Barrios Unidos"),
        ("el Continuum of Care", "Continuum of Care"),
        ("", ""),
    ],
)
def test_words_and_phrases_become_english_and_names_stay(spanish: str, english: str) -> None:
    assert " ".join(translated(spanish).glosses) == english


def test_what_neither_the_glossary_nor_the_publications_have_is_told_and_not_searched() -> None:
    found = translated(
        "el zapatismo y la colonización en Marte", knows=lambda term: term == "colon"
    )
    assert found.glosses == ("colonization", "Marte")
    assert found.unknown == ("zapatismo",)
    nothing = translated("la colonización", knows=lambda _: False)
    assert (nothing.glosses, nothing.unknown) == ((), ("colonización",))


def test_who_asks_for_the_third_asks_no_longer_for_the_second() -> None:
    assert without_ordinals(["what is", "second principle"], ["third"]) == ["what is", "principle"]
    assert without_ordinals(["second principle"], ["police"]) == ["second principle"]


def test_the_forms_of_a_word() -> None:
    assert set(plurals("luz")) == {"luces", "luzes"}
    assert "programas" in plurals("programa")
    assert "antecedente" in plurals("antecedentes")
    assert list(feminines("pagado")) == ["pagada", "pagadas"]
    assert {"cuento", "cuenta", "contaron", "contar" + "me", "cuentame"} <= set(
        verb_forms("contar")
    )
    assert {"pide", "pidieron", "pidiendo"} <= set(verb_forms("pedir"))
    assert {"sigo", "sigue", "siguiendo"} <= set(verb_forms("seguir"))
    assert {"busque", "busco"} <= set(verb_forms("buscar"))
    assert list(verb_forms("mar")) == []
    assert list(verb_forms("casa")) == []


def test_words_that_english_has_too_are_marked_in_the_glossary() -> None:
    lines = _DATA.read_text("utf-8").splitlines()
    marked = {
        word
        for line in lines
        if line.startswith("also English:")
        for word in line.removeprefix("also English:").split()
    }
    english = SpellChecker(language="en", distance=1)
    single = {
        line.split(" = ")[0]
        for line in lines
        if " = " in line and not line.startswith("#") and " " not in line.split(" = ")[0]
    }
    ascii_only = {word for word in single if word.isascii() and len(word) > 1}
    assert {word for word in ascii_only if word in english} <= marked


def test_the_glossary_has_each_entry_once_and_in_the_form_that_is_read() -> None:
    entries = [
        line
        for line in _DATA.read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "also English:"))
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
    assert reply.message == (
        f"No conozco estas palabras en español: cometas. {MESSAGES[Reason.UNKNOWN_WORDS]}"
    )
    assert assistant.answer_question("How do comets get their tails?").language is Language.ENGLISH


def test_an_answer_names_the_words_that_were_not_searched(assistant: Assistant) -> None:
    reply = assistant.answer_question("¿Cuáles son los cinco principios de seguridad chidos?")
    assert isinstance(reply, Answer)
    assert reply.note == "No conozco estas palabras en español: chidos."


def test_one_known_word_of_several_is_not_enough(assistant: Assistant) -> None:
    reply = assistant.answer_question("¿Dónde está el pasaporte de la policía consular?")
    assert isinstance(reply, Abstention)
    assert reply.reason is Reason.UNKNOWN_WORDS


@pytest.mark.parametrize(
    ("question", "before"),
    [("cuentame mas", "¿Qué es un centro de recuperación de trauma?")],
)
def test_a_follow_up_without_a_sign_of_spanish_is_answered_in_spanish(
    assistant: Assistant, question: str, before: str
) -> None:
    reply = assistant.answer_question(question, [before])
    assert isinstance(reply, Answer)
    assert reply.language is Language.SPANISH
    assert "trauma recovery center" in reply.understood


def test_a_follow_up_in_english_leans_on_what_was_asked_in_spanish(assistant: Assistant) -> None:
    reply = assistant.answer_question("and who should lead that?", ["¿Qué es el quinto principio?"])
    assert reply.language is Language.ENGLISH
    assert reply.understood.startswith("what is fifth principle")


def test_somebody_in_danger_is_answered_in_spanish_around_the_contacts_of_the_settings(
    assistant: Assistant,
) -> None:
    reply = assistant.answer_question("me quiero morir")
    assert isinstance(reply, Abstention)
    assert reply.reason is Route.DANGER
    assert reply.message == (
        "Este asistente no puede ayudar en una emergencia. Pida ayuda aquí: "
        f"{assistant.settings.help_contacts} El 988 atiende también en español: oprima el 2."
    )


def test_every_refusal_is_there_in_spanish() -> None:
    assert set(MESSAGES) == {*Reason, *Route}
    assert set(TITLES) == set(Route)


def test_what_is_asked_again_is_searched_in_the_language_that_it_was_asked_in(
    assistant: Assistant,
) -> None:
    asked = "¿Cuáles son los cinco principios?"
    first = assistant.answer_question(asked)
    again = assistant.answer_question("which page is that on?", [asked])
    assert isinstance(first, Answer)
    assert isinstance(again, Answer)
    assert again.statements == first.statements
