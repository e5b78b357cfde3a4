"""A question of a conversation -> the query that is searched, and what kind of question it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answer.held import HeldWords
from answer.kinds import agreed, certain_kind
from answer.named import names_of
from answer.question import Query, needs_history, read_question
from answer.reply import Language, Reason
from answer.routes import route
from answer.spanish import Translation, are_spanish, translated, without_ordinals
from answer.spelling import mended
from index.terms import terms

VectorOf = Callable[[str], NDArray[np.float32]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Understanding:
    """Understands questions by the words of one release's publications."""

    held: HeldWords
    vector_of: VectorOf | None  # of a question; None: only forms of speech tell its kind
    max_chars: int  # of a question

    def query(self, question: str, history: Sequence[str]) -> Query | Reason:
        """The query in English, or why there is none.

        Args:
            question: as typed.
            history: the earlier questions of the conversation, oldest first.
        """
        # What was no question to the publications is nothing that a later one can lean on.
        earlier = history if needs_history(question) else ()
        asked = [before for before in earlier if not self._is_redirected(before)]
        query = read_question(question, asked, max_chars=self.max_chars)
        if isinstance(query, Reason):
            return query
        spanish = are_spanish([*query.before, query.question])
        if not any(spanish):
            knows = self.held.release.lexical.knows
            return replace(
                query, text=mended(query.text, knows=knows, vocabulary=self.held.vocabulary)
            )
        return self._in_english(query, spanish)

    def translated(self, question: str) -> Translation:
        """What is searched for a question in Spanish, and which of its words are not known."""
        return translated(question, knows=self.held.release.lexical.knows)

    def knows_a_word_of(self, query: Query) -> bool:
        """Whether a word that is asked about stands in the publications; of a translation, most.

        What nothing is known of in Spanish, or no publication speaks of, must not be passed over
        for the one word that is left.
        """
        if query.glosses:
            known = sum(any(map(self.held.release.lexical.knows, terms(g))) for g in query.glosses)
            return 2 * known > len(query.glosses)
        return any(self.held.release.lexical.knows(term) for term in terms(query.text))

    def vectors(self, question: str, language: Language) -> list[NDArray[np.float32]]:
        """By what the kind of a question is told (`answer.kinds.agreed`); nothing without vectors.

        The labelled questions are in English: one in Spanish must be like them as it is typed and
        as it is translated, for either alone is a guess.
        """
        if self.vector_of is None:
            return []
        spanish = language is Language.SPANISH
        readings = [" ".join(self.translated(question).glosses)] if spanish else []
        return [self.vector_of(text) for text in (question, *readings)]

    def _in_english(self, query: Query, spanish: Sequence[bool]) -> Query:
        """A query in English for one that is in Spanish, or that leans on a question in Spanish.

        Args:
            query: as typed.
            spanish: of the questions that it leans on and of itself, whether each is in Spanish.
        """
        *before, own = [
            self.translated(asked) if is_spanish else Translation(glosses=tuple(asked.split()))
            for asked, is_spanish in zip([*query.before, query.question], spanish, strict=True)
        ]
        earlier = [gloss for one in before for gloss in without_ordinals(one.glosses, own.glosses)]
        # Names are sought in what is left of the question: words of the glossary are none.
        left = " ".join(own.glosses)
        names = names_of(left)
        return replace(
            query,
            question=left,
            names=names,
            names_before=names_of(" ".join(earlier)).lacking_in(names),
            text=" ".join([*earlier, left]).strip(),
            # Of a word that nothing is known of no page speaks, as of one that no page has.
            glosses=tuple(g for g in (*earlier, *own.glosses, *own.unknown) if terms(g)),
        )

    def _is_redirected(self, question: str) -> bool:
        """Whether a question of the history is certainly none to the publications."""
        if route(question) is not None:
            return True
        language = Language.SPANISH if are_spanish([question])[-1] else Language.ENGLISH
        return agreed(self.vectors(question, language), certain_kind) is not None
