"""`shared build`: make a shared library, or bring it up to date with its photos."""

import argparse

from guie_desktop.cli.cluster_arguments import add_cluster_arguments, run_building
from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "make a shared library of folders or object stores, or bring it up to date with them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which photos, and where to."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a folder, or s3://bucket/prefix")
    parser.add_argument(
        "--to", required=True, metavar="ADDRESS", help="of the library: a folder, or s3://bucket/prefix"
    )
    add_cluster_arguments(parser)


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Read what is new or changed, and take out what is gone."""
    from guie_desktop.cluster.building import BuildOptions, build
    from guie_desktop.cluster.network import Network
    from guie_desktop.cluster.ray_session import RaySession
    from guie_desktop.shared_library.address import Address
    from guie_desktop.workspace.machine import worker_threads

    sources = [Address.parse(source) for source in arguments.sources]
    options = BuildOptions(retry=arguments.retry, portion=arguments.portion)
    network = Network(paths.root.absolute(), arguments.model)
    with RaySession(arguments.ray_address, arguments.workers or worker_threads()) as session:
        return run_building(build(sources, Address.parse(arguments.to), network, session, options))
