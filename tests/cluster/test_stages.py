"""What each stage makes of good, broken and deadly files, without Ray."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from guie_desktop.cluster.decoding_stage import READ, TO_READ, VIEWS, DecodePhotos
from guie_desktop.cluster.embedding_stage import FEATURE, EmbedPhotos
from guie_desktop.cluster.finished_rows import FinishRows, project
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.photo_files import look_at
from guie_desktop.disk.content import content_hash_at
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head, identity_head
from guie_desktop.own_process import Run
from guie_desktop.paths import LibraryPaths
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import head_id_of, keep_head, vector_field
from guie_desktop.shared_library.schema import feature_column, table_schema
from guie_desktop.workspace.open_library import WritableLibrary
from tests.decoding.deadly import run_deadly
from tests.drawing import draw_scene, save_photos
from tests.running import index_folder

NETWORK = Network(Path("/nowhere"))


def to_read(*paths: Path) -> pa.Table:
    rows = [
        {"path": one.path, "size": one.size, "modified": one.modified, "standing": "new"}
        for one in look_at(map(str, paths))
    ]
    return pa.Table.from_pylist(rows, TO_READ)


def decoded(*paths: Path, thumbnails: bool = True, run: Run | None = None) -> pa.Table:
    stage = DecodePhotos(NETWORK.preparation, thumbnails=thumbnails, **({} if run is None else {"run": run}))
    try:
        return stage(to_read(*paths))
    finally:
        stage.close()


@pytest.mark.slow
def test_good_broken_deadly_and_missing_files_each_give_a_row(tmp_path: Path) -> None:
    good = tmp_path / "IMG_20190714_123456.jpg"
    draw_scene("rings", 1).save(good)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(good.read_bytes()[:40])
    crash = tmp_path / "crash.jpg"
    draw_scene("dots", 1).save(crash)
    gone = tmp_path / "gone.jpg"
    table = decoded(good, broken, crash, gone, run=run_deadly)
    assert table.schema == READ
    first, *others = table.to_pylist()
    assert first["hash"] == content_hash_at(good)
    assert (first["width"], first["height"], first["reason"]) == (320, 240, None)
    assert first["taken"] is not None  # of its name
    assert len(first[VIEWS]) == 3 * 260 * 260 * 3
    assert first["thumbnail"].startswith(b"\xff\xd8")
    assert [one["path"] for one in others] == [str(broken), str(crash), str(gone)]
    assert all(one["reason"] and one[VIEWS] is None and one["hash"] is None for one in others)
    assert "makes the program crash" in others[1]["reason"]
    # Only what may be there another time is without a time, so that it is read again.
    assert [one["modified"] is None for one in others] == [False, False, True]
    assert decoded(good, thumbnails=False)["thumbnail"].to_pylist() == [None]


@pytest.mark.slow
def test_features_and_facts_are_those_of_the_desktop(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 5)
    draw_scene("dots", 9, (2400, 1700)).save(tmp_path / "photos" / "large.jpg")
    photos.append(tmp_path / "photos" / "large.jpg")
    index_folder(paths, tmp_path / "photos")
    network = Network(paths.root)
    rows = EmbedPhotos(network, on_gpu=False)(decoded(*photos))
    with WritableLibrary(paths) as library:
        assert library.backbone.key == network.key
        own = library.backbone.features.known(rows["hash"].to_pylist())
        assert own == set(rows["hash"].to_pylist())
        for row, photo in zip(rows.to_pylist(), photos, strict=True):
            kept = library.catalog.photo_at(photo)
            assert kept is not None
            assert (kept.content_hash, kept.width, kept.height) == (row["hash"], row["width"], row["height"])
            assert library.thumbnails.get(row["hash"]) == row["thumbnail"]
            feature = np.asarray(row[FEATURE], np.float32)
            theirs = library.backbone.embed_file(photo)
            assert feature @ theirs / np.linalg.norm(feature) / np.linalg.norm(theirs) > 0.99999


def finished(features: list[np.ndarray | None], head: GeneralHead, folder: Path) -> tuple[pa.Table, str]:
    address = Address.parse(str(folder))
    column = feature_column("made")
    vectors = vector_field(keep_head(address, head.to_bytes()), column, head.output_dimension)
    schema = table_schema({"made": 8, "other": 3}).append(vectors)
    rows = {
        "path": [f"/{number}.jpg" for number in range(len(features))],
        FEATURE: pa.array(features, pa.list_(pa.float16(), 8)),
    }
    return FinishRows(address, schema, column)(pa.table(rows)), vectors.name


def test_finished_rows_are_the_tables_own_with_the_embeddings_of_its_heads(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    features = [*rng.normal(size=(4, 8)).astype(np.float16), None]
    head = fit_general_head(rng.normal(size=(200, 8)).astype(np.float32))
    rows, vectors = finished(features, head, tmp_path)
    assert rows.schema.names[:9] == table_schema({}).names
    assert rows[feature_column("other")].null_count == 5
    assert rows[vectors].null_count == 1
    expected = head.apply(np.stack(features[:4]).astype(np.float32))
    assert np.abs(np.array(rows[vectors].to_pylist()[:4]) - expected).max() < 1e-3
    assert head_id_of(head.to_bytes()) in vectors


def test_nothing_is_projected_to_nothing() -> None:
    head = identity_head(4)
    nothing = pa.nulls(3, pa.list_(pa.float16(), 4))
    assert project(nothing, head).null_count == 3
    assert len(project(pa.nulls(0, pa.list_(pa.float16(), 4)), head)) == 0
    some = pa.array([None, np.ones(4, np.float16)], pa.list_(pa.float16(), 4))
    assert project(some.slice(1), head).to_pylist() == [[0.5] * 4]


class Sour:
    """A network that gives no numbers for what is white."""

    dimension = 1280

    def embed(self, views: list[np.ndarray]) -> np.ndarray:
        if any(one.min() == 255 for one in views):
            raise RuntimeError
        return np.full((len(views), 1280), 0.5, np.float32)


def test_a_photo_that_the_network_has_no_numbers_for_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "open", lambda *_, **__: Sour())
    shape = (3, 260, 260, 3)
    views = [np.zeros(shape, np.uint8).tobytes(), np.full(shape, 255, np.uint8).tobytes(), None]
    rows = [{"path": str(number), VIEWS: one} for number, one in enumerate(views)]
    found = EmbedPhotos(NETWORK, on_gpu=False)(pa.Table.from_pylist(rows, READ)).to_pylist()
    assert [one[FEATURE] is None for one in found] == [False, True, True]
    assert [one["reason"] for one in found] == [None, "The model gives no numbers for this photo.", None]


def test_an_odd_picture_is_read_as_on_the_desktop(tmp_path: Path) -> None:
    Image.new("LA", (1, 900), (7, 0)).save(tmp_path / "odd.png")
    (row,) = decoded(tmp_path / "odd.png").to_pylist()
    assert (row["width"], row["height"], row["reason"]) == (1, 900, None)
