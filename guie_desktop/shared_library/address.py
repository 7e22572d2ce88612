"""Where a shared library or its photos lie: a folder of this machine or of a NAS, or a prefix in an object store.

Credentials are no part of an address. Lance and PyArrow each look for them where AWS programs do: in the variables
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the profile that AWS_PROFILE names, in what the machine is given.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from guie_desktop.errors import UserError, reason_of
from guie_desktop.sentences import Sentence

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # one letter is a drive of Windows
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""As S3 takes them; an account before an "@" is none."""
_CONNECT_SECONDS, _REQUEST_SECONDS = 5, 60
_RETRIES, _RETRY_SECONDS = 3, 15
"""Lance's own defaults try for three minutes, in which the user hears nothing."""
_HOME = "us-east-1"
"""The region that stores of one's own answer to, where none is named."""


_STORE_SAYS = re.compile(r"AWS Error (?!UNKNOWN)([A-Z_]+)")


def why(error: OSError) -> str:
    """Why a disk or a store refused, in a few words, without a store's numbers and addresses of the request."""
    told = _STORE_SAYS.search(str(error))
    if told is not None:
        return told.group(1).replace("_", " ").lower()
    return reason_of(error) if error.errno else str(error)


@dataclass(frozen=True, slots=True)
class Address:
    """A place that can be written down and said aloud: it holds no secret. Two are equal where their URIs are."""

    uri: str
    """An absolute path, or `s3://bucket/prefix`; what Lance opens."""

    @classmethod
    def parse(cls, text: str) -> "Address":
        """What a user has written; UserError where it is no address, or has a secret in it. Nothing is asked of it."""
        text = text.strip()
        scheme = _SCHEME.match(text)
        if scheme is None:
            if not text:
                raise _no_address(text)
            return cls._in_folder(Path(text).expanduser())
        match scheme.group(1).lower():
            case "s3" | "s3a":
                return cls._in_store(text[scheme.end() :])
            case "file":
                return cls._in_folder(_path_of(urlsplit(text).path))
            case _:
                raise _no_address(text)

    @classmethod
    def _in_folder(cls, folder: Path) -> "Address":
        return cls(os.path.normpath(folder.absolute()))  # links are kept: they are what the user calls it

    @classmethod
    def _in_store(cls, place: str) -> "Address":
        bucket, _, prefix = place.partition("/")
        if "@" in bucket:
            raise UserError(
                "An address must not have a password in it, since it is kept and shown.",
                "Leave it out, and put the keys where AWS programs look for them: in AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or in a profile.",
            )
        if not _BUCKET.fullmatch(bucket):
            raise _no_address(f"s3://{place}")
        parts = [part for part in prefix.split("/") if part]
        return cls("/".join(["s3:/", bucket, *parts]))

    @property
    def is_in_store(self) -> bool:
        """Whether it lies in an object store."""
        return self.uri.startswith("s3://")

    @property
    def name(self) -> str:
        """Its last part, which a library is called by."""
        return re.split(r"[/\\]", self.uri.rstrip("/\\"))[-1].removesuffix(".lance") or self.uri

    def __str__(self) -> str:
        return self.uri

    def __truediv__(self, part: str) -> "Address":
        """The address of what lies below it."""
        return Address(f"{self.uri.rstrip('/')}/{part}")

    def storage_options(self) -> dict[str, str]:
        """What Lance is to know of the store beyond its credentials; nothing of a folder.

        The endpoint is that of AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, or the profile. UserError where that is missing.
        """
        if not self.is_in_store:
            return {}
        endpoint, region = _service()
        options = {
            "connect_timeout": f"{_CONNECT_SECONDS}s",
            "timeout": f"{_REQUEST_SECONDS}s",
            "client_max_retries": str(_RETRIES),
            "client_retry_timeout": str(_RETRY_SECONDS),
        }
        if endpoint:
            options |= {"aws_endpoint": endpoint, "allow_http": str(endpoint.startswith("http://")).lower()}
        if region:
            options["aws_region"] = region
        return options

    def filesystem(self) -> tuple[Any, str]:
        """A `pyarrow.fs.FileSystem`, and what this place is called there; UserError where the profile is missing."""
        from pyarrow import fs

        if not self.is_in_store:
            return fs.LocalFileSystem(), self.uri
        endpoint, region = _service()
        store = fs.S3FileSystem(
            endpoint_override=endpoint,
            region=region,
            connect_timeout=_CONNECT_SECONDS,
            request_timeout=_REQUEST_SECONDS,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=_RETRIES),
        )
        return store, self.uri.removeprefix("s3://")


def _service() -> tuple[str | None, str | None]:
    """Endpoint and region, as AWS programs find them; None each where Amazon's own are meant."""
    from botocore.exceptions import BotoCoreError
    from botocore.session import Session

    session = Session()
    try:
        of_profile = session.get_scoped_config().get("endpoint_url")
        region = session.get_config_variable("region") or os.environ.get("AWS_REGION")
    except BotoCoreError as error:
        raise UserError(
            Sentence("The settings for object stores cannot be used ({reason}).", reason=error),
            "Correct AWS_PROFILE, or the file that holds the profiles.",
        ) from error
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or of_profile
    return endpoint, region or (_HOME if endpoint else None)


def _no_address(text: str) -> UserError:
    return UserError(
        Sentence('"{text}" is no address of a shared library.', text=text),
        "Give a folder, such as /mnt/nas/photos, or a place in an object store, such as s3://bucket/photos.",
    )


def _path_of(url: str) -> Path:
    """What stands for a file in its URL; on Windows a drive comes after a slash."""
    path = unquote(url)
    return Path(path[1:] if os.name == "nt" else path)
