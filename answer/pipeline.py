"""The path of a question: question -> query -> ranked passages -> quotations or an abstention."""

import logging
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from answer.abstain import message, support
from answer.choose import Candidate, together
from answer.editions import Editions, editions_for
from answer.errors import LanguageModelSilent
from answer.held import HeldWords
from answer.kinds import certain_kind, likely_kind
from answer.language_model import LanguageModel
from answer.lead import with_lead
from answer.messages_es import unknown_words
from answer.named import as_typed, names_of
from answer.notes import with_notes
from answer.parts import Part, parts_of
from answer.question import (
    Query,
    is_only_short,
    may_stand_alone,
    needs_history,
    read_question,
)
from answer.quoting import Quoter
from answer.ranking import quoted_first
from answer.reply import Abstention, Answer, Language, Reason, Reply, Statement
from answer.route_messages import route_message
from answer.routes import Route, route
from answer.settings import AnswerSettings
from answer.sides import sides_of
from answer.spanish import Translation, are_spanish, translated, without_ordinals
from answer.spelling import mended
from answer.widen import Selection, under_its_head
from index.releases import Release
from index.retriever import Retriever, ScoredPassage
from index.terms import terms
from ingest.document import Passage
from reader.reader import Reader

_LOG = logging.getLogger(__name__)
_READ_AT_MOST = 10  # times the longest question
_NOTHING_TO_READ = -20.0  # log-odds below all that the reader gives
VectorOf = Callable[[str], NDArray[np.float32]]
_SEARCHED_IN_VAIN = (Reason.UNKNOWN_WORDS, Reason.NOT_COVERED, Reason.NOT_ANSWERED)


@dataclass(frozen=True, kw_only=True, slots=True)
class _SearchedPart:
    """One of the questions that a question consists of, with what was found for it."""

    asked: str  # as people are told of it
    query: Query
    evidence: list[ScoredPassage]


