"""The path of a question: question -> query -> ranked passages -> quotations or an abstention."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from answer.abstain import SEARCHED_IN_VAIN, message
from answer.choose import Candidate
from answer.errors import LanguageModelSilent
from answer.finding import Finder
from answer.held import HeldWords
from answer.kinds import agreed, certain_kind, likely_kind
from answer.language_model import LanguageModel
from answer.lead import with_lead
from answer.messages_es import unknown_words
from answer.named import as_typed, names_body
from answer.notes import with_notes
from answer.parted import searched_parts, with_parts
from answer.question import (
    Query,
    is_only_short,
    may_stand_alone,
    needs_history,
)
from answer.quoting import Quoter
from answer.ranking import quoted_first
from answer.reply import Abstention, Answer, Language, Reason, Reply, Statement
from answer.route_messages import route_message
from answer.routes import Route, route
from answer.settings import AnswerSettings
from answer.spanish import are_spanish
from answer.understanding import Understanding, VectorOf
from index.releases import Release, unread_files
from index.retriever import Retriever, ScoredPassage
from reader.reader import Reader

_LOG = logging.getLogger(__name__)
_READ_AT_MOST = 10  # times the longest question
_NOTHING_TO_READ = -20.0  # log-odds below all that the reader gives


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

    @cached_property
    def _understanding(self) -> Understanding:
        return Understanding(
            held=self._held,
            vector_of=self.vector_of,
            max_chars=self.settings.max_question_chars,
        )

    @cached_property
    def _finder(self) -> Finder:
        return Finder(
            held=self._held,
            retriever=self.retriever,
            quoter=Quoter(release=self.release, reader=self.reader, settings=self.settings),
            settings=self.settings,
        )

    @cached_property
    def _unread(self) -> list[str]:
        return unread_files(self.release.folder)

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
        told = unknown_words(self._understanding.translated(reply.question).unknown)
        if isinstance(reply, Answer):
            return replace(reply, note=f"{told} {reply.note}".strip())
        if not told or reply.reason not in SEARCHED_IN_VAIN:
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
        query = self._understanding.query(question, history)
        if self.vector_of is None or not question.strip():
            return self._completed_or_alone(question, query, language)
        vectors = self._understanding.vectors(question, language)
        kind = agreed(vectors, certain_kind)
        searchable = isinstance(query, Query) and self._understanding.knows_a_word_of(query)
        # In Spanish, what is no danger is told by its form only, until it was searched in vain.
        alone = language is Language.ENGLISH and not (history and needs_history(question))
        if kind is Route.DANGER or (kind and searchable and alone):
            return self._redirect(question, kind, language)
        reply = self._completed_or_alone(question, query, language)
        if isinstance(reply, Abstention) and reply.reason in SEARCHED_IN_VAIN:
            kind = agreed(vectors, likely_kind)
            if kind is Route.PERSONAL_DATA and names_body(question):
                return reply  # bodies are called after persons
            # That no publication has a word of it is more use to people than what it may have been.
            if kind is Route.DANGER or (kind and reply.reason is not Reason.UNKNOWN_WORDS):
                return self._redirect(question, kind, language)
        return reply

    def _completed_or_alone(
        self, question: str, query: Query | Reason, language: Language
    ) -> Reply:
        """The reply to a question with what it leans on, or, where that answers less, to it alone.

        Only of one that leans for being short: "What are the steps?" may go on or begin anew.
        """
        reply = self._reply(question, query, language)
        if not isinstance(query, Query) or not query.before or not is_only_short(question):
            return reply
        alone = self._reply(question, self._understanding.query(question, ()), language)
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
        mine, theirs = self._finder.quoter.log_odds(question, [one.statements, other.statements])
        return mine - theirs > self.settings.odds_margin

    def _reply(self, question: str, query: Query | Reason, language: Language) -> Reply:
        if isinstance(query, Reason):
            return self._abstain(question, " ".join(question.split()), query, (), language)
        editions = self._finder.editions(query)
        evidence = self._finder.search(query, editions)
        if not self._understanding.knows_a_word_of(query):
            return self._abstain(question, query.text, Reason.UNKNOWN_WORDS, evidence, language)
        parts = searched_parts(self._finder, query, editions)
        searched = [(query, evidence), *((part.query, part.evidence) for part in parts)]
        supported = max(
            self._finder.support(asked, found) if found else 0.0 for asked, found in searched
        )
        carried = supported >= self.settings.min_support
        if not carried and (self.reader is None or query.glosses):
            refusal = self._abstain(question, query.text, Reason.NOT_COVERED, evidence, language)
            return replace(refusal, support=supported if self.reader is None else _NOTHING_TO_READ)
        chosen, missing = self._finder.candidates(query, evidence, editions)
        parted = with_parts(self._finder, chosen, parts, editions)
        chosen = parted.shown
        ranked = quoted_first(chosen, evidence, (e for part in parts for e in part.evidence))
        read = max((c.log_odds for c in chosen), default=_NOTHING_TO_READ)
        supported = supported if self.reader is None else read
        # What the passages hardly carry is answered only where the reader is sure of it.
        is_answer = self._finder.answers(read) if carried else self._finder.is_sure(read)
        if not chosen or (self.reader and not is_answer):
            reason = Reason.NOT_ANSWERED if carried else Reason.NOT_COVERED
            refusal = self._abstain(question, query.text, reason, ranked, language, missing)
            return replace(refusal, support=supported)
        return Answer(
            question=question,
            understood=query.text,
            statements=_statements(chosen[:1] if query.brief else chosen),
            evidence=ranked,
            release=self.release.number,
            support=supported,
            sure=(sure := self._is_sure(query, read)),
            unanswered=parted.unanswered,
            doubted=parted.doubted if sure else (),  # else all of it is under a word of doubt
        )

    def _redirect(self, question: str, taken: Route, language: Language) -> Abstention:
        """What is said to a question that is not asked of the publications; nothing is searched."""
        quotable = self.release.passages_by_document
        loaded = [d.title for d in self.release.documents if d.doc_id in quotable]
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

    def support_of(self, question: str, history: Sequence[str] = ()) -> float | None:
        """How well the nearest passages carry a question; 0 … 2 (see `answer.abstain.support`).

        None where there is no query to be searched.
        """
        query = self._understanding.query(question, history)
        if isinstance(query, Reason):
            return None
        evidence = self._finder.search(query, self._finder.editions(query))
        return self._finder.support(query, evidence) if evidence else 0.0

    def unrefused(self, question: str, history: Sequence[str] = ()) -> tuple[Statement, ...]:
        """What would be quoted if nothing were refused: for finding out why a question was."""
        query = self._understanding.query(question, history)
        if isinstance(query, Reason):
            return ()
        evidence = self._finder.search(query, self._finder.editions(query))
        near = evidence[: self.settings.read_lists]
        return _statements(self._finder.quoter.quote(query, near))

    def _is_sure(self, query: Query, log_odds: float) -> bool:
        """Whether an answer needs no word of doubt; what nobody has read always does."""
        is_read = self.reader is not None and not query.glosses
        return is_read and self._finder.is_sure(log_odds)

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
                self._unread,
                spanish=language is Language.SPANISH,
            ),
            evidence=tuple(evidence),
            related=tuple(self._finder.quoter.related(evidence)),
            release=self.release.number,
        )


def _statements(chosen: Iterable[Candidate]) -> tuple[Statement, ...]:
    return tuple(statement for candidate in chosen for statement in candidate.statements)
