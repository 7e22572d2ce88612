"""The section on the library itself: how much of the disk it takes, and whether it is whole."""

from PySide6.QtCore import Signal

from guie_desktop.gui.settings.rows import Row, Section
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.language import size_text, tr
from guie_desktop.library.disk_use import DiskUse
from guie_desktop.messages import PartsHeld, Problem
from guie_desktop.wording.examination import WHOLE, problem_text
from guie_desktop.wording.parts import held_text


class LibrarySection(Section):
    """The last section of the page."""

    show_asked = Signal()
    """The user wants to see the folder of the library."""
    move_asked = Signal()
    forget_asked = Signal()
    """The user wants the room that the parts of photos take."""
    clear_asked = Signal()
    """The user wants the room that the small pictures take."""
    check_asked = Signal(bool)
    """The user wants to know whether the library is whole, and (true) what can be repaired repaired."""

    def __init__(self) -> None:
        show = push_button(tr("Show"))
        show.setAccessibleName(tr("Show the folder of the library"))
        self.move_button = push_button(tr("Move…"))
        self.move_button.setAccessibleName(tr("Move the library"))
        self.place = Row(tr("Library location"), show, self.move_button)
        self.clear = push_button(tr("Clear…"))
        self.clear.setAccessibleName(tr("Clear thumbnails"))
        self.pictures = Row(tr("Thumbnails"), self.clear)
        self.forget = push_button(tr("Forget…"))
        self.forget.setAccessibleName(tr("Forget the parts of photos"))
        self.parts = Row(tr("Parts of photos"), self.forget)
        self.models = Row(tr("Models and search index"))
        self.catalog = Row(tr("Catalog and its copies"))
        self.check = push_button(tr("Check"))
        self.check.setAccessibleName(tr("Check the library"))
        self.repair = push_button(tr("Repair"))
        self.repair.setAccessibleName(tr("Repair the library"))
        self.repair.hide()
        self.state = Row(tr("Check the library"), self.repair, self.check)
        super().__init__(tr("Library"), self.place, self.pictures, self.parts, self.models, self.catalog, self.state)
        show.clicked.connect(self.show_asked)
        self.move_button.clicked.connect(self.move_asked)
        self.clear.clicked.connect(self.clear_asked)
        self.forget.clicked.connect(self.forget_asked)
        self.check.clicked.connect(lambda: self.check_asked.emit(False))
        self.repair.clicked.connect(lambda: self.check_asked.emit(True))
        self.show_disk_use(None)
        self.show_parts(None)
        self.tell_state(tr("Checks that all that the library has stored is intact. Your photos are not opened."))

    def show_place(self, folder: str, *, can_move: bool) -> None:
        """Say where the library lies; one whose folder was named at the start can only be moved by who named it."""
        self.move_button.setVisible(can_move)
        named = tr("It was named when the program was started: to move it, quit, move the folder, and name that.")
        self.place.explain(folder if can_move else f"{folder}\n{named}")

    def show_disk_use(self, used: DiskUse | None) -> None:
        """Say how much of the disk what takes; None while that is measured."""
        sizes = (None,) * 3 if used is None else (used.pictures, used.models + used.search_index, used.catalog)
        pictures, models, catalog = (tr("Measuring…") if size is None else size_text(size) for size in sizes)
        self.clear.setEnabled(used is not None)
        self.pictures.explain(tr("{size} · Made again when you look at the photos.", size=pictures))
        self.models.explain(tr("{size} · Needed to find photos.", size=models))
        self.catalog.explain(
            tr("{size} · Your albums and ratings, and what is known of your photos. Never cleared.", size=catalog)
        )

    def show_parts(self, held: PartsHeld | None) -> None:
        """Say of how many photos the parts are known; None while that is not."""
        self.forget.setEnabled(held is not None and bool(held.photos or held.chosen))
        how = tr(
            "By these a search finds what is small in a photo. “Look inside these photos…” in the menu of a folder or "
            "an album makes them."
        )
        self.parts.explain(how if held is None else f"{held_text(held)}\n{how}")

    def show_checking(self) -> None:
        """It is being checked, or repaired."""
        for button in (self.check, self.repair):
            button.clearFocus()  # else it would go to the next one that is enabled, and the page would scroll there
            button.setEnabled(False)
        self.state.meaning.setMinimumHeight(self.state.meaning.height())  # else the end of the page would come up
        self.state.explain(tr("The library is being checked…"))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What the check found; what can be repaired is offered to be."""
        self.tell_state("\n".join(map(problem_text, problems)) or tr(WHOLE))
        self.repair.setVisible(any(problem.can_be_repaired and not problem.repaired for problem in problems))

    def tell_state(self, told: str) -> None:
        """Nothing is being checked, and this is what is to be said."""
        self.check.setEnabled(True)
        self.repair.setEnabled(True)
        if self.window().focusWidget() is None:
            self.check.setFocus()
        self.state.explain(told)
