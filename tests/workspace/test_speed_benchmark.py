"""The trial of a machine, with blocks of both kinds of networks."""

import platform
from dataclasses import dataclass

import pytest

from guie_desktop.embedding.assets import list_cards
from guie_desktop.embedding.runtime import load_openvino
from guie_desktop.workspace import speed_benchmark as module
from guie_desktop.workspace.model_catalog import recommended
from guie_desktop.workspace.speed_benchmark import Power, measure_power, photos_per_second


@dataclass
class Clocks:
    """The two clocks of a machine that gives us one part of its time in so many."""

    programs: float
    """That want the processor, with this one."""
    worked: float = 0.0

    def process_time(self) -> float:
        return self.worked

    def perf_counter(self) -> float:
        return self.worked * self.programs

    def run(self) -> None:
        """A network that keeps our threads busy for 20 ms."""
        self.worked += 0.02


def test_the_trial_runs_the_blocks_as_the_program_runs_networks() -> None:
    power = measure_power("cpu")
    assert min(power.transformers, power.convolutions, power.quantised) > 0


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="others name what they run otherwise")
def test_what_is_tried_as_quantised_is_computed_in_integers() -> None:
    compiled = load_openvino().Core().compile_model(module._convolution_blocks(module._LEVELS), "CPU")
    told = [node.get_rt_info() for node in compiled.get_runtime_model().get_ops()]
    kinds = [one["primitiveType"].astype(str) for one in told if one["layerType"].astype(str) == "Convolution"]
    assert len(kinds) == 3 * module._REPEATED
    assert all(kind.endswith("I8") for kind in kinds), kinds


@pytest.mark.parametrize("threads", [1, 2, 16])
def test_what_is_recommended_does_not_change_with_the_load_of_the_moment(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "worker_threads", lambda: threads)
    monkeypatch.setattr(module, "cpu_capabilities", lambda: ("BF16",))
    found: list[tuple[Power, str]] = []
    for programs in (1, 2, 20, 400):
        clocks = Clocks(programs)
        monkeypatch.setattr(module, "time", clocks)
        monkeypatch.setattr(module, "_compiled", lambda _model, _precision, clocks=clocks: clocks.run)
        power = measure_power("cpu")
        cards = list_cards()
        found.append((power, recommended(cards, {card.name: photos_per_second(card, power) for card in cards})))
    assert [best for _, best in found] == [found[0][1]] * 4
    assert [power.transformers for power, _ in found] == pytest.approx([found[0][0].transformers] * 4)
    assert [power.convolutions for power, _ in found] == pytest.approx([found[0][0].convolutions] * 4)
