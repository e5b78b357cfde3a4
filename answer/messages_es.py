"""What is said in Spanish to a question in Spanish. Quotations stay as they are published."""

from answer.reply import Reason
from answer.routes import Route

QUOTATIONS = "Las citas están en inglés, tal como se publicaron. No se traducen."
SEARCHED_AS = "Buscado en inglés como"
NOT_SURE = (
    "No está comprobado que estas citas respondan a su pregunta: eso solo se comprueba cuando se "
    "pregunta en inglés. Léalas con atención antes de basarse en ellas."
)
RELATED = "Pasajes relacionados, no son una respuesta"
NO_ANSWER = "Las publicaciones no dan respuesta"
OTHERWISE = "Pregunte de otra manera, por favor"

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
MESSAGES: dict[Reason | Route, str] = {
    Reason.EMPTY: "Escriba una pregunta, por ejemplo: ¿Cuáles son los cinco principios?",
    Reason.TOO_LONG: "Eso es demasiado largo. Haga una pregunta en una o dos frases, por favor.",
    Reason.NO_WORDS: "No encontré palabras en su mensaje. Escriba una pregunta, por favor.",
    Reason.NOTHING_BEFORE: (
        "Eso se refiere a una respuesta anterior, y no hay ninguna en esta conversación. Escriba "
        "la pregunta misma, por favor."
    ),
    Reason.UNKNOWN_WORDS: (
        "Ninguna de sus palabras figura en las publicaciones cargadas. Busco en inglés por medio "
        "de un glosario; pruebe con otras palabras o pregunte en inglés."
    ),
    Reason.NOT_COVERED: (
        "No encontré nada en las publicaciones cargadas que responda a esto, y por eso no doy "
        "respuesta. Busco en inglés por medio de un glosario; puede ayudar preguntar en inglés."
    ),
    Reason.NOT_ANSWERED: (
        "Las publicaciones cargadas tocan este tema, pero no encontré una página que responda a la "
        "pregunta, y por eso no doy respuesta."
    ),
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
        "cito palabra por palabra, en inglés, con su página. La página “Publications” las enumera."
    ),
    Route.SMALL_TALK: "Escriba una pregunta sobre los temas de las publicaciones cargadas.",
}
