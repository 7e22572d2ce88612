"""What the frozen program does without, so that it is small; packaging/README.md tells how much each saves."""

from fnmatch import fnmatch

EXCLUDED_MODULES = [
    # For GPUs of one maker, which the CPU build of torch cannot use.
    *("nvidia", "triton", "cuda"),
    # What libraries offer to programs that draw, measure or test; nothing here asks for it.
    *("sklearn", "pandas", "matplotlib", "IPython", "pytest", "_pytest", "hypothesis", "tkinter", "skimage"),
    *("torch.utils.tensorboard", "tensorboard", "setuptools", "pip", "wheel", "lib2to3", "pydoc_data"),
    *("scipy.io", "scipy.signal", "scipy.datasets", "scipy.misc", "scipy.odr"),
    # Parts of Qt that no window of ours has.
    *(f"PySide6.{part}" for part in ("QtQml", "QtQuick", "QtOpenGL", "QtOpenGLWidgets", "QtPrintSupport", "QtSql")),
    *(f"PySide6.{part}" for part in ("QtTest", "QtDesigner", "QtXml", "QtUiTools", "QtHelp", "QtConcurrent")),
]

_LEFT_OUT = (
    # As paths end, from whatever folder on.
    # Qt: windows on X11 and Wayland are kept, and none at all for tests; icons are SVGs; the desktop opens files.
    *("Qt/qml/*", "Qt/lib/libQt6Quick*", "Qt/lib/libQt6Qml*", "Qt/lib/libQt6VirtualKeyboard*"),
    *("Qt/lib/libQt6Pdf*", "Qt/lib/libQt6EglFS*", "Qt/lib/libQt6WaylandCompositor*"),
    "Qt/lib/libQt6OpenGLWidgets*",
    *("plugins/platforms/*eglfs*", "plugins/platforms/*linuxfb*", "plugins/platforms/*minimal*"),
    *("plugins/platforms/*vkkhr*", "plugins/platforms/*vnc*", "plugins/egldeviceintegrations/*"),
    *("plugins/generic/*", "plugins/imageformats/*pdf*", "plugins/networkinformation/*", "plugins/tls/*"),
    *("plugins/platforminputcontexts/*virtualkeyboard*", "plugins/platformthemes/*gtk3*"),
    *("plugins/printsupport/*", "plugins/sqldrivers/*", "plugins/qmltooling/*", "plugins/vectorimageformats/*"),
    "plugins/wayland-graphics-integration-server/*",
    # OpenVINO: networks run on the CPU, and are read as ONNX or as its own.
    *(
        "libopenvino_intel_gpu*",
        "libopenvino_intel_npu*",
        "libopenvino_c.*",
        "openvino/libs/*.json",
        "openvino/libs/*.pc",
    ),
    *("libopenvino_tensorflow*", "libopenvino_pytorch*", "libopenvino_paddle*", "libopenvino_jax*"),
    *("libopenvino_gguf*", "libopenvino_auto_*", "libopenvino_hetero*", "openvino/include/*"),
    *("openvino/frontend/jax/*", "openvino/frontend/paddle/*", "openvino/frontend/pytorch/*"),
    "openvino/frontend/tensorflow/*",
    # torch and torchvision: what C++ programs are built with, and what is compiled for another torch.
    *(
        "torch/include/*",
        "torch/share/*",
        "torch/bin/[!t]*",
        "torch/bin/test*",
        "torch/test/*",
        "torch/lib/*.a",
        "torch/lib/*.lib",
    ),
    *("torchvision/*.so", "torchvision/*.pyd", "torchvision.libs/*", "torchvision/*.dylib", "torchvision/.dylibs/*"),
    *("torchgen/packaged/*", "include/*.h", "tests/*", "testing/*.dat", "__pycache__/*"),
    "onnx/backend/test/*",
    # What the theme of GTK and torchvision's compiled part have brought along, which are left out themselves.
    *("libgtk-3.so*", "libgdk*.so*", "libatk*.so*", "libatspi.so*", "libcairo*.so*", "libpango*.so*", "libepoxy.so*"),
    *("libharfbuzz.so*", "libfribidi.so*", "libthai.so*", "libdatrie.so*", "libpixman*.so*", "libgraphite2.so*"),
    *("libX[cdir]*.so*", "libXext.so*", "libXfixes.so*", "libgio*.so*", "libgmodule*.so*", "libgobject*.so*"),
    *("libmount.so*", "libblkid.so*", "libselinux.so*", "libcudart.so*", "libQt6EglF*"),
    # Of the system that the program runs on: these must be as new as its drivers.
    *("libstdc++.so*", "libgcc_s.so*"),
)
_LANGUAGES = ("de", "en", "root")


def is_kept(name: str) -> bool:
    """Whether a file goes into the bundle; `name` is its path in there."""
    path = name.replace("\\", "/")
    if fnmatch(path, "babel/locale-data/*.dat"):
        return path.rpartition("/")[2].removesuffix(".dat").split("_")[0] in _LANGUAGES
    if fnmatch(path, "*/translations/*.qm"):
        return fnmatch(path, "*/qtbase_de.qm")
    return not any(fnmatch(f"/{path}", f"*/{pattern}") for pattern in _LEFT_OUT)
