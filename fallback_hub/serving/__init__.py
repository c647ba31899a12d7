"""Site and hub on one machine, wired: what a teacher has on a laptop."""
