"""The part of the trial that a person would do: with the window, and at last with the command line.

Usage: python window.py HOME HOME_INSIDE ELSEWHERE OUTPUT STARTED COMMAND...

HOME is the user's home as this process sees it, with the photos of tests/tour/photos.py in Pictures. HOME_INSIDE is the
same folder as the program sees it, ELSEWHERE is a folder that both call so, STARTED is when the first command was given
(seconds since 1970), and COMMAND starts the program as that user. `run.sh` gives all that.
"""

import subprocess
import sys
from pathlib import Path, PurePosixPath

from hands import PATIENCE, Program, Screen, TrialFailed, Watch, do_until, wait_for

_IN_ALBUM = 5
_ALBUMS = {"Cats": "cats 3.jpg", "Rockets": "rockets 3.jpg"}
"""Two of the folders that are made, and the photo of each that is dropped."""
_MARK = "nothing was copied"


class Trial:
    """One user's first half hour."""

    def __init__(
        self, home: Path, inside: PurePosixPath, elsewhere: Path, *, screen: Screen, watch: Watch, program: Program
    ) -> None:
        self._home = home
        self._pictures, self._inside = home / "Pictures", inside / "Pictures"
        self._dropped = elsewhere / "from elsewhere.jpg"
        self._screen, self._watch, self._program = screen, watch, program

    def begin(self) -> None:
        """From the first start to the first look-alikes, and on to what is learned."""
        opened = self._open("The window is open")
        self._add_folder()
        for name, photo in _ALBUMS.items():
            self._find_by_drop(name, photo)
            self._make_album(name)
        self._learn()
        self._close(opened)

    def go_on(self) -> None:
        """The second start, and the command line."""
        opened = self._open("The window is open again")
        albums = {album["name"]: album["photos"] for album in self._program.say("album", "list")["albums"]}
        if albums != dict.fromkeys(_ALBUMS, _IN_ALBUM):
            raise TrialFailed(f"After the second start the albums are {albums}.")
        self._close(opened)
        hits = self._program.say("search", str(self._inside / "Cats" / "cats 3.jpg"))["hits"]
        first = [PurePosixPath(hit["path"]).parent.name for hit in hits[:_IN_ALBUM]]
        if set(first) != {"Cats"}:
            raise TrialFailed(f"guie-desktop search does not find cats by a cat, but photos of {first}.")
        self._watch.tell("guie-desktop search finds the look-alikes")
        self._program.say("train")
        self._watch.tell("guie-desktop train learns the albums")
        for log in self._home.rglob("*.log"):
            if errors := [line for line in log.read_text().splitlines() if " ERROR " in line]:
                raise TrialFailed(f"The log tells of errors: {errors}")

    def _open(self, told: str) -> "subprocess.Popen[bytes]":
        opened = self._program.open()

        def is_there() -> bool:
            if opened.poll() is not None:
                raise TrialFailed(f"The program ended with {opened.returncode} before its window opened.")
            return self._screen.is_active()

        wait_for("The window did not open", is_there)
        self._watch.tell(told)
        return opened

    def _add_folder(self) -> None:
        photos = sum(1 for _ in self._pictures.rglob("*.jpg"))
        screen = self._screen
        do_until("No dialog asked for a folder", lambda: screen.key("ctrl+shift+o"), screen.has_dialog)
        screen.type(str(self._inside))
        screen.picture("the folder is chosen")
        # the first one may go to the list of folders that complete the name
        do_until("The folder was not taken", lambda: screen.key("Return"), screen.is_active)

        def is_read() -> bool:  # the title is asked first, for a command takes from the worker what it reads with
            return not screen.is_busy() and self._program.say("status")["embedded"] == photos

        wait_for(f"Not all {photos} photos were read", is_read)
        self._watch.tell(f"{photos} photos are read")

    def _find_by_drop(self, name: str, photo: str) -> None:
        self._dropped.write_bytes((self._pictures / name / photo).read_bytes())
        self._screen.drop(self._dropped)
        do_until(
            f"No look-alikes of {photo} came on screen",
            self._ask_what_is_chosen,
            lambda: {path.parent.name for path in self._chosen()} == {name},
        )
        self._watch.tell(f"Look-alikes of a dropped photo of {name} are on screen")

    def _ask_what_is_chosen(self) -> None:
        """Choose the first hits, and copy their paths: so the clipboard says what is on screen."""
        self._screen.copy(_MARK)
        self._screen.key("Home", *["shift+Right"] * (_IN_ALBUM - 1), "ctrl+shift+c")

    def _chosen(self) -> list[PurePosixPath]:
        return [PurePosixPath(line) for line in self._screen.copied()]

    def _make_album(self, name: str) -> None:
        screen = self._screen
        do_until("No dialog asked for an album", lambda: screen.key("a"), screen.has_dialog)
        screen.type(name)
        do_until("The album was not taken", lambda: screen.key("Return"), screen.is_active)

        def is_made() -> bool:
            albums = self._program.say("album", "list")["albums"]
            return any((album["name"], album["photos"]) == (name, _IN_ALBUM) for album in albums)

        wait_for(f"There was no album {name} of {_IN_ALBUM} photos", is_made)
        self._watch.tell(f"An album {name} is made of the first {_IN_ALBUM}")

    def _learn(self) -> None:
        screen = self._screen
        do_until("No dialog asked for a command", lambda: screen.key("ctrl+k"), screen.has_dialog)
        screen.type("Learn my albums")
        do_until("The command was not taken", lambda: screen.key("Return"), screen.is_active)
        # Its title tells the progress. Whether something came of it is seen on the command line.
        wait_for("Learning the albums did not begin", screen.is_busy)
        wait_for("The albums were not learned", lambda: not screen.is_busy())
        self._watch.tell("Two albums are learned")

    def _close(self, opened: "subprocess.Popen[bytes]") -> None:
        """Close the window as the window manager does, and see that nothing stays behind."""
        do_until("The window did not close", lambda: self._screen.key("alt+F4"), lambda: self._screen.window() is None)
        try:
            status = opened.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise TrialFailed("The program did not end when its window was closed.") from None
        if status:
            raise TrialFailed(f"The program ended with {status} when its window was closed.")
        self._watch.tell("The window is closed, and the program has ended")


def main() -> int:
    """Returns the exit status."""
    home, inside, elsewhere, out, started, *command = sys.argv[1:]
    screen = Screen(Path(out))
    watch, program = Watch(float(started), screen), Program(command)
    trial = Trial(Path(home), PurePosixPath(inside), Path(elsewhere), screen=screen, watch=watch, program=program)
    try:
        trial.begin()
        trial.go_on()
    except TrialFailed as failed:
        print(failed, file=sys.stderr)
        screen.picture("where it went wrong")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
