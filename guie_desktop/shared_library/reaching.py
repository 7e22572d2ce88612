"""What to say where a shared library cannot be reached or read: a sentence, and what can be done about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lance
import pyarrow as pa

from guie_desktop.errors import UserError, reason_of
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.schema import VERSION, VERSION_KEY

_VERSIONS = "_versions"
"""Where Lance keeps what it knows of a table."""
_CONNECT_SECONDS, _ANSWER_SECONDS = 5, 15
_LATER = "upgrade Lance"
"""In what Lance says of a table that a later version of it has written."""
_OF_THE_WORLD = ("LanceError(IO)", "External error", "Not found", "corrupt", "Generic S3 error", "LocalFileSystem")
"""In what it says of files that it cannot read; it has one exception for all."""
_FORBIDDEN = ("Permission denied", "Operation not permitted", "Read-only file system", "AccessDenied")
_FULL = ("No space left on device", "Disk quota exceeded")
"""In what it says where the files are whole."""


class NoTable(UserError):
    """There is nothing at an address, where a table could be made."""


def check_reachable(address: Address) -> None:
    """Ask once, and wait for seconds: UserError where there is no table, or where nobody may read it.

    Lance tries for a minute and a half where a store says nothing, and does not tell what it lacks.
    """
    if address.is_in_store:
        _check_store(address)
        return
    folder = Path(address.uri)
    try:
        (folder / _VERSIONS).stat()
    except (FileNotFoundError, NotADirectoryError):
        is_there = folder.exists() or folder.parent.exists()
    except OSError as error:
        raise UserError(
            Sentence(
                "The shared library {address} cannot be read ({reason}).", address=address, reason=reason_of(error)
            ),
            "Ask who keeps it to let you read it.",
        ) from error
    else:
        return
    if not is_there:
        raise NoTable(
            Sentence("The folder of the shared library {address} is not there.", address=address),
            "Connect the drive or the network folder that it is on, or check the address.",
        )
    raise _no_table(address)


def _check_store(address: Address) -> None:
    from botocore.config import Config
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        HTTPClientError,
        NoCredentialsError,
        PartialCredentialsError,
    )
    from botocore.exceptions import (
        ConnectionError as NoConnection,
    )
    from botocore.session import Session

    bucket, _, prefix = address.uri.removeprefix("s3://").partition("/")
    options = address.storage_options()
    try:
        store = Session().create_client(
            "s3",
            region_name=options.get("aws_region"),
            endpoint_url=options.get("aws_endpoint"),
            config=Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_ANSWER_SECONDS,
                retries={"total_max_attempts": 2},
                s3={"addressing_style": "path"} if "aws_endpoint" in options else {},
            ),
        )
        place = f"{prefix}/{_VERSIONS}/" if prefix else f"{_VERSIONS}/"
        found = store.list_objects_v2(Bucket=bucket, Prefix=place, MaxKeys=1)
    except ClientError as error:
        raise _refused(address, bucket, error.response) from error
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise UserError(
            Sentence("There are no keys for the object store of {address}.", address=address),
            "Put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile in AWS_PROFILE.",
        ) from error
    except (HTTPClientError, NoConnection) as error:
        raise _away(address) from error
    except (BotoCoreError, ValueError) as error:  # ValueError: of an endpoint that is no URL
        raise UserError(
            Sentence("The settings for object stores cannot be used ({reason}).", reason=error),
            "Correct the variables whose names begin with AWS_, or the file that holds the profiles.",
        ) from error
    if not found.get("KeyCount"):
        raise _no_table(address)


def _refused(address: Address, bucket: str, response: dict[str, dict[str, object]]) -> UserError:
    code = response.get("Error", {}).get("Code")
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if code == "NoSuchBucket":
        return UserError(
            Sentence("There is no bucket {bucket} in the object store.", bucket=bucket),
            "Check the address, and that AWS_ENDPOINT_URL names the store that is meant.",
        )
    if status in (401, 403):
        return UserError(
            Sentence("The object store refuses the keys for {address} ({reason}).", address=address, reason=code),
            "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ask who keeps the library to let you read it.",
        )
    return UserError(
        Sentence(
            "The object store of {address} does not answer as it should ({reason}).", address=address, reason=code
        ),
        "Check the address and AWS_ENDPOINT_URL, or try again later.",
    )


def _away(address: Address) -> UserError:
    return UserError(
        Sentence("The object store of {address} cannot be reached.", address=address),
        "Check the network, and that AWS_ENDPOINT_URL names the store that is meant.",
    )


def _no_table(address: Address) -> NoTable:
    return NoTable(
        Sentence("There is no shared library at {address}.", address=address),
        "Check the address, or have one made there.",
        f"shared build FOLDER --to {address}",
    )


@contextmanager
def reading(address: Address) -> Iterator[None]:
    """Tell what Lance fails at in a sentence, to those who write as well; bugs stay bugs.

    That the table is away now, that it is damaged, that one may not, or that there is no room.
    """
    try:
        yield
    except (ValueError, OSError, pa.ArrowException) as error:
        said = str(error)
        if _LATER in said:
            raise _later_version(address) from error
        if not any(words in said for words in _OF_THE_WORLD):
            raise
        check_reachable(address)
        if any(words in said for words in _FORBIDDEN):
            raise UserError(
                Sentence("You have no right to do this with the shared library {address}.", address=address),
                "Ask who keeps it for the right to read it, or to write to it.",
            ) from error
        if any(words in said for words in _FULL):
            raise UserError(
                Sentence("There is no room left where the shared library {address} is.", address=address),
                "Free some space there, and start it again: what was written before is kept.",
            ) from error
        raise UserError(
            Sentence("The shared library {address} is damaged: a part of it is missing or cut off.", address=address),
            "Ask who keeps it to go back to a state that was kept by a name, or to build it again.",
            f"shared back {address} NAME",
        ) from error


def opened(address: Address, tag: str | None = None) -> Any:
    """Lance's table as it is now, or as it was when it was given this name; UserError where it cannot be read."""
    check_reachable(address)
    with reading(address):
        table = lance.dataset(address.uri, storage_options=address.storage_options())
        if tag is not None:
            if tag not in table.tags.list():
                raise UserError(
                    Sentence('No state of the shared library {address} is called "{name}".', address=address, name=tag),
                    "Choose one of those that there are.",
                    f"shared tags {address}",
                )
            table = table.checkout_version(tag)
    version = (table.schema.metadata or {}).get(VERSION_KEY)
    if version is None or not version.isdigit():
        raise UserError(
            Sentence("The table at {address} is no shared library.", address=address),
            "Check the address: another program has made it.",
        )
    if int(version) > VERSION:
        raise _later_version(address)
    return table


def _later_version(address: Address) -> UserError:
    return UserError(
        Sentence("The shared library {address} was made by a later version of the program.", address=address),
        "Update guie-desktop on this computer.",
    )
