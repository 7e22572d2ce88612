"""A shared library in an object store, and all that can be wrong there."""

import socket
from concurrent.futures import ThreadPoolExecutor

import boto3
import lance
import pytest

from guie_desktop.embedding.general_head import identity_head
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.shared_table import SharedTable
from tests.shared_library.made_table import BACKBONE, DIMENSION, made_features, make_table
from tests.shared_library.object_store import BUCKET, with_keys_refused

pytestmark = pytest.mark.usefixtures("endpoint")
PLACE = f"s3://{BUCKET}/archive/main.lance"


def test_a_table_is_written_read_and_searched_there() -> None:
    table = SharedTable.open(make_table(PLACE))
    assert table.name == "main"
    assert table.count() == 60
    hits = table.search(made_features(60)[4], identity_head(DIMENSION), BACKBONE, 3)
    first = table.facts(hits.rows[:1])[int(hits.rows[0])]
    assert first.path == "/archive/thing 4/00004.jpg"
    assert len(table.thumbnails(hits.rows)) == 3
    assert len(table.page(None, 10).photos) == 10


def test_an_original_is_read_there() -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key="originals/a b.jpg", Body=b"photo")
    filesystem, place = Address.parse(f"s3://{BUCKET}/originals/a b.jpg").filesystem()
    with filesystem.open_input_file(place) as file:
        assert file.read() == b"photo"


def test_writers_at_one_time_lose_nothing() -> None:
    address = make_table(PLACE, 10)
    rows = lance.dataset(address.uri, storage_options=address.storage_options()).to_table()

    def append(number: int) -> int:
        del number
        written = lance.write_dataset(rows, address.uri, mode="append", storage_options=address.storage_options())
        return int(written.version)

    with ThreadPoolExecutor(4) as threads:
        versions = list(threads.map(append, range(8)))
    assert sorted(versions) == list(range(2, 10))
    assert SharedTable.open(address).count() == 90


def test_a_place_without_a_table_is_told() -> None:
    with pytest.raises(UserError, match="There is no shared library at s3://"):
        SharedTable.open(Address.parse(PLACE))
    with pytest.raises(UserError, match="There is no shared library at s3://"):
        SharedTable.open(Address.parse(f"s3://{BUCKET}"))


def test_a_bucket_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match="There is no bucket no-such-bucket"):
        SharedTable.open(Address.parse("s3://no-such-bucket/main.lance"))


def test_keys_that_are_refused_are_told() -> None:
    address = make_table(PLACE)
    with pytest.raises(UserError, match="refuses the keys"):
        with_keys_refused(lambda: SharedTable.open(address))
    assert SharedTable.open(address).count() == 60


def test_missing_keys_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(UserError, match="There are no keys for the object store"):
        SharedTable.open(Address.parse(PLACE))


def test_a_store_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(UserError, match="cannot be reached"):
            SharedTable.open(Address.parse(PLACE))


def test_a_store_that_went_away_is_told_and_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    table = SharedTable.open(make_table(PLACE))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(UserError, match="cannot be reached"):
        table.refresh()


def test_a_part_that_is_missing_is_told_as_damage() -> None:
    address = make_table(PLACE)
    table = SharedTable.open(address)
    store = boto3.client("s3")
    for found in store.list_objects_v2(Bucket=BUCKET, Prefix="archive/main.lance/data/")["Contents"]:
        store.delete_object(Bucket=BUCKET, Key=found["Key"])
    with pytest.raises(UserError, match="is damaged") as caught:
        table.page(None, 10)
    assert "shared back" in str(caught.value)


def test_a_store_that_answers_nonsense_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "no url")
    with pytest.raises(UserError, match="settings for object stores"):
        SharedTable.open(Address.parse(PLACE))
