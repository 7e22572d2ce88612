"""A corrected decode rule reads only those photos again that it concerns, and embeds only those that look different."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import select, update

from guie_desktop.asking import Query
from guie_desktop.embedding.backbone import backbone_key, without_precision
from guie_desktop.embedding.runtime import DEFAULT_PRECISION
from guie_desktop.embedding.weights import weights_hash
from guie_desktop.library.database import writing
from guie_desktop.library.decode_rules import CORRECTIONS, DECODE_RULE
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.tables import features, photos
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.small_pictures import make_thumbnail
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.drawing import draw_scene
from tests.running import index_folder

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(paths: LibraryPaths, tmp_path: Path) -> Path:
    """An indexed folder: a JPEG dated by its camera, one dated by its file, two PNG, and a file that is no picture."""
    folder = tmp_path / "photos"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x132] = "2020:01:02 03:04:05"
    draw_scene("dots", 1).save(folder / "dated.jpg", exif=exif)
    draw_scene("dots", 2).save(folder / "undated.jpg")
    draw_scene("stripes", 3).save(folder / "same.png")
    draw_scene("stripes", 4).save(folder / "other.PNG")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff rubbish")
    assert index_folder(paths, folder).embedded == 4
    return folder


def make_earlier(library: WritableLibrary, name: str | None = None) -> None:
    """Let all photos have been read by the first rule, and this one have looked otherwise then."""
    with writing(library.catalog.database) as connection:
        connection.execute(update(photos).values(rule=1, taken_from=None))
        content = connection.execute(select(photos.c.content_hash).where(photos.c.name == Path(name or ""))).scalar()
    if content is not None:
        library.thumbnails.forget([content])
        library.thumbnails.put([(content, make_thumbnail(Image.new("RGB", (64, 48))))])


def rules(library: OpenLibrary) -> dict[str, int]:
    with library.catalog.database.connect() as connection:
        return {str(row.name): row.rule for row in connection.execute(select(photos.c.name, photos.c.rule))}


def keys(library: OpenLibrary) -> dict[str, set[int]]:
    """Name to the ids of the features that any backbone has of it."""
    query = select(photos.c.name, features.c.id).join(features, features.c.content_hash == photos.c.content_hash)
    found: dict[str, set[int]] = {}
    with library.catalog.database.connect() as connection:
        for name, key in connection.execute(query):
            found.setdefault(str(name), set()).add(key)
    return found


def test_only_those_concerned_wait(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        assert set(rules(library).values()) == {DECODE_RULE}
        make_earlier(library)
        library.catalog.settle_rules()
        waiting = {photo.path.name for photo in library.catalog.pending(library.backbone.key)}
        assert waiting == {"undated.jpg", "same.png", "other.PNG", "broken.jpg"}
        assert library.catalog.counts().photos == 4  # they stay shown meanwhile
    index_folder(paths)
    with OpenLibrary(paths) as library:
        assert set(rules(library).values()) == {DECODE_RULE}


def test_what_looks_the_same_is_not_embedded_again(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        before = keys(library)
        make_earlier(library)
    assert index_folder(paths).embedded == 0
    with OpenLibrary(paths) as library:
        assert keys(library) == before


def test_what_looks_different_is_embedded_anew_for_all_backbones(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        other = FeatureStore(library.catalog, "other-backbone")
        contents = list(library.catalog.content_hashes())
        other.keep({content: np.ones(4, np.float32) for content in contents})
        before = keys(library)
        picture = library.thumbnails.get(content_of(library, "other.PNG"))
        make_earlier(library, "other.PNG")
    assert index_folder(paths).embedded == 1
    with WritableLibrary(paths) as library:
        after = keys(library)
        assert {name for name in before if before[name] != after[name]} == {"other.PNG"}
        assert min(after["other.PNG"]) > max(key for found in before.values() for key in found)
        assert not FeatureStore(library.catalog, "other-backbone").known([content_of(library, "other.PNG")])
        assert library.thumbnails.get(content_of(library, "other.PNG")) == picture
        answer = library.search_engine.answer(Query(images=(folder / "other.PNG",), top=4))
        assert answer.hits[0].path == folder / "other.PNG"
        assert len(answer.hits) == 4


def test_a_copy_elsewhere_brings_the_former_pixels_along_to_nobody(paths: LibraryPaths, folder: Path) -> None:
    with WritableLibrary(paths) as library:
        make_earlier(library, "other.PNG")
    (folder / "other.PNG").rename(folder.parent / "aside.png")
    index_folder(paths)
    (folder / "back.png").write_bytes((folder.parent / "aside.png").read_bytes())
    assert index_folder(paths).embedded == 1


def content_of(library: OpenLibrary, name: str) -> bytes:
    with library.catalog.database.connect() as connection:
        found: bytes = connection.execute(select(photos.c.content_hash).where(photos.c.name == Path(name))).scalar_one()
    return found


def test_a_rule_leaves_the_feature_spaces_alone(paths: LibraryPaths, folder: Path) -> None:
    with OpenLibrary(paths) as library:
        card = library.backbone.card
        key = backbone_key(card, weights_hash(card, paths.weights), DEFAULT_PRECISION, 1)
        assert without_precision(library.backbone.key) == without_precision(key)
    assert [correction.rule for correction in CORRECTIONS] == list(range(2, DECODE_RULE + 1))
