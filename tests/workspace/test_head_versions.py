"""Versions of the personal head: listed, exported to a file, brought into another library."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event, update

from guie_desktop.asking import Query
from guie_desktop.domain import GENERAL_HEAD
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.errors import UserError
from guie_desktop.jobs.switching import use_head
from guie_desktop.library.database import writing
from guie_desktop.library.tables import personal_heads, photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.head_versions import export_head, import_head, list_heads, report_of
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.learned_library import COUNT, FAR, PHOTOS, THINGS, heads_in_use
from tests.learning.worlds import QUICK, World
from tests.running import finish
from tests.stored_photos import fill_library, keys_of


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[WritableLibrary]:
    """Another library with photos of the same things, without albums; then others of a domain far away."""
    made = World(0, THINGS)
    made.rng = np.random.default_rng(99)
    with WritableLibrary(LibraryPaths(tmp_path / "elsewhere")) as opened:
        fill_library(opened, np.concatenate([made.albums(PHOTOS), made.far_away(FAR)]), Path("/others"))
        yield opened


def test_versions_are_listed_the_newest_first_and_the_general_one_last(library: WritableLibrary) -> None:
    second, first, general = list_heads(library)
    assert (first.title, second.title, general.title, general.id) == ("Version 1", "Version 2", "General", GENERAL_HEAD)
    assert (second.in_use, first.in_use, general.in_use) == (True, False, False)
    assert (second.albums, second.photos, second.loss) == (THINGS, THINGS * PHOTOS, QUICK.loss)
    assert general.photos == COUNT
    assert all(state.made_at > 1e9 and not state.imported for state in (first, second))


def precision(library: OpenLibrary) -> float:
    """Share of the five nearest that show the same thing, whose photos come first in both libraries."""
    found = []
    for photo in range(1, THINGS * PHOTOS + 1):
        answer = library.search_engine.answer(Query(photos=(photo,), top=5))
        found.append(np.mean([(hit.photo_id - 1) // PHOTOS == (photo - 1) // PHOTOS for hit in answer.hits]))
    return float(np.mean(found))


def test_taken_along_it_finds_the_same_things_among_other_photos(
    library: WritableLibrary, elsewhere: WritableLibrary, tmp_path: Path
) -> None:
    export_head(library, 2, tmp_path / "mine.head", with_names=False)
    before = precision(elsewhere)
    brought = import_head(elsewhere, tmp_path / "mine.head")
    assert heads_in_use(elsewhere) == [GENERAL_HEAD]
    assert precision(elsewhere) == before
    finish(use_head(elsewhere, brought))
    assert precision(elsewhere) > before + 0.2
    state = list_heads(elsewhere)[0]
    assert (state.title, state.imported, state.albums) == ("Version 1, from mine.head", True, THINGS)
    assert (state.before, state.after) == (list_heads(library)[0].before, list_heads(library)[0].after)
    far = elsewhere.search_engine.answer(Query(photos=(THINGS * PHOTOS + 1,), top=5))
    assert far.personal == 0
    with pytest.raises(UserError, match="without its report"):
        report_of(elsewhere, brought)


def test_what_it_knows_elsewhere_are_photos_of_the_kind_of_its_albums(
    library: WritableLibrary, elsewhere: WritableLibrary, tmp_path: Path
) -> None:
    export_head(library, 2, tmp_path / "mine.head", with_names=False)
    finish(use_head(elsewhere, import_head(elsewhere, tmp_path / "mine.head")))
    space = elsewhere.backbone.space
    assert isinstance(space.head, PairedHead)
    things = np.arange(1, THINGS * PHOTOS + FAR + 1) <= THINGS * PHOTOS
    known = space.head.knows(space.index.rows(np.array(keys_of(space.features, list(range(1, len(things) + 1))))))
    assert known[things].mean() > 0.8
    assert known[~things].mean() < 0.05


def weight_of(library: OpenLibrary, photo: int) -> float:
    return library.search_engine.answer(Query(photos=(photo,), top=5)).personal


def test_photos_that_come_after_the_head_are_known_to_it_as_well(
    library: WritableLibrary, elsewhere: WritableLibrary, tmp_path: Path
) -> None:
    export_head(library, 2, tmp_path / "mine.head", with_names=False)
    with writing(elsewhere.catalog.database) as connection:
        connection.execute(update(photos).values(missing_since=1.0))
    for _ in elsewhere.backbone.space.reconcile():
        pass
    assert len(elsewhere.backbone.space.index) == 0
    finish(use_head(elsewhere, import_head(elsewhere, tmp_path / "mine.head")))
    with writing(elsewhere.catalog.database) as connection:
        connection.execute(update(photos).values(missing_since=None))
    for _ in elsewhere.backbone.space.reconcile():
        pass
    things, far = range(1, THINGS * PHOTOS + 1), THINGS * PHOTOS + 1
    assert np.mean([weight_of(elsewhere, photo) for photo in things]) > 0.8
    assert weight_of(elsewhere, far) == 0


def test_bringing_a_head_in_reads_none_of_the_photos(
    library: WritableLibrary, elsewhere: WritableLibrary, tmp_path: Path
) -> None:
    export_head(library, 2, tmp_path / "mine.head", with_names=False)
    statements: list[str] = []
    event.listen(elsewhere.catalog.database, "before_cursor_execute", lambda *said: statements.append(said[2]))
    import_head(elsewhere, tmp_path / "mine.head")  # within a command of the worker, which answers nothing meanwhile
    assert statements
    assert not [said for said in statements if "features" in said]


@pytest.mark.parametrize("with_names", [True, False])
def test_names_go_along_only_if_asked_and_paths_never(
    library: WritableLibrary, tmp_path: Path, *, with_names: bool
) -> None:
    file = tmp_path / "Anna's coins.head"
    export_head(library, 2, file, with_names=with_names)
    stored = file.read_bytes()
    assert (b"Anna" in stored) == with_names
    assert b"photos/" not in stored
    assert b".jpg" not in stored
    assert PersonalHead.from_bytes(stored).names == (
        tuple(f"Anna's thing {number}" for number in range(THINGS)) if with_names else ()
    )
    # Nor does the name of the file that it was once brought in from.
    brought = import_head(library, file)
    export_head(library, brought, tmp_path / "again", with_names=False)
    assert b"Anna" not in (tmp_path / "again").read_bytes()
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"Anna's coins.head", "again"}


def forged(file: Path, **changes: Any) -> Path:
    """The head in the file saying something else of itself, under a checksum that is right."""
    magic, _, rest = file.read_bytes().partition(b"\n")
    line, _, numbers = rest[32:].partition(b"\n")
    content = json.dumps(json.loads(line) | changes).encode() + b"\n" + numbers
    made = file.with_name("forged.head")
    made.write_bytes(magic + b"\n" + hashlib.sha256(content).digest() + content)
    return made


def test_what_is_no_head_for_this_library_is_refused(
    library: WritableLibrary, elsewhere: WritableLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "mine.head"
    export_head(library, 2, file, with_names=False)
    (tmp_path / "text.head").write_text("dear diary")
    (tmp_path / "empty.head").touch()
    with (tmp_path / "huge.head").open("wb") as huge:
        huge.truncate(1 << 40)
    head = PersonalHead.from_bytes(file.read_bytes())
    projection = Projection.of(65, matrix=np.ones((65, head.output_dimension), np.float32))
    longer = replace(head, projection=projection)
    (tmp_path / "longer.head").write_bytes(longer.to_bytes(with_names=False))
    for refused, why in (
        (forged(file, backbone="efficientnet-lite9-0123"), "another model"),
        (tmp_path / "longer.head", "nothing that was learned"),
        (tmp_path / "text.head", "nothing that was learned"),
        (tmp_path / "empty.head", "nothing that was learned"),
        (tmp_path / "huge.head", "nothing that was learned"),
        (tmp_path / "nowhere.head", "cannot be read"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(UserError, match=why):
            import_head(elsewhere, refused)
    assert [state.id for state in list_heads(elsewhere)] == [GENERAL_HEAD]


def test_a_head_from_a_machine_that_computes_in_other_numbers_is_brought_in(
    library: WritableLibrary, elsewhere: WritableLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "mine.head"
    export_head(library, 2, file, with_names=False)
    brought = import_head(elsewhere, forged(file, backbone=f"{elsewhere.backbone.key}-f16"))
    finish(use_head(elsewhere, brought))
    assert heads_in_use(elsewhere) == [brought]


def test_a_head_can_be_brought_into_an_empty_library(library: WritableLibrary, tmp_path: Path) -> None:
    export_head(library, 2, tmp_path / "mine.head", with_names=False)
    with WritableLibrary(LibraryPaths(tmp_path / "empty")) as empty:
        # The features of the embedded model are longer than those of this test.
        with pytest.raises(UserError, match="nothing that was learned"):
            import_head(empty, tmp_path / "mine.head")
        dimension = empty.backbone.card.feature_dimension
        long = replace(
            PersonalHead.from_bytes((tmp_path / "mine.head").read_bytes()),
            projection=Projection.of(dimension, matrix=np.ones((dimension, QUICK.dimension), np.float32)),
        )
        (tmp_path / "long.head").write_bytes(long.to_bytes(with_names=False))
        finish(use_head(empty, import_head(empty, tmp_path / "long.head")))
        assert heads_in_use(empty) == [1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_a_file_whose_name_is_not_text_is_brought_in(library: WritableLibrary, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9 \xff.head")
    export_head(library, 2, file, with_names=False)
    import_head(library, file)
    assert list_heads(library)[0].title == "Version 3, from caf? ?.head"


def test_where_an_export_cannot_go_is_told_in_a_sentence(library: WritableLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for target, why in (
        (tmp_path, "is a folder"),
        (Path(), "is a folder"),
        (tmp_path / "nowhere" / "x.head", "could not be written"),
        (tmp_path / "file" / "x.head", "could not be written"),
    ):
        with pytest.raises(UserError, match=why):
            export_head(library, 2, target, with_names=False)
    with pytest.raises(UserError, match="general head"):
        export_head(library, GENERAL_HEAD, tmp_path / "x.head", with_names=False)
    with pytest.raises(UserError, match="no head with the number 9"):
        export_head(library, 9, tmp_path / "x.head", with_names=False)
    assert not list(tmp_path.glob("*.part"))


def test_a_version_of_another_model_is_not_offered(library: WritableLibrary) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(personal_heads).where(personal_heads.c.id == 1).values(backbone="another"))
    library.choices.choose_heads("another", 1, 0)
    assert [state.id for state in list_heads(library)] == [2, GENERAL_HEAD]
    with pytest.raises(UserError, match="no head with the number 1"):
        finish(use_head(library, 1))
