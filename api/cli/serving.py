"""Serving the page and the HTTP interface from the command line."""

from __future__ import annotations

import os
import socket

from api.cli.console import err, out
from api.settings import LOOPBACK
from api.texts import text as words
from api.wiring import Workspace
from corpus.errors import InputError


def serve(work: Workspace, host: str, port: int) -> None:
    """Serve until stopped.

    Raises:
        InputError: the port is taken, or the machine has no such address.
    """
    # These take half a second to import, which no other command should wait for.
    import uvicorn

    from api.app import create_app

    language = work.settings.language
    shown = f"[{host}]" if ":" in host else host
    _check_free(host, port)
    out.print(words(language, "serving", address=f"http://{shown}:{port}/"), markup=False, soft_wrap=True)
    if host not in (LOOPBACK, "::1", "localhost"):
        err.print(words(language, "exposed"), style="yellow")
    # Access logs would hold addresses of what was opened; the case itself is never in an address.
    uvicorn.run(create_app(work), host=host, port=port, log_level="warning", access_log=False)


def _check_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on before the server starts.

    Raises:
        InputError: the port is taken, or the machine has no such address.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise InputError(
            f"Serveren kan ikke lytte på {host}, port {port}: {why}.",
            "Vælg en anden med --host eller --port.",
        ) from None
