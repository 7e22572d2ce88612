"""The doctor: what is whole is left alone, what is a cache is made again, and the rest is told."""

from pathlib import Path

import pytest
from sqlalchemy import update

from guie_desktop.jobs.doctor import Problem, examine
from guie_desktop.library.database import writing
from guie_desktop.library.tables import features, personal_heads
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import finish, index_folder


def damage_a_feature(library: WritableLibrary, vector: bytes) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(features).where(features.c.id == 1).values(vector=vector))


@pytest.mark.parametrize("vector", [b"short", b"\xff\xff" * 704], ids=["too short", "not a number"])
def test_a_damaged_feature_is_told_of_and_made_again(paths: LibraryPaths, tmp_path: Path, vector: bytes) -> None:
    save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        assert finish(examine(library, repair=False)) == ()
        damage_a_feature(library, vector)
        assert finish(examine(library, repair=False)) == (Problem("1 features are damaged.", repaired=False),)
        assert Problem("1 features are damaged.", repaired=True) in finish(examine(library, repair=True))
        assert finish(examine(library, repair=False)) == ()
        assert len(library.backbone.space.index) == 3


def test_a_damaged_head_cannot_be_mended_and_is_told_of(library: WritableLibrary) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(personal_heads).where(personal_heads.c.id == 1).values(data=b"nonsense"))
    told = [problem for problem in finish(examine(library, repair=False)) if "head" in problem.what]
    assert told == [Problem("The head Version 1 is damaged; learn your albums again.", repaired=False)]
