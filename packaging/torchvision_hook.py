"""Runs before the frozen program: lets torchvision be imported, whose Python alone is shipped.

Its compiled part depends on the build of torch. Of torchvision only the preparation of pictures is used, but its import
describes two operators that must be there by then.
"""

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class _Operators(MetaPathFinder):
    """Declares the operators when torchvision is asked for first, as torch takes a second to load."""

    kept: Any = None

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Finds nothing itself."""
        if name == "torchvision" and self.kept is None:
            from torch.library import Library

            self.kept = Library("torchvision", "DEF")  # type: ignore[no-untyped-call]
            for operator in ("nms", "qnms"):
                self.kept.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        return None


sys.meta_path.insert(0, _Operators())
