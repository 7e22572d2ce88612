"""What is said of an answer that a model gave by the things that it knows by name."""

from guie_desktop.asking import Answer
from guie_desktop.sentences import Sentence


def knowledge(answer: Answer) -> list[Sentence]:
    """That the words of a query are among what the model knows, and which are not; nothing where it was not asked."""
    if not answer.knows:
        return []
    known, unknown = (", ".join(words) for words in (answer.known, answer.unknown))
    values = {"model": answer.model_title, "number": answer.knows, "words": known}
    if len(answer.known) == 1:
        sentences = [Sentence("{model} knows {number} things by name; “{words}” is one of them.", **values)]
    else:
        sentences = [Sentence("{model} knows {number} things by name; “{words}” are among them.", **values)]
    if unknown:
        sentences.append(Sentence("It does not know “{words}”.", words=unknown))
    return sentences
