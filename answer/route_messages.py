"""What is said on each route, in plain words: what the assistant does not do, and what helps."""

from collections.abc import Sequence

from answer import messages_es
from answer.reply import Language
from answer.routes import Route

_SHOWN_TITLES = 8
_WHAT_IT_DOES = (
    "I search the publications that are loaded and quote them word for word, each quotation with "
    "its page."
)

TITLES = {
    Route.DANGER: "If you or somebody else is in danger",
    Route.INSTRUCTION: "I only answer questions",
    Route.PERSONAL_DATA: "No personal data, please",
    Route.LEGAL_ADVICE: "No advice on a person or a case",
    Route.DRAFTING: "I do not write texts",
    Route.OFF_TOPIC: "Not covered by these publications",
    Route.TOO_BROAD: "Please ask about one thing",
    Route.ABOUT_ASSISTANT: "About this assistant",
    Route.SMALL_TALK: "What would you like to know?",
}


def route_message(
    route: Route,
    *,
    titles: Sequence[str],
    help_contacts: str,
    sent_to: str = "",
    language: Language = Language.ENGLISH,
) -> str:
    """What is said instead of an answer.

    Args:
        route: that the question takes.
        titles: of the publications that are loaded.
        help_contacts: whom somebody in danger can turn to, from the settings.
        sent_to: host of the language model that answered questions are sent to; "" for none.
        language: of the question.
    """
    if language is Language.SPANISH:
        return messages_es.route_message(route, help_contacts=help_contacts, sent_to=sent_to)
    written = "I write nothing of my own, I"
    sent = "Nothing leaves the computer that runs me."
    if sent_to:
        written = "A sentence of theirs that a language model picks to show first is marked. I"
        sent = f"Questions that I answer are sent to the language model at {sent_to}."
    texts = {
        Route.DANGER: (
            f"This assistant cannot help in an emergency. {help_contacts} "
            "(Este asistente no puede ayudar en una emergencia; llame a los números indicados.)"
        ),
        Route.INSTRUCTION: (
            "Your message contains an instruction. I follow none: I quote the publications or say "
            "that they have no answer. Please type just your question."
        ),
        Route.PERSONAL_DATA: (
            "Your message asks for, or contains, data about a person. The publications are about "
            "policies and practices, not about individuals. Please ask again without names, dates "
            "of birth and case numbers."
        ),
        Route.LEGAL_ADVICE: (
            "I give no legal advice and make no predictions about any person. For a case, ask a "
            "lawyer or the public defender; for current law, the agency's counsel. I can look up "
            "what the publications say in general."
        ),
        Route.DRAFTING: (
            "I do not write or translate texts; I show the publications' own words. Ask what they "
            "say about your subject, then use the quotations with their page numbers."
        ),
        Route.OFF_TOPIC: f"The loaded publications are about something else. {_WHAT_IT_DOES}",
        Route.TOO_BROAD: (
            "That question is too broad. Please name a subject, for example one of a publication's "
            f"headings. {_loaded(titles)}"
        ),
        Route.ABOUT_ASSISTANT: (
            f"I am a search program, not a person. {_WHAT_IT_DOES} {written} give no legal advice, "
            "know nothing about individuals or beyond what the publications say, and can be wrong "
            f"about which passage answers, so read the page. {sent} {_loaded(titles)}"
        ),
        Route.SMALL_TALK: f"{_WHAT_IT_DOES} Type a question about their subjects.",
    }
    return texts[route]


def _loaded(titles: Sequence[str]) -> str:
    if not titles:
        return "No publication is loaded."
    more = f" and {len(titles) - _SHOWN_TITLES} more" if len(titles) > _SHOWN_TITLES else ""
    return (
        f"Loaded: {'; '.join(titles[:_SHOWN_TITLES])}{more}. The page “Publications” lists them "
        "with their dates."
    )
