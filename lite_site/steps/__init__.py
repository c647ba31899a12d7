"""The steps of a build, in the order `lite_site.pipeline.STEPS` gives; each is one function over a `Build`."""
