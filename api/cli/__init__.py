"""The command line: the same operations as the HTTP interface, thin over ``api.wiring.Workspace``."""

from api.cli.main import main

__all__ = ["main"]
