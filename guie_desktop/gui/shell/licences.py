"""Under which licences the program is, and what it is made with, as the installed packages tell it themselves."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import WIDE
from guie_desktop.gui.shell.about import OWN
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr
from guie_desktop.paths import APP

_NAME = re.compile(r"[\w.-]+")
_CLASSIFIER = "License :: "
_DATA = {"WordNet": "3.0 · WordNet licence, © 2006 Princeton University"}
"""What comes with the program and is no package; its licence lies in resources/."""
_LONGEST = 60
"""Letters of a licence's name; some packages put its whole text there."""


def licences(package: str = APP) -> dict[str, str]:
    """What is installed of all that a package needs, by name, with version and licence."""
    found: dict[str, str] = {}
    waiting = [package]
    while waiting:
        try:
            one = distribution(waiting.pop())
        except PackageNotFoundError:  # for another system, or a program that was put together without it
            continue
        if one.name.casefold() not in map(str.casefold, found):
            found[one.name] = f"{one.version} · {_licence_of(one)}"
            waiting += _needs(one)
    found.pop(package, None)
    return dict(sorted(found.items(), key=lambda item: item[0].casefold()))


class LicencesDialog(QDialog):
    """The licence of the program, and a list of the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QPlainTextEdit("\n".join(f"{name} {told}" for name, told in (licences() | _DATA).items()))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.list.setAccessibleName(tr("Licences"))
        close = push_button(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(WIDE)
        own = tr("guie-desktop is free software under the licence {licence}. It is made with:", licence=OWN)
        models = tr("The page of models names the licence of each model.")
        for words in (own, models):
            label = plain_label(words, wrap=True)
            layout.addWidget(label)
        layout.insertWidget(1, self.list, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(560, 420)


def _needs(one: Distribution) -> Iterator[str]:
    for requirement in one.requires or ():
        name = _NAME.match(requirement)
        if name is not None and "extra ==" not in requirement:
            yield name[0]


def _licence_of(one: Distribution) -> str:
    facts = one.metadata
    if "License-Expression" in facts:
        return str(facts["License-Expression"])
    told = str(facts["License"]) if "License" in facts else ""
    if told not in ("", "UNKNOWN") and len(told) <= _LONGEST:
        return told
    classifiers = (line for line in facts.get_all("Classifier") or () if line.startswith(_CLASSIFIER))
    return next((line.rpartition(" :: ")[2] for line in classifiers), tr("see its package"))
