"""The preview on a teacher's own machine: build, serve, watch, rebuild, reload."""
