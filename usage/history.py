"""The earlier questions of a conversation -> those without which a reply is not understood."""

from collections.abc import Callable, Sequence

from answer.question import Query
from answer.reply import Reason

QueryOf = Callable[[str, Sequence[str]], Query | Reason]  # question, earlier ones -> as searched


def needed_history(
    question: str, history: Sequence[str], *, understood: str, query_of: QueryOf
) -> tuple[str, ...]:
    """The shortest end of the history with which a question is searched as it was.

    What somebody asked before is kept with a rating only where it is part of what was answered.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first.
        understood: as searched, of the reply.
        query_of: reads a question of a conversation.

    Returns:
        Nothing for a question that was answered by itself, nor where no end gives what was
        searched, because other publications are loaded by now.
    """
    ends = (tuple(history[start:]) for start in range(len(history), -1, -1))
    return next((end for end in ends if _searched(query_of(question, end)) == understood), ())


def _searched(query: Query | Reason) -> str | None:
    return None if isinstance(query, Reason) else query.text
