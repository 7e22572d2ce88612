"""Where torch is missing a sentence says so, and nothing is loaded to find out."""

import importlib.util

import pytest

from guie_desktop.embedding.torch_at_hand import need_torch
from guie_desktop.errors import UserError


def test_it_is_there_or_told(monkeypatch: pytest.MonkeyPatch) -> None:
    need_torch()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(UserError, match="PyTorch"):
        need_torch()
