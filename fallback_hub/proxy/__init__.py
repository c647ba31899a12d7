"""JupyterHub's proxy: the packages it is made of, pinned, and their installation."""
