"""What an examination of the library found, in sentences."""

from guie_desktop.language import tr, tr_noop
from guie_desktop.messages import Problem

WHOLE = tr_noop("Everything is as it should be.")


def problem_text(problem: Problem) -> str:
    """What is wrong, and whether it is put right."""
    return tr("{problem} Repaired.", problem=tr(problem.what)) if problem.repaired else tr(problem.what)
