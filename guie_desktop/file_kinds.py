"""What files are by the ends of their names, in lower case; what a file really holds, its first bytes say."""

from guie_desktop.sentences import tr_noop

RAW_SUFFIXES = frozenset(
    {".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dcs", ".dng", ".drf", ".erf", ".fff", ".gpr", ".iiq", ".k25"}
    | {".kdc", ".mdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef", ".ptx", ".raf", ".raw", ".rw2"}
    | {".rwl", ".sr2", ".srf", ".srw", ".x3f"}
)
"""What a camera's sensor saw, as its maker writes it."""

CAMERA_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif"})
"""What cameras write by themselves: beside a RAW or a short film of the same name it is one photo with it."""

PHOTO_SUFFIXES = (
    CAMERA_SUFFIXES
    | RAW_SUFFIXES
    | {".mpo", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".avif", ".heics", ".heifs", ".avifs"}
    | {".jxl", ".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx", ".psd", ".psb"}
)
"""Of files worth opening."""

FILM_SUFFIX = ".mov"
"""Of the film of a Live Photo, which lies beside the picture."""

WEIGHT_SUFFIXES = (".safetensors", ".bin", ".pt", ".pth")
"""Of files that hold a network's weights; where a folder holds several kinds, the first is taken."""

VIDEO_SUFFIXES = frozenset(
    {".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".wmv", ".flv", ".3gp", ".ogv"}
)

LEFT_OUT_KINDS: dict[str, frozenset[str]] = {
    tr_noop("videos"): VIDEO_SUFFIXES,
    tr_noop("drawings"): frozenset({".svg", ".svgz", ".eps", ".ai", ".cdr", ".wmf", ".emf"}),
    tr_noop("documents"): frozenset({".pdf", ".djvu", ".djv"}),
    tr_noop("icons"): frozenset({".ico", ".cur", ".icns"}),
    tr_noop("other programs' pictures"): frozenset(
        {".xcf", ".psp", ".pspimage", ".kra", ".clip", ".afphoto", ".pdn", ".tga", ".pcx", ".dds", ".exr", ".hdr"}
        | {".ppm", ".pgm", ".pbm", ".pnm", ".pct", ".sgi", ".fits", ".insp", ".braw", ".r3d"}
    ),
}
"""Of files that look like pictures and are not read, by why; scans count these."""

LEFT_OUT_SUFFIXES = frozenset().union(*LEFT_OUT_KINDS.values())
