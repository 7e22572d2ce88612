"""What Windows shows of the executables under Properties, Details, in the form that PyInstaller reads."""

import re

_TEMPLATE = """\
VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
    kids=[
        StringFileInfo([StringTable("040904B0", [
            StringStruct("CompanyName", "The authors of guie-desktop"),
            StringStruct("FileDescription", "guie-desktop"),
            StringStruct("FileVersion", "{version}"),
            StringStruct("InternalName", "guie-desktop"),
            StringStruct("LegalCopyright", "Apache-2.0"),
            StringStruct("ProductName", "guie-desktop"),
            StringStruct("ProductVersion", "{version}"),
        ])]),
        VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
    ],
)
"""
"""English of the United States (0409), in Unicode (04B0)."""


def version_resource(version: str) -> str:
    """The text for `EXE(version=…)`. Windows knows four numbers only: 0.3.0rc1 becomes 0.3.0.0 there."""
    release = re.match(r"\d+(\.\d+)*", version)
    if release is None:
        raise ValueError(f"{version} does not begin with a number")
    numbers = (*map(int, release[0].split(".")), 0, 0, 0, 0)[:4]
    return _TEMPLATE.format(numbers=numbers, version=version)
