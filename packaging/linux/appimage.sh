#!/bin/sh
# Makes an AppImage of what build.sh has made; appimagetool must be in PATH. Without it, the AppDir is left to be tried.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-$PWD/packaging/build}
app=$build/AppDir

rm -rf "$app"
mkdir -p "$app/usr/lib"
cp -r "$build/prefix/share" "$app/usr/share"
cp -r "$build/dist/guie-desktop" "$app/usr/lib/guie-desktop"
ln -s usr/lib/guie-desktop/guie-desktop "$app/AppRun"
cp "$app/usr/share/applications/guie-desktop.desktop" "$app/usr/share/icons/hicolor/256x256/apps/guie-desktop.png" "$app"
ln -s guie-desktop.png "$app/.DirIcon"

if command -v appimagetool >/dev/null; then
    ARCH=$(uname -m) appimagetool --no-appstream "$app" "$build/guie-desktop-$(uname -m).AppImage"
else
    echo "appimagetool is not there; the AppDir is $app"
fi
