from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # a first import or a busy machine is no failure
settings.load_profile("unhurried")
