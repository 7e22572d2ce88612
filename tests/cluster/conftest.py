"""What tests on a cluster begin with: one Ray of two cores for all of them."""

from collections.abc import Iterator

import pytest

from guie_desktop.cluster.ray_session import RaySession


@pytest.fixture(scope="session")
def ray_of_two() -> Iterator[RaySession]:
    """Started once; what is built meets it running."""
    with RaySession(None, 2) as session:
        session.start()
        yield session
