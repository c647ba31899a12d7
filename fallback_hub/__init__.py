"""Everything that needs a server: hub, gateway, Slurm; reads what the build wrote, never imports `lite_site`."""
