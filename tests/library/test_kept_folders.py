"""Folders that lie elsewhere now are followed in all that names them as JSON."""

import json
from pathlib import Path

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.duplicates import KeepChoices
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import Choices
from guie_desktop.library.kept_folders import carried


def test_folders_that_lie_elsewhere_are_followed() -> None:
    photo = {"photo": 7, "path": "/old/in/1.jpg", "later": [{"path": "/older"}]}
    kept = {"examples": [photo], "folder": "/old", "which": {"folder": "/old/in"}, "text": "/old"}
    moved = {Path("/old"): Path("/media/new"), Path("/media/new"): Path("/old")}
    now = json.loads(carried(json.dumps(kept), moved))
    assert now["examples"] == [{"photo": 7, "path": "/media/new/in/1.jpg", "later": [{"path": "/older"}]}]
    assert (now["folder"], now["which"], now["text"]) == ("/media/new", {"folder": "/media/new/in"}, "/old")
    assert carried("/old", moved) == "/old"


def test_what_is_chosen_goes_along_with_its_folder_also_into_another(catalog: CatalogWriter, tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "of no library"
    here.mkdir()
    (tmp_path / "other").mkdir()
    folder = catalog.add_folder(here)
    catalog.add_folder(tmp_path / "other")
    choices = Choices(catalog)
    choices.look_into([EVERYTHING, Filter(folder=here / "deeper"), Filter(albums=(3,)), Filter(folder=elsewhere)])
    choices.choose_keeping(KeepChoices("folder", best=(here, elsewhere), protected=(here / "deeper",)))
    for there in (tmp_path / "there", tmp_path / "other" / "within"):
        catalog.relocate_folders({folder.id: there})
        assert choices.looked_into == (
            EVERYTHING,
            Filter(folder=there / "deeper"),
            Filter(albums=(3,)),
            Filter(folder=elsewhere),
        )
        assert choices.keeping == KeepChoices("folder", best=(there, elsewhere), protected=(there / "deeper",))
