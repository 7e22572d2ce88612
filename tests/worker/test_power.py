"""When jobs wait for the mains."""

from guie_desktop.worker.power import Power


class Laptop:
    """A computer and its user."""

    def __init__(self) -> None:
        self.wanted = self.on_battery = True
        self.power = Power(lambda: self.wanted, lambda: self.on_battery, every=0.0)


def test_they_wait_on_battery_where_the_user_wants_that() -> None:
    laptop = Laptop()
    assert laptop.power.is_saved()
    laptop.on_battery = False
    assert not laptop.power.is_saved()
    laptop.on_battery, laptop.wanted = True, False
    assert not laptop.power.is_saved()


def test_they_go_on_anyway_until_it_was_plugged_in() -> None:
    laptop = Laptop()
    laptop.power.go_on()  # nothing waits yet, so this means nothing
    assert laptop.power.is_saved()
    laptop.power.go_on()
    assert not laptop.power.is_saved()
    laptop.on_battery = False
    assert not laptop.power.is_saved()
    laptop.on_battery = True
    assert laptop.power.is_saved()


def test_the_battery_is_not_asked_all_the_time_but_at_once_when_the_user_chose() -> None:
    asked: list[bool] = []

    def on_battery() -> bool:
        asked.append(True)
        return True

    power = Power(lambda: True, on_battery, every=1e9)
    assert power.is_saved()
    assert power.is_saved()
    assert len(asked) == 1
    power.look_again()
    assert power.is_saved()
    assert len(asked) == 2
