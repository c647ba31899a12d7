"""Everything that needs a server: hub, gateway, Slurm. It reads what the build wrote and imports nothing from `lite_site`."""
