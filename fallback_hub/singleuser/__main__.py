"""Starts a person's server: bounds first, then its folders, then JupyterHub's single-user server."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from fallback_hub.singleuser.arguments import server_arguments
from fallback_hub.singleuser.bounds import set_bounds
from fallback_hub.singleuser.course_folder import prepare_folder
from fallback_hub.singleuser.surroundings import read_surroundings


def main() -> None:
    """Run until told to end; the folder of the kernels' sockets goes with us."""
    surroundings = read_surroundings(os.environ)
    set_bounds(surroundings)
    os.chdir(surroundings.home)
    prepare_folder(surroundings)
    runtime = Path(tempfile.mkdtemp(prefix="passerelle-"))
    os.environ["JUPYTER_RUNTIME_DIR"] = str(runtime)
    try:
        # after the bounds, and after the variables that Jupyter reads while it is imported
        from jupyterhub.singleuser.extension import JupyterHubSingleUser  # noqa: PLC0415

        JupyterHubSingleUser.launch_instance([*server_arguments(surroundings), *sys.argv[1:]])
    finally:
        shutil.rmtree(runtime, ignore_errors=True)


if __name__ == "__main__":
    main()
