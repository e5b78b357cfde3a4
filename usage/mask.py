"""Personal data in what somebody typed -> masked, before anything is written.

What is masked can be told from its form: numbers of persons and cases, telephones, addresses of
mail and streets, dates of birth with the name before them. A name that stands alone looks like any
other capitalised word, such as a county's, and stays; who cannot accept that keeps no wording.
"""

import re

_WORD = r"[A-ZÀ-Þ][\w'’-]+"
_KIN = (
    r"(?:client|cliente|defendant|patient|inmate|probationer|youth|son|daughter|brother|sister|"
    r"hijo|hija|hermano|hermana)"
)
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s+(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]+)){1,3}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-zé]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH}\s+\d{{1,2}},?\s+"
    rf"\d{{4}}|\d{{1,2}}\s+(?:de\s+)?{_MONTH}(?:\s+de)?\s+\d{{4}})"
)
_BORN = r"(?:d\.?o\.?b\.?|born|date\s+of\s+birth|birth\s?date|nacid[oa]|fecha\s+de\s+nacimiento)"
_NUMBERED = (
    r"(?:case|docket|booking|inmate|report|file|incident|cdcr|cii|fbi|a)\s*"
    r"(?:no\.?|number|num\.?|id|#)\s*[:#]?\s*"
)
_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Way|Place|Pl)\b\.?"
)
_RULES = (
    # With the two words before it: people type names in small letters.
    (
        rf"(?i:(?:[\w'’-]+,?\s+){{0,2}}\(?{_BORN}\W{{0,3}}(?:(?:on|is|el)\s+)?{_DATE}\)?)",
        "[name, date of birth]",
    ),
    (rf"{_NAME},?\s+\(?(?i:{_DATE})\)?", "[name, date]"),
    (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "[e-mail]"),
    (r"\b\d{3}-\d{2}-\d{4}\b", "[number]"),
    (r"(?<![\w/])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}(?!\w)", "[phone]"),
    (r"(?<!\w)\+\d[\d\s().-]{7,}\d", "[phone]"),
    (rf"(?i:\b{_NUMBERED})[\w-]*\d[\w-]*", "[case number]"),
    (r"\b(?=[\w-]*\d{3})(?=[\w-]*[A-Z])\d{0,4}-?[A-Z]{1,4}-?\d{2,}[\w-]*", "[case number]"),
    (r"\b\d{7,}\b", "[number]"),
    (rf"\b\d{{1,6}}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w'’]*\s+){{1,3}}{_STREET}", "[address]"),
    (rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Sr|Sra|Señora?)\b\.?\s+{_WORD}(?:\s+{_WORD})?", "[name]"),
    (rf"(?i:\b(?:my|mi)\s+{_KIN}\s*,?\s+){_WORD}(?:\s+{_WORD})?", "[name]"),
)
_COMPILED = tuple((re.compile(form), mask) for form, mask in _RULES)


def masked(typed: str) -> str:
    """A question or comment without personal data that can be told by its form."""
    for form, mask in _COMPILED:
        typed = form.sub(mask, typed)
    return typed
