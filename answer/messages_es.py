"""What is said in Spanish to a question in Spanish. Quotations stay as they are published."""

from collections.abc import Sequence

from answer.reply import Reason
from answer.routes import Route

QUOTATIONS = "Las citas están en inglés, tal como se publicaron. No se traducen."
SEARCHED_AS = "Buscado en inglés como"
NOT_SURE = (
    "No está comprobado que estas citas respondan a su pregunta: eso solo se comprueba cuando se "
    "pregunta en inglés. Léalas con atención antes de basarse en ellas."
)
NOT_KNOWN = "No conozco estas palabras en español: {words}."
RELATED = "Pasajes relacionados, no son una respuesta"
NO_ANSWER = "Las publicaciones no dan respuesta"
OTHERWISE = "Pregunte de otra manera, por favor"
TITLES = {
    Route.DANGER: "Si usted u otra persona está en peligro",
    Route.INSTRUCTION: "Solo respondo preguntas",
    Route.PERSONAL_DATA: "Sin datos personales, por favor",
    Route.LEGAL_ADVICE: "No doy consejos sobre una persona o un caso",
    Route.DRAFTING: "No escribo textos",
    Route.OFF_TOPIC: "No es un tema de las publicaciones",
    Route.TOO_BROAD: "Pregunte por una sola cosa, por favor",
    Route.ABOUT_ASSISTANT: "Sobre este asistente",
    Route.SMALL_TALK: "¿Qué quisiera saber?",
}

NOTES = {
    "superseded": "Reemplazada: la editorial ha sustituido esta edición.",
    "superseded by": "Reemplazada: la editorial ha sustituido esta edición por {successor}.",
    "withdrawn": "Retirada por la editorial.",
    "law": "Publicado el {issued}: la ley puede haber cambiado desde entonces.",
    "figures": "Cifras de esta publicación, del {issued}.",
    "differ": (
        "Estas citas se parecen y, sin embargo, difieren en una cifra, un deber o un “no”: compare "
        "sus publicaciones y fechas."
    ),
}
NOTHING_SENT = "Nada sale de la computadora que me ejecuta."
SENT = "Las preguntas que respondo se envían al modelo de lenguaje en {host}."
_SPANISH_LINE = "988"  # the lifeline of the United States
_SPANISH_SPOKEN = "El 988 atiende también en español: oprima el 2."
# In braces stands what the settings say.
LACKING = "En las páginas más cercanas no figura"
UNREAD = "No se buscó en estas publicaciones, porque no se pudo leer su texto"
MESSAGES: dict[Reason | Route, str] = {
    Reason.EMPTY: "Escriba una pregunta, por ejemplo: ¿Cuáles son los cinco principios?",
    Reason.TOO_LONG: "Eso es demasiado largo. Haga una pregunta en una o dos frases, por favor.",
    Reason.NO_WORDS: "No encontré palabras en su mensaje. Escriba una pregunta, por favor.",
    Reason.NOTHING_BEFORE: (
        "Eso se refiere a una respuesta anterior, y no hay ninguna en esta conversación. Escriba "
        "la pregunta misma, por favor."
    ),
    Reason.UNKNOWN_WORDS: (
        "En las publicaciones cargadas no figura lo bastante de su pregunta. Busco en inglés por "
        "medio de un glosario; pruebe con otras palabras o pregunte en inglés."
    ),
    Reason.NOT_COVERED: (
        "No encontré nada en las publicaciones cargadas que responda a esto, y por eso no doy "
        "respuesta. Busco en inglés por medio de un glosario; puede ayudar preguntar en inglés."
    ),
    Reason.NOT_ANSWERED: (
        "Las publicaciones cargadas tocan este tema, pero no encontré una página que responda a la "
        "pregunta, y por eso no doy respuesta."
    ),
    Route.DANGER: "Este asistente no puede ayudar en una emergencia. Pida ayuda aquí: {contacts}",
    Route.INSTRUCTION: "Eso contiene una instrucción, y no sigo ninguna. Haga solo su pregunta.",
    Route.PERSONAL_DATA: (
        "Eso pide o contiene datos de una persona. Pregunte sin nombres, fechas de nacimiento ni "
        "números de caso, por favor."
    ),
    Route.LEGAL_ADVICE: (
        "No doy asesoramiento legal ni hago predicciones sobre nadie. Para un caso, consulte a un "
        "abogado o a la defensoría pública."
    ),
    Route.DRAFTING: "No escribo ni traduzco textos: muestro las palabras de las publicaciones.",
    Route.OFF_TOPIC: "Las publicaciones cargadas tratan de otra cosa.",
    Route.TOO_BROAD: "Eso sería todo. Nombre un tema, por favor.",
    Route.ABOUT_ASSISTANT: (
        "Soy un programa de búsqueda y no una persona. Busco en las publicaciones cargadas y las "
        "cito palabra por palabra, en inglés, con su página; no escribo ni traduzco nada, no doy "
        "asesoramiento legal, y puedo equivocarme de pasaje: lea la página. {sent} La página "
        "“Publications” enumera las publicaciones."
    ),
    Route.SMALL_TALK: "Escriba una pregunta sobre los temas de las publicaciones cargadas.",
}


def route_message(route: Route, *, help_contacts: str, sent_to: str) -> str:
    """What is said in Spanish instead of an answer.

    Args:
        route: that the question takes.
        help_contacts: whom somebody in danger can turn to, from the settings; in any language.
        sent_to: host of the language model that answered questions are sent to; "" for none.
    """
    spoken = f" {_SPANISH_SPOKEN}" if _SPANISH_LINE in help_contacts else ""
    sent = SENT.format(host=sent_to) if sent_to else NOTHING_SENT
    return MESSAGES[route].format(contacts=f"{help_contacts}{spoken}", sent=sent)


def unknown_words(words: Sequence[str]) -> str:
    """That words could not be searched because nothing is known of them; "" for no words."""
    return NOT_KNOWN.format(words=", ".join(words)) if words else ""
