# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Imports where they are needed

# %%
def simulate(throws):
    import numpy as np
    return np.random.default_rng(1).integers(1, 7, throws)


# %%
def draw(values):
    from matplotlib import pyplot as plt
    plt.hist(values, bins=range(1, 8))


# %%
draw(simulate(600))
