"""`study embed`: the features of all photos of a study, once for each model, and the near-duplicates that they tell."""

import argparse

from guie_desktop.cli.argument_types import path
from guie_desktop.cli.cluster_arguments import add_cluster_arguments, run_building
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.paths import LibraryPaths

HELP = "embed the photos of a study; what is done already is not done again"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which study, and how."""
    parser.add_argument("study", type=path, metavar="STUDY", help="folder of the study, in which study curate has been")
    add_cluster_arguments(parser)


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Read what the table of features lacks; then train on nothing that looks almost the same as a held-out photo."""
    from guie_desktop.cluster.network import Network
    from guie_desktop.cluster.ray_session import RaySession
    from guie_desktop.study.curation.near_duplicates import tie_near_duplicates, tied_lines
    from guie_desktop.study.embedding import embed_study, write_unreadable
    from guie_desktop.study.study_folder import StudyFolder
    from guie_desktop.workspace.machine import worker_threads

    network = Network(paths.root.absolute(), arguments.model)
    study = StudyFolder(arguments.study.absolute())
    with RaySession(arguments.ray_address, arguments.workers or worker_threads()) as session:
        job = embed_study(study, network, session, portion=arguments.portion, retry=arguments.retry)
        answer, lines, status = run_building(job)
    unreadable = write_unreadable(study)
    if unreadable:
        lines.append(f"photos that could not be read: {unreadable:,} ({study.unreadable})")
    tied = run_to_end(tie_near_duplicates(study, network.key))
    return (
        answer | {"unreadable": unreadable, "near_duplicates": tied.as_json()},
        [*lines, *tied_lines(tied, study)],
        status,
    )
