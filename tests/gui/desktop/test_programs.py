"""Which programs the desktop offers for a file, read from desktop entries that the test writes."""

import sys
from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.gui.desktop.programs import Program, arguments_for, chosen_program, mime_type_of, programs_for, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have a dialog of their own")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a desktop that has nothing else."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    for folder in ("share/applications", "share/mime", "config"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path / "share"


def entry(share: Path, name: str, command: str, more: str = "") -> None:
    text = f"[Desktop Entry]\nType=Application\nName={name}\nName[de]=Bild\nExec={command}\n{more}\n"
    (share / "applications" / f"{name.lower()}.desktop").write_text(text)


def test_the_users_default_comes_first_and_what_cannot_be_shown_does_not(share: Path) -> None:
    (share / "mime" / "globs2").write_text("# kinds\n50:image/x-raw:*.cr2\n40:image/other:*.cr2\n50:image/jpeg:*.jpg\n")
    for name, command, more in (
        ("Viewer", "true %f", ""),
        ("Editor", 'sh -c "true" %U', "# a comment"),
        ("Gone", "not-a-program-at-all %f", ""),
        ("Shy", "true %f", "NoDisplay=true"),
        ("Unwanted", "true %f", ""),
    ):
        entry(share, name, command, more)
    listed = "viewer.desktop;gone.desktop;shy.desktop;editor.desktop;missing.desktop;unwanted.desktop;"
    (share / "applications" / "mimeinfo.cache").write_text(f"[MIME Cache]\nimage/x-raw={listed}\n")
    (share.parent / "config" / "mimeapps.list").write_text(
        "[Default Applications]\nimage/x-raw=editor.desktop\n[Removed Associations]\nimage/x-raw=unwanted.desktop\n"
    )
    assert mime_type_of(Path("/a/b.CR2")) == "image/x-raw"
    assert [program.name for program in programs_for(Path("/a/b.CR2"))] == ["Editor", "Viewer"]
    assert programs_for(Path("/a/b.jpg")) == []


def test_a_broken_list_is_no_list(share: Path) -> None:
    (share / "applications" / "mimeinfo.cache").write_bytes(b"\xff\xfe no list")
    assert programs_for(Path("/a/b.jpg")) == []


def test_what_is_run(tmp_path: Path) -> None:
    path = Path("/a/it's 100 %f; rm.jpg")
    assert arguments_for(Program("x", "X", 'x --title "%c" %i %f 5%%'), path) == ["x", "--title", "X", str(path), "5%"]
    assert arguments_for(Program("x", "X", "x %U"), Path("/a/ä b.jpg")) == ["x", "file:///a/%C3%A4%20b.jpg"]
    assert arguments_for(Program("x", "X", "x"), path) == ["x", str(path)]
    assert arguments_for(chosen_program(tmp_path / "my prog"), path) == [str(tmp_path / "my prog"), str(path)]
    with pytest.raises(UserError, match="could not be started"):
        start(chosen_program(tmp_path / "my prog"), path)
