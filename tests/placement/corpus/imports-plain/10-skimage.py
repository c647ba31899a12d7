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
# # Compter des taches

# %%
import numpy as np
from skimage.measure import label, regionprops
from skimage.filters import gaussian

# %%
rng = np.random.default_rng(3)
champ = np.zeros((80, 80))
champ[rng.integers(0, 80, 12), rng.integers(0, 80, 12)] = 1
taches = label(gaussian(champ, 2) > 0.01)
len(regionprops(taches))