@dataclass(frozen=True, kw_only=True)
class Assistant:
    """Answers questions from one release."""

    release: Release
    retriever: Retriever
    settings: AnswerSettings
    vector_of: VectorOf | None = None  # of a question; None: only forms of speech tell its kind
    reader: Reader | None = None  # None: every quotation that is near enough is shown
    language_model: LanguageModel | None = None  # None: nothing is sent to one

    @cached_property
    def _held(self) -> HeldWords:
        return HeldWords(release=self.release)

    def answer_question(self, question: str, history: Sequence[str] = ()) -> Reply:
        """Answer a question from the publications, or say why not.

        Args:
            question: as typed; any text.
            history: the earlier questions of the conversation, oldest first.
        """
        # Danger is told in a long message, too; but not all of whatever length is read for it.
        question = question[: _READ_AT_MOST * self.settings.max_question_chars]
        language = Language.SPANISH if are_spanish([*history, question])[-1] else Language.ENGLISH
        taken = route(question, follows=bool(history))
        reply = (
            self._redirect(question, taken, language)
            if taken
            else self._told_apart(question, history, language)
        )
        documents = self.release.documents_by_id
        reply = with_notes(
            replace(reply, language=language), documents, old_before=self.settings.old_before
        )
        if language is Language.SPANISH:
            reply = self._with_unknown_words(reply)
        return self._led(reply) if isinstance(reply, Answer) else reply

    def _with_unknown_words(self, reply: Reply) -> Reply:
        """With the words of a question in Spanish that could not be translated, and so searched."""
        told = unknown_words(self._translated(reply.question).unknown)
        if isinstance(reply, Answer):
            return replace(reply, note=f"{told} {reply.note}".strip())
        if not told or reply.reason not in _SEARCHED_IN_VAIN:
            return reply
        return replace(reply, message=f"{told} {reply.message}")

    def _led(self, answer: Answer) -> Answer:
        """With what the language model adds; as it is where there is none or it fails."""
        if self.language_model is None:
            return answer
        try:
            return with_lead(answer, self.release.documents_by_id, self.language_model.complete)
        except LanguageModelSilent as error:
            _LOG.warning("An answer is shown without its sentence: %s", error)
            return answer

    def _told_apart(self, question: str, history: Sequence[str], language: Language) -> Reply:
        """The reply to what no form of speech tells: searched, unless its likeness tells its kind.

        Danger is told in any case; the rest only of what can be searched, and of no follow-up.
        """
        query = self._query(question, history)
        if self.vector_of is None or not question.strip():
            return self._completed_or_alone(question, query, language)
        kind = self._kind(question, language, told_by=certain_kind)
        searchable = isinstance(query, Query) and self._knows_a_word_of(query)
        # In Spanish, what is no danger is told by its form only, until it was searched in vain.
        alone = language is Language.ENGLISH and not (history and needs_history(question))
        if kind is Route.DANGER or (kind and searchable and alone):
            return self._redirect(question, kind, language)
        reply = self._completed_or_alone(question, query, language)
        if isinstance(reply, Abstention) and reply.reason in _SEARCHED_IN_VAIN:
            kind = self._kind(question, language, told_by=likely_kind)
            # That no publication has a word of it is more use to people than what it may have been.
            if kind is Route.DANGER or (kind and reply.reason is not Reason.UNKNOWN_WORDS):
                return self._redirect(question, kind, language)
        return reply

    def _kind(
        self,
        question: str,
        language: Language,
        *,
        told_by: Callable[[NDArray[np.float32]], Route | None],
    ) -> Route | None:
        """The kind of a question by its likeness to labelled ones, which are in English.

        One in Spanish must have it as it is typed and as it is translated: either alone is a guess.
        """
        if self.vector_of is None:
            return None
        kind = told_by(self.vector_of(question))
        if kind is None or language is Language.ENGLISH:
            return kind
        english = " ".join(self._translated(question).glosses)
        return kind if told_by(self.vector_of(english)) is kind else None

    def _completed_or_alone(
        self, question: str, query: Query | Reason, language: Language
    ) -> Reply:
        """The reply to a question with what it leans on, or, where that answers less, to it alone.

        Only of one that leans for being short: "What are the steps?" may go on or begin anew.
        """
        reply = self._reply(question, query, language)
        if not isinstance(query, Query) or not query.before or not is_only_short(question):
            return reply
        alone = self._reply(question, self._query(question, ()), language)
        if not isinstance(alone, Answer):
            return reply
        if isinstance(reply, Abstention):
            return alone if may_stand_alone(question) else reply
        if language is Language.SPANISH:  # not read
            return reply
        return alone if self._answers_rather(question, alone, reply) else reply

    def _answers_rather(self, question: str, one: Answer, other: Answer) -> bool:
        """Whether the reader finds one answer far likelier than another, by a question's own words.

        With what went before, the reader would find an answer to that.
        """
        if not (one.sure or may_stand_alone(question)):
            return False
        mine, theirs = self._quoter.log_odds(question, [one.statements, other.statements])
        return mine - theirs > self.settings.odds_margin

    def _reply(self, question: str, query: Query | Reason, language: Language) -> Reply:
        if isinstance(query, Reason):
            return self._abstain(question, " ".join(question.split()), query, (), language)
        editions = self._editions(query)
        evidence = self._search(query, editions)
        if not self._knows_a_word_of(query):
            return self._abstain(question, query.text, Reason.UNKNOWN_WORDS, evidence, language)
        parts = self._parts(query, editions)
        searched = [(query, evidence), *((part.query, part.evidence) for part in parts)]
        supported = max(self.support(asked, found) if found else 0.0 for asked, found in searched)
        if supported < self.settings.min_support:
            refusal = self._abstain(question, query.text, Reason.NOT_COVERED, evidence, language)
            return replace(refusal, support=supported if self.reader is None else _NOTHING_TO_READ)
        chosen, missing = self._candidates(query, evidence, editions)
        chosen, unanswered = self._with_parts(chosen, parts, editions)
        ranked = quoted_first(chosen, evidence, (e for part in parts for e in part.evidence))
        read = max((c.log_odds for c in chosen), default=_NOTHING_TO_READ)
        supported = supported if self.reader is None else read
        if not chosen or (self.reader and not self._answers(read)):
            refusal = self._abstain(
                question, query.text, Reason.NOT_ANSWERED, ranked, language, missing
            )
            return replace(refusal, support=supported)
        return Answer(
            question=question,
            understood=query.text,
            statements=_statements(chosen[:1] if query.brief else chosen),
            evidence=ranked,
            release=self.release.number,
            support=supported,
            sure=self._is_sure(query, read),
            unanswered=tuple(unanswered),
        )

    def _knows_a_word_of(self, query: Query) -> bool:
        """Whether a word that is asked about stands in the publications; of a translation, most.

        What nothing is known of in Spanish, or no publication speaks of, must not be passed over
        for the one word that is left.
        """
        if query.glosses:
            known = sum(any(map(self.release.lexical.knows, terms(g))) for g in query.glosses)
            return 2 * known > len(query.glosses)
        return any(self.release.lexical.knows(term) for term in terms(query.text))

    def _translated(self, question: str) -> Translation:
        return translated(question, knows=self.release.lexical.knows)

    def _query(self, question: str, history: Sequence[str]) -> Query | Reason:
        """The query in English, or why there is none."""
        # What was no question to the publications is nothing that a later one can lean on.
        earlier = history if needs_history(question) else ()
        asked = [before for before in earlier if not self._is_redirected(before)]
        query = read_question(question, asked, max_chars=self.settings.max_question_chars)
        if isinstance(query, Reason):
            return query
        spanish = are_spanish([*query.before, query.question])
        if not any(spanish):
            knows = self.release.lexical.knows
            return replace(
                query, text=mended(query.text, knows=knows, vocabulary=self._held.vocabulary)
            )
        return self._in_english(query, spanish)

    def _in_english(self, query: Query, spanish: Sequence[bool]) -> Query:
        """A query in English for one that is in Spanish, or that leans on a question in Spanish.

        Args:
            query: as typed.
            spanish: of the questions that it leans on and of itself, whether each is in Spanish.
        """
        *before, own = [
            self._translated(asked) if is_spanish else Translation(glosses=tuple(asked.split()))
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
        return self._kind(question, language, told_by=certain_kind) is not None

    def _redirect(self, question: str, taken: Route, language: Language) -> Abstention:
        """What is said to a question that is not asked of the publications; nothing is searched."""
        loaded = [d.title for d in self.release.documents if d.doc_id in self._loaded]
        return Abstention(
            question=question,
            understood=" ".join(question.split()),
            reason=taken,
            message=route_message(
                taken,
                titles=loaded,
                help_contacts=self.settings.help_contacts,
                sent_to=self.language_model.settings.host if self.language_model else "",
                language=language,
            ),
            evidence=(),
            related=(),
            release=self.release.number,
        )

    @property
    def _quoter(self) -> Quoter:
        return Quoter(release=self.release, reader=self.reader, settings=self.settings)

    @property
    def _loaded(self) -> AbstractSet[str]:
        return self.release.passages_by_document.keys()

    def unrefused(self, question: str, history: Sequence[str] = ()) -> tuple[Statement, ...]:
        """What would be quoted if nothing were refused: for finding out why a question was."""
        query = self._query(question, history)
        if isinstance(query, Reason):
            return ()
        evidence = self._search(query, self._editions(query))
        near = evidence[: self.settings.read_lists]
        return _statements(self._quoter.quote(query, near))

    def _editions(self, query: Query) -> Editions:
        """The edition that a question names, or else the last one before that it leans on."""
        documents = self.release.documents
        asked = editions_for(query.question, documents)
        before = (editions_for(question, documents) for question in reversed(query.before))
        return asked if asked.named else next((e for e in before if e.named), asked)

    def _search(self, query: Query, editions: Editions) -> list[ScoredPassage]:
        doc_ids = None if editions.doc_ids >= self._loaded else editions.doc_ids
        k = self.settings.evidence_passages
        return self.retriever.retrieve(query.text, k=k, doc_ids=doc_ids)

    def support(self, query: Query, evidence: Sequence[ScoredPassage]) -> float:
        """How well the nearest passages carry a query; 0 … 2 (see `answer.abstain.support`)."""
        return support(query, evidence, self._held.text_of, self.release.lexical.rarity)

    def _candidates(
        self, query: Query, evidence: Sequence[ScoredPassage], editions: Editions
    ) -> tuple[list[Candidate], list[str]]:
        """The quotations to show, from pages that have the question's names and years.

        Returns:
            The quotations; and, where there are none, the names and years that are missing.
        """
        near = evidence[: self.settings.read_lists]
        lacking = [self._lacking(query, editions, scored.passage) for scored in near]
        nearest = lacking[: self.settings.read_passages]
        if nearest and all(nearest):
            return [], [name for name in nearest[0] if all(name in each for each in nearest)]
        able = [scored for scored, missing in zip(near, lacking, strict=True) if not missing]
        return self._quoter.quote(query, able), []

    def _lacking(self, query: Query, editions: Editions, passage: Passage) -> list[str]:
        """What a query names that the page lacks, and what went before it that all pages lack."""
        own, before = (n.besides(editions.named) for n in (query.names, query.names_before))
        held = self._held
        return [*held.lacking(own, passage), *held.lacking_throughout(before, passage)]

    def _parts(self, query: Query, editions: Editions) -> list[_SearchedPart]:
        """The questions that a question consists of, each searched for itself."""
        if self.reader is None or query.brief or query.before or query.glosses:
            return []
        return [
            self._searched(part, query, editions)
            for part in parts_of(query.text) or sides_of(query.text)
        ]

    def _searched(self, part: Part, query: Query, editions: Editions) -> _SearchedPart:
        # What the whole names holds for a part that names no place, or no year, itself.
        names = names_of(part.text).or_of(query.names)
        sought = f"{query.text} {part.text}" if part.with_whole else part.text
        return _SearchedPart(
            asked=part.asked,
            query=replace(query, text=part.text, names=names),
            evidence=self._search(replace(query, text=sought), editions),
        )

    def _with_parts(
        self, whole: list[Candidate], parts: Sequence[_SearchedPart], editions: Editions
    ) -> tuple[list[Candidate], list[str]]:
        """What is shown of a question that asks several things: a quotation for each of them.

        Args:
            whole: the quotations for the question as a whole.
            parts: of the question.
            editions: of the publications that may be quoted.

        Returns:
            The quotations; and the parts that none of them answers.
        """
        best: list[Candidate] = []
        without: list[_SearchedPart] = []
        for part in parts:
            candidates, _ = self._candidates(part.query, part.evidence, editions)
            answering = [each for each in candidates if self._answers(each.log_odds)]
            best += answering[:1]
            without += [] if answering else [part]
        if not best:
            return whole, []
        rest = [each for each in whole if self._answers(each.log_odds)]
        shown = together(best, rest, self.settings)
        return shown, [
            part.asked for part in without if not self._answered_by(shown, part.query, editions)
        ]

    def _answered_by(self, shown: Sequence[Candidate], query: Query, editions: Editions) -> bool:
        """Whether one of the quotations, from a page that has a query's names, answers it."""
        quoted = [
            candidate.statements
            for candidate in shown
            if not self._lacking(query, editions, candidate.statements[0].passage)
        ]
        return any(map(self._answers, self._quoter.log_odds(query.text, quoted)))

    def _answers(self, log_odds: float) -> bool:
        return log_odds >= self.settings.min_answering

    def _is_sure(self, query: Query, log_odds: float) -> bool:
        """Whether an answer needs no word of doubt; what nobody has read always does."""
        is_read = self.reader is not None and not query.glosses
        return is_read and log_odds >= self.settings.sure_answering

    def _abstain(
        self,
        question: str,
        understood: str,
        reason: Reason,
        evidence: Sequence[ScoredPassage],
        language: Language,
        missing: Sequence[str] = (),
    ) -> Abstention:
        return Abstention(
            question=question,
            understood=understood,
            reason=reason,
            message=message(
                reason,
                [as_typed(name, understood) for name in missing],
                spanish=language is Language.SPANISH,
            ),
            evidence=tuple(evidence),
            related=tuple(self._related(evidence)),
            release=self.release.number,
        )

    def _related(self, evidence: Sequence[ScoredPassage]) -> list[Statement]:
        """The nearest sentence of each of the best passages."""
        nearest = []
        near = [scored for scored in evidence if scored.dense >= self.settings.min_related]
        for scored in near[: self.settings.max_related]:
            best = max(
                range(len(scored.sentence_scores)), key=lambda n: (scored.sentence_scores[n], -n)
            )
            sentence = scored.passage.sentences[best]
            alone = Selection(
                passage=scored.passage,
                start_char=sentence.start_char,
                end_char=sentence.end_char,
                score=scored.score,
            )
            passages = self.release.passages_by_document[scored.passage.doc_id]
            nearest.append(under_its_head(alone, passages))
        return self._quoter.cite(nearest)


def _statements(chosen: Iterable[Candidate]) -> tuple[Statement, ...]:
    return tuple(statement for candidate in chosen for statement in candidate.statements)
