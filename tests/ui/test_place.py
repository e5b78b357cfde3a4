from answer.pipeline import Assistant
from answer.reply import Answer
from ui.place import place_of
from ui.reference import PageReference
from ui.session import Turn


def test_cited_words_lead_to_the_last_turn_that_quotes_them(assistant: Assistant) -> None:
    reply = assistant.answer_question("Who should be involved in defining well-being?")
    assert isinstance(reply, Answer)
    turns = [
        Turn(number=number, question="", reply=each, documents={})
        for number, each in ((4, reply), (5, reply), (6, None))
    ]
    cited = PageReference.of(reply.statements[-1].citations[0], reply.release)
    assert place_of(cited, turns) == (5, len(reply.statements))
    other = PageReference(doc_id="other", page_number=1, start_char=0, end_char=1, release=1)
    assert place_of(other, turns) is None
