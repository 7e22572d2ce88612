#!/bin/sh
# Makes the installer for Windows in packaging/build, in the shell that comes with Git; packaging/README.md says more.
#
# PYTHON   the Python that is bundled (python3)
# ISCC     the compiler of Inno Setup 6, where it is not where its own installer puts it
# SIGN     a command that signs the file it is given, such as a script around signtool; without it nothing is signed
set -eu
cd "$(dirname "$0")/../.."
build=$PWD/packaging/build
iscc=${ISCC:-/c/Program Files (x86)/Inno Setup 6/ISCC.exe}

packaging/freeze.sh
version=$("$build/venv/Scripts/python" -c 'import guie_desktop; print(guie_desktop.__version__)')
if [ -n "${SIGN:-}" ]; then
    for program in guie-desktop guie-desktopw; do
        "$SIGN" "$build/dist/guie-desktop/$program.exe"
    done
fi
# Git's shell would take what begins with a slash for a path.
MSYS2_ARG_CONV_EXCL='*' "$iscc" /Qp "/DVersion=$version" "/DBuild=$(cygpath -w "$build")" \
    "$(cygpath -w packaging/windows/guie-desktop.iss)"
installer=$build/guie-desktop-$version-windows-x86_64
[ -z "${SIGN:-}" ] || "$SIGN" "$installer.exe"
mv "$build/guie-desktop.cdx.json" "$installer.cdx.json"
