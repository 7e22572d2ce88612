"""The questions that several features ask: yes or no, which file, which folder, which lines."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QInputDialog, QMessageBox, QPlainTextEdit, QWidget

from guie_desktop.language import tr

OnPath = Callable[[Path], None]


def confirm(
    parent: QWidget, question: str, explanation: str, verb: str, then: Callable[[], object], *, is_default: bool = False
) -> QMessageBox:
    """Ask before something is done; `then` is called where the button with the verb is pressed.

    Return presses that button only where it is the default, so for what can be taken back.
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(explanation)
    accept = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(accept if is_default else cancel)  # without one, Qt takes the first
    accept.clicked.connect(lambda _checked: then())
    box.open()
    return box


def inform(parent: QWidget, title: str, text: str, lines: Iterable[str]) -> None:
    """Tell what came of something, with the lines behind a button."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    box.setDetailedText("\n".join(lines))
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    box.open()


def confirm_with_choice(
    parent: QWidget, question: str, explanation: str, verb: str, *, choice: str, then: Callable[[bool], None]
) -> None:
    """Ask as `confirm` does, with a box to be ticked; `then` gets whether it was."""
    ticked = QCheckBox(choice)
    box = confirm(parent, question, explanation, verb, lambda: then(ticked.isChecked()))
    box.setCheckBox(ticked)


def ask_lines(
    parent: QWidget, verb: str, explanation: str, lines: Sequence[str], then: Callable[[list[str]], None]
) -> None:
    """Let the user write lines, beginning with these; `then` gets them without those that are empty."""
    dialog = QInputDialog(parent)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setWindowTitle(verb)
    dialog.setLabelText(explanation)
    dialog.setTextValue("\n".join(lines))
    dialog.setOkButtonText(verb)
    dialog.textValueSelected.connect(lambda text: then([line for line in text.splitlines() if line.strip()]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    for edit in dialog.findChildren(QPlainTextEdit):
        edit.setTabChangesFocus(True)  # else the keyboard does not get out of it


def choose_file(parent: QWidget, title: str, file_filter: str, then: OnPath) -> None:
    """Let the user choose a file that is there."""
    dialog = QFileDialog(parent, title, str(Path.home()), file_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    _open(dialog)


def choose_files(parent: QWidget, title: str, file_filter: str, then: Callable[[tuple[Path, ...]], None]) -> None:
    """Let the user choose files that are there."""
    dialog = QFileDialog(parent, title, str(Path.home()), file_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then(_paths(names)))
    _open(dialog)


def choose_folder(parent: QWidget, title: str, then: OnPath, near: Path | None = None) -> None:
    """Let the user choose a folder, beginning with the one above `near`, as far as there is one."""
    start = next((above for above in near.parents if above.is_dir()), Path.home()) if near else Path.home()
    dialog = QFileDialog(parent, title, str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    _open(dialog)


def choose_new_file(parent: QWidget, title: str, name: str, file_filter: str, *, suffix: str, then: OnPath) -> None:
    """Let the user say which file is to be written; `name` is offered."""
    dialog = QFileDialog(parent, title, str(Path.home() / name), file_filter)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    _open(dialog)


def _paths(names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(map(Path, names))


def _open(dialog: QFileDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
