"""Puts icons, names and model cards, which lie beside the package, inside it; all else is in pyproject.toml."""

from setuptools import find_packages, setup

BESIDE = ("model_assets", "resources")

# pyproject.toml can either find packages or list them, and would need each folder of the code in the list.
setup(
    packages=[*find_packages(include=["guie_desktop", "guie_desktop.*"]), *(f"guie_desktop.{name}" for name in BESIDE)],
    package_dir={f"guie_desktop.{name}": name for name in BESIDE},
)
