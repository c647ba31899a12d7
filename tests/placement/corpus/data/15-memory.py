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
# # Distances between all pairs

# %%
import numpy as np

n = 40_000
distances = np.zeros((n, n))

# %%
distances.nbytes / 1e9
