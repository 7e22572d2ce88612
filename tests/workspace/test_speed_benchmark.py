"""The trial of a machine, with blocks of both kinds of networks."""

from guie_desktop.workspace.speed_benchmark import measure_power


def test_the_trial_runs_the_blocks_as_the_program_runs_networks() -> None:
    power = measure_power("cpu")
    assert min(power.transformers, power.convolutions) > 0
