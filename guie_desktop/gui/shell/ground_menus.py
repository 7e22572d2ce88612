"""The menus of places that stand for nothing themselves: between the photos, and at the heading of the library."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.mark_actions import MarkActions
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.gui.widgets.context_menu import offer_menu, open_menu
from guie_desktop.language import tr


def offer_ground_menus(window: MainWindow, choosing: MarkActions) -> None:
    """Let these menus be opened; what they hold are the window's own actions."""
    offer_menu(window.sidebar.head, partial(_fill_for_library, window))
    for gallery in (window.browsing, *window.hit_galleries):
        gallery.ground_menu_asked.connect(partial(_open, window, gallery, choosing))


def _fill_for_library(window: MainWindow, menu: QMenu) -> None:
    menu.addActions([window.choose_folder, window.rescan, window.check])
    menu.addSeparator()
    menu.addActions([window.leave_out, window.choose_settings])


def _open(window: MainWindow, gallery: Gallery, choosing: MarkActions, point: QPoint) -> None:
    def fill(menu: QMenu) -> None:
        menu.addAction(window.paste)
        menu.addSeparator()
        menu.addActions([choosing.choose_all, choosing.choose_none, choosing.choose_others])
        if gallery is window.browsing:
            menu.addSeparator()
            order = menu.addMenu(tr("Order"))
            order.addActions(window.browsing.line.menu.actions())
            menu.addSeparator()
            menu.addActions([window.choose_folder, window.rescan])

    gallery.grid.setFocus()
    open_menu(gallery, gallery.mapFromGlobal(point), fill)
