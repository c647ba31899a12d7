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
# # Depuis un sous-dossier

# %%
import numpy as np

# %%
jours, tmin, tmax = np.loadtxt("../data/temperatures.csv", delimiter=",", skiprows=1, unpack=True)
(tmax - tmin).max()
