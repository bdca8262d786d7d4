"""The routes of the JSON interface."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.wiring import Workspace


def _workspace(request: Request) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace


Work = Annotated[Workspace, Depends(_workspace)]
