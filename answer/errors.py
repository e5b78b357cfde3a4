"""What can go wrong while a question is answered.

AnswerError
├── UncitedAnswer        an answer without a citation was about to be built: a fault of ours
├── QuestionFileInvalid  a question file cannot be used; every faulty line is named
└── LanguageModelSilent  the language model gave nothing usable; the answer does without it
"""


class AnswerError(Exception):
    """Base of this stage's errors."""


class UncitedAnswer(AnswerError):
    """A statement or an answer without evidence; it is never shown."""


class QuestionFileInvalid(AnswerError):
    """A question file that cannot be used; the message lists every fault with its line."""


class LanguageModelSilent(AnswerError):
    """No usable response of the language model in time; asking again may help."""
