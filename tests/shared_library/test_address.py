from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address


def test_a_folder_is_its_absolute_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    expected = Address(str(tmp_path / "photos"))
    for text in ("photos", "./photos/", "~/photos", f"  {tmp_path}/x/../photos ", (tmp_path / "photos").as_uri()):
        assert Address.parse(text) == expected
    assert expected.name == "photos"
    assert expected.storage_options() == {}
    assert not expected.is_in_store


def test_a_place_in_a_store_has_its_bucket_and_prefix() -> None:
    address = Address.parse("S3://photos-of-all//archive/main.lance/")
    assert str(address) == "s3://photos-of-all/archive/main.lance"
    assert address.name == "main"
    assert address.is_in_store
    assert str(address / "a.jpg") == "s3://photos-of-all/archive/main.lance/a.jpg"
    assert Address.parse("s3://photos-of-all").name == "photos-of-all"


@pytest.mark.parametrize("text", ["", "http://host/photos", "gs://bucket/x", "s3://", "s3:///x", "s3://Bucket/x"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(UserError, match="is no address of a shared library"):
        Address.parse(text)


def test_a_secret_is_refused_and_not_repeated() -> None:
    with pytest.raises(UserError) as caught:
        Address.parse("s3://AKIAKEY:verysecret@bucket/photos")
    assert "verysecret" not in str(caught.value)


@given(st.lists(st.text(st.characters(blacklist_characters="/\0", codec="utf-8"), min_size=1), max_size=3))
def test_an_address_is_read_as_it_was_written(parts: list[str]) -> None:
    address = Address.parse("s3://bucket/" + "/".join(parts))
    assert Address.parse(str(address)) == address


@pytest.mark.usefixtures("no_aws")
def test_the_endpoint_is_that_of_the_environment_or_of_the_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = Address.parse("s3://bucket/photos")
    assert "aws_endpoint" not in address.storage_options()
    config = tmp_path / "config"
    config.write_text("[default]\nregion = eu-central-1\n[profile nas]\nendpoint_url = https://nas:9000\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    assert address.storage_options()["aws_region"] == "eu-central-1"
    monkeypatch.setenv("AWS_PROFILE", "nas")
    of_profile = address.storage_options()
    assert (of_profile["aws_endpoint"], of_profile["allow_http"]) == ("https://nas:9000", "false")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    of_environment = address.storage_options()
    assert (of_environment["aws_endpoint"], of_environment["allow_http"]) == ("http://127.0.0.1:9", "true")
    assert of_environment["aws_region"]
    monkeypatch.setenv("AWS_PROFILE", "gone")
    with pytest.raises(UserError, match="settings for object stores"):
        address.storage_options()


@pytest.mark.usefixtures("no_aws")
def test_secrets_are_in_nothing_that_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAKEY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "verysecret")
    address = Address.parse("s3://bucket/photos")
    assert "verysecret" not in f"{address!r}{address.storage_options()}"


def test_photos_of_a_folder_are_read_by_its_filesystem(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"photo")
    filesystem, place = (Address.parse(str(tmp_path)) / "a.jpg").filesystem()
    with filesystem.open_input_file(place) as file:
        assert file.read() == b"photo"
