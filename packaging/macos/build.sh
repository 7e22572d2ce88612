#!/bin/sh
# Makes the disk image for macOS in packaging/build; packaging/README.md says what is needed.
#
# PYTHON                     the Python that is bundled (python3)
# CODESIGN_IDENTITY          a "Developer ID Application" in the keychain; without it, it is signed for this Mac only
# NOTARY_PROFILE             what `xcrun notarytool store-credentials` was told; without it nothing is sent to Apple
set -eu
cd "$(dirname "$0")/../.."
build=packaging/build

packaging/freeze.sh
version=$($build/venv/bin/python -c 'import guie_desktop; print(guie_desktop.__version__)')
name=$build/guie-desktop-$version-macos-$(uname -m)
mv $build/guie-desktop.cdx.json "$name.cdx.json"

mkdir $build/image
cp -R $build/dist/guie-desktop.app $build/image
ln -s /Applications $build/image/Applications
hdiutil create -volname guie-desktop -srcfolder $build/image -format UDZO -ov "$name.dmg"
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --sign "$CODESIGN_IDENTITY" --timestamp "$name.dmg"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$name.dmg" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$name.dmg"
fi
