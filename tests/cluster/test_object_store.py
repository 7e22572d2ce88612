"""Photos of an object store and a table in it; the store is a program on loopback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lance
import pyarrow as pa
import pytest

from guie_desktop.cluster.decoding_stage import TO_READ, DecodePhotos
from guie_desktop.cluster.lease import Lease
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.photo_files import PhotoFile, list_photos, look_at
from guie_desktop.cluster.written_table import WrittenTable, open_or_make_table, write_portion
from guie_desktop.disk.content import content_hash_at
from guie_desktop.embedding.general_head import identity_head
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import keep_head, read_head
from tests.drawing import save_photos
from tests.shared_library.object_store import BUCKET, running_store

pytestmark = pytest.mark.slow
BUCKET_ADDRESS = f"s3://{BUCKET}"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """The bucket, whose keys and place are in the environment."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    with running_store(monkeypatch):
        files, _ = Address.parse(BUCKET_ADDRESS).filesystem()
        yield files


def test_photos_are_listed_fetched_and_read_with_the_dates_of_their_names(store: Any, tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path, 1)
    for key in ("photos/IMG_20190714_123456.jpg", "photos/below/b.jpg", "photos/c.txt", "other/d.jpg"):
        with store.open_output_stream(f"{BUCKET}/{key}") as file:
            file.write(photo.read_bytes())
    found = list(list_photos(Address.parse(f"{BUCKET_ADDRESS}/photos")))
    paths = {f"{BUCKET_ADDRESS}/photos/IMG_20190714_123456.jpg", f"{BUCKET_ADDRESS}/photos/below/b.jpg"}
    assert {one.path for one in found} == paths
    asked = list(look_at([*sorted(paths), f"{BUCKET_ADDRESS}/photos/gone.jpg"]))
    assert asked[:2] == sorted(found, key=lambda one: one.path)
    rows = [{"path": one.path, "size": one.size, "modified": one.modified, "standing": "new"} for one in asked]
    stage = DecodePhotos(Network(tmp_path).preparation, thumbnails=False)
    dated, other, gone = stage(pa.Table.from_pylist(rows, TO_READ)).to_pylist()
    stage.close()
    assert dated["hash"] == other["hash"] == content_hash_at(photo)
    assert dated["taken"] is not None
    assert other["taken"] is None
    assert "no longer there" in gone["reason"]
    assert isinstance(found[0], PhotoFile)
    with pytest.raises(UserError, match="cannot be listed"):
        list(list_photos(Address.parse(f"{BUCKET_ADDRESS}/nothing")))


def test_a_library_is_built_brought_up_to_date_and_read_in_a_store(store: Any, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "drawn", 6)
    for photo in photos:
        with store.open_output_stream(f"{BUCKET}/photos/{photo.name}") as file:
            file.write(photo.read_bytes())
    with store.open_output_stream(f"{BUCKET}/photos/broken.jpg") as file:
        file.write(b"no")

    def said(*words: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "guie_desktop", "--library", str(tmp_path / "own"), "shared", *words, "--json"]
        told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return told

    def built(*parts: str) -> list[int]:
        told = said("build", f"{BUCKET_ADDRESS}/photos", "--to", library, "--workers", "1")
        return [told[part] for part in parts]

    library = f"{BUCKET_ADDRESS}/all.lance"
    assert built("added", "failed") == [7, 1]
    store.delete_file(f"{BUCKET}/photos/{photos[0].name}")
    assert built("added", "removed", "unchanged") == [0, 1, 6]
    assert {one["column"]: one["done"] for one in said("index", library)["indexes"]}["path"] == "made"
    assert said("add", library, "--name", "All")["photos"] == 6
    found = said("search", "All", str(photos[1]), "--top", "1")["hits"][0]
    assert found["path"] == f"{BUCKET_ADDRESS}/photos/{photos[1].name}"


def test_a_table_in_a_store_is_written_under_a_lease(store: Any) -> None:
    del store
    address = Address.parse(f"{BUCKET_ADDRESS}/library.lance")
    schema = open_or_make_table(address, "made", 4).schema
    open_or_make_table(address, "made", 4)
    rows = pa.table(
        [pa.array(["/a.jpg", "/b.jpg"]), *(pa.nulls(2, field.type) for field in list(schema)[1:])], schema=schema
    )
    with Lease(address) as lease:
        with pytest.raises(UserError, match="is writing"), Lease(address):
            pass
        table = WrittenTable(address, lease)
        table.append(write_portion(rows, address))
        table.remove(["/a.jpg"])
    found = lance.dataset(address.uri, storage_options=address.storage_options())
    assert found.to_table(columns=["path"])["path"].to_pylist() == ["/b.jpg"]
    assert found.config() == {}
    head = identity_head(4)
    assert read_head(address, keep_head(address, head.to_bytes())).to_bytes() == head.to_bytes()
    with pytest.raises(UserError, match="cannot be read"):
        read_head(address, "0" * 12)
