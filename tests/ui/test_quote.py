"""Hostile and odd texts become HTML that shows them and does nothing."""

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from answer.reply import Citation, LeadSentence, Statement
from ingest.document import PageSpan, Passage, Sentence, SentenceKind
from tests.make_pdf import document
from ui.quote import address_html, lead_html, lines_html, passage_html, quotation_html

HOSTILE = [
    "![x](http://evil.example/x.png)",
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</blockquote></figure><h1>Not a quotation</h1>",
    "<style>*{display:none}</style>",
    "[a link](javascript:alert(1)) http://evil.example",
    "$x and y$ :red[red] :smile: **bold** _under_ `code` # heading",
    "a < b && c > d \"quoted\" 'single' &amp; &lt;b&gt;",
    "\u202eright to left\u202c \ufeff",
]


class Reader(HTMLParser):
    """The tags and the text of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def statement(text: str, start: int, end: int, sentences: list[tuple[int, int, bool]]) -> Statement:
    passage = Passage(
        passage_id="p",
        doc_id="d",
        heading_path=("<i>One</i>", "Two"),
        text=text,
        spans=(PageSpan(page_number=1, start_char=0, end_char=len(text)),),
        sentences=tuple(
            Sentence(start_char=a, end_char=b, kind=SentenceKind.SENTENCE, block=0, opens=opens)
            for a, b, opens in sentences
        ),
    )
    citation = Citation(
        passage_id="p",
        doc_id="d",
        cited_text=text[start:end],
        page_number=1,
        page_label=None,
        start_char=start,
        end_char=end,
        pieces=(text[start:end],),
    )
    return Statement(
        text=" ".join(text[start:end].split()),
        passage=passage,
        start_char=start,
        end_char=end,
        citations=(citation,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_line_is_shown_letter_by_letter(text: str) -> None:
    reader = read(lines_html(text))
    assert reader.tags == ["p"]
    assert reader.text == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_passage_keeps_to_its_place(text: str) -> None:
    reader = read(passage_html(statement(text, 0, len(text), [(0, len(text), True)])))
    assert reader.tags == ["p", "p", "mark"]
    assert reader.text == "<i>One</i> › Two" + " ".join(text.split())


def test_note_marks_are_raised_and_named_and_stay() -> None:
    marked = '<sup class="ssa-note-mark" title="note mark of the publication">{}</sup>'
    text = "of harm.[6] And[7, 12][b] [t]he"
    html = lines_html(text)
    marks = [marked.format(mark) for mark in ("[6]", "[7, 12]", "[b]")]
    assert html == f"<p>of harm.{marks[0]} And{marks[1]}{marks[2]} [t]he</p>"
    assert read(html).text == text


def test_a_source_is_labelled_unlike_a_note_mark() -> None:
    quoted = statement("Two steps:[1]", 0, 13, [(0, 13, True)])
    shown = read(quotation_html(2, quoted, {"d": document("d.pdf", "D")})).text
    assert shown.startswith("<i>One</i> › TwoTwo steps:[1]Source 2")
    lead = read(lead_html([LeadSentence(text="Do it.", number=2)])).text
    assert lead.startswith("Do it. (Source 2)")


def test_a_note_states_its_language_and_the_quotation_none() -> None:
    noted = replace(statement("One.", 0, 4, [(0, 4, False)]), notes=("Retirada.",))
    html = quotation_html(1, noted, {"d": document("d.pdf", "D")}, language="es")
    assert '<p class="ssa-warning" lang="es"><strong>Retirada.</strong></p>' in html
    assert html.count("lang=") == 1


def test_the_quoted_words_are_marked_inside_their_passage() -> None:
    text = "First one.\nSecond\none. Third."
    #       0         1          2
    sentences = [(0, 10, True), (11, 22, True), (23, 29, False)]
    html = passage_html(statement(text, 11, 22, sentences))
    assert '<p class="ssa-passage">First one.\n<mark>Second one.</mark> Third.</p>' in html
    html = passage_html(statement(text, 23, 29, sentences))
    assert "First one.\nSecond one. <mark>Third.</mark></p>" in html
    noted = passage_html(statement("It is.[1]", 0, 9, [(0, 9, True)]))
    assert "<mark>It is.<sup " in noted
    html = passage_html(statement(text, 0, 10, sentences))
    assert "<mark>First one.</mark>\nSecond one. Third.</p>" in html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", 'x" onclick="y'],
)
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    assert "<" not in address_html(url)
    assert unescape(address_html(url)) == url


def test_a_web_address_is_a_link_that_opens_aside() -> None:
    assert address_html('https://a.example/?q="&b') == (
        '<a href="https://a.example/?q=&quot;&amp;b" target="_blank" rel="noopener noreferrer">'
        "https://a.example/?q=&quot;&amp;b</a>"
    )
