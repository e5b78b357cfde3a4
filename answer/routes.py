"""What is no question to the publications is seen from its form, before anything is searched.

Precision comes first: a rule looks for a person who speaks of themselves, of a person by name, or
to the assistant. The subject alone never decides: what a prosecutor should do when a survivor
recants, or how a policy on suicide prevention is written, is asked of the publications.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Route(StrEnum):
    """What is said instead of an answer."""

    DANGER = "someone in danger"
    INSTRUCTION = "instruction to the assistant"
    PERSONAL_DATA = "personal data"
    LEGAL_ADVICE = "advice on a person or a case"
    DRAFTING = "drafting"
    OFF_TOPIC = "another subject"
    TOO_BROAD = "too broad"
    ABOUT_ASSISTANT = "about the assistant"
    SMALL_TALK = "small talk"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    route: Route
    pattern: re.Pattern[str]
    guard: Callable[[str], bool] | None = None  # must hold of the question too


# Where a sentence, or a clause that gives an order, may begin.
_ORDER = (
    r"(?:^|[.!?;:,\n\"”)\]]\s*|\b(?:and|then|now|but|please|instead|also|just)\s+)"
    r"(?:please\s+|now\s+|just\s+|kindly\s+)*"
)
_TO_YOU = r"^(?:please\s+|hey\s+|ok(?:ay)?\s+|can\s+you\s+|could\s+you\s+|would\s+you\s+|will\s+you\s+|i\s+(?:need|want)\s+you\s+to\s+|help\s+(?:me|us)\s+(?:to\s+)?)*"
_KIN = (
    r"(?:brother|sister|son|daughter|husband|wife|father|mother|dad|mom|cousin|nephew|niece|uncle|"
    r"aunt|friend|boyfriend|girlfriend|partner|fianc[eé]e?|kid|child|client|neighbou?r|roommate|"
    r"grandson|stepson|ex)"
)
_HE = rf"(?:i|he|she|my\s+{_KIN}|this\s+(?:person|man|woman|guy|kid|defendant|inmate|client|offender))"
_NAME = r"(?-i:[A-Z][a-zà-ÿ]+(?:\s+[A-Z]\.)?\s+[A-Z][a-zà-ÿ]+)"  # two words, as people are named
_RULES_OF_IT = (
    r"(?:instructions?|rules|prompts?|restrictions?|filters?|guardrails|safeguards|programming|"
    r"(?:the\s+)?above|previous|prior|everything|what\s+you\s+(?:were|have\s+been))"
)
_PAPERS = (
    r"(?:report|letter|speech|memo(?:randum)?|e-?mail|press\s+release|poem|song|rap|haiku|essay|"
    r"story|article|blog|op-?ed|tweet|post|slides?|presentation|powerpoint|brief(?:ing)?|motion|"
    r"talking\s+points|proposal|application|script|paragraph|resolution|contract|mou|brochure|"
    r"flyer|newsletter|cover\s+letter|r[eé]sum[eé]|obituary|toast|quote)"
)
_OUTCOME = (
    r"(?:be|get|stay|go)\s+(?:\w+\s+){0,3}?(?:charged|convicted|sentenced|deported|released|paroled|"
    r"arrested|evicted|expunged|bail|parole|probation|diversion|prison|jail|felony|misdemeanor|"
    r"custody|out|off|time|detained|prosecuted|acquitted|re-?arrested)"
)
_CASE = (
    r"(?:plead|plea|sue|testify|confess|press\s+charges|drop\s+(?:the\s+)?charges|hire\s+a\s+lawyer|"
    r"take\s+the\s+(?:deal|fifth|stand)|turn\s+(?:my|him|her)self\s+in|fight\s+(?:the|this)|"
    r"lose\s+custody|re-?offend|recidivate|win\s+(?:the|my|his|her)\s+(?:case|appeal)|skip\s+bail|"
    r"grant\s+(?:me|him|her))"
)


def _rule(route: Route, pattern: str, guard: Callable[[str], bool] | None = None) -> _Rule:
    return _Rule(route=route, pattern=re.compile(pattern, re.IGNORECASE), guard=guard)


def _not_a_programme(question: str) -> bool:
    """A person speaks: it is not a question on programmes and policies for such people."""
    return not re.search(
        r"\b(?:polic(?:y|ies)|programs?|programmes?|guidelines?|training|protocols?|agenc(?:y|ies)|"
        r"services\s+for|people\s+who|survivors|victims\s+who|applicants?|grant)\b",
        question,
        re.IGNORECASE,
    )


_RULES = (
    # Someone in danger
    _rule(
        Route.DANGER,
        r"\b(?:i|i'm|im|i\s+am)\b.{0,40}\b(?:want\s+to\s+(?:die|kill\s+myself|end\s+(?:it\s+all|my\s+"
        r"life)|hurt\s+myself)|suicidal|kill(?:ing)?\s+myself|hurt(?:ing)?\s+myself|end\s+my\s+life|"
        r"(?:don'?t|do\s+not)\s+want\s+to\s+(?:live|be\s+(?:here|alive)\s+any\s*more)|"
        r"can'?t\s+go\s+on\s+(?:living|any\s*more)|no\s+reason\s+to\s+live|afraid\s+for\s+my\s+life|scared\s+for\s+my\s+life|in\s+danger|"
        r"not\s+safe|being\s+(?:followed|stalked|beaten|abused|attacked|threatened|held))",
        _not_a_programme,
    ),
    _rule(
        Route.DANGER,
        r"\b(?:he|she|they|my\s+(?:husband|wife|boyfriend|girlfriend|partner|ex|father|mother|dad|mom|"
        r"son|stepfather|stepdad))\b.{0,30}\b(?:hits?|beats?|beat|hitting|beating|hurting|choked|"
        r"chokes|raped|abuses|abusing|stabbed|threatens?|threatened|threatening|attacked|going\s+to)\s+"
        r"(?:to\s+)?(?:kill\s+|hurt\s+)?me\b",
    ),
    _rule(
        Route.DANGER,
        r"\b(?:someone|somebody|a\s+man|he|she)\s+(?:is|'s)\s+(?:breaking\s+into|trying\s+to\s+(?:kill|"
        r"break\s+in)|outside\s+my|shooting|pointing\s+a\s+gun|hurting\s+(?:me|my|a\s+child))\b"
        r"|\b(?:active\s+shooter|gunman)\b.{0,20}\b(?:here|right\s+now|outside|in\s+(?:my|our|the)\s+"
        r"building)\b|\bi\s+need\s+help\s+(?:right\s+)?now\b|\bplease\s+(?:help\s+me|send\s+help)\b",
        _not_a_programme,
    ),
    _rule(
        Route.DANGER,
        r"\b(?:quiero\s+morir|matarme|suicidarme|no\s+quiero\s+vivir|estoy\s+en\s+peligro|tengo\s+miedo\s+"
        r"(?:por\s+mi\s+vida|de\s+mi)|me\s+(?:pega|golpea|amenaza|quiere\s+matar|est[aá]\s+(?:pegando|"
        r"golpeando|siguiendo)|viol[oó])|ay[uú]d[ae]n?me\s+por\s+favor)\b",
    ),
    # Instructions to the assistant
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + rf"(?:ignore|disregard|forget|override|bypass|skip|drop|disable)\b.{{0,40}}\b{_RULES_OF_IT}",
    ),
    _rule(
        Route.INSTRUCTION,
        r"\b(?:your|the)\s+(?:system|hidden|initial|secret|original|developer)\s+(?:prompt|instructions?|"
        r"message)\b|\b(?:reveal|print|repeat|show|output|leak|dump)\b.{0,20}\byour\s+(?:prompt|"
        r"instructions|rules|configuration|settings|source\s+code)\b",
    ),
    _rule(
        Route.INSTRUCTION,
        r"\byou(?:\s+are|'re|\s+will\s+be)\s+now\b|\bfrom\s+now\s+on\b.{0,20}\b(?:you|answer|respond|reply|"
        r"only|always|act|speak|say)\b|\b(?:developer|debug|god|admin|dan)\s+mode\b|\bjailbreak\b"
        r"|\bunrestricted\s+(?:ai|assistant|writer|model|mode)\b",
    ),
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + r"(?:pretend|role-?play|imagine\s+(?:that\s+)?you(?:'re|\s+are)|act\s+(?:as|like)\s+(?:if|a|an|"
        r"my|the|you)\b|behave\s+(?:as|like)|simulate\s+(?:being|a|an)|assume\s+the\s+role|"
        r"make\s+up|invent|fabricate|hallucinate|falsify)\b",
    ),
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + r"(?:answer|respond|reply|write|speak|talk|say|output|print|start|begin|end|finish)\s+"
        r"(?:only\s+|back\s+|every\s+\w+\s+|your\s+(?:answer|reply|response)\s+)?(?:with|in|as|using)\s+"
        r"(?:only\s+|just\s+|the\s+word|one\s+word|json|yaml|xml|html|markdown|base64|rot13|leet|emojis?|"
        r"a\s+(?:poem|pirate|rhyme|haiku)|all\s+caps|uppercase|pirate|\"|')",
    ),
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + r"(?:do\s+not|don'?t|never|without)\s+(?:cit(?:e|ing)|quot(?:e|ing)|mention(?:ing)?\s+(?:the\s+)?"
        r"(?:source|page|that)|refus(?:e|ing)|add(?:ing)?\s+(?:any\s+)?(?:warning|disclaimer|citation))",
    ),
    _rule(
        Route.INSTRUCTION,
        r"\b(?:without|skip(?:ping)?|leave\s+out|omit)\s+(?:any\s+|the\s+)?(?:citations?|sources|"
        r"disclaimers?|quotation\s+marks)\b",
    ),
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + r"(?:say|claim|assert|declare|confirm\s+(?:to\s+me\s+)?|tell\s+(?:me|them|everyone)|state)"
        r"(?:,[^,]{0,60},|\s+(?:in\s+your\s+answer|as\s+a\s+fact|clearly|firmly))?\s+that\b"
        r"(?!.*\?\s*$)",
    ),
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + r"(?:delete|erase|wipe|execute|e-?mail|send|upload|post|open|visit|browse\s+to|download|install|"
        r"rm\s+-rf|drop\s+table|curl|fetch)\b.{0,30}(?:\bindex\b|\bdatabase\b|\bserver\b|https?:|www\.|"
        r"\bfiles\b|\bto\s+\S+@|\burl\b|\bcommand\b|\btable\b|\bthis\s+link\b)",
    ),
    _rule(
        Route.INSTRUCTION,
        r"(?:^|\n)\s*(?:system|assistant|developer|instruction)\s*:|<\|?\s*/?(?:im_start|im_end|system|"
        r"endoftext|inst)\s*\|?>|\[/?(?:inst|system)\]|#{2,}\s*(?:system|instruction|new\s+task)"
        r"|\bnew\s+(?:instructions?|task|rules?)\s*:|(?-i:(?=[\w+/]*[A-Z])(?=[\w+/]*[a-z])(?=[\w+/]*\d)[A-Za-z0-9+/]{48,})",
    ),
    _rule(
        Route.INSTRUCTION,
        r"\b(?:ignora|olvida|desobedece|omite|salta)\b.{0,40}\b(?:instrucciones|reglas|anterior(?:es)?|todo"
        r"\s+lo|restricciones)\b|\ba\s+partir\s+de\s+ahora\b|\b(?:act[uú]a|comp[oó]rtate|finge)\s+(?:como|"
        r"que|ser)\b|\brevela\b.{0,20}\b(?:instrucciones|prompt|reglas)\b|\binventa\b.{0,20}\b(?:cita|"
        r"fuente|cifra|p[aá]gina)",
    ),
    _rule(
        Route.INSTRUCTION,
        _ORDER
        + r"(?:repeat\s+after\s+me|(?:simply\s+)?(?:say|answer)\s+(?:yes|no)\b|agree\s+(?:with\s+me|that)|"
        r"(?:begin|start|end|finish)\s+(?:your|the|every)\s+(?:answer|reply|response)|make\s+an\s+exception|"
        r"use\s+your\s+own\s+(?:knowledge|words|opinion|judg\w+))",
    ),
    _rule(
        Route.INSTRUCTION,
        r"\b(?:cite|quote|attribute|credit)\b.{0,60}\b(?:even\s+(?:if|though)|as\s+(?:saying|if|though|the\s+"
        r"source)|regardless|no\s+matter|whether\s+or\s+not)\b|\b(?:don'?t|do\s+not|without)\s+(?:check|"
        r"search|look\s+at|us|use|consult|rely\s+on)(?:ing)?\b.{0,25}\b(?:documents?|publications?|sources?|"
        r"pages?|pdfs?)\b|\bi\s*(?:'m|\s+am)\s+(?:your|the)\s+(?:developer|admin(?:istrator)?|creator|"
        r"programmer)\b|\bi\s+(?:hereby\s+)?authori[sz]e\s+you\b",
    ),
    _rule(
        Route.INSTRUCTION,
        r"\b(?:hidden|secret)\s+(?:instructions?|prompts?|messages?)\b|\b(?:api\s+keys?|admin(?:istrator)?\s+"
        r"passwords?|access\s+tokens?)\b|\b(?:in|from)\s+your\s+(?:context|memory|training|prompt)\b"
        r"|<\s*/?(?:doc|document|context|source|page|passage)\b|\bthe\s+following\s+(?:document|text|passage|"
        r"page)\s+is\s+(?:authoritative|official|true|correct)\b",
    ),
    # Personal data
    _rule(
        Route.PERSONAL_DATA,
        r"\b(?:real|actual|true|full|legal)\s+names?\s+of\s+(?:the|this|that)\b",
    ),
    _rule(
        Route.PERSONAL_DATA,
        rf"\bis\s+{_NAME}\s+(?:still\s+|now\s+|currently\s+)?(?:staying|living|hiding|sheltering|being\s+held|"
        r"held|home|in\s+(?:the|a)\s+shelter)\b",
    ),
    _rule(
        Route.PERSONAL_DATA,
        r"\b\d{3}-\d{2}-\d{4}\b|\bssn\b|\bsocial\s+security\s+number\s+(?:is|of)\b",
    ),
    _rule(
        Route.PERSONAL_DATA,
        r"\b(?:born\s+(?:on\s+)?|dob\b|date\s+of\s+birth|birth\s*date|nacid[oa]\s+el)\s*:?\s*(?:on|is)?\s*"
        r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\w+\s+\d{1,2},?\s+\d{4})",
    ),
    _rule(
        Route.PERSONAL_DATA,
        r"\b(?:home|private|personal|current|cell|mobile|street)\s+(?:address|phone|number|cell|e-?mail)"
        r"(?:\s+number)?\s+(?:of|for)\s+(?:the\s+)?(?:officer|judge|chief|sheriff|victim|witness|juror|"
        rf"survivor|inmate|prosecutor|deputy|informant|{_NAME})",
    ),
    _rule(
        Route.PERSONAL_DATA,
        rf"\b(?:criminal|arrest|juvenile|court|medical|conviction|probation|prison|school|health)\s+"
        rf"(?:record|history|file)s?\s+(?:of|for|on)\s+{_NAME}"
        rf"|\b{_NAME}(?:'s|’s)\s+(?:criminal|arrest|juvenile|court|medical|home|phone|address|probation|"
        r"immigration)\b|\b(?:rap\s+sheet|mug\s?shot)\b.{0,10}\b(?:of|for)\b",
    ),
    _rule(
        Route.PERSONAL_DATA,
        rf"\b(?:is|was|has|did|does)\s+{_NAME}\b.{{0,50}}\b(?:on\s+probation|on\s+parole|in\s+custody|in\s+"
        r"jail|in\s+prison|arrested|convicted|sex\s+offender|felon\b|undocumented|informant|gang\s+member|"
        r"released\s+from\s+(?:jail|prison|custody)|a\s+victim\b|have\s+a\s+record|testif)",
    ),
    _rule(
        Route.PERSONAL_DATA,
        rf"\bwhere\s+(?:does|is|did)\s+{_NAME}\s+(?:live|staying|living|held|now)",
    ),
    _rule(
        Route.PERSONAL_DATA,
        r"\b(?:look\s+up|find|search\s+for|check|pull\s+up)\b.{0,30}\b(?:this\s+person|his|her|my\s+"
        r"(?:neighbou?r|ex|tenant|employee)(?:'s|’s)?)\b.{0,30}\b(?:record|address|warrants?|history|case)",
    ),
    _rule(
        Route.PERSONAL_DATA,
        r"\b(?:case|docket|booking|inmate)\s*(?:no\.?|number|#)\s*[:#]?\s*[\w-]*\d{3,}",
    ),
    _rule(
        Route.PERSONAL_DATA,
        r"\b(?:names?|identit(?:y|ies)|addresses|phone\s+numbers?|e-?mails?|birth\s*dates|photos?)\s+of\s+(?:all\s+"
        r")?(?:the\s+)?(?:\w+\s+)?(?:survivors?|victims?|witness(?:es)?|youths?|inmates?|jurors?|minors?|children|"
        r"probationers|parolees|informants?|patients|defendants?|suspects?|students)\b",
    ),
    # Advice on a person or a case
    _rule(
        Route.LEGAL_ADVICE,
        rf"\b(?:should|can|could|may|must|will|would|do|does|did|is|am|are)\s+{_HE}\b.{{0,70}}\b"
        rf"(?:{_CASE}|{_OUTCOME})\b",
        _not_a_programme,
    ),
    _rule(
        Route.LEGAL_ADVICE,
        rf"\bmy\s+{_KIN}\b.{{0,120}}\b(?:arrested|charged|convicted|sentenced|on\s+probation|on\s+parole|"
        r"strikes?|warrant|indicted|in\s+jail|in\s+custody|pleaded|court\s+date|violated)\b.*\b(?:will|"
        r"should|can|could|what\s+happens|how\s+long|chances?|odds|what\s+do)\b",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        rf"\bwill\b.{{0,60}}\b(?:judge|jury|court|parole\s+board|da|prosecutor)\b.{{0,60}}\b(?:grant|give|let|"
        rf"release|convict|sentence|drop|offer|deny)\b|\bwill\s+(?:the\s+(?:judge|jury|court|da)|{_NAME})\s+"
        r"(?:\w+\s+){0,3}(?:grant|give|let|release|convict|sentence|drop|re-?offend|be\s+(?:convicted|"
        r"released|sentenced|paroled)|get\s+(?:parole|probation|bail|prison|jail))",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        rf"\bhow\s+(?:dangerous|risky|guilty|likely)\s+is\s+(?:{_HE}|{_NAME})\b|\bwhat\s+(?:sentence|charges?|"
        rf"punishment)\s+(?:will|should|would|can|could)\s+(?:{_HE}|{_NAME})\b|\bis\s+(?:{_HE}|{_NAME})\s+"
        r"(?:guilty|innocent|dangerous|going\s+to\s+(?:re-?offend|jail|prison|be\s+deported))",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        r"\bwhat\s+are\s+my\s+(?:legal\s+)?rights\b|\bdo\s+i\s+(?:need|have\s+to\s+(?:get|hire))\s+(?:a|an)\s+"
        r"(?:lawyer|attorney)\b|\bcan\s+(?:they|the\s+(?:police|cops?|sheriff)|a\s+cop|an?\s+officer|ice)\s+"
        r"(?:legally\s+)?(?:search|arrest|stop|detain|hold|question|deport|evict)\s+(?:me|my|us|him|her)\b",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        r"\bhow\s+(?:do|can|should)\s+i\s+(?:beat|fight|contest|get\s+out\s+of|avoid|expunge|seal|defend)\b"
        r".{0,40}\b(?:charges?|ticket|case|warrant|jail|record|conviction|arrest|dui|probation|myself)\b"
        r"|\b(?:my|our)\s+(?:charges?|arraignment|court\s+date|plea|sentence|conviction|bail\s+hearing|"
        r"parole\s+hearing|probation\s+officer|warrant|public\s+defender|arrest|lawsuit)\b",
        _not_a_programme,
    ),
    _rule(
        Route.LEGAL_ADVICE,
        rf"\b(?:assess|evaluate|score|rate|predict|calculate)\b.{{0,30}}\b(?:risk|chances?|odds|danger\w*)\b"
        rf".{{0,20}}\b(?:{_HE}|my\s+\w+|this\s+\w+|the\s+following\s+(?:person|case)|{_NAME})\b"
        rf"|\bshould\s+(?:this|that|{_NAME})(?:\s+(?:defendant|suspect|officer|inmate|youth|person|man|woman))?"
        r"\s+(?:be|get|go)\s+(?:charged|released|jailed|convicted|sentenced|prosecuted|detained|diversion|"
        r"probation|to\s+(?:jail|prison))",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        r"\bis\s+it\s+(?:legal|illegal|lawful|unlawful|a\s+crime|against\s+the\s+law)\b.{0,30}\b(?:i|me|my|us)\b"
        r"|\b(?:am|are)\s+(?:i|we)\s+(?:liable|guilty|in\s+trouble|breaking\s+the\s+law)\b|\bcan\s+(?:i|they)\s+"
        r"(?:be\s+)?(?:sued?|fired?|evict(?:ed)?|deport(?:ed)?|press\s+charges)\b|\brepresent\s+me\b",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        r"\b(?:debo|deber[ií]a|puedo)\b.{0,30}\b(?:declararme|demandar|apelar|testificar)\b"
        r"|\bmi\s+(?:hermano|hijo|esposo|hija|amigo|cliente|primo)\b.{0,80}\b(?:c[aá]rcel|arrest|"
        r"deport|acusad|detenid|fiscal|juez)",
    ),
    _rule(
        Route.LEGAL_ADVICE,
        r"\bshould\s+i\s+(?:divorce|(?:stop|start|quit)\s+(?:taking|using|seeing|paying))\b"
        r"|\bpass\s+(?:the|my|a|his|her)\s+(?:probation\s+)?(?:drug|polygraph|urine)\s+(?:test|screen)"
        r"|\b(?:my|mi)\s+(?:\w+\s+)?(?:case|caso|defendant|probationer|parolee)\b(?!\s*(?:load|worker|manage|plan|"
        r"de\s+estudio))",
    ),
    # Drafting
    _rule(
        Route.DRAFTING,
        _TO_YOU
        + r"(?:write|draft|compose|prepare|create|generate|make|produce|rewrite|edit|proofread|polish|"
        rf"finish)\s+(?:me\s+|us\s+|up\s+)?(?:\w+[\s-]+){{0,6}}?{_PAPERS}s?\b",
    ),
    _rule(
        Route.DRAFTING,
        _TO_YOU
        + r"(?:translate|paraphrase|rewrite|reword|proofread)\s+(?:this|these|that|it|the|my|our|everything|"
        r"into|principle|section|chapter|page)\b",
    ),
    _rule(
        Route.DRAFTING,
        r"^(?:por\s+favor\s+)?(?:escr[ií]be(?:me)?|redacta(?:me)?|tradu(?:ce|zca)(?:me)?)\s+(?:un|una|este|"
        r"esta|el|la|esto)\b",
    ),
    # Another subject
    _rule(
        Route.OFF_TOPIC,
        r"\b(?:weather|forecast)\s+(?:today|tomorrow|tonight|in|for|like|this)\b|\brecipes?\s+for\s+(?!success|"
        r"disaster|change|trouble)|\bhow\s+(?:do|can|should)\s+(?:i|you|we)\s+(?:bake|cook|grill|fry|knit|"
        r"lose\s+weight|tie\s+a\s+tie)\b|\btell\s+(?:me|us)\s+(?:a|another)\s+joke\b|\bsing\s+(?:me\s+)?a\s+song"
        r"|\b(?:super\s*bowl|world\s+cup|world\s+series|lottery\s+numbers|horoscope|bitcoin|stock\s+price|"
        r"box\s+office|song\s+lyrics|video\s+game)\b|\bwhat(?:'s|\s+is|\s+are)\s+the\s+capital\s+of\b"
        r"|^(?:what(?:'s|\s+is)|calculate|compute|solve)\s+[\d(][\d\s().]*[-+*/x×÷^][\d\s().+*/x×÷^=-]*\??$"
        r"|\b(?:write|debug|fix)\s+(?:\w+\s+){0,3}(?:python|javascript|java|sql|html|code)\b"
        r"|\bwho\s+won\s+the\s+(?:game|match|oscar|election\s+in)\b|\bwhat\s+time\s+is\s+it\b",
    ),
    # Too broad
    _rule(
        Route.TOO_BROAD,
        r"^(?:please\s+)?(?:can\s+you\s+|could\s+you\s+)?(?:tell|show|give|teach|send)\s+(?:me|us)\s+(?:absolutely\s+)?"
        r"(?:everything|all\s+(?:of\s+it|you\s+(?:know|have|can|got)|there\s+is|the\s+information)|anything\s+"
        r"you\s+(?:know|have))(?:\s+(?:you\s+(?:know|have|can|got)|there\s+is(?:\s+to\s+know)?))?\s*[.!?]*$",
    ),
    _rule(
        Route.TOO_BROAD,
        r"^(?:please\s+)?(?:can\s+you\s+|could\s+you\s+)?(?:summari[sz]e|explain|describe|list|go\s+through|read|"
        r"recap)\s+(?:everything|all|(?:all\s+(?:of\s+)?)?(?:(?:the|your|these|all)\s+)(?:whole\s+|entire\s+|loaded\s+)?"
        r"(?:publications?|documents?|pdfs?|files|library|corpus|guidelines|content))\s*(?:for\s+(?:me|us))?"
        r"\s*[.!?]*$|^what\s+(?:all\s+)?do\s+you\s+know\s*\??$|^(?:everything|anything|all|help|info(?:rmation)?|"
        r"more|more\s+info(?:rmation)?)\s*[.!?]*$|^(?:dime|cu[eé]ntame)\s+todo\b[^,]{0,20}$",
    ),
    # About the assistant
    _rule(
        Route.ABOUT_ASSISTANT,
        r"^(?:so\s+|and\s+|ok\s+)?(?:who|what)\s+(?:exactly\s+)?are\s+you\s*\??$|\bare\s+you\s+(?:an?\s+|really\s+|a\s+"
        r"real\s+)?(?:ai|a\.i\.|bot|robot|human|person|machine|computer|chat\s?gpt|gpt|llm|language\s+model|"
        r"lawyer)\b|\bwho\s+(?:made|built|created|trained|runs|owns|operates|programmed)\s+you\b"
        r"|\bhow\s+do\s+you\s+(?:work|find|choose|know|decide|get\s+your)\b|\bhow\s+(?:accurate|reliable|"
        r"up\s+to\s+date|current)\s+are\s+you(?:r\s+answers)?\b|\bwhere\s+do\s+your\s+answers\s+come\s+from\b",
    ),
    _rule(
        Route.ABOUT_ASSISTANT,
        r"\bwhat\s+(?:can|can't|cannot|could|do)\s+you\s+(?:not\s+)?(?:do|answer|help)\b|\bwhat\s+(?:kinds?\s+of\s+)?"
        r"questions\s+(?:can|do)\s+you\b|\b(?:which|what)\s+(?:\w+\s+)?(?:publications|documents|guidelines|files|"
        r"pdfs|sources|reports|books)\s+(?:do\s+you\s+(?:have|know|use|search|cover)|are\s+(?:loaded|available|"
        r"indexed|included|in\s+(?:here|the\s+(?:system|index)))|have\s+you|did\s+you\s+read)\b",
    ),
    _rule(
        Route.ABOUT_ASSISTANT,
        r"\bdo\s+you\s+(?:store|save|keep|log|record|share|sell|remember|track|send)\s+(?:my|our|these|the|what)\b"
        r"|\b(?:is|are)\s+(?:this|my|our)\s+(?:chat|conversation|questions?|data)\s+(?:\w+\s+)?(?:private|"
        r"confidential|recorded|stored|anonymous|logged|saved|secure|public)\b|\bdo\s+you\s+(?:speak|understand)\s+"
        r"(?:spanish|english|other\s+languages)\b|\bhablas?\s+espa[nñ]ol\b|^qui[eé]n\s+eres|\bqu[eé]\s+puedes\s+hacer\b",
    ),
    _rule(
        Route.SMALL_TALK,
        r"^(?:(?:hi|hello|hey|hiya|howdy|greetings|good\s+(?:morning|afternoon|evening|day)|thanks|thank\s+you|thx|ty|"
        r"ok|okay|great|cool|nice|bye|goodbye|see\s+you|how\s+are\s+you|what'?s\s+up|test(?:ing)?|hola|gracias|buenos\s+"
        r"d[ií]as|buenas\s+tardes|adi[oó]s)(?:\s+(?:there|again|so\s+much|very\s+much|you|today|everyone|a\s+lot|bot|"
        r"assistant|doing))*[\s,!.?]*)+$",
    ),
)
_TAGS = range(0xE0000, 0xE0080)  # invisible copies of the Latin letters
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_MANY_HIDDEN = 3


def route(question: str) -> Route | None:
    """Which of the routes a question takes; None: it is asked of the publications.

    Args:
        question: as typed; what was asked before does not change its route.
    """
    if _hides_something(question):
        return Route.INSTRUCTION
    plain = unicodedata.normalize("NFKC", question)
    plain = "".join(char for char in plain if char not in _ZERO_WIDTH)
    plain = " ".join(plain.replace("’", "'").replace("‘", "'").split())
    for rule in _RULES:
        if rule.pattern.search(plain) and (rule.guard is None or rule.guard(plain)):
            return rule.route
    return None


def _hides_something(question: str) -> bool:
    return any(ord(char) in _TAGS for char in question) or (
        sum(char in _ZERO_WIDTH for char in question) >= _MANY_HIDDEN
    )
