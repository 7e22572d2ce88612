"""What tests of shared libraries begin with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared_library.object_store import running_store


@pytest.fixture
def no_aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings for object stores, whatever the machine has."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "no-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-credentials"))


@pytest.fixture
def endpoint(no_aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Of an object store with one bucket (object_store.BUCKET), which the environment names."""
    del no_aws
    with running_store(monkeypatch) as running:
        yield running
