"""An object store on loopback: moto's, which answers as S3 does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import boto3
import pytest
from moto.core import set_initial_no_auth_action_count
from moto.moto_api._internal.models import moto_api_backend
from moto.server import ThreadedMotoServer

BUCKET = "photos-of-all"
Result = TypeVar("Result")


@contextmanager
def running_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store with one bucket, which the environment names; its endpoint."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    try:
        moto_api_backend.reset()  # what tests before have left in this process
        store = boto3.client("s3")
        store.create_bucket(Bucket=BUCKET)
        store.close()
        yield endpoint
    finally:
        server.stop()


def with_keys_refused(action: Callable[[], Result]) -> Result:
    """What an action returns while the store knows no key."""
    return set_initial_no_auth_action_count(0)(action)()
