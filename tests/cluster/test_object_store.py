"""Photos of an object store and a table in it; the store is a program on loopback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lance
import pyarrow as pa
import pytest
from pyarrow import fs

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

pytestmark = pytest.mark.slow


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A bucket `archive`, whose keys and place are in the environment."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "one",
        "AWS_SECRET_ACCESS_KEY": "two",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }.items():
        monkeypatch.setenv(name, value)
    files, _ = Address.parse("s3://archive").filesystem()
    # Only one that is made for it may make buckets.
    maker = fs.S3FileSystem(endpoint_override=f"http://{host}:{port}", region="us-east-1", allow_bucket_creation=True)
    maker.create_dir("archive")
    yield files
    server.stop()


def test_photos_are_listed_fetched_and_read_with_the_dates_of_their_names(store: Any, tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path, 1)
    for key in ("photos/IMG_20190714_123456.jpg", "photos/below/b.jpg", "photos/c.txt", "other/d.jpg"):
        with store.open_output_stream(f"archive/{key}") as file:
            file.write(photo.read_bytes())
    found = list(list_photos(Address.parse("s3://archive/photos")))
    paths = {"s3://archive/photos/IMG_20190714_123456.jpg", "s3://archive/photos/below/b.jpg"}
    assert {one.path for one in found} == paths
    asked = list(look_at([*sorted(paths), "s3://archive/photos/gone.jpg"]))
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
        list(list_photos(Address.parse("s3://archive/nothing")))


def test_a_table_in_a_store_is_written_under_a_lease(store: Any) -> None:
    del store
    address = Address.parse("s3://archive/library.lance")
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
