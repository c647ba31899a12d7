"""JupyterHub, set up by small setters on its configuration object, and the few pages of ours inside it."""

from pathlib import Path


def jupyterhub_config_path() -> Path:
    """The file that `jupyterhub -f` reads."""
    return Path(__file__).with_name("jupyterhub_config.py")
