NOMS = ["Ada", "Blaise", "Chloé"]
